"""Event logs as a process would leave them: cases played with queues and working hours by SimPy, each step noted.

Played apart from the simulation on purpose: what the log is measured with must not be what it was made with. Planted
deviations change what happens, not what was told. Also read by bench/.
"""

from __future__ import annotations

import csv
import json
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.process.blocks import AnyOf, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import UNITS, Duration, Lognormal
from assistant.process.expected import again, branch_chances, visit_rates
from assistant.process.model import Process, Role
from assistant.process.tree import rebuild, tasks
from assistant.simulation.clock import clock_of

BEGIN = datetime(2026, 1, 5)  # a Monday
Row = dict[str, str]


@dataclass
class Plant:
    """What really happens and was not told; shares of the cases, by step id."""

    skipped: dict[str, float] = field(default_factory=dict)
    untold: dict[str, tuple[str, float]] = field(default_factory=dict)  # after the step: another activity
    swapped: dict[str, float] = field(default_factory=dict)  # the step comes after the one that follows it
    repeated: dict[str, float] = field(default_factory=dict)
    never: set[str] = field(default_factory=set)
    by: dict[str, tuple[str, float]] = field(default_factory=dict)  # who really does it, by role id
    longer: dict[str, float] = field(default_factory=dict)  # how many times the work that was told
    names: dict[str, str] = field(default_factory=dict)  # how the step is called in the log


class Over(Exception):
    """The case ends here."""


def drawn(duration: Duration | None, draw: random.Random) -> float:
    """One value of a duration, in seconds."""
    if duration is None:
        return 0.0
    kinds: dict[str, Callable[[Any], float]] = {
        "fixed": lambda d: d.value,
        "exponential": lambda d: draw.expovariate(1 / d.mean) if d.mean else 0.0,
        "uniform": lambda d: draw.uniform(d.low, d.high),
        "triangular": lambda d: draw.triangular(d.low, d.high, d.mode),
        "normal": lambda d: max(0.0, draw.gauss(d.mean, d.sd)),
        "lognormal": lambda d: _lognormal(d.mean, d.sd, draw),
        "gamma": lambda d: draw.gammavariate((d.mean / d.sd) ** 2, d.sd**2 / d.mean) if d.sd else d.mean,
        "observed": lambda d: draw.choice(d.values),
    }
    return kinds[duration.kind](duration) * UNITS[duration.unit]


def _lognormal(mean: float, sd: float, draw: random.Random) -> float:
    if not mean or not sd:
        return mean
    sigma2 = math.log(1 + (sd / mean) ** 2)
    return draw.lognormvariate(math.log(mean) - sigma2 / 2, math.sqrt(sigma2))


