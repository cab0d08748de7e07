"""Several words that work as one: "as soon as", "in the meantime", "if not" become single tokens with a meaning."""

from __future__ import annotations

from dataclasses import replace

from assistant.english.forms import is_nounish, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import FIRSTS, LONGEST, PHRASES, SMALL

BOUNDARY = frozenset(
    """
    , ; : ( ) - – — .
    """.split()
)


TESTED = ("if", "when", "once", "while")  # phrases that start so stand alone: a comma or a new subject follows


_ANYBODY = classed("reading", "before-else")
_WHOLE = frozenset("necessary needed required applicable appropriate possible be case so".split())


def join(tokens: list[Token]) -> list[Token]:
    """The tokens with known phrases as single tokens."""
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        size = phrase(tokens, index) if token.low in FIRSTS else 0
        if token.low == "else" and index and tokens[index - 1].low in _ANYBODY:
            size, token = 0, replace(token, meaning="besides")  # "nobody else may": who, and no other way
        if size and not (token.low == "provided" and index and SMALL.get(tokens[index - 1].low) in ("B", "X")):
            words = tokens[index : index + size]
            tag, meaning = PHRASES[tuple(t.low for t in words)]
            text = " ".join(t.text for t in words)
            out.append(Token(text, text.lower(), token.start, words[-1].end, tag, meaning=meaning))
            index += size
        else:
            out.append(token)
            index += 1
    return out


def phrase(tokens: list[Token], index: int) -> int:
    """How many tokens from `index` form a known phrase (0: none)."""
    for size in range(min(LONGEST, len(tokens) - index), 0, -1):
        words = tuple(t.low for t in tokens[index : index + size])
        if words in PHRASES and stands_alone(words, tokens[index + size : index + size + 2]):
            return size
    return 0


def stands_alone(words: tuple[str, ...], following: list[Token]) -> bool:
    """Whether the phrase is whole: "if it is" before a comma, not before "available"."""
    tag, after = PHRASES[words][0], following[0] if following else None
    if words == ("either",):
        verb = after is not None and bool(verb_forms(after.low))
        noun = verb and is_nounish(following[0].low)
        return verb and (not noun or (len(following) > 1 and SMALL.get(following[1].low) in ("D", "P", "O")))
    if words == ("at", "all"):
        return after is None or after.low in BOUNDARY  # not "looks at all results"
    if words == ("a", "bit") and after is not None and after.low == "of":
        return False  # "cuts a bit of cloth"
    if words == ("provided",):
        return after is not None and SMALL.get(after.low) in ("P", "D")
    if tag != "R" or after is None or after.low in BOUNDARY or after.low in ("then", "and"):
        return True
    if words[0] in TESTED and words[-1] not in _WHOLE:
        return words[-1] in ("done", "not", "yes", "no") and SMALL.get(after.low) in ("P",)
    bare = words[-1] == "that" and SMALL.get(after.low) is None and len(following) > 1
    if bare and SMALL.get(following[1].low) in ("B", "M", "H", "F"):
        return True  # "after that production is asked"
    if words[-1] in ("this", "that", "it", "which"):
        return SMALL.get(after.low) in ("D", "P", "W", "S", "R") or after.text[:1].isupper()
    if words[-1] in ("in", "of", "case", "former", "latter"):
        return SMALL.get(after.low) != "I"
    return not (words == ("at", "the", "end") and after.low == "of")
