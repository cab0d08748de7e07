"""The answer to the boss, written from the story alone, put right line by line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from fake_models import FunctionModel
from test_language_paper import FACTS, FILL, STORY

from assistant.gateway.port import Prompt, ReplyFault
from assistant.language.paper.checking import UNCHECKED, PaperCheck
from assistant.language.paper.markdown import LONG_WORDS, WANTED_WORDS, counted
from assistant.language.paper.putting_right import TITLE, FirstAnswer, Review
from assistant.language.paper.writing import Checked, write_paper

FIRST = f"""# Boats: 11 days become 7

Ask for both on one day.

- The list lies four days.
- Nobody waits for it.

| What | Days |
|---|---|
| Papers | 3 |

{FILL}
"""


def put_right(*reviews: str, first: str = FIRST, asked: list[Prompt] | None = None) -> Checked:
    """The answer after reviews, one for each time it is asked for."""
    waiting = iter(reviews)

    def answer(prompt: Prompt, attempt: int) -> str:
        if asked is not None:
            asked.append(prompt)
        return first if prompt.name == "draft" else next(waiting)

    inputs = {"story": STORY, "drawn": "- The list is checked twice."}
    return write_paper(inputs, FACTS, FunctionModel(answer), protected=["Harbour master looks at boat"])


def test_the_story_alone_is_answered_and_the_answer_is_read_once_more_with_what_is_drawn() -> None:
    asked: list[Prompt] = []
    written = put_right("FIGURES\n3 + 4 = 7 days", asked=asked)
    draft, review = asked
    assert STORY in draft.user
    assert "checked twice" not in draft.user
    assert "2: Ask for both on one day." in review.user
    assert "- The list is checked twice." in review.user
    assert written.markdown == FIRST.strip(), "what is not changed stands as it was written"
    assert written.sums == ("3 + 4 = 7 days",)


def test_sums_and_questions_of_others_are_handed_on_and_their_results_need_not_be_worked_out_again() -> None:
    asked: list[Prompt] = []
    known = {**FACTS, "S1": "300 x 4 min = 20 h"}
    given = {"story": STORY, "worked": f"- {known['S1']}", "questions": "- Who signs? It decides about: all."}
    answers = {"draft": FIRST, "review": "AFTER 2: It takes 20 h a year.\nFIGURES\n3 + 4 = 7 days"}

    def answer(prompt: Prompt, attempt: int) -> str:
        asked.append(prompt)
        return answers[prompt.name]

    written = write_paper(given, known, FunctionModel(answer))
    assert "It takes 20 h a year." in written.markdown
    assert written.notes == ()
    review = asked[-1].user
    assert "- 300 x 4 min = 20 h" in review
    assert "Who signs?" in review
    assert f"{counted(FIRST)} words, at most {WANTED_WORDS} once it is better:" in review


def test_marks_around_words_of_ones_own_are_taken_off_without_asking_again() -> None:
    asked: list[Prompt] = []
    written = put_right('LINE 5: - Nobody says "so be it".\nFIGURES\n3 + 4 = 7 days', asked=asked)
    assert "- Nobody says so be it." in written.markdown
    assert len(asked) == 2


def test_lines_are_changed_added_and_dropped_and_blocks_stay_blocks() -> None:
    written = put_right(
        "LINE 2: Ask for both on **one** day.\nAFTER 5: - The office asks.\nAFTER 9: | List | 4 |\nDROP 4\n"
        "AFTER 2: ## What hurts\nFIGURES\n3 + 4 = 7 days"
    )
    top = written.markdown.split("\n")[:14]
    assert top == [
        "# Boats: 11 days become 7",
        "",
        "Ask for both on **one** day.",
        "",
        "## What hurts",
        "",
        "- Nobody waits for it.",
        "- The office asks.",
        "",
        "| What | Days |",
        "|---|---|",
        "| Papers | 3 |",
        "| List | 4 |",
        "",
    ]


def test_only_lines_that_do_not_hold_are_asked_for_again_by_their_names() -> None:
    asked: list[Prompt] = []
    first = FIRST.replace("Nobody waits for it.", "It takes 17 days.")
    written = put_right(
        "AFTER 2: It saves EUR 900 a year. It brings EUR 950.\nFIGURES\n3 + 4 = 8 days",
        "LINE 5: - Nobody waits for it.\nAFTER 2: It saves much.\nFIGURES\n3 + 4 = 7 days",
        first=first,
        asked=asked,
    )
    assert "It saves much." in written.markdown
    assert "17 days" not in written.markdown
    assert written.sums == ("3 + 4 = 7 days",)
    assert len(asked) == 3
    assert written.notes == ()


def test_what_nobody_told_is_called_assumed_where_it_first_stands_and_named_behind_the_page() -> None:
    wrong = "AFTER 2: It saves EUR 900 a year. It brings EUR 950.\nAFTER 5: - EUR 900!\nFIGURES\n3 + 4 = 7 days"
    written = put_right(wrong, wrong)
    assert "It saves EUR 900 (assumed) a year. It brings EUR 950 (assumed)." in written.markdown
    assert "- EUR 900!" in written.markdown
    assert written.origin.startswith("Nobody told 900 and 950, and no sum leads there")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("A twelve-minute talk on Monday does it.", "A twelve-minute (assumed) talk on Monday does it."),
        ("A 14-person crew lifts the hull.", "A 14-person (assumed) crew lifts the hull."),
        ("A 25- to 35-minute talk does it.", "A 25- to 35-minute (assumed) talk does it."),
        ("The crane stands 25–35 minutes.", "The crane stands 25–35 minutes (assumed)."),
        ("After 45 minutes' rest they go on.", "After 45 minutes' (assumed) rest they go on."),
        ("They paint **14**-metre masts.", "They paint **14**-metre (assumed) masts."),
        ("They pay 17 euros/hour.", "They pay 17 euros/hour (assumed)."),
    ],
)
def test_the_mark_of_what_is_assumed_stands_behind_the_whole_word(said: str, shown: str) -> None:
    wrong = f"AFTER 2: {said}\nFIGURES\n3 + 4 = 7 days"
    assert shown in put_right(wrong, wrong).markdown


def test_what_rests_on_an_assumption_of_colleagues_is_gone_on_with_and_called_assumed() -> None:
    first = f"# Boats\n\nThey make 660 calls. At 2 hours each they are 1,320 hours.\n\n{FILL}"
    behind = "FIGURES\n660 calls x 2 [assumed] h = 1,320 h"
    model = FunctionModel(lambda prompt, _: first if prompt.name == "draft" else behind)
    written = write_paper({"story": STORY}, FACTS, model, assumed=["3 calls a day x 220 days = 660 calls"])
    assert "They make 660 (assumed) calls. At 2 hours each they are 1,320 hours." in written.markdown
    assert written.sums == ("660 calls x 2 [assumed] h = 1,320 h",)


@pytest.mark.parametrize(
    ("story", "claim", "holds"),
    [
        ("The panel meets in March and October.", "A boat of April then waits six months less.", True),
        ("The panel meets in March and October.", "A boat of April then waits nine months less.", False),
        ("It takes nineteen months.", "These are about 82 weeks.", True),
        ("It takes nineteen months.", "These are about 60 weeks.", False),
        ("It costs nine euros; the yard told me three twenty.", "Nine less 3.20 euros: it saves EUR 5.80.", True),
        ("A strip costs thirty cents.", "Ten strips are 10 x 0.30 = 3 euros.", True),
        ("We begin at three twenty, and Anna is paid later.", "It costs EUR 3.20 less.", False),
        ("It takes long.", "Under eight boats we wait.", True),
    ],
)
def test_what_anybody_derives_is_no_claim_of_nobody(story: str, claim: str, holds: bool) -> None:
    wrong = PaperCheck(story, ()).wrong([claim, "FIGURES", "9 - 3.20 = 5.80"] if "less 3" in claim else [claim])
    assert (wrong == {}) is holds


def test_a_target_that_is_called_so_once_may_stand_in_the_heading() -> None:
    lines = ["# From nineteen months to ten weeks", "The target is ten weeks. We save fifty weeks."]
    check = PaperCheck("It takes nineteen months.", ())
    assert {number: faults[0].nobodys for number, faults in check.wrong(lines).items()} == {1: ("fifty",)}
    assert 0 in check.wrong([lines[0], "All is quicker."])


def test_a_paragraph_that_begins_slanted_stands_by_itself() -> None:
    assert "day.\n\n*To Anna:* It lies here.\n\n- The list" in put_right("AFTER 2: *To Anna:* It lies here.").markdown


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("LINE 400: x", "The answer has no line 400"),
        ("I would change nothing.", "No line of a review"),
    ],
)
def test_what_is_no_review_is_sent_back_whole(text: str, why: str) -> None:
    seen: list[Prompt] = []
    written = put_right(text, "FIGURES\n3 + 4 = 7 days", asked=seen)
    assert written.markdown == FIRST.strip()
    assert len(seen) == 3
    with pytest.raises(ReplyFault, match=why):
        Review.parse(text).applied(FirstAnswer.parse(FIRST))


@pytest.mark.parametrize(("text", "top"), [("## Boats", "# Boats"), ("Dear Anna,", TITLE), ("<b>x</b>", TITLE)])
def test_a_first_answer_has_a_heading_and_no_tags(text: str, top: str) -> None:
    lines: Sequence[str] = FirstAnswer.parse(text).lines
    assert lines[0] == top
    assert not any("<" in line for line in lines)


def test_a_line_sent_again_stands_for_what_was_sent_of_it_before() -> None:
    merged = Review.mended("LINE 2: a\nAFTER 2: b\nAFTER 2: c\nFIGURES\n1 + 1 = 2", "AFTER 2: d")
    review = Review.parse(merged)
    assert [(edit.word, edit.number, edit.text) for edit in review.edits] == [("LINE", 2, "a"), ("AFTER", 2, "d")]
    assert review.sums == ("1 + 1 = 2",)


def test_what_only_the_list_of_sums_calls_assumed_is_called_so_where_it_is_claimed() -> None:
    asked: list[Prompt] = []
    sums = "FIGURES\n40 x 80% [assumed] = 32 boats"
    written = put_right(f"AFTER 2: So **80 percent** of the boats stay longer, and 32 go.\n{sums}", asked=asked)
    assert "So **80 percent (assumed)** of the boats" in written.markdown
    assert len(asked) == 2
    assert written.origin.startswith("Every figure was told")
    assert UNCHECKED in put_right("AFTER 2: It saves 20 + 20 = 50 boats.\nFIGURES\n3 + 4 = 7 days").origin


def test_what_the_answer_makes_of_the_changes_drawn_is_read_beside_its_lines() -> None:
    sent = "LINE 2: Ask for both at once.\n- RULE 2: The clerk asks\nNOT 1: It is not needed\nMORE: Ask by phone"
    review = Review.parse(f"{sent}\nFIGURES\n3 + 4 = 7 days\nUNLESS 2: a gale | he waits")
    assert [tuple(line) for line in review.drawn] == [
        ("RULE", 2, "The clerk asks"),
        ("NOT", 1, "It is not needed"),
        ("MORE", 0, "Ask by phone"),
        ("UNLESS", 2, "a gale | he waits"),
    ]
    again = Review.parse(Review.mended(sent, "LINE 0: # Boats\nRULE 2: The master asks"))
    assert [line.text for line in again.drawn] == ["It is not needed", "Ask by phone", "The master asks"]
    assert [edit.number for edit in again.edits] == [2, 0]


LONG = "**1. Ask once.** Both are asked on one day. The office may say no. Then Anna asks. Nobody waits."


def test_one_sentence_of_a_long_line_is_changed_without_the_others() -> None:
    asked: list[Prompt] = []
    sent = "LINE 2[3]: Then Eva asks.\nDROP 2[4]\nAFTER 2[2]: That is its right.\nFIGURES\n3 + 4 = 7 days"
    written = put_right(sent, first=FIRST.replace("Ask for both on one day.", LONG), asked=asked)
    assert "2: **1. Ask once.** Both are asked on one day. [2] The office may say no. [3] Then Anna" in asked[1].user
    line = written.markdown.split("\n")[2]
    assert line.endswith("on one day. The office may say no. That is its right. Then Eva asks.")


def test_a_line_sent_again_whole_takes_the_place_of_its_sentences() -> None:
    merged = Review.mended("LINE 2[3]: Anna asks.\nAFTER 2: b\nRULE 1: x", "LINE 2: Ask once.")
    assert [(edit.name, edit.text) for edit in Review.parse(merged).edits] == [
        ("AFTER 2", "b"),
        ("LINE 2", "Ask once."),
    ]
    with pytest.raises(ReplyFault, match="Line 2 has no sentence 9"):
        Review.parse("LINE 2[9]: x").applied(FirstAnswer.parse(FIRST))


def test_what_makes_the_page_too_long_is_left_out_before_anything_is_asked_again() -> None:
    asked: list[Prompt] = []
    much = " ".join(["word"] * (LONG_WORDS - counted(FIRST) + 2))
    written = put_right(f"LINE 2: Ask at once.\nAFTER 2: {much}\nAFTER 5: - One more.", asked=asked)
    assert len(asked) == 2
    assert "Ask at once." in written.markdown
    assert "One more." not in written.markdown
    assert counted(written.markdown) <= LONG_WORDS


@pytest.mark.parametrize("more", [9, LONG_WORDS - WANTED_WORDS - 1])
def test_a_draft_of_more_words_than_asked_is_taken_and_its_review_told_how_many_go_out(more: int) -> None:
    asked: list[Prompt] = []
    first = f"{FIRST}\n{' '.join(['word'] * (WANTED_WORDS + more - counted(FIRST)))}\n"
    written = put_right("FIGURES\n3 + 4 = 7 days", first=first, asked=asked)
    assert [prompt.name for prompt in asked] == ["draft", "review"]
    assert f"at most {WANTED_WORDS} once it is better: {more} go out, and as many as you add:" in asked[1].user
    assert counted(written.markdown) == WANTED_WORDS + more, "nothing is cut that was not dropped on purpose"
