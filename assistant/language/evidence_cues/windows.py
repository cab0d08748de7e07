"""Passages of one to three sentences and what each shows: classes of words, frames, cues, words, and its meaning.

Pains are seldom told in one sentence ("It waits till Friday. Then he signs. In two years he sent back one."), so that
neighbouring sentences are weighed together, by weights learnt from passages written for it (`weights.npz`, made by
`bench/evidence_weights.py` from `evals/spoken`). The meaning of a passage is the mean place of its sentences
(`assistant.english.sentences`): what nobody said there in these words counts like what means the same. A sentence is
read for its meaning only where its words leave it open whether it says something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np

from assistant.english.sentences import WIDTH, sentence_places
from assistant.language.evidence_cues.cue_frames import HERE, NOTHING, features, places_in
from assistant.language.evidence_cues.cues import says
from assistant.language.evidence_cues.figures_in_cues import counted, figures_in, shares_in
from assistant.language.evidence_cues.hearing import MOST_WORDS, heard
from assistant.language.figures.numbers import NUMBER_WORDS

LONGEST, MOST_IN_ALL = 3, 110
"""How many sentences, and words, a passage has at most."""
MEANING, WORDS = 6.0, 0.5
"""What the meaning of a passage and each of its words count beside its classes and frames."""
LENGTH = 25
OPEN = -2.5
"""From which total on a sentence may say something by its words, so that it is read for its meaning."""
LEAST = 0.03
"""How likely a kind must be to be looked at at all."""
AT_ONCE = 2
MORE = 0.04
"""How many kinds of remark may be made by passages that overlap, and how much likelier a passage must be for each
further sentence."""
Matrix = Any


class Shown(NamedTuple):
    """What one sentence or passage shows: names of classes, frames and cues; its words and their pairs; the sum of the
    places of its sentences; how many words it has."""

    names: frozenset[str]
    words: frozenset[str]
    place: Matrix
    length: int


class Passage(NamedTuple):
    """What is said in sentences `first` to `last` (not included), and how likely it is that (0 to 1)."""

    likely: float
    kind: str
    first: int
    last: int

    def meets(self, other: Passage, apart: int = 0) -> bool:
        """Whether two passages share a sentence, or have at most so many between them."""
        return self.first < other.last + apart and other.first < self.last + apart


def shown_in(texts: Sequence[str], flats: Sequence[str], by: Learnt | None = None) -> list[Shown]:
    """What each of the sentences of a story shows; `flats` are their dictionary forms.

    By these weights only sentences that may say something are read for their meaning; without, all.
    """
    places = [places_in(own) if len(own.split()) <= MOST_WORDS else {} for own in flats]
    found: list[Shown] = []
    for index, own in enumerate(flats):
        names = features(places, index) | _cued(texts[index], flats, index)
        forms = ["#" if form[0].isdigit() else form for form in own.split()]
        words = frozenset(chain(forms, (f"{word}_{then}" for word, then in pairwise(forms))))
        found.append(Shown(names, words, np.zeros(WIDTH, dtype=np.float32), len(forms)))
    if not found:
        return []
    read = range(len(found)) if by is None else by.open(found)
    for index, place in zip(read, sentence_places([texts[index] for index in read]), strict=True):
        found[index] = found[index]._replace(place=place)
    return found


def _cued(text: str, flats: Sequence[str], index: int) -> frozenset[str]:
    own = flats[index]
    names = {f"{'sure' if sure else 'unsure'} {cue.kind}" for cue, sure, _ in heard(text, flats, index)}
    names |= {group for group in ("right", "harm") if says(group)(own, len(own))}
    if text.rstrip().endswith("?"):
        names.add("asks")
    return frozenset(names | _figured(text))


def _figured(text: str) -> set[str]:
    """What sorts of figure a sentence holds: few of many, a small or larger share, minutes, hours, days or weeks."""
    if _DIGIT.search(text.lower()) is None:
        return set()
    names = {f"share {'small' if share <= FEW else 'large' if share >= 0.5 else 'some'}" for share in shares_in(text)}
    names |= {_time(figure.value) for figure in figures_in(text) if figure.unit == "s"}
    many = counted(text)
    if many is not None:
        names.add("few of many" if min(many.share, 1 - many.share) <= FEW else "some of many")
    return names


def _time(seconds: float) -> str:
    return next((name for name, least in TIMES.items() if seconds >= least), "minutes")


FEW = 0.05
TIMES = {"weeks": 5 * 86400.0, "days": 86400.0, "hours": 3600.0}
_DIGIT = re.compile(
    rf"\d|\b(?:{'|'.join(sorted(word for word in NUMBER_WORDS if '-' not in word))}|half|third|quarter)\b"
)


def together(shows: Sequence[Shown]) -> Shown:
    """What sentences show together."""
    return Shown(
        frozenset().union(*(shown.names for shown in shows)),
        frozenset().union(*(shown.words for shown in shows)),
        np.sum([shown.place for shown in shows], axis=0),
        sum(shown.length for shown in shows),
    )


class Learnt(NamedTuple):
    """What the weights are of: a column number for each name or word, the kinds, and a row of weights for each column,
    then for each number of the meaning, the length, and a last one for nothing shown. `first` has a weight for each but
    the meaning: how far that says anything at all."""

    column: dict[str, int]
    kinds: tuple[str, ...]
    weights: Matrix
    first: Matrix

    def table(self, shows: Sequence[Shown]) -> Matrix:
        """One row a passage: what it shows, its meaning at unit length, its length, and a 1."""
        table = np.zeros((len(shows), self.weights.shape[0]), dtype=np.float32)
        for row, shown in enumerate(shows):
            for at, counts in self._held(shown).items():
                table[row, at] = counts
            table[row, len(self.column) :] = _dense(shown)
        return table

    def likely(self, shows: Sequence[Shown]) -> Matrix:
        """One row a passage, one column a kind: how likely it says that; a row adds up to 1.

        Of the thousands of columns a passage holds some dozens: only their weights are added up."""
        totals = np.array([_dense(shown) for shown in shows]) @ self.weights[len(self.column) :]
        for row, held in enumerate(map(self._held, shows)):
            columns = sorted(held)  # the same order in each run, so that a sum is the same to its last bit
            totals[row] += np.array([held[at] for at in columns], dtype=np.float32) @ self.weights[columns]
        parts = np.exp(totals - totals.max(axis=1, keepdims=True))
        return parts / parts.sum(axis=1, keepdims=True)

    def says(self, shows: Sequence[Shown]) -> Matrix:
        """How much each says anything at all, by all but its meaning."""
        totals = [float(_dense(shown)[-2:] @ self.first[-2:]) for shown in shows]
        for row, held in enumerate(map(self._held, shows)):
            totals[row] += sum(counts * float(self.first[at]) for at, counts in sorted(held.items()))
        return np.array(totals)

    def open(self, shows: Sequence[Shown]) -> list[int]:
        """Which of these may say something, so that they are read for their meaning."""
        return [int(at) for at in np.nonzero(self.says(shows) > OPEN)[0]]

    def _held(self, shown: Shown) -> dict[int, float]:
        """What each column counts in which a passage shows something; a word counts as a word, whatever else it is."""
        column = self.column
        held = {column[name]: 1.0 for name in shown.names if name in column}
        return held | {column[word]: WORDS for word in shown.words if word in column}

    def write(self) -> None:
        """Write the weights, rounded, where the program reads them."""
        names = np.frombuffer("\n".join(self.column).encode(), dtype=np.uint8)
        kinds = np.frombuffer("\n".join(self.kinds).encode(), dtype=np.uint8)
        with (HERE / "weights.npz").open("wb") as file:
            np.savez_compressed(file, names=names, kinds=kinds, weights=self.weights.astype(np.float16),
                                first=self.first.astype(np.float16))  # fmt: skip


def _dense(shown: Shown) -> Matrix:
    """What every passage has: its meaning at unit length, its length, and a 1."""
    size = float(np.linalg.norm(shown.place))
    place = MEANING * shown.place / size if size else np.zeros_like(shown.place)
    return np.append(place, (min(shown.length, 4 * LENGTH) / LENGTH, 1.0)).astype(np.float32)


@cache
def learnt() -> Learnt:
    """The weights as they were learnt, read once."""
    with (HERE / "weights.npz").open("rb") as file, np.load(file, allow_pickle=False) as held:
        names, kinds = (held[name].tobytes().decode().split("\n") for name in ("names", "kinds"))
        weights, first = (held[name].astype(np.float32) for name in ("weights", "first"))
        return Learnt({name: at for at, name in enumerate(names)}, tuple(kinds), weights, first)


def passages(shows: Sequence[Shown], by: Learnt | None = None) -> list[Passage]:
    """The passages that say something, the likeliest first; none twice for the same kind, few that overlap."""
    by = by or learnt()
    places = list(_windows(shows))
    if not places:
        return []
    table = by.likely([together(shows[first:last]) for first, last in places])
    silent = by.kinds.index(NOTHING)
    rows, columns = np.nonzero(table > LEAST)
    heard_here = sorted(
        (
            Passage(float(table[row, at]), by.kinds[at], *places[row])
            for row, at in zip(rows, columns, strict=True)
            if at != silent
        ),
        key=lambda said: (MORE * (said.last - said.first) - said.likely, said.first, said.kind),
    )
    kept: list[Passage] = []
    for said in heard_here:
        if any(said.kind == other.kind and said.meets(other, 1) for other in kept):
            continue
        if sum(said.meets(other) for other in kept) < AT_ONCE:
            kept.append(said)
    return kept


def _windows(shows: Sequence[Shown]) -> Iterator[tuple[int, int]]:
    for first in range(len(shows)):
        words = 0
        for last in range(first + 1, min(first + LONGEST, len(shows)) + 1):
            words += shows[last - 1].length
            if words > MOST_IN_ALL and last > first + 1:
                break
            yield first, last
