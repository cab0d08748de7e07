"""Figures that are no times of steps, numbers as other countries write them, and figures beyond all sense."""

from __future__ import annotations

import pytest
from reading_kit import task_named

from assistant.cli.main import main
from assistant.handover.targets import seconds_in
from assistant.language.figures.reading import asked_period, figure_from, figures_in
from assistant.language.figures.separators import numeric, style_of
from assistant.language.reading import read_story
from assistant.process.blocks import Choice, Task
from assistant.process.codec import loads
from assistant.process.model import Hours, Process
from assistant.process.tree import walk
from assistant.process.volumes import volume

START, END = "The clerk checks the order. ", " The manager signs the letter."


def read(words: str) -> Process:
    return read_story(START + words + END).process


def names(process: Process) -> list[str]:
    return [step.name for step in walk(process) if isinstance(step, Task)]


@pytest.mark.parametrize(
    "words",
    [
        "About 900 a year.",
        "There are 900 a year.",
        "Our rules say an extract is good for 12 months.",
        "The extract stays valid for a year.",
        "Auditors come every year.",
        "The pile grows every month.",
        "Two engineers are booked at 96 percent.",
        "The engineer is loaded at 97 percent.",
        "Password resets eat 35 % of our hours.",
        "Password resets make up half of the calls.",
        "The work is done within 14 days.",
    ],
)
def test_what_is_no_time_of_a_step_makes_no_wait_no_branch_and_no_run(words: str) -> None:
    process = read(words)
    steps = [step for step in walk(process) if isinstance(step, Task)]
    assert [step.name for step in steps if step.name in ("Check order", "Sign letter")] == [
        "Check order",
        "Sign letter",
    ]
    assert not any(step.work or step.wait or step.batch for step in steps)
    assert not any(isinstance(step, Choice) for step in walk(process))


def test_a_yearly_volume_without_a_noun_is_a_rate_and_says_what_a_year_is() -> None:
    process = read("About 900 a year.")
    assert process.volume is not None
    assert process.volume.between.mean_seconds == pytest.approx(365 * 86400 / 900, rel=1e-4)
    assert "a year of 365 days" in (process.volume.between.note or "")
    assert process.trigger is None


@pytest.mark.parametrize("told", ["210 of those a year", "We had 210 last year", "210 requests came in last year"])
def test_what_came_in_a_year_is_a_yearly_volume(told: str) -> None:
    [figure] = figures_in(f"{told}.")
    assert (figure.kind, figure.low, figure.size) == ("rate", 210, 365)


def test_what_was_lost_in_a_year_is_no_volume() -> None:
    assert all(figure.kind != "rate" for figure in figures_in("We lost 12 last year."))


@pytest.mark.parametrize(
    "told",
    [
        "How many come in a year? About 1,900.",
        "Thirty calls a day come in. C: How many orders? X: 1,900 last year, both shops.",
        "[10:12] Bo: how many a year [10:13] Al: 1,900. More in spring.",
        "Of 40 orders a year we hear again. In the past year 1,900 orders came in.",
    ],
)
def test_how_many_came_is_the_volume_as_answer_and_of_last_year(told: str) -> None:
    process = read(told)
    assert process.volume is not None
    assert process.volume.between.mean_seconds == pytest.approx(365 * 86400 / 1900, rel=1e-4)


def test_totals_are_measures() -> None:
    process = read("Some five weeks pass from counter to licence. The work in it comes to perhaps three hours.")
    assert {(m.id, m.value, m.unit) for m in process.measures} == {("cycle_time", 5, "w"), ("work_time", 3, "h")}
    assert names(process) == ["Check order", "Sign letter"]


