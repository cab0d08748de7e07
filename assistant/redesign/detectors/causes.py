"""Why cases wait: each wait of a process with its cause, whose it is to change, and how it is called in a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.english.presence import only_there
from assistant.english.tables import any_of
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Block, Call, End, Task, Wait
from assistant.process.questions import NAMELESS
from assistant.process.tree import ahead
from assistant.process.wait_causes import CAUSES as CAUSES
from assistant.redesign.detectors.told_waits import around, said_to_lie, set_by_rule, told_at_length
from assistant.redesign.view import View
from assistant.redesign.words import says

GUESSES = frozenset({"other", "transfer", "postponed"})
"""Causes that are mostly our reading: who tells at length says why a case lies where it need not."""
OUTSIDE = ("external", "prescribed")
"""Causes that the house cannot promise away: others act, or the time is prescribed."""
IDLE = 0.5
"""Load below which a queue with working hours is nights and days off, not other cases."""

ANSWER = re.compile(r"\b(answer|reply|respon|feedback|decision|release|sign)", re.I)
PRESCRIBED = re.compile(
    r"\b(objection|deadline|notice period|cooling[- ]off|statutory|by law|legal|term of|probation)", re.I
)
BILLED = re.compile(rf"^(?:invoice|bill)\b|^{any_of('writes-bill')}\b.*?\b(?:invoices?|bills?)\b", re.I)
"""A bill that the house writes: it needs nothing but the work that was done."""
ORDERS = frozenset({"order", "reorder"})
"""What is ordered has to be sent by somebody."""
OTHERS = re.compile(
    rf"\b{any_of('from-outside', 'stems')}",
    re.I,
)


class Lying(NamedTuple):
    """One wait: at which step, for how many seconds each time, why, and the share of the elapsed time it makes up."""

    step: Task | Wait | Call
    seconds: float
    cause: str
    share: float
    guessed: bool
    queue: bool = False

    @property
    def ours(self) -> bool:
        """Whether the house itself can shorten it."""
        return self.cause not in OUTSIDE


def prescribed(view: View, step: Block) -> bool:
    """Whether a wait is one that law or contract prescribes: by its name or note, by the words in which it was told, or
    by a rule that names as long a time."""
    if PRESCRIBED.search(
        f"{getattr(step, 'name', '') if isinstance(step, Wait) else ''} {getattr(step, 'note', '') or ''}"
    ):
        return True
    time = step.duration if isinstance(step, Wait) else getattr(step, "wait", None)
    return time is not None and (set_by_rule(view.story, time.span) or _ruled(view, time.mean_seconds))


def _ruled(view: View, seconds: float) -> bool:
    """Whether a rule that must stay names a time as long as this."""
    rules = [each.text for each in view.process.remarks if each.kind == "control" and each.sure]
    rules += [*(kept.reason for kept in view.process.protected), *view.protection.unmatched]
    return any(
        figure.kind == "duration" and abs(figure.seconds() - seconds) <= 0.01 * seconds
        for rule in rules
        for figure in figures_in(rule)
    )


def waits(view: View) -> list[Lying]:
    """All waits of a process, the biggest share first; nights and days off are not among them (see `off_hours`)."""
    found: list[Lying] = []
    for name, step in view.steps.items():
        if not isinstance(step, Task | Wait | Call):
            continue
        if (own := view.wait_of(step)) > 0 and not _starts(view, step) and said_to_lie(view, step):
            cause, guessed = cause_of(view, step)
            found.append(Lying(step, own, cause, view.time_share(own, name), guessed))
        if isinstance(step, Task) and (queue := view.queue_of(step)) > 0 and not _no_wait(view, step):
            found.append(Lying(step, queue, "contention", view.time_share(queue, name), False, queue=True))
    return sorted(found, key=lambda finding: -finding.share)


def _no_wait(view: View, step: Task) -> bool:
    """Whether a queue of the play is no wait of a case: nights and days off, or one that grows without end, as whoever
    does the step would have more work than time. How long that gets follows from how long one plays."""
    return _off_hours(view, step) or view.loads.get(step.role or "", 0.0) >= 1


def off_hours(view: View) -> float:
    """Mean simulated seconds a case lies through nights and days off before steps whose people are not short."""
    found = (task for task in view.tasks.values() if _off_hours(view, task))
    return sum(view.queue_of(task) * view.rates.get(task.id, 0.0) for task in found)


def _off_hours(view: View, task: Task) -> bool:
    """Whether a simulated queue can only be closed hours: working hours are known and the people are not short."""
    role = view.roles.get(task.role or "")
    if role is None:
        return False
    return role.capacity is None or (role.calendar is not None and view.loads.get(role.id, 1.0) < IDLE)


def _starts(view: View, step: Block) -> bool:
    """A message the flow begins with is what starts the case, not a wait of the case."""
    return isinstance(step, Wait) and step.event == "message" and view.process.flow.items[:1] == (step,)


def done_outside(view: View, step: Block) -> bool:
    """Whether somebody outside the house does the step."""
    role = view.roles.get(getattr(step, "role", None) or "")
    return role is not None and role.kind == "external"


def acting(view: View, step: Block) -> str | None:
    """Who outside has to act: the outside role that does the step, else the party it deals with."""
    return view.name_of(getattr(step, "role", None)) if done_outside(view, step) else view.party_of(step)


def cause_of(view: View, step: Task | Wait | Call) -> tuple[str, bool]:
    """Why a case waits before a step, and whether that is our guess. What others do is theirs, whatever was said."""
    stated = getattr(step, "wait_cause", None)
    if prescribed(view, step):
        return "prescribed", True
    if done_outside(view, step):
        return "external", stated != "external"
    if _put_off(step):
        return "postponed", True
    if stated and stated != "other" and not (stated == "transfer" and told_at_length(view)):
        return stated, False
    if isinstance(step, Task) and step.batch is not None:
        return "unavailability" if only_there(step.batch.reason or "") else "batching", False
    if view.party_of(step) or (isinstance(step, Wait) and (step.event == "message" or OTHERS.search(step.name))):
        return "external", True
    if isinstance(step, Wait) and ANSWER.search(step.name):
        return "transfer", True
    if isinstance(step, Task) and says(step.name, ORDERS):
        return "external", True
    if isinstance(step, Task) and any(later.id == step.id for _, later in view.handoffs):
        # That a case lies in somebody's tray does not say why: who tells at length says so where nobody minds it.
        return ("other" if told_at_length(view) else "transfer"), True
    return "other", not stated


def _put_off(step: Task | Wait | Call) -> bool:
    """Whether a bill of the house lies until somebody gets round to it: no round, nobody else and no date is told."""
    free = getattr(step, "wait_cause", None) in (None, "other", "transfer", "unavailability")
    return isinstance(step, Task) and step.batch is None and free and BILLED.search(step.name) is not None


def reason_told(view: View, step: Block) -> str:
    """What the teller says a case waits for, after "because" in the sentence of the wait; empty where nothing is."""
    time = step.duration if isinstance(step, Wait) else getattr(step, "wait", None)
    span = getattr(time, "span", None)
    if span is None or span.end > len(view.story):
        return ""
    words = _BECAUSE.search(around(view.story, span))
    return words.group(1).strip(" ,") if words else ""


_BECAUSE = re.compile(r"\bbecause\s+([^.;!?]{8,120})", re.IGNORECASE)


def spoken(view: View, name: str) -> str:
    """A step as it stands in a sentence: a wait nobody named is told by the step that follows it."""
    step = view.steps.get(name)
    if not isinstance(step, Wait) or not NAMELESS.match(step.name or "wait"):
        return view.name_of(name)
    after = view.next_of(name)
    if after is None and name in (later := ahead(view.process)):
        return later[name].name
    if after is None or isinstance(after, End):
        return "the end of the case"
    first = next(view.inner_tasks(after), None)
    return first.name if first is not None else view.name_of(getattr(after, "id", name))


def placed(view: View, name: str) -> str:
    """Where a case lies, as it stands in a sentence: before a step, or in a wait with a name of its own."""
    step = view.steps.get(name)
    named = isinstance(step, Wait) and spoken(view, name) == view.name_of(name)
    return f"in “{view.name_of(name)}”" if named else f"before {spoken(view, name)}"
