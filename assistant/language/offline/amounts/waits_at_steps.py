"""Waits whose place is told by a step: "between pressing and filling the juice stands for an hour", "before the sewing
the cloth lies two days", "the crates wait three hours before the pressing"."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.english.tables import classed, worded
from assistant.language.figures.stated import as_duration
from assistant.language.offline.amounts.by_themselves import of_itself
from assistant.language.offline.amounts.no_spans import WAITING
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.labels import task_name
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.offline.words.word_tables import OUTSIDE, TITLES, UNITS
from assistant.process.durations import Span

BY_ITSELF = classed("said", "by-itself")
PEOPLE = classed("people", "title") | TITLES | UNITS
_DOING = r"(?:the |its |their )?([a-z]+ing)\b"
_PLACES = (
    re.compile(rf"\bbetween {_DOING} and {_DOING}"),
    re.compile(rf"\bbefore ()?{_DOING}"),
    re.compile(rf"\b(?:after|behind|following) {_DOING}()?"),
)
"""Where a wait is told: what is done before it, and what behind it."""


def place_waits(text: str, told: list[Said], book: RoleBook) -> None:
    """Give every wait that a sentence tells with its place, and nothing else, to the step behind it, or put it there
    behind the step before it."""
    for said in told:
        marks = [mark for mark in said.marks if mark.quantity.kind == "duration"]
        if marks and (_money_comes(text, said, marks[-1]) or _till_free(text, told, said, marks[-1])):
            continue
        place = _place(text[said.span.start : said.span.end]) if len(marks) == 1 and not said.row else None
        verb = _standing(text, said)
        if place is None or not verb or any(act.role and not of_itself(act, book) for act in said.acts()):
            continue
        earlier, later = _done(told, place[0]), _done(told, place[1])
        if earlier is None and later is None:
            continue
        said.items, said.unread = [], False
        said.marks = [mark for mark in said.marks if mark is not marks[0]]
        if later is not None:
            later.facts.setdefault("wait", as_duration(marks[0].quantity))
            later.facts.setdefault("wait_cause", "other")
        elif earlier is not None:
            _put_behind(told[earlier.sentence], earlier, marks[0], verb)


_MONEY = re.compile(
    r"(?:^|\band )\W*(?:then )?(?:the |our )?(?P<what>money|payment) (?:[a-z]+ )?(?:comes|arrives) "
    r"(?:(?:about|only) )?$",
    re.IGNORECASE,
)


def _money_comes(text: str, said: Said, mark: Mark) -> bool:
    """ "The money comes three weeks later": behind all that was told before, and before nothing of it."""
    found = _MONEY.search(text[said.span.start : mark.quantity.a])
    if found is None or said.row or mark.words[-1:] != ("later",):
        return False
    span = Span(start=mark.quantity.a, end=mark.quantity.b)
    act = Act(f"Wait for {found['what'].lower()}", "wait", span, sentence=said.index)
    act.facts = {"duration": as_duration(mark.quantity), "wait_cause": "external"}
    told = [item for item in said.items if item.act is None or not item.act.arrives]
    said.items, said.unread = [*told, Item("wait", act)], False
    said.marks = [other for other in said.marks if other is not mark]
    return True


_FREE_THEN = re.compile(rf"\b(?:{worded('not-free-yet')})\b", re.IGNORECASE)


def _till_free(text: str, told: list[Said], said: Said, mark: Mark) -> bool:
    """ "The next free slot is two weeks away": what is told next waits for it, and not the asking told before."""
    if said.row or any(act.role for act in said.acts()) or not _FREE_THEN.search(text[said.span.start : said.span.end]):
        return False
    coming = next((act for after in told[said.index + 1 :] for act in after.acts() if act.role), None)
    if coming is None:
        return False
    coming.facts.setdefault("wait", as_duration(mark.quantity))
    coming.facts.setdefault("wait_cause", "unavailability")
    said.items, said.unread = [], False
    said.marks = [other for other in said.marks if other is not mark]
    return True


def lies(mark: Mark) -> bool:
    """Whether a time is told of a thing that is left alone: "the crates stand three hours", "it dries there for two
    days"; who stands or sits somewhere may well work."""
    front = mark.words[: mark.before]
    verb = next((place for place, word in enumerate(front) if _base(word) in BY_ITSELF), 0)
    who, where = {*front[:verb]} & (PEOPLE | OUTSIDE), {*front[verb + 1 :]} - _LITTLE
    alone = verb > 0 and front[0] in _THINGS and not who and "down" not in where
    return mark.how in ("inside", "pointing") and alone and len(where) <= 3


def left_alone(mark: Mark) -> bool:
    """ "It rests an hour": what happens to a thing by itself comes behind what was told of it; where it lies or stands,
    that may be before it."""
    return lies(mark) and bool({_base(word) for word in mark.words[: mark.before]} & (BY_ITSELF - _LYING))


_LYING = frozenset("sit stand lie set".split())


def kept_by_others(mark: Mark) -> bool:
    """ "They wear it at home for two weeks", "the customer keeps it for a month": so long it is with them."""
    front = mark.words[: mark.before]
    keeps = bool(_KEEPING & {*front}) and bool({"it", "them", "home"} & {*front[1:]})
    return mark.how == "inside" and mark.quantity.unit in ("d", "w") and keeps and bool(_OTHERS & {*front[:2]})


def till_fetched(mark: Mark) -> bool:
    """ "Finished frames stand two weeks before they're fetched": behind all that is done, and before nothing of it."""
    behind = mark.words[mark.before :]
    place = next((at for at, word in enumerate(behind) if word in ("before", "till", "until")), len(behind))
    then, front = behind[place + 1 :], {_base(word) for word in mark.words[: mark.before]}
    fetched = any(base_of(word, "s", "en", "ed", "base") in ("fetch", "collect", "pick") for word in then)
    return mark.how == "inside" and bool(front & _LYING | front & {"wait"}) and fetched


_KEEPING = classed("said", "keeps-it")
_OTHERS = frozenset("they he she customer client patient buyer owner family".split())
_THINGS = classed("reading", "what-lies")
_LITTLE = frozenset("for about around there then in on at the".split())


def _base(word: str) -> str:
    return base_of(word, "s") or word


def _place(sentence: str) -> tuple[str, str] | None:
    """What is done before a wait and what behind it, by their verbs; None where no place is told."""
    for form in _PLACES:
        found = form.search(sentence.lower())
        if found:
            first, then = (base_of(word, "ing") or "" if word else "" for word in found.groups())
            return first or "", then or ""
    return None


def _standing(text: str, said: Said) -> str:
    """The verb of a sentence that tells that something lies or waits: "stand", "dry", "wait"; empty for none."""
    words = text[said.span.start : said.span.end].lower().split()
    bases = [_base(word.strip(".,;")) for word in words]
    return next((base for word, base in zip(words, bases, strict=True) if base in BY_ITSELF or word in WAITING), "")


def _done(told: list[Said], verb: str) -> Act | None:
    """The one step of a verb, the first where there are several."""
    acts = (act for said in told for act in said.acts() if act.role is not None)
    return next((act for act in acts if verb and act.verb == verb), None)


def _put_behind(said: Said, after: Act, mark: Mark, verb: str) -> None:
    q = mark.quantity
    name = task_name(verb, [], []) if verb in BY_ITSELF else "Wait"
    act = Act(name, "wait", Span(start=q.a, end=q.b), sentence=said.index)
    act.facts = {"duration": as_duration(q), "wait_cause": "other"}
    place = next(k for k, item in enumerate(said.items) if item.act is after)
    said.items.insert(place + 1, Item("wait", act))
