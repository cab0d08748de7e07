"""Columns that name single persons, told by their name or by what they hold: people are never set apart or ranked."""

from __future__ import annotations

import re

from assistant.eventlog.columns import NAMES, plain_name
from assistant.eventlog.persons import hold_names
from assistant.eventlog.read_log import Log

_GROUP = re.compile(
    r"team|group|gruppe|dep(ar)?t|abteilung|unit|role|rolle|type|kind|level|region|country|office|branch|segment|class|"
    r"category|channel|site|location|product|carrier|supplier|vendor"
)
_PERSON = re.compile(
    r"\b(user|employee|agent|handler|responsible|owner|assignee|assigned|person|clerk|worker|performer|operator|staff|"
    r"doctor|physician|nurse|surgeon|approver|reviewer|technician|advis[eo]r|consultant|author|originator|initiator|"
    r"requester|creator|editor|salesperson|rep|representative|manager|supervisor|officer|adjuster|caseworker|engineer|"
    r"driver|teller|executor|processor|resource|name|surname|username|login|e?mail|bearbeiter\w*|sachbearbeiter\w*|"
    r"mitarbeiter\w*|benutzer\w*|verantwortlich\w*|zustandig\w*|medewerker|by)\b"
)
MOST = 5_000


def names_people(log: Log, column: str) -> bool:
    """Whether a column names single persons: it is called so, holds names, or is another name for the resource."""
    kind = next((kind for kind, name in log.columns.items() if name == column or kind == column), "")
    if kind == "resource" or _called_so(column):
        return True
    values = log.values(column, MOST)
    return bool(values) and (hold_names(values) or _mirrors_resource(log, column))


def _called_so(column: str) -> bool:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[\W_]+", " ", column).lower()
    plain = plain_name(column)
    if _GROUP.search(plain):
        return False
    return plain in NAMES["resource"] or bool(_PERSON.search(spaced.replace("ä", "a")))


def _mirrors_resource(log: Log, column: str) -> bool:
    """Whether each value stands for one resource and the other way round, as a personnel number does."""
    if "resource" not in log.columns or _GROUP.search(plain_name(column)):
        return False
    pairs = log.pairs(column, "resource", MOST)
    sides = {value for value, _ in pairs}, {resource for _, resource in pairs}
    return len(pairs) > 2 and len(sides[0]) == len(pairs) == len(sides[1]) and hold_names(sides[1])
