"""What people and steps are called: `the scheduler, we say dispatcher`, `write manager instead of head`."""

from __future__ import annotations

import re

from assistant.language.change.mention import content, role_named, sure
from assistant.language.change.new_names import capitals
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, known_role
from assistant.language.figures.reading import figures_in
from assistant.process.edits import PutRole, Rename

QUOTES = " .'\"“”‘’"
WE_SAY = (
    r"(?:(?:in our (?:house|place|company)|here|internally|among us)\s+)?(?:we|they|people|everybody|"
    r"everyone)\s+(?:just\s+|always\s+|all\s+)?(?:say|call|use)"
)
USE = (
    r"(?:(?:can|could|would) (?:we|you) )?(?:please\s+)?(?:write|say|put|use|call (?:it|him|her|them|that)|"
    r"name (?:it|him|her|them))"
)
INSTEAD = r"(?:instead of|rather than|in place of|for|not|and not|and never)"
RENAME = r"(?:(?:can|could|would|will) (?:we|you) )?(?:please\s+)?(?:call|rename)"
PATTERNS = (
    rf"{RENAME}\s+(?P<old>.+?)\s+(?:to|into|as)\s+(?P<new>[^?.;,]+?)(?:[?.;,].*)?",
    rf"{RENAME}\s+(?P<old>[^,;.]+?)(?:\s+please)?\s*[,;.]\s+(?:he|she|it|they)(?:'s|'re| is| are)\s+"
    r"(?:called\s+|really\s+|now\s+|the |an? )*(?P<new>[^,;.]+)",
    r"make (?:that|it|him|her|them)\s+(?P<new>[^,;.]+?),?\s+(?:instead of|rather than|not)\s+"
    r"(?P<old>[^,;.]+?)(?:\s+please)?(?:[,;.].*)?",
    r"(?:please\s+)?(?:call|rename)\s+(?P<old>.+?)\s+(?:to|into|as|rather|instead)\s+(?P<new>.+)",
    rf"{USE}\s+(?P<new>.+?),?\s+{INSTEAD}\s+(?P<old>.+)",
    rf"(?:it|he|she)\s+(?:is|should be|must be)\s+called\s+(?P<new>.+?),?\s+{INSTEAD}\s+(?P<old>.+)",
    rf"(?:it's|they're|that's|he's|she's)\s+(?:called\s+)(?P<new>.+?),?\s+{INSTEAD}\s+(?P<old>.+)",
    r"(?P<old>.+?)\s+(?:is|are|should be|must be|ought to be)\s+(?:really\s+|actually\s+|now\s+|"
    r"officially\s+)?(?:called|named|renamed(?: to)?)\s+(?P<new>.+)",
    rf"(?P<old>.+?),?\s+(?:which|whom?)?\s*{WE_SAY}\s+(?:(?:it|him|her|them|that|to (?:it|him|her|"
    rf"them))\s+)?(?:an? |the )?(?P<new>.+)",
    r"(?P<old>.+?)[,:]\s+(?:we|they)\s+call\s+(?:it|him|her|them|that)\s+(?:an? |the )?(?P<new>.+)",
    rf"{WE_SAY}\s+(?:an? |the )?(?P<new>.+?),?\s+{INSTEAD}\s+(?P<old>.+)",
    rf"{WE_SAY}\s+(?P<new>.+?)\s+(?:to|for)\s+(?P<old>.+)",
    r"by\s+(?P<old>.+?)\s+(?:i|we)\s+(?:mean|meant)\s+(?P<new>.+)",
    r"(?:what|who|whom) (?:i|we|you) (?:called|call|named|name)\s+(?P<old>.+?)\s+(?:is|are)\s+(?:really\s+|actually\s+|"
    r"officially\s+|in fact\s+)?(?:called\s+)?(?P<new>.+)",
    rf"(?P<old>.+?) (?:is|are) (?:wrong|(?:not|n't) (?:the )?(?:right|correct|proper)(?: word| name)?|"
    rf"the wrong (?:word|name))\s*[,;:.]+\s*"
    rf"(?:{WE_SAY}|it's|they're|it is)\s+(?:(?:it|him|her|them)\s+)?(?:an? |the )?(?P<new>.+)",
    r"(?P<old>.+?)'s?\s+(?:real |right |proper |official |correct )?(?:name|title)\s+is\s+(?P<new>.+)",
    r"the (?:real|right|proper|official|correct) (?:name|title|word|term) (?:of|for)\s+(?P<old>.+?)\s+is\s+(?P<new>.+)",
    r"(?P<new>.+?)\s+is the (?:real|right|proper|official|correct) (?:name|title|word|term) (?:of|for)\s+(?P<old>.+)",
)
READERS = tuple(re.compile(rf"^{pattern}$", re.IGNORECASE) for pattern in PATTERNS)
ORDERED = re.compile(rf"^\W*{RENAME}\s+.+?\s+(?:to|into|as)\s+\w", re.IGNORECASE)
CALL = re.compile(rf"^(?:(?:please\s+)?(?:call|name)|{WE_SAY})\s+(?P<rest>.+)$", re.IGNORECASE)
TAIL = re.compile(
    r"\s+(?:here|in our (?:house|place|company|firm)|around here|with us|please|now|from now on|everywhere)$", re.I
)


