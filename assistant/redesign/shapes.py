"""What the redesign engine says: findings, proposals, alternatives and their effects, as values that do not change.

`document()` gives the JSON shapes promised for `redesign --json`; more keys may be there, none is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assistant.process.codec import dumps
from assistant.process.durations import Basis
from assistant.process.edits import Edit, edit_document
from assistant.process.model import Process

Tier = Literal["mechanical", "proposal", "hint"]
Stance = Literal["small steps", "rethink", "technology first", "as decided"]
Figure = float | int | str | None
DIMENSIONS = ("time", "cost", "quality", "flexibility")
COMPUTED = "computed"
INFERRED = "inferred"
"""What follows from how the process is drawn; nobody said it in words."""


@dataclass(frozen=True)
class Evidence:
    """One thing that was seen: in words, its value with unit, what it rests on (`computed`: from the rest)."""

    text: str
    value: Figure = None
    unit: str = ""
    basis: str = Basis.STATED.value

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {"text": self.text, "value": self.value, "unit": self.unit, "basis": self.basis}


@dataclass(frozen=True)
class Quote:
    """Words of the story a finding rests on: characters `start` to `end`, and the words."""

    start: int
    end: int
    text: str

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True)
class Finding:
    """Something that hurts: where, why we say so, what might help, and how much of time or cost it explains.

    `share` (0 to 1) is of the expected `share_of` (time or cost) of a case; None where it explains neither.
    `confidence` (0 to 1) follows from the weakest basis of the evidence. `waste` is the lean waste it belongs to.
    `themes` are ids of customers' themes about the same steps. `details` carries what the practices need, by name; it
    is not shown.
    """

    id: str
    kind: str
    title: str
    elements: tuple[str, ...]
    because: tuple[Evidence, ...]
    practices: tuple[str, ...]
    confidence: float
    share: float | None = None
    share_of: Literal["time", "cost"] | None = None
    waste: str = ""
    quotes: tuple[Quote, ...] = ()
    themes: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def quoting(self, quotes: tuple[Quote, ...]) -> Finding:
        """The same finding with the words it rests on."""
        return replace(self, quotes=tuple(dict.fromkeys((*self.quotes, *quotes))))

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "elements": list(self.elements),
            "because": [evidence.document() for evidence in self.because],
            "practices": list(self.practices),
            "confidence": round(self.confidence, 2),
            "share": None if self.share is None else round(self.share, 4),
            "share_of": self.share_of,
            "waste": self.waste,
            "quotes": [quote.document() for quote in self.quotes],
            "themes": list(self.themes),
        }


MOST_NAMED = 3
"""Steps that a sentence names: who reads a fourth has lost the first."""


def meant(finding: Finding) -> tuple[str, ...]:
    """The steps that what was told speaks of, where that is known; else all the finding has to do with."""
    return tuple(finding.details.get("meant") or finding.elements)


@dataclass(frozen=True)
class Needs:
    """What a change needs to work: skills, systems, organisation, and what partners and customers must accept."""

    skills: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()

    def document(self) -> dict[str, list[str]]:
        """As JSON data."""
        return {name: list(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Shown:
    """A figure with the sum it comes from: `counts` says in words of what, `assumed` names the figures nobody told."""

    text: str
    result: str
    counts: str = ""
    assumed: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self.__dict__, "assumed": list(self.assumed)}


@dataclass(frozen=True)
class Plan:
    """How a change is run: who may decide it and who begins (names of the story; empty: nobody was named).

    On which `day` of the first month, by which `rules`, for which cases otherwise (`unless`: case, what is done),
    and its `risks`, each with what is done when it comes true. `brings` are sums that were worked out again.
    """

    decides: str = ""
    begins: str = ""
    day: int = 0
    rules: tuple[str, ...] = ()
    unless: tuple[tuple[str, str], ...] = ()
    risks: tuple[tuple[str, str], ...] = ()
    brings: tuple[Shown, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            **self.__dict__,
            "rules": list(self.rules),
            "unless": [list(pair) for pair in self.unless],
            "risks": [list(pair) for pair in self.risks],
            "brings": [brought.document() for brought in self.brings],
        }


@dataclass(frozen=True)
class Decision:
    """What is to be decided, in a sentence; what that brings, what it costs and what is given up for it."""

    text: str
    brings: str = ""
    costs: str = ""
    gives_up: str = ""

    def document(self) -> dict[str, str]:
        """As JSON data."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Proposal:
    """One change: the edits that make it, why, by which practice, what it needs and how it could fail.

    `own`: a language model thought of it; `instead_of` are ids of proposals that are other forms of the same idea.
    `effects` are the practice's usual directions (+ better, - worse, 0 neutral); sizes come from simulation only.
    `figures` says by which figure each time or chance was changed. `because` holds ids of findings. `assumes` says what
    has to hold for it where that was not told; such a change promises no size. `inherits`: steps that get the wait
    before steps that go, with the ids of these. `beside`: figures that only move along with what is changed.
    """

    id: str
    practice: str
    name: str
    title: str
    elements: tuple[str, ...]
    edits: tuple[Edit, ...]
    because: tuple[str, ...]
    effects: Mapping[str, str]
    tier: Tier
    risks: tuple[str, ...]
    failure: tuple[str, ...]
    needs: Needs
    guards: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    figures: tuple[Evidence, ...] = ()
    enablers: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: float = 0.5
    keeps_roles: bool = True
    prior: float = 0.75
    own: bool = False
    instead_of: tuple[str, ...] = ()
    first: str = ""
    plan: Plan = Plan()
    assumes: str = ""
    inherits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def granted(self) -> str:
        """What the change takes for granted, as a sentence; empty where nothing."""
        return f"It takes for granted that {self.assumes}." if self.assumes else ""

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        plain = {
            name: list(getattr(self, name))
            for name in ("elements", "because", "risks", "failure", "guards", "cites", "enablers", "caught",
                         "conflicts", "notes")
        }  # fmt: skip
        words = ("id", "practice", "name", "title", "tier", "first", "assumes")
        return {
            **{name: getattr(self, name) for name in words},
            **plain,
            "edits": [edit_document(edit) for edit in self.edits],
            "figures": [figure.document() for figure in self.figures],
            "effects": dict(self.effects),
            "confidence": round(self.confidence, 2),
            "needs": self.needs.document(),
            "plan": self.plan.document(),
        }


