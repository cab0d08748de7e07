"""Chances as replies write them: a percentage, some of many, a count in a period, or a word for how many.

    20% | 5 of 200 | 40 per y | nearly all

Counts are told where percentages are not; code works out the share, so that the reply holds figures of the text only.
A word is played as a share that nobody gave, about as large.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from assistant.language.figures.reading import figures_in
from assistant.language.figures.separators import numeric
from assistant.language.figures.stated import Said, read_rate, read_share
from assistant.process.apply import apply
from assistant.process.blocks import Choice
from assistant.process.durations import UNITS, Basis, Unit
from assistant.process.edits import SetCondition
from assistant.process.expected import visit_rates
from assistant.process.model import Process
from assistant.process.tree import branches, step_id, walk
from assistant.process.volumes import arrivals_per_hour, volume

IN_WORDS = {
    "hardly any": 0.03, "few": 0.1, "some": 0.25, "half": 0.5, "most": 0.75, "nearly all": 0.95,
}  # fmt: skip
_PERIODS: tuple[tuple[Unit, float, str], ...] = (
    ("h", 1.0, "an hour"), ("d", 1.0, "a day"), ("w", 1.0, "a week"), ("d", 30.0, "a month"), ("d", 365.0, "a year"),
)  # fmt: skip
_OF = re.compile(r"(?:about\s+)?(\d[\d.,]*)\s+(?:of|in|out of)\s+(\d[\d.,]*)", re.I)


class Chances:
    """Reads chances; knows of each whether the words of a text bear it out. `reach` is how often a case comes to where
    it is asked, for counts in a period."""

    def __init__(self, hourly: float | None = None) -> None:
        self.hourly = hourly
        self.reach = 1.0
        self._counts: dict[float, tuple[float, ...]] = {}
        self._rough: set[float] = set()

    def read(self, text: str) -> float | None:
        """The share meant; None: it is none, or of a number of cases that nobody told."""
        told, among = text.strip().lower(), _OF.fullmatch(text.strip())
        if (rough := IN_WORDS.get(told)) is not None:
            self._rough.add(rough)
            return rough
        numbers = [numeric(part) for part in among.groups()] if among else []
        if len(numbers) == 2 and numbers[0] is not None and numbers[1] and numbers[0] <= numbers[1]:
            return self._counted(numbers[0] / numbers[1], (numbers[0], numbers[1]))
        if (hourly := self.count(text)) is not None:
            cases = (self.hourly or 0.0) * self.reach
            return self._counted(min(1.0, hourly[0] / cases), (hourly[1],)) if cases else None
        told_so = read_share(text)
        return _fraction(text) if told_so is None else told_so

    @staticmethod
    def count(text: str) -> tuple[float, float] | None:
        """A count in a period, by the hour, and the number that says it; None where a text is none."""
        rate = read_rate(text) if " per " in text else None
        return (rate.middle / (UNITS[rate.unit] * rate.size / 3600), rate.middle) if rate else None

    def borne_out(self, numbers: Container[float]) -> set[float]:
        """The shares that were worked out from counts, where all of these are among some numbers."""
        return {share for share, counts in self._counts.items() if all(count in numbers for count in counts)}

    def _counted(self, share: float, numbers: tuple[float, ...]) -> float:
        self._counts[share] = numbers
        return share

    def rough(self, share: float) -> bool:
        """Whether only a word was given for a share."""
        return share in self._rough

    def said(self, share: float, said: Said) -> bool:
        """Whether words say a share, or the counts it was worked out from."""
        if self.rough(share):
            return False
        if (numbers := self._counts.get(share)) is not None and all(map(said.has_number, numbers)):
            return True
        return said.has_share(share)


def _fraction(text: str) -> float | None:
    """A share told as a fraction (`a third`, `one in eight`)."""
    if re.fullmatch(r"\W*(?:a |one )?quarter\W*", text, re.IGNORECASE):  # alone it might be one of an hour
        return 0.25
    figures = figures_in(text)
    return figures[0].middle if len(figures) == 1 and figures[0].kind == "chance" and not figures[0].vague else None


def with_volume(process: Process, counts: Mapping[str, tuple[float, Basis]]) -> Process:
    """The process with the volume that the ways of one decision come to, where the story counts each of them in a
    period (`470 repairs and 310 new ones a year`), tells no volume and every case comes there."""
    if process.volume is not None or not counts:
        return process
    rates = visit_rates(process)
    for step in walk(process):
        ways = [branch.id for branch in step.branches] if isinstance(step, Choice) else []
        told = [counts[way] for way in ways if way in counts]
        if len(ways) < 2 or len(told) < len(ways) or rates.get(step_id(step)) != 1.0:
            continue
        hourly = [count for count, _ in told]
        unit, size, word = next(
            (period for period in _PERIODS if all(_whole(count * _hours(period)) for count in hourly)), _PERIODS[-1]
        )
        number = sum(hourly) * UNITS[unit] * size / 3600
        basis = Basis.STATED if all(basis == Basis.STATED for _, basis in told) else Basis.ESTIMATED
        found = volume(number, unit, size).model_copy(update={"basis": basis, "text": f"{number:,.6g} {word}"})
        return process.model_copy(update={"volume": found})
    return process


def _hours(period: tuple[Unit, float, str]) -> float:
    return UNITS[period[0]] * period[1] / 3600


def _whole(number: float) -> bool:
    return number >= 1 and abs(number - round(number)) < 1e-6


def from_counts(process: Process, counts: Mapping[str, tuple[float, Basis]]) -> Process:
    """The process with the shares that follow from counts an hour, by the id of a branch or loop: of the cases that
    come there. A count above what comes there is none."""
    hourly = arrivals_per_hour(process)
    for name, (count, basis) in counts.items() if hourly else ():
        rates, ways = visit_rates(process), branches(process)
        there = ways[name][0].id if name in ways else name
        part = count / ((hourly or 1.0) * rates[there]) if rates[there] else 2.0
        part = part if name in ways else part / (1 + part)  # so many rounds more for each case
        if part <= 1:
            process = apply(process, [SetCondition(id=name, p=part, basis=basis)])
    return process
