"""Tables of words: what a step's label starts with, what makes it vague, which work one person should not do twice."""

from __future__ import annotations

import re

from assistant.english import classes
from assistant.english.tables import classed


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACTION_NOUNS = _table("""
    entry check review handling control processing approval receipt dispatch
""")
VAGUE = _table("""
    handle process manage do perform deal treat execute
""")
JOINED = re.compile(r"\b(?:and|und|et|y|&)\b|&", re.IGNORECASE)
MOST_WORDS = 7
"""Words a label may have; the guidelines say five, and articles and prepositions are not counted here."""
SMALL = classed("labels", "small")

APART = (
    ({"request", "apply", "submit", "propose", "claim"}, {"approve", "authorise", "authorize", "grant", "release"}),
    ({"create", "enter", "prepare", "write", "draft", "record"}, {"approve", "authorise", "authorize", "release"}),
    ({"order", "purchase", "procure", "buy"}, {"receive", "inspect", "accept"}),
    ({"approve", "authorise", "authorize", "release"}, {"pay", "refund", "reimburse", "transfer"}),
    ({"count", "take"}, {"adjust", "correct", "write"}),
    ({"receive", "collect"}, {"reconcile", "balance"}),
)  # fmt: skip
"""Pairs of verbs that one person should not do to the same thing (asking and granting, ordering and receiving ...)."""


def words_of(label: str) -> list[str]:
    """The words of a label, lower case, without marks."""
    return re.findall(r"[^\W\d_][\w'’-]*", label.lower())


def verb_of(label: str) -> str | None:
    """The verb a label starts with, or None."""
    words = words_of(label)
    return words[0] if words and is_verb(words[0]) else None


def is_verb(word: str) -> bool:
    """Whether a word can be a verb in its plain form, known to the verb table or by its ending."""
    return classes.is_verb(word) or word.endswith(("ise", "ize", "ify"))


def verb_object(label: str) -> bool:
    """Whether a label says what is done and to what: a verb first, then its object, not an action as a noun."""
    words = words_of(label)
    if len(words) < 2 or not is_verb(words[0]):
        return False
    last = words[-1]
    return not (
        words[0] in classes.verbs("noun") and len(words) == 2 and (last in ACTION_NOUNS or last.endswith("ing"))
    )


def objects_of(label: str) -> set[str]:
    """What a label speaks about: its words without the verb and the small words, plural endings cut."""
    return {word.removesuffix("s") for word in words_of(label)[1:] if word not in SMALL}
