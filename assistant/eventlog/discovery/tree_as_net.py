"""A process tree as a net of places and moves: what can be done next, for replaying recorded cases on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import step_id

MOST_DEEP = 5
MOST_KEPT = 20_000
"""Markings of which it is kept what can be done next."""


class Move(NamedTuple):
    """One move: the places it takes from and puts into, its step (None: nothing is done), and what it decides.

    `decides`: (choice or loop id, branch id or "again"/"out").
    """

    takes: tuple[int, ...]
    puts: tuple[int, ...]
    step: str | None
    decides: tuple[str, str] | None = None


@dataclass(slots=True)
class Net:
    """All moves, by each place they take from first; `start` and `goal` are places."""

    start: int = 0
    goal: int = 1
    places: int = 2
    moves: list[Move] = field(default_factory=list)
    by_place: dict[int, list[int]] = field(default_factory=dict)
    _onward: dict[frozenset[int], list[tuple[int, frozenset[int]]]] = field(default_factory=dict)

    def place(self) -> int:
        """A new place."""
        self.places += 1
        return self.places - 1

    def add(self, takes: tuple[int, ...], puts: tuple[int, ...], step: str | None = None,
            decides: tuple[str, str] | None = None) -> None:  # fmt: skip
        """A new move."""
        for place in takes:
            self.by_place.setdefault(place, []).append(len(self.moves))
        self._onward.clear()
        self.moves.append(Move(takes, puts, step, decides))

    def onward(self, marking: frozenset[int]) -> list[tuple[int, frozenset[int]]]:
        """The moves that can be made in a marking, each once and with the marking after it. Kept: each way of a log
        comes through the same few again."""
        if marking not in self._onward:
            if len(self._onward) >= MOST_KEPT:
                self._onward.clear()
            self._onward[marking] = [(at, self._after(marking, at)) for at in self._possible(marking)]
        return self._onward[marking]

    def _possible(self, marking: frozenset[int]) -> list[int]:
        seen: dict[int, None] = {}
        for place in marking:
            for at in self.by_place.get(place, ()):
                if at not in seen and all(other in marking for other in self.moves[at].takes):
                    seen[at] = None
        return list(seen)

    def _after(self, marking: frozenset[int], at: int) -> frozenset[int]:
        move = self.moves[at]
        return (marking - frozenset(move.takes)) | frozenset(move.puts)


def net_of(process: Process) -> Net:
    """The net of a process; a called subprocess is put in its place."""
    net = Net()
    subs = {sub.id: sub.flow for sub in process.subprocesses}
    _Weaver(net, subs).sequence(process.flow, net.start, net.goal, 0)
    return net


class _Weaver:
    def __init__(self, net: Net, subs: Mapping[str, Sequence]) -> None:
        self.net, self.subs = net, subs

    def sequence(self, flow: Sequence, start: int, stop: int, depth: int) -> None:
        items = list(flow.items)
        if not items:
            self.net.add((start,), (stop,))
            return
        for at, block in enumerate(items):
            then = stop if at == len(items) - 1 else self.net.place()
            self.block(block, start, then, depth)
            start = then

    def block(self, block: Block, start: int, stop: int, depth: int) -> None:
        if isinstance(block, Task | Wait):
            self.net.add((start,), (stop,), block.id)
        elif isinstance(block, Sequence):
            self.sequence(block, start, stop, depth)
        elif isinstance(block, Choice):
            for branch in block.branches:
                inside = self.net.place()
                self.net.add((start,), (inside,), None, (block.id, branch.id))
                self.sequence(branch.do, inside, stop, depth)
        elif isinstance(block, Parallel | AnyOf):
            self._split(block, start, stop, depth)
        elif isinstance(block, Loop):
            done = self.net.place()
            back = self.net.place()
            self.sequence(block.do, start, done, depth)
            self.net.add((done,), (stop,), None, (block.id, "out"))
            self.net.add((done,), (back,), None, (block.id, "again"))
            self.sequence(block.redo, back, start, depth)
        elif isinstance(block, End):
            self.net.add((start,), (self.net.goal,))
        elif isinstance(block, Call) and (called := self.subs.get(block.process or "")) and depth < MOST_DEEP:
            self.sequence(called, start, stop, depth + 1)
        else:
            self.net.add((start,), (stop,), step_id(block))

    def _split(self, block: Parallel | AnyOf, start: int, stop: int, depth: int) -> None:
        inside = [self.net.place() for _ in block.branches]
        done = [self.net.place() for _ in block.branches]
        self.net.add((start,), tuple(inside))
        for branch, enter, leave in zip(block.branches, inside, done, strict=True):
            if isinstance(block, AnyOf):
                chosen = self.net.place()
                self.net.add((enter,), (chosen,), None, (block.id, branch.id))
                self.net.add((enter,), (leave,))
                enter = chosen
            self.sequence(branch.do, enter, leave, depth)
        self.net.add(tuple(done), (stop,))
