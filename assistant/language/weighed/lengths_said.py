"""The lengths of time that words say, and the steps they can be said of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.language.figures.reading import figures_in
from assistant.language.weighed.words_spoken_of import Said, Spoken
from assistant.process.blocks import Task, Wait

NAMED = 0.4
"""How much of the name of a step says for sure that it is spoken of, whatever its figures are."""
NOT_THAT = re.compile(r"(?:\b(?:not|instead of|rather than|no longer|never)|n't)\s+(?:\w+\s+)?$")
WAS = re.compile(r"(?: \w+)? (?:was|were|used to)\b")
ONCE_SAID = re.compile(r"\bth(?:e|at|ose) (?P<unit>minute|hour|day|week|month)\b(?! (?:before|after|later|of))")
"""`the week for the landlord`: a length that was told, and is spoken of."""


def lengths_in(spoken: Spoken) -> list[Said]:
    """The lengths of time, a bare number in the unit of the one before it, or of the first behind (`the walks are 40
    minutes, the feeding's ten`)."""
    told = [said for said in spoken.figures if said.figure.kind in ("duration", "limit")]
    found: list[Said] = []
    for said in spoken.figures if told else ():
        if said in told:
            found.append(said)
        elif said.figure.kind == "number" and not counts_something(spoken, said):
            unit = (found or told)[-1 if found else 0].figure.unit
            found.append(Said(replace(said.figure, kind="duration", unit=unit), said.at))
    return found or _unitless(spoken)


def counts_something(spoken: Spoken, said: Said) -> bool:
    """Whether a bare number is one of people, or of what stands right behind it (`80 cm`, `14 bags`)."""
    last = max(said.at, default=0)
    if any(name.at & spoken.in_part(spoken.part_of(last)) for name in spoken.people):
        return True
    behind = spoken.tokens[last + 1 : last + 2]
    counted = bool(behind) and last + 1 in spoken.heavy and behind[0].low not in ("and", "or")
    return counted and spoken.low[spoken.tokens[last].end : behind[0].start] == " "


def known_lengths(spoken: Spoken) -> list[Said]:
    """The lengths that are said, bare numbers where they are denied (`not 5`), and those that only point at one that
    was told (`the week for the landlord`)."""
    units = [said.at for said in spoken.figures if said.figure.kind != "number"]
    told = [said for said in lengths_in(spoken) if said.at in units or denied_at(spoken, min(said.at, default=0))]
    pointed = [
        Said(replace(figure, a=match.start(), b=match.end()), spoken.within(*match.span()))
        for match in ONCE_SAID.finditer(spoken.low) for figure in figures_in(f"1 {match['unit']}")
    ]  # fmt: skip
    return [*told, *pointed]


def _unitless(spoken: Spoken) -> list[Said]:
    """Bare numbers, in the unit in which the step named beside them was told (`findings 45, treatment 20`)."""
    found: list[Said] = []
    for said in spoken.figures:
        likes = spoken.likeness(spoken.in_part(spoken.part_of(min(said.at, default=0))))
        block = spoken.catalogue.by_id[likes[0].step] if likes else None
        known = getattr(block, "work", None) or getattr(block, "wait", None)
        bare = said.figure.kind == "number" and not counts_something(spoken, said)
        if bare and known is not None and hasattr(known, "unit"):
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
    """Whether a word is said not to be it, or to be what was (`not two, three`, `two was the old beans`)."""
    word = spoken.tokens[place]
    return float(bool(NOT_THAT.search(spoken.low[: word.start]) or WAS.match(spoken.low, word.end)))


def said_of(spoken: Spoken, denied: list[Said]) -> set[str]:
    """The steps that a denied length can have been said of: those that have it, of the named ones where any is named;
    none where a step is named that has another and one that has it is not named."""
    named = {like.step for like in spoken.likeness() if like.verb and like.score >= NAMED}
    holders = {step.id for step in spoken.catalogue.steps if isinstance(step, Task | Wait)
               and any(is_that(said, held(spoken, step.id)) for said in denied)}  # fmt: skip
    return named & holders or (set() if named and holders else named or holders)
