"""What a clause holds beside its first act: the noun groups that do nothing, and a second act told by "and again"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.english.forms import is_plural, singular
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.act_words import RINGING
from assistant.language.offline.sentences.clauses import Clause, Part
from assistant.language.offline.sentences.relatives import antecedent
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.offline.words.groups import Group, is_phrasal
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import TITLES
from assistant.process.durations import Span


def named_beside(tokens: list[Token], clause: Clause) -> list[Group]:
    """The noun groups of a clause that do nothing in it, and the owners of things."""
    found = [part.group for part in [*clause.front, *clause.parts]]
    for part in [*clause.front, *clause.parts]:
        for i in range(part.group.start, part.group.head):  # "the caretakers tray", typed without its apostrophe
            if tokens[i].tag == "N" and is_plural(tokens[i].low) and singular(tokens[i].low) in TITLES:
                found.append(Group(part.group.start, i + 1, i))
    for i in range(clause.start, clause.end):
        if tokens[i].low == "'s" and tokens[i].tag == "D" and i > clause.start:
            start = i
            while start > clause.start and tokens[start - 1].tag in ("D", "A", "N"):
                start -= 1
            found.append(Group(start, i, i - 1))
    return found


_ANEW = frozenset(("again", "once again", "once more", "a second time", "then", "and then", "afterwards"))
_PLACES = frozenset("in into on onto to".split())


def second_acts(tokens: list[Token], found: list[Clause]) -> list[Clause]:
    """The clauses with "writes it into the book and again into the computer" as two: the same is done in two places."""
    told: list[Clause] = []
    for clause in found:
        told += _in_two(tokens, clause)
    return told


def _in_two(tokens: list[Token], clause: Clause) -> list[Clause]:
    direct = clause.object()
    if clause.kind != "main" or clause.verbs.passive or direct is None:
        return [clause]
    for first, second in pairwise(clause.parts):
        if first.prep not in _PLACES or second.prep not in _PLACES or direct.start > first.start:
            continue
        between = tokens[first.end : second.start]
        if between[:1] and between[0].tag == "C" and " ".join(t.low for t in between).removeprefix("and ") in _ANEW:
            adverbs = [token for token in clause.adverbs if token not in between]
            ahead = replace(clause, end=first.end, adverbs=adverbs, parts=clause.parts[: clause.parts.index(second)])
            behind = Clause(first.end, clause.end, clause.verbs, "main", subject=clause.subject, shared=True)
            behind.parts = [direct, *clause.parts[clause.parts.index(second) :]]
            return [ahead, *_in_two(tokens, behind)]
    return [clause]


def handed_on(tokens: list[Token], clause: Clause, book: RoleBook) -> Clause | None:
    """ "… completes the card, which the master signs": what somebody else does with it, as a clause of its own."""
    at = next((i for i in range(clause.start, clause.verbs.start) if tokens[i].low == "which"), None)
    thing = antecedent(tokens, at) if at is not None and tokens[at - 1].tag == "," else None
    if thing is None or clause.subject is None or clause.object() is not None or clause.verbs.modal:
        return None
    if book.find(tokens, clause.subject, True) is None or book.find(tokens, thing, False) is not None:
        return None
    return replace(clause, kind="main", parts=[Part("", thing, thing.start, thing.end), *clause.parts])


def lets_do(tokens: list[Token], clause: Clause, book: RoleBook) -> Item | None:
    """ "The dentist lets the patient sit down", "lets the dough rest": what the other does is no act of its own."""
    verbs = clause.verbs
    if verbs.base != "let" or verbs.negative or verbs.passive or clause.subject is None or clause.object() is None:
        return None
    role = book.find(tokens, clause.subject, True)
    stop = next(
        (i for i in range(verbs.end, clause.end) if tokens[i].tag not in ("D", "N", "A", "V", "P", "O")), clause.end
    )
    behind = tokens[stop : stop + 1]
    particle = bool(behind) and is_phrasal(tokens[stop - 1].low, behind[0].low) and stop + 1 == clause.end
    words = [token.text for token in tokens[verbs.end : stop + particle] if token.tag != "D"]
    if role is None or len(words) < 2:
        return None
    place = Span(start=tokens[clause.subject.start].start, end=tokens[clause.end - 1].end)
    return Item("act", Act(f"Let {' '.join(words)}", "let", place, role=role, thing=words[0]))


_REACHING = RINGING | {"write", "mail", "email"}
_TO_WHOM = re.compile(r"^(?:\w+)(?: up| round)? (?:to )?(.+)$")


def asked_by_phone(said: Said) -> None:
    """ "Writes to the publisher and asks whether we may", "rings the grower and asks for the date": asking is the step,
    and who was reached is who is asked."""
    for first, second in pairwise(list(said.items)):
        rung, asks = first.act, second.act
        if rung is None or asks is None or (first.kind, second.kind) != ("act", "act") or second.target or asks.joined:
            continue
        whom = _TO_WHOM.match(rung.name) if rung.verb in _REACHING and rung.role == asks.role else None
        paper = rung.verb == "write" and not rung.name.startswith("Write to ")
        if whom is None or paper or asks.verb != "ask" or len(whom[1].split()) > 3 or asks.thing or asks.contact:
            continue
        asks.name = " ".join(["Ask", whom[1], *asks.name.split()[1:]])
        asks.contact, asks.thing, asks.span = rung.contact, rung.thing, Span(start=rung.span.start, end=asks.span.end)
        said.items.remove(first)


_COMES = frozenset("come go return be".split())
_ONCE_MORE = re.compile(r"\b(?:another|again|a second|a new)\b ?")


def done_over(said: Said) -> None:
    """ "… go back to Ben, who grinds them, and then they come for another try": what Ben does is done on the way back,
    and then the try is made once more."""
    asked_by_phone(said)
    place = next((k for k, item in enumerate(said.items) if item.kind == "back" and item.target), None)
    if place is None:
        return
    back, behind = said.items[place], said.items[place + 1 :]
    mends = behind[0].act.role if behind and behind[0].act is not None else None
    last = behind[-1].act if len(behind) > 1 else None
    if last is not None and last.again and (last.role is None or last.role != mends):
        back.target = last.name
        behind.pop()
        said.items[place:] = [*behind, back]
        return
    first = behind[0].act if behind and behind[0].kind == "act" else None
    if first is None or first.role is None or not set(first.role.split()) & set(back.target.lower().split()):
        return
    back.target, last = "", behind[-1].act
    again = _ONCE_MORE.search(last.name) if last is not None and last.verb in _COMES and len(behind) > 1 else None
    if last is not None and again is not None:
        back.target = last.name[again.end() :]
        behind.pop()
    said.items[place:] = [*behind, back]
