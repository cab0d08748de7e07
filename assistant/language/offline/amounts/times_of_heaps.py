"""Times told for a heap in a story, shared among its cases."""

from __future__ import annotations

from assistant.language.figures.figure import Figure
from assistant.language.figures.heaps import Heap, counted_before, heap_of, is_of
from assistant.language.offline.sentences.statements import Act, Said
from assistant.process.durations import UNITS, WORKING_WEEK_DAYS, Duration, scaled


def share_heaps(text: str, told: list[Said], volume: Figure | None) -> None:
    """Every time told for a heap of cases becomes the time of one; where nobody said how many, it stays as it is."""
    for act in (act for said in told for act in said.acts()):
        if "setup" in act.facts and (cases := _in_a_round(act, volume)):
            act.facts["work"] = scaled(act.facts.pop("setup"), 1 / cases, f"told for a round of about {cases:g} cases")
        work: Duration | None = act.facts.get("work")
        if work is None or work.span is None:
            continue
        heap = heap_of(text, work.span.start, work.span.end)
        if heap is not None and is_of(heap, act.name) and (count := _count(text, heap, act.name, volume)):
            act.facts["work"] = scaled(work, 1 / count, f"told for {count:g} at once")


def _in_a_round(act: Act, volume: Figure | None) -> float | None:
    """How many cases a round is for, by how often it is done and how many come."""
    every = act.facts["batch"].every if act.facts.get("batch") else None
    if every is None or volume is None or volume.unit not in ("d", "w"):
        return None
    daily = volume.unit == "d" and volume.size == 1
    period = UNITS["w"] / WORKING_WEEK_DAYS if daily else (volume.size or 1) * UNITS[volume.unit]
    cases = volume.middle * every.mean_seconds / period
    return float(round(cases)) if cases >= LEAST_IN_A_ROUND else None


LEAST_IN_A_ROUND = 2


def _count(text: str, heap: Heap, step: str, volume: Figure | None) -> float | None:
    daily = volume is not None and volume.unit == "d" and volume.size == 1
    return heap.cases or counted_before(text, heap.a, step) or (volume.middle if volume and daily else None)
