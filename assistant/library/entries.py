"""What the library holds: processes as they usually run, practices for changing them, enablers that help.

Entries are files in YAML (`library/` and a user's own folder); these are their shapes. Every number in an entry rests
on something: a source of the entry (`S1`), a published figure (`F01`) or, when nothing is named, the author's estimate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator

from assistant.library.flow import FlowItem, Question, questions_in
from assistant.library.values import (
    ESTIMATE,
    Chance,
    Code,
    Grade,
    Key,
    Line,
    Prose,
    Sign,
    Times,
    WaitCause,
    Waste,
)
from assistant.process.durations import Model


class Source(Model):
    """Where a claim can be looked up, and under which terms it may be used."""

    id: Annotated[str, Field(pattern=r"^S\d{1,2}$")]
    claim: Prose
    where: Prose
    licence: Line
    year: int | None = Field(default=None, ge=1900, le=2100)


class LibraryStep(Model):
    """One step of a template. `share` is how often a case comes through it (on `basis`), `why` what goes wrong without.

    `work` is hands-on time, `wait` the time a case typically lies before the step. `control` says what the step
    guards against (empty: it is no control), `legal_basis` which law, audit or tax rule keeps it in place.
    """

    id: Key
    name: Line
    role: Key
    system: Line | None = None
    reads: tuple[Key, ...] = ()
    writes: tuple[Key, ...] = ()
    value: Literal["VA", "BVA", "NVA"] = "BVA"
    control: Line | None = None
    legal_basis: Line | None = None
    work: Times | None = None
    wait: Times | None = None
    wait_cause: WaitCause = None
    share: Chance = 1.0
    basis: Line = ESTIMATE
    consulted: tuple[Key, ...] = ()
    informed: tuple[Key, ...] = ()
    also_called: tuple[Line, ...] = ()
    why: Line | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The step's name and the other names people give it."""
        return (self.name, *self.also_called)


class Stage(Model):
    """A part of the process with one outcome and one role that answers for it."""

    id: Key
    name: Line
    accountable: Key
    steps: tuple[LibraryStep, ...] = Field(min_length=1, max_length=40)


class Part(Model):
    """A role or a data object of a template: id, name, other names, and why it matters when it is missing."""

    id: Key
    name: Line
    also_called: tuple[Line, ...] = ()
    why: Line | None = None


class LibraryRole(Part):
    """Who works in it. `kind` as in a process: a person, a system, an outside party or a group."""

    kind: Literal["person", "system", "external", "group"] = "person"
    unit: Line | None = None


class LibraryData(Part):
    """A document or record. `source` is the outside party that supplies it."""

    source: Line | None = None


class Deviation(Model):
    """Something that goes another way than planned: how it shows, how it is handled, how often it comes."""

    id: Key
    name: Line
    handling: Line
    why: Line | None = None
    share: Chance | None = None
    basis: Line = ESTIMATE
    also_called: tuple[Line, ...] = ()


class Customer(Model):
    """Somebody the process serves and what they need of it."""

    name: Line
    kind: Literal["external", "internal"] = "external"
    needs: tuple[Line, ...] = Field(min_length=1)


class Kpi(Model):
    """A measure of the process. `target` is the logic by which a target is found; numbers in it rest on `basis`."""

    id: Key
    name: Line
    formula: Line
    unit: Line
    direction: Literal["up", "down"]
    kind: Literal["time", "cost", "quality", "customer", "flexibility"]
    target: Line
    basis: Line = ESTIMATE
    benchmark: Annotated[str, Field(pattern=r"^F\d{2}$")] | None = None
    also_called: tuple[Line, ...] = ()
    why: Line | None = None


class Pain(Model):
    """A pattern that hurts in this process, how one notices it, and the practices and enablers that answer it."""

    pattern: Line
    shows_as: Line
    practices: tuple[Code, ...] = Field(min_length=1)
    enablers: tuple[Code, ...] = ()


class Help(Model):
    """An enabler in this process: which one, where it fits, and the risk it brings."""

    enabler: Code
    use: Line
    fits_when: Line
    risk: Line


class Separation(Model):
    """Two steps that one person must never do in the same case, with the reason."""

    a: Key
    b: Key
    reason: Line


class Rollout(Model):
    """What a change of this process needs: how to pilot it, train for it, tell those concerned and roll it back."""

    pilot: Line
    training: Line
    data_and_systems: Line
    briefing: Line
    rollback: Line


Status = Literal["draft", "submitted", "approved", "published"]
STATUSES: tuple[Status, ...] = ("draft", "submitted", "approved", "published")


class Event(Model):
    """A change of an entry's standing: which status it got, by whom, when, at which version; `digest` is that of what
    it said then."""

    status: Status
    by: Line
    date: dt.date
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    note: Line | None = None
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None


class Origin(Model):
    """The entry this one was copied from, at which version; `digest` is that of what it said then."""

    id: Key
    version: Line
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Entry(Model):
    """What every entry carries: names, the words people use, who wrote it, its version and its evidence.

    Only what is published is used; the rest is found when it is asked for.

    `grade`: A several independent primary sources, B one primary source, C secondary sources or common professional
    knowledge with some published figures, D the author's own experience only.
    """

    id: Key
    code: Code | None = None
    name: Line
    also_called: tuple[Line, ...] = ()
    people_say: tuple[Line, ...] = Field(min_length=3, max_length=40)
    grade: Grade
    sources: tuple[Source, ...] = ()
    author: Line
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    review_date: dt.date
    status: Status = "published"
    origin: Origin | None = None
    history: tuple[Event, ...] = ()

    @model_validator(mode="after")
    def _graded(self) -> Entry:
        if not self.sources and self.grade != "D":
            raise ValueError("an entry without sources has grade D")
        return self


