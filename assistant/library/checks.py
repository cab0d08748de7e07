"""What a library entry can get wrong beyond its shape: references that lead nowhere and names that break the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from pydantic import ValidationError

from assistant.library.entries import AnyEntry, PracticeEntry, ProcessEntry
from assistant.library.flow import steps_in
from assistant.library.template import template
from assistant.library.values import ESTIMATE
from assistant.process.unsound_trees import flaws

FORMS = frozenset({"constrained-str", "ChoiceItem", "LoopItem", "ParallelItem", "WaitItem", "EndItem"})
"""What an item of a flow is tried as, as a validation calls it."""
NO_BLOCK = "no_block"
_GROUND = re.compile(r"\b[SF]\d{1,2}\b")


class Problem(NamedTuple):
    """One fault: the file (or entry id), the field, and what is wrong with it."""

    file: str
    field: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.text}" if self.field else f"{place}: {self.text}"


def explain(error: ValidationError, file: str) -> list[Problem]:
    """The faults of a validation in words a library author understands."""
    found = []
    faults = _meant(error.errors(include_url=False, include_input=False))
    # A misspelt field comes first: it explains why another one is missing.
    for fault in sorted(faults, key=lambda fault: fault["type"] != "extra_forbidden")[:20]:
        place = fault["loc"]
        if any(other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in faults):
            continue  # a list counts as too short because of what is wrong within it
        field = ".".join(str(part) for part in _named(fault["loc"])) or "the entry"
        found.append(Problem(file, field, _in_words(fault)))
    return found


def _meant(faults: Sequence[Any]) -> list[Any]:
    """The faults of what an author meant: an item of a flow is tried as a step and as each block, and only what is
    wrong with the one it is counts."""
    others: dict[tuple[Any, ...], set[str]] = {}
    tried: dict[tuple[Any, ...], set[str]] = {}
    for fault in faults:
        loc = fault["loc"]
        for place in (place for place, part in enumerate(loc) if _is_form(part)):
            tried.setdefault(loc[:place], set()).add(loc[place])
            if len(loc) == place + 1 or (len(loc) == place + 2 and fault["type"] == "missing"):
                others.setdefault(loc[:place], set()).add(loc[place])
    lost = {place for place, forms in tried.items() if forms == others.get(place)}
    kept: list[Any] = []
    for fault in faults:
        loc = fault["loc"]
        forms = [(loc[:place], part) for place, part in enumerate(loc) if _is_form(part)]
        none = next((place for place, _ in forms if place in lost), None)
        outer = [form for form in forms if none is None or len(form[0]) < len(none)]
        if any(part in others.get(place, ()) for place, part in outer):
            continue
        fault = fault if none is None else {"type": NO_BLOCK, "loc": none, "msg": ""}
        kept += [fault] if fault not in kept else []
    return kept


def _is_form(part: Any) -> bool:
    """Whether a part of a fault's place is a form that was tried, not a field of the author's."""
    return part in FORMS


def _named(loc: Iterable[Any]) -> list[Any]:
    """A place by the fields an author wrote."""
    return [part for part in loc if not _is_form(part)]


def _in_words(fault: Any) -> str:
    """What pydantic found, in words an author knows; its own words where they are plain already."""
    told = fault.get("ctx", {})
    words = {
        "extra_forbidden": "there is no such field",
        "missing": "is missing",
        "string_type": "must be text; put it in quotes if it looks like a number or a yes",
        "string_too_short": "must not be empty",
        "string_too_long": f"is longer than {told.get('max_length')} characters",
        "too_short": f"needs at least {told.get('min_length')}",
        "too_long": f"has more than {told.get('max_length')}",
        "literal_error": f"must be one of: {told.get('expected')}",
        "string_pattern_mismatch": "does not have the form such a name or number has; `assistant library new` shows it",
        "tuple_type": "must be a list: each item on a line of its own that begins with `- `",
        "model_type": "must be a group of fields, each `name: value`",
        "float_parsing": "must be a number",
        "less_than_equal": f"must be at most {told.get('le')}",
        "greater_than_equal": f"must be at least {told.get('ge')}",
        NO_BLOCK: "must be the id of a step, or one block: choice, loop, parallel, wait or end",
        "date_from_datetime_parsing": "must be a day such as 2027-03-31",
        "date_type": "must be a day such as 2027-03-31",
    }
    return str(words.get(fault["type"], fault["msg"])).removeprefix("Value error, ")


def references(
    entry: AnyEntry, codes: Iterable[str], figures: Iterable[str], file: str = "", *, flow: bool = True
) -> list[Problem]:
    """References of an entry that lead nowhere. `codes` are those of all practices and enablers in the library.

    `flow=False` leaves out what is wrong with the flow in itself, for an entry of which that was looked at before.
    """
    known = frozenset(codes)
    if isinstance(entry, ProcessEntry):
        faults: Iterable[tuple[str, str]] = _process(entry, known, frozenset(figures))
        faults = chain(_flow(entry), faults) if flow else faults
    elif isinstance(entry, PracticeEntry):
        faults = _unknown("against", entry.against, known, "practice")
    else:
        faults = _unknown("practices", entry.practices, known, "practice")
    return [Problem(file or entry.id, field, text) for field, text in faults]


def _process(entry: ProcessEntry, codes: frozenset[str], figures: frozenset[str]) -> Iterator[tuple[str, str]]:
    steps = [step.id for step in entry.steps]
    roles, data = {role.id for role in entry.roles}, {item.id for item in entry.data}
    yield from _twice("stages", [*steps, *(stage.id for stage in entry.stages)])
    yield from _twice("roles", [role.id for role in entry.roles])
    yield from _twice("data", [item.id for item in entry.data])
    for stage in entry.stages:
        yield from _unknown(f"stages.{stage.id}.accountable", (stage.accountable,), roles, "role")
        for step in stage.steps:
            yield from _unknown(f"{step.id}.role", (step.role, *step.consulted, *step.informed), roles, "role")
            yield from _unknown(f"{step.id}.reads/writes", (*step.reads, *step.writes), data, "data object")
    for pair in entry.separations:
        yield from _unknown("separations", (pair.a, pair.b), set(steps), "step")
    for pain in entry.pains:
        yield from _unknown("pains", (*pain.practices, *pain.enablers), codes, "practice or enabler")
    yield from _unknown("enablers", (item.enabler for item in entry.enablers), codes, "enabler")
    yield from _unknown("kpis.benchmark", (kpi.benchmark for kpi in entry.kpis if kpi.benchmark), figures, "figure")
    grounds = {*figures, *(source.id for source in entry.sources)}
    for basis in dict.fromkeys(_bases(entry)):
        named = _GROUND.findall(basis)
        yield from _unknown("basis", named, grounds, "source or figure")
        if not named and basis != ESTIMATE:
            yield "basis", f"{basis!r} names no source, no figure and is not `{ESTIMATE}`"


def _flow(entry: ProcessEntry) -> Iterator[tuple[str, str]]:
    """What is wrong with the flow as a tree: steps left out, twice or unknown, ends that leave siblings running."""
    if not entry.flow:
        yield "flow", "is missing: the steps as a tree, so that the template can be drawn and started from"
        return
    steps, named = [step.id for step in entry.steps], steps_in(entry.flow)
    yield from _twice("flow", named)
    yield from _unknown("flow", named, set(steps), "step")
    for step_id in steps:
        if step_id not in named:
            yield "flow", f"the step {step_id!r} stands nowhere in it"
    if set(named) == set(steps) and len(named) == len(steps):
        yield from (("flow", flaw.text) for flaw in flaws(template(entry)))


def _bases(entry: ProcessEntry) -> Iterator[str]:
    for step in entry.steps:
        yield step.basis
        yield from (time.basis for time in (step.work, step.wait) if time)
    yield from (branch.basis for question in entry.questions for branch in question.branches)
    yield from (item.basis for item in entry.exceptions)
    yield from (kpi.basis for kpi in entry.kpis)


def _unknown(field: str, named: Iterable[str], known: Iterable[str], what: str) -> Iterator[tuple[str, str]]:
    there = set(known)
    for name in dict.fromkeys(named):
        if name not in there:
            yield field, f"there is no {what} {name!r}"


def _twice(field: str, names: list[str]) -> Iterator[tuple[str, str]]:
    for name, count in Counter(names).items():
        if count > 1:
            yield field, f"the id {name!r} is used {count} times"
