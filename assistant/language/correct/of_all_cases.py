"""Times told of more than one step of one case: how long a case takes in all, and how long a heap of cases takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import plain, role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.figures.figure import TIME_KINDS
from assistant.language.figures.heaps import heap_of, is_of
from assistant.language.figures.reading import figures_in
from assistant.language.figures.whole_case import of_the_whole
from assistant.process.durations import UNITS, Basis, humane, scaled
from assistant.process.edits import Edit, SetProcess, SetValue
from assistant.process.model import Measure, Process
from assistant.process.tree import by_id
from assistant.process.values_in_words import durations

CYCLE = "cycle_time"


def of_all_cases(process: Process, words: str) -> Outcome | None:
    """`It takes two days from start to end`, `the linen is back the next morning`: the time told for the whole."""
    whole = of_the_whole(words)
    if whole is None or _somebody_comes(process, words):
        return None
    told = Measure(id=CYCLE, name="Cycle time", value=whole.value, unit=whole.unit, basis=Basis.STATED)
    others = [measure.document() for measure in process.measures if measure.id != CYCLE]
    if any(measure.id == CYCLE and (measure.value, measure.unit) == whole for measure in process.measures):
        return Outcome("the time of a case in all", ())
    return Outcome("the time of a case in all", (SetProcess(field="measures", value=[*others, told.document()]),))


def _somebody_comes(process: Process, words: str) -> bool:
    """Whether somebody who works on it is back the next day, and no case."""
    catalogue, who = Catalogue(process), plain(words).split()
    return any(role_named(catalogue, " ".join(who[:length])) is not None for length in (1, 2, 3))


def shared_among(process: Process, words: str, read: Callable[[str], Outcome | Doubt | None]) -> Outcome | Doubt | None:
    """`Sorting takes an hour for all thirty`: the time of a case is that hour shared among them.

    How many they are is asked where nobody said it, with those of a day where that is known.
    """
    times = [figure for figure in figures_in(words) if figure.kind in TIME_KINDS and not figure.vague]
    heap = heap_of(words, times[0].a, times[0].b) if len(times) == 1 else None
    if heap is None:
        return None
    found = read((words[: heap.a] + words[heap.b :]).strip(" ,."))
    timed = found.edits if isinstance(found, Outcome) else ()
    if found is None or len(timed) != 1 or not isinstance(edit := timed[0], SetValue) or edit.field != "work":
        return None
    step = str(getattr(by_id(process).get(edit.id), "name", ""))
    if not is_of(heap, step):
        return None
    if heap.cases:
        return _for_one(edit, heap.cases, step)
    return _how_many(process, edit, step)


def _for_one(edit: SetValue, count: float, step: str) -> Outcome:
    work = scaled(durations().validate_python(edit.value), 1 / count, f"told for {count:g} at once")
    told = humane(work.mean_seconds)
    edits: tuple[Edit, ...] = (edit.model_copy(update={"value": work.document()}),)
    return Outcome(f"“{step}”: {told} a case, for {count:g} at once", edits)


def _how_many(process: Process, edit: SetValue, step: str) -> Doubt:
    whole = durations().validate_python(edit.value).mean_seconds
    readings = [Outcome(f"each case takes it: {humane(whole)} of “{step}” a case", (edit,))]
    if count := _a_day(process):
        readings.insert(0, _for_one(edit, count, step))
    return Doubt(f"{humane(whole)} for how many? It is shared among them; say it as “… for all 20”.", tuple(readings))


def _a_day(process: Process) -> float | None:
    """How many cases come a day, where they were told by the day."""
    volume: Any = process.volume
    if volume is None or volume.per != "day":
        return None
    return float(round(UNITS["d"] / volume.between.mean_seconds, 2)) or None
