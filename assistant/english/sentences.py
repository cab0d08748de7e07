"""What a sentence means: a place for each text, near the texts that say alike in other words.

A small language model that stands in the package and is run here with numpy alone, offline and without a key:
all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0; `docs/sentence_model.py` says how it was made small). It takes some
milliseconds a text, so it is asked where texts are few; what must be quick for a hundred thousand is `meanings`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, groupby
from typing import Any, NamedTuple

import numpy as np

MODEL = files("assistant.english").joinpath("data", "sentences.npz")
HEADS, WIDTH = 12, 384
MOST_PIECES = 64
"""Pieces of a text that are read; what it is about has been said by then."""
LONGEST_WORD = 40
AT_ONCE, MOST_KEPT = 64, 4096
NEAR = 32
"""Rows that stay near, in the second store of a processor."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
Matrix = Any


class Model(NamedTuple):
    """The pieces of words with their rows, and the weights by name: matrices as whole numbers with a step a column.

    They stay whole numbers: the matrices are fetched from far away at every reading, and four times as much takes
    longer to fetch than to make anew of these."""

    row: Mapping[str, int]
    weights: Mapping[str, Matrix]
    layers: int


@cache
def model() -> Model:
    """The model, read once."""
    with MODEL.open("rb") as file, np.load(file, allow_pickle=False) as held:
        pieces = held["pieces"].tobytes().decode().split("\n")
        weights: dict[str, Matrix] = {}
        for name in held.files:
            if name != "pieces":
                whole = f"{name}.step" in held.files
                weights[name] = np.ascontiguousarray(held[name], dtype=None if whole else np.float32)
    layers = sum(name.endswith(".query") for name in weights)
    return Model({piece: at for at, piece in enumerate(pieces)}, weights, layers)


def sentence_places(texts: Sequence[str]) -> Matrix:
    """One row a text: its place, of unit length; zeros for a text without a word.

    What was read before is not read again: a story is told in pieces, and each turn reads all of them. Alone or among
    others a text has the same place but for its seventh digit, if that."""
    unlike = dict.fromkeys(texts)
    places = {text: place for text in unlike if (place := _kept.get(text)) is not None}
    unread = [text for text in unlike if text not in places]
    places |= zip(unread, map(np.copy, _read(unread)), strict=True)
    _keep(places)
    return np.array([places[text] for text in texts], dtype=np.float32).reshape(len(texts), WIDTH)


_kept: dict[str, Matrix] = {}
"""The places of texts read of late, those asked for longest ago first."""


def _keep(places: Mapping[str, Matrix]) -> None:
    for text in places:
        _kept.pop(text, None)
    _kept.update(places)
    for text in list(_kept)[:-MOST_KEPT]:
        _kept.pop(text, None)


def _read(texts: Sequence[str]) -> Matrix:
    """The places of unlike texts."""
    found = np.zeros((len(texts), WIDTH), dtype=np.float32)
    read = [pieces_of(text) for text in texts]
    rows = sorted((at for at, pieces in enumerate(read) if pieces), key=lambda at: len(read[at]))
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        found[some] = _places([read[at] for at in some])
    return found


def pieces_of(text: str) -> list[int]:
    """The rows of the pieces a text is made of, without its beginning and end."""
    spelt = unicodedata.normalize("NFD", text[: MOST_PIECES * 20].lower())
    plain = "".join(letter for letter in spelt if unicodedata.category(letter) != "Mn")
    return [piece for word in _WORD.findall(plain) for piece in _pieces(word)][: MOST_PIECES - 2]


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[int, ...]:
    """The longest known pieces of a word from its beginning on; one unknown piece where it has a part that is none."""
    row = model().row
    found: list[int] = []
    start = 0
    while start < len(word):
        mark = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if mark + word[start:end] in row), 0)
        if not end or len(word) > LONGEST_WORD:
            return (row["[UNK]"],)
        found.append(row[mark + word[start:end]])
        start = end
    return tuple(found)


class Alike(NamedTuple):
    """Texts of one length among the rows of all their pieces: which rows are theirs, how many texts, how long each."""

    rows: slice
    texts: int
    length: int


def _places(texts: Sequence[Sequence[int]]) -> Matrix:
    """The places of texts, shortest first, one row a text.

    The pieces of all texts stand below each other, so that each matrix is multiplied once; only what the pieces of one
    text take from each other is done by length."""
    row, held, layers = model()
    ended = [[row["[CLS]"], *pieces, row["[SEP]"]] for pieces in texts]
    groups = _by_length([len(pieces) for pieces in ended])
    positions = [at for pieces in ended for at in range(len(pieces))]
    out = held["words"][list(chain.from_iterable(ended))] * held["words.step"] + held["positions"][positions]
    out = _levelled(out, "embeddings")
    for layer in range(layers):
        out = _levelled(out + _attended(out, groups, f"{layer}."), f"{layer}.attended")
        within = _turned(out, f"{layer}.widened")
        out = _levelled(out + _turned(_bent(within), f"{layer}.narrowed"), f"{layer}.out")
    means = [out[alike.rows].reshape(alike.texts, alike.length, WIDTH).mean(axis=1) for alike in groups]
    mean = np.concatenate(means)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def _by_length(lengths: Sequence[int]) -> list[Alike]:
    """Where the texts of each length stand, given how long each is, shortest first."""
    groups: list[Alike] = []
    start = 0
    for length, same in groupby(lengths):
        texts = len(list(same))
        groups.append(Alike(slice(start, start + texts * length), texts, length))
        start += texts * length
    return groups


def _attended(rows: Matrix, groups: Sequence[Alike], name: str) -> Matrix:
    """What each piece takes from the others of its text."""
    asks, answers, says = (_turned(rows, name + part) for part in ("query", "key", "value"))
    taken = np.empty_like(rows)
    for alike in groups:
        shape = (alike.texts, alike.length, HEADS, WIDTH // HEADS)
        ask, answer, say = (part[alike.rows].reshape(shape).transpose(0, 2, 1, 3) for part in (asks, answers, says))
        match = ask @ answer.transpose(0, 1, 3, 2) / np.float32((WIDTH // HEADS) ** 0.5)
        match = np.exp(match - match.max(axis=-1, keepdims=True))
        match /= match.sum(axis=-1, keepdims=True)
        taken[alike.rows] = (match @ say).transpose(0, 2, 1, 3).reshape(-1, WIDTH)
    return _turned(taken, name + "taken")


def _turned(rows: Matrix, name: str) -> Matrix:
    held = model().weights
    turned = rows @ held[name].astype(np.float32)
    turned *= held[f"{name}.step"]
    turned += held[f"{name}.bias"]
    return turned


def _levelled(rows: Matrix, name: str) -> Matrix:
    """Each row brought to mean 0 and spread 1, then to the scale that was learnt; `rows` are written over."""
    held = model().weights
    rows -= rows.mean(axis=-1, keepdims=True)
    rows /= np.sqrt((rows * rows).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    rows *= held[f"{name}.scale"]
    rows += held[f"{name}.shift"]
    return rows


def _bent(rows: Matrix) -> Matrix:
    """GELU (Hendrycks and Gimpel 2016) by its usual approximation, a few rows at a time, that they need not be fetched
    anew for each sum; `rows` are written over."""
    for start in range(0, len(rows), NEAR):
        some = rows[start : start + NEAR]
        inner = np.float32(0.0356774081) * some
        inner *= some
        inner += np.float32(0.7978845608)
        inner *= some
        np.tanh(inner, out=inner)
        inner += 1
        some *= np.float32(0.5)
        some *= inner
    return rows
