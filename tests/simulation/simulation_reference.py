"""Oracles for the simulation: textbook formulas, and the rework process played by SimPy.

Also read by bench/simulation.py, so that the speed is compared on the very process whose figures are compared here.
"""

from __future__ import annotations

import math
import random
from typing import Any

from assistant.process.codec import from_data
from assistant.process.model import Process

GAP, WORK, AGAIN = 100.0, {"A": 150.0, "B": 150.0, "C": 150.0, "D": 80.0}, 0.25
ROLE = {"A": "desk", "B": "lab", "C": "office", "D": "desk"}
PEOPLE = {"desk": 4, "lab": 3, "office": 3}
PRICE = 30.0
OFFICE_HOURS = [{"days": "mon-fri", "from": "09:00", "to": "17:00"}]


def exponential(mean: float) -> dict[str, Any]:
    """A memoryless duration in seconds."""
    return {"kind": "exponential", "mean": mean, "unit": "s"}


def a_process(
    flow: list[Any], roles: list[dict[str, Any]] | None = None, gap: float | None = GAP, **more: Any
) -> Process:
    """A process of these blocks and roles, whose cases come at exponential gaps of `gap` seconds (None: unknown)."""
    given = [{"name": role["id"].title(), **role} for role in roles or []]
    document = {"schema": "process/1", "name": "A process", "roles": given, "flow": {"sequence": flow}, **more}
    if gap is not None:
        document.setdefault("volume", {"between": exponential(gap)})
    return from_data(document)


def a_task(name: str, role: str | None = None, work: Any = None, **more: Any) -> dict[str, Any]:
    """A task; a number is a fixed work time in seconds."""
    if isinstance(work, int | float):
        work = {"kind": "fixed", "value": work, "unit": "s"}
    fields = {"id": name, "name": f"Do {name}", "role": role, "work": work, **more}
    return {"task": {key: value for key, value in fields.items() if value is not None}}


def fixed(seconds: float) -> dict[str, Any]:
    """Always so many seconds."""
    return {"kind": "fixed", "value": seconds, "unit": "s"}


def station(servers: int, load: float, work: float = 100.0) -> Process:
    """M/M/c: one task by `servers` people at this load."""
    roles = [{"id": "desk", "capacity": servers}]
    return a_process([a_task("serve", "desk", exponential(work))], roles, gap=work / servers / load)


def erlang_wait(servers: int, load: float, work: float = 100.0) -> float:
    """The mean wait in M/M/c (Erlang C; Kleinrock, Queueing Systems 1, 3.5)."""
    a = servers * load
    last = a**servers / math.factorial(servers) / (1 - load)
    waits = last / (sum(a**k / math.factorial(k) for k in range(servers)) + last)
    return waits * work / servers / (1 - load)


def rework_process(*, hours: bool = False, classes: bool = False) -> Process:
    """A, then B and C at the same time, then D; in a quarter of cases all again. Three pools with prices."""
    task = {name: a_task(name, ROLE[name], exponential(WORK[name])) for name in WORK}
    both = {"parallel": {"id": "both", "branches": [task["B"], task["C"]]}}
    loop = {"loop": {"id": "again", "p": AGAIN, "while": "not right", "do": [task["A"], both, task["D"]]}}
    calendar = {"calendar": OFFICE_HOURS} if hours else {}
    roles = [{"id": name, "capacity": n, "cost_per_hour": PRICE, **calendar} for name, n in PEOPLE.items()]
    kinds = {"classes": [{"name": "urgent", "share": 0.2, "priority": 5}]} if classes else {}
    return a_process([loop], roles, volume={"between": exponential(GAP), **calendar, **kinds})


def simpy_rework(cases: int, seed: int) -> tuple[float, float]:
    """The rework process in SimPy: the mean cycle time and cost of all cases but the first tenth."""
    import simpy

    env, draw = simpy.Environment(), random.Random(seed)
    pools = {name: simpy.Resource(env, n) for name, n in PEOPLE.items()}
    times: list[float] = []
    costs: list[float] = []

    def work(name: str, case: list[float]) -> Any:
        with pools[ROLE[name]].request() as turn:
            yield turn
            seconds = draw.expovariate(1 / WORK[name])
            yield env.timeout(seconds)
            case[0] += seconds * PRICE / 3600

    def run() -> Any:
        start, case = env.now, [0.0]
        while True:
            yield env.process(work("A", case))
            yield env.process(work("B", case)) & env.process(work("C", case))
            yield env.process(work("D", case))
            if draw.random() >= AGAIN:
                break
        times.append(env.now - start)
        costs.append(case[0])

    def source() -> Any:
        for _ in range(cases):
            yield env.timeout(draw.expovariate(1 / GAP))
            env.process(run())

    env.process(source())
    env.run()
    skip = cases // 10
    return sum(times[skip:]) / (cases - skip), sum(costs[skip:]) / (cases - skip)
