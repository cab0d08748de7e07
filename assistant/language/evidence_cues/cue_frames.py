"""Frames: general patterns of meaning over broad classes of words, for what people say of the pains of their work.

`classes.tsv` holds the classes (name, words with `|` between), `frames.tsv` the frames (kind, frame, example); what
each counts for each kind is learnt (`windows`). A frame is read from left to right:

NAME|NAME|word_or_phrase    a word of any of these classes, or these words themselves
#                           a number, in digits or words
a > b                       b after a, within nine words       a + b      b right after a, one word between at most
a ~ b                       b near a, before or after          a & b      b anywhere in the sentence
a / b                       b, and what follows, in this sentence; a in it or in one of the two before
! b                         and no b in the sentence
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.language.evidence_cues.patterns import flat
from assistant.language.figures.numbers import NUMBER_WORDS

HERE = Path(__file__).parent
FAR, NEXT, NEAR = 9, 2, 7
NUMBER, NOTHING, REASSURED = "#", "none", "reassured"
"""Frames of the kind REASSURED say that it goes well as it is, or why it must be so: no pain, and a reason to doubt
others of the story."""
BACK = 2
_OPERATORS = frozenset(">+~&/!")
_NUMBERS = frozenset(word for word in NUMBER_WORDS if "-" not in word) | {"twice", "dozen", "hundred", "thousand"}
Place = tuple[int, int]
Places = dict[str, list[Place]]
Steps = tuple[tuple[str, tuple[str, ...]], ...]


class Frame(NamedTuple):
    """One frame: the kind it speaks for, its parts, each of steps (operator, alternatives), and its example.

    `needed` are the alternatives of which the sentence must hold one each.
    """

    kind: str
    parts: tuple[Steps, ...]
    needed: tuple[frozenset[str], ...]
    example: str
    written: str


class _Known(NamedTuple):
    """All frames, and for each first word the phrases that begin with it and the classes these are of."""

    frames: tuple[Frame, ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


def _rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#\t")]


@cache
def known() -> _Known:
    """The frames and classes as data. Raises ValueError when a file breaks its shape, naming the line."""
    classes: dict[tuple[str, ...], set[str]] = {}
    names = {NUMBER}
    for name, words in _rows("classes.tsv"):
        names.add(name)
        for word in words.split("|"):
            classes.setdefault(_forms(word), set()).add(name)
    frames = tuple(_frame(row, names, classes) for row in _rows("frames.tsv"))
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for words_of, of in classes.items():
        if words_of:
            phrases.setdefault(words_of[0], []).append((words_of, tuple(sorted(of))))
    return _Known(frames, {first: tuple(each) for first, each in phrases.items()})


def _forms(phrase: str) -> tuple[str, ...]:
    return tuple(form for word in phrase.split() for form in (flat(word).split() if word != NUMBER else [NUMBER]))


def _frame(row: list[str], names: set[str], classes: dict[tuple[str, ...], set[str]]) -> Frame:
    if len(row) != 3:
        raise ValueError(f"frames.tsv: {row[:2]} is no kind, frame and example")
    kind, written, example = row
    parts: list[list[tuple[str, tuple[str, ...]]]] = [[]]
    operator = "&"
    for piece in written.split():
        if piece == "/":
            parts.append([])
        if piece in _OPERATORS:
            operator = piece.replace("/", "&")
            continue
        options = tuple(piece.split("|"))
        for option in options:
            if option.isupper() and option not in names:
                raise ValueError(f"frames.tsv: there is no class {option}")
            if not option.isupper() and option != NUMBER:
                classes.setdefault(_forms(option.replace("_", " ")), set()).add(option)
        parts[-1].append((operator, options))
        operator = "&"
    needed = tuple(frozenset(options) for operator, options in parts[-1] if operator != "!")
    return Frame(kind, tuple(map(tuple, parts)), needed, example, written)


def places_in(own: str) -> Places:
    """Where in a flat sentence the words of each class stand: first word and the one after the last."""
    words = own.split()
    phrases = known().phrases
    found: Places = {}
    for at, word in enumerate(words):
        begun = phrases.get(word, ())
        if _is_number(word):
            found.setdefault(NUMBER, []).append((at, at + 1))
            begun = (*begun, *phrases.get(NUMBER, ()))
        for phrase, names in begun:
            end = at + len(phrase)
            if end == at + 1 or (end <= len(words) and all(map(_is, phrase[1:], words[at + 1 : end]))):
                for name in names:
                    found.setdefault(name, []).append((at, end))
    return found


def _is(wanted: str, word: str) -> bool:
    return wanted == word or (wanted == NUMBER and _is_number(word))


def _is_number(word: str) -> bool:
    return word in _NUMBERS or word[0].isdigit()


def features(sentences: Sequence[Places], index: int) -> frozenset[str]:
    """What a sentence shows: the classes of its words, and the frames begun in it."""
    own = sentences[index]
    shown = {name for name in own if name.isupper() or name == NUMBER}
    names = frozenset(own)
    for frame in known().frames:
        for options in frame.needed:
            if options.isdisjoint(names):
                break
        else:
            if _holds(frame, sentences, index):
                shown.add(frame.written)
    return frozenset(shown)


@cache
def reassuring() -> frozenset[str]:
    """The frames that say that it goes well, or why it must be so."""
    return frozenset(frame.written for frame in known().frames if frame.kind == REASSURED)


def _holds(frame: Frame, sentences: Sequence[Places], index: int) -> bool:
    """Whether the last part of a frame is met in a sentence, and its earlier parts there or just before."""
    *earlier, last = frame.parts
    if not _met(last, sentences[index]):
        return False
    near = sentences[max(0, index - BACK) : index + 1]
    return all(any(_met(part, sentence) for sentence in near) for part in earlier)


def _met(steps: Steps, own: Places) -> bool:
    here: list[Place] = []
    for operator, options in steps:
        there = [place for name in options for place in own.get(name, ())]
        if operator == "!":
            if there:
                return False
            continue
        here = there if operator == "&" else [b for b in there if any(_fits(operator, a, b) for a in here)]
        if not here:
            return False
    return True


def _fits(operator: str, first: Place, then: Place) -> bool:
    if operator == "~" and then[1] <= first[0]:
        return first[0] - then[1] <= NEAR
    gap = then[0] - first[1]
    return 0 <= gap <= {"~": NEAR, ">": FAR, "+": NEXT - 1}[operator]
