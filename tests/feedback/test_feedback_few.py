"""Few comments, the same one many times, and opposite meanings in the same words: honest counts, nothing made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.feedback.comments import read_comments
from assistant.feedback.shapes import Comment, Feedback
from assistant.feedback.summary import summarise


def _summary(*texts: str) -> Feedback:
    return summarise([Comment(str(number), text) for number, text in enumerate(texts)])


def _together(found: Feedback) -> list[set[str]]:
    return [set(theme.members) for theme in found.themes]


UNRELATED = (
    "The car park has no lights", "My cousin sings in your choir", "Blue envelopes please",
    "A squirrel ran through reception", "Your slogan rhymes with butter",
)  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_comments_that_share_nothing_are_no_theme(count: int) -> None:
    found = _summary(*UNRELATED[:count])
    assert found.themes == ()
    assert found.other == count


def test_two_of_a_few_that_say_the_same_are_a_theme_and_the_rest_is_other() -> None:
    found = _summary("The scanner is broken", *UNRELATED[:2], "Broken scanner in the lobby")
    assert _together(found) == [{"0", "3"}]
    assert found.other == 2


def test_greetings_say_nothing_and_are_told_apart() -> None:
    rows = ["Good afternoon. Good afternoon."] * 9 + ["Hello,", "Dear Sir or Madam,"] + ["The train left late"] * 4
    found = _summary(*rows)
    assert _together(found) == [{"11", "12", "13", "14"}]
    assert found.other == 11
    assert any("11 comments with no words beyond a greeting" in note for note in found.notes)


def test_a_greeting_before_what_is_said_is_not_taken_for_praise() -> None:
    found = _summary("Good morning. The bus left late.", "Good evening, my bus left late!")
    assert [row.kind for row in found.assigned] == ["complaint", "complaint"]


def test_praise_and_complaint_in_the_same_words_are_never_one_theme() -> None:
    tails = ("", " on Friday", " at noon", " for me", " in March", " by post")
    good = [f"The {thing} came quickly{tail}" for thing in ("voucher", "passport") for tail in tails]
    bad = [f"The {thing} came late{tail}" for thing in ("voucher", "passport") for tail in tails]
    found = _summary(*(text for pair in zip(good, bad, strict=True) for text in pair))
    for theme in found.themes:
        assert len({int(member) % 2 for member in theme.members}) == 1, theme.name
    assert {theme.wants for theme in found.themes} == {"praise", "complaint"}


def test_one_comment_is_told_in_the_singular(tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text("comment\nFar too loud\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["feedback", str(file)])
    assert done.exit_code == 0
    assert "Only 1 comment:" in done.output
    assert "1 comments" not in done.output


def test_a_comment_without_an_id_is_known_by_file_row_and_hash(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.txt"
    first.write_text("comment\nThe door sticks\n\nThe door sticks\n", encoding="utf-8")
    second.write_text("The door sticks\n", encoding="utf-8")
    one, other = read_comments(first)
    assert [one.id.split(":")[0], *other.id.split(":")[:1]] == ["a.csv", "a.csv"]
    assert one.id.split(":")[1] != other.id.split(":")[1]
    assert one.id.split(":")[2] == other.id.split(":")[2]
    assert read_comments(second)[0].id == one.id.replace("a.csv", "b.txt")
    second.write_text("The door stuck\n", encoding="utf-8")
    assert read_comments(second)[0].id != one.id.replace("a.csv", "b.txt")
