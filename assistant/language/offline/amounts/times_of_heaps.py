"""Times told for a heap in a story, shared among its cases."""

from __future__ import annotations

from assistant.language.figures.figure import Figure
from assistant.language.figures.heaps import Heap, counted_before, heap_of, is_of
from assistant.language.offline.sentences.statements import Said
from assistant.process.durations import Duration, scaled


def share_heaps(text: str, told: list[Said], volume: Figure | None) -> None:
    """Every time told for a heap of cases becomes the time of one; where nobody said how many, it stays as it is."""
    for act in (act for said in told for act in said.acts()):
        work: Duration | None = act.facts.get("work")
        if work is None or work.span is None:
            continue
        heap = heap_of(text, work.span.start, work.span.end)
        if heap is not None and is_of(heap, act.name) and (count := _count(text, heap, act.name, volume)):
            act.facts["work"] = scaled(work, 1 / count, f"told for {count:g} at once")


def _count(text: str, heap: Heap, step: str, volume: Figure | None) -> float | None:
    daily = volume is not None and volume.unit == "d" and volume.size == 1
    return heap.cases or counted_before(text, heap.a, step) or (volume.middle if volume and daily else None)
