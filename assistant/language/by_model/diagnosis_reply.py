"""What a model answers when asked what hurts: pains with their words, totals, what must stay, wishes, questions.

The reply is lines (`prompts/diagnose.yaml`). This module reads them into values and knows no process; whether a
quotation stands in the story and an id in the process is `diagnosis.py`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.gateway.port import ReplyFault, TextReply
from assistant.gateway.reply_lines import Grammar, Line, read_blocks, read_lines

INSIDE_PAIN = ("CAUSE", "EFFECT", "SUM", "CURE", "MEASURE")
TOP = ("ROOT", "PAIN", "TOTAL", "MUST STAY", "WISH", "SCOPE", "STEP", "ASK", "NONE")
GRAMMAR = Grammar(
    words=(*TOP, *INSIDE_PAIN),
    inside={"PAIN": frozenset(INSIDE_PAIN)},
    partners={word: frozenset({"PAIN"}) for word in INSIDE_PAIN},
    anywhere=frozenset(TOP) - {"PAIN"},
)
MOST_PAINS = 8
MOST_ASKED = 6
MOST_SUMS = 2
"""What a pain costs in time, and in money."""
_CODE = re.compile(r"\b([HO]\d\d)\b")
_ID = re.compile(r"[^\s,;/\[\]]+")
_FACT = re.compile(r"\bF\d+\b")
VALUES = ("VA", "BVA", "NVA")


@dataclass(frozen=True)
class Said:
    """A sentence of the reply with the words of the story it rests on (empty: none given) and facts it names."""

    text: str = ""
    quote: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PainLines:
    """One pain as written: practice codes, ids of steps, the sentence, its cause, effect and cure.

    `sums` are what it costs (in time, in money), written out, each with what it counts.
    """

    pain: Said
    codes: tuple[str, ...]
    at: tuple[str, ...]
    cause: Said = Said()
    effect: Said = Said()
    cure: str = ""
    measure: tuple[str, str, str] = ("", "", "")
    sums: tuple[tuple[str, str], ...] = ()
    worked: tuple[str, ...] = ()
    """Every sum of the pain: those that are shown, and those that only lead to them."""


@dataclass(frozen=True)
class StayLine:
    """Steps that must stay, with the ground."""

    ids: tuple[str, ...]
    why: str
    quote: str


@dataclass(frozen=True)
class WishLine:
    """Something that is wanted: whether it `holds`, `holds in part` or `does not hold`, and why."""

    wish: str
    holds: str
    why: str


@dataclass(frozen=True)
class StepLine:
    """What one task is: value class, control or not, `rules`, `judgement` or neither, and why."""

    id: str
    value: str
    control: bool
    decides: str
    why: str


@dataclass(frozen=True)
class AskLine:
    """A question that decides something, and what."""

    question: str
    decides: str


@dataclass(frozen=True)
class Diagnosis(TextReply):
    """All that a model said of a process, in its order; without `pains` it calls the process `sound` and says why.

    `broken` are pains that could not be read: their number in the reply, from 0, and why; the rest have `numbers`.
    """

    pains: tuple[PainLines, ...] = ()
    stays: tuple[StayLine, ...] = ()
    wishes: tuple[WishLine, ...] = ()
    scope: tuple[str, ...] = ()
    steps: tuple[StepLine, ...] = ()
    asks: tuple[AskLine, ...] = ()
    root: str = ""
    sound: Said = Said()
    broken: tuple[tuple[int, str], ...] = ()
    numbers: tuple[int, ...] = ()

    block = "PAIN"
    top = TOP

    @classmethod
    def parse(cls, text: str) -> Diagnosis:
        """The diagnosis a text holds. Raises ReplyFault, naming the line and the mistake."""
        top = read_lines(text, GRAMMAR)
        lines: dict[str, list[Line]] = {word: [line for line in top if line.word == word] for word in TOP}
        strays = [line for line in top if line.word in INSIDE_PAIN]
        if strays:
            raise strays[0].fault("it stands alone; it belongs inside a PAIN.")
        if not lines["PAIN"] and not lines["NONE"]:
            raise ReplyFault("The reply holds neither a PAIN line nor the line NONE.")
        pains, broken = read_blocks(lines["PAIN"][:MOST_PAINS], _pain)
        return cls(
            pains=tuple(pains.values()),
            numbers=tuple(pains),
            broken=tuple(broken.items()),
            stays=tuple(_stay(line) for line in lines["MUST STAY"]),
            wishes=tuple(_wish(line) for line in lines["WISH"]),
            scope=tuple(_whole(line) for line in lines["SCOPE"] if line.text),
            steps=tuple(step for line in lines["STEP"] for step in _steps(line)),
            asks=tuple(AskLine(line.text, _first(line)) for line in lines["ASK"][:MOST_ASKED] if line.text),
            root=_whole(lines["ROOT"][0]) if lines["ROOT"] else "",
            sound=_sound(lines["NONE"][0]) if lines["NONE"] else Said(),
        )


def _first(line: Line) -> str:
    return line.fields[0] if line.fields else ""


def _sound(line: Line) -> Said:
    return Said(_whole(line).strip(), line.quote)


def _whole(line: Line) -> str:
    return " ".join((line.text, *line.fields))


def _pain(line: Line) -> PainLines:
    codes: list[str] = []
    at: list[str] = []
    rest: list[str] = []
    for field in line.fields:
        if re.match(r"at\b", field, re.I):
            at += _ID.findall(re.sub(r"^at\b:?", "", field, flags=re.I))
        elif _CODE.search(field) and not _CODE.sub("", field).strip(" ,;/and"):
            codes += _CODE.findall(field)
        else:
            rest.append(field)
    if not line.text or not codes or not at:
        raise line.fault('it needs a sentence, a practice code and `at` with ids: PAIN … | H06 | at id | "quotation".')
    inside = {inner.word: inner for inner in line.inside}
    return PainLines(
        pain=Said(line.text, line.quote, tuple(_FACT.findall(" ".join(rest)))),
        codes=tuple(dict.fromkeys(codes)),
        at=tuple(dict.fromkeys(at)),
        cause=_said(inside.get("CAUSE")),
        effect=_said(inside.get("EFFECT")),
        cure=_whole(inside["CURE"]) if "CURE" in inside else "",
        measure=_measure(inside.get("MEASURE")),
        sums=tuple((s.text, " ".join(s.fields)) for s in line.inside if s.word == "SUM" and s.text)[:MOST_SUMS],
        worked=tuple(each.text for each in (line, *line.inside) if "=" in each.text),
    )


def _measure(line: Line | None) -> tuple[str, str, str]:
    """What is counted, how it stands today, and whether it is to go `down` or `up`."""
    if line is None or not line.text:
        return ("", "", "")
    way = "up" if line.fields[-1:] and line.fields[-1].strip().lower().startswith("up") else "down"
    today = line.fields[0].strip() if len(line.fields) > 1 else ""
    return (line.text, "" if "not known" in today.lower() else today, way)


def _said(line: Line | None) -> Said:
    if line is None:
        return Said()
    facts = tuple(dict.fromkeys(_FACT.findall(" ".join((line.text, *line.fields)))))
    return Said(line.text, line.quote, facts)


def _stay(line: Line) -> StayLine:
    if not line.fields:
        raise line.fault('it needs ids and the ground: MUST STAY id | why | "quotation".')
    return StayLine(tuple(_ID.findall(line.text)), _first(line), line.quote)


def _wish(line: Line) -> WishLine:
    verdict = _first(line).lower()
    holds = "does not hold" if "not" in verdict else "holds in part" if "part" in verdict else "holds"
    return WishLine(line.text, holds, " ".join(line.fields[1:]))


def _steps(line: Line) -> Iterator[StepLine]:
    """What a line says of each step it names."""
    value = next((field.upper() for field in line.fields if field.upper() in VALUES), "")
    words = {field.lower() for field in line.fields}
    decides = next((word for word in ("rules", "judgement", "hands") if word in words), "")
    told = [field for field in line.fields if field.upper() not in VALUES and field.lower() not in _STEP_WORDS]
    for name in dict.fromkeys(_ID.findall(line.text)):
        yield StepLine(name, value, "control" in words, decides, " ".join(told)[:200])


_STEP_WORDS = frozenset({"control", "rules", "judgement", "judgment", "hands", "none", "no control", ""})
