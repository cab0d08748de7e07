"""How many cases a year, where it is said otherwise than "640 a year": as the answer to a question, or of last year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import asked_period, figure_from

_CLOCK = r"(?:[\[(]?\d{1,2}[:.]\d{2}[\])]?\s*)?"
_SPEAKER = rf"{_CLOCK}\w{{1,20}}(?: \d{{1,2}}:\d{{2}})?:\s*{_CLOCK}"
"""Who speaks next in an interview or a chat, with the time of day."""
_ABOUT = r"(?:(?:some|about|around|roughly|oh|well|maybe|perhaps|we had|we do|we get|there are),?\s+)*"
_ANSWER = rf"{_ABOUT}(?P<answer>[^.?!\n]{{1,80}})"
_ASKED = r"(?P<question>\bhow many\b[^?.\n:]{0,80}"
_HOW_MANY = (
    re.compile(rf"{_ASKED})\?\s*(?:{_SPEAKER})?{_ANSWER}", re.IGNORECASE),
    re.compile(rf"{_ASKED}?)\s+{_SPEAKER}{_ANSWER}", re.IGNORECASE),
)
_YEAR = r"(?:last year|(?:in |during )?the (?:past|last) year|in the (?:reporting year|year under (?:review|report)))"
_NUMBER = r"(?P<answer>\d{1,3}(?:[,.]\d{3})+|\d{2,6})"
_LAST_YEAR = re.compile(
    rf"\b{_NUMBER}\s+(?P<noun>(?!of\b)[a-z]+)(?:\s[a-z]+)?\s{_YEAR}\b"
    rf"|\b{_YEAR}\b[\w ]{{0,40}}?\b{_NUMBER.replace('answer', 'then')}\s+(?P<what>(?!of\b)[a-z]+)",
    re.IGNORECASE,
)
LEAST = 20
"""So many cases make a count of last year that of the cases, not of what once went wrong."""


def answered(text: str) -> Figure | None:
    """The number that answers a question in the story: "How many come a year? About 1,900."."""
    for asked in chain.from_iterable(form.finditer(text) for form in _HOW_MANY):
        question = asked["question"]
        per = asked_period(question + "?") or ("year" if re.match(r"\S+ (?:\S+ )?last year\b", asked["answer"]) else "")
        shorter = (asked["answer"], asked["answer"].split(", ")[0])  # "620 papers, for about 90 pupils"
        figure = next(filter(None, (figure_from(words, "rate", per) for words in shorter if per)), None)
        if figure is not None and figure.kind == "rate":
            a = asked.start("answer")
            return replace(figure, a=figure.a + a, b=figure.b + a)
    return None


def of_last_year(text: str) -> Iterator[Figure]:
    """What was counted of something last year: "1,340 orders last year", "in the past year 240 proposals came"."""
    for told in _LAST_YEAR.finditer(text):
        name = "answer" if told["answer"] else "then"
        figure = figure_from(told[name], "rate", "year")
        if figure is not None and figure.low >= LEAST:
            a = told.start(name)
            yield replace(figure, a=figure.a + a, b=figure.b + a, noun=told["noun"] or told["what"])
