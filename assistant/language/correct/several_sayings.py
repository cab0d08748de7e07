"""Several sayings in one turn: `reviewing is done by Marek, and it takes 10 minutes not 30`.

A turn is cut where commas, dashes, `and` and `but` stand, each clause is read against what the one before made of the
process, and what it was about goes on to the next (`… , there are 3 of them`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.english.tables import worded
from assistant.errors import EditRefused
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.figures.reading import figures_in
from assistant.process.apply import apply
from assistant.process.edits import Edit, PutRole, SetValue
from assistant.process.model import Process
from assistant.process.tree import by_id

MOST_CUTS = 5
MOST_CLAUSES = 3
LEAST_WORDS = 2
CUT = re.compile(r"\s*(?:[;,](?!\d)|\s[-–—]+(?=\s))\s*(?:(?:and|but|plus|also|then)\s+)*|\s+(?:and|but|plus)\s+", re.I)
CONDITIONAL = re.compile(worded("several-sayings-conditional"), re.IGNORECASE)
"""How a clause begins or ends that says nothing of its own."""
HOLDS = re.compile(r"\d|\b\w+ (?:is|are|has|have|gets?|needs?|wants?|costs?|fails?|says?|\w+s) ?")
GOES_ON = re.compile(r"^(?:there(?:'s| is| are)|they|he|she|we have)\b\W*", re.IGNORECASE)
Reader = Callable[[Process, str, tuple[str, ...], bool], Outcome | Doubt | None]


def read(process: Process, words: str, recent: tuple[str, ...], reader: Reader, wrong: bool = False) -> Outcome | None:
    """All clauses of a turn as one outcome, if at least two say something and none is left unread; else None."""
    return _rest(process, words, recent, reader, wrong, MOST_CLAUSES)


def _rest(
    process: Process, words: str, recent: tuple[str, ...], reader: Reader, wrong: bool, clauses: int
) -> Outcome | None:
    for front, back in _cuts(words):
        first = _plain(reader(process, front, recent, wrong))
        if first is None or not first.edits:
            continue
        now = _applied(process, first)
        there = by_id(now) if now is not None else {}
        about = tuple(id_ for id_ in steps_of(first.edits) or recent if id_ in there)
        second = _second(now, back, about, _roles_of(process, first.edits), reader) if now is not None else None
        if now is not None and second is None and clauses > 2:
            second = _rest(now, back, about, reader, True, clauses - 1)
        if second is None or not second.edits or _aims(first) & _aims(second):
            continue
        return Outcome(f"{first.title}; {second.title}", (*first.edits, *second.edits))
    return None


def _second(
    process: Process, words: str, about: tuple[str, ...], roles: tuple[str, ...], reader: Reader
) -> Outcome | None:
    if len(roles) == 1:  # `…, there are 3`, `…, 8 to 4`: of those just spoken of
        bare = GOES_ON.sub("", words)
        if (found := _plain(reader(process, f"{roles[0]}: {bare}", about, True))) and _only_of(found, roles[0]):
            return found
    return _plain(reader(process, words, about, True))


def _only_of(outcome: Outcome, role: str) -> bool:
    return all(isinstance(edit, PutRole) and edit.role.name == role for edit in outcome.edits)


def _cuts(words: str) -> Iterator[tuple[str, str]]:
    """The ways to cut words in two, from the front, never inside of a figure."""
    figures = [(figure.a, figure.b) for figure in figures_in(words)]
    for cut in [*CUT.finditer(words)][:MOST_CUTS]:
        front, back = words[: cut.start()].strip(), words[cut.end() :].strip()
        whole = any(a < cut.end() and cut.start() < b for a, b in figures)
        if whole or min(len(front.split()), len(back.split())) < LEAST_WORDS:
            continue
        if not CONDITIONAL.search(front) and not CONDITIONAL.search(back):
            yield front, back


def _plain(found: Outcome | Doubt | None) -> Outcome | None:
    """An outcome that is no guess: a clause that is a condition says what holds (`it costs over 800`)."""
    if not isinstance(found, Outcome):
        return None
    whens = [str(getattr(edit, "when", "") or "") for edit in found.edits]
    return found if all(not when or when == "otherwise" or HOLDS.search(when) for when in whens) else None


def _applied(process: Process, outcome: Outcome) -> Process | None:
    try:
        return apply(process, outcome.edits)
    except EditRefused:
        return None


def steps_of(edits: tuple[Edit, ...]) -> tuple[str, ...]:
    """The steps that edits change or make."""
    found: list[str] = []
    for edit in edits:
        found += [edit.id] if isinstance(edit, SetValue) else []
        found += list(getattr(edit, "ids", ()))
        found += [str(getattr(block, "id", "")) for block in getattr(edit, "blocks", ())]
    return tuple(dict.fromkeys(found))


def _roles_of(process: Process, edits: tuple[Edit, ...]) -> tuple[str, ...]:
    return tuple(edit.role.name for edit in edits if isinstance(edit, PutRole) and process.role(edit.role.id))


def _aims(outcome: Outcome) -> set[tuple[str, ...]]:
    """What an outcome changes, so that two clauses are not two readings of one thing."""
    found: set[tuple[str, ...]] = set()
    for edit in outcome.edits:
        if isinstance(edit, PutRole):
            continue
        named = [getattr(edit, "id", None), *getattr(edit, "ids", ())]
        found |= {(type(edit).__name__, str(name), str(getattr(edit, "field", ""))) for name in named if name}
    return found
