"""A list of measures pruned: which to keep, which to drop, and why.

Seven are what people act on. A measure stays when somebody owns it, a decision hangs on it, it is about time, quality,
cost or the customer, and no other says the same. Where more than seven are left, each of the four keeps its first
ones in turn, so that a sheet full of times does not push out the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.english.tables import classed
from assistant.errors import UnreadableFile
from assistant.intake.tables.shapes import Table
from assistant.process.figures import plural

MOST = 7
MAX_LISTED = 2_000
ABOUT = ("customer", "quality", "cost", "time")
_SAYING = {
    dimension: re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(classed('kpi_words', dimension))))})")
    for dimension in ABOUT
}
"""How the words begin that say what a measure is about."""
EMPTY_WORDS = classed("package", "empty-words")
COLUMNS = {
    "name": ("kpi", "name", "measure", "metric", "indicator"),
    "owner": ("owner", "responsible", "accountable"),
    "decision": ("decision", "action", "usedfor", "decides"),
    "formula": ("formula", "definition", "description"),
}


class Listed(NamedTuple):
    """A measure as somebody lists it: its name, who owns it, the decision it serves, how it is counted."""

    name: str
    owner: str = ""
    decision: str = ""
    formula: str = ""


class Verdict(NamedTuple):
    """Whether a measure stays, what it is about (empty: nothing of the four), and the reasons."""

    kpi: Listed
    keep: bool
    about: str
    reasons: tuple[str, ...]


def prune(listed: Sequence[Listed], most: int = MOST) -> tuple[Verdict, ...]:
    """A verdict on each measure, in the order given."""
    faults: list[tuple[str, ...]] = []
    for kpi in listed:
        sound_before = [other for other, reasons in zip(listed, faults, strict=False) if not reasons]
        faults.append(_faults(kpi, sound_before))
    sound = [at for at, reasons in enumerate(faults) if not reasons]
    kept = set(_fair(sound, [about(kpi) for kpi in listed], most))
    found = []
    for at, (kpi, reasons) in enumerate(zip(listed, faults, strict=True)):
        if at in kept:
            reasons = (f"owned by {kpi.owner.strip()}, decides: {kpi.decision.strip()}",)
        elif not reasons:
            reasons = (f"more than {most}: people act on few; look at it once a year",)
        found.append(Verdict(kpi, at in kept, about(kpi), reasons))
    return tuple(found)


def _faults(kpi: Listed, before: Sequence[Listed]) -> tuple[str, ...]:
    twin = next((other.name for other in before if key(other.name) == key(kpi.name)), None)
    tests = (
        (not kpi.owner.strip(), "nobody owns it"),
        (not kpi.decision.strip(), "no decision hangs on it"),
        (twin is not None, f"says the same as “{twin}”"),
        (not about(kpi), "is about neither time, quality, cost nor the customer"),
    )
    return tuple(reason for wrong, reason in tests if wrong)


def about(kpi: Listed) -> str:
    """Which of customer, quality, cost and time a measure is about, by its words; empty for none."""
    for text in (kpi.name.lower(), kpi.formula.lower()):
        for dimension, words in _SAYING.items():
            if words.search(text):
                return dimension
    return ""


def key(name: str) -> tuple[str, ...]:
    """What two names of one measure share: their telling words, in any order and number."""
    words = {re.sub(r"(?<=\w{3})s$", "", word) for word in re.findall(r"\w+", name.lower())}
    return tuple(sorted(words - EMPTY_WORDS or words))


def _fair(sound: Sequence[int], dimensions: Sequence[str], most: int) -> list[int]:
    """The first of each dimension, then the second of each, until there are enough."""
    queues = [[at for at in sound if dimensions[at] == dimension] for dimension in ABOUT]
    rounds = max(map(len, queues), default=0)
    return [queue[turn] for turn in range(rounds) for queue in queues if turn < len(queue)][:most]


def read_list(table: Table, file: str = "the list") -> tuple[Listed, ...]:
    """Measures from a table with a column for the name, and owner, decision, formula where there are such.

    Raises UnreadableFile.
    """
    header = [re.sub(r"[^a-z]", "", cell.lower()) for cell in table.header]
    place = {field: at for field, names in COLUMNS.items() for at, cell in enumerate(header) if cell in names}
    if "name" not in place:
        raise UnreadableFile(
            f"{file} has no column for the name of a measure.", f"It has: {', '.join(table.header[:10])}.",
            "Columns: kpi, owner, decision, formula.",
        )  # fmt: skip
    return tuple(_listed(table.rows[:MAX_LISTED], place))


def _listed(rows: Iterable[Sequence[str]], place: dict[str, int]) -> Iterable[Listed]:
    for row in rows:
        cells = {field: row[at].strip()[:300] for field, at in place.items() if at < len(row)}
        if cells.get("name"):
            yield Listed(**cells)


def summary(verdicts: Sequence[Verdict], most: int = MOST) -> str:
    """How many stay, and which of the four nobody measures then."""
    kept = [verdict for verdict in verdicts if verdict.keep]
    missing = [dimension for dimension in ABOUT if all(verdict.about != dimension for verdict in kept)]
    many = f", more than the {most} people act on" if len(verdicts) > most else ""
    gap = f" Nothing is left for {', '.join(missing)}." if missing else ""
    return f"{plural(len(verdicts), 'measure')}{many}: keep {len(kept)}, drop {len(verdicts) - len(kept)}.{gap}"