@dataclass(frozen=True)
class Effect:
    """One dimension before and after. `change` is after - before; `low` and `high` bound it where it is simulated:
    over what the figures that nobody gave could be as well as over chance. `chance_low` and `chance_high` (95 %) give
    the simulation's part alone; `depends` names the unknown figure that decides most.

    `better` is True, False or, where the interval of the change holds zero, nothing is known or the change is too small
    to count (`small`), None. `basis` is `simulated`, `computed` (a structural index) or `unknown`; `rests_on` the
    weakest basis of the inputs. `through` is the change for cases that run through, where others end on the way.
    """

    dimension: str
    measure: str
    unit: str
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None
    better: bool | None
    basis: str
    rests_on: str
    reason: str
    small: bool = False
    chance_low: float | None = None
    chance_high: float | None = None
    depends: str = ""
    through: float | None = None

    @property
    def relative(self) -> float | None:
        """The change as a share of the value before; None when that is 0 or unknown."""
        return self.change / self.before if self.change is not None and self.before else None

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Verdict:
    """The balanced judgement: a word (`better`, `worse`, `mixed`, `no evidence`) and the sentence that says why."""

    word: str
    why: str

    def __str__(self) -> str:
        return f"{self.word}: {self.why}" if self.why else self.word


@dataclass(frozen=True)
class Alternative:
    """One way the process could run: the proposals taken, in order, and what simulation says of them together.

    `process` is exactly the process of today with all edits of the proposals applied, in order. `by_software` says of
    each step that goes to software what it must be good for (`redesign.software`), `by_people` what stays with people.
    """

    name: str
    stance: Stance
    proposals: tuple[Proposal, ...]
    process: Process
    effects: Mapping[str, Effect]
    verdict: str
    word: str
    guards: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    dominated: bool = False
    by_software: tuple[Any, ...] = ()
    by_people: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits, in the order they are applied."""
        return tuple(edit for proposal in self.proposals for edit in proposal.edits)

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            "name": self.name,
            "stance": self.stance,
            "proposals": [proposal.document() for proposal in self.proposals],
            "process": process_document(self.process),
            "effects": {name: effect.document() for name, effect in self.effects.items()},
            "verdict": self.verdict,
            "word": self.word,
            "guards": list(self.guards),
            "dropped": list(self.dropped),
            "conflicts": list(self.conflicts),
            "dominated": self.dominated,
            "by_software": [step.document() for step in self.by_software],
            "by_people": list(self.by_people),
        }


@dataclass(frozen=True)
class Decided:
    """One decision on a proposal: what became of it (`taken over`, `turned down`, `still open`), why it was made, and
    what whoever decided said to it."""

    title: str
    became: str
    why: str = ""
    said: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return dict(vars(self))


@dataclass(frozen=True)
class Filled:
    """One figure nobody gave, put in so that the process can be played: what, where, and where it comes from."""

    element: str
    field: str
    value: Any
    unit: str
    basis: Basis
    source: str

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self.__dict__, "basis": self.basis.value}


@dataclass(frozen=True)
class Completed:
    """A process that can be played, what was filled in, and the share of its expected time that rests on that.

    `elapsed_filled` and `work_filled` (0 to 1): of the expected elapsed and hands-on time of a case.
    """

    process: Process
    filled: tuple[Filled, ...]
    edits: tuple[Edit, ...]
    elapsed_filled: float
    work_filled: float


def process_document(process: Process) -> dict[str, Any]:
    """A process as JSON data, with its schema."""
    import json

    loaded: dict[str, Any] = json.loads(dumps(process))
    return loaded
