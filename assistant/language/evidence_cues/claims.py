"""How far a passage that sounds like a pain is one: weighed once more by where it stands and what else it holds.

What is told before the first step introduces, what stands at the end is mostly a wish, what a rule is told for is
right, and what a cue of its kind hears, or a step of its sort is told for, is surer. `claims.tsv` holds what each
counts, learnt by `bench/evidence_claims.py` from told stories of which the pains are known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from assistant.language.evidence_cues.cue_frames import HERE
from assistant.language.evidence_cues.cues import Cue
from assistant.language.evidence_cues.step_chance import Words
from assistant.language.evidence_cues.steps_meant import Meant
from assistant.language.evidence_cues.told_steps import Place, fits
from assistant.language.evidence_cues.windows import Passage

TABLE = HERE / "claims.tsv"
START = "start"
AT_END, LONG_STORY = 3, 12
"""How many sentences are the end of a story, and how many make one that has an end."""
Heard = Sequence[tuple[Cue, bool, int]]


class Candidate(NamedTuple):
    """A passage that may tell of a pain, the cue file of its kind, the steps it would speak of, how far it says
    anything at all, whether it may as well tell of a likelier one, what was asked of the steps, and what is told
    around it, by name."""

    passage: Passage
    cue: Cue
    meant: Meant
    says: float
    rival: bool
    asked: Words
    around: dict[str, float]


def around(passages: Sequence[Passage], own: Passage, reassured: float) -> dict[str, float]:
    """What the rest of a story says of a passage: how much of it reassures (a share of its sentences), and how likely
    its likeliest other pains are."""
    others: list[Passage] = []
    for other in passages:
        if len(others) < OTHERS and not any(other.meets(known) for known in (own, *others)):
            others.append(other)
    return {
        "reassuring story": 10 * min(MOSTLY, reassured),
        "other pains": sum(other.likely for other in others) / OTHERS,
    }


OTHERS, MOSTLY = 4, 0.3
"""How many other pains are looked at, and from which share of sentences on a story reassures as much as one can."""


def counted(place: Place, candidate: Candidate, heard: Sequence[Heard]) -> dict[str, float]:
    """What counts for and against a passage, by name. `heard` is what the cues heard in each sentence of the story."""
    said, cue, meant, says, rival, _, told_around = candidate
    steps = {known.step.id: known for known in place.steps}
    best = steps.get(meant.elements[0]) if meant.elements else None
    begun = min((known.told for known in place.steps if known.told >= 0), default=0)
    kinds = {(each.kind, sure) for index in range(said.first, said.last) for each, sure, _ in heard[index]}
    beside = range(max(0, said.first - 1), min(len(heard), said.last + 1))
    return {
        START: 1.0,
        "likely": math.log(said.likely / (1.0 - said.likely + 1e-6)),
        "cue": float((said.kind, True) in kinds),
        "sort": float(best is not None and fits(best, cue.prefers)),
        "wish": float(any(kind == "wish" for kind, _ in kinds)),
        "rule": float(any(each.kind == "control" and sure for index in beside for each, sure, _ in heard[index])),
        "says": says,
        "rival": float(rival),
        "introduction": float(said.last <= begun),
        "end": float(said.last > len(place.flats) - AT_END and len(place.flats) >= LONG_STORY),
        **told_around,
    }


@cache
def weights() -> dict[str, float]:
    """What each count weighs, as it was learnt."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines)}


def chance(counts: dict[str, float]) -> float:
    """How likely it is that a passage tells of the pain it is taken for (0 to 1)."""
    total = sum(weights().get(name, 0.0) * value for name, value in counts.items())
    return 1.0 / (1.0 + math.exp(-total))
