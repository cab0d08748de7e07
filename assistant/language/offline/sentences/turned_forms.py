"""Sentences in which whoever acts stands behind what is done, as a table of forms with the plain sentence of each.

`english/data/turned.tsv` holds a form, its plain sentence and an example a line. In a form, words stand for themselves
(`is|are`: one of them, `on?`: perhaps), THING and WHO for whatever has a name, SENDS for a
verb of handing on, MY for a word that says whose it is, ACT
for a noun of doing (`approval`, `printing`); `.` asks that nothing more of that clause follows. In the plain sentence
ACTS is the verb of the noun, and `sit+` a verb in the form that goes with what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from assistant.english.forms import base_of, is_plural, third_person, verb_forms
from assistant.english.tables import classed, rows
from assistant.language.figures.numbers import value_of
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import DOERS, NOMINAL, SMALL, WORK

_MARKS = frozenset(", ; : . ! ? ( ) – —".split())
_STARTS = _MARKS | classed("reading", "ahead-of-a-form")
_ENDS = _MARKS | classed("reading", "behind-a-form")
_NO_NAME = frozenset("B H F M T C S W X".split())
"""Tags of small words that no name of a thing or person holds."""
_MOST = {"THING": 7, "WHO": 6, "ACT": 5, "SENDS": 1}
_MINE = {"my": "I", "our": "we", "his": "he", "her": "she", "their": "they"}
_OBJECT = {"they": "them", "he": "him", "she": "her", "i": "me", "we": "us"}
_SEVERAL = frozenset("i we they you".split())
_SAME_AS_VERB = classed("reading", "doing-by-name")
_SENDING = classed("reading", "sending-to")
_PRONOUNS = frozenset("it they everything this".split())
_NOBODY = frozenset("it this that which what there here us me him them you".split())


class _Form(NamedTuple):
    """A form in parts, and the parts of its plain sentence."""

    parts: tuple[str, ...]
    plain: tuple[str, ...]


@cache
def _forms() -> tuple[_Form, ...]:
    return tuple(_Form(tuple(form.split()), tuple(plain.split())) for form, plain, _ in rows("turned"))


@cache
def _words() -> frozenset[str]:
    """A word of each form without which it never fits: whatever has none of them is not looked at."""
    return frozenset(word for form in _forms() for part in form.parts if part[0].islower() for word in part.split("|"))


def acting_first(tokens: list[Token]) -> list[Token]:
    """The words with whoever acts in front, wherever a form fits at the beginning of a clause."""
    at = 0
    while at < len(tokens) - 3:
        begins = at == 0 or tokens[at - 1].low in _STARTS
        told = _told(tokens, at, begins) if tokens[at].low not in _STARTS else None
        if told is not None:
            made, end = told
            tokens = [*tokens[:at], *made, *tokens[end:]]
            at += len(made)
        else:
            at += 1
    return tokens


def _told(tokens: list[Token], at: int, begins: bool) -> tuple[list[Token], int] | None:
    """The plain sentence of the first form that fits from a place on, and where that form ends. Only a form that opens
    with a verb of sending fits where no clause `begins`."""
    for form in _forms():
        if not begins and form.parts[0] != "SENDS":
            continue
        for end, held in _fits(form.parts, tokens, at, {}):
            made = [
                word for before, part in pairwise(("", *form.plain)) for word in _plain(part, before, held, tokens[at])
            ]
            return made, end
    return None


def _fits(
    parts: tuple[str, ...], tokens: list[Token], at: int, held: dict[str, list[Token]]
) -> Iterator[tuple[int, dict[str, list[Token]]]]:
    """The ways a form fits from a place on: where it ends, and the words that each of its names stands for."""
    if not parts:
        yield at, held
        return
    part, rest = parts[0], parts[1:]
    low = tokens[at].low if at < len(tokens) else "."
    if part == ".":
        if low in _ENDS:
            yield at, held
        return
    if part.endswith("?"):
        yield from _fits(rest, tokens, at, held)
        part = part.removesuffix("?")
    if part == "MY":
        if low in _MINE:
            yield from _fits(rest, tokens, at + 1, {**held, "WHO": [tokens[at]]})
    elif part.isupper():
        for end in range(at + 1, min(at + _MOST[part], len(tokens)) + 1):
            if _STANDS_FOR[part](tokens[at:end]):
                yield from _fits(rest, tokens, end, {**held, part: tokens[at:end]})
    elif low in part.split("|") and at < len(tokens):
        yield from _fits(rest, tokens, at + 1, held)


def _is_name(words: list[Token]) -> bool:
    """Whether words may name a thing or somebody."""
    if any(word.low in _MARKS or SMALL.get(word.low) in _NO_NAME for word in words):
        return False
    if any(SMALL.get(word.low) == "I" and word.low != "of" for word in words):
        return False
    first, last = words[0], words[-1]
    if len(words) == 1 and first.low in _PRONOUNS:
        return True
    heads = (
        SMALL.get(first.low) == "D"
        or value_of(first.low) is not None
        or first.text[:1].isupper()
        or is_plural(first.low)
        or first.low == "every"
    )
    heads = heads or last.low == "ones"
    return heads and SMALL.get(last.low) in (None, "N") and last.low not in ("'s", "’s")


def _is_somebody(words: list[Token]) -> bool:
    return _is_name(words) and (words[0].text == "IT" or words[0].low not in _NOBODY | _PRONOUNS)


def _is_thing(words: list[Token]) -> bool:
    """Whether words may name what is handed on: people go somewhere by themselves."""
    return _is_name(words) and (words[-1].low in _PRONOUNS or words[-1].low not in DOERS)


def _is_act(words: list[Token]) -> bool:
    """Whether words are a noun of doing, with an article or what tells more of it in front of it."""
    return (
        bool(verb_of(words[-1]))
        and all(SMALL.get(word.low) in ("D", "A", None) for word in words[:-1])
        and (
            len(words) == 1
            or SMALL.get(words[0].low) == "D"
            or words[0].low in ("further", "final", "his", "her", "their")
        )
    )


def _is_sending(words: list[Token]) -> bool:
    return bool({form.base for form in verb_forms(words[0].low)} & _SENDING)


_STANDS_FOR = {"SENDS": _is_sending, "THING": _is_thing, "WHO": _is_somebody, "ACT": _is_act}


def verb_of(word: Token) -> str:
    """The verb that a noun of doing stands for: `approval`, `visit`, `printing`; empty for any other word."""
    if word.low in _SAME_AS_VERB:
        return word.low
    return NOMINAL.get(word.low) or (base if (base := base_of(word.low, "ing")) in WORK else "")


def _plain(part: str, before: str, held: dict[str, list[Token]], like: Token) -> list[Token]:
    """The words of a part of the plain sentence; a verb agrees with what stands `before` it, and a
    word of its own stands where the form begins (`like`)."""
    if part == "WHO":
        who = held["WHO"]
        mine = _MINE.get(who[0].low) if len(who) == 1 else None
        return who if mine is None else [Token(mine, mine.lower(), who[0].start, who[0].end)]
    if part == "SENDS":
        return held["SENDS"]
    if part in ("MY", "THING"):
        return held["WHO"] if part == "MY" else [_object(word) for word in held["THING"]]
    if part == "ACTS":
        return [_agreeing(verb_of(held["ACT"][-1]), held["WHO"], held["ACT"][-1])]
    if part.endswith("+"):
        return [_agreeing(part.removesuffix("+"), held[before], like)]
    return [Token(part, part, like.start, like.start)]


def _agreeing(base: str, who: list[Token], like: Token) -> Token:
    several = _MINE.get(who[0].low, who[-1].low).lower() in _SEVERAL or is_plural(who[-1].low)
    verb = base if several else third_person(base)
    return Token(verb, verb, like.start, like.end)


def _object(word: Token) -> Token:
    other = _OBJECT.get(word.low)
    return word if other is None else Token(other, other, word.start, word.end)
