"""Who is unhappy: the share of negative comments by segment, channel or step.

A segment may come from several columns (product, tenure, value, churn …); figures with many values are cut at their
thirds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.feedback.shapes import Part
from assistant.feedback.trend import part

COLUMN, PARTED = "\x1e", "\x1f"
"""What stands between a column and its value, and between columns, in the segment of a comment."""
MOST_PARTS = 30
MOST_VALUES = 12
"""A column of figures with more values than this is cut into three bands."""


def joined(cells: Sequence[tuple[str, str]]) -> str:
    """Columns with their values as a comment's segment; a single one is known by its value."""
    if len(cells) == 1:
        return cells[0][1]
    return PARTED.join(f"{name}{COLUMN}{value}" for name, value in cells if value)


def by_segment(segments: Sequence[str], negative: Any) -> tuple[Part, ...]:
    """The share of negative comments for each value of each column."""
    if not any(COLUMN in segment for segment in segments):
        return by_name(_banded(segments), negative)
    rows = [dict(cell.split(COLUMN, 1) for cell in segment.split(PARTED) if COLUMN in cell) for segment in segments]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    found: list[Part] = []
    for column in columns:
        values = _banded([row.get(column, "") for row in rows])
        found += by_name([f"{column}: {value}" if value else "" for value in values], negative)
    return tuple(found)


def by_name(names: Sequence[str], negative: Any) -> tuple[Part, ...]:
    """The share of negative comments for each name, the largest names first; none where nearly each has its own."""
    totals = Counter(name for name in names if name)
    if not totals or len(totals) > len(names) / 2 + 1:
        return ()
    bad = Counter(name for name, is_bad in zip(names, negative, strict=True) if name and is_bad)
    return tuple(part(name, bad[name], total) for name, total in totals.most_common(MOST_PARTS))


def _banded(values: Sequence[str]) -> Sequence[str]:
    """Figures of many values as three bands of about as many comments each; everything else as it is."""
    figures = {value: _figure(value) for value in set(values) if value}
    if len(figures) <= MOST_VALUES or any(figure is None for figure in figures.values()):
        return values
    ordered = sorted(figure for value in values if value and (figure := figures[value]) is not None)
    low, high = ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
    names = {
        value: f"up to {low:g}" if figure <= low else f"above {high:g}" if figure > high else f"{low:g} to {high:g}"
        for value, figure in figures.items()
        if figure is not None
    }
    return [names.get(value, "") for value in values]


def _figure(value: str) -> float | None:
    try:
        return float(value.replace(",", "").strip(" €$£%"))
    except ValueError:
        return None
