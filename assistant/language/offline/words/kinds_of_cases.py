"""Cases told apart by their kind: "small claims she pays straight away, bigger ones go to the expert" is what is done
if the claim is small, and otherwise. Every word keeps its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.english.forms import is_plural, singular, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import ADJECTIVES, SMALL

_KINDS = classed("reading", "kind-of-case")
_REST = frozenset("rest others remainder".split())
_CUTS = frozenset(", ; while but and whereas".split())
_LIMITS = classed("reading", "bounds-a-kind")
_ANYTHING = frozenset("anything everything whatever".split())
_BOUNDS = frozenset("over above under below beyond bigger larger smaller more less".split())
_CLAIMS = "claims"
"""Also the name of a department, and no plural then."""
_MOST_OF_IT = 5
"""Words behind the kind that still tell which cases are meant ("claims under 500 euros")."""


def told_by_kind(parts: list[Sentence]) -> list[Sentence]:
    """The sentences, those that tell what becomes of one kind and of the other as a condition and its otherwise."""
    parts = [_limited(piece) for part in parts for piece in _cut(part)]
    told = list(parts)
    for place, (part, following) in enumerate(pairwise(parts)):
        if part.heading or following.heading or part.row or following.row:
            continue
        if _cases_of(part.tokens) and _cases_of(following.tokens) not in ("", _cases_of(part.tokens)):
            behind = following.tokens[3 + (following.tokens[3].low == ",") :] if len(following.tokens) > 4 else []
            told[place + 1] = following._replace(tokens=[*_words(following.tokens[0], "otherwise ,"), *behind])
            continue
        kind, rest = _kind(part.tokens), _others(following.tokens, _noun(part.tokens))
        if kind is not None and rest is not None:
            told[place] = part._replace(tokens=kind)
            told[place + 1] = following._replace(tokens=rest)
    for place, (part, following) in enumerate(pairwise(told), 1):
        if not following.row and not following.heading:
            told[place] = following._replace(tokens=_such_ones(following.tokens, part.tokens))
    return told


def _such_ones(tokens: list[Token], before: list[Token]) -> list[Token]:
    """ "Ben sorts the plates. Broken ones are thrown away": if the plates are broken, the plates are."""
    start = 1 if tokens and SMALL.get(tokens[0].low) == "D" else 0
    things = [
        token for token in before if is_plural(token.low) and SMALL.get(token.low) is None and token.low != "ones"
    ]
    things = [token for token in things if not any(form.form == "s" for form in verb_forms(token.low))] or things
    if len(tokens) < start + 4 or tokens[start + 1].low != "ones" or not things:
        return tokens
    kind, thing = tokens[start], _words(tokens[start], f"the {things[-1].low}")
    amiss = kind.low in _KINDS or any(form.form == "en" for form in verb_forms(kind.low))
    case = [*_words(kind, "if"), *thing, *_words(kind, "are"), _lowered(kind), *_words(kind, ",")]
    return [*case, *thing, *tokens[start + 2 :]] if amiss else tokens


def _cut(part: Sentence) -> Iterator[Sentence]:
    """A sentence that tells of both kinds, cut between them."""
    tokens = part.tokens
    for at in range(3, len(tokens) - 2) if _kind(tokens) is not None else ():
        begins = tokens[at].low in _CUTS and tokens[at + 1].low not in _CUTS
        if begins and _others(tokens[at + 1 :], _noun(tokens)) is not None:
            first = tokens[: at - (tokens[at - 1].low in _CUTS)]
            yield part._replace(tokens=first, end=first[-1].end)
            yield part._replace(tokens=tokens[at + 1 :], start=tokens[at + 1].start, item=False)
            return
    yield part


def _limited(part: Sentence) -> Sentence:
    """ "Anything over 500 euros has to be approved": if it is over 500 euros, it has to be approved."""
    tokens = part.tokens
    if len(tokens) < 5 or tokens[0].low not in _ANYTHING or tokens[1].low not in _BOUNDS or part.row:
        return part
    stop = next(
        (i for i in range(2, len(tokens)) if SMALL.get(tokens[i].low) in ("B", "H", "M") or _goes(tokens[i])), 0
    )
    if not stop or stop > _MOST_OF_IT + 2:
        return part
    case = [*_words(tokens[0], "if it is"), *tokens[1:stop], *_words(tokens[0], ", it"), *tokens[stop:]]
    return part._replace(tokens=case)


def _goes(token: Token) -> bool:
    return any(form.form == "s" for form in verb_forms(token.low)) and not token.low[0].isdigit()


def _noun_at(tokens: list[Token]) -> int | None:
    """Where the noun of "(the) small claims" stands at the beginning; None where a sentence begins otherwise."""
    start = 1 if tokens and SMALL.get(tokens[0].low) == "D" else 0
    kinds = [token.low for token in tokens[start : start + 2]]
    if len(kinds) < 2 or kinds[0] not in _KINDS or not (is_plural(kinds[1]) or kinds[1] == _CLAIMS):
        return None
    return start + 1


def _noun(tokens: list[Token]) -> Token | None:
    at = _noun_at(tokens)
    return None if at is None else tokens[at]


def _kind(tokens: list[Token]) -> list[Token] | None:
    """The words with their kind as a condition in front; None where they begin with no kind of cases."""
    at = _noun_at(tokens)
    if at is None:
        return None
    end = at + 1
    while end < min(len(tokens), at + 1 + _MOST_OF_IT) and (tokens[end].low in _LIMITS or tokens[end].low[0].isdigit()):
        end += 1
    if end < len(tokens) and end > at + 1 and tokens[end].low in ("euros", "euro", "dollars", "pounds", "kilos"):
        end += 1
    kind, noun = tokens[at - 1], tokens[at]
    alone = singular(noun.low).removesuffix("s" if noun.low == _CLAIMS else "")
    case = [*_words(tokens[0], f"if the {alone} is"), _lowered(kind), *tokens[at + 1 : end], *_words(tokens[0], ",")]
    return [*case, *_in_order([*map(_lowered, tokens[: at - 1]), _lowered(kind), *tokens[at:end]], tokens[end:])]


def _in_order(thing: list[Token], rest: list[Token]) -> list[Token]:
    """ "Small claims she pays at once": she pays small claims at once."""
    verb = 1 + bool(rest[1:] and SMALL.get(rest[1].low) == "R") if rest and SMALL.get(rest[0].low) == "P" else 0
    acts = verb and verb < len(rest) and any(form.form in ("s", "base") for form in verb_forms(rest[verb].low))
    return [*rest[: verb + 1], *thing, *rest[verb + 1 :]] if acts else [*thing, *rest]


def _words(like: Token, text: str) -> list[Token]:
    return [Token(word, word, like.start, like.start) for word in text.split()]


def _lowered(token: Token) -> Token:
    return Token(token.low, token.low, token.start, token.end)


def _cases_of(tokens: list[Token]) -> str:
    """The kind where a sentence begins "in simple cases"; empty where it does not."""
    low = [token.low for token in tokens[:3]]
    return low[1] if low[:1] == ["in"] and low[1:2] and low[1] in _KINDS and low[2:] == ["cases"] else ""


def _others(tokens: list[Token], noun: Token | None) -> list[Token] | None:
    """The words with "otherwise" in front, where they begin with the other cases; None where they do not."""
    if noun is None or len(tokens) < 3:
        return None
    start = 1 if SMALL.get(tokens[0].low) == "D" else 0
    first, then = tokens[start].low, tokens[start + 1].low
    named = first in ADJECTIVES or first in _KINDS or first in ("other", "remaining") or first.endswith("er")
    ones = named and then in ("ones", noun.low)
    if not (ones or first in _REST or (first == "everything" and then == "else")):
        return None
    named_so = Token(noun.text, noun.low, tokens[start + 1].start, tokens[start + 1].end)
    if ones and then == "ones":
        thing, rest = [*tokens[:start], _lowered(tokens[start]), named_so], tokens[start + 2 :]
    elif first == "others":
        thing, rest = [*_words(tokens[0], "the other"), named_so], tokens[start + 1 :]
    else:
        thing, rest = [], tokens
    return [*_words(tokens[0], "otherwise ,"), *_in_order(thing, rest)]
