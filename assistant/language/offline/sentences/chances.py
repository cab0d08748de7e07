"""Where a chance belongs: to a condition in its sentence, to the choice told last, an error or an optional step."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.english.tables import classed
from assistant.language.figures.figure import Figure
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.same_step import content, stem
from assistant.language.offline.sentences.statements import Condition, Item, Said
from assistant.language.offline.words.word_tables import OUTSIDE, REFUSE
from assistant.process.durations import UNITS, Span, seconds

_WRONG = classed("reading", "in-error")


def chance_is_error(mark: Mark) -> bool:
    """ "one in twelve is typed in wrong" is an error rate, not a decision."""
    return any(word in _WRONG for word in mark.words) or _cannot_be_read(mark)


def _cannot_be_read(mark: Mark) -> bool:
    """ "Half of the time it can't be read", "one in ten she cannot read"."""
    words = {*mark.words}
    return "read" in words and not words.isdisjoint(("n't", "not", "cannot"))


def names_an_error(thing: str) -> bool:
    """Whether a thing is what went wrong: "the wrong flowers"."""
    return not _WRONG.isdisjoint(thing.split())


def place_chances(said: Said) -> None:
    """Give each chance of a sentence to the condition or step it speaks of."""
    for mark in said.marks:
        if mark.quantity.kind != "chance":
            continue
        if chance_is_error(mark) and mark.how != "front":
            continue
        if mark.how == "front":
            _in_front(said, mark)
        elif mark.how in ("pointing", "aside"):
            _give(said, mark)
    told = min((act.span.start for act in said.acts()), default=said.span.end)
    if any(mark.quantity.those and mark.how != "pointing" and mark.quantity.a < told for mark in said.marks):
        said.cue = said.cue or "so"  # behind a step of its own sentence "half of them" are those of that step


def _in_front(said: Said, mark: Mark) -> None:
    """ "In one of six cases …" holds for what its sentence tells behind it; "… there isn't" denies what was asked."""
    acts = [k for k, item in enumerate(said.items) if item.act is not None]
    last = len(said.items) - bool(said.items and said.items[-1].kind == "end")
    place = next((k for k in acts if said.items[k].act.span.start > mark.quantity.a), last)  # type: ignore[union-attr]
    condition = _bare(mark)
    before = said.items[place - 1].act if place else None
    found = said.items[place].act if place < len(said.items) else None
    if found is not None and found.verb in _NOTICED:
        condition.text = f"{found.thing or 'something'} is found"
        said.items[place] = Item("if", condition=condition)
        return
    asked = before.name.partition(" whether ")[2] if before is not None else ""
    if asked and mark.words[-1:] == ("n't",):
        thing = re.sub(r"^there (?:'s|is|are) (?:an? )?", "", asked)
        condition.text = f"no {thing}" if thing != asked else f"not: {asked}"
    said.items.insert(place if before is not None else 0, Item("if", condition=condition))


_NOTICED = frozenset("find notice spot discover detect".split())
"""What is only noticed in some cases is the condition of what is done then: "in 20 % he finds a crack"."""
_WORKING_DAYS = 5 / 7
"""Cases "a day" come on working days."""


def chances_of_rhythms(told: list[Said], coming: Figure | None) -> None:
    """ "Once a week a part is missing" of sixty cases a week is one in sixty; without a volume it stays unknown."""
    if coming is None or coming.middle <= 0:
        return
    gap = seconds(coming.size, coming.unit) / coming.middle
    for condition in (item.condition for said in told for item in said.items if item.condition is not None):
        if condition.every:
            days = _WORKING_DAYS if coming.unit == "d" and condition.every >= UNITS["w"] else 1.0
            condition.p = round(min(1.0, gap / days / condition.every), 6)


def answer_refusals(told: list[Said]) -> None:
    """ "They refuse one in eight. Then Tanja writes an appeal": an answer is given where it was refused."""
    for said, after in pairwise(told):
        acts, share = said.acts(), any(item.condition is not None and item.condition.p for item in said.items)
        answer = next(iter(after.acts()), None)
        if share and acts and acts[-1].verb in REFUSE and answer is not None:
            said.carries = said.carries or not _ANSWERS.isdisjoint((answer.verb, *answer.name.lower().split()))


_ANSWERS = frozenset("appeal appeals complain complaint object objection protest dispute challenge contest".split())
"""What is done where somebody has refused."""


def leaves_open(said: Said) -> bool:
    """Whether a sentence only names a condition with its chance, so that the next one tells what is done then."""
    last = said.items[-1] if said.items else None
    named = last is not None and last.kind == "if" and last.condition is not None and last.condition.p is not None
    return named or _by_outsider(said)


def _by_outsider(said: Said) -> bool:
    """ "One in ten customers disputes the invoice": what follows is how that is dealt with."""
    acts = [item.act for item in said.items if item.kind == "act" and item.act is not None]
    chance = any(
        item.kind == "if" and item.condition is not None and item.condition.p is not None for item in said.items
    )
    outside = len(acts) == 1 and bool(OUTSIDE & set((acts[0].role or "").split()))
    return chance and outside and acts[0].verb in _TROUBLE


_TROUBLE = frozenset(
    """
    dispute complain appeal object return question challenge call contest withdraw disagree protest
    """.split()
)


def _bare(mark: Mark) -> Condition:
    q = mark.quantity
    text = f"in {round(q.middle * 100):.0f} % of cases"
    return Condition(text, False, Span(start=q.a, end=q.b), content(text), p=q.middle)


def _meant(item: Item, mark: Mark) -> bool:
    """Whether a share may be that of a step: told before it, and by the same clause where that has a verb of its own.

    Not "he checks every bike, he finds something in one of fifty".
    """
    act = item.act
    if act is None or act.span.start > mark.quantity.a:
        return False
    own = mark.how == "aside" and mark.before > 1
    return not own or any(stem(word) == act.verb for word in mark.words)


def _give(said: Said, mark: Mark) -> None:
    """ "…, which happens in 12 % of the cases": the condition of the sentence, else the last step becomes optional."""
    conditions = [item.condition for item in said.items if item.kind == "if" and item.condition is not None]
    open_ = [condition for condition in conditions if condition.p is None]
    if open_:
        earlier = [condition for condition in open_ if condition.span.start <= mark.quantity.a]
        (earlier or open_)[-1].p = mark.quantity.middle
        return
    back = next((item for item in said.items if item.kind == "back" and item.condition is None), None)
    if not conditions and back is not None:
        back.condition = _bare(mark)  # "nobody is home, in a third of the cases, so he comes again"
        return
    if not conditions and mark.before and not any(item.kind == "act" for item in said.items):
        said.optional_p = mark.quantity.middle  # speaks of the choice told last
        return
    if not conditions:
        place = max((k for k, item in enumerate(said.items) if item.kind == "act" and _meant(item, mark)), default=None)
        if place is not None:
            said.items.insert(place, Item("if", condition=_bare(mark)))
