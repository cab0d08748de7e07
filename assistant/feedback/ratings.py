"""Stars and marks: which scale a column of ratings has, and what a rating says about the feeling."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

_NUMBER = re.compile(
    r"\s*(-?\d{1,3}(?:[.,]\d+)?)\s*(?:(?:/|out of|von|of)\s*(\d{1,3}))?\s*(?:stars?|sterne|★|⭐|points?)?\s*", re.I
)
_STARS = re.compile(r"\s*([★⭐]{1,10})[☆\s️]*")


class Scale(NamedTuple):
    """The lowest and highest rating that can be given."""

    low: float
    high: float

    def feeling(self, rating: str) -> float:
        """A rating from -1 (lowest) to 1 (highest); nan when there is none."""
        value = number_of(rating)
        if value is None or not self.low <= value <= self.high:
            return math.nan
        return 2 * (value - self.low) / (self.high - self.low) - 1


def number_of(rating: str) -> float | None:
    """The figure in a cell: “4”, “4,5”, “4 out of 5”, “★★★★☆”."""
    stars = _STARS.fullmatch(rating)
    if stars:
        return float(len(stars[1]))
    match = _NUMBER.fullmatch(rating)
    return float(match[1].replace(",", ".")) if match else None


def scale_of(ratings: Sequence[str]) -> Scale | None:
    """The scale these ratings are on: 1 to 5, 0 to 10 or 0 to 100; None where fewer than half of ten are figures."""
    given = [rating for rating in ratings if rating.strip()]
    values = [value for value in map(number_of, given) if value is not None]
    if not values or len(values) * 2 < len(given) or min(values) < 0 or max(values) > 100:
        return None
    low, high = min(values), max(values)
    return Scale(min(low, 1), 5) if high <= 5 else Scale(0, 10) if high <= 10 else Scale(0, 100)
