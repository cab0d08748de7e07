"""Which of the people named last "he", "she" and "him" can be: by what their names and titles give away."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from assistant.english.forms import singular
from assistant.english.tables import classed
from assistant.language.offline.words.tokens import Sentence

_HE = classed("people", "he") | classed("names", "he")
_SHE = classed("people", "she") | classed("names", "she")
_TOLD = _HE | _SHE
_ORGANISATIONS = classed("reading", "organisation")
HONORIFICS = classed("reading", "honorific")
_ENDINGS = (("man", "he"), ("woman", "she"), ("lady", "she"), ("master", "he"), ("mistress", "she"), ("girl", "she"))


def sex_of(words: Iterable[str]) -> str:
    """he, she, it for an organisation, or nothing where a role leaves it open: "hotline girl", "headmaster"."""
    words = list(words)
    if words and singular(words[-1].lower().strip("().")) in _ORGANISATIONS:
        return "it"
    for word in words:
        word = word.lower().strip("().")
        word = word if word in _TOLD else singular(word)  # not "jona" for "jonas"
        if word in _SHE or word == "frau":
            return "she"
        if word in _HE or word == "herr":
            return "he"
        for ending, sex in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending):
                return sex
    return ""


def meant(pronoun: str, acting: str | None, beside: list[str], others: list[str], known: dict[str, str]) -> str | None:
    """Whom "he" or "she" means: who acted last, somebody named beside it, or one of the others, the likeliest first.

    Somebody `known` to be the other is never meant. Somebody named beside who is known to fit comes before an actor of
    whom nothing is known: "The teacher puts it into the headmaster's tray. He …".
    """
    sex = "she" if pronoun in ("she", "her") else "he"
    if acting is not None and known.get(acting) == sex:
        return acting
    sure = next((key for key in beside if known.get(key) == sex), None)
    if sure is not None:
        return sure
    named = [*([acting] if acting is not None else []), *beside]
    open_ones = [key for key in named if not known.get(key)]
    return next(iter([*open_ones, *(key for key in others if known.get(key) == sex)]), None)


_NAMES = classed("names", "first") - classed("names", "also-word") - classed("names", "not-alone")
_SMALL = 0.6
"""The share of sentences begun in small letters above which a text is typed without capitals."""


def with_capitals(parts: list[Sentence]) -> list[Sentence]:
    """In a text typed all in small letters the first names, and whoever stands behind "mr" and "mrs", get theirs."""
    begun = [part.tokens[0].text[:1] for part in parts if part.tokens and part.tokens[0].text[:1].isalpha()]
    if sum(letter.islower() for letter in begun) <= _SMALL * max(1, len(begun)):
        return parts
    for part in parts:
        for before, token in pairwise([*part.tokens[:1], *part.tokens]):
            behind = before is not token and before.low in HONORIFICS
            if token.low in _NAMES or token.low in HONORIFICS or behind:
                token.text = token.text[:1].upper() + token.text[1:]
    return parts
