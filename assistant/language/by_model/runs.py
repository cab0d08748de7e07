"""Work that is done once for a run of cases: what a story's words leave open about it is settled here, and said."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.apply import apply
from assistant.process.durations import Basis, Fixed, humane
from assistant.process.edits import Edit, SetValue
from assistant.process.expected import visit_rates
from assistant.process.model import Assumption, Process
from assistant.process.runs import cases_in_a_run
from assistant.process.tree import tasks

ENDLESS = float("inf")
MOST_AT_ONCE = 3
"""So many people round the clock work on one step at most: what would need more is no work on a case."""


def for_runs(process: Process) -> Process:
    """The process with work that can only be meant for a run taken as such, and with what was left out said."""
    rates = visit_rates(process)
    edits: list[Edit] = []
    said = []
    for task in tasks(process):
        every = task.batch.every if task.batch is not None else None
        cases = cases_in_a_run(task, process, rates)
        if every is None or task.work is None or task.setup is not None or cases == ENDLESS:
            continue
        if cases * task.work.mean_seconds > MOST_AT_ONCE * every.mean_seconds:
            none = Fixed(value=0, unit="min", basis=Basis.STATED)
            edits += [SetValue(id=task.id, field="setup", value=task.work.document()),
                      SetValue(id=task.id, field="work", value=none.document())]  # fmt: skip
            told = f"The {humane(task.work.mean_seconds)} of “{task.name}” are taken as the work on a whole run"
            said.append(
                Assumption(text=f"{told}: on each case it would be more than anybody can do.", elements=(task.id,))
            )
    process = apply(process, edits)
    known = (*process.assumptions, *said, *_left_out(process))
    return process.model_copy(update={"assumptions": known})


def _left_out(process: Process) -> Iterator[Assumption]:
    """The work on a run of cases whose number nobody told: no case can be given its part."""
    rates = visit_rates(process)
    for task in tasks(process):
        if task.setup is not None and cases_in_a_run(task, process, rates) == ENDLESS:
            told = f"“{task.name}” takes {humane(task.setup.mean_seconds)} a run, and nobody told how many cases a run"
            yield Assumption(text=f"{told} holds: it is in no hours and no cost.", elements=(task.id,))
