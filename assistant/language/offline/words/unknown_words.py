"""Words in no table: nouns, unless their place asks for a verb."""

from __future__ import annotations

from assistant.english.forms import Form, guess
from assistant.language.offline.words.around_a_token import finite_ahead, raw
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.verb_or_noun import as_verb, skip_back
from assistant.language.offline.words.verb_places import last_verb_in_stretch
from assistant.language.offline.words.word_tables import ADJECTIVES, NOMINAL, NOT_TITLES, TITLES

_ONE, _MANY = frozenset("he she it who".split()), frozenset("i we they you who".split())


def _after_pronoun(before: Token | None, low: str, first: Form, after: str) -> bool:
    """ "I haggle with the agent", "if we reprint": behind a pronoun that can only be a subject stands a verb."""
    if before is None or before.tag not in ("P", "W") or after in ("V", "B", "M", "H", "F"):
        return False
    fits = (before.low in _ONE and first.form in ("s", "ed")) or (before.low in _MANY and first.form in ("base", "ed"))
    return (fits and low not in ADJECTIVES and not low.endswith("ly")) or (
        before.tag == "P" and after in ("D", "O", "T") and first.form in ("base", "s", "ed")
    )


def _told_you(tokens: list[Token], i: int) -> bool:
    """ "I could sing you | zinc paste": "you" behind a verb listens and does nothing."""
    return i > 1 and tokens[i - 1].low == "you" and tokens[i - 2].tag == "V"


def _goes_on(tokens: list[Token], i: int, tag: str, after: str, first: Form) -> bool:
    """ "unpacks it and repacks it": the last of a row of verbs in the same form, with its object."""
    if tag not in (",", "C") or after not in ("D", "O", "P") or first.form != "s":
        return False
    return any(t.tag == "V" and t.form == "s" for t in tokens[:i]) and not finite_ahead(tokens, i)


def unknown(tokens: list[Token], i: int) -> None:
    """A word in no table: a noun, unless its place asks for a verb."""
    token, before = tokens[i], skip_back(tokens, i)
    tag, after = (before.tag if before else ""), raw(tokens, i + 1)
    low = token.low
    token.tag = "N"
    if not low.isalpha() or low in TITLES or low in NOT_TITLES or low in NOMINAL:
        return
    found = guess(low)
    first = found[0]
    if tag in ("M", "T", "F") and first.form == "base":
        as_verb(token, first)
    elif tag in ("B", "H") and first.form in ("ed", "ing"):
        as_verb(token, found[-1])
    elif (
        (_after_pronoun(before, low, first, after) and not _told_you(tokens, i))
        or _goes_on(tokens, i, tag, after, first)
        or (
            tag == "N"
            and first.form in ("s", "ed")
            and after in ("D", "O")
            and not last_verb_in_stretch(tokens, i)
            and (not finite_ahead(tokens, i) or (i < 3 and tokens[i - 1].text.istitle()))
        )
    ):
        as_verb(token, first)
    elif first.form in ("ed",):
        token.tag = "A"
