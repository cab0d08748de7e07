"""Activities that are worked on at the same time in a case: neither waits for the other, whichever is over first.

The order in which two things are over says little of what is done side by side where one is always the longer; that
both were being worked on at one moment says it (Leemans, Fahland, van der Aalst: Using life cycle information in
process discovery, 2015).
"""

from __future__ import annotations

from assistant.eventlog.discovery.splits_of_a_log import Pair, Ways
from assistant.eventlog.spark import Counter
from assistant.eventlog.where_time_goes import FEWEST

OFTEN = 0.05
"""Of the cases in which both are done: so many show them at the same time, at least."""


def beside(engine: Counter, ways: Ways) -> frozenset[Pair]:
    """The pairs of activities, by name, that are often enough done at the same time; none where no start is known."""
    names = {row["code"]: row["name"] for row in engine.ask("SELECT code, name FROM activities")}
    found = {(names[row["first"]], names[row["second"]]): row["cases"] for row in engine.ask("beside")}
    return frozenset(pair for pair, cases in found.items() if cases >= max(FEWEST, OFTEN * _both(pair, ways)))


def _both(pair: Pair, ways: Ways) -> int:
    return sum(count for way, count in ways.items() if pair[0] in way and pair[1] in way)
