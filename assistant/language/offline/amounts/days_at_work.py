"""Days that somebody is at work on a thing: "the mason cuts the slab, a day and a half" is work and no waiting."""

from __future__ import annotations

from assistant.english.classes import verbs
from assistant.english.forms import base_of
from assistant.english.tables import classed
from assistant.language.figures.stated import as_duration, at_desk
from assistant.language.offline.amounts.no_spans import WAITING
from assistant.language.offline.amounts.waits_beside import is_party
from assistant.language.offline.amounts.waits_where import behind_figure, is_run
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.word_tables import OUTSIDE, TITLES, UNITS
from assistant.process.durations import Duration

MOST_DAYS = 3.0
"""What is told of one step as more days than this is mostly how long it lies."""
_DOING = (verbs("bodily") | classed("reading", "making") | classed("reading", "takes-days")) - classed(
    "reading", "on-the-way"
)
_OF_IT = (("each",), ("of", "work"), ("on", "average"), ("all", "in", "all"))


def work_of(mark: Mark, act: Act) -> Duration:
    """How long a step is worked on: days are working days of the person, a machine runs by the clock."""
    length = as_duration(mark.quantity, hands_on=True)
    return length if is_run(mark, [act], []) else at_desk(length)


def are_worked(mark: Mark, own: list[Act]) -> bool:
    """Whether days told behind somebody's work are what that work takes: "the fitter builds the frame, a day",
    "building takes a day and a half"; not what others keep it, and no time that is long."""
    doer = own[-1] if own else None
    fits = mark.quantity.unit == "d" and mark.quantity.high <= MOST_DAYS and not WAITING & {*mark.words}
    if not fits or mark.quantity.high % 0.5:
        return False
    front = mark.words[: mark.before]
    if mark.how == "inside":
        return is_party(mark) and (any(base_of(word, "ing") in _DOING for word in front[:2]) or _of_doer(mark))
    if mark.how == "pointing":
        return doer is not None and doer.verb in _DOING and bool({*behind_figure(mark), *front} & _WHOM)
    alone = mark.how == "aside" and not mark.before and behind_figure(mark) in ((), *_OF_IT)
    who = {*(doer.role or "").split()} if doer else set()
    inside = bool(who) and not who & OUTSIDE
    return alone and inside and doer is not None and doer.verb in _DOING


_WHOM = frozenset("him her them us me".split())


def _of_doer(mark: Mark) -> bool:
    """ "The fitter needs half a day for it": what somebody of the house is said to need, and not for an answer."""
    front = mark.words[: mark.before]
    told = front[-1:] in (("needs",), ("need",)) and not _ANSWERED & {*behind_figure(mark)}
    return told and bool({*front} & TITLES) and not {*front} & (OUTSIDE | UNITS)


_ANSWERED = classed("reading", "comes-back")
