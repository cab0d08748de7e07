"""A value that is set, in a sentence of its own, where `Set the … of … to …` would not be how people say it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.process.values_in_words import value_in_words

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
        case "while_" | "while", str() if value:
            return f"{step} goes on while “{value}”."
        case "until", str() if value:
            return f"{step} ends when “{value}”."
    return ""
