"""Of which general topic a comment speaks: waiting, price, manners of staff; the same some forty in every trade.

`customer_topics.tsv` names them and says what they mean; which one a comment speaks of is told by weights learnt from
labelled comments of many trades and from lines written for each topic (`bench/learn_topics.py`): over words and
moments, and over the sentence where texts are few enough to be read.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from assistant.english.tables import rows
from assistant.feedback.learnt import Meant, with_one
from assistant.feedback.moments import moment_rows

WEIGHTS = files("assistant.english").joinpath("data", "topic_weights.npz")
MOMENTS, SENTENCE = 0.5, 3.0
"""How large what a comment says of moments, and its place as a sentence, are made before they are weighed."""
WORDS_OF_READ = 0.5
"""How much words and moments say beside the sentence of a text that was read."""
Matrix = Any


class Topic(NamedTuple):
    """A general topic: what it is about; what it is called where customers complain and where they praise, alone and
    with the thing they speak of in place of the star (empty: there is no such wording); and what it means."""

    id: str
    about: str
    trouble: str
    trouble_with: str
    praise: str
    praise_with: str
    means: str


class Learnt(NamedTuple):
    """A column for each topic: the weights of words (as in `Meant.weighed`), of moments, and of the place of a sentence
    with a 1 at its end."""

    words: Matrix
    moments: Matrix
    sentences: Matrix

    def write(self) -> None:
        """Write the weights, rounded, where the program reads them."""
        with open(str(WEIGHTS), "wb") as file:
            np.savez_compressed(file, **{name: held.astype(np.float16) for name, held in self._asdict().items()})


@cache
def topics() -> tuple[Topic, ...]:
    """The general topics, in the order of the columns."""
    return tuple(Topic(*row) for row in rows("customer_topics"))


@cache
def learnt() -> Learnt:
    """The weights as they were learnt, read once."""
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as held:
        return Learnt(*(held[name].astype(np.float32) for name in Learnt._fields))


def likely(meant: Meant, chosen: Matrix, by: Learnt | None = None) -> Matrix:
    """One row for each of these texts, a column for each topic: how likely it is the one the text speaks of."""
    by = by or learnt()
    scores = meant.weighed(chosen, by.words) + MOMENTS * moment_rows(meant, chosen) @ by.moments
    if meant.sentences is not None:
        scores = WORDS_OF_READ * scores + with_one(SENTENCE * meant.sentences[chosen]) @ by.sentences
    shares = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return shares / shares.sum(axis=1, keepdims=True)
