"""The parts of the handover package: what a team needs to carry a redesign out, each figure with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.bpmn.marks import Marks
from assistant.process.durations import Model
from assistant.process.figures import UNKNOWN as UNKNOWN
from assistant.process.model import Process

FigureBasis = Literal["measured", "stated", "estimated", "library", "computed", "unknown"]
Dimension = Literal["time", "quality", "customer", "cost", "flexibility"]


class Figure(Model):
    """One number with all a reader needs: `unit` is s, share (0 to 1), a currency code, or a plain word.

    `low` and `high` bound it (a 95 % interval when it comes from simulation, a planning range when estimated).
    `basis` says what kind of figure it is, `rests_on` the weakest basis of what it was computed from, `source` where
    it comes from, in words. `value` None: nobody knows yet.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    basis: FigureBasis = "unknown"
    rests_on: str = ""
    source: str = ""


class Target(Model):
    """What a measure should become: what is needed, what the simulation shows possible, and why it lies where it does.

    `hold` marks a guard: the measure is to stay where it is while another one moves.
    """

    figure: Figure
    need: str
    needed: Figure | None = None
    possible: Figure
    reason: str
    hold: bool = False


class Kpi(Model):
    """One measure on the sheet, complete enough that two people measure the same thing.

    `drives` says what it leads and what leads it; `context` what the library says of such a measure (may be empty).
    """

    id: str
    name: str
    dimension: Dimension
    formula: str
    unit: str
    direction: Literal["lower is better", "higher is better"]
    baseline: Figure
    target: Target
    owner: str
    collector: str
    receiver: str
    source: str
    cadence: str
    drives: str
    context: str = ""


class RaciLine(Model):
    """Who does, answers for, advises on and hears of one step. `proposed`: nobody has named the accountable yet."""

    step: str
    name: str
    responsible: tuple[str, ...]
    accountable: str
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    proposed: bool = True


class RoleToName(Model):
    """A seat in the redesigned process and who holds it (`holder` None: a gap)."""

    title: str
    unit: str
    duty: str
    holder: str | None = None


class Sized(Model):
    """A figure a change was sized with: in words, with its value (as told) and what it rests on."""

    text: str
    value: str = ""
    basis: str = "estimated"


class Change(Model):
    """One thing that is different in the to-be process: what, why, by which practice, and what could go wrong.

    `figures` are those the change was sized with, `caught` what a control that goes used to catch.
    """

    title: str
    what: tuple[str, ...]
    why: tuple[str, ...]
    practice: str = ""
    cites: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    figures: tuple[Sized, ...] = ()


class Skill(Model):
    """What a role must learn, and what it comes from."""

    role: str
    topic: str
    because: str
    hours: Figure


class DataNeed(Model):
    """One data object: who supplies it, which steps write and read it, and what changes."""

    name: str
    source: str
    writers: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    note: str = ""


class SystemNeed(Model):
    """One system: which steps use it, whether it is kept, new or no longer needed, and what it costs."""

    name: str
    state: Literal["kept", "new", "no longer needed", "to clarify"]
    steps: tuple[str, ...] = ()
    note: str = ""
    price: str = UNKNOWN


class Briefing(Model):
    """What one outside party, or the people inside, must be told, when and by whom."""

    audience: str
    messages: tuple[str, ...]
    when: str
    by: str


class WorkPackage(Model):
    """One piece of the rollout: weeks count from 1, `after` names the packages it waits for."""

    id: str
    name: str
    owner: str
    start: int
    weeks: int
    after: tuple[str, ...] = ()
    result: str = ""

    @property
    def end(self) -> int:
        """The last week of the package."""
        return self.start + self.weeks - 1


class Rollout(Model):
    """The plan in work packages. `warning` is said when it runs beyond twelve months."""

    packages: tuple[WorkPackage, ...]
    weeks: int
    basis: str
    warning: str = ""


class Pilot(Model):
    """The first group: its size, what lets it start, what lets it end well, and the way back."""

    scope: str
    cases: Figure
    weeks: Figure
    entry: tuple[str, ...]
    exit: tuple[str, ...]
    rollback: tuple[str, ...]
    feedback: str


class Control(Model):
    """How one measure is watched after the rollout, and who does what when it leaves its limits."""

    kpi: str
    chart: str
    limits: str
    rules: str
    owner: str
    collector: str
    within: str
    reaction: str


class MoneyLine(Model):
    """One line of benefit or cost."""

    name: str
    figure: Figure
    per: Literal["once", "a year", "at any time"]
    note: str = ""


class Money(Model):
    """Benefit and cost in ranges. What no one has priced stays unknown and is asked for."""

    benefits: tuple[MoneyLine, ...]
    costs: tuple[MoneyLine, ...]
    running: tuple[MoneyLine, ...]
    payback: str
    unknown: tuple[str, ...] = ()


class Review(Model):
    """The standing meeting: how often, who, the agenda with minutes, and the rules decisions follow."""

    name: str = "The standing meeting"
    cadence: str
    people: tuple[str, ...]
    agenda: tuple[tuple[int, str], ...]
    rules: tuple[str, ...]
    reopen: tuple[str, ...]


class View(Model):
    """The same data arranged as a method's users expect it: a heading and its lines, in the method's order."""

    method: Literal["DMAIC", "Lean", "Agile backlog"]
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Package:
    """All that is handed over. `alternative` is None when no alternative is recommended: then to-be is today's process.

    `marks` are for the to-be map, `removed` names what is gone from it, `gaps` what is missing about roles and
    measures, `practices` the names of the practices by code, `missing` the sections a complete package would have and
    this one lacks (empty when complete).
    """

    process: str
    alternative: str | None
    to_be: Process
    marks: Marks
    changes: tuple[Change, ...]
    removed: tuple[str, ...]
    kpis: tuple[Kpi, ...]
    raci: tuple[RaciLine, ...]
    roles: tuple[RoleToName, ...]
    gaps: tuple[str, ...]
    skills: tuple[Skill, ...]
    data: tuple[DataNeed, ...]
    systems: tuple[SystemNeed, ...]
    organisation: tuple[str, ...]
    briefings: tuple[Briefing, ...]
    rollout: Rollout
    pilot: Pilot
    controls: tuple[Control, ...]
    money: Money
    review: Review
    views: tuple[View, ...]
    practices: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The sections without which a package is not complete, and which this one lacks."""
        need: dict[str, tuple[object, ...]] = {
            "measures": self.kpis,
            "accountability": self.raci,
            "roles": self.roles,
            "training": self.skills,
            "data and systems": (*self.data, *self.systems),
            "organisation": self.organisation,
            "customer and partner briefing": self.briefings,
            "rollout plan": self.rollout.packages,
            "entry criteria": self.pilot.entry,
            "exit criteria": self.pilot.exit,
            "rollback": self.pilot.rollback,
            "control plan": self.controls,
        }
        return tuple(name for name, content in need.items() if not content)

    def document(self) -> dict[str, Any]:
        """The package as plain JSON data; the maps themselves are left to the process document."""
        lists = ("changes", "kpis", "raci", "roles", "skills", "data", "systems", "briefings", "controls", "views")
        single = ("rollout", "pilot", "money", "review")
        return {
            "process": self.process,
            "alternative": self.alternative,
            "marks": dict(self.marks.kinds),
            "removed": list(self.removed),
            "organisation": list(self.organisation),
            "gaps": list(self.gaps),
            "missing": list(self.missing),
            **{name: [item.document() for item in getattr(self, name)] for name in lists},
            **{name: getattr(self, name).document() for name in single},
        }
