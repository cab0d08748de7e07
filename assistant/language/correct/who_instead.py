"""Who does it instead, by how a sentence is built: not this one but that one, a thing in front of whoever does it, two
who change places."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Outcome
from assistant.language.change.who_works import give
from assistant.language.correct.sentence_said import (
    ARTICLE,
    PRONOUNS,
    Sentence,
    by_verb,
    clause_at,
    known_role,
    one_step,
    somebody,
)
from assistant.process.edits import Edit

NOT_BUT_WHO = re.compile(
    r"^(?:it's not|it isn't|it is not|that's not|not)\s+(?P<a>[^,;]+?),?\s+but\s+(?P<who>[^,;]+?)\s+"
    r"(?:who|that|which)\s+(?P<does>[^,;]+)$",
    re.IGNORECASE,
)
THING_FIRST = re.compile(
    r"^(?P<thing>(?:the|our|every|each|all)\s[\w' -]{2,40}?)\s+(?P<verb>[a-z]+)\s+"
    r"(?P<who>(?:the |our |an? )?[\w' -]{2,40}?)"
    r"[\s,;]+(?:and |but )?not\s+(?P<other>[\w' -]{2,40})$",
    re.IGNORECASE,
)
"""`the bill writes Rosa, not Karl`, as it is said in German: nothing that is written writes."""
LIGHT = ("make", "do", "take")
"""Verbs of a thing that is an act itself (`the decision makes the deputy, not the head`)."""
SELF = re.compile(r"\s+(?:himself|herself|itself|themselves|now|instead)$", re.IGNORECASE)
CHANGE_PLACES = re.compile(r"\s*[,;.]\s*(?:and |but |while )?|\s+(?:and|while|whereas)\s+")
MOST = 4
"""How many clauses at most say who does what where two change places."""


def not_but_who(sentence: Sentence) -> Outcome | None:
    """`it's not the clerk but a volunteer that reads the report`."""
    found = NOT_BUT_WHO.match(sentence.request)
    other = known_role(sentence.catalogue, found["a"]) if found else None
    if found is None or other is None:
        return None
    verb, _, rest = found["does"].partition(" ")
    return _given(sentence, by_verb(sentence.catalogue, verb.lower(), rest.lower(), other.id), found["who"])


def thing_first(sentence: Sentence) -> Outcome | None:
    """Whoever stands behind the verb does it, where what stands in front is what it is done to."""
    found = THING_FIRST.match(sentence.request)
    other = known_role(sentence.catalogue, found["other"]) if found else None
    if found is None or other is None or role_named(sentence.catalogue, ARTICLE.sub("", found["thing"])):
        return None
    thing = content(found["thing"])
    verb = base_of(found["verb"].lower()) or ""
    step = by_verb(sentence.catalogue, verb, found["thing"].lower(), other.id)
    if step is None and verb in LIGHT:
        step = one_step(sentence.catalogue, found["thing"].lower(), other.id)
        own = content(sentence.catalogue.name(step)) if step else []
    else:
        own = content(sentence.catalogue.name(step))[1:] if step else []
    done_to = bool(thing) and all(any(alike(word, part) for part in own) for word in thing)
    return _given(sentence, step, found["who"]) if done_to else None


def change_places(sentence: Sentence) -> Outcome | None:
    """Two of whom each does what the other did (`the other way round: Ravi calculates, Sue enters the hours`)."""
    if not sentence.wrong:
        return None
    said: list[tuple[str, str]] = []
    for part in [part for part in CHANGE_PLACES.split(sentence.request) if part][: MOST + 1]:
        told = clause_at(sentence, part) or (clause_at(sentence, f"{said[-1][0]} {part}") if said else None)
        if told is None:
            return None
        said.append(told[:2])
    people = {role.id for who, _ in said if (role := known_role(sentence.catalogue, who)) is not None}
    before = {done_by(sentence.catalogue.by_id[step]) for _, step in said}
    if people != before or len(before) != 2:
        return None
    made = [_given(sentence, step, who) for who, step in said]
    edits: tuple[Edit, ...] = tuple(edit for way in made if way for edit in way.edits)
    return Outcome("; ".join(way.title for way in made if way), edits)


def _given(sentence: Sentence, step: str | None, who: str) -> Outcome | None:
    name = somebody(sentence.catalogue, SELF.sub("", who))
    if step is None or not name or name.lower() in PRONOUNS:
        return None
    return give(sentence.catalogue, sentence.request, step, name)


READERS = (not_but_who, thing_first, change_places)
