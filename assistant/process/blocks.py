"""The blocks a process is made of: a tree, so that it cannot deadlock and always lays out.

    Sequence   steps one after the other (the only block that holds steps directly; never nested in itself)
    Task       one piece of work by one role
    Choice     exactly one branch is taken          AnyOf     one or more branches are taken
    Parallel   all branches are taken               Loop      `do`, then while the condition holds `redo` and `do`
    Wait       time passes or a message arrives     End       the case ends here with a named outcome
    Call       another process runs

In JSON a block is an object with one key, its kind: `{"task": {...}}`, `{"sequence": [...]}`. Ids of blocks and of
branches are unique in a process and stay the same across edits, because evidence points at them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from assistant.process.durations import Basis, Duration, Model, Positive, Span

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Id = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\s<>&\"'`\x00-\x1f]+$")]
Text = Annotated[str, Field(max_length=4000)]
ValueClass = Literal["VA", "BVA", "NVA"]
WaitCause = Literal["batching", "contention", "prioritisation", "unavailability", "external", "transfer", "other"]
_DAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
Days = Annotated[str, Field(pattern=rf"^{_DAY}(?:,{_DAY})*$")]
ROLE_LISTS = ("with_roles", "or_roles", "accountable", "consulted", "informed")
"""The fields of a task that name roles beside the one who does it."""
Medium = Literal["system", "portal", "email", "phone", "paper", "fax", "spreadsheet", "meeting", "physical"]


class Batch(Model):
    """Work collected before it is done: `size` cases at a time, or a run `every` so often, `on` these days of the week
    where they were told (`mon`, `tue,fri`)."""

    size: int | None = Field(default=None, ge=2, le=1_000_000)
    every: Duration | None = None
    on: Days | None = None
    reason: Text | None = None


class _Element(Model):
    """What every block carries: its id, where it was said, what it rests on, and a note."""

    id: Id
    span: Span | None = None
    basis: Basis | None = None
    note: Text | None = None


class Task(_Element):
    """One piece of work.

    `work` is hands-on time, `wait` the time the case lies before the work starts for a reason other than queueing for
    the role (that is simulated). `error_rate` is the chance that one execution leaves an error; `found_at` the task
    where it is discovered (the work is then done again). `value_class`: VA adds value for the customer, BVA is needed
    by the business, NVA neither. `legal_basis` names the law, audit or tax rule that protects a step. `receives`: the
    message goes from `contact` to this task, not the other way round.
    """

    block: Literal["task"] = Field(default="task", exclude=True, repr=False)
    name: Text
    role: Id | None = None
    with_roles: tuple[Id, ...] = ()
    or_roles: tuple[Id, ...] = ()
    accountable: tuple[Id, ...] = ()
    consulted: tuple[Id, ...] = ()
    informed: tuple[Id, ...] = ()
    system: Text | None = None
    medium: Medium | None = None
    reads: tuple[Id, ...] = ()
    writes: tuple[Id, ...] = ()
    work: Duration | None = None
    wait: Duration | None = None
    wait_cause: WaitCause | None = None
    batch: Batch | None = None
    setup: Duration | None = None
    cost: Positive | None = None
    error_rate: Share | None = None
    found_at: Id | None = None
    value_class: ValueClass | None = None
    is_control: bool = Field(default=False, validation_alias=AliasChoices("is_control", "control"))
    legal_basis: Text | None = Field(default=None, validation_alias=AliasChoices("legal_basis", "legal_ground"))
    contact: Text | None = None
    receives: bool = False
    physical: bool = False
    automation: Literal["manual", "assisted", "automatic"] | None = None
    rule_based: bool | None = None
    digital_input: bool | None = None
    language_heavy: bool | None = None
    judgement: bool | None = None
    exception_rate: Share | None = None
    repeats_external_check: Text | None = None
    same_performer_as: Id | None = None
    channels: tuple[Text, ...] = ()
    priority: int | None = None


class Branch(Model):
    """One way out of a choice, any-of or parallel block: its condition, its chance and what is done."""

    id: Id
    when: Text | None = None
    p: Share | None = None
    p_basis: Basis | None = None
    span: Span | None = None
    do: Sequence = Field(default_factory=lambda: Sequence())


def _branches(value: Any, prefix: str) -> Any:
    """Branches without an id get one from their block and place; a bare block is a branch that does it."""
    if not isinstance(value, list | tuple):
        return value
    done: list[Any] = []
    for number, item in enumerate(value, 1):
        if isinstance(item, Mapping):
            fields = dict(item) if {"do", "when", "p", "id"} & set(item) else {"do": item}
            fields.setdefault("id", f"{prefix}.{number}")
            done.append(fields)
        elif isinstance(item, list | tuple):
            done.append({"id": f"{prefix}.{number}", "do": item})
        else:
            done.append(item)
    return done


class _Split(_Element):
    branches: tuple[Branch, ...] = Field(min_length=1, max_length=500)

    @model_validator(mode="before")
    @classmethod
    def _name_branches(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and "branches" in data:
            return {**data, "branches": _branches(data["branches"], str(data.get("id", "")))}
        return data


class Choice(_Split):
    """Exactly one branch is taken; `question` is what decides, `p` on the branches how often each is taken.

    `event_based`: nobody decides; the branch is taken whose first step, a wait, is over first.
    """

    block: Literal["choice"] = Field(default="choice", exclude=True, repr=False)
    question: Text = ""
    event_based: bool = False


class AnyOf(_Split):
    """One or more branches are taken, each with its own chance `p`."""

    block: Literal["any_of"] = Field(default="any_of", exclude=True, repr=False)
    question: Text = ""


class Parallel(_Split):
    """All branches are taken at the same time; the case goes on when the last one is done."""

    block: Literal["parallel"] = Field(default="parallel", exclude=True, repr=False)


class Loop(_Element):
    """`do` once; while the condition `while_` holds (chance `p` each time), `redo` and then `do` again.

    `question` is what is asked after `do`; `until` is the answer that ends the loop.
    """

    block: Literal["loop"] = Field(default="loop", exclude=True, repr=False)
    do: Sequence = Field(default_factory=lambda: Sequence())
    while_: Text = Field(default="", alias="while")
    p: Share | None = None
    p_basis: Basis | None = None
    redo: Sequence = Field(default_factory=lambda: Sequence())
    until: Text | None = None
    question: Text = ""


class Wait(_Element):
    """Time passes (`event` timer) or something arrives from outside (`event` message, from party `contact`)."""

    block: Literal["wait"] = Field(default="wait", exclude=True, repr=False)
    name: Text = ""
    event: Literal["timer", "message"] = "timer"
    duration: Duration | None = None
    wait_cause: WaitCause | None = None
    contact: Text | None = None
    role: Id | None = None


class End(_Element):
    """The case ends here. `negative` says whether that is a refusal or failure (unknown: None).

    `terminates`: said on purpose that it stops everything that still runs beside it.
    """

    block: Literal["end"] = Field(default="end", exclude=True, repr=False)
    outcome: Text
    negative: bool | None = None
    terminates: bool = False
    role: Id | None = None


class Call(_Element):
    """Another process runs: a subprocess kept in this process (`process` is its id) or one that is only named."""

    block: Literal["call"] = Field(default="call", exclude=True, repr=False)
    name: Text
    process: Text | None = None
    role: Id | None = None
    work: Duration | None = None
    wait: Duration | None = None


KINDS = ("task", "sequence", "choice", "any_of", "parallel", "loop", "wait", "end", "call")


def _unwrap(value: Any) -> Any:
    """From `{"task": {...}}` to the fields with their kind; a value already built passes through."""
    if isinstance(value, Model):
        return value
    if not isinstance(value, Mapping):
        raise PydanticCustomError("block", 'a block is an object with one key, its kind, such as {{"task": ...}}')
    if "block" in value:
        return value
    keys = list(value)
    if len(keys) != 1 or keys[0] not in KINDS or keys[0] == "sequence":
        found = ", ".join(map(str, keys[:3])) or "nothing"
        raise PydanticCustomError(
            "block", "a block is an object with one key out of {kinds}; found {found}",
            {"kinds": ", ".join(KINDS), "found": found},
        )  # fmt: skip
    kind, body = keys[0], value[keys[0]]
    if isinstance(body, Model):
        return body
    if kind == "parallel" and isinstance(body, list | tuple):
        body = {"branches": body}
    if not isinstance(body, Mapping):
        raise PydanticCustomError("block", "the body of a {kind} is an object", {"kind": kind})
    return {"block": kind, **body}


Step = Annotated[
    Annotated[
        Task | Choice | AnyOf | Parallel | Loop | Wait | End | Call,
        Field(discriminator="block"),
    ],
    BeforeValidator(_unwrap),
]


class Sequence(Model):
    """Steps one after the other; may be empty. In JSON `{"sequence": [...]}`; a bare list or block is read too."""

    items: tuple[Step, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_json(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and set(data) <= {"items"}:
            return data
        return {"items": tuple(_flat(data, 0))}

    @model_serializer
    def _to_json(self) -> dict[str, Any]:
        return {"sequence": [wrapped(item) for item in self.items]}


def _flat(data: Any, depth: int) -> list[Any]:
    """The steps of `data`, sequences within sequences opened."""
    if depth > 60:
        raise PydanticCustomError("depth", "blocks are nested more than 60 deep")
    if data is None:
        return []
    if isinstance(data, Sequence):
        return list(data.items)
    if isinstance(data, Mapping) and set(data) == {"sequence"}:
        data = data["sequence"]
        if not isinstance(data, list | tuple):
            raise PydanticCustomError("block", "a sequence is a list of blocks")
    if isinstance(data, list | tuple):
        return [step for item in data for step in _flat(item, depth + 1)]
    return [data]


def wrapped(step: Block) -> dict[str, Any]:
    """A block as its JSON object with one key."""
    if isinstance(step, Sequence):
        return step.document()
    return {step.block: step.document()}


Split = Choice | AnyOf | Parallel
Block = Task | Choice | AnyOf | Parallel | Loop | Wait | End | Call | Sequence

Branch.model_rebuild()
for _model in (Choice, AnyOf, Parallel, Loop):
    _model.model_rebuild()
