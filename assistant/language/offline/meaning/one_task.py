"""Two acts told in one breath that are one task of one doer: "seals the box and locks it in", "rings the grower and
agrees the number of hives". An analyst draws one box for them, so the second is told in the name of the first.

Only where a sentence tells these two and nothing else: a row of three or more is a row of steps.
"""

from __future__ import annotations

import re

from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.offline.words.word_tables import REFUSE
from assistant.process.durations import Span

MOST_WORDS = 10
"""Words of a name for both; longer, the second is told by its verb alone, or stays a step of its own."""
_GETTING_THERE = frozenset("ring phone telephone call go walk drive".split())
_TAKEN_UP = re.compile(r"\b(?:it|them)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:then|later|afterwards|next|again|too|also)\b", re.IGNORECASE)


def as_one_task(text: str, told: list[Said]) -> None:
    """Tell two acts that are one task as one."""
    for said in told:
        acts = [item for item in said.items if item.kind == "act" and item.act is not None and not item.target]
        if len(acts) != 2 or len(said.acts()) != 2 or _timed(said) > 1:
            continue
        first, second = acts[0].act, acts[1].act
        if first is None or second is None or not _follows(said.items, acts) or not _one_doer(first, second):
            continue
        words = text[second.span.start : second.span.end]
        plain = second.name.endswith(second.thing)  # "takes them to the post" is a step of its own
        taken_up = plain and (_TAKEN_UP.search(words) is not None or _same(first, second))
        if _LATER.search(text[first.span.end : second.span.end]) or not (taken_up or _gets_there(first)):
            continue
        name = _both(first, second, taken_up)
        if name and name.count(" ") < MOST_WORDS:
            kept, gone = (first, acts[1]) if taken_up else (second, acts[0])
            _told_as(kept, first, second, name)
            said.items.remove(gone)


def _timed(said: Said) -> int:
    return sum(mark.quantity.kind == "duration" for mark in said.marks)


def _follows(items: list[Item], acts: list[Item]) -> bool:
    return items.index(acts[1]) == items.index(acts[0]) + 1


def _one_doer(first: Act, second: Act) -> bool:
    """Whether the same people do both, one after the other, and neither turns the case away."""
    apart = any(
        (act.again, act.joined, act.parallel, act.optional, act.over, act.back_to) != _PLAIN for act in (first, second)
    )
    return not apart and first.role == second.role and not {first.verb, second.verb} & REFUSE


_PLAIN = (False, "", False, False, False, None)


def _same(first: Act, second: Act) -> bool:
    return bool(first.thing) and content(first.thing) == content(second.thing)


def _gets_there(first: Act) -> bool:
    return first.verb.split()[0] in _GETTING_THERE


def _both(first: Act, second: Act, taken_up: bool) -> str:
    """The name of both: "Clean and grease bearings", "Lift bags from racks and shake"."""
    then = second.name[:1].lower() + second.name[1:]
    thing = f" {second.thing}"
    if not taken_up or not second.thing or thing not in then:
        return f"{first.name} and {then}"
    if _same(first, second) and first.name.endswith(f" {first.thing}"):
        return f"{first.name.removesuffix(f' {first.thing}')} and {then}"
    own = then.replace(thing, "", 1)
    whole = f"{first.name} and {own}"
    return whole if whole.count(" ") < MOST_WORDS else f"{first.name} and {then.partition(thing)[0]}"


def _told_as(kept: Act, first: Act, second: Act, name: str) -> None:
    kept.name, kept.span = name, Span(start=first.span.start, end=second.span.end)
    kept.system, kept.contact = first.system or second.system, first.contact or second.contact
    kept.said = first.said | second.said
