"""Personal data in comments, beyond what the house masks everywhere: numbers people are known by, names in lower case
behind a title, and given names in a greeting. Nothing of it is quoted, named or sent."""

from __future__ import annotations

import re

from assistant.english.classes import GIVEN_NAMES
from assistant.language.redact import find_personal, mask

_KNOWN_BY = re.compile(
    r"\b(?:(?:customer|client|policy|contract|account|member(?:ship)?|patient|passport|insurance|claim|case|ticket|order"
    r"|booking|reservation|reference|invoice|tracking|licen[cs]e|student|employee|tax|social security|id)"
    r"[ -]?(?:number|no\b\.?|nr\b\.?|id\b|code|#)|passport|ssn|imei|iban|policy|customer|account)\s*(?:is|was|:|#)?\s*"
    r"(?P<id>(?=[A-Z0-9./-]*\d[A-Z0-9./-]*\d[A-Z0-9./-]*\d)[A-Z0-9][A-Z0-9./-]{2,30})",
    re.IGNORECASE,
)
_SOCIAL_SECURITY = re.compile(r"\b(?P<id>\d{3}-\d{2}-\d{4})\b")
_TITLED = re.compile(r"\b(?:mr|mrs|ms|herr|frau)\b\.? (?P<id>[^\W\d_]{3,30})", re.IGNORECASE)
_GREETED = re.compile(
    r"\b(?:hi|hello|hey|dear|thanks|thank you|regards|cheers),? (?P<id>[^\W\d_]{2,20})(?=\s*(?:[,.!\n]|$))",
    re.IGNORECASE,
)


def private(text: str) -> bool:
    """Whether a text holds personal data."""
    return bool(_more(text)) or bool(find_personal(text))


def masked(text: str) -> str:
    """The text with placeholders for personal data."""
    for start, end in reversed(_more(text)):
        text = f"{text[:start]}[HIDDEN]{text[end:]}"
    return mask(text).text


def _more(text: str) -> list[tuple[int, int]]:
    """From where to where numbers and names stand that the house does not mask."""
    spans = [match.span("id") for pattern in (_KNOWN_BY, _SOCIAL_SECURITY, _TITLED) for match in pattern.finditer(text)]
    spans += [match.span("id") for match in _GREETED.finditer(text) if match["id"].lower() in GIVEN_NAMES]
    spans.sort()
    return [span for at, span in enumerate(spans) if not at or span[0] >= spans[at - 1][1]]
