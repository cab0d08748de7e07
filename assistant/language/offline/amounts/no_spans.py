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
    ahead = behind[:1] == ("before",) and behind[1:2] and behind[1] not in _WHO and not _TAKES & set(mark.words)
    at_once = behind[:3] in (("on", "one", "day"), ("on", "a", "day"))
    counted = front[-1:] == ("of",) and front[-2:-1] and _is_number(front[-2])
    shared = behind[:1] in (("in",), ("of",)) and behind[1:2] and _is_number(behind[1])
    meanwhile = front[-2:-1] == ("during",) and front[-1] in ("those", "these", "that", "the")
    looked_back = front[-1:] in (("last",), ("past",)) and bool({"the", "these", "our"} & set(front[-2:-1]))
    other = "another" in (*figure[:1], *front[-1:]) and not _TAKES & set(mark.words)
    stock = "worth" in behind[:3]
    undone = front[-1:] == ("for",) and {"year", "years"} & set(figure) and _NOBODY & {*mark.words, *front}
    outside = bool(ahead) or bool(_SIDES & set(behind[:1])) or looked_back or meanwhile
    beside = _is_there(front) or _is_far(behind) or _is_paid(behind) or _is_quoted(front)
    told = kind or beside or outside or at_once or other or stock or bool(counted) or bool(shared or undone)
    return told or _is_a_day(front, figure, behind, mark) or _is_elsewhere(front, figure, behind)


def _is_there(front: tuple[str, ...]) -> bool:
    """ "I sit at the saw three hours": how long somebody is there, and nothing waits."""
    return front[:1] != () and front[0] in _PERSONS and bool(_SITS & set(front[1:3])) and "at" in front


def _is_far(behind: tuple[str, ...]) -> bool:
    """ "Ten minutes up the road", "five minutes away": how far it is."""
    return behind[:1] == ("away",) or behind[:2] in (("from", "here"), ("on", "foot")) or (
        behind[:1] in (("up",), ("down",)) and behind[2:3] in (("road",), ("street",), ("hill",))
    )  # fmt: skip


def _is_paid(behind: tuple[str, ...]) -> bool:
    """ "A day in harbour is three thousand pounds": what the time costs."""
    return bool(_MONEY & set(behind)) and bool({"is", "costs", "cost"} & set(behind[:4]))


def _is_quoted(front: tuple[str, ...]) -> bool:
    """ "Newspapers wrote "it lies there twenty minutes"": what others say of it."""
    return front.count('"') % 2 == 1 and not {"wrote", "write", "writes", "say", "says", "said"}.isdisjoint(front)


_PERSONS = frozenset("i we he she they".split())
_SITS = frozenset("sit sits stand stands".split())
_MONEY = frozenset("pound pounds euro euros dollar dollars francs crowns".split())
_TAKES = WAITING | {"take", "takes", "took", "need", "needs"}
_IS = frozenset("is was are were be about only".split())
_OURS = frozenset("my our his her their your".split())
_EXTREME = frozenset("longest shortest worst slowest quickest fastest record".split())
_MAYBE = frozenset("could couldn't would wouldn't might".split())
_SHUT = frozenset("shut shuts closed holiday holidays vacation fishing".split())
_LEFT = frozenset("lying waiting standing sitting left kept".split())
_PILED = frozenset("lie lies lying wait waiting piled ahead there".split())


_SPANS = frozenset("after for about later afterwards".split())
"""Beside "one day" what makes it a length: "after one day", "one day later"."""


def _is_a_day(front: tuple[str, ...], figure: tuple[str, ...], behind: tuple[str, ...], mark: Mark) -> bool:
    """When, not how long: "thirty on a good week", "one day I want to steer", "in those nine weeks", "until two days
    before the exam", "two days before, you hand it over", "four times in my six weeks"."""
    if front[-1:] == ("on",) or front[-2:] in (("in", "those"), ("in", "these")):
        return True
    if front[-1:] and front[-1] in _OURS and front[-2:-1] in (("in",), ("after",), ("during",)):
        return True
    aside = mark.how == "aside" and mark.quantity.start > 0 and not behind  # "they measure on site, one day."
    span = (front[-1:] and front[-1] in _SPANS) or (behind[:1] and behind[0] in _SPANS)
    if figure[:2] == ("one", "day") and not aside and not span and not (_TAKES | _IS) & set(mark.words):
        return True
    return behind == ("before",) or (front[-1:] in (("until",), ("till",)) and behind[:1] == ("before",))


def _is_elsewhere(front: tuple[str, ...], figure: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """A length of something else: "five weeks I have been here", "it keeps three months", "130 days out of 151",
    "never longer than a day", "the longest wait 20 minutes", "nine weeks of work lying there", "shut the shop for
    three weeks", "could do it in an hour", "it isn't the roof that takes seven weeks"."""
    around = {*front, *behind}
    if {"been", "here"} <= around or front[-1:] in (("keeps",), ("keep",)) or front[-2:] == ("keeps", "for"):
        return True
    if front[:1] in (("a",), ("an",)) and _LEFT & set(front) and not _IS & set(front):
        return True  # "a paper lying in a school for three weeks gets read"
    if behind[:2] == ("out", "of") and behind[2:3] and _is_number(behind[2]):
        return True
    than = [*front, *figure[:3]].index("than") if "than" in (*front[-1:], *figure[:3]) else 0
    most = [*front, *figure][than - 2 : than - 1] in (["no"], ["not"])  # "no more than 48 hours" is a length
    if than and not most and (_NOBODY | {"no"}) & set(front):
        return True
    if _EXTREME & set(front[-3:]) or (_SHUT & around) or (_MAYBE & set(front) and not _TAKES & around):
        return True
    denied = bool({"n't", "isn't", "wasn't", "not"} & set(front)) and bool(
        {"what", "that", "who", "which"} & set(front)
    )
    return denied or ("of" in (*figure[-2:-1], *behind[:1]) and "work" in (*figure[-1:], *behind[1:2])
                      and bool(_PILED & set(behind)))  # fmt: skip


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in NUMBER_WORDS


def is_per_period(mark: Mark) -> bool:
    """ "1.5 hours per month" is what all cases of a month take together, not the time of one."""
    length = mark.quantity.end - mark.quantity.start
    figure, behind = mark.words[mark.before : mark.before + length], mark.words[mark.before + length :]
    if behind in (("of", "it"), ("of", "that")) or (
        behind[:1] in (("of",), ("out",)) and set(behind[1:4]) & {"day", "week", "morning", "afternoon", "time"}
    ):
        return True  # "a good hour of her day", "an hour and a half of it, every day"
    if behind[:1] in (("a",), ("per",), ("each",), ("every",)) and behind[1:2] in (
        ("day",),
        ("week",),
        ("month",),
        ("year",),
    ):
        return True  # "two days a month we stand there"
    return len(figure) > 3 and figure[-2] in ("per", "a", "an") and figure[-1] in NAMED and figure[-3] in NAMED
