"""The built-in embedding: vectors from words, word pairs, letter groups and topics, with no model and no download.

Each text becomes the features it holds (concepts, pairs of neighbouring concepts, groups of four letters, topics), each
feature is hashed to a place and a sign (feature hashing; Weinberger et al., ICML 2009) and the vector is scaled to
length 1, so that the scalar product of two texts is their cosine. A text has the same vector on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol, runtime_checkable

from assistant.english.alike import stem
from assistant.library.topics import topics
from assistant.library.words import concept, is_said, is_small, words_of

DIMENSIONS = 1024
VERSION = 4
LETTERS = 4
WORD, COMMON, PAIR, LETTER_GROUP, TOPIC = 1.0, 0.3, 0.3, 0.4, 0.6
"""What one feature of each kind counts; chosen by leaving out each saying of the library in turn."""
BLOCK = 2_000
"""Texts whose features are counted in one go."""
LONGEST = 20_000
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93)
"""Odd numbers that mix the numbers of two words into that of their pair."""
_COMMON_WORDS = "process work case time day week month step thing year hour way make ask record differ part kind"
_COMMON = frozenset(_COMMON_WORDS.split())


@runtime_checkable
class Embedder(Protocol):
    """Anything that turns texts into vectors of one length; `name` must change when the vectors do."""

    name: str

    def embed(self, texts: list[str]) -> Sequence[Sequence[float]]:
        """One vector for each text, in order."""
        ...


class BuiltinEmbedder:
    """The built-in embedding (see the module); vectors have DIMENSIONS numbers and length 1 (or are all zero)."""

    name = f"builtin-{VERSION}-{DIMENSIONS}"

    def embed(self, texts: list[str]) -> Any:
        """One vector for each text, in order, as the rows of a matrix."""
        import numpy as np

        blocks = [_vectors(texts[start : start + BLOCK]) for start in range(0, len(texts), BLOCK)]
        return np.concatenate(blocks) if blocks else np.zeros((0, DIMENSIONS))


def _vectors(texts: Sequence[str]) -> Any:
    """The vectors of some texts as rows; the features of all of them are counted together."""
    import numpy as np

    words, place, rows = words_of(text[:LONGEST] for text in texts).only(is_said)
    stems = _numbered(map(stem, filter(is_said, words)))
    stem_of = np.fromiter((stems.get(stem(word), -1) for word in words), dtype=np.int64, count=len(words))
    every, rows = stem_of[place], rows.astype(np.int64)
    flat = np.zeros(len(texts) * DIMENSIONS)
    for row, place, amount in (*_words_and_pairs(rows, every, stems), _parts_of_words(rows, every, stems)):
        flat += np.bincount(row * DIMENSIONS + place, weights=amount, minlength=len(flat))
    matrix = flat.reshape(len(texts), DIMENSIONS)
    return matrix / np.maximum(np.sqrt((matrix * matrix).sum(axis=1, keepdims=True)), 1e-12)


def _words_and_pairs(rows: Any, every: Any, stems: dict[str, int]) -> Iterator[tuple[Any, Any, Any]]:
    """Row, place and amount of each concept (damped by the logarithm of its count) and of each pair of neighbours."""
    import numpy as np

    concepts = _numbered(map(concept, stems))
    every = np.fromiter((concepts[concept(word)] for word in stems), dtype=np.int64, count=len(stems))[every]
    hashes = np.fromiter((_hash(f"w:{word}") for word in concepts), dtype=np.uint64, count=len(concepts))
    kinds = [COMMON if word in _COMMON or is_small(word) else WORD for word in concepts]
    many = max(1, len(concepts))
    keys, counts = np.unique(rows * many + every, return_counts=True)
    row, word = np.divmod(keys, many)
    place, sign = _places(hashes[word])
    yield row, place, sign * np.array(kinds, dtype=np.float64)[word] * (1 + np.log(counts))
    beside = rows[1:] == rows[:-1]
    keys = _distinct(((rows[1:] * many + every[:-1]) * many + every[1:])[beside])
    row, one, two = keys // many**2, keys // many % many, keys % many
    mixed = (hashes[one] * np.uint64(_MIX[0])) ^ (hashes[two] * np.uint64(_MIX[1]))
    place, sign = _places((mixed ^ (mixed >> np.uint64(29))) * np.uint64(_MIX[2]))
    yield row, place, sign * PAIR


def _parts_of_words(rows: Any, every: Any, stems: dict[str, int]) -> tuple[Any, Any, Any]:
    """Row, place and amount of the letter groups and topics of the words; a word counts once however often it comes."""
    import numpy as np

    held = [_parts(word) for word in stems]
    parts = _numbered(chain.from_iterable(held))
    lengths = np.array([len(names) for names in held], dtype=np.int64)
    flat = np.fromiter((parts[name] for name in chain.from_iterable(held)), dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    many = max(1, len(stems))
    row, word = np.divmod(_distinct(rows * many + every), many)
    long = lengths[word]
    within = np.arange(int(long.sum())) - np.repeat(np.cumsum(long) - long, long)
    part = flat[np.repeat(starts[word], long) + within]
    many = max(1, len(parts))
    keys, counts = np.unique(np.repeat(row, long) * many + part, return_counts=True)
    row, part = np.divmod(keys, many)
    place, sign = _places(np.fromiter((_hash(name) for name in parts), dtype=np.uint64, count=len(parts))[part])
    topic = np.fromiter((name.startswith("t:") for name in parts), dtype=bool, count=len(parts))[part]
    return row, place, sign * np.where(topic, TOPIC * counts, LETTER_GROUP)


def _distinct(keys: Any) -> Any:
    """The distinct numbers, in order; sorting is quicker here than what NumPy does."""
    import numpy as np

    keys = np.sort(keys)
    return keys[np.flatnonzero(np.diff(keys, prepend=-1))]


@lru_cache(maxsize=50_000)
def _parts(stemmed: str) -> tuple[str, ...]:
    padded = f"_{stemmed}_"
    groups = (f"l:{padded[start : start + LETTERS]}" for start in range(len(padded) - LETTERS + 1))
    return (*dict.fromkeys(groups), *(f"t:{topic}" for topic in topics(stemmed)))


def _numbered(items: Iterable[str]) -> dict[str, int]:
    return {item: number for number, item in enumerate(dict.fromkeys(items))}


@lru_cache(maxsize=200_000)
def _hash(feature: str) -> int:
    return int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), "little")


def _places(hashes: Any) -> tuple[Any, Any]:
    """Where features are added to a vector, and with which sign."""
    import numpy as np

    sign = np.where(hashes >> np.uint64(63), 1.0, -1.0)
    return (hashes % np.uint64(DIMENSIONS)).astype(np.int64), sign
