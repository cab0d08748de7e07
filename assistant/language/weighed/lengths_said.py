"""The lengths of time that words say, and the steps they can be said of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.language.weighed.words_spoken_of import Said, Spoken
from assistant.process.blocks import Task, Wait

NAMED = 0.4
"""How much of the name of a step says for sure that it is spoken of, whatever its figures are."""
NOT_THAT = re.compile(r"\b(?:not|instead of|rather than|no longer|never)\s+(?:\w+\s+)?$")


def lengths_in(spoken: Spoken) -> list[Said]:
    """The lengths of time, a bare number behind one in its unit (`the walks are 40 minutes, the feeding's ten`)."""
    found: list[Said] = []
    for said in spoken.figures:
        if said.figure.kind in ("duration", "limit"):
            found.append(said)
        elif (
            said.figure.kind == "number"
            and found
            and not any(name.at & spoken.in_part(spoken.part_of(min(said.at, default=0))) for name in spoken.people)
        ):
            found.append(Said(replace(said.figure, kind="duration", unit=found[-1].figure.unit), said.at))
    return found or _unitless(spoken)


def _unitless(spoken: Spoken) -> list[Said]:
    """Bare numbers, in the unit in which the step named beside them was told (`findings 45, treatment 20`)."""
    found: list[Said] = []
    for said in spoken.figures:
        likes = spoken.likeness(spoken.in_part(spoken.part_of(min(said.at, default=0))))
        block = spoken.catalogue.by_id[likes[0].step] if likes else None
        known = getattr(block, "work", None) or getattr(block, "wait", None)
        if said.figure.kind == "number" and known is not None and hasattr(known, "unit"):
            found.append(Said(replace(said.figure, kind="duration", unit=known.unit), said.at))
    return found


def held(spoken: Spoken, step: str) -> list[float]:
    """The lengths that a step has, in seconds."""
    block = spoken.catalogue.by_id[step]
    values = (getattr(block, name, None) for name in ("work", "wait", "duration"))
    return [value.mean_seconds for value in values if value is not None]


def is_that(said: Said, seconds: Iterable[float]) -> bool:
    """Whether a length is one of these, in seconds."""
    return any(abs(said.figure.seconds() - value) <= 0.02 * value for value in seconds)


def denied_at(spoken: Spoken, place: int) -> float:
    """Whether a word is said not to be it (`not two, three`)."""
    return float(bool(NOT_THAT.search(spoken.low[: spoken.tokens[place].start])))


def said_of(spoken: Spoken, denied: list[Said]) -> set[str]:
    """The steps that a denied length can have been said of: those that have it, of the named ones where any is named;
    none where a step is named that has another and one that has it is not named."""
    named = {like.step for like in spoken.likeness() if like.verb and like.score >= NAMED}
    holders = {step.id for step in spoken.catalogue.steps if isinstance(step, Task | Wait)
               and any(is_that(said, held(spoken, step.id)) for said in denied)}  # fmt: skip
    return named & holders or (set() if named and holders else named or holders)
