"""What changes: a theme's share by month, from one half of the period to the other, and since the last run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.feedback.intervals import ratio_between, share_between
from assistant.feedback.shapes import Change, Part

FEWEST = 10
MOST_PERIODS = 36
ALIKE = 0.3
"""Themes of two runs are one when they share this much of what they are known by."""


def part(name: str, count: int, total: int) -> Part:
    """A share with its interval."""
    low, high = share_between(count, total)
    return Part(name, int(count), int(total), low, high)


class Calendar:
    """The days of all comments: halves and months to compare themes by."""

    def __init__(self, days: Sequence[str]) -> None:
        known = sorted(_ordinal(day) for day in set(days) if _ordinal(day))
        self.middle = (known[0] + known[-1]) / 2 if len(known) > 1 else 0.0
        counts = Counter(days)
        self.early = sum(n for day, n in counts.items() if 0 < _ordinal(day) <= self.middle)
        self.late = sum(n for day, n in counts.items() if _ordinal(day) > self.middle)
        months: Counter[str] = Counter()
        for day, n in counts.items():
            if _ordinal(day):
                months[day[:7]] += n
        self.months = dict(sorted(months.items())[-MOST_PERIODS:])

    def change(self, days: Iterable[str]) -> Change | None:
        """How a theme's share went from the earlier half to the later; None where the days do not tell."""
        if not self.middle:
            return None
        stamps = [stamp for stamp in map(_ordinal, days) if stamp]
        if len(stamps) < FEWEST:
            return None
        late = sum(stamp > self.middle for stamp in stamps)
        return Change(*ratio_between(late, self.late, len(stamps) - late, self.early))

    def periods(self, days: Iterable[str]) -> tuple[Part, ...]:
        """A theme's share of the comments of each month."""
        if len(self.months) < 2:
            return ()
        counts = Counter(day[:7] for day in days if day)
        return tuple(part(month, counts[month], total) for month, total in self.months.items())


_KNOWN: dict[str, int] = {}


def _ordinal(day: str) -> int:
    if not day:
        return 0
    if day not in _KNOWN:
        if len(_KNOWN) > 100_000:
            _KNOWN.clear()
        try:
            _KNOWN[day] = date.fromisoformat(day).toordinal()
        except ValueError:
            _KNOWN[day] = 0
    return _KNOWN[day]


def same_themes(
    now: Sequence[tuple[str, Sequence[str]]], before: Sequence[Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """Which theme of the last run each theme of this one is; each at most once, the most alike first.

    `now`: id and the words it is known by; `before`: themes of the last run's feedback.json.
    """
    pairs = []
    for id_, words in now:
        for old in before:
            alike = _alike(words, [str(word) for word in old.get("words") or ()])
            if alike >= ALIKE:
                pairs.append((-alike, id_, str(old.get("id", "")), old))
    found: dict[str, Mapping[str, Any]] = {}
    used: set[str] = set()
    for _, id_, old_id, old in sorted(pairs, key=lambda pair: pair[:3]):
        if id_ not in found and old_id not in used:
            found[id_] = old
            used.add(old_id)
    return found


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """What two ranked lists of words share, the first words weighing most."""
    weight = {word: 1 / (place + 2) for place, word in enumerate(one)}
    weights = {word: 1 / (place + 2) for place, word in enumerate(other)}
    shared = sum(min(value, weights[word]) for word, value in weight.items() if word in weights)
    return shared / max(sum(weight.values()), sum(weights.values()), 1e-9)