def test_cases_of_a_year_fall_on_the_working_hours() -> None:
    hours = (Hours(days="mon-fri", **{"from": "09:00"}, to="17:00"),)
    told = volume(1000, "d", 365, hours)
    assert told.between.mean_seconds == pytest.approx(365 / 7 * 5 * 8 * 3600 / 1000)
    assert "in the working hours" in (told.between.note or "")
    assert volume(40, "d", 1, hours).between.mean_seconds == pytest.approx(8 * 3600 / 40)
    assert volume(6, "h", 1, hours).between.mean_seconds == pytest.approx(600)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It takes 1.5 hours and 2.125 hours.", 2.125), ("It takes 1,5 hours for 2.125 parcels.", 2125),
        ("It takes 1,5 hours or 2,125 hours.", 2.125), ("There are 2,125 parcels.", 2125), ("60.000 parcels", 60000),
        ("10.000 Euro", 10000), ("1.250,50 euros", 1250.5), ("1,250.50 euros", 1250.5), ("6,40 eur", 6.4),
        ("52,-", 52), ("40.-- a box", 40), ("38,–", 38),
        ("1.234.567 letters", 1234567), ("It takes 2.125 h.", 2.125), ("2.125 letters", 2125),
        ("12,5 % of 60.000 parcels", 60000),
    ],
)  # fmt: skip
def test_points_and_commas_are_read_as_the_text_writes_its_numbers(text: str, value: float) -> None:
    from assistant.language.figures.reading import numbers_in

    assert value in numbers_in(text)


@pytest.mark.parametrize("text", ["the ranger bills us 52,- an hour", "Ole gets 52.-/h", "a cook is 52,-- per hour"])
def test_a_line_in_place_of_the_coins_is_money(text: str) -> None:
    from assistant.language.figures.reading import figures_in

    assert [(figure.kind, figure.low, figure.unit) for figure in figures_in(text)] == [("price", 52, "h")]


def test_a_number_that_is_none_has_no_value() -> None:
    assert numeric("1.2.3") is None
    assert numeric("12.03.2026") is None
    assert style_of("1,5 and 2,5 and 3.5") == "continental"
    assert style_of("60.000 and 1,000") == ""


@pytest.mark.parametrize("words", ["8.1e23 minutes", "9,000,000 years", "99999999999999 days"])
def test_a_figure_beyond_all_sense_is_left_out_and_that_is_said(words: str) -> None:
    reading = read_story(f"{START}That takes {words}.{END}")
    assert task_named(reading.process, "Check order").work is None
    assert task_named(reading.process, "Check order").wait is None
    assert any(words in note for note in reading.notes)
    assert figures_in(words) == []


@pytest.mark.parametrize("words", ["9e99 orders come a day.", "We get 8.1e23 orders a day."])
def test_cases_beyond_all_sense_are_no_step_and_no_volume(words: str, tmp_path, own_home) -> None:
    (tmp_path / "shop.txt").write_text(f"When an order comes in, the clerk checks it. {words}{END}", "utf-8")
    assert main(["map", str(tmp_path / "shop.txt"), "--out", str(tmp_path / "out")]) == 0
    process = loads((tmp_path / "out" / "shop.json").read_text("utf-8"))
    names = [step.name for step in walk(process) if isinstance(step, Task)]
    assert names == ["Receive order", "Check order", "Sign letter"]
    assert process.volume is None


@pytest.mark.parametrize("words", ["8.1e23 d", "99999999999999999999 days", "soon", "a few days", "900 a year"])
def test_an_absurd_or_missing_time_on_the_command_line_is_refused_kindly(
    words: str, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.md"
    path.write_text("# P\n\n## Steps\n1. Check order\n2. Sign letter\n", encoding="utf-8")
    assert main(["what-if", str(path), "--within", words]) == 2
    assert "no length of time" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["checking takes 99999999999999999999 days", "checking takes 8.1e23 minutes"])
def test_an_absurd_figure_in_a_change_is_refused_kindly(words: str, tmp_path, own_home) -> None:
    path = tmp_path / "p.md"
    path.write_text("# P\n\n## Steps\n1. Check order\n2. Sign letter\n", encoding="utf-8")
    assert main(["change", str(path), words]) == 2


