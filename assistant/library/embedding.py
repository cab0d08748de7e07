"""The built-in embedding: vectors from words, word pairs, letter groups and topics, with no model and no download.

Each text becomes the features it holds (concepts, pairs of neighbouring concepts, groups of four letters, topics), each
feature is hashed to a place and a sign (feature hashing; Weinberger et al., ICML 2009) and the vector is scaled to
length 1, so that the scalar product of two texts is their cosine. A text has the same vector on every machine.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, runtime_checkable

from assistant.library.topics import topics
from assistant.library.words import concept, is_small, spoken_stems

DIMENSIONS = 1024
VERSION = 3
LETTERS = 4
WORD, COMMON, PAIR, LETTER_GROUP, TOPIC = 1.0, 0.3, 0.3, 0.4, 0.6
"""What one feature of each kind counts; chosen by leaving out each saying of the library in turn."""
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

    def embed(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order."""
        return [_vector(text) for text in texts]


def _vector(text: str) -> list[float]:
    values = [0.0] * DIMENSIONS
    for feature, amount in _features(text[:20_000]).items():
        place, sign = _place(feature)
        values[place] += sign * amount
    length = math.sqrt(math.fsum(value * value for value in values))
    return [value / length for value in values] if length else values


def _features(text: str) -> dict[str, float]:
    """The features of a text with their amounts: the count damped by its logarithm, times the weight of its kind."""
    found = spoken_stems(text)
    words = [concept(item) for item in found]
    amounts: dict[str, float] = {}
    for word, count in Counter(words).items():
        amounts[f"w:{word}"] = (COMMON if word in _COMMON or is_small(word) else WORD) * (1 + math.log(count))
    for one, two in pairwise(words):
        amounts[f"p:{one} {two}"] = PAIR
    for word in sorted(set(found)):
        padded = f"_{word}_"
        for start in range(len(padded) - LETTERS + 1):
            amounts[f"l:{padded[start : start + LETTERS]}"] = LETTER_GROUP
        for topic in topics(word):
            amounts[f"t:{topic}"] = amounts.get(f"t:{topic}", 0.0) + TOPIC
    return amounts


@lru_cache(maxsize=100_000)
def _place(feature: str) -> tuple[int, float]:
    digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "little")
    return number % DIMENSIONS, 1.0 if number >> 63 else -1.0
