"""Figures of time that are no time of a step: a month's total, a time before an event, how late something is."""

from __future__ import annotations

from assistant.english.tables import classed
from assistant.language.figures.numbers import NUMBER_WORDS
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.process.durations import NAMED

WAITING = classed("reading", "waiting")
_SIDES = frozenset("behind late early ahead".split())
_NOBODY = frozenset("nobody never none ever not".split())
_WHO = frozenset("that this i we he she they it anybody somebody anyone someone".split())


def is_no_span(mark: Mark, front: tuple[str, ...]) -> bool:
    """ "Eight hours before arrival", "grants of more than ninety days", "twenty minutes behind", "26 hours on one day",
    "in the last three years", "another day", "three weeks' worth": when, how much or how late, and not how long a
    step takes or waits; nor is "on 17 of 22 days", "two days in five", "during those eight days" or "nobody has looked
    for two years"."""
    figure = mark.words[mark.before : mark.before + mark.quantity.end - mark.quantity.start]
    behind = mark.words[mark.before + len(figure) :]
    kind = front[-1:] == ("of",) and figure[:1] in (("more",), ("less",), ("over",), ("up",))
    takes = WAITING | {"take", "takes", "took", "need", "needs"}
    ahead = behind[:1] == ("before",) and behind[1:2] and behind[1] not in _WHO and not takes & set(mark.words)
    at_once = behind[:3] in (("on", "one", "day"), ("on", "a", "day"))
    counted = front[-1:] == ("of",) and front[-2:-1] and _is_number(front[-2])
    shared = behind[:1] in (("in",), ("of",)) and behind[1:2] and _is_number(behind[1])
    meanwhile = front[-2:-1] == ("during",) and front[-1] in ("those", "these", "that", "the")
    looked_back = front[-1:] in (("last",), ("past",)) and bool({"the", "these", "our"} & set(front[-2:-1]))
    other = "another" in (*figure[:1], *front[-1:]) and not takes & set(mark.words)
    stock = "worth" in behind[:3]
    undone = front[-1:] == ("for",) and {"year", "years"} & set(figure) and _NOBODY & {*mark.words, *front}
    outside = bool(ahead) or bool(_SIDES & set(behind[:1])) or looked_back or meanwhile
    return kind or outside or at_once or other or stock or bool(counted) or bool(shared or undone)


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in NUMBER_WORDS


def is_per_period(mark: Mark) -> bool:
    """ "1.5 hours per month" is what all cases of a month take together, not the time of one."""
    length = mark.quantity.end - mark.quantity.start
    figure, behind = mark.words[mark.before : mark.before + length], mark.words[mark.before + length :]
    if behind[:1] in (("of",), ("out",)) and set(behind[1:4]) & {"day", "week", "morning", "afternoon", "time"}:
        return True  # "a good hour of her day"
    if behind[:1] in (("a",), ("per",), ("each",), ("every",)) and behind[1:2] in (
        ("day",),
        ("week",),
        ("month",),
        ("year",),
    ):
        return True  # "two days a month we stand there"
    return len(figure) > 3 and figure[-2] in ("per", "a", "an") and figure[-1] in NAMED and figure[-3] in NAMED
