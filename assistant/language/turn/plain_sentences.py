"""What words ask to be written or done, as the plain sentence it would be: `have the clerk phone her` is `the clerk
phones her`, `add a step where Tom signs` is `Tom signs`, `the clerk should sign` is `the clerk signs`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.forms import base_of, is_plural, third_person, verb_forms
from assistant.english.tables import any_of, worded
from assistant.language.offline.words.word_tables import WORK

POLITE = (
    r"^\W*(?:(?:please|pls|kindly|and|also|now|then|so|ok|okay|well|can (?:you|we)|could (?:you|we)|would you|will you|"
    r"i(?:'d| would) like you to|i want you to|you (?:can|should|must)|we should|let'?s|why not|why don'?t (?:you|we)|"
    r"just|maybe)\b[\s,]*)*"
)
CONTENT = re.compile(rf"{POLITE}(?:{worded('told-behind')})", re.IGNORECASE)
"""What is told of comes behind: `add that …`, `I forgot to say that …`."""
CAUSE = re.compile(
    POLITE + r"(?P<how>have|let|make|get|ask|tell|(?:i|we) (?:want|need|expect)|(?:i|we)(?:'d| would) (?:like|prefer|"
    r"want))\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""Somebody is to do something."""
WITHOUT_TO = ("have", "let", "make")
ADDS = re.compile(worded("plain-sentences-adds"), re.IGNORECASE)
"""A new step, by a name or as a thing: nothing that is said of one that is there."""
SELF = frozenset("me us you it them him her this that there".split())
BETWEEN = frozenset("to also always then just first only now again instead better rather".split())
MODAL = re.compile(
    r"(?P<who>\w+)(?P<also>\s+(?:also|always|only))?\s+(?:should|must|shall|ought to|has to|have to|needs? to|"
    r"(?:is|are) (?:supposed |meant |expected )?to|had better)"
    r"(?P<adverb>(?:\s+(?:also|always|only|first|now|rather|really|just|then|better|still))*)\s+(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
CAN = re.compile(
    r"(?P<who>\w+)(?P<also>\s+(?:also|just))?\s+(?:can|could|may|might)(?P<adverb>(?:\s+(?:also|just|as well))*)\s+"
    r"(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
INSTEAD = re.compile(r"\b(?:instead|rather than|not the|not by)\b", re.IGNORECASE)
NOBODY = frozenset("this that it there what which who one here i you nobody".split())
AND = re.compile(
    r"\b(?P<and>and|then)\s+(?P<verb>[a-z]+)(?=\s+(?:the|an?|it|them|his|her|their|its|all|every)\b)", re.I
)
ASIDE = re.compile(worded("plain-sentences-aside"), re.IGNORECASE)


def framed(words: str, people: Sequence[str]) -> str | None:
    """The plain sentence inside of words that ask for it to be written or done; None where they are no such thing."""
    text = ASIDE.sub("", words.strip())
    if found := CONTENT.match(text):
        rest = text[found.end() :].strip(" ?")
        return caused(rest, people) or (rest if len(rest.split()) > 2 else None)
    return caused(text, people)


def caused(words: str, people: Sequence[str]) -> str | None:
    """`let Olga weigh the boxes` as `Olga weighs the boxes`."""
    found = CAUSE.match(words)
    if found is None:
        return None
    tokens = found["rest"].strip(" ?.!").split()
    known = {name.lower() for name in people}
    bare = found["how"].lower() in WITHOUT_TO
    sizes = [size for size in range(1, min(6, len(tokens) - 1)) if _bare(tokens[:size]) in known]
    sizes += [size for size in range(2, min(5, len(tokens) - 1)) if tokens[0].lower() in ("the", "our", "a", "an")]
    for size in sizes:
        at, to = size, False
        while at < len(tokens) - 1 and tokens[at].lower() in BETWEEN:
            to = to or tokens[at].lower() == "to"
            at += 1
        if tokens[0].lower() in SELF or to == bare:
            continue
        verb = _third(tokens[at], tokens[size - 1])
        if verb is None or (_bare(tokens[:size]) not in known and at + 1 == len(tokens)):
            continue
        also = [word for word in tokens[size:at] if word.lower() in ("also", "always", "first", "only", "then")]
        rest = " ".join(tokens[at + 1 :])
        if not _many(tokens[size - 1]):
            rest = AND.sub(lambda more: f"{more['and']} {_third(more['verb'], 'he') or more['verb']}", rest)
        return " ".join([*tokens[:size], *also, verb, rest]).strip()
    return None


def _bare(tokens: Sequence[str]) -> str:
    words = [word.lower() for word in tokens]
    return " ".join(words[1:] if words[0] in ("the", "our", "a", "an") else words)


def _third(verb: str, subject: str) -> str | None:
    """The verb as its subject does it; None where the word is no plain form of a verb."""
    word = verb.lower()
    if word == "be":
        return "are" if _many(subject) else "is"
    if not any(form.form == "base" for form in verb_forms(word)):
        return None
    return word if _many(subject) else third_person(word)


def _many(subject: str) -> bool:
    return is_plural(subject.lower()) or subject.lower() in ("they", "we", "people", "these", "those")


RIGHT_AWAY = re.compile(worded("right-away"), re.I)
BEGINS = re.compile(
    r"\b(?:starts?|begins?) (?:to (?P<verb>[a-z]+)|(?P<ing>[a-z]+ing)(?= (?:the|an?|his|her|their)\b|\W*$))", re.I
)
"""`starts sewing`: sews."""


def _begun(found: re.Match[str]) -> str:
    base = found["verb"] or base_of((found["ing"] or "").lower(), "ing")
    one = found[0].split()[0].lower().endswith("s")
    return (_third(base, "he" if one else "they") or found[0]) if base else found[0]


def as_done(text: str) -> str:
    """What is to be done as what is done: `the clerk should also sign it` is `the clerk also signs it`."""

    def done(found: re.Match[str]) -> str:
        verb = _third(found["verb"], found["who"])
        if verb is None or found["who"].lower() in NOBODY:
            return found[0]
        return f"{found['who']}{found['also'] or ''}{found['adverb'] or ''} {verb}"

    text = RIGHT_AWAY.sub("", text)
    text = BEGINS.sub(lambda found: _begun(found), MODAL.sub(done, text))
    return CAN.sub(done, text) if INSTEAD.search(text) else text


PARTICLE = any_of("particle", "words")
DOING = re.compile(
    r"^\W*(?:(?:and|so) )?(?:we|i|he|she|they) (?:\w+ly |always |then |also )?(?:(?:has|have) to )?(?P<verb>[a-z]+) "
    rf"(?:{PARTICLE} )?(?:and [a-z]+ )?(?:it|them|the|an?|each|every|all)\b",
    re.IGNORECASE,
)


def does_work(words: str) -> bool:
    """Whether somebody who was told of does something to a thing, by a verb of work (`we wrap them in paper`)."""
    found = DOING.match(words)
    return found is not None and base_of(found["verb"].lower(), "base", "s") in WORK


UNDER = re.compile(worded("plain-sentences-under"), re.IGNORECASE)
ASKS_WITHIN = re.compile(r"\b(?:what|who|why|how|would|could|should|do you|can you|can i|can we)\b", re.IGNORECASE)
HAPPENED = re.compile(worded("plain-sentences-happened"), re.I)
"""What has happened then may be a case or a place: that is asked about."""
UNDER_LEAST = 8
"""How far behind the beginning somebody acts at the earliest, in letters: behind a condition."""


def told_under(words: str, people: Sequence[str]) -> bool:
    """Whether a condition stands in front and somebody of the work acts behind it: that tells, and asks nothing."""
    if not UNDER.match(words) or words.rstrip().endswith("?") or ASKS_WITHIN.search(words) or HAPPENED.match(words):
        return False
    names = "|".join(re.escape(name.lower()) for name in people)
    acts = re.search(rf"(?:^|[\s,])(?:{names}) (?P<verb>[a-z]+)\b", words.lower()[UNDER_LEAST:]) if names else None
    return acts is not None and any(form.form == "s" for form in verb_forms(acts["verb"]))
