"""What is asked of a redesign beside the process: the goal, what stays, what was decided, the story, the runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from assistant.process.tree import walk

if TYPE_CHECKING:
    from assistant.process.model import Process


@dataclass(frozen=True)
class Play:
    """How the alternatives are simulated.

    `cases` in each of `replications`, from `seed`; `workers` are processor cores (None: two where they can be had
    safely and the play is long; the figures are the same).
    """

    cases: int = 1000
    replications: int = 20
    seed: int = 1
    workers: int | None = None


USUAL_SIZE, LEAST_CASES = 60, 50
"""Blocks up to which a process is played with all its cases, and with how many in each replication at least."""


def fitting_cases(process: Process, cases: int) -> int:
    """So many of the `cases` that a large process is played in less time than one of the usual size.

    Less, because all else that is done with it takes longer the larger it is.
    """
    from assistant.simulation.precision import cases_that_fit, least_of

    linear = cases_that_fit(process, cases, USUAL_SIZE, LEAST_CASES)
    least = least_of(sum(1 for _ in walk(process)), LEAST_CASES)
    return min(cases, max(least, linear * linear // max(cases, 1)))


DRAWS = 24
"""How often what nobody told is drawn for the ranges of effects; each draw plays today and the alternatives anew."""


def fitting_draws(process: Process) -> int:
    """How often what nobody told is drawn for a process of this size: half as often for a huge one."""
    from assistant.simulation.precision import HUGE

    return DRAWS if sum(1 for _ in walk(process)) <= HUGE else DRAWS // 2


def fewer_cases(process: Process, cases: int, usual: int) -> str:
    """What the reader of a large process must know about the play."""
    parts = sum(1 for _ in walk(process))
    draws = fitting_draws(process)
    drawn = f", and what nobody told was drawn {draws} times instead of {DRAWS}" if draws < DRAWS else ""
    return (
        f"With {parts} steps and decisions the process was played with {cases:,} cases each time instead of {usual:,}"
        f"{drawn}; `--cases {usual}` plays them all and takes longer."
    )


@dataclass(frozen=True)
class Brief:
    """What a redesign is to reach and to respect.

    `goal` says in words what counts most; `keep` are phrases for steps that must stay; `decided` are ids of
    proposals accepted or rejected before, which are not made again, each with what was decided, in a sentence;
    `story` is what was told, so that nothing it says is asked; `unread` are turns of which nothing came;
    `complaints` holds customers' themes linked to steps; `draws` is how often what nobody told is drawn for the
    ranges of effects (None: as often as a range needs; 0: no ranges); `tell` takes what is known while it goes on.
    """

    goal: str | None = None
    keep: tuple[str, ...] = ()
    decided: Mapping[str, str] = field(default_factory=dict)
    story: str = ""
    unread: tuple[str, ...] = ()
    complaints: Any = None
    draws: int | None = None
    play: Play = field(default_factory=Play)
    tell: Callable[[str], None] = field(default=lambda text: None, compare=False)

    @property
    def free_outcomes(self) -> bool:
        """Whether the goal allows a case to end otherwise than today."""
        return bool(self.goal and "outcome" in self.goal.lower())

    def without(self, left: Mapping[str, str]) -> Brief:
        """The brief with proposals that are not to be made, by id, each with why."""
        return replace(self, decided={**self.decided, **left})


NO_BRIEF = Brief()


def brief_of(wanted: Mapping[str, Any]) -> Brief:
    """A brief from single wishes by name, those of its play among them; what is None keeps its default."""
    given = {name: value for name, value in wanted.items() if value is not None}
    playing = {spec.name for spec in fields(Play)}
    play = Play(**{name: value for name, value in given.items() if name in playing})
    rest = {name: value for name, value in given.items() if name not in playing}
    if "keep" in rest:
        rest["keep"] = tuple(rest["keep"])
    return Brief(**rest, play=play)
