"""Time stamps as exports write them: ISO 8601, or day, month and year with a clock, in either order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

PARTS = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?$")
SAMPLE = 20_000


class Stamp(NamedTuple):
    """A moment (always with a zone; UTC is assumed where none was written) and whether a zone was written."""

    at: datetime
    zoned: bool


def day_first(texts: Iterable[str]) -> tuple[bool, bool]:
    """Whether 03/04/2026 means the third of April, and whether the column shows it (else it is an assumption).

    One number above 12 in the first or the second place decides for the whole column.
    """
    unclear = False
    for _, text in zip(range(SAMPLE), texts, strict=False):
        found = PARTS.match(text)
        if not found:
            continue
        if int(found[1]) > 12:
            return True, True
        if int(found[2]) > 12:
            return False, True
        unclear = True
    return True, not unclear


def read_stamp(text: str, days_first: bool = True) -> Stamp | None:
    """The moment a text names; None when it names none."""
    text = text.strip()
    try:
        at = datetime.fromisoformat(text.replace("/", "-") if text[:4].isdigit() else text)
    except ValueError:
        found = _parts(text, days_first)
        return Stamp(found, False) if found else None
    return Stamp(at, True) if at.tzinfo else Stamp(at.replace(tzinfo=UTC), False)


def _parts(text: str, days_first: bool) -> datetime | None:
    found = PARTS.match(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    day, month = (first, second) if days_first else (second, first)
    hour = int(found[4] or 0)
    if found[7]:
        hour = hour % 12 + (12 if found[7].lower() == "pm" else 0)
    try:
        return datetime(int(found[3]), month, day, hour, int(found[5] or 0), int(found[6] or 0), tzinfo=UTC)
    except ValueError:
        return None
