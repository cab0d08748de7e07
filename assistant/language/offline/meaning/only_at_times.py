"""What holds at times or for some cases only: somebody is away, a thing is broken, a share falls through."""

from __future__ import annotations

import re

from assistant.english.forms import singular
from assistant.english.tables import classed
from assistant.language.offline.meaning.limits_and_counts import chance_of, starts_it
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.act_words import comes_back_so, span, unlight
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.labels import task_name, words_of
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.offline.words.curt_conditions import GONE
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import NOMINAL, OUTSIDE, REFUSE

_ABSENT = classed("reading", "absent")


def is_away(tokens: list[Token], clause: Clause) -> bool:
    """ "When Tom is off, …" is so at times only: a condition."""
    said = {t.low for t in tokens[clause.verbs.end : clause.end]}
    if any(t.low in ("off", "away") for t in clause.adverbs) or clause.verbs.particle in ("off", "away"):
        said |= {"off"}
    return clause.verbs.base == "be" and bool(said & _ABSENT) and not clause.verbs.negative


_GIVEN = {"get": "give", "receive": "give", "need": "do", "require": "do"}


def given_to_some(tokens: list[Token], clause: Clause, said: Said, chance: Mark | None, book: RoleBook) -> Act | None:
    """ "Only one in ten gets the shot, and that's a quarter of an hour": giving the shot is a step for those cases.

    What they get is work where the noun says so, or where the sentence says how long it takes; "a third need new
    brakes" only names a condition."""
    thing = clause.object()
    if (
        chance is None
        or clause.verbs.base not in _GIVEN
        or clause.verbs.passive
        or clause.verbs.negative
        or thing is None
    ):
        return None
    words, head = words_of(tokens, thing.group), tokens[thing.group.head].low
    if tokens[thing.group.start].low == "no":
        return None  # "one in four needs no operation"
    timed = any(mark.quantity.kind == "duration" for mark in said.marks)
    if not words or not (head in NOMINAL or timed):
        return None
    verb, objects = unlight(_GIVEN[clause.verbs.base], [words])
    by = clause.part("by", "from")
    act = Act(task_name(verb, objects, []), verb, span(tokens, clause.verbs.start, clause.end))
    act.role = book.find(tokens, by.group, True) if by is not None else None
    act.thing = " ".join(words)
    return act


_FALLS_AWAY = classed("reading", "falls-away")


def falls_away(tokens: list[Token], clause: Clause) -> bool:
    """ "One in three falls through", "some drop out": the case is over for them."""
    words = [clause.verbs.base, *(t.low for t in tokens[clause.verbs.end : clause.verbs.end + 1])]
    if answers(tokens, clause) and "no" in words:
        return True  # "a third of them say no"
    if clause.verbs.negative:
        return _never_again(tokens, clause)
    return bool({clause.verbs.base, clause.verbs.name, " ".join(words)} & _FALLS_AWAY)


_TURNS_UP = classed("reading", "turns-up")
_AGAIN = frozenset("again anymore more".split())


def kept_waiting(tokens: list[Token], clause: Clause, said: Said, book: RoleBook) -> Item | None:
    """ "They don't answer for two weeks": that long is waited for them, where they are known by name."""
    who = book.find(tokens, clause.subject, False) if clause.subject is not None else None
    role = book.roles.get(who or "")
    timed = any(m.quantity.kind == "duration" and m.quantity.a >= tokens[clause.start].start for m in said.marks)
    comes = {clause.verbs.base, clause.verbs.name} & (_TURNS_UP | {"collect", "fetch", "pay", "pick up"})
    if role is None or role.kind != "external" or not timed or not comes:
        return None
    act = Act(f"Wait for {role.name.lower()}", "wait", span(tokens, clause.verbs.start, clause.end))
    act.contact = act.message_from = role.name
    return Item("wait", act)


def _never_again(tokens: list[Token], clause: Clause) -> bool:
    """ "One in three never comes back", "a fifth we never hear of again", "some do not turn up any more"."""
    verbs = clause.verbs
    if not {verbs.base, verbs.name} & _TURNS_UP or clause.object() is not None:
        return False
    said = {t.low for t in [*tokens[clause.start : clause.end], *clause.adverbs]} | {verbs.particle}
    return "never" in said or bool(said & _AGAIN)


_HOMEWARD = frozenset(("home", "away"))


