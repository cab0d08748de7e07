"""Who answers for the whole: `Doreen is the one who answers for the whole process`."""

from __future__ import annotations

import re

from assistant.english.tables import patterns, worded
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, mentioned, somebody
from assistant.process.edits import SetProcess

PATTERNS = patterns("answers-for-it")

(MYSELF,) = patterns("answers-myself")
"""Whoever tells answers for it, under a name of theirs or as `Me`."""


def read(sentence: Sentence) -> Outcome | None:
    """The owner of the process, where somebody is named."""
    if plainly := named(sentence):
        return plainly
    found = ANSWERS.search(sentence.request)
    people = mentioned(sentence.catalogue, sentence.request) if found and not sentence.request.endswith("?") else []
    if len(people) == 1:
        return Outcome("owner", (SetProcess(field="owner", value=people[0].name),))
    return None


def named(sentence: Sentence) -> Outcome | None:
    """The owner of the process, said in so many words: `Olaf owns it`."""
    request = sentence.request.strip(" .!")
    if (me := MYSELF.match(request)) and me["who"] is None:
        own = next((role for role in sentence.catalogue.process.roles if role.name == "Me"), None)
        return Outcome("owner", (SetProcess(field="owner", value=own.name),)) if own else None
    for pattern in (*PATTERNS, MYSELF):
        found = pattern.match(request)
        name = somebody(sentence.catalogue, found["who"]) if found else ""
        if name:
            return Outcome("owner", (SetProcess(field="owner", value=name[0].upper() + name[1:]),))
    return None


ANSWERS = re.compile(worded("who-answers-answers"), re.IGNORECASE)
