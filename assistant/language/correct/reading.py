"""What a turn says of what is there already, as edits, as a question with readings, or as nothing new."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.errors import EditRefused
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.outcome import Doubt, Outcome
from assistant.language.correct import beside, figures, hands, order, parts, renamed, replaced
from assistant.language.correct.said import Sentence
from assistant.language.correct.spelled import bared
from assistant.process.apply import apply
from assistant.process.model import Process

MOST = 400
MOST_SENTENCES = 4
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
READERS: tuple[Callable[[Sentence], Outcome | Doubt | None], ...] = (
    renamed.read, replaced.read, hands.read, parts.read, order.read, figures.read, beside.read,
)  # fmt: skip


def read(
    process: Process, words: str, recent: Sequence[str] = (), wrong: bool = False, telling: bool = True
) -> Outcome | Doubt | None:
    """What words say of the process; an outcome without edits where all of it is so already; None when they are no
    such thing, or not all of them."""
    if len(words) > MOST:
        return None
    sentences = [one for one in SENTENCE.split(words.strip()) if re.search(r"\w", one)]
    whole = _one(process, words, recent, wrong, telling)
    if whole is not None or not 1 < len(sentences) <= MOST_SENTENCES:
        return whole
    made: list[Outcome] = []
    now = process
    for sentence in sentences:
        found = _one(now, sentence, recent, wrong, telling)
        if isinstance(found, Doubt):  # `not Ruth, Rita.`: what follows says which of it is meant
            wrong = True
            continue
        if found is None:
            return None
        made.append(found)
        now = apply(now, found.edits)
    return (
        Outcome("; ".join(one.title for one in made), tuple(edit for one in made for edit in one.edits))
        if made
        else None
    )


def _one(
    process: Process, words: str, recent: Sequence[str], wrong: bool, telling: bool = True
) -> Outcome | Doubt | None:
    text, own, about = bared(words)
    if not text:
        return None
    sentence = Sentence(Catalogue(process), text, own or wrong, tuple(recent), about)
    for reader in READERS if telling else READERS[:-1]:
        found = reader(sentence)
        if isinstance(found, Doubt):
            fitting = tuple(one for one in found.readings if _fits(process, one))
            if len(fitting) > 1:
                return Doubt(found.text, fitting)
            found = fitting[0] if fitting else None
        if found is not None and _fits(process, found):
            return found
    return None


def _fits(process: Process, found: Outcome) -> bool:
    try:
        apply(process, found.edits)
    except EditRefused:
        return False
    return True


def told_anew(process: Process, words: str) -> Outcome | None:
    """A sentence of somebody known that the reading of the whole story left out: its step goes to the end."""
    text = bared(words)[0]
    found = beside.appended(Sentence(Catalogue(process), text)) if text and len(words) <= MOST else None
    return found if found is not None and found.edits and _fits(process, found) else None
