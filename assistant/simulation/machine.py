"""What a play runs on: cases, the list of coming events, the pools, and the sums kept while it runs.

A process is turned into functions that call one another (`Go`): each takes the time and the case and goes straight on.
There is nothing to interpret while it runs, and each kind of block costs only what it needs.

A case may run ahead of the others: a `Go` is called with a time that can lie in the future, as long as what happens
there is nobody else's business. What hangs on the order in which cases come (a pool with so many people, a batch) puts
itself on the heap first (`Machine.in_time`) and sees them in the order of time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappush
from itertools import count
from typing import Any, NamedTuple

from assistant.process.model import Process, Role
from assistant.simulation.clock import Clock, clock_of, holiday_days
from assistant.simulation.draws import Block, Draws, Row


class Case:
    """One case under way. Times in seconds; `work` is hands-on time with parallel work counted once;
    `run` when the last run of collected cases released it."""

    __slots__ = (
        "block",
        "cost",
        "counts",
        "errors",
        "index",
        "number",
        "outcome",
        "priority",
        "repeated",
        "rows",
        "run",
        "spans",
        "start",
        "sums",
        "work",
    )

    def __init__(
        self, number: int, start: float, block: Block, index: int, rows: list[Row], counts: list[Any], sums: list[float]
    ) -> None:
        self.number = number
        self.start = start
        self.block = block
        self.index = index
        self.rows = rows
        self.counts = counts
        self.sums = sums
        self.work = 0.0
        self.cost = 0.0
        self.spans: list[tuple[float, float]] = []
        self.errors: tuple[str, ...] = ()
        self.repeated = False
        self.run = -1.0
        self.outcome = -1
        self.priority = 0


Go = Callable[[float, Case], None]
Event = tuple[float, int, Go, Case]


class Place(NamedTuple):
    """Where a step stands: the scope of its draws, whether branches run beside it, where an end leads."""

    prefix: str
    scope: int
    tracked: bool
    exit: Go
    calling: tuple[str, ...] = ()
    depth: int = 0
    called: bool = False


class Pool:
    """The people of a role. `free` holds the moment each is free again (a heap); None: nobody ever waits for one."""

    __slots__ = ("capacity", "clock", "free", "idle", "queue", "role", "waking")

    def __init__(self, role: Role, clock: Clock | None) -> None:
        self.role = role
        self.clock = clock
        self.capacity = role.capacity
        self.free: list[float] | None = None if role.capacity is None else [0.0] * role.capacity
        self.idle: float = float("inf") if role.capacity is None else role.capacity
        self.queue: list[tuple[tuple[int, int], Any]] = []
        self.waking = False


class Tally(NamedTuple):
    """A place in the sums: `width` numbers from `at` on, about an element and the roles that did it.

    Of work: executions, seconds queued for the roles, seconds of work. Of lying: times, seconds.
    """

    at: int
    element: str
    roles: tuple[str, ...]
    lying: bool


class Machine:
    """One replication's events, pools, streams and sums."""

    def __init__(self, process: Process, seed: int, replication: int) -> None:
        self.process = process
        self.draws = Draws(seed, replication)
        self.events: list[Event] = []
        self.tick = count().__next__
        holidays = holiday_days(process.holidays)
        self.pools = {role.id: Pool(role, clock_of(role.calendar, holidays)) for role in process.roles}
        self.tallies: list[Tally] = []
        self.width = 0
        self.counters = 0
        self.outcomes: list[str] = []
        self.flushes: list[Callable[[float], bool]] = []
        self.notes: dict[str, None] = {}
        self.at_once: dict[Go, Go] = {}

    def in_time(self, go: Go) -> Go:
        """`go`, but by way of the heap, so that it is called in the order of time."""
        events, tick = self.events, self.tick

        def later(t: float, case: Case) -> None:
            heappush(events, (t, tick(), go, case))

        self.at_once[later] = go
        return later

    def now(self, go: Go) -> Go:
        """`go` for a caller who comes in the order of time himself."""
        return self.at_once.get(go, go)

    def tally(self, element: str, roles: Iterable[str] = (), *, lying: bool = False) -> int:
        """A new place in the sums; where it begins."""
        at = self.width
        self.tallies.append(Tally(at, element, tuple(roles), lying))
        self.width += 2 if lying else 3
        return at

    def counter(self) -> int:
        """A new counter in every case; its place."""
        self.counters += 1
        return self.counters - 1

    def outcome(self, name: str) -> int:
        """The number of an outcome, known from now on."""
        if name not in self.outcomes:
            self.outcomes.append(name)
        return self.outcomes.index(name)

    def note(self, text: str) -> None:
        """Something the reader of the result must know; told once."""
        self.notes[text] = None


def union(spans: list[tuple[float, float]]) -> float:
    """The length of time covered by at least one of the spans. Sorts them in place."""
    spans.sort()
    total, open_from, open_to = 0.0, spans[0][0], spans[0][1]
    for start, end in spans:
        if start > open_to:
            total += open_to - open_from
            open_from, open_to = start, end
        elif end > open_to:
            open_to = end
    return total + open_to - open_from
