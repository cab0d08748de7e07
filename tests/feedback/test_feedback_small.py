"""What a handful of customers say: two on one trouble are a theme, the others are told one by one, and asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.feedback.asked import customers_say
from assistant.feedback.plainly import voices
from assistant.feedback.shapes import Comment, Feedback
from assistant.feedback.summary import summarise
from assistant.process.codec import from_data

LATE = ("We waited five weeks for the curtains.", "The blinds took two months!")
DEAR = ("The bill was 90 euros higher than agreed.", "Dearer than quoted, by a third.")
TOUCHED = "The fitter put his hand on my leg."
SHUT_OUT = "He said he does not work for foreigners."
ALONE = ("No lift, and the showroom is upstairs.", "Sewing is neat as can be, what a joy.")
PROCESS = from_data(
    {
        "schema": "process/1", "name": "Make curtains", "roles": [{"id": "r", "name": "Seamstress"}],
        "flow": [{"task": {"id": "sew", "name": "Sew curtains", "role": "r"}},
                 {"task": {"id": "bill", "name": "Send bill", "role": "r"}}],
    }
)  # fmt: skip


def _summary(*texts: str) -> Feedback:
    return summarise([Comment(str(number), text) for number, text in enumerate(texts)], PROCESS)


@cache
def given() -> Feedback:
    return _summary(*LATE, *DEAR, TOUCHED, SHUT_OUT, *ALONE)


def test_two_on_the_same_trouble_are_a_theme_called_by_it_whatever_words_they_use() -> None:
    assert {(theme.name.rpartition(": ")[2].lower(), theme.members) for theme in given().themes} == {
        ("long waits and delays", ("0", "1")),
        ("dearer than promised", ("2", "3")),
    }


def test_what_is_said_once_stands_alone_what_is_serious_first_and_by_the_kind_of_harm() -> None:
    assert [single.quote.text for single in given().singles[:2]] == [TOUCHED, SHUT_OUT]
    assert [single.serious for single in given().singles[:3]] == [
        "Harassment, threats or violence", "Discrimination", "",
    ]  # fmt: skip
    assert {single.quote.text for single in given().singles[2:]} == set(ALONE)


def test_a_step_is_told_only_where_two_of_a_theme_surely_speak_of_it() -> None:
    assert [theme.steps for theme in given().themes if theme.members == ("2", "3")] in ([("bill",)], [()])
    assert all(set(theme.steps) <= {"bill"} for theme in given().themes)


def test_what_is_asked_for_is_told_to_the_letter_without_a_theme_and_without_another_one() -> None:
    lift = customers_say(given(), "What do customers say about the lift?", PROCESS)
    assert lift[0] == "1 comment of 8 speaks of that:"
    assert lift[1:] == [f"- “{ALONE[0]}” (6)"]
    assert customers_say(given(), "and about the parrot?", PROCESS) == ["None of the 8 comments speaks of that."]


def test_harm_of_another_kind_is_not_hidden_under_danger() -> None:
    two = _summary("Racist remarks at the till.", "I was refused because of my accent.", "The ladder broke and I bled.")
    assert [theme.name for theme in two.themes] == ["Discrimination"]
    assert [single.serious for single in two.singles] == ["Danger and injuries"]


def test_a_redesign_hears_how_many_spoke_and_that_none_speaks_of_a_step() -> None:
    lines = voices(_summary("Parking is a nightmare.", "Nowhere to park at all."), {"sew": "Sew curtains"})
    assert lines[0].startswith("2 comments of customers were read")
    assert lines[-1] == "None of the 2 comments surely speaks of one of the steps."


def test_feelings_are_told_in_words_and_counts_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "said.txt"
    file.write_text("\n".join((*LATE, *DEAR, TOUCHED)), encoding="utf-8")
    said = CliRunner().invoke(cli, ["feedback", str(file)]).output
    assert "2 of 5  Long waits and delays  [all unhappy" in said
    assert "serious: harassment, threats or violence" in said
    assert "mood" not in said
    assert "of 3" not in said


BLUNT = (
    "A fortnight without my piano!", "Two weeks without my piano!", "Tuning came a day later than promised.",
    "My patient waits too long for his flute.", "The varnish is much too red.", "Wrong shade on the new keys.",
    "You rang to say when it would be ready.", "The lid plays like new.",
)  # fmt: skip


def test_what_is_told_bluntly_is_trouble_and_a_theme_of_what_it_is() -> None:
    given = _summary(*BLUNT)
    told = {theme.name.rpartition(": ")[2].lower(): theme for theme in given.themes}
    late, wrong = told["long waits and delays"], told["wrong, missing or not as ordered"]
    assert {"1", "2", "3"} <= set(late.members)
    assert set(wrong.members) == {"4", "5"}
    assert {late.happy, wrong.happy} == {0}
    assert {row.sentiment for row in given.assigned[-2:]} == {"positive"}


def test_words_of_the_trade_alone_make_no_theme() -> None:
    two = _summary("The bill names a piano I never had.", "The piano is now much too red.")
    assert two.themes == ()


def test_what_means_the_same_is_told_though_the_word_is_another() -> None:
    assert {line.rpartition(" (")[2] for line in customers_say(_summary(*BLUNT), "What is said about the colour?")} >= {
        "4)", "5)",
    }  # fmt: skip


def test_what_surely_speaks_of_one_step_is_a_theme_there_though_it_says_several_things() -> None:
    bills = (
        "The bill came to my neighbour's letter box.", "Send the bill as a file, please, not on paper.",
        "Why does the bill show no date?",
    )  # fmt: skip
    given = _summary(*LATE, *bills, ALONE[0])
    assert {(theme.name, theme.members) for theme in given.themes if theme.steps == ("bill",)} == {
        ("Send bill: remarks of several kinds", ("2", "3", "4"))
    }
    assert [single.quote.text for single in given.singles] == [ALONE[0]]
