"""Figures about the whole: "ninety days from order to installation, of which about ten are work".

They become measures of the process. When the story says how much of the time is work and how much is waiting but not
where, it is spread evenly over the steps that have no figure of their own, marked as estimated, and told as an
assumption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.english.tables import classed, worded
from assistant.language.figures.figure import Figure, unit_at, word_at
from assistant.language.figures.numbers import number_at
from assistant.language.figures.whole_case import next_day
from assistant.language.offline.amounts.durations_to_steps import is_overall
from assistant.language.offline.sentences.statements import Said
from assistant.language.offline.words.tokens import Sentence
from assistant.process.blocks import Block, Sequence, Task, Wait
from assistant.process.durations import UNITS, Basis, Fixed, Span, Unit, humane
from assistant.process.model import Assumption, Measure, Process
from assistant.process.tree import rebuild, tasks, walk

_PART = re.compile(rf"\b(?:{worded('whole-process-part')})\b", re.IGNORECASE)
_WORK = frozenset(
    """
    work working worked hands hands-on actual real touching touch effort
    """.split()
)
_WAIT = classed("reading", "wait")
_WISHED = classed("reading", "wished-before")
"""Before a figure: what somebody would like, and not how long it takes today."""


@dataclass(slots=True)
class Overall:
    """What was said about the whole case, in seconds: elapsed, work and waiting time, with where it was said."""

    cycle: tuple[float, Unit, Span] | None = None
    work: tuple[float, Unit, Span] | None = None
    wait: tuple[float, Unit, Span] | None = None
    measures: list[Measure] = field(default_factory=list)


def read_overall(told: list[Said], sentences: list[Sentence]) -> Overall:
    """The figures about the whole, from the figures cut out of the sentences and from "of which about ten are work"."""
    found = Overall()
    unit: Unit = "d"
    for said, sentence in zip(told, sentences, strict=True):
        for mark in said.marks:
            total = mark.quantity.kind == "total"
            wished = any(token.low in _WISHED and token.start < mark.quantity.a for token in sentence.tokens)
            if not wished and (total or (mark.quantity.kind == "duration" and is_overall(mark))):
                unit = mark.quantity.unit
                _sort(found, mark.quantity, set(mark.words))
        if (
            found.cycle is None
            and not said.acts()
            and (back := next_day(" ".join(token.low for token in sentence.tokens)))
        ):
            found.cycle = (back.value * UNITS[back.unit], back.unit, said.span)
        if found.cycle is not None:
            _parts(found, sentence, unit)
    for name, value in (("Cycle time", found.cycle), ("Work time", found.work), ("Waiting time", found.wait)):
        if value is not None:
            found.measures.append(
                Measure(
                    id=name.lower().replace(" ", "_"),
                    name=name,
                    value=round(value[0] / UNITS[value[1]], 4),
                    unit=value[1],
                    span=value[2],
                )
            )
    return found


def _sort(found: Overall, q: Figure, words: set[str]) -> None:
    value = (q.seconds(), q.unit, Span(start=q.a, end=q.b))
    if words & _WORK and (found.cycle is not None or q.kind == "total"):
        found.work = found.work or value
    elif words & _WAIT and found.cycle is not None:
        found.wait = found.wait or value
    elif found.cycle is None:
        found.cycle = value


def _parts(found: Overall, sentence: Sentence, unit: Unit) -> None:
    """ "of which about ten (days) are work", "the other eighty it just waits": numbers that may leave the unit out."""
    tokens = sentence.tokens
    for i in range(len(tokens)):
        number = number_at(tokens, i)
        if number is None or number.value <= 1:
            continue
        named = unit_at(tokens, i + number.used)
        if word_at(tokens, i + number.used) in ("percent", "%"):
            continue
        before = " ".join(t.low for t in tokens[max(0, i - 6) : i])
        if not _PART.search(before):
            continue
        name, size = named or (unit, 1.0)
        around = {t.low for t in tokens[max(0, i - 4) : i + 10]}
        following = [t.low for t in tokens[i : i + 12]]
        value = (
            number.value * size * UNITS[name],
            name,
            Span(start=tokens[i].start, end=tokens[min(len(tokens), i + number.used) - 1].end),
        )
        if found.cycle and value[0] >= found.cycle[0]:
            continue
        near_work = next((k for k, w in enumerate(following) if w in _WORK), 99)
        near_wait = next((k for k, w in enumerate(following) if w in _WAIT), 99)
        if near_work < near_wait and found.work is None:
            found.work = value
        elif near_wait < near_work and found.wait is None:
            found.wait = value
        elif around & _WORK and found.work is None and near_wait == 99:
            found.work = value


def spread(process: Process, found: Overall) -> Process:
    """The process with its measures, and the unplaced work and waiting time spread over steps without figures."""
    if not found.measures or _outdone(process, found):
        return process
    process = process.model_copy(update={"measures": tuple(found.measures)})
    wait, work = found.wait, found.work
    if wait is None and work is not None and found.cycle is not None:
        wait = (found.cycle[0] - work[0], found.cycle[1], found.cycle[2])
    if work is None and wait is not None and found.cycle is not None:
        work = (found.cycle[0] - wait[0], found.cycle[1], found.cycle[2])
    for kind, total in (("wait", wait), ("work", work)):
        if total is not None:
            process = _spread_one(process, kind, total)
    return process


def _outdone(process: Process, found: Overall) -> bool:
    """Whether minutes or hours said of the whole are fewer than one step alone takes: they are a part's."""
    if found.cycle is None or found.cycle[1] not in ("min", "h"):
        return False
    steps = [step for step in walk(process) if isinstance(step, Task | Wait)]
    lengths = [getattr(step, name, None) for step in steps for name in ("work", "wait", "duration")]
    return any(length is not None and length.mean_seconds > found.cycle[0] for length in lengths)


