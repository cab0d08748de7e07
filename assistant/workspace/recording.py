"""What an event log said about a project: kept in its journal, remembered at the next log, taken over figure by figure.

A promise is kept with each proposal that is accepted: the interval within which the change of a measure was simulated,
for all that was proposed together with it. The next log that knows the day of the change says what came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import UsageError
from assistant.process.apply import apply as _  # noqa: F401  (edits of the head are known by it)
from assistant.process.diff import diff
from assistant.process.edits import EDITS, Edit, edit_document
from assistant.process.model import Process
from assistant.process.tree import branches, ids, step_id
from assistant.projects.journal import CameNote, MeasuredNote, New, Note, Promised, Recorded, RecordedNote
from assistant.settings import BUILT_IN

if TYPE_CHECKING:
    from assistant.eventlog.control import Control
    from assistant.eventlog.what_a_log_shows import Against
    from assistant.projects.journal import Entry
    from assistant.workspace.session import Change, Session

MOST_KEPT = 200
AROUND = ("_done", "_yes", "_no", "_again")
"""What is put behind the id of a step for what measuring puts around it."""
TIMES = {"time": "cycle time"}
"""Which measure of a log shows a promised dimension."""


class Remembered(NamedTuple):
    """What was said of earlier logs: which step an activity is (empty: none), and which differences are all right."""

    match: dict[str, str]
    accepted: tuple[str, ...]


class Kept(NamedTuple):
    """How often the promises of a practice came true, of how many that a log could tell."""

    practice: str
    hits: int
    n: int


def recordings(entries: Iterable[Entry]) -> list[Recorded]:
    """What logs said, the oldest first."""
    return [entry.what for entry in entries if isinstance(entry.what, Recorded)]


def remembered(session: Session) -> Remembered:
    """Everything said of earlier logs of this project; what was said last counts."""
    match: dict[str, str] = {}
    accepted: dict[str, None] = {}
    for recorded in recordings(session.state.entries):
        match |= recorded.match
        accepted |= dict.fromkeys(recorded.accepted)
    known = ids(session.process) | {""}
    return Remembered({name: step for name, step in match.items() if step in known}, tuple(accepted))


def keep(
    session: Session, file: str, against: Against, said: dict[str, str], accepted: Sequence[str],
    control: Control | None = None,
) -> None:  # fmt: skip
    """Write what a log said of a project, and what came of its promises where the log knows a before and an after."""
    items = _items(session.process, against)
    what = Recorded(
        file=file,
        cases=against.compared.cases,
        match=said,
        accepted=tuple(accepted),
        said=tuple(
            RecordedNote(element=deviation.id.partition(":")[2], text=deviation.text)
            for deviation in against.compared.deviations[:MOST_KEPT]
        ),
        figures=items,
        drift=_drift(control),
        came=tuple(_came(session, control)) if control else (),
    )
    session.write([New(what=what, made_by=BUILT_IN)])


def _items(process: Process, against: Against) -> tuple[MeasuredNote, ...]:
    """The edits that put the measured figures in, by what they belong to, each with the figures in words."""
    of_choice = {branch.id: split.id for split, branch in branches(process).values()}
    groups: dict[str, list[Edit]] = {}
    known = ids(process)
    for edit in diff(process, against.measured.process):
        groups.setdefault(_element(edit, of_choice, known), []).append(edit)
    words: dict[str, list[str]] = {}
    for figure in against.measured.figures:
        element = of_choice.get(figure.element, figure.element)
        words.setdefault(element, []).append(f"{figure.name}: {figure.value} (n = {figure.n:,})")
    return tuple(
        MeasuredNote(
            element=element,
            text="; ".join(words.get(element, ["what the recorded figures hold already is left out"])),
            edits=tuple(edit_document(edit) for edit in edits),
        )
        for element, edits in groups.items()
    )


def _element(edit: Any, of_choice: dict[str, str], known: set[str]) -> str:
    """What an edit is about: a step, a decision with all its ways, a role, or (empty) how cases begin."""
    if role := getattr(edit, "role", None):
        return str(getattr(role, "id", role))
    inserted = getattr(edit, "blocks", ())
    name = step_id(inserted[0]) if inserted else next(iter(getattr(edit, "ids", ())), getattr(edit, "id", ""))
    around = next((name.removesuffix(end) for end in AROUND if name.removesuffix(end) in known - {name}), name)
    return of_choice.get(around, around)


def _drift(control: Control | None) -> tuple[str, ...]:
    from assistant.eventlog.control import watch_words

    return tuple(watch_words(chart) for chart in control.charts if chart.alarm is not None) if control else ()


def latest(session: Session) -> Recorded:
    """What the last log said. Raises UsageError where no log was read for this project."""
    found = recordings(session.state.entries)
    if not found:
        raise UsageError(
            "No event log was read for this project.", "",
            f"`assistant log FILE --project {session.project}` reads one and keeps what it says.",
        )  # fmt: skip
    return found[-1]


def take(session: Session, numbers: Sequence[int] = ()) -> Change:
    """Take measured figures of the last log into the process, by their numbers (from 1) or all of them.

    Raises UsageError for a number that is not there.
    """
    recorded = latest(session)
    items = recorded.figures
    wrong = [number for number in numbers if not 1 <= number <= len(items)]
    if wrong or not items:
        raise UsageError(f"The log measures {len(items)} things; there is no number {wrong[0] if wrong else 1}.")
    picked = [items[number - 1] for number in numbers] if numbers else list(items)
    edits = EDITS.validate_python([edit for item in picked for edit in item.edits])

    def work() -> Change:
        which = "all figures" if not numbers else f"figures {', '.join(map(str, numbers))}"
        session.write([New(what=Note(text=f"Measured: {which} of {recorded.file}"))])
        return session.change(edits, "log", BUILT_IN)

    return session.together(work)


def _came(session: Session, control: Control) -> Iterable[CameNote]:
    """Each promise of this project beside what a log shows of it, both as changes by a share of what was before."""
    shown = {change.measure: change for change in control.changes if change.ratio}
    for entry in session.state.entries:
        if not isinstance(entry.what, Promised):
            continue
        for promise in entry.what.promises:
            change = shown.get(TIMES.get(promise.dimension, ""))
            if change is None:
                continue
            low, high = (bound / promise.before for bound in (promise.low, promise.high))
            yield CameNote(
                proposal=entry.what.proposal, practice=entry.what.practice, measure=change.measure,
                promised=(round(low, 4), round(high, 4)), came=(round(change.low - 1, 4), round(change.high - 1, 4)),
                kept=change.low - 1 <= high and low <= change.high - 1,
            )  # fmt: skip


def came_lines(notes: Iterable[CameNote]) -> list[str]:
    """What was promised and what came, as a person reads it."""
    return [
        f"{note.practice}: promised {_span(note.promised)} {note.measure}, came {_span(note.came)}: "
        f"{'as promised' if note.kept else 'not as promised'}."
        for note in notes
    ]


def _span(share: tuple[float, float]) -> str:
    return f"{100 * share[0]:+.0f} to {100 * share[1]:+.0f} %"


def ledger(journals: Iterable[Iterable[Entry]]) -> list[Kept]:
    """How often promises came true, by practice, over the last word of logs on each project."""
    told: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for entries in journals:
        last = {(note.proposal, note.measure): note for what in recordings(entries) for note in what.came}
        for note in last.values():
            told[note.practice] += 1
            kept[note.practice] += note.kept
    return [Kept(practice, kept[practice], n) for practice, n in told.most_common()]
