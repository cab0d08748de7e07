"""What something costs that was told as so much each time: `reprints: 4 % of jobs, 600 euros each`."""

from __future__ import annotations

from assistant.chat.reply import Fact
from assistant.chat.what_was_told import Answer, shown
from assistant.language.change.mention import alike, content
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.durations import UNITS
from assistant.process.model import Process

WEEKS_A_YEAR = 365 / 7
LOW = 10


def cost_told(process: Process, words: str, weekly: float | None) -> Answer | None:
    """What is asked about by the name under which its price each time was told, with how often it comes; None where
    nothing of the kind was told."""
    said = content(words)
    for remark in process.remarks if weekly else ():
        figures = [figure for figure in figures_in(remark.text) if not figure.vague]
        price = [figure for figure in figures if figure.kind == "money"]
        often = [figure for figure in figures if figure.kind in ("chance", "rate")]
        if len(price) != 1 or len(often) != 1:
            continue
        called = content(remark.text[: min(price[0].a, often[0].a)])
        if any(alike(word, own) for word in said for own in called):
            return _reckoned(remark.text, price[0], often[0], weekly or 0.0)
    return None


def _reckoned(told: str, price: Figure, often: Figure, weekly: float) -> Answer:
    every = weekly if often.kind == "chance" else UNITS["w"] / (often.size * UNITS[often.unit])
    yearly = WEEKS_A_YEAR * often.middle * every
    times = Fact("times a year", _plain(round(yearly, 1 if yearly < LOW else 0)), "times a year", "computed")
    year = Fact("cost a year", _plain(round(yearly * price.middle, -1)), price.noun, "computed")
    each = Fact("each time", _plain(price.middle), price.noun, "told")
    line = f"About {shown(year)} a year: {shown(times)}, {shown(each)} each. You told: “{told.strip()}”"
    return [line, "That is beside what the work of a case costs."], [year, times, each]


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
