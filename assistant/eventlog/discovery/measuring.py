"""The log measures the process: chances, arrivals, work and waits, people and hours go in with the basis measured and
their n.

Work is what lies between start and end of an event, within the hours; a wait is what lies between the end of what came
before in the case and the start. Where no starts are recorded, the whole gap goes to the wait of a step, and its work
stays as told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from assistant.eventlog.discovery.deciding import indistinct
from assistant.eventlog.discovery.doing import Doing
from assistant.eventlog.discovery.looking import Looked, lain
from assistant.eventlog.discovery.staff import Staff, hours, moment
from assistant.process.blocks import Block, Branch, Choice, Loop, Task, Wait
from assistant.process.blocks import Sequence as Flow
from assistant.process.durations import Basis, Exponential, Fixed, Observed, humane
from assistant.process.model import Process, Role, Volume
from assistant.process.tree import rebuild

FEWEST = 5
LEFT_OUT = 0.01
MOST_VALUES = 100
"""So many values of a recorded time are kept: its quantiles, evenly spread."""


class Figure(NamedTuple):
    """One measured figure: of which element, its name, its value in words, and how often it was seen."""

    element: str
    name: str
    value: str
    n: int


class Measured(NamedTuple):
    """The process with measured figures, and a line for each of them."""

    process: Process
    figures: tuple[Figure, ...]


def measured(
    process: Process, looked: Looked, seen: Doing, begins: Sequence[datetime], people: bool = False, told: bool = True
) -> Measured:  # fmt: skip
    """A process with the figures of a log; `begins`: when its cases began, in order, those still open too.

    With `people`, roles get the people and hours that were recorded, and waits are without queues and closing hours;
    without, the waits hold both, and so that they are not played twice, the process knows neither head counts nor
    hours. Only what was recorded five times or more is measured; everything else stays as it was. What was told as
    always done gets a decision where it is left out or done again; a mined process (not `told`) keeps its shape, which
    was chosen with that in view.
    """
    filler = _Filler(looked, indistinct(process, set(looked.done)), told)
    changed = rebuild(process, lambda _, flow: filler.flow(flow))
    figures = filler.figures
    roles = tuple(_staffed(role, seen.staff.get(role.id), people, figures) for role in changed.roles)
    volume = _volume(begins, process.volume, figures, people)
    return Measured(changed.model_copy(update={"roles": roles, "volume": volume}), tuple(figures))


def _staffed(role: Role, staff: Staff | None, people: bool, figures: list[Figure]) -> Role:
    changes: dict[str, Any] = {"capacity": None, "capacity_basis": None, "calendar": None}
    if staff is not None and people:
        changes["calendar"] = staff.calendar
        if staff.people:
            changes |= {"capacity": staff.people, "capacity_basis": Basis.MEASURED}
    if not people:
        if role.capacity is not None or role.calendar:
            why = "not played: the recorded waits hold the queues and the nights"
            figures.append(Figure(role.id, f"people and hours of {role.name}", why, staff.n if staff else 0))
        return role.model_copy(update=changes)
    if staff is not None and staff.people:
        how = "names in a week" if staff.named else "pieces of work side by side"
        figures.append(Figure(role.id, f"people as {role.name}", f"{staff.people} ({how})", staff.n))
    if staff is not None and staff.calendar:
        hours = ", ".join(f"{line.days} {line.from_} to {line.to}" for line in staff.calendar)
        figures.append(Figure(role.id, f"hours of {role.name}", hours, staff.n))
    return role.model_copy(update=changes)


class _Filler:
    """Puts what was seen into the steps, and notes each figure."""

    def __init__(self, looked: Looked, groups: Mapping[str, list[list[Branch]]], told: bool) -> None:
        self.looked, self.groups, self.told = looked, groups, told
        self.figures: list[Figure] = []
        self.filled: set[str] = set()  # what is put around a step is gone through again

    def flow(self, flow: Flow) -> Flow:
        return flow.model_copy(update={"items": tuple(self._around(self._block(block)) for block in flow.items)})

    def _around(self, block: Block) -> Block:
        """A step told as done once, always, that is left out or done again in some cases stands behind a decision."""
        if not isinstance(block, Task) or block.id in self.filled:
            return block
        self.filled.add(block.id)
        task = self._task(block)
        return self._optional(task, self._repeated(task)) if self.told else task

    def _repeated(self, task: Task) -> Block:
        times, again = self.looked.done[task.id], self.looked.again[task.id]
        if again < FEWEST or again < LEFT_OUT * (times + again):
            return task
        share = round(again / (times + again), 6)
        self.figures.append(Figure(task.id, f"{task.name} is done again", f"{100 * share:.1f} %", times + again))
        return Loop(
            id=f"{task.id}_again", do=Flow(items=(task,)), while_=f"“{task.name}” is not right", p=min(0.99, share),
            p_basis=Basis.MEASURED,
        )  # fmt: skip

    def _optional(self, task: Task, block: Block) -> Block:
        done, left_out = self.looked.done[task.id], self.looked.left_out[task.id]
        if min(done, left_out) < FEWEST or left_out < LEFT_OUT * (done + left_out):
            return block
        share = round(done / (done + left_out), 6)
        self.figures.append(Figure(task.id, f"{task.name} is done", f"{100 * share:.1f} %", done + left_out))
        yes = Branch(id=f"{task.id}_yes", when="yes", p=share, p_basis=Basis.MEASURED, do=Flow(items=(block,)))
        no = Branch(id=f"{task.id}_no", when="no", p=round(1 - share, 6), p_basis=Basis.MEASURED)
        return Choice(id=f"{task.id}_done", question=f"Is “{task.name}” done?", branches=(yes, no))

    def _block(self, block: Block) -> Block:
        if isinstance(block, Wait):
            return self._wait(block)
        if isinstance(block, Choice) and block.id in self.groups:
            return _choice(block, self.groups[block.id], self.looked, self.figures)
        if isinstance(block, Loop):
            return _loop(block, self.looked, self.figures)
        return block

    def _task(self, task: Task) -> Task:
        looked, changes = self.looked, dict[str, Any]()
        work, waits = looked.work.get(task.id, []), looked.wait.get(task.id, [])
        if len(work) >= FEWEST:
            changes |= {"work": observed(work), "setup": None}
            self.figures.append(Figure(task.id, f"work of {task.name}", _told(work), len(work)))
        if looked.done[task.id] >= FEWEST:
            # Errors that are mended, batches and waits are in what was recorded.
            changes |= {"wait": None, "batch": None, "error_rate": None, "found_at": None}
        elif looked.passed[task.id] >= FEWEST:
            changes |= {"wait": None, "batch": None}  # nothing records it: it lies in the wait of what comes next
        if len(waits) >= FEWEST and any(wait.seconds for wait in waits):
            times = lain(waits)
            changes["wait"] = observed(times)
            self.figures.append(Figure(task.id, f"wait of {task.name}", _told(times), len(times)))
        return task.model_copy(update=changes)

    def _wait(self, block: Wait) -> Wait:
        times = lain(self.looked.wait.get(block.id, []))
        if len(times) >= FEWEST:
            self.figures.append(Figure(block.id, f"wait {block.name or block.id}", _told(times), len(times)))
            return block.model_copy(update={"duration": observed(times)})
        if self.looked.passed[block.id] >= FEWEST and block.duration is not None:
            note = "nothing is recorded after it"
            return block.model_copy(update={"duration": Fixed(value=0, unit="s", basis=Basis.MEASURED, note=note)})
        return block


def _loop(block: Loop, seen: Looked, figures: list[Figure]) -> Loop:
    again, out = seen.decided[block.id, "again"], seen.decided[block.id, "out"]
    if again + out < FEWEST:
        return block
    share = min(0.99, again / (again + out))
    figures.append(Figure(block.id, f"again while {block.while_}", f"{100 * share:.1f} %", again + out))
    return block.model_copy(update={"p": round(share, 6), "p_basis": Basis.MEASURED})


def _choice(block: Choice, groups: list[list[Branch]], seen: Looked, figures: list[Figure]) -> Choice:
    """With the shares recorded; branches that leave the same trace keep the proportion that was told."""
    hits = {branch.id: float(seen.decided[block.id, branch.id]) for branch in block.branches}
    for group in groups:
        told, together = sum(branch.p or 0.0 for branch in group), sum(hits[branch.id] for branch in group)
        if len(group) > 1 and told:
            hits |= {branch.id: together * (branch.p or 0.0) / told for branch in group}
    counts = [hits[branch.id] for branch in block.branches]
    total = round(sum(counts))
    if total < FEWEST:
        return block
    shares = [round(count / total, 6) for count in counts]
    shares[counts.index(max(counts))] += 1 - sum(shares)
    branches: list[Branch] = []
    for branch, share in zip(block.branches, shares, strict=True):
        way = branch.when or branch.id
        figures.append(Figure(branch.id, f"{block.question or 'decision'} {way}", f"{100 * share:.1f} %", total))
        branches.append(branch.model_copy(update={"p": round(share, 6), "p_basis": Basis.MEASURED}))
    return block.model_copy(update={"branches": tuple(branches)})


def observed(times: Sequence[float]) -> Observed:
    """Recorded times, in seconds, as a distribution: all of them, or their quantiles where there are many."""
    ordered = sorted(times)
    if len(ordered) > MOST_VALUES:
        step = len(ordered) / MOST_VALUES
        ordered = [ordered[int((at + 0.5) * step)] for at in range(MOST_VALUES)]
    return Observed(
        values=tuple(round(time, 1) for time in ordered), unit="s", basis=Basis.MEASURED, note=f"n = {len(times):,}"
    )


def _told(times: Sequence[float]) -> str:
    ordered = sorted(times)
    middle, high = ordered[len(ordered) // 2], ordered[int(0.9 * (len(ordered) - 1))]
    return f"median {humane(middle)}, nine of ten within {humane(high)}"


def _volume(
    begins: Sequence[datetime], told: Volume | None, figures: list[Figure], people: bool
) -> Volume | None:  # fmt: skip
    """The mean time between two cases, counted over the span in which cases began; with `people`, over its hours."""
    if len(begins) < FEWEST or begins[-1] == begins[0]:
        return told
    calendar = hours([moment(begin) for begin in begins]) if people else None
    span = Staff(calendar).worked(begins[0], begins[-1])
    gap = span / (len(begins) - 1)
    when = " in the hours in which they come" if calendar else ""
    figures.append(Figure("", "cases begin", f"one every {humane(gap)} on average{when}", len(begins)))
    between = Exponential(mean=round(gap, 3), unit="s", basis=Basis.MEASURED, note=f"n = {len(begins):,}")
    volume = Volume(between=between, basis=Basis.MEASURED, classes=told.classes if told else ())
    if not calendar or len(begins) < MOST_VALUES:
        return volume.model_copy(update={"calendar": calendar})
    by_hour, by_day = Counter(begin.hour for begin in begins), Counter(begin.weekday() for begin in begins)
    return volume.model_copy(
        update={
            "calendar": calendar,
            "by_hour": tuple(float(by_hour[hour]) for hour in range(24)),
            "by_weekday": tuple(float(by_day[day]) for day in range(7)),
        }
    )