def sent_off(tokens: list[Token], clause: Clause) -> bool:
    """ "… and goes home with advice", "is sent home again", "a fifth are told no": the case is over for them."""
    verbs = clause.verbs
    behind = {t.low for t in [*tokens[verbs.end : clause.end], *clause.adverbs]} | {verbs.particle}
    if verbs.negative or not (verbs.passive or verbs.base == "go"):
        return False
    if verbs.passive and verbs.base == "tell":
        return "no" in behind and not clause.object()
    return verbs.base in ("send", "turn", "go") and bool(_HOMEWARD & (behind if verbs.passive else behind - {"away"}))


_NO_NEED = re.compile(r"\b(?:needs?|requires?|wants?) (?:no|nothing)\b", re.IGNORECASE)


def _given_back(tokens: list[Token], clause: Clause) -> bool:
    behind = {t.low for t in [*tokens[clause.verbs.end : clause.end], *clause.adverbs]} | {clause.verbs.particle}
    return (
        clause.verbs.passive
        and clause.verbs.base in ("hand", "give", "send", "return", "collect")
        and ("back" in behind or clause.verbs.base in ("return", "collect"))
    )


_SAYS_NO = re.compile(r"\b(?:says? no|does not want|do not want|refuses?|declines?)\b", re.IGNORECASE)


def _takes_home(tokens: list[Token], clause: Clause) -> bool:
    behind = {t.low for t in [*tokens[clause.verbs.end : clause.end], *clause.adverbs]} | {clause.verbs.particle}
    return clause.verbs.base == "take" and bool({"home", "away", "back"} & behind) and not clause.verbs.negative


def comes_again(tokens: list[Token], clause: Clause, said: Said, book: RoleBook) -> bool:
    """ "The customer comes again and I fit it": the next visit, where nothing went wrong; no work is done again."""
    subject, verbs = clause.subject, clause.verbs
    if subject is None or verbs.base not in ("come", "return") or verbs.negative or clause.parts:
        return False
    at_times = said.cue == "else" or "because" in said.words or any(item.kind == "if" for item in said.items)
    if at_times or any(mark.quantity.kind == "chance" for mark in said.marks) or tokens[subject.start].tag == "#":
        return False
    head = tokens[subject.head].low
    role = book.roles.get(book.find(tokens, subject, False) or "")
    return head in ("he", "she") or singular(head) in OUTSIDE or (role is not None and role.kind == "external")


def over_for_some(tokens: list[Token], clause: Clause, said: Said, book: RoleBook) -> bool:
    """Whether a share falls away, or is sent home where a condition was told: the case is over for them."""
    off = sent_off(tokens, clause)
    if chance_of(tokens, clause, said) is not None:
        return off or falls_away(tokens, clause) or _stays_away(clause)
    asked = next((item.condition.text for item in reversed(said.items) if item.condition is not None), "")
    if said.items and said.items[-1].kind == "if" and _NO_NEED.search(asked) and _given_back(tokens, clause):
        return True  # "every fifth needs nothing and is handed back"
    if said.items and said.items[-1].kind == "if" and _SAYS_NO.search(asked) and _takes_home(tokens, clause):
        return True  # "if he says no he takes it home"
    first = tokens[clause.start].start
    share = any(m.quantity.kind == "chance" and m.how == "front" and m.quantity.a < first for m in said.marks)
    if not off or not (share or any(item.kind == "if" for item in said.items[-1:])):
        return False
    who = clause.subject if not (clause.verbs.passive or clause.shared) else None
    role = book.roles.get(book.find(tokens, who, False) or "") if who is not None else None
    return role is None or role.kind == "external"


def _stays_away(clause: Clause) -> bool:
    """ "One patient in seven doesn't show up": nothing more is done for them."""
    return clause.verbs.negative and clause.verbs.name in ("show up", "turn up", "appear", "show")


_PUT_OFF = frozenset(("put off", "postpone", "delay", "defer", "push back", "hold up"))


def is_put_off(tokens: list[Token], clause: Clause) -> bool:
    """ "The operation is put off by three weeks": it is done, later."""
    behind = tokens[clause.verbs.end].low if clause.verbs.end < len(tokens) else ""
    return clause.verbs.passive and bool({clause.verbs.name, f"{clause.verbs.base} {behind}"} & _PUT_OFF)


def outcome_told(said: Said) -> str:
    """The last condition of a sentence as the outcome of what it ends."""
    condition = said.items[-1].condition if said.items else None
    return condition.text[:1].upper() + condition.text[1:] if condition else "Sent home"


