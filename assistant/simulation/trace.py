"""One play looked on at: when each case came to each step and when it left it.

What is played is the same as in `simulate`, on the same random numbers for a seed; only the way that plays the last
steps for all cases at once is left out, since nobody could see the cases there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from assistant.process.blocks import Block, Call, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import step_id
from assistant.simulation.build import Builder
from assistant.simulation.machine import Case, Go, Machine, Place
from assistant.simulation.play import Run, play
from assistant.simulation.relief import relief_note, relieved


class Visit(NamedTuple):
    """A case at a step: its number (0 first), the step, and the seconds from the start at which it came and left."""

    case: int
    step: str
    came: float
    left: float


@dataclass(frozen=True)
class Trace:
    """The visits in the order in which they began, when each case came and was over, and what a reader must know."""

    visits: tuple[Visit, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    notes: tuple[str, ...] = ()


def trace(process: Process, *, cases: int, seed: int) -> Trace:
    """Play `cases` cases, the first of them into an empty process. Raises InvalidProcess when nobody can do some work.

    A case still under way when the last one counted is over has NaN for its end.
    """
    eased, roles = relieved(process)
    visits: list[Visit] = []
    played = play(eased, Run(seed, 0, cases), lambda machine: _Watched(machine, visits))
    notes = (*played.notes, relief_note(process, roles)) if roles else played.notes
    number = len(played.starts)
    seen = sorted((visit for visit in visits if visit.case < number), key=lambda visit: (visit.came, visit.case))
    return Trace(tuple(seen), tuple(map(float, played.starts)), tuple(map(float, played.ends)), notes)


class _Watched(Builder):
    """Builds what is played, and writes down who comes to a step and leaves it."""

    def __init__(self, machine: Machine, visits: list[Visit]) -> None:
        super().__init__(machine)
        self.visits = visits

    def flow(self, finish: Go) -> Go:
        return self.sequence(self.process.flow, Place("", 0, False, finish), finish)

    def step(self, step: Block, place: Place, after: Go) -> Go:
        if not isinstance(step, Task | Wait | Call):
            return super().step(step, place, after)
        name, visits = step_id(step), self.visits
        inside: dict[int, float] = {}

        def leave(t: float, case: Case) -> None:
            visits.append(Visit(case.number, name, inside.pop(case.number, t), t))
            after(t, case)

        go = super().step(step, place, leave)

        def come(t: float, case: Case) -> None:
            inside[case.number] = t
            go(t, case)

        return come
