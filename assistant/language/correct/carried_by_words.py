"""Whether what would be written is made of what the words of a turn say: names of their words, figures of theirs.

The one gate of all writing by the rules: told, corrected, answered or asked for. It knows nothing of how the words were
read, only what would change: a new name needs its words, a new role must be a name, a figure must have been said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from assistant.english.tables import classed, rows, worded
from assistant.language.change.mention import alike, content
from assistant.language.correct.made_readable import spelled
from assistant.language.figures.figure import Figure
from assistant.language.figures.numbers import value_of
from assistant.language.figures.prices import hour_of
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Block, Choice, Loop, Task
from assistant.process.blocks import Sequence as Flow
from assistant.process.durations import NAMED, UNITS, WORKING_DAY_HOURS
from assistant.process.edits import (
    AddBranch,
    Edit,
    Insert,
    PutRole,
    Rename,
    Replace,
    SetCondition,
    SetProcess,
    SetValue,
    WrapInChoice,
    edit_document,
)
from assistant.process.model import Process, Role
from assistant.process.tree import walk

NEAR = 0.03
STEM = 4
"""How many letters two forms of a word have alike."""
OF_THE_READER = frozenset(content("receive forward inform do give"))
"""Verbs a step is called by where the words only say that something comes or goes: `until an answer comes`."""
ONESELF = frozenset({"team", "our", "us", "me", "owner"})
"""What the roles of those who tell are called, which nobody says."""
NO_NAME = re.compile(worded("carried-by-words-no-name"))
"""What no work is called: an amount, a verb form without its verb, words that break off, a clause of its own."""
INSIDE = classed("reading", "inside-names")
ALONE = re.compile(rf"\b(?:{worded('carried-by-words-alone')})\b", re.IGNORECASE)
FRACTIONS = (
    ("half", 0.5), ("quarters?", 0.25), ("three[ -]quarters", 0.75), ("thirds?", 1 / 3), ("two[ -]thirds", 2 / 3),
    ("tenths?", 0.1), ("fifths?", 0.2),
)  # fmt: skip


def unsaid(process: Process, words: str, edits: Sequence[Edit]) -> bool:
    """Whether edits hold a name or a figure that the words of the turn do not."""
    text = spelled(words).lower()
    said = set(content(text))
    labels = [str(getattr(step, field, None) or "") for step in walk(process) for field in ("name", "question")]
    named = said | {word for label in labels for word in content(label)}
    named |= {word for role in process.roles for word in content(role.name)}
    numbers = numbers_meant(text)
    for edit in edits:
        if any(not _named(task, said, named) for task in _new_tasks(edit)):
            return True
        if isinstance(edit, PutRole) and not _role_said(process, edit.role, said, text, numbers):
            return True
        if isinstance(edit, Rename) and not _all(content(edit.name), named):
            return True
        if isinstance(edit, SetProcess) and edit.field == "owner" and not _all(content(str(edit.value or "")), said):
            return True
        if any(not figure_said(value, numbers) for value in _figures(edit)):
            return True
    return False


def unused(words: str, edits: Sequence[Edit]) -> list[str]:
    """The words that carry meaning of which nothing stands in the edits: in a name, a condition, a place."""
    written = " ".join(str(edit_document(edit)) for edit in edits).lower()
    return [word for word in content(words.lower()) if word[: STEM - (len(word) <= STEM)] not in written]


CLAUSE = re.compile(r"(?:[.;:!?]+(?:\s+|$)|,\s+(?!\d)|\s[-–—]+\s|\s(?=but ))(?:(?:and|but|so) )?")
LEAST_LEFT = 3
"""How many words that carry meaning a clause has of which nothing was taken, to be named as left out."""


def untaken(words: str, edits: Sequence[Edit]) -> list[str]:
    """The clauses of a turn of which nothing stands in the edits, where other words of it were taken."""
    left = set(unused(words, edits))
    clauses = [clause.strip() for clause in CLAUSE.split(words) if clause and clause.strip()]
    said = [content(clause.lower()) for clause in clauses]
    if len(clauses) < 2:
        return []
    taken = set(_lengths([edit.model_dump() for edit in edits]))
    return [
        clause
        for clause, own in zip(clauses, said, strict=True)
        if len(own) >= LEAST_LEFT and set(own) <= left and not _length_taken(clause, taken)
    ]


def _length_taken(clause: str, taken: set[tuple[float, str]]) -> bool:
    """Whether a clause gives a length that stands in the edits: `usually three hours`."""
    told = [figure for figure in figures_in(clause) if figure.kind == "duration" and not figure.vague]
    return bool(told) and all((figure.low, figure.unit) in taken for figure in told)


def _lengths(value: Any) -> Iterator[tuple[float, str]]:
    """The lengths of time within the data of edits, each with its unit."""
    if isinstance(value, dict):
        told = value.get("value", value.get("low"))
        if isinstance(told, int | float) and "unit" in value:
            yield float(told), str(value["unit"])
        for inner in value.values():
            yield from _lengths(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _lengths(inner)


def _new_tasks(edit: Edit) -> list[Task]:
    blocks: Iterable[Block] = ()
    if isinstance(edit, Insert | Replace):
        blocks = edit.blocks
    elif isinstance(edit, WrapInChoice):
        blocks = edit.otherwise.items
    elif isinstance(edit, AddBranch):
        blocks = edit.branch.do.items
    return [step for step in walk(Process(name="-", flow=Flow(items=tuple(blocks)))) if isinstance(step, Task)]


def _all(wanted: Sequence[str], said: set[str]) -> bool:
    return all(any(alike(word, other) for other in said) for word in wanted)


def _named(task: Task, said: set[str], named: set[str]) -> bool:
    """Whether a new step is called by words of the turn; its thing may be one that is there."""
    if NO_NAME.search(task.name.lower()):
        return False
    own = [word for word in content(task.name) if word not in OF_THE_READER]
    return not own or (any(alike(word, other) for word in own for other in said) and _all(own, named))


def _role_said(process: Process, role: Role, said: set[str], text: str, numbers: set[float]) -> bool:
    old = process.role(role.id)
    if old is None and not (_is_name(role.name) and _all(content(role.name), said | ONESELF)):
        return False
    if role.capacity is not None and role.capacity != (old.capacity if old else None):
        counted = float(role.capacity) in numbers or (role.capacity <= 2 and bool(ALONE.search(text)))
        if not counted and role.capacity != 12:
            return False
    price = role.cost_per_hour
    if price is None or price == (old.cost_per_hour if old else None):
        return True
    return figure_said(price, numbers) or figure_said(price * WORKING_DAY_HOURS, numbers)


def _is_name(name: str) -> bool:
    """Whether words can be what somebody is called: no small words, no number and no bare verb in front."""
    tokens = name.lower().split()
    if not tokens or any(re.search(r"\d", token) for token in tokens):
        return False
    if any(token in _small() and token not in INSIDE for token in tokens):
        return False
    return name.lower() in ("it", "our team") or tokens[0] not in ("go", "get", "put", "number", "let")


def _small() -> frozenset[str]:
    return frozenset(word for word, tag, *_ in rows("words") if tag in tuple("BCDFHIMPRSWX"))


def _figures(edit: Edit) -> Iterator[float]:
    """The figures an edit sets: seconds and shares."""
    if isinstance(edit, SetValue) and isinstance(edit.value, dict):
        length = UNITS.get(edit.value.get("unit", ""), 1.0)
        for key in ("mean", "low", "high", "value"):
            if isinstance(edit.value.get(key), int | float):
                yield float(edit.value[key]) * length
    elif isinstance(edit, SetCondition | WrapInChoice) and edit.p is not None:
        yield edit.p
    for block in _new_splits(edit):
        shares = [branch.p for branch in block.branches] if isinstance(block, Choice) else [block.p]
        yield from (share for share in shares if share is not None)


def _new_splits(edit: Edit) -> list[Any]:
    blocks = edit.blocks if isinstance(edit, Insert | Replace) else ()
    return [step for step in walk(Process(name="-", flow=Flow(items=tuple(blocks)))) if isinstance(step, Choice | Loop)]


def numbers_meant(text: str) -> set[float]:
    """Every value the words can mean: as said, in seconds, as a share and the rest of it, and two of one kind taken
    together."""
    figures = figures_in(text)
    found = {value for figure in figures for value in _values(figure)}
    words = re.findall(r"\d+(?:[.,]\d+)*|[a-z-]+", text)
    numbers = [value_of(word) for word in words]
    named = [NAMED[word] for before, word in pairwise(words) if before in ONE_OF and word in NAMED]
    found |= {unit.size * UNITS[unit.unit] for unit in named}  # `takes them a month to pay`: the unit itself
    for number in (float(number) for number in numbers if number is not None):
        found |= {number, number / 100, 1 - number / 100, *(number * UNITS[unit] for unit in ("min", "h", "d", "w"))}
    if " and a half" in text:
        found |= {value + 0.5 for value in tuple(found) if value == int(value) and value < 100}
        found |= {value * unit for value in tuple(found) if value < 100 for unit in (60, 3600, 86400)}
    found |= {part for word, part in FRACTIONS if re.search(rf"\b{word}\b", text)}
    together: set[float] = set()
    for values in _of_one_kind(figures):
        for a, b in combinations(sorted(values)[:MOST_TOGETHER], 2):
            together |= {a + b, b - a, (a + b) / 2}
    return found | together


MOST_TOGETHER = 20
ONE_OF = ("a", "an", "one")


def _values(figure: Figure) -> Iterator[float]:
    """What one figure can mean."""
    yield from (figure.low, figure.high, figure.middle)
    if figure.kind in ("price", "money"):
        yield hour_of(figure)
    if figure.kind in TIMES:
        yield from (figure.seconds(), figure.seconds(hands_on=True))
        yield from (end * UNITS.get(figure.unit, 1.0) for end in (figure.low, figure.high))
    if figure.kind == "chance":
        yield 1 - figure.middle


TIMES = ("duration", "limit", "total")


def _of_one_kind(figures: Sequence[Figure]) -> Iterator[set[float]]:
    """Values that may be taken together: lengths of time, a bare number being one in each of their units; shares; and
    amounts as they stand. A head count and a length make no third figure."""
    units = {figure.unit for figure in figures if figure.kind in TIMES and figure.unit in UNITS}
    bare = {figure.middle for figure in figures if figure.kind == "number"}
    lengths = {
        value for figure in figures if figure.kind in TIMES for value in (figure.seconds(), figure.seconds(True))
    }
    yield lengths | {number * UNITS[unit] for number in bare for unit in units}
    yield {figure.middle for figure in figures if figure.kind == "chance"} | {number / 100 for number in bare}
    yield {figure.middle for figure in figures if figure.kind not in (*TIMES, "chance")}


def figure_said(value: float, numbers: set[float]) -> bool:
    """Whether a value is one of those said; a share or a length said in vague words is a guess and marked as such."""
    return not numbers or any(abs(value - other) <= NEAR * max(abs(value), 1e-9) for other in numbers)
