"""Work that is told by how long it takes alone: "the visit takes two hours", "the inspection is half a day"."""

from __future__ import annotations

from assistant.english.tables import classed
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import task_name, words_of
from assistant.language.offline.sentences.statements import Act, Said
from assistant.language.offline.sentences.turned_forms import verb_of
from assistant.language.offline.words.tokens import Token
from assistant.process.durations import Span

_TAKES = frozenset("take last be need".split())
_ARRANGES = classed("reading", "arranging")
_AWAITED = classed("reading", "awaited-work")
"""What is waited for once it was asked for elsewhere: how long it takes is a wait, and nobody's work here."""


def lasting_work(
    tokens: list[Token], found: list[Clause], said: Said, before: list[Act], verbs: frozenset[str], book: RoleBook
) -> Act | None:
    """The step that a sentence names by a noun and how long it takes, where no step told so far does it (`verbs`).

    Done by whoever arranged it, where that is what was told `before`.
    """
    timed = any(mark.quantity.kind == "duration" for mark in said.marks)
    clause = (
        found[0] if found and all(more.kind == "ing" for more in found[1:]) else None
    )  # "half an hour with driving"
    if not timed or clause is None or clause.subject is None or clause.verbs.base not in _TAKES or not before:
        return None
    group, last = clause.subject, before[-1]
    head, verb = tokens[group.head].low, verb_of(tokens[group.head])
    if not verb or verb in verbs or head in _AWAITED or group.head - group.start > 1 or tokens[group.start].tag != "D":
        return None
    words = [word.lower() for word in words_of(tokens, group)]
    arranged = last.verb in _ARRANGES and head in last.name.lower().split()
    if not arranged and head in " ".join(act.name.lower() for act in before).split():
        return None
    thing = [] if arranged or verb == head else [word for word in last.thing.split() if word.lower() not in words]
    place = Span(start=tokens[group.start].start, end=tokens[group.head].end)
    act = Act(task_name(verb, [thing] if thing else [], []), verb, place, thing=" ".join(thing))
    act.role, act.lasting = last.role if arranged else None, True
    return act
