"""A time told for a heap of cases, not for one: `an hour for all of them`, `two hours for all thirty`, `an hour for 40
letters`. The time of a case is that time shared among the heap."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.english.forms import singular
from assistant.language.figures.figure import TIME_KINDS
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import counts_in, figures_in
from assistant.language.offline.sentences.same_step import content

LEAST = 3
"""From how many on things are a heap."""
_NUMBER = rf"(?:\d[\d.,]*|{COUNT_WORD}|(?:a |two |three )?(?:hundred|dozen))"
_HEAP = re.compile(
    r"\W*\b(?:for|over)\s+(?:"
    rf"all(?: of)?(?: the| these| those)? (?P<all>{_NUMBER})\b(?: of them| [a-z]{{3,}}s)?|"
    rf"(?:the )?(?P<of>{_NUMBER}) of them\b|"
    rf"(?P<n>{_NUMBER}) (?P<noun>[a-z]{{3,}}s)\b(?=\W*(?:$|[,.;]|and\b|or\b|at once|together|in one go))|"
    r"all of (?:them|it)\b|them all\b|everything\b|"
    r"(?:the|a|one) (?:whole |entire |full )?(?:day's |morning's )?(?:lot|pile|heap|stack|batch|bunch)\b|"
    r"the (?:whole|entire|day's|morning's) (?:[a-z]+'s )?[a-z]+\b)"
    r"(?: together| at once| in one go| altogether)?",
    re.IGNORECASE,
)


class Heap(NamedTuple):
    """What a time is told for: how many cases, as told there (None: not told), what they are called, and where."""

    cases: float | None
    noun: str
    a: int
    b: int


def heap_behind(text: str, at: int) -> Heap | None:
    """The heap that the words at `at`, right behind a length of time, name; None when they name none."""
    match = _HEAP.match(text, at)
    if match is None:
        return None
    said = match["all"] or match["of"] or match["n"] or ""
    counted = counts_in(said)
    if said and (not counted or counted[0].value < LEAST):
        return None
    return Heap(counted[0].value if counted else None, (match["noun"] or "").lower(), match.start(), match.end())


def heap_of(text: str, a: int, b: int) -> Heap | None:
    """The heap told of behind a length of time from `a` to `b`, or at its end, where that is taken for part of it."""
    start = max(text.rfind(" for ", a, b), text.rfind(" over ", a, b))
    return heap_behind(text, b) or (heap_behind(text, start) if start >= 0 else None)


def told_of_a_heap(words: str) -> bool:
    """Whether the one length of time that words tell is told of a heap."""
    times = [figure for figure in figures_in(words) if figure.kind in TIME_KINDS and not figure.vague]
    return len(times) == 1 and heap_of(words, times[0].a, times[0].b) is not None


def is_of(heap: Heap, step: str) -> bool:
    """Whether what the heap consists of is what a step is done to; a heap without a name is."""
    return not heap.noun or singular(heap.noun) in {singular(word) for word in content(step)}


def counted_before(text: str, at: int, step: str) -> float | None:
    """How many of what a step is done to were counted last before `at` (`about thirty parcels come`); None: nobody
    counted them."""
    things = {singular(word) for word in content(step)}
    for count in reversed(counts_in(text[:at])):
        behind = re.match(r"\s+(?:[a-z-]+\s+)?([a-z]{3,}s)\b", text[count.b :], re.IGNORECASE)
        if behind and count.value >= LEAST and singular(behind[1].lower()) in things:
            return count.value
    return None
