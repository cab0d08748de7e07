"""What the process itself is called: `call the process Machine repair`, `the name of the process is Dog boarding`."""

from __future__ import annotations

import re

from assistant.english.forms import is_nounish, verb_forms
from assistant.english.tables import any_of, worded
from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import Sentence
from assistant.process.edits import SetProcess

LEAD = rf"^(?:{any_of('polite-lead')}[\s,]+)*"
IT = r"(?:the|this|our|my) (?:whole |entire )?process"
ITS_NAME = rf"(?:(?:name|title) (?:of|for) {IT}|(?:process name|process title)|name of it)"
TO_BE = r"(?:is|should be|must be|has to be|shall be|ought to be|would be)"
QUOTE = "\"“”'‘’"
NAMED = tuple(
    re.compile(LEAD + pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:call|name|rename|title|label) {IT} (?:(?:to|as|into|simply|just) )*(?P<name>.+)$",
        rf"{IT} {TO_BE} (?:really |simply |just )?(?:called|named|titled|renamed(?: to)?) (?P<name>.+)$",
        rf"(?:the |its )?{ITS_NAME} {TO_BE} (?P<name>.+)$",
        rf"(?:change|set|put|make|correct) (?:the |its )?{ITS_NAME} (?:to|into|as) (?P<name>.+)$",
        rf"{IT}(?:'s|s)? (?:name|title) {TO_BE} (?P<name>.+)$",
    )
)
WHOLE_THING = re.compile(
    LEAD + r"(?:call|name|title) (?:the whole(?: thing| lot| of it)?|all of (?:it|this)|"
    r"(?P<it>it|this)(?: all)?) (?:simply |just )?(?P<name>.+)$",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"^(?:(?:an?|the) (?:day|night|draw|lot)|quits|wrong|so|that|in question)$", re.IGNORECASE)
"""`call it a day`."""
IS_ABOUT = re.compile(
    rf"{IT} (?:is|deals?) (?:really |actually |all )?(?:about|with) (?P<name>[^,;:.]+)[,;:.]|"
    rf"{IT} is (?P<plain>[a-z]+ing [^,;:.]+)[,;:.]",
    re.IGNORECASE,
)
NEW_NAME = re.compile(worded("new-name"), re.IGNORECASE)
SOMEBODY = re.compile(r"^(?:owners?|managers?|engineers?|leads?|team|experts?|people|off|in|up|back|again)\b", re.I)
"""`call the process owner`: somebody is rung up."""
LONGEST = 8
ASK = "What should the process be called? Say `call the process …` with its name."


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The name told for the process; asked for, where words only say that the one it has is wrong."""
    words = sentence.request.strip(" .!")
    found = next((way for pattern in NAMED if (way := pattern.match(words))), None)
    if found is not None and (name := _name(sentence, found["name"])):
        return _called(name)
    if whole := _whole_thing(sentence, words):
        return whole
    if not NEW_NAME.search(words):
        return None
    told = IS_ABOUT.search(words)
    name = _name(sentence, told["name"] or told["plain"]) if told else ""
    return Doubt(ASK, (_called(name),) if name else ())


def _whole_thing(sentence: Sentence, words: str) -> Outcome | None:
    """`call the whole thing Lending desk`, `call it Lending desk`: a name that says what is done may be that of the
    step spoken of last."""
    found = WHOLE_THING.match(words)
    if found is None or NO_NAME.match(found["name"].strip()):
        return None
    first = found["name"].split()[0].lower().strip(QUOTE)
    deed = any(form.form == "base" for form in verb_forms(first)) and not is_nounish(first)
    name = "" if found["it"] and deed and len(sentence.recent) == 1 else _name(sentence, found["name"])
    return _called(name) if name else None


def _called(name: str) -> Outcome:
    return Outcome(f"call the process {name}", (SetProcess(field="name", value=name),))


def _name(sentence: Sentence, words: str) -> str:
    """Words as a name, its first letter large; empty where they name somebody, or are no name."""
    quoted = re.fullmatch(rf"[{QUOTE}](?P<name>[^{QUOTE}]+)[{QUOTE}](?:[\s,]+(?:please|instead|now))*", words.strip())
    bare = quoted["name"] if quoted else re.sub(r"[\s,]+(?:please|instead|from now on|now)$", "", words, flags=re.I)
    name = bare.strip(f" .!{QUOTE}")
    if not quoted and (re.search(r"[,;:?]", name) or SOMEBODY.match(name) or len(name.split()) > LONGEST):
        return ""
    return "" if role_named(sentence.catalogue, name.lower()) else name[:1].upper() + name[1:]
