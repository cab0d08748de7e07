"""The teller's words in the result: quotations under the findings, the remarks as rows, and answers to wishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.process.model import Process
from assistant.redesign.detectors.told import shortened
from assistant.redesign.enablers import asked_for
from assistant.redesign.shapes import Finding, Quote
from assistant.redesign.view import View

MOST = 2
_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n|\n(?=\s*[-*•])")


def quoted(findings: Sequence[Finding], view: View, text: str) -> list[Finding]:
    """The findings, each with words of the story: its own, or the sentences its first steps were told in."""
    return [one if one.quotes or not text else one.quoting(_told_at(one, view, text)) for one in findings]


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
