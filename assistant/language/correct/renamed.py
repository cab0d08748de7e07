"""What people and steps are called: `the scheduler, we say dispatcher`, `write manager instead of head`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.english.tables import any_of, worded, wordings
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import content, role_named, sure
from assistant.language.change.new_names import capitals
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, known_role
from assistant.language.figures.reading import figures_in
from assistant.process.edits import PutRole, Rename
from assistant.process.model import Process

QUOTES = " .'\"“”‘’"
WE_SAY = worded("we-say")
RENAME = worded("call-it")
READERS = tuple(re.compile(rf"^{pattern}$", re.IGNORECASE) for _, pattern in wordings("renamed"))
ORDERED = re.compile(rf"^\W*{RENAME}\s+.+?\s+(?:to|into|as)\s+\w", re.IGNORECASE)
CALL = re.compile(rf"^(?:(?:please\s+)?(?:call|name)|{WE_SAY})\s+(?P<rest>.+)$", re.IGNORECASE)
TAIL = re.compile(worded("renamed-tail"), re.I)


def ordered(words: str) -> bool:
    """Whether a sentence asks for another name and says which: what stands behind it only says why."""
    return ORDERED.match(words) is not None


def read(sentence: Sentence) -> Outcome | None:
    """Another name for a role or a step that is there."""
    text = TAIL.sub("", sentence.request)
    for pattern in READERS:
        if (found := pattern.match(text)) and (made := _renamed(sentence, found["old"], found["new"])):
            return made
    readers = (_not_that_thing, _called, _thing, _side_by_side)
    return next((made for reader in readers if (made := reader(sentence, text)) is not None), None)


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
    made = _in_names(sentence.catalogue, old, new)
    return Outcome(f"call the {old} {new}", made) if made else None


def _in_names(catalogue: Catalogue, old: str, new: str) -> tuple[Rename, ...]:
    """Another name for a thing in every step that deals with it; none where the words name a step or an act."""
    old = re.sub(r"^(?:the|an?)\s+", "", old)
    acts = base_of(new.split()[0], "ing") and (" " in new or base_of(old, "ing"))
    if acts or any(step.name.lower() == old for step in catalogue.named):
        return ()
    said = {
        step.id: re.sub(rf"(?<=\s){re.escape(old)}(s?)\b", rf"{new}\1", step.name, flags=re.IGNORECASE)
        for step in catalogue.named
    }
    return tuple(Rename(id=id_, name=name) for id_, name in said.items() if name != catalogue.name(id_))


def _doing(step: str, old: str, new: str) -> str:
    """The name of a step that is called by another act: `attaching the strip`, or `stowing` for `loading` alone."""
    first, _, rest = re.sub(r"\b(?:the|an?|our)\s+", "", new).partition(" ")
    if not (base := base_of(first.lower(), "ing")):
        return ""
    verb = step.split()[0]
    alone = not rest and base_of(old.lower(), "ing") == verb.lower()
    return f"{base} {rest or (step[len(verb) + 1 :] if alone else '')}".strip()


OF_THE = r"(?:the|an?|our|his|her|their)"
SMALL = any_of("particle", "words")
NOT_THAT_THING = re.compile(
    rf"^.+?\s(?P<verb>[a-z]+)\s(?:{SMALL}\s)?{OF_THE}\s"
    rf"(?P<new>[a-z][\w-]*(?:\s(?!(?:{SMALL}|to|into|at|for|from|with|and|not)\b)[\w-]+)?)"
    rf"(?:\s[^,;]*)?,?\s(?:and\s)?not\s{OF_THE}\s(?P<old>[a-z][\w-]*(?:\s[\w-]+)?)$",
    re.IGNORECASE,
)
"""`Mia drives the shelf to the shop, not the board`: what is done to one thing, and not to another."""


def denies_a_thing(process: Process, words: str) -> bool:
    """Whether words put one thing in place of another in what is done to it: no step goes or comes by them."""
    text = words.strip(" .!")
    return _not_that_thing(Sentence(Catalogue(process), text, False, ()), text) is not None


def _not_that_thing(sentence: Sentence, text: str) -> Outcome | None:
    """The step that is done to another thing than was understood; an outcome without edits where it is so already."""
    found = NOT_THAT_THING.match(text)
    verb = base_of(found["verb"].lower(), "s", "base") if found else ""
    if found is None or not verb or known_role(sentence.catalogue, found["old"]) is not None:
        return None
    old, new = found["old"].lower(), found["new"].lower()
    own = [step for step in sentence.catalogue.named if step.name.lower().split()[0] == verb]
    other = [step for step in own if re.search(rf"\b{re.escape(old)}\b", step.name, re.IGNORECASE)]
    if any(re.search(rf"\b{re.escape(new)}\b", step.name, re.IGNORECASE) for step in own):
        return Outcome(f"{verb} {new}", ())
    if len(other) != 1:
        return None
    name = re.sub(rf"\b{re.escape(old)}\b", new, other[0].name, flags=re.IGNORECASE)
    return Outcome(f"call {other[0].name} {name}", (Rename(id=other[0].id, name=name),))


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
    thing = () if exact or own else _in_names(catalogue, old.lower(), name.lower())
    if thing:
        return Outcome(f"call the {old} {name}", thing)
    step = own[0] if len(own) == 1 else sure(catalogue, old.lower()) if not exact or len(old.split()) > 1 else None
    if step is None:
        return None
    doing = _doing(catalogue.name(step), old, name)
    if doing:
        name = doing
    return Outcome(f"call {catalogue.name(step)} {name}", (Rename(id=step, name=name[0].upper() + name[1:]),))
