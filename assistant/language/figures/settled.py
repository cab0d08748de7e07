"""The one figure a teller settles on: `three hours in winter and two in summer, so say two and a half`, and the one
that is put in the place of another at once: `ninety orders a year, no wait, a hundred and ten`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.english.tables import any_of
from assistant.language.figures.figure import Figure, word_at
from assistant.language.figures.numbers import number_at
from assistant.language.offline.words.tokens import Token

_SAYS = frozenset("say call make reckon".split())
_ABOUT = frozenset("about around roughly maybe it that with".split())
_ARTICLES = frozenset("a an".split())
_ON_AVERAGE = (("on", "average"), ("in", "the", "middle"), ("or", "so"), ("then",), ("last", "year"))
_COMPARED = frozenset("less more longer shorter faster quicker".split())
_TAKEN_BACK = any_of("takes-back-at-once")
_INSTEAD = re.compile(rf"(?:[,;–—-] )*(?:{_TAKEN_BACK}(?: [,;–—-])* )*(?!wait ){_TAKEN_BACK}( [,;–—-])*|[,;–—-] wait ,")
_FARTHEST = 9
"""So many words may stand between a figure and the one in its place."""


def settled(tokens: list[Token], found: list[Figure]) -> list[Figure]:
    """The figures of a sentence, where the last is what the ones before it come to: it stands for them, with their unit
    and what it counts, and takes up all the words from the first of them."""
    found = _put_right_at_once(tokens, found)
    ahead = next((i for i in range(len(tokens) - 2, 0, -1) if _settles(tokens, i)), None)
    start = _behind(tokens, ahead) if ahead is not None else 0
    number = number_at(tokens, start) if start else None
    if ahead is None or number is None:
        return found
    last = next((figure for figure in found if figure.start == start), None)
    end = last.end if last is not None and last.kind != "number" else start + number.used
    before = [figure for figure in found if figure.end <= ahead]
    first = _first(tokens, before, last)
    if first is None or not _ends(tokens, end):
        return found
    said = any(token.low in _SAYS or token.low == "average" for token in tokens[ahead : end + 2])
    if not said and first.kind != "number":
        return found  # `Tom 10 minutes, Ann 20, so 30 minutes` may as well be a sum
    meant = last if last is not None and last.kind != "number" else replace(first, low=number.value, high=number.value)
    if first.kind == "rate" and meant.kind != "rate":
        return found
    whole = replace(meant, start=first.start, end=end, a=first.a, b=tokens[end - 1].end)
    return [*(f for f in found if f.end <= first.start), whole, *(f for f in found if f.start >= end)]


def _put_right_at_once(tokens: list[Token], found: list[Figure]) -> list[Figure]:
    """The figures without those that are taken back at once; what comes in their place takes up the words of both."""
    for first in found:
        start = instead(tokens, first.end)
        number = number_at(tokens, start) if start else None
        if number is None:
            continue
        second = next((f for f in found if first.end <= f.start <= start < f.end and f.kind != "number"), None)
        if second is None and _ends(tokens, end := start + number.used):
            second = replace(first, low=number.value, high=number.value, end=end, b=tokens[end - 1].end)
        if second is None or second.kind != first.kind:
            continue
        whole = replace(second, noun=second.noun or first.noun, start=first.start, a=first.a)
        behind = [f for f in found if f.start >= whole.end]
        return _put_right_at_once(tokens, [*(f for f in found if f.end <= first.start), whole, *behind])
    return found


def instead(tokens: list[Token], end: int) -> int:
    """Where the number stands that comes in the place of the figure that ends here; 0 where none does."""
    for i in range(end + 1, min(end + _FARTHEST, len(tokens))):
        if number_at(tokens, i) is not None:
            words = [token.low for token in tokens[end:i]]
            while words and not _INSTEAD.fullmatch(" ".join(words)) and words[-1] in _ABOUT | _ARTICLES:
                words.pop()
            return i if _INSTEAD.fullmatch(" ".join(words)) else 0
    return 0


def _settles(tokens: list[Token], i: int) -> bool:
    """Whether `so`, `so say` or `let's say` stands here."""
    low = tokens[i].low
    return low == "so" or (low == "say" and word_at(tokens, i - 1) in (",", "'s", "let's", "us", "–", "-"))


def _behind(tokens: list[Token], i: int) -> int:
    """The place of the figure behind such words; 0 where they lead elsewhere."""
    j = i + 1
    while word_at(tokens, j) in ("let", "'s", "let's", "us", "i", "we", "you", "can", "'d") and j < i + 5:
        j += 1
    if word_at(tokens, j) in _SAYS:
        j += 1
    while word_at(tokens, j) in _ABOUT:
        j += 1
    return j if j < len(tokens) else 0


def _first(tokens: list[Token], before: Sequence[Figure], last: Figure | None) -> Figure | None:
    """The first of the figures that came to the last: those of its kind at the end, with plain numbers between."""
    plain = [figure for figure in before if figure.kind == "number"]
    if last is not None and last.kind != "number" and plain and plain[-1] is before[-1]:
        compared = word_at(tokens, plain[-1].end) in _COMPARED
        if compared and len(before) == 1:
            return plain[-1]
    kinds = [figure for figure in before if figure.kind != "number" and not figure.vague]
    if not kinds or (last is not None and last.kind not in ("number", kinds[-1].kind)):
        return None
    first = kinds[-1]
    for figure in reversed(before[: before.index(first)]):
        if figure.kind != first.kind or figure.unit != first.unit:
            break
        first = figure
    return first


def _ends(tokens: list[Token], end: int) -> bool:
    """Whether the sentence, or its part, ends behind the figure."""
    for words in _ON_AVERAGE:
        if tuple(word_at(tokens, end + n) for n in range(len(words))) == words:
            end += len(words)
            break
    return word_at(tokens, end) in ("", ".", "!", "?", ",", ";")