class Player:
    """One log being played."""

    def __init__(self, process: Process, seed: int, plant: Plant | None = None) -> None:
        import simpy

        self.process, self.draw, self.plant = process, random.Random(seed), plant or Plant()
        self.env = simpy.Environment()
        self.simpy = simpy
        self.roles = {role.id: role for role in process.roles}
        self.pools = {role.id: self._pool(role) for role in process.roles}
        self.clocks = {role.id: clock_of(role.calendar, frozenset()) for role in process.roles}
        self.rows: list[tuple[float, Row]] = []

    def _pool(self, role: Role) -> Any:
        if role.capacity is None:
            return None
        pool = self.simpy.Store(self.env)
        pool.items = [f"{role.name} {number}" for number in range(1, role.capacity + 1)]
        return pool

    def hits(self, shares: dict[str, float], step: str) -> bool:
        return step in shares and self.draw.random() < shares[step]

    def case(self, name: str) -> Iterator[Any]:
        try:
            yield from self.flow(self.process.flow, name)
        except Over:
            return

    def flow(self, flow: Sequence, case: str) -> Iterator[Any]:
        items = list(flow.items)
        at = 0
        while at < len(items):
            block = items[at]
            after = items[at + 1] if at + 1 < len(items) else None
            swap = isinstance(block, Task) and isinstance(after, Task) and self.hits(self.plant.swapped, block.id)
            if swap and after is not None:
                items[at], items[at + 1] = after, block
                yield from self.block(after, case)
                at += 1
                block = items[at]
            yield from self.block(block, case)
            at += 1

    def block(self, block: Any, case: str) -> Iterator[Any]:
        if isinstance(block, Task):
            yield from self.task(block, case)
        elif isinstance(block, Choice):
            branch = self.draw.choices(block.branches, branch_chances(block))[0]
            yield from self.flow(branch.do, case)
        elif isinstance(block, AnyOf):
            shares = zip(block.branches, branch_chances(block), strict=True)
            taken = [branch for branch, share in shares if self.draw.random() < share] or [block.branches[0]]
            yield from self.beside(taken, case)
        elif isinstance(block, Parallel):
            yield from self.beside(block.branches, case)
        elif isinstance(block, Loop):
            yield from self.flow(block.do, case)
            while self.draw.random() < again(block):
                yield from self.flow(block.redo, case)
                yield from self.flow(block.do, case)
        elif isinstance(block, Wait):
            yield self.env.timeout(drawn(block.duration, self.draw))
        elif isinstance(block, End):
            raise Over
        elif isinstance(block, Sequence):
            yield from self.flow(block, case)

    def beside(self, branches: Any, case: str) -> Iterator[Any]:
        ended: list[bool] = []

        def way(flow: Sequence) -> Iterator[Any]:
            try:
                yield from self.flow(flow, case)
            except Over:
                ended.append(True)

        yield self.env.all_of([self.env.process(way(branch.do)) for branch in branches])
        if ended:
            raise Over

    def task(self, task: Task, case: str) -> Iterator[Any]:
        if not self.hits(self.plant.skipped, task.id):
            yield from self.work(task, case)
            if self.hits(self.plant.repeated, task.id):
                yield from self.work(task, case)
        name, share = self.plant.untold.get(task.id, ("", 0.0))
        if name and self.draw.random() < share:
            start = self.env.now + self.draw.uniform(60, 3600)
            end = start + self.draw.uniform(60, 1200)
            yield self.env.timeout(end - self.env.now)
            self.write(case, name, start, end, "", "")

    def work(self, task: Task, case: str) -> Iterator[Any]:
        yield self.env.timeout(drawn(task.wait, self.draw))
        role, share = self.plant.by.get(task.id, ("", 0.0))
        role = role if share and self.draw.random() < share else task.role or ""
        pool, clock = self.pools.get(role), self.clocks.get(role)
        person = (yield pool.get()) if pool is not None else ""
        start = clock.begin(self.env.now) if clock else self.env.now
        seconds = drawn(task.work, self.draw) * self.plant.longer.get(task.id, 1.0)
        end = clock.finish(start, seconds) if clock else start + seconds
        yield self.env.timeout(end - self.env.now)
        if pool is not None:
            pool.put(person)
        name = self.roles[role].name if role in self.roles else ""
        if task.id not in self.plant.never:
            self.write(case, self.plant.names.get(task.id, task.name), start, end, name, person or "")

    def write(self, case: str, activity: str, start: float, end: float, role: str, person: str) -> None:
        stamps = (f"{BEGIN + timedelta(seconds=at):%Y-%m-%d %H:%M:%S}" for at in (start, end))
        row = dict(zip(("case", "activity", "start", "complete", "role", "resource"),
                       (case, activity, *stamps, role, person), strict=True))  # fmt: skip
        self.rows.append((end, row))

    def play(self, cases: int) -> list[Row]:
        from assistant.simulation.arrivals import Arrivals
        from assistant.simulation.draws import Draws

        assert self.process.volume is not None
        arrivals = Arrivals(self.process, Draws(self.draw.randrange(1 << 30), 0))
        moments = [moment for block in range(1 + cases // 256) for moment in arrivals.block(block)][:cases]

        def source() -> Iterator[Any]:
            for number, moment in enumerate(moments, 1):
                yield self.env.timeout(max(0.0, moment - self.env.now))
                self.env.process(self.case(f"C{number:05}"))

        self.env.process(source())
        self.env.run()
        return [row for _, row in sorted(self.rows, key=lambda pair: (pair[0], pair[1]["case"]))]


def log_rows(process: Process, cases: int, seed: int = 1, plant: Plant | None = None) -> list[Row]:
    """The rows of a log of so many cases."""
    return Player(process, seed, plant).play(cases)


def write_log(rows: list[Row], path: Path) -> Path:
    """The rows as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["case", "activity", "start", "complete", "role", "resource"])
        writer.writeheader()
        writer.writerows(rows)
    return path


def manned(process: Process, seed: int, load: float = 0.7, calendar: bool = True) -> Process:
    """A process with other figures than those that were told: work, waits, chances, people with hours, arrivals."""
    from assistant.process.codec import dumps, from_data

    draw = random.Random(seed)
    hours = [{"days": "mon-fri", "from": "08:00", "to": "17:00"}] if calendar else None
    changed = rebuild(
        process, lambda _, flow: flow.model_copy(update={"items": tuple(_other(step, draw) for step in flow.items)})
    )
    visits, needs = visit_rates(changed), dict[str, float]()
    for task in tasks(changed):
        assert task.work is not None
        if task.role:
            needs[task.role] = needs.get(task.role, 0.0) + visits.get(task.id, 0.0) * task.work.mean_seconds
    busiest = max(needs.values(), default=3600.0)
    people = {name: max(1, math.ceil(3 * need / busiest)) for name, need in needs.items()}
    gap = max(need / people[name] for name, need in needs.items()) / load
    document = json.loads(dumps(changed))
    for role in document.get("roles", []):
        if role["id"] in people:
            role |= {"capacity": people[role["id"]]} | ({"calendar": hours} if hours else {})
    document["volume"] = {"between": {"kind": "exponential", "mean": gap, "unit": "s"}}
    if hours:
        document["volume"]["calendar"] = hours
    return from_data(document)


def _other(step: Any, draw: random.Random) -> Any:
    """A step with other figures."""
    if isinstance(step, Task):
        changes: dict[str, Any] = {"work": _other_time(step.work, 600, draw), "batch": None, "error_rate": None}
        if step.wait:
            changes["wait"] = _other_time(step.wait, 3600, draw)
        return step.model_copy(update=changes)
    if isinstance(step, Choice):
        weights = [share * math.exp(draw.uniform(-0.6, 0.6)) + 0.02 for share in branch_chances(step)]
        branches = tuple(
            branch.model_copy(update={"p": weight / sum(weights)})
            for branch, weight in zip(step.branches, weights, strict=True)
        )
        return step.model_copy(update={"branches": branches})
    if isinstance(step, Loop):
        return step.model_copy(update={"p": min(0.6, max(0.05, again(step) * math.exp(draw.uniform(-0.6, 0.6))))})
    if isinstance(step, Wait):
        return step.model_copy(update={"duration": _other_time(step.duration, 86400, draw)})
    return step


def _other_time(duration: Duration | None, usual: float, draw: random.Random) -> Lognormal:
    mean = ((duration.mean_seconds if duration else 0.0) or usual) * math.exp(draw.uniform(-0.9, 0.9))
    return Lognormal(mean=round(mean, 1), sd=round(mean * draw.uniform(0.3, 1.0), 1), unit="s")