def _spread_one(process: Process, kind: str, total: tuple[float, Unit, Span]) -> Process:
    from assistant.process.expected import visit_rates

    known = 0.0
    rates = visit_rates(process)
    open_: list[str] = []
    own = tasks(process)
    outside = {role.id: role.kind for role in process.roles}
    for place, task in enumerate(own):
        value = getattr(task, kind)
        if value is not None:
            known += value.mean_seconds * rates.get(task.id, 1.0)
        elif (kind == "work" and outside.get(task.role or "") != "external") or (kind == "wait" and place):
            open_.append(task.id)
    if kind == "wait":
        known += sum(
            step.duration.mean_seconds * rates.get(step.id, 1.0)
            for step in walk(process)
            if isinstance(step, Wait) and step.duration
        )
    left, weight = total[0] - known, sum(rates.get(i, 1.0) for i in open_)
    if left <= 0.02 * total[0] or weight <= 0:
        return process
    each = left / weight
    what = "waiting time" if kind == "wait" else "work"
    note = (
        f"{humane(total[0])} of {what} in all were told; what no step accounts for is spread evenly over the steps "
        "without a figure."
    )
    duration = Fixed(
        value=round(each / UNITS[total[1]], 6), unit=total[1], basis=Basis.ESTIMATED, span=total[2], note=note
    )
    chosen = set(open_)

    def change(_: str, sequence: Sequence) -> Sequence:
        items: list[Block] = [
            item.model_copy(update={kind: duration, **({"wait_cause": "other"} if kind == "wait" else {})})
            if isinstance(item, Task) and item.id in chosen
            else item
            for item in sequence.items
        ]
        return (
            Sequence(items=tuple(items))
            if any(a is not b for a, b in zip(items, sequence.items, strict=True))
            else sequence
        )

    assumption = Assumption(text=note, elements=tuple(open_))
    return rebuild(process, change).model_copy(update={"assumptions": (*process.assumptions, assumption)})
