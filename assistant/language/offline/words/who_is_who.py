"""Who is who: "Piet is our welder", "Mr Brandt, he's the inspector": from then on "the welder" is Piet.

Every word keeps its place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.english.forms import is_plural, singular
from assistant.english.tables import classed
from assistant.language.offline.words.persons import HONORIFICS
from assistant.language.offline.words.role_names import is_name
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import SMALL, TITLES

_IS, _WHOSE = frozenset(("is", "'s", "’s")), frozenset("the our my".split())
_OTHERS = classed("reading", "one-of-several")
_LONGEST = 4


@dataclass(frozen=True)
class _Title:
    """Somebody's name, and the words of what he or she is."""

    name: tuple[Token, ...]
    words: tuple[str, ...]
    said_in: int


def one_name_each(parts: list[Sentence]) -> list[Sentence]:
    """The sentences with everybody by the one name that was told first."""
    titles: list[_Title] = []
    told: list[Sentence] = []
    for index, part in enumerate(parts):
        tokens = part.tokens
        if not part.row and not part.heading and (found := _introduced(tokens, index)) is not None:
            title, tokens = found
            titles.append(title)
        told.append(part._replace(tokens=tokens))
    for title in titles if len({title.words[-1] for title in titles}) == len(titles) else []:
        if not any(_another(part.tokens, title) for part in told):
            told = [_named(part, title) if at > title.said_in else part for at, part in enumerate(told)]
    return told


def _introduced(tokens: list[Token], index: int) -> tuple[_Title, list[Token]] | None:
    """Who is said to be what in a sentence, and its words without that; None where nobody is."""
    for at, token in enumerate(tokens):
        name = _name_before(tokens, at)
        pronoun = token.low == "," and [t.low for t in tokens[at + 1 : at + 2]] in (["he"], ["she"])
        behind = at + 2 if pronoun else at
        if not name or behind >= len(tokens) or tokens[behind].low not in _IS:
            continue
        title = _title(tokens[behind + 1 :])
        end = behind + 2 + len(title)
        if title and (end >= len(tokens) or tokens[end].low in (",", ".", ";")):
            rest = (
                [*tokens[: behind + 1], *name, *tokens[end:]] if pronoun else tokens
            )  # "he" is spoken of from here on
            return _Title(tuple(name), title, index), rest
    return None


def _name_before(tokens: list[Token], at: int) -> list[Token]:
    """The name that ends right before a place."""
    if not at or not (is_name(tokens[at - 1]) or (at > 1 and tokens[at - 2].low in HONORIFICS)):
        return []
    return tokens[at - 2 : at] if at > 1 and tokens[at - 2].low in HONORIFICS else tokens[at - 1 : at]


def _title(tokens: list[Token]) -> tuple[str, ...]:
    """The words of what somebody is: "our welder", "the tree inspector"."""
    if not tokens or tokens[0].low not in _WHOSE:
        return ()
    words: list[str] = []
    for token in tokens[1 : 1 + _LONGEST]:
        if SMALL.get(token.low) or not token.low.isalpha():
            break
        words.append(token.low)
    return tuple(words) if words and words[-1] in TITLES else ()


def _another(tokens: list[Token], title: _Title) -> bool:
    """Whether there is more than one of that title."""
    head = title.words[-1]
    for place, token in enumerate(tokens):
        several = is_plural(token.low) and singular(token.low) == head
        if several or (token.low == head and {t.low for t in tokens[max(0, place - 2) : place]} & _OTHERS):
            return True
    return False


def _named(part: Sentence, title: _Title) -> Sentence:
    """A sentence with the name where the title stands behind "the" or "our"."""
    tokens, made, at = part.tokens, list[Token](), 0
    while at < len(tokens):
        length = _length(tokens, at, title)
        if length:
            place = tokens[at].start
            made += [Token(word.text, word.low, place, tokens[at + length - 1].end) for word in title.name]
        made += [] if length else [tokens[at]]
        at += length or 1
    return part._replace(tokens=made)


def _length(tokens: list[Token], at: int, title: _Title) -> int:
    """How many words from a place on are the title with its article."""
    if tokens[at].low not in _WHOSE:
        return 0
    for words in (title.words, title.words[-1:]):
        if tuple(t.low for t in tokens[at + 1 : at + 1 + len(words)]) == words:
            after = tokens[at + 1 + len(words)].low if at + 1 + len(words) < len(tokens) else ""
            return 0 if after in ("'s", "’s", "of") else 1 + len(words)
    return 0
