"""Columns that name single persons, told by their name or by what they hold: people are never set apart or ranked."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.english.classes import GIVEN_NAMES
from assistant.eventlog.columns import NAMES, plain_name
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
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau)\.? )?"
_WORD = r"[^\W\d_][^\W\d_'’-]+(?:[-'’][^\W\d_]+)*"
_INITIALS = re.compile(rf"{_TITLE}(?:[A-Z]\. ?){{1,2}}{_WORD}|{_WORD},? (?:[A-Z]\. ?){{1,2}}|{_WORD}, [A-Z]")
_TITLED = re.compile(rf"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau)\.? {_WORD}(?: {_WORD})*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBERED = re.compile(
    r"(?:user|usr|employee|emp|agent|res|resource|clerk|worker|staff|person|operator|nurse|doctor)[ _.-]*\d+", re.I
)
_WORDS = re.compile(r"[^\W\d_]+")
MOST, MOSTLY = 5_000, 0.5


def names_people(log: Log, column: str) -> bool:
    """Whether a column names single persons: it is called so, holds names, or is another name for the resource."""
    kind = next((kind for kind, name in log.columns.items() if name == column or kind == column), "")
    if kind == "resource" or _called_so(column):
        return True
    values = log.values(column, MOST)
    return bool(values) and (_hold_names(values) or _mirrors_resource(log, column))


def _called_so(column: str) -> bool:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[\W_]+", " ", column).lower()
    plain = plain_name(column)
    if _GROUP.search(plain):
        return False
    return plain in NAMES["resource"] or bool(_PERSON.search(spaced.replace("ä", "a")))


def _hold_names(values: Collection[str]) -> bool:
    return sum(map(is_person, values)) >= MOSTLY * len(values)


def is_person(value: str) -> bool:
    """Whether a text looks like one person: A. Berg, Berg, Anna, anna.berg, anna@…, Dr. Berg, User_17."""
    if any(pattern.fullmatch(value) for pattern in (_INITIALS, _TITLED, _MAIL, _NUMBERED)):
        return True
    words = _WORDS.findall(value)
    if not 1 <= len(words) <= 3 or re.search(r"[\d&/+]", value):
        return False
    known = [word.casefold() in GIVEN_NAMES for word in words]
    return known[0] or ("," in value and known[-1])


def _mirrors_resource(log: Log, column: str) -> bool:
    """Whether each value stands for one resource and the other way round, as a personnel number does."""
    if "resource" not in log.columns or _GROUP.search(plain_name(column)):
        return False
    pairs = log.pairs(column, "resource", MOST)
    sides = {value for value, _ in pairs}, {resource for _, resource in pairs}
    return len(pairs) > 2 and len(sides[0]) == len(pairs) == len(sides[1]) and _hold_names(sides[1])
