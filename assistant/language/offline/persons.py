"""Which of the people named last "he", "she" and "him" can be: by what their names and titles give away."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.english.forms import singular
from assistant.english.tables import classed

_HE = classed("people", "he") | classed("names", "he")
_SHE = classed("people", "she") | classed("names", "she")
HONORIFICS = classed("reading", "honorific")
_ENDINGS = (("man", "he"), ("woman", "she"), ("lady", "she"), ("master", "he"), ("mistress", "she"), ("girl", "she"))


def sex_of(words: Iterable[str]) -> str:
    """he, she, or nothing where the words of a role leave it open: "hotline girl", "Mrs Miller", "headmaster"."""
    for word in words:
        word = singular(word.lower().strip("()."))
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
