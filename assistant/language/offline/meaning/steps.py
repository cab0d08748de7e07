"""Which of the actions read are steps of the work, decided by weights learnt from stories whose steps are known.

Rules by themselves take too little out of what people tell, or too much: what they say is one cue among others
(`step_cues`), each with a weight (`english/data/step_weights.tsv`, made by `bench/learn_steps.py`). In a plain
description, where nobody speaks of himself and rules find next to no stranger, rules decide alone, and so they do in a
few sentences of a conversation.
"""

from __future__ import annotations

import math
import re
from functools import cache

from assistant.english.tables import rows
from assistant.language.evidence_cues.remarks_heard import Aside
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.meaning.step_cues import WHEN, cues, whole
from assistant.language.offline.meaning.told_aside import strangers, take_out, without_hours
from assistant.language.offline.sentences.statements import Act, Said

CUT = -0.2
"""From which sum of weights on an action is a step; `bench/learn_steps.py` prints what other cuts give."""
FIXED = {"verb at hand": -2.0}
"""Weights that are not learnt: what somebody gets, sees, finds or answers is seldom a step of its own (59 of 526), but
mostly a part of one told in its sentence, and from those little is learnt."""
FEW = 12
"""Fewer actions are no story: rules decide."""
KEPT = 0.5
"""The share of what rules leave that the weights leave at least."""
PLAIN = 0.1
NOTED = 0.8
MOST_NOTED = 14
"""The share of actions that rules take for no steps, from which on a text is more than a description."""
_SELF = re.compile(r"\b(?:I|my|me|I['’](?:m|ve|d|ll))\b")
_TYPES = frozenset("type enter key copy retype".split())
_ONCE_MORE = re.compile(r"\b(?:again|once more|one more time|a second time|over again)\b", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:nothing|anything|nobody|none)\b")


@cache
def weights() -> dict[str, float]:
    """The weight of each cue."""
    return {row[0]: float(row[1]) for row in rows("step_weights")} | FIXED


def without_no_steps(
    text: str, told: list[Said], book: RoleBook, about: list[Aside], piece: bool = False
) -> tuple[str, ...]:
    """Take what is no step out of `told`; the sentences, or the parts of them, that were left out."""
    without_hours(text, told)
    doubted = doubts(text, told, book, about)
    out = [act for act, _ in doubted]
    if not (piece or is_plain(text, told, doubted)):
        story = whole(text, told, book, about)
        found = [cues(story, at, doubt_of(act, doubted)) for at, (_, act, _) in enumerate(story.acts)]
        weighed = [(*told_of, own, likely(own)) for told_of, own in zip(story.acts, found, strict=True)]
        own_sums = [value for _, _, tied, _, value in weighed if tied != WHEN]
        least = least_of(own_sums, len(own_sums) - len(doubted))
        out = [
            act
            for said, act, tied, own, value in weighed
            if value < least
            and tied != WHEN
            and not (
                (points(told, said, act, tied, own) or pays(act, book) or types_again(text, act) or act.lasting)
                and doubt_of(act, doubted) == ""
            )
        ]
        for _, act, tied, _, value in weighed:
            act.in_passing = tied == WHEN and value < least
    rows = {id(act) for said in told if said.row for act in said.acts()}  # steps, whatever their cells sound like
    out = [act for act in out if id(act) not in rows]
    heard = {id(act) for act in out if doubt_of(act, doubted) == "aside"}
    for said, aside in zip(told, about, strict=True):
        own = {id(act) for act in said.acts()}
        said.beside = bool(own) and own <= {id(act) for act in out}
        said.items = [item for item in said.items if item.kind != "act" or id(item.act) not in heard]
        ends = any(item.kind == "end" and item.negative and item.target for item in said.items)
        if aside.heard and not said.acts() and not ends and (aside.nobody or aside.whole):
            said.items = []
    return take_out(text, told, [act for act in out if id(act) not in heard])


