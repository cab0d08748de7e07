"""Time stamps as exports write them: ISO 8601, day, month and year with a clock in either order, month names,
Excel's serial numbers and seconds since 1970."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from assistant.intake.tables.serials import serial_moment

Order = Literal["day", "month"]
Numbers = Literal["", "Excel's serial numbers", "seconds since 1970", "milliseconds since 1970"]
_CLOCK = (
    r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,6})\d*)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?(?:\s*Uhr)?)?\s*(?P<zone>Z|UTC|GMT|CES?T|MES?Z|[+-]\d{2}:?\d{2})?$"
)
PARTS = re.compile(rf"^(?P<a>\d{{1,2}})(?P<mark>[./-])(?P<b>\d{{1,2}})[./-](?P<year>\d{{4}}|\d{{2}}){_CLOCK}")
_YEAR_FIRST = re.compile(rf"^(?P<year>\d{{4}})[./-](?P<month>\d{{1,2}})[./-](?P<day>\d{{1,2}}){_CLOCK}")
_NAMED = re.compile(rf"^(?P<day>\d{{1,2}})[ ./-]+(?P<name>[A-Za-zäÄ]{{3,9}})[ .,/-]+(?P<year>\d{{4}}|\d{{2}}){_CLOCK}")
_NAMED_FIRST = re.compile(
    rf"^(?P<name>[A-Za-z]{{3,9}})[ .]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}}){_CLOCK}"
)
_RUN_ON = re.compile(r"^(\d{8})[ T]?(\d{6})$")
_NUMBER = re.compile(r"^\d{1,13}(?:[.,]\d{1,12})?$")
_MONTHS = {
    name: month
    for month, names in enumerate(
        ("jan", "feb", "mar mär mrz", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"), 1
    )
    for name in names.split()
}
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2}
_NUMBERS: tuple[tuple[Numbers, float, float], ...] = (
    ("Excel's serial numbers", 20_000, 80_000),  # 1954 to 2119
    ("seconds since 1970", 1e8, 4.2e9),  # 1973 to 2103
    ("milliseconds since 1970", 1e11, 4.2e12),
)
SAMPLE = 20_000
MOSTLY = 0.9
FIRST_YEAR, LAST_YEAR = 1980, 2100
FAR = timedelta(days=10 * 365.25)


class Stamp(NamedTuple):
    """A moment (always with a zone; UTC is assumed where none was written) and whether a zone was written."""

    at: datetime
    zoned: bool


class Way(NamedTuple):
    """How the stamps of a file are to be read: whether days come first, whether that is shown or said, and numbers."""

    days_first: bool = True
    shown: bool = True
    numbers: Numbers = ""


def way_of(texts: Sequence[str], order: Order | None = None) -> Way:
    """How a column of stamps is to be read; `order` where the user says which comes first, day or month."""
    first, shown = (order == "day", True) if order else day_first(texts)
    filled = [text for text in texts[:SAMPLE] if text]
    values = [float(text.replace(",", ".")) for text in filled if _NUMBER.match(text)]
    if not values or len(values) < MOSTLY * len(filled):
        return Way(first, shown)
    for numbers, low, high in _NUMBERS:
        if sum(low <= value < high for value in values) >= MOSTLY * len(values):
            return Way(first, shown, numbers)
    return Way(first, shown)


def day_first(texts: Iterable[str]) -> tuple[bool, bool]:
    """Whether 03/04/2026 means the third of April, and whether the column shows it (else it is an assumption).

    A number above 12 in the first or the second place decides for the whole column; then AM or PM (month first, as in
    the United States); then dots between the numbers (day first, as in Europe).
    """
    seen = [found for _, text in zip(range(SAMPLE), texts, strict=False) if (found := PARTS.match(text))]
    days, months = (sum(int(stamp[place]) > 12 for stamp in seen) for place in ("a", "b"))
    if days or months:
        return days >= months, True
    if any(stamp["half"] for stamp in seen):
        return False, True
    return True, all(stamp["mark"] == "." for stamp in seen)


def read_stamp(text: str, days_first: bool = True, numbers: Numbers = "") -> Stamp | None:
    """The moment a text names; None when it names none."""
    text = text.strip()
    if numbers and _NUMBER.match(text):
        return _from_number(float(text.replace(",", ".")), numbers)
    try:
        at = datetime.fromisoformat(text.replace("/", "-") if text[:4].isdigit() else text)
    except ValueError:
        return _parts(text, days_first)
    return Stamp(at, True) if at.tzinfo else Stamp(at.replace(tzinfo=UTC), False)


def _from_number(value: float, numbers: Numbers) -> Stamp | None:
    if numbers == "Excel's serial numbers":
        at = serial_moment(value)
        return Stamp(at.replace(tzinfo=UTC), False) if at else None
    seconds = value / 1000 if numbers == "milliseconds since 1970" else value
    return Stamp(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(seconds, 1e10)), True)


def _parts(text: str, days_first: bool) -> Stamp | None:
    if run_on := _RUN_ON.match(text):
        text = f"{run_on[1]}T{run_on[2]}"
        try:
            return Stamp(datetime.fromisoformat(text).replace(tzinfo=UTC), False)
        except ValueError:
            return None
    found = PARTS.match(text)
    if found:
        a, b = int(found["a"]), int(found["b"])
        return _moment(found, *((b, a) if days_first else (a, b)))
    if found := _YEAR_FIRST.match(text):
        return _moment(found, int(found["month"]), int(found["day"]))
    if found := _NAMED.match(text) or _NAMED_FIRST.match(text):
        return _moment(found, _MONTHS.get(found["name"][:3].lower(), 0), int(found["day"]))
    return None


def _moment(found: re.Match[str], month: int, day: int) -> Stamp | None:
    year, hour = int(found["year"]), int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    zone = found["zone"] or ""
    try:
        return Stamp(
            datetime(
                year + (2000 if year < 100 else 0), month, day, hour, int(found["minute"] or 0),
                int(found["second"] or 0), int((found["part"] or "0").ljust(6, "0")), tzinfo=_zone(zone),
            ),
            bool(zone),
        )  # fmt: skip
    except ValueError:
        return None


def _zone(text: str) -> timezone:
    if not text or text in _ZONES:
        return timezone(timedelta(hours=_ZONES.get(text, 0)))
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
