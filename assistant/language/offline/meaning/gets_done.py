"""What is done where somebody or something only gets it: a letter that is sent, a fitting that somebody does."""

from __future__ import annotations

from assistant.english.forms import base_of, singular
from assistant.english.tables import classed
from assistant.language.offline.meaning.noun_meaning import Things
from assistant.language.offline.sentences.act_words import span
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import task_name, words_of
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import NOMINAL

_PAPERS = classed("reading", "documents")
_EACH = frozenset(("each", "every", "all"))


def gets_sent(known: Things, tokens: list[Token], clause: Clause) -> Act | None:
    """ "The customer gets a letter": one is sent to whoever came from outside."""
    part, who, subject = clause.object(), known.doing, clause.subject
    plain = clause.kind == "main" and not (clause.verbs.passive or clause.verbs.modal or clause.shared)
    if part is None or who is None or subject is None or not plain or who == known.book.narrator:
        return None
    outside = known.book.roles[who].kind == "external"
    at = next((i for i in range(part.group.start, part.group.end) if singular(tokens[i].low) in _PAPERS), None)
    got = clause.verbs.base in ("get", "receive") and at is not None and clause.part("from") is None
    if not got or at is None or not (outside or who == known.came_first):
        return None
    words = words_of(tokens, Group(part.group.start, at + 1, at))
    name = task_name("send", [words], [["to", *known.book.roles[who].name.lower().split()]])
    contact = known.book.roles[who].name if outside else None
    return Act(name, "send", span(tokens, subject.start, clause.end), thing=" ".join(words), contact=contact)


def gets_done(known: Things, tokens: list[Token], clause: Clause) -> Act | None:
    """ "Each suit gets a fitting slot with Ann", "every bike gets a brake check by Joe": they fit and check."""
    part, by, subject = clause.object(), clause.part("by", "from", "with"), clause.subject
    if clause.verbs.base != "get" or clause.verbs.passive or part is None or by is None or subject is None:
        return None
    inside = [tokens[i].low for i in reversed(range(part.group.start, part.group.end))]
    verbs = (NOMINAL.get(low) or (base_of(low, "ing") if low.endswith("ing") else "") for low in inside)
    verb = next(filter(None, verbs), "")
    role = known.book.find(tokens, by.group, True) if verb and tokens[subject.start].low in _EACH else None
    if role is None:
        return None
    thing = " ".join(word for word in words_of(tokens, subject) if word not in _EACH)
    where = span(tokens, subject.start, clause.end)
    return Act(task_name(verb, [thing.split()], []), verb, where, role=role, thing=thing)
