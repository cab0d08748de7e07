"""H06 case-based work: cases are handled when they come, or in smaller or more frequent runs."""

from __future__ import annotations

import re

from assistant.english.presence import only_there
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Basis, humane
from assistant.process.edits import Edit, SetValue
from assistant.redesign.detectors.causes import placed
from assistant.redesign.practices.base import Draft, estimate, scaled, shorter_wait
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View

DAY = 86400.0
RUN = re.compile(r"\b(pay|pays|paying|payment|payments|payroll|transfer money|run)\b", re.I)
CUT_OFF = re.compile(r"\b(bank|customs|cut[- ]?off|law|legal|regulat|clearing|tax)", re.I)


FEW_DAYS = re.compile(r"\b(?:only|just)\b[^.;]{0,40}\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.I)
RHYTHM = re.compile(
    r"\b(?:every|each)\s+(?:\w+\s+)?(?:days?|weeks?|months?|years?|mornings?|afternoons?|evenings?|\w+days?)\b|"
    r"\b(?:once|twice)\b", re.I)  # fmt: skip
MORE_DAYS = 0.5
"""Part of a wait for the next day of work that is left when there are twice as many."""


def each_case(view: View, finding: Finding) -> Draft | None:
    """A case is handled when it arrives instead of with the next batch."""
    step = view.steps.get(finding.elements[0])
    if isinstance(step, Wait):
        edits, figures = shorter_wait(view, step, *_left(view, step))
        lying = placed(view, step.id)
        return Draft(f"Handle each case when it arrives instead of letting it lie {lying}", (step.id,), edits, figures)
    if not isinstance(step, Task):
        return None
    if step.batch is not None and only_there(step.batch.reason or ""):
        return None  # who is not there does nothing when it comes: somebody stands in (H14)
    if CUT_OFF.search(f"{step.batch.reason or '' if step.batch else ''} {step.note or ''}"):
        return Draft(f"Do {step.name} more often", (step.id,),
                     doubt=f"“{step.name}” runs at set times ({_reason(step)}). Could it run more often, and what "
                           "would a run cost?")  # fmt: skip
    if step.setup is not None and step.batch is not None and step.batch.size and step.batch.size >= 4:
        smaller = max(2, step.batch.size // 4)
        factor = (smaller - 1) / (step.batch.size - 1)
        edits, figures = shorter_wait(view, step, factor, "smaller batches wait less, (B - 1) / (2 lambda)")
        batch = {**step.batch.document(), "size": smaller}
        return Draft(
            f"Do {step.name} in batches of {smaller} instead of {step.batch.size}",
            (step.id,),
            (
                SetValue(id=step.id, field="batch", value=batch, why="each run has a set-up, so batches get smaller"),
                *edits,
            ),
            (
                *figures,
                Evidence(f"batch size {step.batch.size} becomes {smaller}", smaller, "cases", Basis.ESTIMATED.value),
            ),
        )
    if finding.details.get("cause") == "postponed":
        return _at_once(view, step)
    if any(on_few_days(quote.text) for quote in finding.quotes):
        return _on_more_days(view, step)
    if RUN.search(step.name) and step.batch is not None and step.batch.every is not None:
        return _daily(view, step)
    edits, figures = shorter_wait(view, step, *_left(view, step))
    off: tuple[Edit, ...] = (SetValue(id=step.id, field="batch", value=None, why="no batch"),) if step.batch else ()
    return Draft(
        f"Do {step.name} for each case when it arrives, not in batches",
        (step.id,),
        (*off, *edits),
        figures or (Evidence("the wait for the batch falls away", 0, "s", "computed"),),
        ("Ask whether a run costs something each time; if so, smaller batches are the answer.",),
    )


def _at_once(view: View, step: Task) -> Draft:
    """What is put off though it needs nothing but the work that was done is done with it."""
    row, place = view.row_of(step.id), view.spots[step.id].position
    before = next((prior for prior in reversed(row[:place]) if isinstance(prior, Task)), None)
    edits, figures = shorter_wait(view, step, 0.0, "it is done with the work, not some time later")
    behind = f"right after {before.name}" if before is not None else "as soon as the work is done"
    asks = "Ask whether the day is agreed with the customer, or something of it is known only later."
    return Draft(f"Do {step.name} {behind}", (step.id,), edits, figures, (asks,))


def _left(view: View, step: Task | Wait) -> tuple[float, str]:
    """What is left of a told wait, as a share, and why: a run accounts for no more of it than the time between two."""
    note, now = "each case is handled when it arrives", step.duration if isinstance(step, Wait) else step.wait
    between = _between_runs(view, step)
    if now is None or not between or now.mean_seconds <= between:
        return 0.0, note
    apart = f"two runs are {humane(between)} apart, so no more of the wait is theirs; ask what the rest is waited for"
    return (now.mean_seconds - between) / now.mean_seconds, apart


def _between_runs(view: View, step: Task | Wait) -> float:
    """The seconds between two runs of a step, as its batch or a remark on it tells; 0 where nothing does."""
    if isinstance(step, Task) and step.batch is not None and step.batch.every is not None:
        return step.batch.every.mean_seconds
    told = [remark.text for remark in view.process.remarks if remark.kind == "batch" and step.id in remark.elements]
    return next((figure.seconds() for text in told for figure in figures_in(text) if figure.kind == "rhythm"), 0.0)


def on_few_days(words: str) -> bool:
    """Whether somebody or something is there on certain days only: no habit of collecting, which a rhythm tells of."""
    return bool(FEW_DAYS.search(words)) and not RHYTHM.search(words)


def _on_more_days(view: View, step: Task) -> Draft:
    """Who is not there cannot do each case as it comes: twice the days leave half of the wait."""
    note = "twice as many days leave half of the wait for the next one"
    edits, figures = shorter_wait(view, step, MORE_DAYS, note)
    every = step.batch.every if step.batch is not None else None
    if step.batch is not None and every is not None and step.batch.size is None:
        batch = {**step.batch.document(), "every": scaled(every, MORE_DAYS, note), "on": None}
        edits = (SetValue(id=step.id, field="batch", value=batch, why=note), *edits)
    return Draft(
        f"Do {step.name} on twice as many days, or let somebody else do it on the others", (step.id,), edits,
        figures or (estimate(note, MORE_DAYS, "share"),),
        ("Ask who could do it on the other days, and what a day more costs.",),
    )  # fmt: skip


def _daily(view: View, step: Task) -> Draft | None:
    """A payment run stays a run, once a day instead of seldom: banks and books want it in one go."""
    now = step.batch.every.mean_seconds if step.batch is not None and step.batch.every is not None else 0.0
    if step.batch is None or now <= DAY:
        return None
    every = {"kind": "fixed", "value": 1, "unit": "d", "basis": Basis.ESTIMATED.value, "note": "a run every day"}
    batch = {**step.batch.document(), "every": every, "on": None}
    edits, figures = shorter_wait(view, step, DAY / now, "a run every day")
    told = f"a run every day instead of every {humane(now)}: the mean wait for it becomes {humane(DAY / 2)}"
    return Draft(
        f"Run {step.name} every working day instead of every {humane(now)}",
        (step.id,),
        (SetValue(id=step.id, field="batch", value=batch, why=told), *edits),
        (*figures, estimate(told, DAY / 2, "s")),
        ("A run may have its price at the bank: ask what one more costs.",),
    )


def _reason(step: Task) -> str:
    told = (step.batch.reason if step.batch else None) or step.note or "nobody said why"
    return told.strip().rstrip(".")
