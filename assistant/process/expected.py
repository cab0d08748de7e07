"""What one case costs on average, computed without simulating: how often each step runs, work, wait, time, money.

Expectations add up along a sequence, weigh by chance over a choice, and multiply by 1 / (1 - p) around a loop, whatever
the distributions (linearity of expectation; geometric series). The time of parallel branches is the expected maximum,
which these rules give only when every branch takes a fixed time: otherwise the figure is a lower bound (Jensen) and
flagged as not exact. Queueing for a role is never in here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import Fixed, Model, _Duration
from assistant.process.good_case import good_case
from assistant.process.model import Process, Role
from assistant.process.runs import setup_a_case
from assistant.process.tree import branches, step_id, steps, walk

MOST_AGAIN = 0.999
"""A loop that always repeats has no expectation; it counts as repeating in 999 of 1,000 cases."""


class Figure(Model):
    """One expected value: seconds or money per case, and whether it is exact under the process's own figures."""

    value: float
    exact: bool = True


class Expected(Model):
    """Per case: hands-on `work`, `wait` other than queueing and `elapsed` in seconds, `cost` in the currency."""

    work: Figure
    wait: Figure
    elapsed: Figure
    cost: Figure


def branch_chances(step: Choice | AnyOf) -> tuple[float, ...]:
    """The chance of each branch: what is given, the rest shared evenly by branches without one.

    Of a choice they sum to 1 (scaled when they do not); of an any-of each stands for itself. The good case told alone
    is taken as always so.
    """
    if (always := good_case(step)) is not None:
        return tuple(float(branch is always) for branch in step.branches)
    given = [branch.p for branch in step.branches]
    unknown = given.count(None)
    share = max(0.0, 1 - sum(p for p in given if p is not None)) / unknown if unknown else 0.0
    chances = [share if p is None else p for p in given]
    if isinstance(step, AnyOf):
        return tuple(chances)
    total = sum(chances)
    return tuple(p / total for p in chances) if total > 0 else tuple(1 / len(chances) for _ in chances)


def untold_ways(step: Choice | AnyOf) -> tuple[Branch, ...]:
    """The branches whose share nobody told; the last one of a choice follows from the others and is as sure as they."""
    untold = tuple(branch for branch in step.branches if branch.p is None)
    follows = isinstance(step, Choice) and len(untold) == 1 < len(step.branches)
    return () if follows else untold


def again(loop: Loop) -> float:
    """The chance that a loop repeats, each time it is asked (0 when unknown)."""
    return min(loop.p or 0.0, MOST_AGAIN)


def visit_rates(process: Process) -> dict[str, float]:
    """How often a case runs each step and takes each branch, on average, by id (0 for what is never reached).

    Branches without a chance share what is left evenly; loops without one do not repeat; rework after errors that are
    found later is not counted. The steps of a subprocess count for each call of it.
    """
    visits = _Visits(process)
    visits.through(process.flow, 1.0)
    return visits.rates


class _Visits:
    """The walk that counts: each method takes the rate at which cases arrive and returns the rate that goes on."""

    def __init__(self, process: Process) -> None:
        self.rates: dict[str, float] = {step_id(step): 0.0 for step in walk(process)}
        self.rates.update(dict.fromkeys(branches(process), 0.0))
        self.subs = {sub.id: sub.flow for sub in process.subprocesses}
        self.calling: list[str] = []

    def through(self, sequence: Sequence, rate: float) -> float:
        for step in sequence.items:
            rate = self.past(step, rate)
        return rate

    def past(self, step: Block, rate: float) -> float:
        self.rates[step_id(step)] += rate
        if isinstance(step, Choice | AnyOf | Parallel):
            return self.split(step, rate)
        if isinstance(step, Loop):
            return self.around(step, rate)
        if isinstance(step, Call) and step.process in self.subs and step.process not in self.calling:
            self.calling.append(step.process)
            self.through(self.subs[step.process], rate)
            self.calling.pop()
        return 0.0 if isinstance(step, End) else rate

    def split(self, step: Choice | AnyOf | Parallel, rate: float) -> float:
        chances = (1.0,) * len(step.branches) if isinstance(step, Parallel) else branch_chances(step)
        lost = 0.0
        for branch, chance in zip(step.branches, chances, strict=True):
            self.rates[branch.id] += rate * chance
            lost += rate * chance - self.through(branch.do, rate * chance)
        return max(0.0, rate - lost)

    def around(self, loop: Loop, rate: float) -> float:
        do, redo, p = survival(loop.do), survival(loop.redo), again(loop)
        times = rate / (1 - p * do * redo)
        self.through(loop.do, times)
        self.through(loop.redo, times * do * p)
        return times * do * (1 - p)


