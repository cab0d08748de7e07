"""Personal data in comments, beyond what the house masks everywhere: numbers people are known by, names in lower case
behind a title, and given names in a greeting. Nothing of it is quoted, named or sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.english.classes import GIVEN_NAMES
from assistant.gateway.redact import Found, find_personal

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


class Hidden(NamedTuple):
    """A text with placeholders for personal data, and what each stands for: from where to where it stands in the
    hidden text, and from where to where in the text as it came."""

    text: str
    spans: tuple[tuple[int, int, int, int], ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """From where to where a piece of the hidden text stands in the text as it came; a placeholder that the piece
        touches counts whole."""
        return self._back(start, False), self._back(end, True)

    def _back(self, at: int, ends: bool) -> int:
        moved = 0
        for start, end, first, last in self.spans:
            if at < start or (at == start and not ends):
                break
            if at < end or (at == end and ends):
                return last if ends and at > start else first
            moved = last - end
        return at + moved


def hidden(text: str) -> Hidden:
    """The text with placeholders for personal data, and where each stands in both."""
    more = [Found(start, end, "HIDDEN") for start, end in _more(text)]
    spans: list[tuple[int, int, int, int]] = []
    pieces: list[str] = []
    at = length = 0
    for start, end, kind in sorted([*more, *_apart(find_personal(text), more)]):
        placeholder = f"[{kind}]"
        pieces += [text[at:start], placeholder]
        length += start - at
        spans.append((length, length + len(placeholder), start, end))
        length, at = length + len(placeholder), end
    return Hidden("".join([*pieces, text[at:]]), tuple(spans))


def _apart(found: Iterable[Found], others: Sequence[Found]) -> list[Found]:
    """What does not overlap any of the others."""
    return [part for part in found if all(part.end <= other.start or part.start >= other.end for other in others)]


def masked(text: str) -> str:
    """The text with placeholders for personal data."""
    return hidden(text).text


def _more(text: str) -> list[tuple[int, int]]:
    """From where to where numbers and names stand that the house does not mask."""
    spans = [match.span("id") for pattern in (_KNOWN_BY, _SOCIAL_SECURITY, _TITLED) for match in pattern.finditer(text)]
    spans += [match.span("id") for match in _GREETED.finditer(text) if match["id"].lower() in GIVEN_NAMES]
    spans.sort()
    return [span for at, span in enumerate(spans) if not at or span[0] >= spans[at - 1][1]]
