"""The moments in which customers meet a process, and the words they have for each: "squeezed me in" is said of an
appointment, "dumped in the stairwell" of a delivery, in any trade.

A step is met in a moment by the words of its name (`book+visit`: both stand in it); a comment speaks of a moment by
words and turns of phrase. What speaks of few moments weighs more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from assistant.english.alike import stem
from assistant.english.tables import rows
from assistant.feedback.learnt import Meant

TURN = 1.3
"""How much more a turn of phrase says than one word."""
ACT, THING, BY_THE_WAY = 0.9, 0.8, 0.5
"""How surely a step's verb and its thing alone tell the moment; less where its verb tells of another one: booking a
repair is no repair."""
LEARNT, FAINT = 3.0, 0.04
"""How much the weights that were learnt count beside turns of phrase, and what of them says nothing yet."""
AROUND = 0.3
"""How much a word beside a step's name (its role, data or system) says of it."""


class _Moments(NamedTuple):
    """The names in order; for each the words of steps that are met in it; and the turns of customers by their first
    word, each with the moments it is said in and how much it says."""

    names: Mapping[str, int]
    of_steps: Mapping[str, Sequence[frozenset[str]]]
    said: Mapping[str, Sequence[tuple[list[str], Sequence[tuple[str, float]]]]]


@cache
def _table() -> _Moments:
    of_steps: dict[str, list[frozenset[str]]] = {}
    moments: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for moment, steps, said in rows("moments"):
        of_steps[moment] = [frozenset(stem(word) for word in cue.split("+")) for cue in steps.split()]
        for turn in said.split():
            moments[tuple(stem(word) for word in turn.split("_"))].add(moment)
    rarest = math.log(1 + len(of_steps))
    begins: defaultdict[str, list[tuple[list[str], Sequence[tuple[str, float]]]]] = defaultdict(list)
    for turn_, held in sorted(moments.items()):
        says = math.log(1 + len(of_steps) / len(held)) / rarest * (TURN if len(turn_) > 1 else 1)
        begins[turn_[0]].append((list(turn_), [(moment, says) for moment in sorted(held)]))
    return _Moments({moment: place for place, moment in enumerate(of_steps)}, of_steps, dict(begins))


def moments_of_step(verb: str, named: Mapping[str, float], around: Collection[str]) -> dict[str, float]:
    """How surely a step is met in each moment, 0 to 1, by the stem of its verb, the stems of its name (each with how
    much it weighs there) and those of what stands around it."""
    sure = {
        moment: max((_sure(cue, verb, named, around) for cue in cues), default=0.0)
        for moment, cues in _table().of_steps.items()
    }
    acts = max(sure.values()) >= ACT
    return {
        moment: value if value >= ACT or not acts else value * BY_THE_WAY for moment, value in sure.items() if value
    }


def _sure(cue: frozenset[str], verb: str, named: Mapping[str, float], around: Collection[str]) -> float:
    if not cue <= named.keys():
        return AROUND if cue <= set(around) else 0.0
    if len(cue) > 1:
        return 1.0
    return ACT if verb in cue else THING * max(named[word] for word in cue)


def moments_of(words: Sequence[str]) -> dict[str, float]:
    """How strongly each moment is spoken of in words (in lower case); one word that is said of it alone counts 1."""
    begins = _table().said
    stems = [stem(word) for word in words]
    found: dict[str, float] = {}
    counted: set[int] = set()
    for at, first in enumerate(stems):
        for turn, moments in begins.get(first, ()):
            if id(turn) in counted or stems[at : at + len(turn)] != turn:
                continue
            counted.add(id(turn))
            for moment, says in moments:
                found[moment] = found.get(moment, 0.0) + says
    return found


def moment_rows(meant: Meant, rows: Any) -> Any:
    """One row for each of these texts: how strongly it speaks of each moment, by turns of phrase and by what was
    learnt; columns in the order of `moment_names`."""
    names = _table().names
    table = np.zeros((len(rows), len(names)), dtype=np.float32)
    for row, at in enumerate(rows):
        for moment, strength in moments_of(meant.texts[at]).items():
            table[row, names[moment]] = strength
    table[:, [names[moment] for moment in meant.by.moments]] += LEARNT * np.maximum(meant.moments(rows) - FAINT, 0)
    return table


def moment_names() -> Mapping[str, int]:
    """The moments, each with its column."""
    return _table().names
