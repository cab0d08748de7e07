"""Sentences that gave no step, those first that sound like one: somebody, a verb of doing, and a time."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.english.forms import verb_forms
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.tokens import sentences
from assistant.language.offline.words.word_tables import FIRST_NAMES, HANDS_ON, NOMINAL, TITLES, WORK

ASKED = 3
"""So many signs of work and a sentence is asked about."""
_WHO = frozenset("he she we they i".split()) | TITLES | FIRST_NAMES
_DONE = WORK | HANDS_ON


def work_first(left: Iterable[str]) -> tuple[str, ...]:
    """The sentences, those first that show most signs of work; of as many in the order of the telling."""
    return tuple(sorted(left, key=lambda words: -signs(words)))


def signs(words: str) -> float:
    """How many of the three signs a sentence shows: who, what is done (surely where it is "he writes"), how long."""
    tokens = [token for sentence in sentences(words) for token in sentence.tokens]
    low = [token.low for token in tokens]
    who = any(word in _WHO for word in low)
    forms = [form.form for word in low for form in verb_forms(word) if form.base in _DONE]
    done = 1.5 if "s" in forms else float("base" in forms or any(word in NOMINAL for word in low))
    timed = any(figure.kind == "duration" for figure in figures_in(words))
    return who + done + timed