def points(told: list[Said], said: Said, act: Act, tied: str, own: dict[str, float]) -> bool:
    """Whether an action makes no step of its own but says where the work goes: back to a step told before ("if it
    fails, she tests it again"), or what comes first ("before the invoice is entered")."""
    near = [*told[max(0, said.index - 1) : said.index], said]
    on_condition = any(item.kind in ("if", "else", "when", "until") for each in near for item in each.items)
    return (tied == "after" and bool({"told before", "told again"} & own.keys())) or (act.again and on_condition)


def types_again(text: str, act: Act) -> bool:
    """Whether somebody types once more what is typed already: mostly told in passing, and work of its own."""
    return (
        act.verb in _TYPES
        and act.role is not None
        and _ONCE_MORE.search(text, act.span.start, act.span.end) is not None
    )


def pays(act: Act, book: RoleBook) -> bool:
    """Whether a customer pays: briefly as it is told, it ends many a case."""
    role = book.roles.get(act.role or "")
    return act.verb == "pay" and role is not None and role.kind == "external" and not (act.once or act.hypothetical)


def least_of(sums: list[float], by_rules: int) -> float:
    """From which sum on an action of this story is a step; `by_rules` actions rules would leave.

    A teller whose words the weights hardly know loses no more than a part of what rules leave."""
    kept = math.ceil(KEPT * by_rules)
    return min(CUT, sorted(sums, reverse=True)[kept - 1]) if kept else CUT


def likely(found: dict[str, float]) -> float:
    """The sum of the weights of some cues: above 0 it is rather a step than none."""
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in found.items())


def is_plain(text: str, told: list[Said], doubted: list[tuple[Act, str]]) -> bool:
    """Whether a text only describes: nobody says "I", and rules find next to nothing that is no step."""
    acts = sum(len(said.acts()) for said in told)
    return acts < FEW or _is_noted(text, told) or (_SELF.search(text) is None and len(doubted) < PLAIN * acts)


def _is_noted(text: str, told: list[Said]) -> bool:
    """Whether a text is lines typed in a hurry, without capitals and in few words: who notes so tells no more than the
    work, and the weights of chatty tellers know nothing of it."""
    lines = [text[said.span.start : said.span.end] for said in told]
    small = sum(line[:1].islower() for line in lines)
    return small > NOTED * len(lines) and len(text.split()) < MOST_NOTED * len(lines) and not _SELF.search(text)


def doubts(text: str, told: list[Said], book: RoleBook, about: list[Aside]) -> list[tuple[Act, str]]:
    """The actions that rules take for no steps, each with the kind of rule."""
    found = [(act, "aside") for act in _asides(told, about)]
    known = {id(act) for act, _ in found}
    unknown = [act for act in strangers(text, told, book) if id(act) not in known]
    return found + [(act, "stranger") for act in unknown if not act.lasting]  # who does that is seldom told


def doubt_of(act: Act, doubted: list[tuple[Act, str]]) -> str:
    """The kind of rule that takes an action for no step; "" for none."""
    return next((doubt for other, doubt in doubted if other is act), "")


def _asides(told: list[Said], about: list[Aside]) -> list[Act]:
    """In a sentence about the work what nobody known does, what is past, what is counted."""
    found: list[Act] = []
    awaited = False  # the sentence before only named a condition: this one tells what is done then
    for said, aside in zip(told, about, strict=True):
        no_step = frozenset() if awaited else aside.verbs
        awaited = said.carries
        for item in said.items:
            act = item.act
            if item.kind != "act" or act is None:
                continue
            none = aside.heard and (aside.nobody or _NOTHING.search(act.name) is not None)
            if none or act.verb in no_step or (aside.whole and not _is_work(act, said)):
                found.append(act)
    return found


def _is_work(act: Act, said: Said) -> bool:
    told_for_some = said.opens_with_if is not None  # "some forget and have to be reminded": nobody needs to be named
    return (act.role is not None or told_for_some) and not act.past and not any(letter.isdigit() for letter in act.name)
