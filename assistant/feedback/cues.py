"""What names the trouble of a comment in plain words (“dearer than quoted”): where comments are few, and one alone may
be all that is said of a thing, such a turn of phrase tells its general topic beside what was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from assistant.english.tables import rows
from assistant.feedback.harm import Words
from assistant.feedback.topics import topics
from assistant.feedback.words import NEGATIONS, TOKEN

PLAINLY, TROUBLE = 1.5, 3.0
"""How much a topic gains (the logarithm of its likelihood) of which a turn of phrase speaks, and one that is told as
trouble with it."""
BEFORE = 4
"""So many words before a turn of phrase can turn it round."""
Matrix = Any


@cache
def _turns() -> tuple[tuple[int, float, Words], ...]:
    """The turns of phrase of each topic, with the number of the topic and what it gains by them."""
    number = {topic.id: at for at, topic in enumerate(topics())}
    said: dict[tuple[int, float], list[str]] = {}
    for topic, tells, turns in rows("topic_cues"):
        said.setdefault((number[topic], TROUBLE if tells else PLAINLY), []).append(turns)
    return tuple((*gained, Words("\n".join(lines))) for gained, lines in said.items())


@cache
def _troubles() -> Words:
    """The turns of phrase that tell of trouble, whatever is felt."""
    return Words("\n".join(turns for _, tells, turns in rows("topic_cues") if tells))


def tells_of_trouble(raw: str) -> bool:
    """Whether a text tells of trouble in plain words, and does not say the opposite (“never later than promised”)."""
    words = TOKEN.findall(raw[:4000].lower().replace("’", "'"))
    said, trouble = f" {' '.join(words)} ", _troubles()
    if trouble.heads.isdisjoint(word[:3] for word in words):
        return False
    return any(
        NEGATIONS.isdisjoint(said[: match.start()].split()[-BEFORE:]) for match in trouble.pattern.finditer(said)
    )


def in_plain_words(likely: Matrix, raw: Sequence[str]) -> Matrix:
    """How likely each text (a row) speaks of each topic, in the light of what it plainly says."""
    scores = np.log(likely + 1e-9)
    for row, text in enumerate(raw):
        words = TOKEN.findall(text[:4000].lower().replace("’", "'"))
        said, heads = f" {' '.join(words)} ", {word[:3] for word in words}
        gained: dict[int, float] = {}
        for at, gain, turns in _turns():
            if turns.stand_in(said, heads):
                gained[at] = max(gain, gained.get(at, 0.0))
        scores[row, list(gained)] += list(gained.values())
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)
