"""What is known in figures about a process, one line each with an id, for a language model to rest its words on.

Only what somebody said or measured is given as a figure; what was filled in is named as such and without its value, so
that nobody's guess can come back as proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.process.blocks import AnyOf, Choice, Loop, Task, Wait
from assistant.process.durations import WORKING_DAY_HOURS, Basis, Duration, humane
from assistant.process.expected import visit_rates
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.tree import step_id, walk

SAID = (Basis.STATED, Basis.MEASURED)
MOST_TIMES = 24
MOST_AROUND = 90
"""Characters before and after the words of a figure among which its clause is looked for."""
_CUT = re.compile(r"[.!?;:](?=\s|$)|\n|,\s(?=(?:and|but|which|because|so)\b)")


def facts(process: Process, story: str = "") -> dict[str, str]:
    """The facts of a process as it was told, by id: totals and volume, times by weight, chances, people.

    Totals bring the words of the `story` with them: five of forty says more than 12.5 %.
    """
    lines = [*_whole(process, story), *_times(process), *_chances(process), *_people(process)]
    return {f"F{number}": line for number, line in enumerate(lines, 1)}


def _whole(process: Process, story: str) -> Iterator[str]:
    for measure in process.measures:
        if measure.value is not None:
            words = _around(story, measure.span.start, measure.span.end) if measure.span else ""
            quote = f": “{' '.join(words.split())}”" if words else ""
            unit = f" {measure.unit}" if measure.unit else ""
            yield f"{measure.name}: {measure.value:,.10g}{unit} ({measure.basis.value}{quote})"
    if process.volume is not None and process.volume.rests_on in SAID:
        told = process.volume.text or f"one case every {humane(process.volume.between.mean_seconds)}"
        yield f"Cases: {told} ({process.volume.rests_on.value})"


def _around(story: str, start: int, end: int) -> str:
    """The clause a figure was told in: a count without the time it was counted over says nothing."""
    begin = start if start > MOST_AROUND else 0
    first = max((match.end() for match in _CUT.finditer(story, max(0, start - MOST_AROUND), start)), default=begin)
    last = next((match.start() for match in _CUT.finditer(story, end, end + MOST_AROUND)), end)
    return story[first:last]


def _times(process: Process) -> Iterator[str]:
    """The times that were told, the heaviest in an average case first."""
    rates = visit_rates(process)
    found: list[tuple[float, str]] = []
    for step in walk(process):
        if not isinstance(step, Task | Wait):
            continue
        name = step.name or "an unnamed step"
        kinds = {"Hands-on time of": step.work, "Wait before": step.wait} if isinstance(step, Task) else {}
        if isinstance(step, Wait):
            kinds = {"Waiting for": step.duration}
        told = [(words, time) for words, time in kinds.items() if time is not None and time.basis in SAID]
        weight = rates.get(step_id(step), 1.0)
        found += [
            (time.mean_seconds * weight, f"{words} {name}: {_amount(time, words.startswith('Hands'))}")
            for words, time in told
        ]
    yield from (line for _, line in sorted(found, key=lambda item: -item[0])[:MOST_TIMES])


def _amount(time: Duration, hands_on: bool = False) -> str:
    """A time with its basis; hands-on work in hours at work, as a day of work is none of the clock."""
    cause = f", {time.note}" if time.note and len(time.note) < 60 else ""
    seconds = time.mean_seconds
    day = WORKING_DAY_HOURS * 3600
    told = f"{seconds / day:.3g} working days" if hands_on and seconds >= 2 * day else humane(seconds)
    return f"{told} ({(time.basis or Basis.STATED).value}{cause})"


def _share(share: float) -> str:
    """A share to two figures that mean something: `33 %`, `1.4 %`, `0.018 %`."""
    return f"{share * 100:.2g} %" if share < 0.1 else f"{share * 100:.3g} %"


def _chances(process: Process) -> Iterator[str]:
    for step in walk(process):
        if isinstance(step, Choice | AnyOf):
            for branch in step.branches:
                if branch.p is not None and branch.p_basis in SAID:
                    way = f"{(step.question or 'The decision').rstrip('?')}: {branch.when or 'that way'}"
                    yield f"{way} in {_share(branch.p)} of cases (told)"
        elif isinstance(step, Loop) and step.p is not None and step.p_basis in SAID:
            rounds = f", so {1 / (1 - step.p):.2g} rounds in an average case" if 0.1 <= step.p < 1 else ""
            yield f"Done again while {step.while_ or 'needed'}: {_share(step.p)} (told){rounds}"
        elif isinstance(step, Task) and step.error_rate:
            yield f"Errors in {step.name}: {_share(step.error_rate)}"


def _people(process: Process) -> Iterator[str]:
    for role in process.roles:
        if role.capacity is not None and role.capacity_basis in SAID:
            yield f"{role.name}: {plural(role.capacity, 'person', 'people')} (told)"
        if role.cost_per_hour and role.cost_basis in SAID:
            yield f"{role.name}: {process.currency} {role.cost_per_hour:g} an hour (told)"
