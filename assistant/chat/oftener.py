"""What if something were done more or less often: every day, twice a week, on three days a week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.chat.people_meant import myself
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.parts_of_a_turn import roles_in, steps_in
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.numbers import COUNT_WORD, number_named
from assistant.process.apply import apply
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Basis, Fixed
from assistant.process.edits import Edit, SetValue
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks, walk

if TYPE_CHECKING:
    from assistant.simulation.scenarios import Scenario

DAY = 86400.0
DAILY = re.compile(r"\b(?:every (?:single |working )?(?:week)?day|each (?:working )?day|daily|once a day)\b", re.I)
A_WEEK = re.compile(
    rf"\b(?P<n>[1-7]|{COUNT_WORD}|once|twice)(?: (?:days?|times?|mornings?|afternoons?|evenings?))?"
    r" (?:a|per|each|every|in the) week\b",
    re.I,
)


def oftener(words: str, process: Process) -> tuple[str, Scenario, str] | None:
    """The scenario of another rhythm of the steps that words name, by their name or who does them; else None.

    Behind it stands the step it is taken for, where words name none and only one is done in rounds.

    A step told with its rhythm and its wait waits in proportion; one told with a wait alone waits half the gap between
    two rounds, as cases that come at any time do on average.
    """
    found = rhythm(words)
    steps, named = steps_meant(words, process) if found else ((), True)
    if not found or not steps:
        return None
    said, gap = found
    names = " and ".join(f"“{step.name}”" for step in steps)
    title = f"{names} done {said}"
    taken_for = "" if named else f"{names}, the only work here that was told to be done in rounds"

    def change(today: Process) -> Process:
        return apply(today, [edit for step in steps for edit in _in_rhythm(step, today, gap)])

    return title, change, taken_for


def rhythm(words: str) -> tuple[str, float] | None:
    """The rhythm as it was said, and the seconds from one round to the next."""
    if daily := DAILY.search(words):
        return daily[0].lower(), DAY
    if weekly := A_WEEK.search(words):
        times = {"once": 1.0, "twice": 2.0}.get(weekly["n"].lower()) or number_named(weekly["n"].lower())
        return weekly[0].lower(), DAY if times >= 5 else 7 * DAY / times
    return None


def steps_meant(words: str, process: Process) -> tuple[Sequence[Task], bool]:
    """The steps done in rounds among those named, and whether any was; else the one that waits longest of them."""
    sentence = Sentence(Catalogue(process), words.lower())
    named = set(steps_in(sentence, words.lower()))
    doers = {role.id for role in roles_in(sentence, words.lower())}
    if (teller := myself(words, process)) is not None:
        doers.add(teller.id)
    every = list(tasks(process))
    own = [task for task in every if task.id in named] or [task for task in every if task.role in doers]
    told = bool(own)
    if not own and not doers:
        own = [task for task in every if task.batch is not None]
        own = own if len(own) == 1 else []
    waiting = sorted((task for task in own if _waits(task, process)), key=lambda task: -_waits(task, process))
    return [task for task in own if task.batch is not None] or waiting[:1], told


def _waits(task: Task, process: Process) -> float:
    """The seconds a case waits for a task: told with it, or as a wait of its own right in front of it."""
    before = wait_before(task, process)
    own = task.wait.mean_seconds if task.wait else 0.0
    return own + (before.duration.mean_seconds if before is not None and before.duration is not None else 0.0)


def wait_before(task: Task, process: Process) -> Wait | None:
    """The wait that stands by itself right in front of a task."""
    for before, step in pairwise(walk(process)):
        if getattr(step, "id", "") == task.id:
            return before if isinstance(before, Wait) and before.duration is not None else None
    return None


def _in_rhythm(step: Task, today: Process, gap: float) -> list[Edit]:
    block = by_id(today).get(step.id)
    if not isinstance(block, Task):
        return []
    from assistant.process.durations import scaled

    edits: list[Edit] = []
    alone = wait_before(block, today)
    if alone is not None and alone.duration is not None and not block.wait and alone.duration.mean_seconds:
        factor = gap / 2 / alone.duration.mean_seconds
        edits.append(SetValue(id=alone.id, field="duration", value=scaled(alone.duration, factor).document()))
    now = step.batch.every.mean_seconds if step.batch is not None and step.batch.every is not None else 0.0
    if block.wait is not None and block.wait.mean_seconds:
        factor = gap / now if now else gap / 2 / block.wait.mean_seconds
        edits.append(SetValue(id=step.id, field="wait", value=scaled(block.wait, factor).document()))
    if block.batch is not None and block.batch.every is not None:
        every = Fixed(value=gap / DAY, unit="d", basis=Basis.STATED).document()
        edits.append(SetValue(id=step.id, field="batch", value={**block.batch.document(), "every": every, "on": None}))
    return edits
