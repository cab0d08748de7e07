"""What all practices share: how one is described, and the small tools with which it turns a finding into edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.process.blocks import Task, Wait
from assistant.process.durations import Basis, Duration, humane
from assistant.process.edits import Edit, SetValue
from assistant.process.questions import NAMELESS
from assistant.process.tree import fresh_id, ids
from assistant.redesign.detectors.causes import prescribed
from assistant.redesign.shapes import Evidence, Finding, Tier
from assistant.redesign.view import View
from assistant.redesign.words import percent

PRIORS = {"eliminate": 1.0, "simplify": 0.9, "combine": 0.8, "other": 0.75, "automate": 0.7}
"""How early a kind of change is tried: first do without, automate last (Page; ESIA)."""


@dataclass(frozen=True)
class Draft:
    """What a practice makes of a finding: the edits, in words and figures. `doubt` turns it into a question instead;
    `assumes` says what has to hold for it, where that was not told."""

    title: str
    elements: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    figures: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    doubt: str = ""
    enablers: tuple[str, ...] = ()
    keeps_roles: bool = True
    assumes: str = ""


Answer = Callable[[View, Finding], Draft | None]


@dataclass(frozen=True)
class Practice:
    """One of the 29 practices; what is said of it stands in its entry of the library (see `shelf`).

    `answers` holds, by kind of finding, how it becomes edits; `asks` the question a person must answer where the
    practice is never applied by itself. `small` practices keep roles and systems as they are.
    """

    code: str
    name: str
    tier: Tier
    family: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    asks: str = ""
    against: tuple[str, ...] = ()
    small: bool = False

    @property
    def prior(self) -> float:
        """How early it is tried, 0 to 1."""
        return PRIORS[self.family]


def estimate(text: str, value: Any = None, unit: str = "") -> Evidence:
    """A figure we put in ourselves, marked as an estimate."""
    return Evidence(text, value, unit, Basis.ESTIMATED.value)


def from_library(text: str, value: Any = None, unit: str = "") -> Evidence:
    """A figure from the library of practices."""
    return Evidence(text, value, unit, Basis.LIBRARY.value)


def scaled(duration: Duration, factor: float, note: str, basis: Basis = Basis.ESTIMATED) -> dict[str, Any]:
    """A duration with every value times `factor`, as data for an edit, with its new basis and note."""
    data = duration.document()
    for key in ("value", "mean", "sd", "low", "mode", "high"):
        if key in data:
            data[key] = round(data[key] * factor, 9)
    if "values" in data:
        data["values"] = [round(value * factor, 9) for value in data["values"]]
    data.pop("span", None)
    return {**data, "basis": basis.value, "note": note}


def fixed(seconds: float, note: str, basis: Basis = Basis.ESTIMATED) -> dict[str, Any]:
    """A constant duration in minutes, as data for an edit."""
    return {"kind": "fixed", "value": round(seconds / 60, 4), "unit": "min", "basis": basis.value, "note": note}


def shorter_wait(
    view: View, step: Task | Wait, factor: float, note: str
) -> tuple[tuple[Edit, ...], tuple[Evidence, ...]]:
    """Edits that leave `factor` of a step's wait, and the figure that says so. Nothing when no wait is stated,
    or when a rule or the customer's right sets it."""
    where = "duration" if isinstance(step, Wait) else "wait"
    now = step.duration if isinstance(step, Wait) else step.wait
    if prescribed(view, step):
        return (), ()
    if now is None or now.mean_seconds <= 0:
        return (), ()
    if factor <= 0:
        edits: tuple[Edit, ...] = (SetValue(id=step.id, field=where, value=None, why=note),)
    else:
        edits = (SetValue(id=step.id, field=where, value=scaled(now, factor, note), why=note),)
    before = "" if NAMELESS.match(step.name or "wait") else f" before {step.name}"
    told = f"wait{before}: {humane(now.mean_seconds)} becomes {humane(now.mean_seconds * factor)}"
    told = f"{told} ({percent(factor)} left; {note})" if factor > 0 else f"{told} ({note})"
    return edits, (estimate(told, round(now.mean_seconds * factor, 1), "s"),)


def fresh(view: View, stem: str, also: Iterable[str] = ()) -> str:
    """An id that is free in the process and not among `also`."""
    return fresh_id(stem, ids(view.process) | {role.id for role in view.process.roles} | set(also))


def at(place: Mapping[str, Any], key: str) -> str:
    """A detail of a finding as text."""
    return str(place.get(key, ""))


def lost_with(view: View, task: Task) -> tuple[str, ...]:
    """What a control caught: the errors found at it, the data it looked at, the way it sent cases."""
    told = [
        f"{task.name} finds errors of {known.name} ({percent(known.error_rate or 0)} of cases)"
        for known in view.tasks.values()
        if known.error_rate and known.found_at == task.id
    ]
    names = {data.id: data.name for data in view.process.data}
    if task.reads and not told:
        told.append(f"{task.name} looked at {', '.join(names.get(name, name) for name in task.reads)}")
    after = view.next_of(task.id) if task.id in view.spots else None
    for branch in getattr(after, "branches", ()):
        if branch.p is not None and branch.p <= 0.5 and branch.do.items:
            told.append(f"it sent {percent(branch.p)} of cases to: {branch.when or branch.id}")
    return tuple(told) or (f"{task.name}: what it caught is not known; ask before it goes",)


def unfound(view: View, task: Task, instead: str | None = None) -> tuple[Edit, ...]:
    """Edits for the steps whose errors were found at a task that goes: found at another one, or at the next control."""
    return tuple(
        SetValue(id=known.id, field="found_at", value=instead, why=f"{task.name} is no longer there to find it")
        for known in view.tasks.values()
        if known.found_at == task.id and known.id != task.id
    )
