"""Two questions in one breath, each answered: `who is the customer, and how sure are you of all that?`."""

from __future__ import annotations

import re
from typing import Any

from assistant.chat.asking import asked_about
from assistant.chat.basis import UNTOLD
from assistant.chat.reply import Reply
from assistant.chat.weighing import context_of
from assistant.language.correct.made_readable import spelled
from assistant.language.turn.asking import about as by_wording
from assistant.language.turn.by_rules import read_turn
from assistant.language.turn.kinds import About, Command, Question

NEXT = re.compile(
    r"(?:\s*[?;,]\s*(?:(?:and|but|so|also)\s+)?|\s+(?:and|but)\s+)(?=(?:what|where|who|why|how|which|when)\b)",
    re.IGNORECASE,
)
MOST, FEWEST_WORDS = 3, 3
ONE_THING = frozenset({About.OTHER, About.WHAT_IF, About.WHY, About.WORD})
"""What is asked in many words; what they are about alone says too little to part them."""
OF_THE_FIRST = re.compile(r"\b(?:it|its|they|them|their|he|she|him|her|his|there)\b|\b(?:that|this)\W*$", re.IGNORECASE)
OF_ALL = re.compile(r"\ball (?:of )?(?:it|this|that)\W*$", re.IGNORECASE)


def each_answered(talk: Any, words: str, about: About) -> Reply:
    """The answer to a question; where words ask two or three things, that to each in turn."""
    words = spelled(words)
    parts = _parts(talk, words)
    if len(parts) < 2:
        return asked_about(talk.session, words, about)
    replies = [asked_about(talk.session, part.words, part.about) for part in parts]
    lines: list[str] = []
    for reply in replies:
        lines = [line for line in lines if not (UNTOLD in line and line in reply.lines)]  # said once, at the end
        lines += ["", *reply.lines] if lines else reply.lines
    questions = next((reply.questions for reply in replies if reply.questions), ())
    return Reply(tuple(lines), questions, facts=tuple(fact for reply in replies for fact in reply.facts))


def _parts(talk: Any, words: str) -> list[Question]:
    """The questions in words, if each stands for itself and they are about different things."""
    said = [part.strip(" ?.!") for part in NEXT.split(words)]
    if not 2 <= len(said) <= MOST or any(len(part.split()) < FEWEST_WORDS for part in said):
        return []
    if any(OF_THE_FIRST.search(OF_ALL.sub("", part)) for part in said[1:]):
        return []
    read = [(part, read_turn(f"{part}?", context_of(talk))) for part in said]
    asked = [Question(part, by_wording(part)) if isinstance(turn, Command) else turn for part, turn in read]
    found = [turn for turn in asked if isinstance(turn, Question) and turn.about not in ONE_THING]
    return found if len(found) == len(said) and len({turn.about for turn in found}) == len(found) else []
