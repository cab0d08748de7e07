"""Sentences that put the doer aside, with the doer in front: "it's Olga who answers", "has the customer sign"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant.english.forms import is_plural, singular, third_person, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.words.role_names import is_name
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import ADJECTIVES, NOT_TITLES, SMALL, TITLES, UNITS

_IS = frozenset(("is", "'s", "’s"))
_MOSTLY = frozenset("always usually mostly normally generally often sometimes only then still really".split())
_FURTHEST = 9
"""Words between "it is" and "who": "it's one of the two women at the counter who …"."""
_ACTING = {"me": "I", "us": "we", "him": "he", "her": "she", "them": "they"}
_CAUSES = {"has": False, "have": False, "lets": False, "let": False, "gets": True, "get": True}
"""Verbs by which somebody has another do something, and whether "to" stands before what that other does."""
_OBJECTS = classed("reading", "object-opener")
_BARE = ("base",)
_DOING = frozenset("i we he she they".split())
_MARKS = frozenset(", ; : .".split())


def doer_in_front(tokens: list[Token]) -> list[Token]:
    """The words with whoever does it as subject: cleft sentences and those by which one has another do it."""
    return _without_causer(_without_cleft(_without_front(tokens)))


def _without_front(tokens: list[Token]) -> list[Token]:
    """ "What he has found he notes on his sheet" is "he notes what he has found on his sheet"."""
    if len(tokens) < 5 or tokens[0].low not in ("what", "whatever"):
        return tokens
    stop = next((i for i, token in enumerate(tokens) if token.low in _MARKS), len(tokens))
    for i in range(3, stop - 1):
        before, finite = tokens[i - 1].low, any(form.form != "ing" for form in verb_forms(tokens[i + 1].low))
        done = bool(verb_forms(before)) or SMALL.get(before) in ("I", "R", "B")
        if tokens[i].low in _DOING and SMALL.get(tokens[i + 1].low) is None and finite and done:
            return [*tokens[i : i + 2], *tokens[:i], *tokens[i + 2 :]]
    return tokens


def _without_cleft(tokens: list[Token]) -> list[Token]:
    """ "It's Olga or Piet who answers the phone" is "Olga or Piet answers the phone"."""
    for i, (it, verb) in enumerate(pairwise(tokens)):
        if it.low != "it" or verb.low not in _IS:
            continue
        start = i + 2
        while start < len(tokens) and tokens[start].low in _MOSTLY:
            start += 1
        who = next((j for j in range(start, min(len(tokens) - 1, start + _FURTHEST)) if _relates(tokens[j])), None)
        if who is None or who == start or not _people(tokens[start:who]) or not _acts(tokens, who):
            continue
        named = [_acting(token) for token in tokens[start:who]]
        return [*tokens[:i], *named, *_without_cleft(tokens[who + 1 :])]
    return tokens


def _relates(token: Token) -> bool:
    return token.low in ("who", "that")


def _acts(tokens: list[Token], who: int) -> bool:
    """Whether a verb follows the "who", perhaps behind an adverb: "that signs", not "that the boss signs"."""
    following = tokens[who + 1]
    if SMALL.get(following.low) == "R" and who + 2 < len(tokens):
        following = tokens[who + 2]
    finite = any(form.form in ("s", "base") for form in verb_forms(following.low))
    return SMALL.get(following.low) in ("M", "H") or (finite and SMALL.get(following.low) is None)


def _people(words: list[Token]) -> bool:
    """Whether these words name somebody: a name, a title, a part of the firm, "me"."""
    small = (SMALL.get(token.low) in ("B", "M", "H", "S", "X") or token.low in (",", ";", ":") for token in words)
    return not any(small) and any(_person(token) or token.low in _ACTING for token in words)


def _person(token: Token) -> bool:
    low = singular(token.low)
    titled = low in TITLES or low in UNITS
    agent = low.endswith(("er", "or", "ist", "man", "woman")) and len(low) > 4 and low not in NOT_TITLES
    named = is_name(token) or (token.text[:1].isupper() and token.text[1:].islower())
    return (named or titled or agent) and SMALL.get(token.low) is None and low not in ADJECTIVES


def _acting(token: Token) -> Token:
    told = _ACTING.get(token.low)
    return token if told is None else replace(token, text=told, low=told.lower())


def _without_causer(tokens: list[Token]) -> list[Token]:
    """ "The foreman has the customer sign the list and files it": the customer signs the list, the foreman files it."""
    for i, token in enumerate(tokens):
        asks_to = _CAUSES.get(token.low)
        start = _subject(tokens, i)
        if asks_to is None or start is None:
            continue
        at = _what_is_done(tokens, i, asks_to)
        if at is None:
            continue
        named, verb = [_acting(each) for each in tokens[i + 1 : at - asks_to]], tokens[at]
        many = is_plural(named[-1].low) or named[-1].low == "they"
        told = verb.low if many else third_person(verb.low)
        done = replace(verb, text=told, low=told)
        return [*tokens[:start], *named, done, *_goes_on(tokens[at + 1 :], tokens[start:i])]
    return tokens


def _subject(tokens: list[Token], i: int) -> int | None:
    """Where the words begin that say who has it done; None where nobody stands right before the verb."""
    start = i
    while start > 0 and (tokens[start - 1].text[:1].isalpha() and SMALL.get(tokens[start - 1].low) in (None, "D", "P")):
        start -= 1
        if SMALL.get(tokens[start].low) in ("D", "P"):
            break
    return start if start < i else None


def _what_is_done(tokens: list[Token], i: int, asks_to: bool) -> int | None:
    """Where the verb stands of what the other does; None where nobody is made to do anything."""
    for at in range(i + 2 + asks_to, min(len(tokens), i + 6 + asks_to)):
        named = tokens[i + 1 : at - asks_to]
        if not named or any(SMALL.get(each.low) not in (None, "D", "O", "P", "A", "#") for each in named):
            return None
        if asks_to and tokens[at - 1].low != "to":
            continue
        if not (_person(named[-1]) or named[-1].low in _ACTING) or not _is_bare(tokens[at]):
            continue
        behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if asks_to or behind in _OBJECTS:
            return at
    return None


def _is_bare(token: Token) -> bool:
    return SMALL.get(token.low) is None and any(form.form in _BARE for form in verb_forms(token.low))


def _goes_on(rest: list[Token], causer: list[Token]) -> list[Token]:
    """What follows, with whoever had it done named again where that one goes on: "… and files it"."""
    for i, (tie, verb) in enumerate(pairwise(rest)):
        forms = {form.form for form in verb_forms(verb.low)}
        if tie.low in ("and", "then") and "s" in forms and SMALL.get(verb.low) is None and verb.low.islower():
            nouns = i + 2 < len(rest) and rest[i + 2].low in _OBJECTS
            if nouns:
                return [*rest[: i + 1], *(replace(each) for each in causer), *rest[i + 1 :]]
    return rest
