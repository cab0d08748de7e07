"""Wordings that say what they change, where what they speak of is there: no matter of likelihood, and never talk."""

from __future__ import annotations

from assistant.language.change.catalogue import Catalogue
from assistant.language.correct import need_not, only_for, told_with_place
from assistant.language.correct.made_readable import bared
from assistant.language.correct.sentence_said import Sentence
from assistant.process.model import Process

READERS = (need_not.left_out, told_with_place.only_then, told_with_place.meanwhile, only_for.read)


def said_outright(process: Process, words: str) -> bool:
    """Whether a step is left out for a kind of cases, stands in front of what waits for it, or beside another."""
    sentence = Sentence(Catalogue(process), bared(words)[0])
    return any(reader(sentence) is not None for reader in READERS)
