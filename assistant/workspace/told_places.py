"""Where something stands in a story as it was told, from where it stands in the words that are kept.

What is kept has other lengths than what was told: "Maria Lopez" is kept as "Maria", "Mr. Brown" as "Mr. B". So a place
found in the kept words is moved, and words quoted from them are the teller's. Only names are put back (decision 0017);
an address or an account number stays masked, and its place is right all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """Kept characters `start` to `end` stand for `length` told ones, and are shown as `shown`."""

    start: int
    end: int
    length: int
    shown: str


class Places:
    """A kept text and its pieces that were told otherwise, in order."""

    def __init__(self, kept: str, pieces: Sequence[Piece]) -> None:
        self.kept, self.pieces = kept, tuple(pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The told characters that kept ones stand for; a piece is taken whole."""
        return self._at(start, 0), self._at(end, 1)

    def _at(self, place: int, last: int) -> int:
        moved = 0
        for piece in self.pieces:
            if place <= piece.start:
                break
            if place < piece.end:
                return piece.start + moved + last * piece.length
            moved += piece.length - (piece.end - piece.start)
        return place + moved

    def words(self, start: int, end: int) -> str:
        """Kept characters with the names in them as they were told."""
        text, at = "", start
        for piece in self.pieces:
            if piece.start < end and piece.end > start:
                text += self.kept[at : max(at, piece.start)] + piece.shown
                at = piece.end
        return text + self.kept[at:end]


def joined(told: Iterable[tuple[str, Sequence[Piece]]], between: str) -> Places:
    """Several kept texts as one, with `between` between them."""
    texts, pieces, at = [], [], 0
    for text, own in told:
        pieces += [piece._replace(start=piece.start + at, end=piece.end + at) for piece in own]
        texts.append(text)
        at += len(text) + len(between)
    return Places(between.join(texts), pieces)
