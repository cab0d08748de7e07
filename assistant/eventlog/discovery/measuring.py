"""The log measures the process: chances, arrivals, work and waits go in with the basis measured and their n.

Work is what lies between start and end of an event; a wait is what lies between the end of what came before in the
case and the start. Where no starts are recorded, the whole gap goes to the wait of a step, and its work stays as told.
The waits recorded hold the queues for people and the hours in which nobody works, by the clock on the wall; so that
they are not played twice, the measured process knows neither head counts nor working hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from assistant.eventlog.discovery.cuts import Way
from assistant.eventlog.discovery.net import Net, net_of
from assistant.eventlog.discovery.replay import Account
from assistant.eventlog.read_log import Event
from assistant.process.blocks import Block, Branch, Choice, Loop, Task, Wait
from assistant.process.blocks import Sequence as Flow
from assistant.process.durations import Basis, Exponential, Observed, humane
from assistant.process.model import Process, Volume
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


@dataclass(slots=True)
class _Seen:
    work: dict[str, list[float]] = field(default_factory=dict)
    wait: dict[str, list[float]] = field(default_factory=dict)
    decided: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    begins: list[datetime] = field(default_factory=list)


def measured(process: Process, accounts: Iterable[Account], cases: Mapping[Way, Sequence[Sequence[Event]]]) -> Measured:
    """A process with the figures of a log; `cases`: the events of the cases that go each way, in order.

    Only steps that were recorded five times or more are measured; everything else stays as it was.
    """
    seen = _Seen()
    net = net_of(process)
    for account in accounts:
        for events in cases[account.way]:
            _look(net, account, events, seen)
    figures: list[Figure] = []
    changed = rebuild(process, lambda _, flow: _filled(flow, seen, figures))
    free = {"capacity": None, "capacity_basis": None, "calendar": None}
    roles = tuple(role.model_copy(update=free) for role in changed.roles)
    volume = _volume(seen.begins, process.volume, figures)
    return Measured(changed.model_copy(update={"roles": roles, "volume": volume}), tuple(figures))


def _look(net: Net, account: Account, events: Sequence[Event], seen: _Seen) -> None:
    """One case: its decisions, and the times of each step where log and process agree.

    The time at which each place of the net was reached tells when a step could have begun, also beside others.
    """
    begin = events[0].start or _end(events[0])
    seen.begins.append(begin)
    reached: dict[int, datetime] = {net.start: begin}
    for part in account.parts:
        if part.decides:
            seen.decided[part.decides] += 1
        if part.move is None:
            continue
        move = net.moves[part.move]
        if part.step is not None:
            (seen.left_out if part.at is None else seen.done)[part.step] += 1
        ready = done = max(reached.get(place, begin) for place in move.takes)
        if part.at is not None and part.step is not None:
            event = events[part.at]
            done = _end(event)
            if event.start is not None:
                seen.work.setdefault(part.step, []).append(max(0.0, (done - event.start).total_seconds()))
            if part.at:
                waited = ((event.start or done) - ready).total_seconds()
                seen.wait.setdefault(part.step, []).append(max(0.0, waited))
        for place in move.puts:
            reached[place] = done


def _end(event: Event) -> datetime:
    assert event.complete is not None  # closed cases hold no other
    return event.complete


def _filled(flow: Flow, seen: _Seen, figures: list[Figure]) -> Flow:
    items = (_optional(_block(block, seen, figures), seen, figures) for block in flow.items)
    return flow.model_copy(update={"items": tuple(items)})


def _optional(block: Block, seen: _Seen, figures: list[Figure]) -> Block:
    """A step that was told as always done and is left out in some cases stands behind a decision, with its share."""
    if not isinstance(block, Task):
        return block
    done, left_out = seen.done[block.id], seen.left_out.pop(block.id, 0)  # once: what is put around it is gone through
    if min(done, left_out) < FEWEST or left_out < LEFT_OUT * (done + left_out):
        return block
    share = round(done / (done + left_out), 6)
    figures.append(Figure(block.id, f"{block.name} is done", f"{100 * share:.1f} %", done + left_out))
    yes = Branch(id=f"{block.id}_yes", when="yes", p=share, p_basis=Basis.MEASURED, do=Flow(items=(block,)))
    no = Branch(id=f"{block.id}_no", when="no", p=round(1 - share, 6), p_basis=Basis.MEASURED)
    return Choice(id=f"{block.id}_done", question=f"Is “{block.name}” done?", branches=(yes, no))


def _block(block: Block, seen: _Seen, figures: list[Figure]) -> Block:
    if isinstance(block, Task):
        changes: dict[str, Any] = {}
        for name, times in (("work", seen.work.get(block.id, [])), ("wait", seen.wait.get(block.id, []))):
            if len(times) >= FEWEST:
                changes[name] = observed(times)
                figures.append(Figure(block.id, f"{name} of {block.name}", _told(times), len(times)))
        if "wait" in changes:
            changes["batch"] = None
        return block.model_copy(update=changes)
    if isinstance(block, Wait):
        times = seen.wait.get(block.id, [])
        return block.model_copy(update={"duration": observed(times)}) if len(times) >= FEWEST else block
    if isinstance(block, Choice):
        return _choice(block, seen, figures)
    if isinstance(block, Loop):
        again, out = seen.decided[block.id, "again"], seen.decided[block.id, "out"]
        if again + out >= FEWEST:
            figures.append(
                Figure(block.id, f"again while {block.while_}", f"{100 * again / (again + out):.1f} %", again + out)
            )
            share = min(0.99, again / (again + out))
            return block.model_copy(update={"p": round(share, 6), "p_basis": Basis.MEASURED})
    return block


def _choice(block: Choice, seen: _Seen, figures: list[Figure]) -> Choice:
    counts = [seen.decided[block.id, branch.id] for branch in block.branches]
    total = sum(counts)
    if total < FEWEST:
        return block
    shares = [round(count / total, 6) for count in counts]
    shares[counts.index(max(counts))] += 1 - sum(shares)
    branches: list[Branch] = []
    for branch, share in zip(block.branches, shares, strict=True):
        told = branch.when or branch.id
        figures.append(Figure(branch.id, f"{block.question or 'decision'} {told}", f"{100 * share:.1f} %", total))
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


def _volume(begins: Sequence[datetime], told: Volume | None, figures: list[Figure]) -> Volume | None:
    """The mean time between two cases, counted over the whole span in which cases began."""
    ordered = sorted(begins)
    if len(ordered) < FEWEST or ordered[-1] == ordered[0]:
        return told
    gap = (ordered[-1] - ordered[0]).total_seconds() / (len(ordered) - 1)
    figures.append(Figure("", "cases begin", f"one every {humane(gap)} on average", len(ordered)))
    between = Exponential(mean=round(gap, 3), unit="s", basis=Basis.MEASURED, note=f"n = {len(ordered):,}")
    return Volume(between=between, basis=Basis.MEASURED)
