"""One table of phrases, read through every door: each gives the same figure or none.

The doors: a story, a change in plain words, an answer, a correction, the check of a model's figures, a time on the
command line, and a cell of the page's table. The next phrase is tested by adding a line to evals/figures.tsv.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.chat.answers import match_answers
from assistant.chat.corrections import find_correction
from assistant.errors import UsageError
from assistant.evals.suites.figures import PERIODS, SECONDS, WORK
from assistant.intake.door import sort_out
from assistant.intake.given import Words
from assistant.language.change.read_change import Outcome
from assistant.language.changing import read_change
from assistant.language.correct import correction as correct
from assistant.language.figures.stated import Said
from assistant.language.quotations import Evidence
from assistant.language.reading import read_story
from assistant.page.changes import figure_edits
from assistant.process.apply import apply
from assistant.process.blocks import Choice, Loop, Task, Wait
from assistant.process.codec import from_data
from assistant.process.durations import Fixed, Span, Uniform
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.tree import walk

TABLE = Path(__file__).parents[2] / "evals" / "figures.tsv"
PROCESS: Process = from_data(WORK)
OPEN: Process = from_data({
    "schema": "process/1", "name": "P",
    "flow": [{"choice": {"id": "c", "question": "Complete?", "branches": [
        {"id": "bad", "when": "form is incomplete", "do": [{"task": {"id": "call", "name": "Call customer"}}]},
        {"id": "good", "when": "otherwise"}]}}],
})  # fmt: skip
FIGURE_FIELDS = {"work": "sign", "p": "c", "exception_rate": "check", "capacity": "clerk", "cost_per_hour": "clerk",
                 "volume": ""}  # fmt: skip
CELLS = {"work": "sign", "wait": "sign", "p": "bad", "error_rate": "check", "capacity": "clerk",
         "cost_per_hour": "clerk", "volume": "volume"}  # fmt: skip
SIGNED = "The manager signs the letter."
NAME_FIELDS = {"role": "sign", "owner": "", "trigger": "", "customers": ""}


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    phrase: str
    kind: str
    low: float = 0.0
    high: float = 0.0
    unit: str = ""

    def seconds(self, hands_on: bool) -> tuple[float, float]:
        """The length of time in seconds; a working day holds eight hours of work and passes in a whole day."""
        size = (8 * 3600 if hands_on else 86400) if self.unit == "wd" else SECONDS[self.unit]
        return self.low * size, self.high * size

    def share(self) -> float:
        """The middle of a chance, of one."""
        return (self.low + self.high) / 200

    def gap(self) -> float:
        """The mean seconds between two cases."""
        if self.kind == "rhythm":
            return self.seconds(False)[0]
        return PERIODS[self.unit] * 2 / (self.low + self.high)


def rows() -> list[Row]:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [Row(phrase, kind, *map(float, rest[:2]), *rest[2:]) for phrase, kind, *rest in lines]


ROWS = rows()


def of(*kinds: str) -> pytest.MarkDecorator:
    chosen = [row for row in ROWS if row.kind in kinds]
    return pytest.mark.parametrize("row", chosen, ids=[row.phrase for row in chosen])


# --- what a process holds ----------------------------------------------------------------------------------------


def times(process: Process) -> list[tuple[str, tuple[float, float]]]:
    """Every length of time in a process: its field and its ends in seconds."""
    found = []
    for step in walk(process):
        for field in ("work", "wait", "duration"):
            value = getattr(step, field, None) if isinstance(step, Task | Wait) else None
            if value is not None:
                found.append((field, ends(value)))
    return found


def ends(value: Fixed | Uniform) -> tuple[float, float]:
    size = SECONDS[value.unit]
    return (value.low * size, value.high * size) if isinstance(value, Uniform) else (value.value * size,) * 2


def chances(process: Process) -> list[float]:
    """The told chances of branches and loops, of two ways the first."""
    found = [step.branches[0].p for step in walk(process) if isinstance(step, Choice)]
    found += [step.p for step in walk(process) if isinstance(step, Loop)]
    return [p for p in found if p is not None]


def choices(process: Process) -> int:
    return sum(isinstance(step, Choice | Loop) for step in walk(process))


# --- the doors ---------------------------------------------------------------------------------------------------


def story(words: str) -> Process:
    return read_story(words).process


def change(words: str) -> Process:
    reading = read_change(PROCESS, words)
    return apply(PROCESS, reading.edits) if reading.edits and not reading.question else PROCESS


def answer(words: str, field: str, process: Process = PROCESS) -> Process | None:
    """The process with the answer taken over; None when the answer gives nothing."""
    element = {**FIGURE_FIELDS, **NAME_FIELDS}[field]
    elements = (element,) if element else ()
    question = Question(id=field, text="How?", why="", weight=1.0, elements=elements, field=field)
    edits = [edit for one in match_answers(words, [question], process) for edit in one.edits]
    return apply(process, tuple(edits)) if edits else None


def correction(words: str) -> Process:
    found = find_correction(words, PROCESS, ["check"])
    return apply(PROCESS, found.edits) if found and found.edits else PROCESS


def in_passing(words: str) -> Process:
    """The process after words that are neither story nor answer."""
    found = correct.read(PROCESS, words)
    assert isinstance(found, Outcome), found
    return apply(PROCESS, found.edits)


def cell(words: str, element: str, field: str, process: Process = PROCESS) -> Process:
    """The process with the words typed into a cell of the table."""
    return apply(process, tuple(figure_edits(process, element, field, words)))


def evidence(words: str) -> Said:
    text = f"It was said: {words}. The manager signs."
    return Evidence(text).near(Span(start=3, end=6))


def close(found: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return found == pytest.approx(wanted, rel=1e-4)


@of("duration")
def test_a_length_of_time_is_the_same_through_every_door(row: Row) -> None:
    [(field, told)] = times(story(f"The clerk checks the order, which takes {row.phrase}. {SIGNED}"))
    assert close(told, row.seconds(field == "work")), "story"
    changed = dict(times(change(f"Signing the letter takes {row.phrase}"))[1:])
    assert close(changed["work"], row.seconds(True)), "change"
    answered = answer(row.phrase, "work")
    assert answered is not None
    assert close(times(answered)[-1][1], row.seconds(True)), "answer"
    assert close(times(correction(f"it takes {row.phrase}, not seven minutes"))[0][1], row.seconds(True)), "correction"
    for field in ("work", "wait"):
        assert close(times(cell(row.phrase, "sign", field))[-1][1], row.seconds(field == "work")), "cell"
    low, high = row.seconds(False)
    assert evidence(row.phrase).has_time(Uniform(low=low, high=high, unit="s")), "evidence"
    assert not evidence(row.phrase).has_time(Fixed(value=high * 1.3 + 7, unit="s")), "evidence of another"
    assert _limit(row.phrase) == pytest.approx(high), "command line"


def test_a_length_of_time_is_the_same_in_a_table_of_steps() -> None:
    """Rows of a CSV, a workbook, a page, a Word file or a PDF; what tells no figure is listed."""
    timed = [row for row in ROWS if row.kind == "duration"]
    vague = next(row for row in ROWS if row.kind == "vague")
    lines = [f"Sign letter {place}\t{row.phrase}\t{row.phrase}" for place, row in enumerate([*timed, vague])]
    given = sort_out("\n".join(["Step\tWork time\tWait time", *lines]).encode(), "steps.tsv")
    assert isinstance(given, Words)
    read = read_story(given.text)
    found = [(task.work, task.wait) for task in walk(read.process) if isinstance(task, Task)]
    for row, told in zip([*timed], found, strict=False):
        assert told[0] is not None, row.phrase
        assert told[1] is not None, row.phrase
        assert close(ends(told[0]), row.seconds(True)), row.phrase
        assert close(ends(told[1]), row.seconds(False)), row.phrase
    assert found[len(timed) :] == [(None, None)]
    assert sum(f"“{vague.phrase}”" in note for note in read.notes) == 2


@of("chance")
def test_a_chance_is_the_same_through_every_door(row: Row) -> None:
    told = story(f"The clerk checks the form. If the form is incomplete ({row.phrase}), the clerk calls the customer.")
    assert chances(told) == [pytest.approx(row.share(), abs=1e-4)], "story"
    cases = " of the cases" if row.phrase.endswith("half") else ""
    changed = change(f"The form is incomplete in {row.phrase}{cases}")
    assert chances(changed)[0] == pytest.approx(row.share(), abs=1e-4), "change"
    answered = answer(row.phrase, "p", OPEN)
    assert answered is not None
    assert chances(answered) == [pytest.approx(row.share(), abs=1e-4)], "answer"
    corrected = correction(f"it is {row.phrase}, not 7 percent")
    assert chances(corrected) == [pytest.approx(row.share(), abs=1e-4)], "correction"
    assert chances(cell(row.phrase, "bad", "p", OPEN))[0] == pytest.approx(row.share(), abs=1e-4), "cell"
    assert evidence(row.phrase).has_share(row.share()), "evidence"
    assert not evidence(row.phrase).has_share(0.3712), "evidence of another"


@of("rate", "rhythm")
def test_how_many_come_is_the_same_through_every_door(row: Row) -> None:
    if row.kind == "rate":
        told = story(f"We get {row.phrase}. The clerk checks the order. {SIGNED}")
        assert told.volume is not None
        assert told.volume.between.mean_seconds == pytest.approx(row.gap(), rel=1e-3), "story"
        assert times(told) == [], "no time of a step"
        assert len(list(walk(told))) == 2, "no step"
    else:
        told = story(f"The clerk checks the order. That happens {row.phrase}. {SIGNED}")
        assert times(told) == [], "no time of a step"
    changed = change(f"We get {row.phrase}" if row.kind == "rate" else f"Orders come in {row.phrase}")
    assert changed.volume is not None
    assert changed.volume.between.mean_seconds == pytest.approx(row.gap(), rel=1e-3), "change"
    answered = answer(row.phrase, "volume")
    assert answered is not None
    assert answered.volume is not None
    assert answered.volume.between.mean_seconds == pytest.approx(row.gap(), rel=1e-3), "answer"
    typed = cell(row.phrase, "volume", "volume").volume
    assert typed is not None
    assert typed.between.mean_seconds == pytest.approx(row.gap(), rel=1e-3), "cell"
    assert answer(row.phrase, "work") is None, "no length of time"
    if row.kind == "rate" and "working" not in row.phrase:
        assert evidence(row.phrase).has_number(row.low), "evidence"


@pytest.mark.parametrize(
    ("words", "an_hour"),
    [("The clerk costs 480 euros a day.", 60), ("A clerk earns 62,571 euros a year.", 30),
     ("The clerk charges 1,200 euros a week.", 30)],
)  # fmt: skip
def test_what_a_day_or_a_year_costs_is_taken_for_the_hours_worked(words: str, an_hour: float) -> None:
    assert in_passing(words).role("clerk").cost_per_hour == pytest.approx(an_hour, rel=1e-3)
    told = story(f"The clerk checks the order. {words} {SIGNED}")
    assert told.role("clerk").cost_per_hour == pytest.approx(an_hour, rel=1e-3)


@of("money")
def test_money_is_the_same_through_every_door(row: Row) -> None:
    price = (row.low + row.high) / 2
    if row.unit.endswith("/h"):
        told = story(f"The clerk checks the order. A clerk costs us {row.phrase}. {SIGNED}")
        assert told.role("clerk").cost_per_hour == pytest.approx(price), "story"
        assert told.currency == row.unit.partition("/")[0]
        for sentence in (f"The clerk costs {row.phrase}.", f"No, the clerk gets {row.phrase}."):
            assert in_passing(sentence).role("clerk").cost_per_hour == pytest.approx(price), "told in a conversation"
        typed = cell(row.phrase, "clerk", "cost_per_hour")
        assert typed.role("clerk").cost_per_hour == pytest.approx(price), "cell"
    if price <= 1e6:
        answered = answer(row.phrase, "cost_per_hour")
        assert answered is not None
        assert answered.role("clerk").cost_per_hour == pytest.approx(price), "answer"
    assert evidence(row.phrase).has_number(row.low), "evidence"
    assert answer(row.phrase, "work") is None
    assert answer(row.phrase, "capacity") is None


@of("people")
def test_a_count_of_people_is_the_same_through_every_door(row: Row) -> None:
    if row.phrase.endswith("clerks"):
        told = story(f"We have {row.phrase}. The clerk checks the order. {SIGNED}")
        assert told.role("clerk").capacity == row.low, "story"
        assert change(f"We have {row.phrase}").role("clerk").capacity == row.low, "change"
    answered = answer(row.phrase, "capacity")
    assert answered is not None
    assert answered.role("clerk").capacity == row.low, "answer"
    assert cell(row.phrase, "clerk", "capacity").role("clerk").capacity == row.low, "cell"
    assert evidence(row.phrase).has_number(row.low), "evidence"
    assert answer(row.phrase, "work") is None


@of("load")
def test_how_busy_people_are_is_no_branch(row: Row) -> None:
    told = story(f"The clerk checks the order. The clerks are {row.phrase}. {SIGNED}")
    assert [step.name for step in walk(told) if isinstance(step, Task)] == ["Check order", "Sign letter"]
    assert choices(told) == 0
    assert evidence(row.phrase).has_share(row.low / 100)


@of("limit")
def test_a_limit_is_no_time_of_a_step(row: Row) -> None:
    told = story(f"The clerk checks the order. The offer is {row.phrase}. {SIGNED}")
    assert times(told) == []
    assert evidence(row.phrase).has_time(Fixed(value=row.seconds(False)[0], unit="s"))


@of("total")
def test_a_total_is_a_measure_of_the_whole_and_no_wait(row: Row) -> None:
    words = row.phrase[0].upper() + row.phrase[1:]
    told = story(f"The clerk checks the order. {words}. {SIGNED}")
    assert [step.name for step in walk(told)] == ["Check order", "Sign letter"]
    assert [m.value * SECONDS[m.unit] for m in told.measures] == [pytest.approx(row.seconds(False)[0])]
    assert not [
        step for step in walk(told) for field in ("work", "wait") if (v := getattr(step, field)) and v.basis == "stated"
    ]


@of("vague", "none")
def test_what_is_no_figure_gives_none_through_any_door(row: Row) -> None:
    told = story(f"The clerk checks the order. That takes {row.phrase}. {SIGNED}")
    assert times(told) == [], "story"
    assert chances(told) == []
    assert told.volume is None
    assert times(change(f"Signing the letter takes {row.phrase}")) == times(PROCESS), "change"
    for field in FIGURE_FIELDS:
        assert answer(row.phrase, field, OPEN if field == "p" else PROCESS) is None, field
    assert correction(f"it takes {row.phrase}, not seven minutes") == PROCESS, "correction"
    said = evidence(row.phrase)
    assert not said.seconds
    assert not said.shares
    with pytest.raises(UsageError):
        _limit(row.phrase)
    for field, element in CELLS.items():
        with pytest.raises(UsageError):
            cell(row.phrase, element, field)


def _limit(phrase: str) -> float:
    from assistant.language.figures.limit import time_limit

    return time_limit(phrase)


@of("vague")
def test_vague_words_name_nobody_and_become_a_question(row: Row) -> None:
    for field in NAME_FIELDS:
        assert answer(row.phrase, field) is None, field
    question = Question(id="work", text="How long?", why="", weight=1.0, elements=("sign",), field="work")
    [said] = match_answers(row.phrase, [question], PROCESS)
    assert said.vague


SMALL = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = [*SMALL, *(ten + (f"-{SMALL[unit - 1]}" if unit else "") for ten in TENS for unit in range(10))]


@pytest.mark.parametrize(("value", "word"), list(enumerate(WORDS, 1)), ids=WORDS)
def test_every_number_word_is_read_through_every_door(value: int, word: str) -> None:
    doors: dict[str, Callable[[], object]] = {
        "answer": lambda: times(answer(f"{word} minutes", "work"))[-1][1],  # type: ignore[arg-type]
        "correction": lambda: times(correction(f"it takes {word} hours, not seven minutes"))[0][1],
        "people": lambda: answer(f"{word}", "capacity").role("clerk").capacity,  # type: ignore[union-attr]
    }
    assert doors["answer"]() == (value * 60, value * 60)
    assert doors["correction"]() == (value * 3600, value * 3600)
    assert doors["people"]() == value


def test_the_table_is_long_and_every_phrase_stands_once() -> None:
    phrases = [row.phrase for row in ROWS]
    assert len(phrases) == len(set(phrases)) >= 200
