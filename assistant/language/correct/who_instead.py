"""Who does it instead, by how a sentence is built: not this one but that one, a thing in front of whoever does it."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Outcome
from assistant.language.change.who_works import give
from assistant.language.correct.sentence_said import (
    ARTICLE,
    PRONOUNS,
    Sentence,
    by_verb,
    known_role,
    one_step,
    somebody,
)

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


def _given(sentence: Sentence, step: str | None, who: str) -> Outcome | None:
    name = somebody(sentence.catalogue, SELF.sub("", who))
    if step is None or not name or name.lower() in PRONOUNS:
        return None
    return give(sentence.catalogue, sentence.request, step, name)


READERS = (not_but_who, thing_first)
