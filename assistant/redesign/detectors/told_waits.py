"""Whether a teller says of a wait that the case lies there: a figure in days, read beside a step, is none by itself.

Of a story told at length half of the figures in days are something else: how long it takes to dry, to travel, to be
allowed, or somebody's holiday. What nobody says a case lies for is asked about, it is no finding.
"""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.evidence_cues.remarks_heard import MOSTLY_STEPS
from assistant.process.blocks import Block, Task, Wait
from assistant.process.durations import Span
from assistant.redesign.view import View

AT_LENGTH = 12
"""So many sentences make a story in which figures are told of much besides waits."""
_END = re.compile(r"[.!?](?=\s|$)|\n")
_LIES = re.compile(rf"\b{any_of('case-lies')}\b", re.IGNORECASE)
_ON_A_DAY = re.compile(rf"\b{any_of('run-by-day')}\b", re.IGNORECASE)


def told_at_length(view: View) -> bool:
    """Whether a process was told in so many sentences, most of them no steps, that a figure may be of anything."""
    sentences = len(_END.findall(view.story))
    return sentences >= AT_LENGTH and len(view.tasks) < MOSTLY_STEPS * sentences


def said_to_lie(view: View, step: Block) -> bool:
    """Whether the words in which a wait was told say that a case waits, or for what day it is collected.

    What was told in a few sentences, or not in words at all, is taken as it is.
    """
    if not told_at_length(view):
        return True
    time = step.duration if isinstance(step, Wait) else getattr(step, "wait", None)
    batch = getattr(step, "batch", None)
    if time is None and batch is None:
        return True  # a queue follows from people and cases
    spans = [getattr(part, "span", None) for part in (time, batch.every if batch is not None else None)]
    own = getattr(step, "span", None)
    collected = batch is not None and any(
        _ON_A_DAY.search(around(view.story, span)) for span in (spans[1], own) if span
    )
    return collected or _batch_spoken_of(view, step) or bool(spans[0] and _LIES.search(around(view.story, spans[0])))


def _batch_spoken_of(view: View, step: Block) -> bool:
    """Whether a remark, be it only perhaps, says that cases are collected for a step that is done in runs."""
    name = getattr(step, "id", None)
    runs = isinstance(step, Task) and step.batch is not None
    return runs and any(remark.kind == "batch" and name in remark.elements for remark in view.process.remarks)


def around(story: str, span: Span) -> str:
    """The sentence in which something stands; with the one before where it is a mere figure ("Five days.")."""
    ends = [match.end() for match in _END.finditer(story)]
    begin = max((end for end in ends if end <= span.start), default=0)
    last = next((end for end in ends if end >= span.end), len(story))
    if len(story[begin:last].split()) <= MERE_FIGURE:
        begin = max((end for end in ends if end < begin), default=0)
    return story[begin:last]


MERE_FIGURE = 6
"""So few words tell how long, not of what."""


_CLAUSE = re.compile(r"[,;:–—]\s|\s(?:but|and)\s", re.IGNORECASE)
_LONG = r"[\w-]+\s+(?:days?|weeks?|months?)\b"
_SET = re.compile(
    rf"\b{any_of('sets-a-period')}\b|"
    r"\b(?:has|have|gets?|is given|are given)\s+(?:up to |exactly |always )?(?:\w+\s+)?"
    rf"{_LONG}(?=\s*(?:to|for|in which|until|till|time|$))|"
    rf"\b(?:must|has to|have to)\s+(?!wait\b|lie\b)(?:\w+\s+){{1,4}}for\s+(?:at least\s+)?{_LONG}",
    re.IGNORECASE,
)
_POINTS_TO_RULE = re.compile(
    rf"\W*(?:and |as |since |because )*(?:that|this|it|those|they|so)\b.{{0,20}}\b{any_of('sets-a-period')}\b",
    re.IGNORECASE,
)


def set_by_rule(story: str, span: Span | None) -> bool:
    """Whether the words around a time say that a rule sets it, or that somebody has a right to it: "they have to have
    it for fourteen days", "the owner has six weeks to object", "… three days, that is the law"."""
    if span is None or span.end > len(story):
        return False
    ends = [match.end() for match in _END.finditer(story)]
    first = max((end for end in ends if end <= span.start), default=0)
    last = next((end for end in ends if end >= span.end), len(story))
    then = next((end for end in ends if end > last), len(story))
    cuts = [first, *(match.end() for match in _CLAUSE.finditer(story, first, last)), last]
    begin, end = max(cut for cut in cuts if cut <= span.start), min(cut for cut in cuts if cut >= span.end)
    return bool(_SET.search(story[begin:end].strip(" ,.;"))) or any(
        _POINTS_TO_RULE.match(story[after:before]) for after, before in ((end, last), (last, then))
    )
