"""The paper a model writes for the boss: read safely, each figure traced, what does not hold sent back once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fake_models import FixedModel, FunctionModel

from assistant.errors import ModelAnswerInvalid
from assistant.gateway.mending import patched, repair_words
from assistant.gateway.port import ReplyFault
from assistant.language.paper.checking import ASSUMED, PaperCheck
from assistant.language.paper.markdown import Paper, counted
from assistant.language.paper.writing import Checked, write_paper

STORY = (
    "We let 40 boats a year, EUR 300 each. The papers take three days, then the harbour master looks at the boat, "
    "which is the law, after two days. The office checks the list again, 20 minutes each time, and it lies four days. "
    "Mrs Berg wants a bigger crane."
)
FACTS = {"F1": "Cycle time: 11 d (stated)"}
BODY = (
    "The papers, the look of the harbour master and the list follow one another, 3 + 2 + 4 = 9 days. "
    "Whoever comes for a boat waits for all of it although nobody has anything to do in that time."
)
FILL = " ".join(
    ["Nobody needs what the next one does, so the office asks for both on one day and notes what comes in."] * 4
)
GOOD = f"""# Boats: 11 days become about 5

{BODY}

## What stays

- The look of the harbour master stays, it is the law; "which is the law".

{FILL}

| | Today | Then |
|---|---|---|
| Papers | 3 days | 3 days |
| List | 4 days | 0 days |
| Together | 7 days | 3 days |

