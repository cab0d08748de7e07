"""How likely a remark speaks of a step: weighed by what their words share and how far apart the two are told.

What each counts stands in `step_chance.tsv`, learnt by `bench/evidence_places.py` from told stories of which it is
known where each pain sits.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from assistant.language.evidence_cues.cue_frames import HERE
from assistant.language.evidence_cues.cues import Cue
from assistant.language.evidence_cues.told_steps import Known, Place, distance, fits, meaning
from assistant.process.blocks import Wait

TABLE = HERE / "step_chance.tsv"
START = "start"
MOST = 2.0
"""From so many shared words on, rare ones counted whole, more say no more."""
FAR, BESIDE, THEREABOUTS = 4, 2, 3
"""How many sentences ago a step was told that is far off, beside the remark, or thereabouts."""
LEADS = 2
"""So many sentences before a remark lead up to it: what they name is what it goes on about."""
AGO = {0: "here", 1: "1 ago", 2: "2 ago", 3: "3 ago", 4: "4 ago", 5: "4 ago", -1: "next", -2: "after next"}


class Words(NamedTuple):
    """What is asked of the steps: the sentences of a remark, the one that makes it, its words, and its cue file."""

    passage: range
    at: int
    words: frozenset[str]
    cue: Cue


def likely_steps(place: Place, said: Words) -> list[tuple[float, Known]]:
    """The steps with how likely (0 to 1) a remark speaks of each, the likeliest first."""
    found = [(chance(counts), known) for known, counts in counted(place, said)]
    return sorted(found, key=lambda each: (each[0], each[1].order), reverse=True)


def counted(place: Place, said: Words) -> Iterator[tuple[Known, dict[str, float]]]:
    """For each step what counts for and against it, by name."""
    sentence = meaning(place.flats[said.at])
    told = [known for known in place.steps if known.told >= 0]
    last = max((k for k in told if k.told <= said.at), key=_telling, default=None)
    before = max((k for k in told if k.told < said.passage.start), key=_telling, default=None)
    leading = _leading(place, said)
    paragraph = bisect_right(place.breaks, said.at)
    for known in place.steps:
        counts = {
            START: 1.0,
            **_shared(place, known, said),
            "role here": float(bool(known.role_words) and known.role_words <= sentence),
            "told last": float(known is last),
            "told before": float(known is before),
            "led up to": min(MOST, sum(place.rare[word] for word in known.words & leading)),
            "a wait": float(isinstance(known.step, Wait)),
            "paragraph": float(known.told >= 0 and bisect_right(place.breaks, known.told) == paragraph),
        }
        ago, within = distance(place, known, said.at), known.told in said.passage
        if within:
            counts["in passage"] = 1.0
        elif ago in AGO:
            counts[AGO[ago]] = 1.0
        if said.cue.prefers != "any" and fits(known, said.cue.prefers):
            counts["sort"] = 1.0
            counts["sort near"] = float(within or 0 <= ago <= THEREABOUTS)
        yield known, counts


def _leading(place: Place, said: Words) -> frozenset[str]:
    """The words of the sentences before a remark that it does not say itself."""
    first = said.passage.start
    return frozenset().union(*map(meaning, place.flats[max(0, first - LEADS) : first])) - said.words


def _telling(known: Known) -> tuple[int, int]:
    return known.told, known.order


def _shared(place: Place, known: Known, said: Words) -> dict[str, float]:
    """The words a step's name, and the sentence it is told in, share with a remark: rare ones count for more."""
    shared = known.words & said.words
    name = min(MOST, sum(place.rare[word] for word in shared) * (1.0 if len(shared) > 1 else 0.75))
    weak = known.told > said.at + 1 or (shared == {known.verb} and said.at - known.told > BESIDE)
    around = sum(place.rare_told.get(word, 1.0) for word in (known.told_words & said.words) - known.words)
    return {"name far" if weak else "name": name, "sentence": min(MOST, around)}


@cache
def weights() -> Mapping[str, float]:
    """What each count weighs, as it was learnt."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines)}


def chance(counts: Mapping[str, float]) -> float:
    """How likely it is that a remark speaks of a step (0 to 1)."""
    return 1.0 / (1.0 + math.exp(-sum(weights().get(name, 0.0) * value for name, value in counts.items())))