def goes_wrong(clause: Clause) -> bool:
    """ "When it is turned down, …" does not happen to every case: a condition."""
    verbs = clause.verbs
    refused = verbs.passive and (verbs.base in REFUSE or verbs.name in ("turn down", "knock back", "send back"))
    return refused or is_spoilt(clause)


def is_spoilt(clause: Clause) -> bool:
    """ "One loaf in ten is burnt", "when something is smudged": what happened to it, and nothing that anybody does."""
    gone = f"{clause.verbs.base} {clause.verbs.particle}" in GONE
    return clause.verbs.passive and (clause.verbs.base in _SPOILT or gone) and clause.part("by") is None


_SPOILT = classed("reading", "spoilt")


def has_come(clause: Clause) -> bool:
    """ "When the parcel comes, …", "when the money has arrived, …": what is waited for, and no step."""
    return (clause.verbs.base in ("come", "land", "leave") and not clause.object()) or (
        clause.verbs.base == "arrive" and clause.verbs.perfect
    )


def is_they(tokens: list[Token], clause: Clause) -> bool:
    """ "When they come back": whoever comes, and nobody who was told of as working here."""
    return clause.subject is not None and tokens[clause.subject.head].low == "they"


def answers(tokens: list[Token], clause: Clause) -> bool:
    """ "When they say no, …", "when we get a yes": one of two answers."""
    words = {t.low for t in tokens[clause.verbs.start : clause.end]}
    if clause.verbs.base in ("get", "receive"):
        return bool({t.low for t in tokens[clause.verbs.end : clause.verbs.end + 3]} & {"yes", "no", "ok", "go-ahead"})
    return clause.verbs.base in ("say", "answer", "reply", "decide", "vote") and bool(words & {"yes", "no"})


AWAITED = "awaited"
"""What a condition is tied to that is no question where nothing is told of the other answer."""


def awaits_yes(tokens: list[Token], tie: int, clause: Clause) -> str:
    """ "When the customer says yes, we write the ticket": the answer is awaited, and the work goes on with it."""
    said = {t.low for t in tokens[clause.verbs.start : clause.end]}
    yes = answers(tokens, clause) and bool(said & {"yes", "ok", "go-ahead"}) and "no" not in said
    return AWAITED if yes and not clause.verbs.negative and tokens[tie].low in ("when", "once") else ""


def no_way_back(tokens: list[Token], clause: Clause, book: RoleBook) -> bool:
    """Whether what comes back, or is started again, begins no work anew."""
    return comes_back_so(tokens, clause) or starts_it(tokens, clause) or brings_answer(tokens, clause, book)


def brings_answer(tokens: list[Token], clause: Clause, book: RoleBook) -> bool:
    """ "After ten days the customer comes back to us with a yes": an answer, and no way back."""
    to = clause.part("to")
    to_us = to is not None and tokens[to.group.head].low in ("us", "me")
    again = any(t.low == "again" for t in clause.adverbs)
    if clause.verbs.base not in ("come", "get") or again or not (to_us or clause.part("with")) or not clause.subject:
        return False
    role = book.roles.get(book.find(tokens, clause.subject, False) or "")
    return role is not None and role.kind == "external"


def so_long_until(tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> bool:
    """ "Until everybody has answered it's three weeks": how long that takes, and nothing is repeated."""
    main = found[1] if len(found) == 2 and found[0] is clause else None
    subject = tokens[main.subject.head].low if main is not None and main.subject is not None else ""
    lasts = main is not None and main.verbs.base in ("be", "take", "need", "last") and subject in ("it", "that", "this")
    return lasts and not said.items and any(mark.quantity.kind == "duration" for mark in said.marks)


LYING = frozenset("lie sit stay stand rest remain queue".split())
"""Verbs of things that wait for somebody."""
_THERE = frozenset("back free in there here available around".split())
_FINDS = frozenset("time room minute moment hour capacity gap".split())


def comes_free(tokens: list[Token], clause: Clause) -> bool:
    """ "… until Jonas gets round to it", "till the boss is back": somebody is waited for, and nothing is repeated."""
    verbs, thing = clause.verbs, clause.object()
    if verbs.negative:
        return False
    if verbs.base in ("find", "have", "get") and thing is not None and tokens[thing.group.head].low in _FINDS:
        return True
    behind = {t.low for t in [*tokens[verbs.end : clause.end], *clause.adverbs]} | {verbs.particle}
    return verbs.name == "get round" or (verbs.base in ("be", "come") and bool(behind & _THERE))