The rest is (11 - 9 = 2 days), and of the 9 days 9 - 4 = 5 days remain.
"""


def last(answer: Callable[[int], str]) -> FunctionModel:
    """A model that writes the paper by how often it was sent back."""
    return FunctionModel(lambda prompt, attempt: answer(attempt))


def paper(*answers: str, facts: dict[str, str] | None = None) -> Checked:
    model = FixedModel([*answers, *answers[-1:]])
    return write_paper(
        {"story": STORY, "sound": "It runs well."}, facts or FACTS, model, protected=["Harbour master looks at boat"]
    )


def check() -> PaperCheck:
    return PaperCheck(STORY, FACTS.values(), ["Harbour master looks at boat"], ["Office"])


def test_a_paper_whose_figures_are_told_or_worked_out_in_it_is_taken_as_it_is() -> None:
    written = paper(GOOD)
    assert written.markdown == GOOD.strip()
    assert written.notes == ()
    assert "3 + 2 + 4 = 9" in written.sources[9.0]
    assert written.sources[300.0].startswith("told: We let 40 boats")


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("It saves 70 hours a year.", "nobody told 70"),
        ("It saves EUR 12,500.", "nobody told 12,500"),
        ("It then takes eight days.", "nobody told eight"),
        ("That is 3 + 2 = 6 days.", "not what the sum gives"),
        ("They are 35 % faster.", "nobody told 35"),
        ("The boss said “hurry up with the boats”.", "does not stand in the story"),
        ("Mr Olsen begins.", "names no Olsen"),
        ("Drop the look of the harbour master at the boat.", "takes away what must stay"),
    ],
)
def test_what_nobody_told_is_found(sentence: str, why: str) -> None:
    (faults,) = check().wrong([f"{sentence}"]).values()
    assert why in faults[0].why


@pytest.mark.parametrize(
    "sentence",
    [
        "On day 12 and in week 3 the office begins, on 14 March.",
        "1. Ask the harbour master; the 2nd step follows within 30 days.",
        "Ten boats (proposed) are looked at, 17 days (target) at most.",
        "40 boats x EUR 300 = EUR 12,000 a year, so EUR 12,000 stands at stake.",
        "40 boats x 20 min = 13.3 hours a year.",
        "20 x 4 / 3 / 3 = 8.9 days, so about 9 days.",
        "Three people need two lists, 5 per 1,000 at most.",
        "20 % of 40 boats ≈ **8 boats a year**, and Mrs Berg's crane waits.",
        "The harbour master’s look at the boat does not end, it stays.",
        "> He writes “we begin on Monday with all boats”.",
        "Mrs Berg is told “a bigger crane” later.",
    ],
)
def test_plans_marked_quantities_sums_and_counts_are_free(sentence: str) -> None:
    assert check().wrong([sentence]) == {}


def test_only_the_lines_that_do_not_hold_are_sent_again() -> None:
    asked: list[int] = []

    def answer(attempt: int) -> str:
        asked.append(attempt)
        wrong = f"{GOOD}\nIt saves 70 hours a year. It frees 71. It brings EUR 72. It helps.\n"
        number = len(wrong.strip().split("\n")) - 1
        return wrong if attempt == 0 else f"LINE {number}: It saves what the list takes. It helps.\n"

    written = write_paper({"story": STORY, "sound": "It runs well."}, FACTS, last(answer))
    assert asked == [0, 1]
    assert written.markdown == f"{GOOD}\nIt saves what the list takes. It helps."


def test_what_still_does_not_hold_is_marked_unquoted_or_struck() -> None:
    wrong = (
        f"{GOOD}\nIt saves 70 hours. It helps.\n\nHe said “hurry up now”.\n\n"
        "The crane waits. Abolish the look of the harbour master at the boat."
    )
    written = paper(wrong, wrong)
    assert f"It saves 70 hours {ASSUMED}. It helps." in written.markdown
    assert "He said hurry up now." in written.markdown
    assert "Abolish" not in written.markdown
    assert "The crane waits." in written.markdown
    assert len(written.notes) == 3


def test_a_paper_full_of_invented_figures_is_not_taken() -> None:
    wrong = GOOD + "".join(f"\nIt saves {number} hours a year.\n" for number in range(61, 75))
    with pytest.raises(ModelAnswerInvalid):
        paper(wrong, wrong)


@pytest.mark.parametrize("reply", ["", "NONE", "# Boats\n\nShort.", "word " * 20_000, GOOD.replace("# Boats", "Boats")])
def test_what_is_no_paper_is_refused(reply: str) -> None:
    with pytest.raises(ModelAnswerInvalid):
        paper(reply, reply)


def test_no_tag_link_picture_or_code_gets_in() -> None:
    evil = (
        "\n<script>alert(1)</script> <img src=x onerror=alert(1)> [here](javascript:alert(1)) ![p](http://evil/x.png)\n"
        "```\n<b>x</b>\n```\n<scr<b>ipt>alert(2)</scr<b>ipt>\n"
    )
    text = Paper.parse(GOOD + evil).markdown
    assert not any(part in text for part in ("<script", "<img", "javascript:", "http://evil", "`", "<b>"))
    assert "alert(1)" in text, "words stay words"


@pytest.mark.parametrize(
    "line",
    [
        "Set a limit of 5,000 euros, my proposal, and raise it later.",
        "At 1,600 hours a year each, my assumption, that is nobody's whole job.",
        "I assume 17 working days here.",
        "Plan on 25% of that in the first summer.",
        "Write down the times of 50 boats as they go from desk to desk.",
        "If the harbour master has not answered within 36 minutes, the office asks once more.",
        "Stop if it costs 60 euros more.",
        "That is 114 hours a year if a crane holds twelve boats; double if it holds six.",
        "**Rule:** The office looks at the boat. It reads 20 lists a month.",
        "- [ ] Day 8, office: 25 lists read",
        "> You wait 16 days. If your list is there, it is 14.",
        "With two cranes I assume a fifth more, and three weeks take 3 / 1.4 / 1.2 = 1.8 weeks.",
    ],
)
def test_a_figure_that_is_said_to_be_the_writers_own_stands(line: str) -> None:
    assert check().wrong(Paper.parse(f"{GOOD}\n{line}\n").lines) == {}


@pytest.mark.parametrize("line", ["The list takes 17 days.", "If it falls away, 850 hours a year are free.",
                                  "I assume that three weeks take 3 / 1.4 / 1.2 = 2.8 weeks."])  # fmt: skip
def test_a_claim_of_nobody_is_found_also_beside_words_of_a_rule(line: str) -> None:
    assert len(check().wrong(Paper.parse(f"{GOOD}\n{line}\n").lines)) == 1


def test_a_figure_of_nobody_far_from_such_words_is_found() -> None:
    line = (
        "It is assumed that nobody minds, and all that is known of the yard and of the harbour and of the boats in it "
        "says so: 170 days go by each summer."
    )
    assert [fault.why for [fault] in check().wrong(Paper.parse(f"{GOOD}\n{line}\n").lines).values()] == [
        "nobody told 170: put the sum under FIGURES, say in its sentence that it is assumed, or leave it out"
    ]


def test_a_column_of_targets_says_so_for_its_cells_and_no_other_does() -> None:
    table = "| | Now | Target |\n|---|---|---|\n| Papers | 3 days | 1.5 days |\n| List | 13 days | 2 days |"
    [[fault]] = check().wrong(Paper.parse(f"{GOOD}\n{table}\n").lines).values()
    assert fault.sentence == "13 days"


def test_the_numbers_of_rows_claim_nothing() -> None:
    table = "| | What | Days |\n|---|---|---|\n| 13 | Papers | 3 |\n| 14. | List | 17 |\n| 15 List | look | 3 |"
    [[fault]] = check().wrong(Paper.parse(f"{GOOD}\n{table}\n").lines).values()
    assert fault.sentence == "17"


def test_more_than_six_tables_are_refused() -> None:
    table = "\n| a | b |\n|---|---|\n| c | d |\n"
    with pytest.raises(ReplyFault, match="tables"):
        Paper.parse(GOOD + "\n".join([table] * 6))


def test_a_repair_asks_for_lines_by_number_and_keeps_all_others() -> None:
    asked = repair_words(ReplyFault("LINE 2: too much", (2,)), Paper)
    assert "LINE 2: too much" in asked
    assert "Send only these lines again" in asked
    old = "# Head\n\nIt saves 70 hours.\n\nLast."
    assert patched(old, "LINE 2: It saves work.\n", Paper, (2,)) == "# Head\n\nIt saves work.\n\nLast."
    assert patched(old, "I am sorry.", Paper, (2,)) == old
    assert patched(old, "# Anew\n\nAll of it.", Paper, (2,)).startswith("# Anew")
    assert patched(old, "# Anew", Paper, ()) == "# Anew", "a paper that was none is asked for whole"


def test_a_paper_that_is_too_long_is_sent_back_once_and_then_taken_as_it_is() -> None:
    asked: list[int] = []

    def answer(attempt: int) -> str:
        asked.append(attempt)
        return GOOD + f"\n{FILL}\n" * (20 if attempt == 0 else 18)

    written = write_paper({"story": STORY, "sound": "It runs well."}, FACTS, last(answer))
    assert asked == [0, 1]
    assert written.markdown.count("Nobody needs what") == 19 * 4
    words = GOOD + f"\n{FILL}\n" * 10
    assert paper(words).markdown == words.strip(), "a paper of a page and a half is not sent back"
    with pytest.raises(ReplyFault, match="at most 950 are wanted"):
        Paper.parse(GOOD + f"\n{FILL}\n" * 30)


def test_the_sums_stand_behind_the_answer_are_worked_out_and_are_no_part_of_it() -> None:
    asked: list[int] = []

    def reply(attempt: int) -> str:
        asked.append(attempt)
        return GOOD + "\nFIGURES\n- 3 + 4 = 7 weeks\n- 3 x 4 = 90 weeks\n"

    written = write_paper(
        {"story": STORY + " It took three weeks, then four weeks.", "sound": "So it is."}, FACTS, last(reply)
    )
    assert asked == [0], "a sum behind the answer that does not come out is left out without asking again"
    assert written.sums == ("3 + 4 = 7 weeks",)
    assert "FIGURES" not in written.markdown
    assert "weeks = " not in written.markdown
    assert counted(f"{GOOD}\nFIGURES\n3 + 4 = 7 weeks") == counted(GOOD)


@pytest.mark.parametrize(
    ("story", "answer"),
    [
        ("The press runs from half past six until six and breaks 96 a day.", "690 min / 96 = 7.2 min"),
        ("They dig for two and a half hours. They fill it, forty minutes. 340 a year.", "340 x 190 min / 60 = 1,077 h"),
        ("46 euros here, next door 29 euros; 9,200 boxes.", "17 euros x 9,200 = 156,400 euros"),
        ("31,050 hours on the plug.", "31,050 / 8,760 = 3.5 plugs"),
        ("725 loads in July.", "725 / 27 = 27 loads a day"),
    ],
)  # fmt: skip
def test_what_anybody_derives_from_told_figures_need_not_be_told(story: str, answer: str) -> None:
    assert PaperCheck(story, ()).wrong([answer]) == {}
    assert PaperCheck("It is quick.", ()).wrong([answer]) != {}


def test_worked_out_figures_may_be_rounded_and_told_in_part() -> None:
    checker = PaperCheck("9,200 boxes.", ["9,200 a year x 25% x 3 h = 6,900 h a year", "9,200 / 25 = 368 calls"])
    assert checker.wrong(["That is 2,300 hours on some 370 calls."]) == {}
    assert checker.wrong(["That is 2,400 hours on some 380 calls."]) != {}


def test_one_or_two_claims_of_nobody_are_marked_without_asking_again_and_what_must_stay_never_goes_unasked() -> None:
    two = ["It saves 70 hours.", "", "It brings EUR 72."]
    assert check().not_mended(two) == {}
    assert check().not_mended([*two, "It takes 73 hours."]).keys() == {0, 2, 3}
    assert check().not_mended(["Drop the look of the harbour master at the boat."]).keys() == {0}
