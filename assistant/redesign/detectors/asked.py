"""Where the words say that something hurts but not surely what: what may be meant, to be asked.

These findings claim nothing: what they may mean is asked about, and no change is made for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.process.remarks import IN_WORDS, Remark
from assistant.redesign.detectors.base import finding
from assistant.redesign.detectors.belied import belied
from assistant.redesign.detectors.meanings import MEANINGS
from assistant.redesign.detectors.told import (
    as_evidence,
    is_claimed,
    is_quiet,
    likelihood,
    quote_of,
    shortened,
    steps_of,
)
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View

TROUBLE, GUESS = "told_trouble", 0.3
MOST_TROUBLES, MOST_MEANT, MOST_CODES = 7, 2, 4


def troubled(view: View) -> Iterator[Finding]:
    """A question for each place of the story where something may hurt, the likeliest first."""
    places = [] if is_quiet(view) else _places(view)
    for remarks in sorted(places, key=lambda remarks: -_likely(remarks))[:MOST_TROUBLES]:
        meant = [MEANINGS[remark.kind] for remark in remarks]
        codes = [
            *(meaning.practices[0] for meaning in meant),
            *(code for meaning in meant for code in meaning.practices[1:2]),
        ]
        perhaps = " or ".join(IN_WORDS[remark.kind] for remark in remarks)
        made = finding(
            view,
            TROUBLE,
            steps_of(view, remarks),
            f"You said “{shortened(remarks[0].text)}”: perhaps {perhaps}?",
            (as_evidence(remarks[0]),),
            tuple(dict.fromkeys(codes))[:MOST_CODES],
            waste=meant[0].waste,
            told=True,
            asked=True,
        )
        said = tuple(quote_of(remark) for remark in remarks[:1] if remark.span is not None)
        yield replace(made.quoting(said), confidence=_likely(remarks))


def _places(view: View) -> list[list[Remark]]:
    """The remarks to be asked about, those that share words together, each kind once."""
    found: list[list[Remark]] = []
    for remark in sorted(view.process.remarks, key=lambda remark: -(remark.likely or 0.0)):
        if remark.kind not in MEANINGS or is_claimed(view, remark) or not any(map(view.steps.get, remark.elements)):
            continue
        if belied(view, remark):
            continue
        beside = next((place for place in found if any(_overlap(remark, other) for other in place)), None)
        if beside is None:
            found.append([remark])
        elif len(beside) < MOST_MEANT and all(remark.kind != other.kind for other in beside):
            beside.append(remark)
    return found


def _overlap(one: Remark, other: Remark) -> bool:
    if one.span is None or other.span is None:
        return one.text == other.text
    return one.span.start < other.span.end and other.span.start < one.span.end


def _likely(remarks: Sequence[Remark]) -> float:
    """How likely it is that something hurts at a place: none of what may be meant there need be surely so by itself."""
    return likelihood(remarks) or GUESS
