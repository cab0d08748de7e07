"""Work of which nobody says yet who does it: `someone has to check the book for damage too`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.read_change import Outcome
from assistant.language.correct.made_readable import bared
from assistant.language.correct.piece_of_story import known_step, piece
from assistant.language.correct.sentence_said import Sentence, simple
from assistant.language.offline.words.word_tables import WORK
from assistant.process.blocks import Task
from assistant.process.edits import Insert

MUST = r"(?:has to|have to|needs? to|must|ought to|gets to)"
ALSO = r"(?:also|still|too|as well)"
SOMEBODY = re.compile(
    rf"^(?:someone|somebody)(?: else)?(?: {ALSO})?(?: {MUST})?(?: {ALSO})? (?P<verb>[a-z]+) (?P<rest>[^?;:]+)$",
    re.IGNORECASE,
)
IS_DONE = re.compile(
    rf"^(?=.*\b{ALSO}\b)(?P<what>(?:the|our|all|every|each)\b[^,;?]{{2,40}}?)(?: {ALSO})? {MUST}(?: {ALSO})? be "
    r"(?P<how>[a-z]+[^;?]*)$",
    re.IGNORECASE,
)
BEHIND = re.compile(rf",? (?:{ALSO}|sometime|somewhere)\W*$", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """A step in nobody's hands at the end of the process; where it stands and who does it can be said then."""
    text = BEHIND.sub("", bared(sentence.request)[0])
    done = IS_DONE.match(bared(sentence.request)[0])
    found = SOMEBODY.match(text)
    if found and base_of(found["verb"].lower(), "base", "s") in WORK:
        told = f"somebody has to {base_of(found['verb'].lower())} {found['rest']}"
    elif done:
        told = f"{done['what']} has to be {BEHIND.sub('', done['how'])}"
    else:
        return None
    blocks, roles = piece(sentence, told) if simple(told.lower()) else ((), [])
    alone = len(blocks) == 1 and isinstance(blocks[0], Task) and not roles and blocks[0].role is None
    if not alone or known_step(sentence, blocks[0]):
        return None
    return Outcome("new", (Insert(blocks=blocks, place=at_edge(sentence.catalogue, "end")),))
