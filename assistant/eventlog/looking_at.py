"""What the columns of a table hold, in its first rows: stamps, clocks, numbers, identifiers, what changes in a case."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from assistant.eventlog.persons import hold_names
from assistant.eventlog.stamps import read_stamp, way_of
from assistant.intake.tables.shapes import Table

SAMPLE, MOSTLY = 3_000, 0.8
OFTEN = 1.5
"""Rows that an identifier of cases is found in on average, at least."""
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?")
_NUMBER = re.compile(r"[\d.,]*\d[\d.,]*")
_DECIMAL = re.compile(r"-?[\d.,]*[.,]\d{1,3}")


class Look:
    """What the columns of a table hold, looked at once each, in the first rows."""

    def __init__(self, table: Table) -> None:
        self.table, self.sample = table, table.rows[:SAMPLE]
        self._seen: dict[str, tuple[float, float, float]] = {}
        self._cells: dict[str, list[str]] = {}

    def cells(self, name: str) -> list[str]:
        """The cells of a column, row by row."""
        if name not in self._cells:
            at = self.table.header.index(name)
            self._cells[name] = [row[at].strip() for row in self.sample]
        return self._cells[name]

    def filled(self, name: str) -> list[str]:
        """The cells of a column in which something stands."""
        return [cell for cell in self.cells(name) if cell]

    def shares(self, name: str) -> tuple[float, float, float]:
        """Of the filled cells of a column: the share that are stamps, that are numbers, that are distinct."""
        if name not in self._seen:
            cells = self.filled(name)
            way = way_of(cells)
            n = max(1, len(cells))
            times = sum(read_stamp(cell, way.days_first, way.numbers) is not None for cell in cells)
            numbers = sum(cell.replace(",", "").replace(".", "").isdigit() for cell in cells)
            self._seen[name] = (times / n, numbers / n, len(set(cells)) / n)
        return self._seen[name]

    @cached_property
    def stamped(self) -> tuple[str, ...]:
        """The columns of stamps. Numbers that could be stamps are identifiers where others are written out."""
        able = [name for name in self.table.header if self.shares(name)[0] >= MOSTLY]
        written = [name for name in able if self.shares(name)[1] < MOSTLY]
        return tuple(written or able)

    @cached_property
    def clocks(self) -> tuple[str, ...]:
        """The columns of times of the day without a date."""
        return tuple(name for name in self.table.header if self._mostly(name, _CLOCK))

    def dates_only(self, name: str) -> bool:
        """Whether the stamps of a column have no time of the day."""
        cells = self.filled(name)
        return name in self.stamped and sum(":" in cell for cell in cells) < (1 - MOSTLY) * len(cells)

    def _mostly(self, name: str, form: re.Pattern[str]) -> bool:
        cells = self.filled(name)
        return bool(cells) and sum(form.fullmatch(cell) is not None for cell in cells) >= MOSTLY * len(cells)

    def names_things(self, name: str) -> bool:
        """Whether a column holds identifiers: most with a digit, no amounts, no stamps."""
        cells = self.filled(name)
        if not cells or name in self.stamped or name in self.clocks or len(cells) < MOSTLY * len(self.sample):
            return False
        amounts = sum(_DECIMAL.fullmatch(cell) is not None for cell in cells)
        digits = sum(any(letter.isdigit() for letter in cell) for cell in cells)
        return digits >= MOSTLY * len(cells) and amounts <= 0.1 * len(cells) and max(map(len, cells)) <= 80

    def case_by_content(self, used: Collection[str]) -> str | None:
        """The finest column of identifiers that come again in other rows."""
        able = [
            (self.shares(name)[2], name) for name in self.table.header
            if name not in used and self.names_things(name) and self.shares(name)[2] <= 1 / OFTEN
        ]  # fmt: skip
        share, name = max(able, default=(0.0, ""), key=lambda pair: pair[0])
        return name if share * len(self.sample) >= 3 else None

    def within(self, case: str, name: str) -> tuple[float, float, float]:
        """Of the cases with several rows: the share in which a column changes, how many of the rows differ, and the
        share of the commonest first or last value."""
        groups: dict[str, list[str]] = {}
        for key, cell in zip(self.cells(case), self.cells(name), strict=True):
            if key and cell:
                groups.setdefault(key, []).append(cell)
        several = [group for group in groups.values() if len(group) > 1]
        if not several:
            return 0.0, 0.0, 0.0
        changes = sum(len(set(group)) > 1 for group in several) / len(several)
        differ = sum(len(set(group)) / len(group) for group in several) / len(several)
        ends = max(_commonest([group[at] for group in several]) for at in (0, -1))
        return changes, differ, ends

    def changes(self, case: str | None, name: str) -> bool:
        """Whether a column changes within cases; so taken where no case is known."""
        return case is None or self.within(case, name)[0] >= 0.5

    def activity_by_content(self, case: str, used: Collection[str]) -> str | None:
        """The column of few different words that changes from row to row of a case and begins or ends most alike."""
        able = []
        for name in self.table.header:
            times, numbers, distinct = self.shares(name)
            words = set(self.filled(name))
            if name in used or name in self.clocks or max(times, numbers) >= 0.5 or distinct > 0.3 or len(words) < 2:
                continue
            changes, differ, ends = self.within(case, name)
            if changes >= 0.5 and not hold_names(words):
                able.append((differ * ends, name))
        return max(able, default=(0.0, None), key=lambda pair: pair[0])[1]

    def times_by_content(self, case: str, names: Sequence[str]) -> list[str]:
        """The columns of stamps that change within cases: the start, where there is one, and the end."""
        moving = [name for name in names if self.changes(case, name)]
        if len(moving) < 2:
            return moving
        first, last = moving[:2]
        way = way_of([*self.filled(first), *self.filled(last)])
        both = [
            (a.at, b.at) for date, other in zip(self.cells(first), self.cells(last), strict=True)
            if (a := read_stamp(date, way.days_first, way.numbers))
            and (b := read_stamp(other, way.days_first, way.numbers))
        ]  # fmt: skip
        forward = sum(a <= b for a, b in both)
        if both and forward >= 0.95 * len(both):
            return [first, last]
        return [last, first] if both and forward <= 0.05 * len(both) else []


def _commonest(values: Sequence[str]) -> float:
    return max(map(values.count, set(values))) / len(values)