def survival(sequence: Sequence) -> float:
    """The chance that a case gets through a sequence without ending in it."""
    chance = 1.0
    for step in sequence.items:
        chance *= _survives(step)
    return chance


def _survives(step: Block) -> float:
    if isinstance(step, End):
        return 0.0
    if isinstance(step, Choice):
        chances = branch_chances(step)
        return sum(p * survival(branch.do) for p, branch in zip(chances, step.branches, strict=True))
    if isinstance(step, AnyOf):
        chances = branch_chances(step)
        return max(0.0, 1 - sum(p * (1 - survival(b.do)) for p, b in zip(chances, step.branches, strict=True)))
    if isinstance(step, Parallel):
        return max(0.0, 1 - sum(1 - survival(branch.do) for branch in step.branches))
    if isinstance(step, Loop):
        do, redo, p = survival(step.do), survival(step.redo), again(step)
        return do * (1 - p) / (1 - p * do * redo)
    return 1.0


def expected(process: Process) -> Expected:
    """Work, wait, elapsed time (all in seconds) and cost of a case, each with whether it is exact.

    Not exact: rework after errors found later, batches, recursive calls; of the elapsed time also parallel branches of
    random length and roles with a capacity or a calendar, where cases may queue; what is unknown counts as 0.
    """
    rates = visit_rates(process)
    all_steps = list(walk(process))
    plain = not any(_beyond(step) for step in all_steps) and not _recursive(process)

    setups = setup_a_case(process, rates)

    def total(amount: Callable[[Block], float]) -> float:
        return sum(rates[step_id(step)] * amount(step) for step in all_steps)

    roles = {role.id: role for role in process.roles}
    elapsed = Clock(process).time(process.flow)
    return Expected(
        work=Figure(value=total(lambda step: _work(step, setups)), exact=plain),
        wait=Figure(value=total(_wait), exact=plain),
        elapsed=Figure(value=elapsed.mean, exact=plain and elapsed.exact and not _queues(process)),
        cost=Figure(
            value=total(lambda step: cost_of(step, roles, setups)), exact=plain and not _either_price(all_steps, roles)
        ),
    )


def _seconds(duration: _Duration | None) -> float:
    return 0.0 if duration is None else duration.mean_seconds


def _work(step: Block, setups: Mapping[str, float]) -> float:
    if isinstance(step, Task):
        return _seconds(step.work) + setups.get(step.id, 0.0)
    return _seconds(step.work) if isinstance(step, Call) and step.process is None else 0.0


def _wait(step: Block) -> float:
    if isinstance(step, Task):
        return _seconds(step.wait)
    if isinstance(step, Wait):
        return _seconds(step.duration)
    return _seconds(step.wait) if isinstance(step, Call) else 0.0


def cost_of(step: Block, roles: dict[str, Role], setups: Mapping[str, float]) -> float:
    """What one execution of a step costs: the work of all who take part, its part of the setting up (`setups`, in
    seconds) with it, and what it costs by itself."""
    own = getattr(step, "role", None)
    together = (own, *step.with_roles) if isinstance(step, Task) else (own,)
    hours, cost = _work(step, setups) / 3600, (step.cost or 0.0) if isinstance(step, Task) else 0.0
    for name in together:
        role = roles.get(name) if name else None
        if role is not None and isinstance(step, Task | Call):
            cost += hours * (role.cost_per_hour or 0.0) + (role.cost_per_use or 0.0)
    return cost


def _beyond(step: Block) -> bool:
    """Whether a step behaves in a way the closed form leaves out."""
    if not isinstance(step, Task):
        return isinstance(step, AnyOf) or (isinstance(step, Loop) and (step.p or 0.0) > MOST_AGAIN)
    return step.batch is not None or bool(step.error_rate and step.found_at)


def _recursive(process: Process) -> bool:
    inner = {s.id: {c.process for c in steps(s.flow) if isinstance(c, Call)} for s in process.subprocesses}
    for start in inner:
        reached: set[str | None] = set()
        level = set(inner[start])
        while level - reached:
            reached |= level
            level = {called for name in level if name in inner for called in inner[name]}
        if start in reached:
            return True
    return False


def _queues(process: Process) -> bool:
    busy = {name for step in walk(process) for name in (getattr(step, "role", None), *getattr(step, "with_roles", ()))}
    return any(role.id in busy and (role.capacity is not None or role.calendar) for role in process.roles)


