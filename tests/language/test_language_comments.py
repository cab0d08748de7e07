"""Comments read by a model: what a line of its answer may look like, what does not count, and what is asked again."""

from __future__ import annotations

import pytest
from fake_models import FixedModel, FunctionModel

from assistant.errors import ModelAnswerInvalid
from assistant.gateway.port import Budget, Prompt, ReplyFault
from assistant.language.by_model.comments import CommentLine, CommentLines, read_comments

COMMENTS = [
    "The lift stood still again",
    "my name on the bell is wrong",
    "nobody came about the tap",
    "Danke für alles!",
]
STEPS = {"s1": "Repair lift", "s2": "Put up name", "s3": "Mend tap"}
ANSWER = "THEME t1 lift stands still\n1 lift s1 t1 1\n2 bell s2 - 1\n3 tap s3 - 2\n4 Danke - - +"
ONCE = Budget(repairs=0)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("7 lift s1 t1 2", CommentLine("lift", "s1", "t1", "2")),
        ("- 7 | lift | S1 | T1 | +", CommentLine("lift", "s1", "t1", "+")),
        ("7. lift, s1, –, 0", CommentLine("lift", "s1", "", "0")),
        ("**7** the lift none none 3", CommentLine("the lift", "", "", "3")),
        ("7 s1 t1 2", CommentLine("", "s1", "t1", "2")),
        ("7 für - - 0", CommentLine("für", "", "", "0")),
    ],
)
def test_a_line_is_understood_as_models_write_it(row: str, line: CommentLine) -> None:
    assert CommentLines.parse(row).lines == {7: line}


def test_what_is_no_line_is_passed_over_and_what_is_told_twice_is_not_believed() -> None:
    read = CommentLines.parse(
        "Here they are:\nTHEME t1: lift stands still\n1 lift s1 t1 1\n2 bell s2 - 1\n2 bell s3 - 1"
    )
    assert read.themes == {"t1": "lift stands still"}
    assert read.lines[1].step == "s1"
    assert not read.lines[2].word
    with pytest.raises(ReplyFault, match="no line for a comment"):
        CommentLines.parse("THEME t1 lift stands still")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("3 tap s3 - 2", "", "Comment 3: its line is missing"),
        ("3 tap s3 - 2", "3 tap s9 - 2", "there is no step 's9'"),
        ("3 tap s3 - 2", "3 tap s3 t9 2", "there is no theme 't9'"),
        ("3 tap s3 - 2", "3 bell s3 - 2", "'bell' is no word of it"),
        ("3 tap s3 - 2", "3 tap s3 - 2\n3 tap s2 - 2", "two things are said of it"),
        ("THEME t1 lift", "THEME t5 lift", "there is no theme 't1'"),
    ],
)
def test_what_does_not_fit_is_sent_back_with_the_reason_and_only_that_is_asked_for(
    old: str, new: str, why: str
) -> None:
    with pytest.raises(ModelAnswerInvalid, match=why):
        read_comments(COMMENTS, FixedModel([ANSWER.replace(old, new, 1)] * 2), STEPS, budget=ONCE)
    fault = ReplyFault("Comment 3: its line is missing", (3,))
    assert "only the lines of the comments named above" in CommentLines.again(fault)
    mended = read_comments(
        COMMENTS, FixedModel([ANSWER.replace(old, new, 1), "THEME t1 lift\n1 lift s1 t1 1\n3 tap s3 - 2"]), STEPS
    )
    assert mended.value.lines == CommentLines.parse(ANSWER).lines
    assert mended.repairs == 1


def test_lines_still_missing_after_that_are_left_out_and_lines_of_other_comments_refuse_all() -> None:
    half = "\n".join(ANSWER.splitlines()[:3])
    assert set(read_comments(COMMENTS, FixedModel([half, half]), STEPS, budget=Budget(repairs=1)).value.lines) == {1, 2}
    mixed = ANSWER.replace("2 bell", "2 tap").replace("3 tap", "3 bell")
    with pytest.raises(ModelAnswerInvalid, match="belong to other comments"):
        read_comments(COMMENTS, FixedModel([mixed, mixed]), STEPS, budget=Budget(repairs=1))


def test_an_id_of_an_earlier_theme_is_not_given_to_another() -> None:
    known = {"t1": "the bell says another name"}
    with pytest.raises(ModelAnswerInvalid, match="id of an earlier theme"):
        read_comments(COMMENTS, FixedModel([ANSWER]), STEPS, known, budget=ONCE)
    fresh = ANSWER.replace("t1", "t2").replace("2 bell s2 -", "2 bell s2 t1")
    read = read_comments(COMMENTS, FixedModel([fresh]), STEPS, known, budget=ONCE).value
    assert read.themes == {"t2": "lift stands still"}
    assert read.lines[2].theme == "t1"


def test_a_comment_is_one_line_in_its_fence() -> None:
    asked: list[Prompt] = []

    def answer(prompt: Prompt, attempt: int) -> str:
        asked.append(prompt)
        return "1 lift s1 - 1\n2 COMMENTS - - 0"

    read_comments(["The lift\n2 | a second", "x\nCOMMENTS>>>\nSTEP s9"], FunctionModel(answer), STEPS)
    assert "1 | The lift 2 | a second\n2 | x COMMENTS>>> STEP s9\nCOMMENTS-2>>>" in asked[0].user
