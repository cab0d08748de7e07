"""What if a case waited less: `if the insurance answered within a week`, `if the crates didn't stand three hours`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from assistant.language.change.mention import alike, content
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.apply import apply
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Duration, Fixed, humane
from assistant.process.edits import Delete, Edit, SetValue
from assistant.process.model import Process
from assistant.process.tree import walk

if TYPE_CHECKING:
    from assistant.simulation.scenarios import Scenario

WAITS = re.compile(
    r"\b(?:wait\w*|st(?:and\w*|ood)|l(?:ie|ies|ay|ying)|sit\w*|sat|rest(?:s|ed|ing)?|queued?|idle|answer\w*|"
    r"repl(?:y|ies|ied)|respond\w*|c[ao]mes?|arriv\w*|deliver\w*|ready|there)\b",
    re.IGNORECASE,
)
TAKES = re.compile(r"^(?P<who>.*?)\b(?:takes?|took|needs?|needed)\b", re.IGNORECASE)
ASKS = re.compile(r"^\W*(?:and |so )?(?:what (?:happens )?|how about )?(?:if|suppose|say)\b", re.IGNORECASE)
WAITING = re.compile(r"\bwait\w*", re.IGNORECASE)
GENERAL = re.compile(
    r"\b(?:the|all the|our) wait(?:ing|s)?(?: times?)?\b|\bwait(?:ed|ing)? (?:less|shorter)\b", re.IGNORECASE
)
"""Waiting spoken of without the thing that waits."""
DENIES = re.compile(r"\b(?:not?|never|nobody|without)\b|n't\b", re.IGNORECASE)
MOST_NAMED = 3
LENGTHS = ("duration", "limit")


class Waiting(NamedTuple):
    """A wait that was told: of which block and in which field, how it is called, and its length."""

    id: str
    field: str
    name: str
    length: Duration


def waits_told(process: Process) -> list[Waiting]:
    """The waits of a process, the longest first."""
    return sorted(_each(process), key=lambda wait: -wait.length.mean_seconds)


def _each(process: Process) -> Iterator[Waiting]:
    for step in walk(process):
        if isinstance(step, Wait) and step.duration is not None:
            yield Waiting(step.id, "duration", step.name or "the wait", step.duration)
        elif isinstance(step, Task) and step.wait is not None:
            yield Waiting(step.id, "wait", step.name, step.wait)


def waited_less(words: str, process: Process) -> tuple[str, Scenario, str] | None:
    """How it is called, what it does, and the wait it was taken for where none was named; None for other words."""
    if not WAITS.search(words) and not _answers_later(words, process):
        return None
    lengths = [figure for figure in figures_in(words) if figure.kind in LENGTHS and not figure.vague]
    denied = [figure for figure in lengths if DENIES.search(words[: figure.a])]
    meant, named = _meant(words, process, lengths)
    if meant is None or not (lengths or (WAITING.search(words) and DENIES.search(words))):
        return None
    new = next((figure for figure in lengths if figure not in denied and not _same(figure, meant)), None)
    if new is None and not (denied or not lengths):
        return None
    seconds = new.seconds() if new is not None else 0.0
    title = f"a wait of {humane(seconds)} at “{meant.name}”" if seconds else f"no wait at “{meant.name}”"
    return title, lambda today: apply(today, [_edit(meant, seconds)]), "" if named else f"the wait at “{meant.name}”"


def _answers_later(words: str, process: Process) -> bool:
    """Whether words say how long somebody takes whom a case only waits for (`if the lab took a week`): no work."""
    said = TAKES.search(words)
    who = content(ASKS.sub(" ", said["who"]).lower()) if said else []
    waits = [content(step.name) for step in walk(process) if isinstance(step, Wait) and step.name]
    return bool(who) and any(all(any(alike(word, part) for part in name) for word in who) for name in waits)


def _same(figure: Figure, wait: Waiting) -> bool:
    return abs(figure.seconds() - wait.length.mean_seconds) <= 0.02 * wait.length.mean_seconds


def _meant(words: str, process: Process, lengths: list[Figure]) -> tuple[Waiting | None, bool]:
    """The wait that words speak of, by its name or its length, and whether they named it: else the longest there is,
    where nothing but waiting is named."""
    waits, said = waits_told(process), content(WAITS.sub(" ", words.lower()))
    scores = [
        sum(any(alike(word, part) for part in content(wait.name)) for word in said)
        + 2 * any(_same(figure, wait) for figure in lengths)
        for wait in waits
    ]
    if scores and max(scores) > 0 and scores.count(max(scores)) == 1:
        return waits[scores.index(max(scores))], True
    alone = len(waits) == 1 or GENERAL.search(words) is not None
    return (waits[0] if waits and alone and WAITING.search(words) and not any(scores) else None), False


def _edit(wait: Waiting, seconds: float) -> Edit:
    if not seconds and wait.field == "duration":
        return Delete(ids=(wait.id,))
    value = Fixed(value=seconds / 60, unit="min", basis=wait.length.basis).document() if seconds else None
    return SetValue(id=wait.id, field=wait.field, value=value)


def no_such_wait(words: str, process: Process) -> str:
    """What is said where a wait is spoken of that nobody told; empty for other words."""
    spoken = WAITS.search(words) and (
        WAITING.search(words) or any(figure.kind in LENGTHS for figure in figures_in(words))
    )
    if not spoken:
        return ""
    known = ", ".join(f"“{wait.name}”" for wait in waits_told(process)[:MOST_NAMED])
    there = f"I know of waits at {known}." if known else "No wait was told yet."
    return f"I do not see which wait is meant. {there} Say where it lies (“the crates wait two hours before pressing”)."