class ProcessEntry(Entry):
    """A process as it usually runs, from its trigger to its outcome."""

    kind: Literal["process"] = "process"
    function: Line
    industry: tuple[Line, ...] = Field(min_length=1)
    trigger: Line
    end: Line
    scope_out: tuple[Line, ...] = ()
    customers: tuple[Customer, ...] = Field(min_length=1)
    roles: tuple[LibraryRole, ...] = Field(min_length=1)
    data: tuple[LibraryData, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=12)
    flow: tuple[FlowItem, ...] = ()
    exceptions: tuple[Deviation, ...] = ()
    variants: tuple[Line, ...] = ()
    kpis: tuple[Kpi, ...] = Field(min_length=1, max_length=9)
    pains: tuple[Pain, ...] = Field(min_length=1)
    enablers: tuple[Help, ...] = ()
    separations: tuple[Separation, ...] = ()
    rollout: Rollout
    external: Mapping[str, str] = Field(default_factory=dict)

    @property
    def steps(self) -> tuple[LibraryStep, ...]:
        """All steps in the order they usually come."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def questions(self) -> list[Question]:
        """The questions its flow asks, with their answers and chances."""
        return questions_in(self.flow)

    @property
    def practices(self) -> tuple[str, ...]:
        """The codes of the practices that answer its pains, the most named first."""
        named = [code for pain in self.pains for code in pain.practices]
        return tuple(sorted(dict.fromkeys(named), key=lambda code: -named.count(code)))

    def step(self, step_id: str) -> LibraryStep | None:
        """The step with that id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)

    def role(self, role_id: str) -> LibraryRole | None:
        """The role with that id, or None."""
        return next((role for role in self.roles if role.id == role_id), None)

    def raci(self) -> tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...]:
        """For each step: its id, who does it, who answers for it, who is consulted, who is informed (role ids)."""
        return tuple(
            (step.id, step.role, stage.accountable, step.consulted, step.informed)
            for stage in self.stages
            for step in stage.steps
        )


class Effects(Model):
    """Usual direction of an effect: `+` better, `-` worse, `0` neutral (`+` on cost means cheaper)."""

    time: Sign
    cost: Sign
    quality: Sign
    flexibility: Sign


class AskedOf(Model):
    """What a change asks of people, systems and the house, and of partners and customers outside it."""

    skills: tuple[Line, ...] = ()
    systems: tuple[Line, ...] = ()
    organisation: tuple[Line, ...] = ()
    partners: tuple[Line, ...] = ()
    customers: tuple[Line, ...] = ()


class PracticeEntry(Entry):
    """A way to redesign that has worked elsewhere: when it applies, what it changes, what it may break.

    `tier` says how far the program may go alone: `mechanical` when the inputs are measured, `proposal` for a person to
    confirm, `hint` where only a question is honest. `waste` is the kind of waste it removes. `could_fail` says why it
    may bring nothing, `risks` what it may cost where it works; `needs` are the conditions, `asked_of` what is to be
    made or learnt.
    """

    kind: Literal["practice"] = "practice"
    alias: Line
    group: Line
    definition: Prose
    trigger: Prose
    transformation: Prose
    effects: Effects
    guards: tuple[Line, ...] = Field(min_length=1)
    tier: Literal["mechanical", "proposal", "hint"]
    waste: Waste
    questions: tuple[Line, ...] = Field(min_length=1)
    could_fail: tuple[Line, ...] = Field(min_length=1)
    risks: tuple[Line, ...] = ()
    asked_of: AskedOf = AskedOf()
    needs: tuple[Line, ...] = Field(min_length=1)
    against: tuple[Code, ...] = ()


class EnablerEntry(Entry):
    """A technology that can help: where it fits, where it does not, how one would prove that it helped."""

    kind: Literal["enabler"] = "enabler"
    definition: Prose
    fits_when: tuple[Line, ...] = Field(min_length=1)
    needs: tuple[Line, ...] = Field(min_length=1)
    does_not_fit: tuple[Line, ...] = Field(min_length=1)
    proof: Line
    risk: Literal["low", "medium", "high"]
    risk_note: Line
    human_check: Line
    practices: tuple[Code, ...] = ()


class Figure(Model):
    """A published figure: context for a reader, never a target. `process` holds codes, or `all`."""

    id: Annotated[str, Field(pattern=r"^F\d{2}$")]
    process: tuple[Line, ...] = Field(min_length=1)
    measure: Line
    value: Line
    publisher: Line
    year: Line
    sample: Line
    where: Line
    how_known: Line
    confidence: Literal["high", "medium", "low-medium", "low", "single case"]
    caution: Line | None = None


AnyEntry = ProcessEntry | PracticeEntry | EnablerEntry
MODELS: dict[str, type[ProcessEntry] | type[PracticeEntry] | type[EnablerEntry]] = {
    "process": ProcessEntry,
    "practice": PracticeEntry,
    "enabler": EnablerEntry,
}


def entry_schema(kind: str | None = None) -> dict[str, Any]:
    """The JSON Schema of an entry of that kind (`process`, `practice`, `enabler`; None: any), for editors of YAML."""
    return MODELS[kind].model_json_schema() if kind else TypeAdapter(AnyEntry).json_schema()
