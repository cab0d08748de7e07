"""Figures taken out of a sentence before the grammar runs: ", four minutes", "which takes a day", "one in five orders".

What is cut leaves a `Mark`: the figure, the words of the clause it stood in, and how it stood there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from assistant.english.tables import classed
from assistant.language.figures.figure import Figure, word_at
from assistant.language.figures.reading import sensible_and_not
from assistant.language.offline.words.tokens import Token

_EDGE = frozenset(
    """
    , ; : ( ) – — - and but or so because though although
    """.split()
)
_POINTING = frozenset(
    """
    which that this it these each all they those both everything
    """.split()
)
_TELLING = classed("reading", "telling")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a sentence: `how` is aside (an apposition), pointing ("which takes …"), front or inside
    (part of a clause).

    `words` are those of its clause in lower case, `before` of them stand before the figure. `absurd` is set where no
    process has that figure: its clause counts cases and is no step, but the figure is not taken.
    """

    quantity: Figure
    how: Literal["aside", "pointing", "front", "inside"]
    words: tuple[str, ...]
    before: int
    absurd: bool = False


def without_figures(tokens: list[Token]) -> tuple[list[Token], list[Mark]]:
    """The tokens with figures cut out or replaced, and what was cut."""
    found, senseless = sensible_and_not(tokens)
    absurd = [figure for figure in senseless if figure.kind == "rate"]
    if not found and not absurd:
        return tokens, []
    drop: set[int] = set()
    replaced: dict[int, Token] = {}
    twice = [figure for figure in found if _done_before(tokens, figure)]
    for figure in twice:
        left, right = _edges(tokens, figure)
        drop.update(range(left, right))
        _drop_edge(tokens, left, drop)
    marks = [_cut(tokens, quantity, drop, replaced) for quantity in found if quantity not in twice]
    for figure in absurd:
        marks.append(replace(_cut(tokens, figure, drop, replaced), absurd=True))
    return [replaced.get(i, t) for i, t in enumerate(tokens) if i not in drop or i in replaced], marks


def _done_before(tokens: list[Token], q: Figure) -> bool:
    """ "Half of what she types the dentist has already typed": a share of the content, done twice, and none of the
    cases."""
    low = [token.low for token in tokens[q.start : _edges(tokens, q)[1]]]
    of_what = any(pair == ("of", "what") for pair in pairwise(low[: q.end - q.start + 2]))
    done = any(first in _HAVING and then == "already" for first, then in pairwise(low))
    return q.kind == "chance" and of_what and done


_HAVING = frozenset("has have 've had".split())