def test_a_bare_number_answers_only_what_leaves_no_doubt() -> None:
    people, share, year = (
        figure_from("7", "people"),
        figure_from("7", "chance"),
        figure_from("about 1,900", "rate", "year"),
    )
    assert (people and people.low, share and share.low) == (7, 0.07)
    assert year is not None
    assert (year.low, year.unit, year.size) == (1900, "d", 365)
    assert figure_from("7", "duration") is None
    assert figure_from("about 1,900", "rate") is None
    assert asked_period("How many cases come in a day or a week?") == ""
    assert asked_period("How many come in a year?") == "year"


def test_needs_and_goals_are_read_by_the_same_reader() -> None:
    assert seconds_in("answered within a fortnight") == 14 * 86400
    assert seconds_in("in half an hour at most") == 1800
    assert seconds_in("as soon as possible") is None


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        ("I have been a clerk here for eleven years. The clerk opens the file.", False),
        ("The clerk fills in a list. Nobody has looked at that list for two years.", False),
        ("Anna did the counter for six years before. The clerk opens the file.", False),
        ("You have let my flats for nine years now. The clerk opens the file.", False),
        ("The clerk opens the file. The applicant waits two years. The clerk closes the file.", True),
        ("The clerk opens the file, and it takes a year until the court answers. The clerk closes the file.", True),
    ],
)
def test_years_that_somebody_is_there_are_no_time_of_a_step(words: str, waits: bool) -> None:
    process = read_story(f"{words} The manager signs the letter.").process
    lengths = [getattr(step, field, None) for step in walk(process) for field in ("work", "wait", "duration")]
    assert any(told is not None and told.mean_seconds > 300 * 86400 for told in lengths) == waits


@pytest.mark.parametrize(
    "words",
    [
        "31 days from the yard to the invoice.", "From form to sofa three weeks.", "We promise eight working days.",
        "The office checks three months of payslips.", "Over 30 days he sends it back.",
        "People may not come more often than eight weeks between two donations.", "It was 9 weeks instead of 19.",
    ],
)  # fmt: skip
def test_what_is_promised_compared_or_counted_from_end_to_end_is_no_wait_of_a_step(words: str) -> None:
    process = read_story(f"{START}{words}{END}").process
    lengths = [getattr(step, field, None) for step in walk(process) for field in ("work", "wait", "duration")]
    assert not any(lengths)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("It takes two days of waiting.", 2),
        ("The file lies there for over 30 days.", 30),
        ("That is a week of delay.", 7),
    ],
)
def test_lengths_that_a_case_waits_stay_waits(words: str, days: float) -> None:
    process = read_story(f"{START}{words}{END}").process
    waits = [getattr(step, field, None) for step in walk(process) for field in ("wait", "duration")]
    assert [told.mean_seconds / 86400 for told in waits if told is not None] == [days]


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("There are three clerks here.", 3), ("We hire 70 clerks a year.", None),
        ("That's from the days when three people did it.", None), ("Forty people in one afternoon look at it.", None),
    ],
)  # fmt: skip
def test_only_who_is_there_is_counted_as_staff(words: str, there: int | None) -> None:
    process = read_story(f"{START}{words}{END}").process
    assert {role.name: role.capacity for role in process.roles if role.capacity} == ({"Clerk": there} if there else {})


def test_what_is_looked_at_every_two_years_is_not_collected_so_long() -> None:
    process = read_story(f"{START}The fitter looks at each extinguisher every two years.{END}").process
    assert not any(getattr(step, "batch", None) for step in walk(process))


@pytest.mark.parametrize(
    "words",
    [
        "You have a week to name the driver. The clerk enters the name.",
        "The bad ones go to the workshop, two days a month we stand there, and the fitter tests the bottle.",
    ],
)
def test_how_long_somebody_has_or_is_there_is_no_wait(words: str) -> None:
    process = read_story(f"{START}{words}{END}").process
    assert not any(getattr(step, field, None) for step in walk(process) for field in ("work", "wait", "duration"))
