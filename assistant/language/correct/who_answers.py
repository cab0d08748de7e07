"""Who answers for the whole: `Doreen is the one who answers for the whole process`."""

from __future__ import annotations

import re

from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, mentioned, somebody
from assistant.process.edits import SetProcess

WHOLE = (
    r"(?:the whole(?: (?:thing|process|lot|business|show))?|it all|all (?:of )?(?:it|this|that)|everything|"
    r"(?:this|the|that) (?:entire |whole )?process)"
)
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?P<who>[^,;]+?)(?:,[^,;]+,)?\s+(?:is|are|will be|would be)\s+(?:the (?:one|person|"
        rf"manager) who\s+)?(?:answers?|answerable|responsible|accountable|"
        rf"in charge|liable|stands?|owns?)(?:\s+(?:for|of))?\s+{WHOLE}$",
        rf"^(?P<who>[^,;]+?)(?:,[^,;]+,)?\s+(?:answers|is to answer|owns|should own|runs|"
        rf"is responsible)(?:\s+for)?\s+{WHOLE}$",
        r"^(?P<who>[^,;]+?)(?:,[^,;]+,)?\s+(?:owns|answers for|"
        r"is (?:responsible|accountable|answerable|in charge)(?: for| of)) it$",
        rf"^(?:the )?(?:process )?owner(?: of {WHOLE})?\s+(?:is|should be|will be|"
        rf"would be)\s+(?P<who>[^,;]+?)(?:[,;].*)?$",
        r"^(?P<who>[^,;]+?)(?:,[^,;]+,)?\s+(?:is|should be|will be)\s+(?:the |our )?(?:process )?owner(?: of .+)?$",
    )
)

MYSELF = re.compile(
    rf"^i(?:,\s+(?P<who>[^,;]+)(?:,[^,;]+)*,)?\s+"
    rf"(?:(?:answer|am (?:the one )?(?:responsible|accountable|answerable|in charge))(?: for| of)?|own)"
    rf"\s+(?:it|{WHOLE})$",
    re.IGNORECASE,
)
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


ANSWERS = re.compile(
    r"\b(?:answerable|answers|responsible|accountable|in charge|the buck stops)\b.{0,30}\b(?:whole|all|"
    r"everything|lot|process)\b|"
    r"\bthe buck stops\b",
    re.IGNORECASE,
)
