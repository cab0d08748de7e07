"""Figures said in words: lengths of time, shares, rates and counts, as people type them in an answer."""

from __future__ import annotations

import re
from typing import Any

WORDS = {
    "half a": 0.5, "half an": 0.5, "a quarter of an": 0.25, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "a hundred": 100, "hundred": 100,
    "a couple of": 2, "a few": 3, "a dozen": 12,
}  # fmt: skip
NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
UNIT = r"(s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?)\b"
UNITS = {"s": "s", "m": "min", "h": "h", "d": "d", "w": "w"}
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}
LENGTH = re.compile(rf"\b({NUMBER})\s*(?:(?:to|-|–|or)\s*({NUMBER})\s*)?{UNIT}", re.IGNORECASE)
HOURS_AND = re.compile(rf"\b({NUMBER})\s*(?:h|hrs?|hours?)\s*(?:and\s+)?({NUMBER})\s*(?:min|mins|minutes?)\b", re.I)
AND_A_HALF = re.compile(rf"\b({NUMBER})\s+(?:(\w+)\s+)?and\s+a\s+half\b", re.IGNORECASE)
PER = r"\s+(?:per|an?|each|every|in an?)\s+(hour|day|week|month|year)\b"
RATE = re.compile(rf"\b({NUMBER})\b[^.\d]{{0,40}}?{PER}", re.IGNORECASE)
COUNTED = re.compile(rf"\b(?!an?\b)({NUMBER})\b(?:\s+[a-z]+){{0,3}}{PER}", re.IGNORECASE)
SECONDS_A = {"hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent)", re.IGNORECASE)
ONE_IN = re.compile(rf"\b({NUMBER})\s+(?:in|out of|of)\s+(?:every\s+)?({NUMBER})\b", re.IGNORECASE)
PLAIN = re.compile(
    r"^\W*(?:(?:about|roughly|around|maybe|perhaps|just|only|some|we have|there are|there is|i think|it'?s|i'?d say)"
    rf"\s+)*({NUMBER})\b[^,.;]{{0,40}}$",
    re.IGNORECASE,
)


def number_of(text: str) -> float:
    """A number in digits or as a word."""
    plain = " ".join(text.lower().split())
    return float(WORDS[plain]) if plain in WORDS else float(plain.replace(",", ""))


def duration_of(words: str) -> dict[str, Any] | None:
    """A length of time said in words, as a duration with basis stated; a range becomes a uniform one.

    How many come in a time (`30 a day`) is no length.
    """
    plain = AND_A_HALF.sub(lambda m: f"{number_of(m[1]) + 0.5:g} {m[2] or ''}", COUNTED.sub(" ", words))
    if both := HOURS_AND.search(plain):
        return _fixed(60 * number_of(both[1]) + number_of(both[2]), "min")
    match = LENGTH.search(plain)
    if not match:
        return None
    low, unit = number_of(match.group(1)), match.group(3).lower()
    high = number_of(match.group(2)) if match.group(2) else None
    factor, short = (4.348, "w") if unit.startswith("month") else (1.0, UNITS[unit[0]])
    if high is not None and high > low:
        return {"kind": "uniform", "low": low * factor, "high": high * factor, "unit": short, "basis": "stated"}
    return _fixed(low * factor, short)


def _fixed(value: float, unit: str) -> dict[str, Any]:
    return {"kind": "fixed", "value": value, "unit": unit, "basis": "stated"}


def seconds_of(duration: dict[str, Any]) -> float:
    """The mean of a duration of `duration_of`, in seconds."""
    middle = duration["value"] if "value" in duration else (duration["low"] + duration["high"]) / 2
    return float(middle) * SECONDS[duration["unit"]]


def chance_of(words: str) -> float | None:
    """A share said in words, 0 to 1: `20 %`, `one in five`, `15 of 100`, or a bare number of 100 cases."""
    if match := PERCENT.search(words):
        return min(1.0, float(match.group(1)) / 100)
    if match := ONE_IN.search(words):
        whole = number_of(match.group(2))
        return min(1.0, number_of(match.group(1)) / whole) if whole else None
    if duration_of(words) is not None or COUNTED.search(words):
        return None
    if re.search(r"\bhalf\b", words, re.IGNORECASE):
        return 0.5
    if re.match(r"^\W*never\W*$", words, re.IGNORECASE):
        return 0.0
    if match := PLAIN.match(words):
        value = number_of(match.group(1))
        return value / 100 if value <= 100 else None
    return None
