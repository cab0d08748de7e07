"""Whether a run of words reads as a name: a noun phrase, a verb with its object, or what something does or is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.english.forms import singular
from assistant.english.tables import classed
from assistant.feedback.words import NEGATIONS, PARTICLES
from assistant.language.figures.figure import CURRENCY
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import Token, words_in
from assistant.language.offline.words.word_tables import ADJECTIVES, FIRST_NAMES

_FORMS = {"ing": "g", "ed": "d", "en": "d", "base": "b"}
_THING = "(?:[A#gdN]*N)"
_OBJECT = f"(?:D?{_THING})"
_WHERE = f"(?:[Ip]{_OBJECT})"
_AUX = "[MBHF]R*X?R*[BH]?R*"
_AFTER = f"(?:O?p|O?{_WHERE}|[Ip]?O?{_OBJECT}{_WHERE}?|O?R*[AR])"
_NAME = re.compile(
    f"{_THING}{_WHERE}?"  # the tracking number, cover for the roof
    f"|[bvdg](?:[Ip]?{_OBJECT}{_WHERE}?|O{_WHERE}|O?[Ip]?{_OBJECT})"  # change my address, sign in to the portal
    f"|[MBHF]XR*[BH]?[bvdg]{_AFTER}?"  # could not sign in
    f"|{_THING}(?:[vdg]|{_AUX}[bvdg]){_AFTER}?"  # the lift stopped, it keeps me out
    f"|{_THING}BR*X?R*(?:A|d)(?:Tb)?{_WHERE}?"  # the queue is long
)
_SUBJECT = re.compile(_THING)
VAGUE = classed("opinions", "vague")
_NO_THINGS = VAGUE | ADJECTIVES | FIRST_NAMES | frozenset(CURRENCY)
_GOES_ON = {
    "A": "NA",
    "N": "N",
    "D": "NA",
    "#": "NA",
    "d": "NDOP",
    "g": "NDOP",
    "v": "NDOPAgd",
    "b": "NDOPA",
    "p": "ND",
}
"""After a word of this kind, these go on with what it began: the run was cut short."""


@lru_cache(maxsize=20_000)
def named_in(clause: str, words: str) -> str:
    """The words as a name, with the auxiliary or particle that belongs to them; empty where they are none.

    `words` stand in `clause` (both in lower case with single spaces).
    """
    tokens = tagged(words_in(clause))
    tags = "".join(_letter(tokens, at) for at in range(len(tokens)))
    starts = {token.start: at for at, token in enumerate(tokens)}
    ends = {token.end: at for at, token in enumerate(tokens)}
    start = f" {clause} ".find(f" {words} ")
    first, last = starts.get(start), ends.get(start + len(words))
    if first is None or last is None:
        return ""
    first, last = _with_helpers(tags, first, last)
    shape, after = tags[first : last + 1], tags[last + 1 : last + 2]
    if len(shape) < 2 or not _NAME.fullmatch(shape) or (first and tags[first - 1] in "WF"):
        return ""
    if after and after in _GOES_ON.get(tags[last], ""):
        return ""
    if _cuts_a_question(tags[:first], shape, after, tokens[last].low):
        return ""
    if not {token.low for token in tokens[first : last + 1] if token.tag in "NV"} - VAGUE:
        return ""
    if first and tokens[first - 1].low in NEGATIONS:
        first -= 1
    return clause[tokens[first].start : tokens[last].end]


def is_thing(word: str, clauses: Sequence[str]) -> bool:
    """Whether a word is a noun in most of these clauses (all in lower case), and no name, money or time."""
    tags = [token.tag for clause in clauses for token in tagged(words_in(clause)) if token.low == word]
    noun = 2 * sum(tag == "N" for tag in tags) > len(tags)
    return noun and not {word, singular(word)} & _NO_THINGS


def _cuts_a_question(before: str, shape: str, after: str, last: str) -> bool:
    """Whether the words are a subject with a verb whose auxiliary stands before it: "will my | card arrive", "get my |
    cards delivered"."""
    head = before.rstrip("DA#")[-1:]
    if _SUBJECT.fullmatch(shape):
        return (head in ("M", "F") and after not in tuple("bvdgRX")) or (head == "B" and last.endswith("ing"))
    return _SUBJECT.fullmatch(shape[:-1]) is not None and shape[-1] in "dg" and head in tuple("vbdgHMFB")


def _with_helpers(tags: str, first: int, last: int) -> tuple[int, int]:
    """The auxiliary before a "not" and the particle after a verb taken in."""
    if tags[first] == "X" and first and tags[first - 1] in "MBHF":
        first -= 1
    after = re.match("O?p(?![DNAOPg#])|O$", tags[last + 1 :]) if tags[last] in "bvdg" else None
    return first, last + (after.end() if after else 0)


def _letter(tokens: Sequence[Token], at: int) -> str:
    """The tag of a token in one letter, finer for verbs (base, -s, past, -ing) and for particles."""
    token = tokens[at]
    if token.tag == "V":
        return _FORMS.get(token.form, "v")
    if token.tag == "N" and token.low in ADJECTIVES:
        return "A"
    if token.tag == "I" and token.low in PARTICLES:
        return "p"
    if token.tag == "P" and token.low in ("it", "you") and at and tokens[at - 1].tag == "V":
        return "O"
    return token.tag[:1] or "*"