def _either_price(found: list[Block], roles: dict[str, Role]) -> bool:
    def price(name: str | None) -> tuple[float | None, float | None]:
        role = roles.get(name) if name else None
        return (role.cost_per_hour, role.cost_per_use) if role else (None, None)

    tasks = [step for step in found if isinstance(step, Task) and step.or_roles]
    return any(len({price(step.role), *map(price, step.or_roles)}) > 1 for step in tasks)


class _Span(NamedTuple):
    """The time of a part: its mean in seconds, the chance to get through, whether it is always the same and exact."""

    mean: float
    on: float
    fixed: bool
    exact: bool


class Clock:
    """Elapsed time, part by part. One clock may time many variants of a process without subprocesses: what they share
    is timed once, known by its identity."""

    def __init__(self, process: Process) -> None:
        self.subs = {sub.id: sub.flow for sub in process.subprocesses}
        self.setups = setup_a_case(process, visit_rates(process))
        self.calling: list[str] = []
        self.timed: dict[int, tuple[Block, _Span]] = {}

    def elapsed(self, process: Process) -> float:
        """The expected time of a case in seconds, as `expected` gives it."""
        return (self if not process.subprocesses else Clock(process)).time(process.flow).mean

    def time(self, sequence: Sequence) -> _Span:
        mean, on, fixed, exact = 0.0, 1.0, True, True
        for step in sequence.items:
            span = self._known(step)
            mean += on * span.mean
            fixed, exact, on = fixed and span.fixed, exact and span.exact, on * span.on
        return _Span(mean, on, fixed, exact)

    def _known(self, step: Block) -> _Span:
        known = self.timed.get(id(step))
        if known is None:
            span = self.step(step)
            if self.subs:
                return span  # how long a call takes depends on where it stands
            self.timed[id(step)] = known = (step, span)  # the step too, so that its identity stays its own
        return known[1]

    def step(self, step: Block) -> _Span:
        if isinstance(step, Choice):
            return self.choice(step)
        if isinstance(step, Loop):
            return self.loop(step)
        if isinstance(step, AnyOf | Parallel):
            return self.together(step)
        if isinstance(step, Call) and step.process in self.subs and step.process not in self.calling:
            self.calling.append(step.process)
            inner = self.time(self.subs[step.process])
            self.calling.pop()
            wait = _seconds(step.wait)
            return _Span(inner.mean + wait, 1.0, inner.fixed and _steady(step.wait), inner.exact)
        steady = all(_steady(getattr(step, field, None)) for field in ("work", "wait", "setup", "duration"))
        return _Span(_work(step, self.setups) + _wait(step), 0.0 if isinstance(step, End) else 1.0, steady, True)

    def choice(self, step: Choice) -> _Span:
        spans = [self.time(branch.do) for branch in step.branches]
        chances = branch_chances(step)
        mean = sum(p * span.mean for p, span in zip(chances, spans, strict=True))
        on = sum(p * span.on for p, span in zip(chances, spans, strict=True))
        taken = [span for p, span in zip(chances, spans, strict=True) if p > 0]
        fixed = all(span.fixed for span in taken) and len({(span.mean, span.on) for span in taken}) == 1
        return _Span(mean, on, fixed, all(span.exact for span in taken))

    def loop(self, step: Loop) -> _Span:
        do, redo, p = self.time(step.do), self.time(step.redo), again(step)
        times = 1 / (1 - p * do.on * redo.on)
        mean = times * (do.mean + do.on * p * redo.mean)
        fixed = do.fixed and (p == 0 or (do.mean == 0 and redo.mean == 0 and redo.fixed))
        return _Span(mean, times * do.on * (1 - p), fixed, do.exact and (p == 0 or redo.exact))

    def together(self, step: AnyOf | Parallel) -> _Span:
        spans = [self.time(branch.do) for branch in step.branches]
        if isinstance(step, AnyOf):
            chances = branch_chances(step)
            mean = max((p * span.mean for p, span in zip(chances, spans, strict=True)), default=0.0)
            return _Span(mean, _survives(step), False, False)
        random = [span for span in spans if not span.fixed]
        mean = max((span.mean for span in spans), default=0.0)
        alone = len(random) == 1 and all(span.mean == 0 for span in spans if span.fixed)
        exact = all(span.exact for span in spans) and (not random or alone)
        return _Span(mean, _survives(step), not random, exact)


def _steady(duration: _Duration | None) -> bool:
    return duration is None or isinstance(duration, Fixed) or duration.sd_seconds == 0
