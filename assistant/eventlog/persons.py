"""Whether a text looks like the name of one person."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.english.classes import GIVEN_NAMES
from assistant.english.tables import any_of

_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau)\.? )?"
_WORD = r"[^\W\d_][^\W\d_'’-]+(?:[-'’][^\W\d_]+)*"
_INITIALS = re.compile(rf"{_TITLE}(?:[A-Z]\. ?){{1,2}}{_WORD}|{_WORD},? (?:[A-Z]\. ?){{1,2}}|{_WORD}, [A-Z]")
_TITLED = re.compile(rf"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau)\.? {_WORD}(?: {_WORD})*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBERED = re.compile(rf"{any_of('person-in-log')}[ _.-]*\d+", re.I)
_WORDS = re.compile(r"[^\W\d_]+")
MOSTLY = 0.5


def is_person(value: str) -> bool:
    """Whether a text looks like one person: A. Berg, Berg, Anna, anna.berg, anna@…, Dr. Berg, User_17."""
    if any(pattern.fullmatch(value) for pattern in (_INITIALS, _TITLED, _MAIL, _NUMBERED)):
        return True
    words = _WORDS.findall(value)
    if not 1 <= len(words) <= 3 or re.search(r"[\d&/+]", value):
        return False
    known = [word.casefold() in GIVEN_NAMES for word in words]
    return known[0] or ("," in value and known[-1])


def hold_names(values: Collection[str]) -> bool:
    """Whether half of the values or more look like single persons."""
    return sum(map(is_person, values)) >= MOSTLY * len(values)