def ordered(words: str) -> bool:
    """Whether a sentence asks for another name and says which: what stands behind it only says why."""
    return ORDERED.match(words) is not None


def read(sentence: Sentence) -> Outcome | None:
    """Another name for a role or a step that is there."""
    text = TAIL.sub("", sentence.request)
    for pattern in READERS:
        if (found := pattern.match(text)) and (made := _renamed(sentence, found["old"], found["new"])):
            return made
    return _called(sentence, text) or _thing(sentence, text) or _side_by_side(sentence, text)


PAIR = re.compile(r"^(?P<old>.+?)\s+(?:to|into|as)\s+(?P<new>.+)$", re.IGNORECASE)
NEXT_PAIR = re.compile(r"\s*(?:[,;]\s*(?:and\s+)?|\band\s+)(?:rename\s+)?(?=[^,;]+?\s(?:to|into)\s)", re.IGNORECASE)


def several(sentence: Sentence) -> Outcome | None:
    """`rename Repair bike to Mend bike and Write bill to Send invoice`: each of them, where all are there."""
    text = TAIL.sub("", sentence.request.strip(" .!"))
    if not (lead := re.match(r"(?:please\s+)?rename\s+", text, re.IGNORECASE)):
        return None
    pairs = [PAIR.match(part) for part in NEXT_PAIR.split(text[lead.end() :])]
    made = [_renamed(sentence, pair["old"], pair["new"]) for pair in pairs if pair]
    done = [way for way in made if way is not None]
    if len(done) < 2 or len(done) < len(pairs):
        return None
    return Outcome("; ".join(way.title for way in done), tuple(edit for way in done for edit in way.edits))


def _side_by_side(sentence: Sentence, text: str) -> Outcome | None:
    """`call the travel desk mobility team`: somebody known, and behind it what he is called."""
    if not (found := CALL.match(re.split(r"\s*[,;:.–—]", text)[0])):
        return None
    words = re.sub(r"^(?:the|our)\s+", "", found["rest"], flags=re.IGNORECASE).split()
    for size in range(min(4, len(words) - 1), 0, -1):
        if role_named(sentence.catalogue, " ".join(words[:size])) is not None and len(words) - size <= 3:
            return _renamed(sentence, " ".join(words[:size]), " ".join(words[size:]))
    return None


NOT_A = re.compile(
    r"^(?:it|that|this|they)(?:'s|'re| is| are)?(?:n't| not)\s+(?:really\s+)?(?:an?|the)?\s*(?P<old>[a-z -]{3,30}?)\s*"
    r"(?:[,;.:–—-]+\s*|\s+)(?:but\s+|it(?:'s| is)\s+|that's\s+|they're\s+|rather\s+)+(?:an?|"
    r"the)?\s*(?P<new>[a-z -]{3,30})$",
    re.IGNORECASE,
)


A_NOT = re.compile(
    r"^(?:it's|it is|that's|they're|they are|these are)\s+(?:an?|"
    r"the)?\s*(?P<new>[a-z -]{3,30}?),?\s+(?:and )?not\s+(?:an?|the)?\s*"
    r"(?P<old>[a-z -]{3,30})$",
    re.IGNORECASE,
)


def _thing(sentence: Sentence, text: str) -> Outcome | None:
    """`it isn't a bill, it's a receipt`: the thing is called so in every step."""
    found = NOT_A.match(text) or A_NOT.match(text)
    if found is None or figures_in(text):
        return None
    old, new = found["old"].strip().lower(), found["new"].strip().lower()
    made = []
    for step in sentence.catalogue.named:
        name = re.sub(rf"(?<=\s){re.escape(old)}(s?)\b", rf"{new}\1", step.name, flags=re.IGNORECASE)
        if name != step.name:
            made.append(Rename(id=step.id, name=name))
    return Outcome(f"call the {old} {new}", tuple(made)) if made else None


def _called(sentence: Sentence, text: str) -> Outcome | None:
    """`call the clerk agent`: the old name is as many words as name somebody."""
    found = CALL.match(text)
    tokens = found["rest"].split() if found else []
    for size in range(min(5, len(tokens) - 1), 0, -1):
        old, new = " ".join(tokens[:size]), " ".join(tokens[size:])
        if content(old) and (made := _renamed(sentence, old, new, exact=True)):
            return made
    return None


def _renamed(sentence: Sentence, old: str, new: str, exact: bool = False) -> Outcome | None:
    catalogue = sentence.catalogue
    name = re.sub(r"^(?:the|an?)\s+", "", new.strip(QUOTES), flags=re.IGNORECASE)
    old = old.strip(QUOTES + ",")
    if not 1 <= len(name.split()) <= 6 or figures_in(name) or re.search(r"[,;:?]", name):
        return None
    role = role_named(catalogue, old) or (None if exact else known_role(catalogue, old))
    if role is not None:
        called = capitals(sentence.request, name.lower())
        return Outcome(f"call {role.name} {called}", (PutRole(role=role.model_copy(update={"name": called})),))
    own = sentence.recent if old.lower() in ("it", "that", "this", "that step") else ()
    step = own[0] if len(own) == 1 else sure(catalogue, old.lower()) if not exact or len(old.split()) > 1 else None
    if step is None:
        return None
    return Outcome(f"call {catalogue.name(step)} {name}", (Rename(id=step, name=name[0].upper() + name[1:]),))