def _cut(tokens: list[Token], q: Figure, drop: set[int], replaced: dict[int, Token]) -> Mark:
    left, right = _edges(tokens, q)
    before = [t.low for t in tokens[left : q.start]]
    words = tuple(t.low for t in tokens[left:right])
    if q.kind == "load" or (q.kind in ("total", "limit") and (q.kind == "total" or bool(_HOLDS & set(words)))):
        drop.update(range(left, right))
        _drop_edge(tokens, left, drop)
        return Mark(q, "pointing", words, len(before))
    if q.kind == "chance":
        return _cut_chance(tokens, q, left, right, drop, replaced)
    if q.kind == "rate":
        drop.update([place for place in range(q.start, q.end) if tokens[place].low not in q.noun.lower().split()])
        return Mark(q, "inside", words, len(before))
    if q.kind == "rhythm" and not _EVERY & set(before) and _amiss_at(tokens, q.end):
        first = tokens[q.start]
        drop.update(range(left, q.end))  # "about once a week | a blank is broken": how often, and no rhythm of work
        replaced[q.start] = Token("often", "often", first.start, tokens[q.end - 1].end, meaning="chance")
        return Mark(q, "inside", words, 0)
    if q.kind == "rhythm" and (q.start == 0 or all(i in drop or tokens[i].low == "," for i in range(q.start))):
        drop.update(range(q.start, q.end + (tokens[q.end : q.end + 1] != [] and tokens[q.end].low == ",")))
        return Mark(q, "front", words, 0)
    if not before and (right == q.end or tokens[q.end].low in _EDGE):
        drop.update(range(left, q.end))
        _drop_edge(tokens, left, drop)
        return Mark(q, "aside", words, 0)
    held = _HOLDING | _COUNTED[q.kind] if q.kind in ("duration", "price") else _HOLDING
    whole = q.kind == "duration" and word_at(tokens, q.end) == "for" and word_at(tokens, q.end + 1) in _WHOLE
    if not before and left and q.kind in ("duration", "price") and (tokens[q.end].low in held or whole):
        drop.update(range(left, right))  # ", forty minutes if it is a single tooth": when the figure holds, of what
        _drop_edge(tokens, left, drop)
        return Mark(q, "aside", words, 0)
    if left and q.kind == "duration" and len(before) == 1 and before[0] in ("takes", "lasts", "needs"):
        before, words = ["that", *before], ("that", *words)  # "owner agrees: takes four days"
    goes = before[:1] == ["they"] and {"back", "again"} & set(before)
    if before and before[0] in _POINTING and any(word in _TELLING for word in before) and not goes:
        _drop_clause(tokens, q, left, right, drop, replaced)
        return Mark(q, "pointing", words, len(before))
    if q.kind == "duration" and before[-1:] == ["in"] and tokens[q.start].low in _ABOUT:
        drop.add(q.start)  # in "in about three hours" the "about" leads to no place
    return Mark(q, "inside", words, len(before))


_ABOUT = frozenset("about around roughly approximately some".split())
_EVERY = frozenset("when if who which that".split())
_HOLDING = frozenset("if when unless".split())
_COUNTED = {"duration": frozenset(("with", "without", "including")), "price": frozenset(("a", "an", "per", "each"))}
"""What may follow a figure and belongs to it: "an hour with the road", "thirty-eight cents a ton"."""
_WHOLE = frozenset("all everything each both".split())
_HOLDS = frozenset("valid good validity guaranteed expires expire lapses lapse".split())


def _edges(tokens: list[Token], q: Figure) -> tuple[int, int]:
    """The clause around a figure: from the edge before it to the edge after it."""
    left = q.start
    while left > 0 and (tokens[left - 1].low not in _EDGE or _is_so(tokens, left - 1)):
        left -= 1
    while left < q.start and tokens[left].low in (
        "and",
        "but",
        "so",
        "usually",
        "then",
        "sometimes",
        "often",
        "normally",
        "of",
        "about",
        "well",
    ):
        left += 1
    right = q.end
    while right < len(tokens) and tokens[right].low not in _EDGE - {"so", "or"}:
        right += 1
    return left, right


def _is_so(tokens: list[Token], place: int) -> bool:
    """Whether the word at a place is the "so" of "which is so in 20 percent of the cases"."""
    return place > 0 and tokens[place].low == "so" and tokens[place - 1].low in ("is", "'s", "are")


def _drop_edge(tokens: list[Token], left: int, drop: set[int]) -> None:
    """The comma or "and" before what was cut goes too."""
    place = left - 1
    while (
        place >= 0
        and tokens[place].low
        in (",", "and", "but", "usually", "so", "then", "normally", "often", "sometimes", "of", "-", "–", "—", ":")
        and place not in drop
    ):
        drop.add(place)
        place -= 1


def _drop_clause(
    tokens: list[Token], q: Figure, left: int, right: int, drop: set[int], replaced: dict[int, Token]
) -> None:
    """Cut "which takes a day …"; a clause with "until" or "before" behind it stays as one of its own, and what follows
    an "if" right behind a time says only when that time holds: "that's two hours if nobody phones"."""
    holds = q.kind == "duration" and word_at(tokens, q.end) in _HOLDING
    open_ = ("until", "till", "before") if holds else ("until", "till", "before", "if", "when", "unless")
    stop = next((i for i in range(q.end, right) if tokens[i].low in open_), right)
    drop.update(range(left, stop))
    _drop_edge(tokens, left, drop)
    if stop < right and tokens[stop].low in ("until", "till", "before"):
        old = tokens[stop]
        drop.add(stop)
        replaced[stop] = Token(",", ",", old.start, old.end)


