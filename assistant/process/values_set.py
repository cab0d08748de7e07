"""A value that is set, in a sentence of its own, where `Set the … of … to …` would not be how people say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assistant.process.durations import UNITS, humane
from assistant.process.figures import joined
from assistant.process.model import Measure
from assistant.process.values_in_words import value_in_words
from assistant.process.wait_causes import CAUSES

RoleName = Callable[[str], str]
KINDS = {"person": "a person", "group": "a group of people", "system": "a machine or a program",
         "external": "somebody from outside"}  # fmt: skip
"""Who a role stands for, as a reader would say it."""


def percent(share: float) -> str:
    """A share of the cases."""
    return f"{100 * share:.3g}%"


def of_role(field: str, value: Any) -> str:
    """What is new of a role."""
    return KINDS[value] if field == "kind" and value in KINDS else value_in_words(value)


def said_plainly(field: str, value: Any, step: str, role: RoleName) -> str:
    """What is so of a step now; empty for what has no sentence of its own."""
    match field, value:
        case "is_control", _:
            return f"{step} {'counts' if value else 'no longer counts'} as a check."
        case "with_roles", [_, *_]:
            return f"{step} is done together with {' and '.join(role(str(id_)) for id_ in value)}."
        case "p", float() | int():
            return f"Set the chance of {step} to {percent(value)}."
        case "error_rate", float() | int():
            return f"{step} goes wrong in {percent(value)} of cases."
        case "exception_rate", float() | int():
            return f"{step} is out of the ordinary in {percent(value)} of cases."
        case "wait_cause", "other":
            return f"Why {step} waits is not known."
        case "wait_cause", str() if value in CAUSES:
            return f"{step} waits because {CAUSES[value]}."
        case "while_" | "while", str() if value:
            return f"{step} goes on while “{value}”."
        case "until", str() if value:
            return f"{step} ends when “{value}”."
    return ""


def measures_told(known: Sequence[Measure], value: Any) -> str:
    """The times of the whole that were told anew."""
    now = [Measure.model_validate(measure) for measure in value or ()]
    new = [measure for measure in now if measure not in known and measure.unit in UNITS]
    of = {measure.id: "in all" if "ycle" in measure.name else f"of {measure.name.lower()}" for measure in new}
    told = [f"{humane(m.value * UNITS[m.unit])} {of[m.id]}" for m in new if m.value]
    return f"Noted how long a case takes: {joined(told)} (stated)." if told else ""
