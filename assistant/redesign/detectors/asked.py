"""Where the words say that something hurts but not surely what: what may be meant, to be asked.

These findings claim nothing: what they may mean is asked about, and no change is made for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.process.remarks import IN_WORDS, Remark
from assistant.redesign.detectors.base import finding
from assistant.redesign.detectors.told import MEANINGS, as_evidence, quote_of, shortened, steps_of
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View

TROUBLE, GUESS = "told_trouble", 0.3
MOST_TROUBLES, MOST_MEANT, MOST_CODES = 6, 3, 4
HURTS = re.compile(
    r"\b(?:wait\w*|late\w*|too long|complain\w*|again|wrong|for nothing|annoy\w*|why|nobody|never|always|only|even|"
    r"still|same|days?|weeks?|hours?|months?|half|every|all|each|percent|hundred|twice|mistakes?|errors?|missing|back)\b",
    re.I,
)
"""Words that go with trouble: what holds most of them is asked about."""


def troubled(view: View) -> Iterator[Finding]:
    """A question for each place of the story where something may hurt, those with the strongest words first."""
    places = sorted(_places(view), key=lambda remarks: -_hurting(remarks))
    for remarks in [place for place in places if _hurting(place)][:MOST_TROUBLES]:
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
        yield replace(made.quoting((quote_of(remarks[0]),)), confidence=GUESS)


def _places(view: View) -> list[list[Remark]]:
    """The remarks to be asked about, those that share words together, each kind once."""
    found: list[list[Remark]] = []
    for remark in view.process.remarks:
        if remark.sure or remark.kind not in MEANINGS or not any(name in view.steps for name in remark.elements):
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


def _hurting(remarks: list[Remark]) -> int:
    """How many words of a place go with trouble, a figure counted as one."""
    return max(len(HURTS.findall(remark.text)) + bool(remark.figures) for remark in remarks)
