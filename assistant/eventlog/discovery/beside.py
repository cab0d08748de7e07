"""Activities that are worked on at the same time in a case: neither waits for the other, whichever is over first.

The order in which two things are over says little of what is done side by side where one is always the longer; that
both were being worked on at one moment says it (Leemans, Fahland, van der Aalst: Using life cycle information in
process discovery, 2015).
"""

from __future__ import annotations

from assistant.eventlog.discovery.cuts import Pair, Ways
from assistant.eventlog.places import FEWEST
from assistant.eventlog.spark import Counter

OFTEN = 0.05
"""Of the cases in which both are done: so many show them at the same time, at least."""


def beside(engine: Counter, ways: Ways) -> frozenset[Pair]:
    """The pairs of activities, by name, that are often enough done at the same time; none where no start is known."""
    names = {row["code"]: row["name"] for row in engine.ask("SELECT code, name FROM activities")}
    found = [(names[row["one"]], names[row["other"]], row["cases"]) for row in engine.ask("beside")]
    return frozenset(
        (one, other) for one, other, cases in found if cases >= FEWEST and cases >= OFTEN * _both(one, other, ways)
    )


def _both(one: str, other: str, ways: Ways) -> int:
    return sum(count for way, count in ways.items() if one in way and other in way)
