"""What hurts in a told process, asked of a language model and checked against the story, the process and the facts.

The model names pains in the closed terms of the practices and quotes the story. Code keeps a pain only if its words
stand in the story and its steps in the process, and strikes a sentence whose figures nobody gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from assistant.language.change_outline import outline
from assistant.language.diagnosis_reply import AskLine, Diagnosis, PainLines, StepLine
from assistant.language.evidence import Evidence
from assistant.language.figures.reading import numbers_in
from assistant.language.port import Budget, LanguageModel, Reply, ReplyFault
from assistant.language.prompts import render
from assistant.process.durations import Span
from assistant.process.model import Process
from assistant.process.tree import by_id

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SUM_TOLERANCE = 0.06
"""A product shown in words may be rounded: `60,000 x 2 min = 2,000 hours`."""


@dataclass(frozen=True)
class Quoted:
    """Words of the story: where they stand, and the words themselves as the story has them."""

    span: Span
    text: str


@dataclass(frozen=True)
class Pain:
    """A pain that stands up to checking. `quotes` are the words of the story it rests on, its own first."""

    text: str
    codes: tuple[str, ...]
    elements: tuple[str, ...]
    quotes: tuple[Quoted, ...]
    cause: str = ""
    effect: str = ""
    cure: str = ""
    facts: tuple[str, ...] = ()
    measure: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class Stay:
    """Steps the words protect: how they must stay, on which ground."""

    elements: tuple[str, ...]
    why: str
    quote: Quoted | None


@dataclass(frozen=True)
class Wish:
    """What somebody in the story wants, whether it holds, and why."""

    text: str
    holds: str
    why: str
    quote: Quoted | None


@dataclass(frozen=True)
class Checked:
    """A diagnosis with everything struck that nothing bears out; `struck` says what and why."""

    pains: tuple[Pain, ...]
    stays: tuple[Stay, ...]
    wishes: tuple[Wish, ...]
    scope: tuple[str, ...]
    steps: tuple[StepLine, ...]
    asks: tuple[AskLine, ...]
    struck: tuple[str, ...]


def diagnose(
    process: Process,
    story: str,
    facts: Mapping[str, str],
    practices: Iterable[str],
    model: LanguageModel,
    *,
    goal: str | None = None,
    keep: str | None = None,
    budget: Budget | None = None,
) -> tuple[Checked, Reply[Diagnosis]]:
    """What a model finds wrong, checked. `facts` by id (`F1`), `practices` as `H10 name: when it fits`.

    Raises one of the ServiceError family.
    """
    lines = tuple(practices)
    checker = Checker(process, story, facts, frozenset(line.split(" ")[0] for line in lines))

    def check(reply: Diagnosis) -> None:
        if reply.pains and not checker.checked(reply).pains:
            raise ReplyFault(checker.checked(reply).struck[0])

    inputs = {
        "story": story,
        "process": outline(process),
        "facts": "\n".join(f"{name} {text}" for name, text in facts.items()) or "none",
        "practices": list(lines),
        "goal": goal or None,
        "keep": keep or None,
    }
    reply = model.ask(replace(render("diagnose", inputs), check=check), Diagnosis, budget or Budget())
    return checker.checked(reply.value), reply


SCALES = (1, 60, 3600, 24, 8, 7, 5, 1 / 60, 1 / 3600, 1 / 24, 1 / 8, 0.01, 52, 12, 250)
"""Between units of time, and between a share and a percentage."""
SMALL = frozenset(float(number) for number in range(11))
"""Counts that anybody makes of what stands there: three offices, asked twice."""


class Checker:
    """Holds a reply against the story, the process and the facts."""

    def __init__(self, process: Process, story: str, facts: Mapping[str, str], codes: frozenset[str]) -> None:
        self.story = story
        self.facts = facts
        self.codes = codes
        self.steps = by_id(process)
        self._known = _numbers(story) | _digits(story) | {n for text in facts.values() for n in _numbers(text)}
        self._struck: list[str] = []

    def checked(self, reply: Diagnosis) -> Checked:
        """The reply with all that nothing bears out struck."""
        self._struck = []
        self._evidence = Evidence(self.story)
        pains = tuple(pain for lines in reply.pains if (pain := self._pain(lines)) is not None)
        stays = tuple(
            Stay(ids, line.why, self._quote(line.quote)) for line in reply.stays if (ids := self._ids(line.ids))
        )
        wishes = tuple(Wish(w.wish, w.holds, self._sentence(w.why), self._quote(w.quote)) for w in reply.wishes)
        steps = tuple(line for line in reply.steps if line.id in self.steps)
        asks = tuple(ask for ask in reply.asks if self._borne_out(ask.question))
        return Checked(pains, stays, wishes, reply.scope, steps, asks, tuple(self._struck))

    def _pain(self, lines: PainLines) -> Pain | None:
        codes = tuple(code for code in lines.codes if code in self.codes)
        elements = self._ids(lines.at)
        own = self._quote(lines.pain.quote)
        if own is None or not codes or not elements:
            what = (
                "its words do not stand in the story" if own is None else "it names no step or practice that is there"
            )
            self._struck.append(f"“{lines.pain.text:.120}” was left out: {what}.")
            return None
        more = (self._quote(said.quote) for said in (lines.cause, lines.effect))
        quotes = dict.fromkeys((own, *(quote for quote in more if quote)))
        text = self._sentence(lines.pain.text) or own.text
        named = (*lines.pain.facts, *lines.cause.facts, *lines.effect.facts)
        facts = tuple(dict.fromkeys(name for name in named if name in self.facts))
        cause, effect = (self._sentence(said.text) for said in (lines.cause, lines.effect))
        name, today, way = lines.measure
        measure = (self._sentence(name), today if self._borne_out(today) else "", way)
        cure = self._sentence(lines.cure)
        return Pain(text, codes, elements, tuple(quotes), cause, effect, cure, facts, measure)

    def _ids(self, names: Iterable[str]) -> tuple[str, ...]:
        known: list[str] = []
        for name in names:
            hits = [name] if name in self.steps else get_close_matches(name, self.steps, n=1, cutoff=0.85)
            known += hits
        return tuple(dict.fromkeys(known))

    def _quote(self, words: str) -> Quoted | None:
        span = self._evidence.find(words) if words else None
        return Quoted(span, self.story[span.start : span.end]) if span else None

    def _sentence(self, text: str) -> str:
        """A sentence whose figures are all borne out, without the names of facts; else nothing."""
        plain = re.sub(r"\s*\(?\bF\d+\b\)?", "", text).strip()
        if self._borne_out(plain):
            return plain
        self._struck.append(f"“{plain:.120}” was left out: it holds a figure that nobody gave.")
        return ""

    def _borne_out(self, text: str) -> bool:
        shown = _numbers(re.sub(r"\b[HF]\d+\b", "", text))
        unknown = {number for number in shown - self._known - _worked_out(text) if number not in SMALL}
        if unknown and "=" not in text:  # a figure worked out is shown with its sum
            return False
        return all(any(_follows(number, a, b) for a in shown for b in shown if a != number) for number in unknown)


def _numbers(text: str) -> set[float]:
    """The numbers of a text, in figures and in words."""
    return set(numbers_in(text))


def _digits(text: str) -> set[float]:
    """The numbers that stand in figures, also where they read as part of a date (`in march 26 went back`)."""
    return {float(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


_SUM = re.compile(r"\d[\d,.]*\s*%?|[x×*/+–-]|=")


def _worked_out(text: str) -> set[float]:
    """The results of sums that are written out and come out right: `2,100 x 26 / 200 = 273` gives 273."""
    found: set[float] = set()
    value, operator = None, ""
    for match in _SUM.finditer(text):
        token = match[0].strip()
        if not token[0].isdigit():
            operator = token
            continue
        number = float(token.rstrip("% ").replace(",", "").rstrip(".")) / (100 if token.endswith("%") else 1)
        if operator == "=" and value is not None:
            if any(abs(value * scale - number) <= SUM_TOLERANCE * number for scale in SCALES):
                found.add(number)
            value = number
        elif value is None or operator == "":
            value = number
        elif operator in "x×*":
            value *= number
        elif operator == "/":
            value = value / number if number else None
        else:
            value += number if operator == "+" else -number
        operator = ""
    return found


def _follows(number: float, a: float, b: float) -> bool:
    """Whether a number is the product, quotient, sum or difference of two, units of time and shares considered."""
    plain = (a * b, a / b if b else 0.0, a + b, a - b)
    return any(
        abs(number - value * scale) <= SUM_TOLERANCE * abs(number) for value in plain for scale in SCALES if number
    )