_AMISS = classed("reading", "absent") - {"wrong", "faulty", "leave", "off", "away"}


def _amiss_at(tokens: list[Token], place: int) -> bool:
    """Whether a clause begins here that says what is amiss: "in 15 percent of the cases | the card is missing"."""
    low = [token.low for token in tokens[place : place + 8]]
    stop = next((k for k, word in enumerate(low) if word in (",", "and", "so", ";")), len(low))
    states = [k for k, word in enumerate(low[:stop]) if word in ("is", "are", "'s") and low[k + 1 : k + 2]]
    return bool(states) and low[states[0] + 1] in _AMISS and states[0] < stop - 1


_SUBJECTS = classed("reading", "aside-subjects")


_NO_THING = frozenset({"case", "cases", "time", "times"})


def _cut_chance(
    tokens: list[Token], q: Figure, left: int, right: int, drop: set[int], replaced: dict[int, Token]
) -> Mark:
    before = [t.low for t in tokens[left : q.start]]
    words = tuple(t.low for t in tokens[left:right])
    if (
        before
        and before[0] in _POINTING
        and any(word in _TELLING for word in before)
        and not (before[0] in ("it", "they", "these", "those") and len(before) > 3)
    ):
        _drop_clause(tokens, q, left, right, drop, replaced)
        return Mark(q, "pointing", words, len(before))
    if (
        before[-1:] in (["which"], ["as"])
        and q.end < len(tokens)
        and tokens[q.end].low in ("do", "does", "is", "are", "did")
    ):
        drop.update(range(left, q.end + 1))
        _drop_edge(tokens, left, drop)
        return Mark(q, "pointing", words, len(before))
    if before and before[-1] in ("in", "for") and q.noun == "cases":
        drop.update(range(q.start - 1, q.end))
        front = len(before) == 1
        if front and _amiss_at(tokens, q.end):
            first = tokens[q.start]
            replaced[q.start] = Token("often", "often", first.start, tokens[q.end - 1].end, meaning="chance")
            return Mark(q, "inside", words, 0)
        if front and q.end < len(tokens) and tokens[q.end].low == ",":
            drop.add(q.end)
        return Mark(q, "front" if front else "pointing", words, len(before))
    if not before and word_at(tokens, q.start - 1) == "(" and word_at(tokens, right) == ")":
        drop.update(range(q.start - 1, right + 1))
        return Mark(q, "aside", words, 0)
    drop.update(range(q.start, q.end))
    first = tokens[q.start]
    if (
        not before
        and q.noun == "cases"
        and q.end < len(tokens)
        and tokens[q.end].tag != "V"
        and (tokens[q.end].low in _SUBJECTS and q.end + 2 < len(tokens))
    ):
        replaced[q.start] = Token("often", "often", first.start, tokens[q.end - 1].end, meaning="chance")
        return Mark(q, "inside", words, 0)
    if q.end >= len(tokens) or tokens[q.end].low in _EDGE:
        return Mark(q, "aside", words, len(before))
    text = "those" if q.those else "some"
    if before and tokens[q.end].low in ("them", "these", "those"):
        text = tokens[q.end].low  # "sends a third of them back"
        drop.add(q.end)
    kept = next((i for i in range(q.start + 1, q.end) if tokens[i].low == q.noun), None) if not before else None
    if kept is not None and q.noun not in _NO_THING:
        drop.discard(kept)  # "one load in twenty is refused": of which thing it is told
    replaced[q.start] = Token(text, text, first.start, tokens[q.end - 1].end, meaning="chance")
    return Mark(q, "inside", words, len(before))
