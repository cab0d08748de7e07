"""The teller's words in the result: quotations under the findings, what was not taken in, the remarks as rows, and
answers to wishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.english.tables import any_of, classed
from assistant.gateway.redact import TITLES
from assistant.language.change.mention import content
from assistant.language.figures.figure import DAY_NAMES, Figure
from assistant.language.figures.hours import hours_in
from assistant.language.figures.reading import figures_in
from assistant.process.durations import Span
from assistant.process.model import Process
from assistant.process.tree import walk
from assistant.redesign.detectors.told import shortened as shortened
from assistant.redesign.enablers import asked_for
from assistant.redesign.shapes import Finding, Quote
from assistant.redesign.view import View

MOST, FEWEST_WORDS = 2, 4
FIGURE = re.compile(
    rf"\d|\b{any_of('number-word')}\b",
    re.I,
)
_IN_FUN = re.compile(r"\b(?:lol|haha+|lmao)\b|[:;]-?\)", re.I)
_PERSON = re.compile(r"\b(?:he|she)\b", re.I)
_NAMED = re.compile(r"(?<=[\w,;'’] )(?<!\bthe )[A-Z][a-z]+")
_OF_CALENDAR = DAY_NAMES | classed("measures", "months")
_NOT_AFTER_A_TITLE = "".join(rf"(?<!\b{title})" for title in TITLES.replace("Señora?", "Señor|Señora").split("|"))
_END = re.compile(rf"[!?](?=\s|$)|{_NOT_AFTER_A_TITLE}\.(?=\s|$)|\n\s*\n|\n(?=\s*[-*•])")


def handed_on(words: str) -> bool:
    """Whether a quotation may stand in what a boss hands on: it says a figure, or speaks of the work and of nobody in
    particular. What somebody said of a colleague in anger or fun goes no further."""
    if _IN_FUN.search(words):
        return False
    named = [name for name in _NAMED.findall(words) if name.lower().removesuffix("s") not in _OF_CALENDAR]
    return bool(FIGURE.search(words)) or not (named or _PERSON.search(words))


def quoted(findings: Sequence[Finding], view: View, text: str) -> list[Finding]:
    """The findings, each with words of the story: its own, or the sentences its first steps were told in."""
    return [
        finding if finding.quotes or not text else finding.quoting(_told_at(finding, view, text))
        for finding in findings
    ]


def _told_at(finding: Finding, view: View, text: str) -> tuple[Quote, ...]:
    spans = [getattr(view.steps.get(name) or view.roles.get(name), "span", None) for name in finding.elements]
    found = [_sentence(text, span.start, span.end) for span in spans if span is not None and span.end <= len(text)]
    return tuple(dict.fromkeys(found))[:MOST]


def _sentence(text: str, start: int, end: int) -> Quote:
    """The sentence that holds some characters of a text."""
    first = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
    last = next((m.end() for m in _END.finditer(text, end)), len(text))
    first += len(text[first:start]) - len(text[first:start].lstrip())
    return Quote(first, last, text[first:last])


def unheard(text: str, process: Process, turns: Sequence[str] = ()) -> tuple[str, ...]:
    """The sentences of a story nothing in the process rests on, and the `turns` said since of which nothing came; those
    with a figure or a person of it come first."""
    used = [span for span in _spans(process) if span is not None]
    left = [shortened(" ".join(turn.split())) for turn in turns if turn not in text]
    start = 0
    for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
        line = " ".join(text[start:end].split())
        used_up = any(span.start < end and span.end > start for span in used) or _of_people(line, process)
        if len(line.split()) >= FEWEST_WORDS and not used_up:
            left.append(shortened(line))
        start = end
    people = (
        re.compile(rf"\b(?:{'|'.join(re.escape(role.name) for role in process.roles)})\b") if process.roles else FIGURE
    )

    def weight(line: str) -> tuple[bool, bool]:
        """What somebody does and what has a figure comes first; a question of a listener and a mark of a paper last."""
        talk = line.endswith("?") or line.startswith("[")
        return talk, not (FIGURE.search(line) or people.search(line))

    return tuple(sorted(dict.fromkeys(left), key=weight))


def _of_people(line: str, process: Process) -> bool:
    """Whether a sentence says nothing but how many people there are or when they work, and they stand so: what is told
    of people has no place in the story."""
    hours = hours_in(line)
    if hours is not None and any(hours in (role.calendar or ()) for role in process.roles):
        return True
    counts = [figure for figure in figures_in(line) if figure.kind in ("people", "number")]
    counted = [role for role in process.roles if role.capacity]
    heard = {word.removesuffix("s") for role in counted for word in content(role.name.lower())} | _THERE_ARE
    rest = "".join(_without(line, counts)).lower()
    only = all(word.removesuffix("s") in heard for word in content(rest))
    return bool(counts) and only and all(figure.low in {role.capacity for role in counted} for figure in counts)


_THERE_ARE = frozenset({"there", "we", "and", "are"})


def _without(line: str, figures: Sequence[Figure]) -> Iterator[str]:
    """A line without some of its figures; the noun that is counted stays."""
    start = 0
    for figure in figures:
        counted = re.match(r"\S+", line[figure.a :])
        yield line[start : figure.a]
        start = figure.a + (counted.end() if counted else 0)
    yield line[start:]


def _spans(process: Process) -> Iterator[Span | None]:
    """Where in the story each thing that was taken from it stands."""
    for step in walk(process):
        parts = [step, *getattr(step, "branches", ())]
        parts += [getattr(step, name, None) for name in ("work", "wait", "setup", "duration", "batch")]
        yield from (getattr(part, "span", None) for part in parts)
    yield from (remark.span for remark in process.remarks)
    yield from (measure.span for measure in process.measures)
    yield from (customer.span for customer in process.customers)
    if process.volume is not None:
        yield from (process.volume.span, process.volume.between.span)


def remark_rows(process: Process) -> list[dict[str, Any]]:
    """The remarks of a process as JSON rows: kind, elements, words, span and figures."""
    return [
        {
            "id": remark.id,
            "kind": remark.kind,
            "elements": list(remark.elements),
            "text": remark.text,
            "span": None if remark.span is None else {"start": remark.span.start, "end": remark.span.end},
            "figures": [figure.document() | {"basis": figure.basis.value} for figure in remark.figures],
            "sure": remark.sure,
        }
        for remark in process.remarks
    ]


def wishes_answered(view: View) -> tuple[str, ...]:
    """An answer to each wish that does not hold: to drop what law or safety asks for, or for a technology that does
    not fit."""
    notes = []
    for remark in view.process.remarks:
        if remark.kind != "wish":
            continue
        words = shortened(remark.text)
        kept = view.protection.covers(set(remark.elements))
        notes += [f"“{words}”: {view.name_of(name)} stays, {view.protection.reasons[name]}." for name in kept]
        notes += [f"“{words}”: {fit.name}: {fit.reason}" for fit in asked_for(view, remark.text) if not fit.fits]
    return tuple(dict.fromkeys(notes))
