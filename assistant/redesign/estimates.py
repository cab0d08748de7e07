"""Filling in what nobody gave, so that a process can be played: from the library's matching step, or a marked estimate.

Nothing is filled in silently: each figure is listed with its source, and the share of the result that rests on such
figures is computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.errors import InvalidProcess
from assistant.process.apply import apply
from assistant.process.blocks import AnyOf, Choice, Loop, Task, Wait
from assistant.process.durations import Basis, Duration, Exponential, Fixed, Triangular, _Duration
from assistant.process.edits import Edit, PutRole, SetCondition, SetProcess, SetValue
from assistant.process.expected import branch_chances, visit_rates
from assistant.process.figures import count, noun, share
from assistant.process.good_case import good_case
from assistant.process.kept import Kept
from assistant.process.model import Hours, Process, Volume
from assistant.process.runs import setup_a_case
from assistant.process.tree import walk
from assistant.process.volumes import in_hours
from assistant.redesign.shapes import Completed, Filled
from assistant.redesign.words import content, is_control
from assistant.simulation.relief import NOBODY_SAID

if TYPE_CHECKING:
    from assistant.library.entries import ProcessEntry
    from assistant.library.store import Library

TYPICAL = {  # low, most often, high in minutes: our own guesses for a step nobody timed
    "control": (3.0, 10.0, 20.0),
    "automatic": (0.02, 0.1, 0.5),
    "work": (5.0, 15.0, 40.0),
    "external": (2.0, 10.0, 30.0),
}
HOUR_COST, LOOP_P, BETWEEN_MINUTES, OUTSIDE_DAYS = 40.0, 0.1, 60.0, (0.5, 2.0, 5.0)
DAY_HOURS = Hours(days="mon-fri", **{"from": "09:00"}, to="17:00")
NO_HOURS = "estimate: cases were counted by the day or longer and nobody said when people work"
GUESS = f"{NOBODY_SAID}; typical for such a step"
MOST_KEPT = 64
"""Processes of which it is kept what the library knows them as: a conversation asks at every turn."""
WEAK = (Basis.ESTIMATED, Basis.LIBRARY)
FROM = {Basis.ESTIMATED: "estimated", Basis.LIBRARY: "from the library"}


def nearest(library: Library | None, process: Process) -> ProcessEntry | None:
    """The library's entry for this kind of process, whose typical figures stand in for what nobody gave; or None."""
    if library is None:
        return None
    from assistant.library.match import match_process

    def found() -> ProcessEntry | None:
        hits = match_process(library, process)
        return library.process(hits[0].id) if hits else None

    asked_before: Kept[ProcessEntry | None] = library.derived("nearest", lambda _: Kept(MOST_KEPT))
    return asked_before.once(process.model_dump_json(), found)


def playable(process: Process) -> None:
    """Raises InvalidProcess when there is nothing in a process to play."""
    if not process.flow.items:
        raise InvalidProcess(
            f"“{process.name}” has no steps.", "There is nothing to play.", "Add steps to its flow first."
        )


def priced(process: Process) -> bool:
    """Whether anybody gave a price: of somebody's time, of a use, or of a step."""
    paid = any(role.cost_per_hour or role.cost_per_use for role in process.roles)
    return paid or any(step.cost for step in walk(process) if isinstance(step, Task))


def as_given(process: Process) -> Completed:
    """The process as it was given, nothing filled in: what is missing counts as nothing when it is played."""
    return Completed(process, (), (), *resting(process))


def filled_in_words(completed: Completed) -> str:
    """How many figures were filled in, from where, and how much of a case's time rests on them; empty when none was."""
    number = len(completed.filled)
    if not number:
        return ""
    kinds = Counter(filling.basis for filling in completed.filled)
    parts = [f"{times} {FROM[basis]}" for basis, times in sorted(kinds.items())]
    hours = next((filling.value for filling in completed.filled if filling.field == "working_hours"), None)
    assumed = f" Cases come and people work {hours_in_words(hours)}, as nobody said when." if hours else ""
    return (
        f"{count(number, 'figure')} the simulation needs {noun(number, 'was', 'were')} not given but filled in "
        f"({', '.join(parts)}). {noun(number, 'It makes', 'They make')} up {share(completed.elapsed_filled)} of "
        f"the time a case takes and {share(completed.work_filled)} of the work on it.{assumed}"
    )


def hours_in_words(hours: object) -> str:
    """Working hours as they are said: `mon-fri 09:00 to 17:00` is Monday to Friday."""
    return str(hours or "").replace("mon-fri", "Monday to Friday,")


def complete(process: Process, entry: Any = None) -> Completed:
    """The process with missing times, chances, volume and prices filled in, and the list of what was.

    `entry` is the library's process entry the story matches, if there is one; its typical times come before our own
    estimates. Roles without a capacity stay without limit: that is said, and no queue is invented.
    """
    filled: list[Filled] = []
    edits = _hours(process, filled)
    process = apply(process, edits)
    roles = {role.id: role for role in process.roles}
    rates = visit_rates(process)
    for step in walk(process):
        if isinstance(step, Task):
            _shared(step, process, rates, edits)
            _task(step, entry, roles, edits, filled)
        elif isinstance(step, Wait) and step.duration is None:
            low, mode, high = OUTSIDE_DAYS if step.event == "message" else (0.25, 1.0, 2.0)
            guess = Triangular(low=low, mode=mode, high=high, unit="d", basis=Basis.ESTIMATED, note=GUESS)
            _put(step.id, "duration", guess, GUESS, edits, filled)
        elif isinstance(step, Choice | AnyOf):
            _chances(step, entry, edits, filled)
        elif isinstance(step, Loop) and step.p is None:
            edits.append(SetCondition(id=step.id, p=LOOP_P, basis=Basis.ESTIMATED))
            filled.append(
                Filled(step.id, "p", LOOP_P, "share", Basis.ESTIMATED, "estimate: one case in ten goes round")
            )
    _people(process, edits, filled)
    if process.volume is None:
        between = Exponential(
            mean=BETWEEN_MINUTES, unit="min", basis=Basis.ESTIMATED, note="estimate: one case an hour"
        )
        volume = Volume(between=between, basis=Basis.ESTIMATED)
        edits.append(SetProcess(field="volume", value=volume.document()))
        filled.append(
            Filled("process", "volume", BETWEEN_MINUTES, "min", Basis.ESTIMATED, "estimate: one case an hour")
        )
    done = apply(process, edits)
    elapsed, work = resting(done)
    return Completed(done, tuple(filled), tuple(edits), elapsed, work)


def _hours(process: Process, filled: list[Filled]) -> list[Edit]:
    """Hours for cases counted by the day or longer: those of the people, or ours for cases and people alike."""
    if process.volume is None or process.volume.per is None or not process.volume.between.mean_seconds:
        return []
    told = tuple(dict.fromkeys(hours for role in process.roles for hours in role.calendar or ()))
    calendar = told or (DAY_HOURS,)
    edits: list[Edit] = [SetProcess(field="volume", value=in_hours(process.volume, calendar).document())]
    words = "; ".join(f"{hours.days} {hours.from_} to {hours.to}" for hours in calendar)
    if told:
        source = "estimate: cases come in the hours in which people work"
        filled.append(Filled("process", "arrival_hours", words, "", Basis.ESTIMATED, source))
        return edits
    people = [role for role in process.roles if role.kind in ("person", "group")]
    edits += [PutRole(role=role.model_copy(update={"calendar": calendar})) for role in people]
    filled.append(Filled("process", "working_hours", words, "", Basis.ESTIMATED, NO_HOURS))
    return edits


def batched(process: Process) -> frozenset[str]:
    """The steps told with a batch and with how long it makes cases wait: they are played with the wait alone."""
    return frozenset(
        step.id for step in walk(process) if isinstance(step, Task) and step.batch is not None and step.wait is not None
    )


def _shared(task: Task, process: Process, rates: Mapping[str, float], edits: list[Edit]) -> None:
    """The setting up of runs that are played as a told wait: each case bears its part; none where it is not known."""
    if task.batch is None or task.wait is None or task.setup is None or task.work is None:
        return
    each = task.work.mean_seconds + setup_a_case(process, rates)[task.id]
    value = Fixed(value=each, unit="s", basis=task.setup.basis)
    edits.append(SetValue(id=task.id, field="work", value=value.document(), why="a run's work, shared by its cases"))
    edits.append(SetValue(id=task.id, field="setup", value=None, why="it is in the work of each case"))


def _task(task: Task, entry: Any, roles: dict[str, Any], edits: list[Edit], filled: list[Filled]) -> None:
    if task.batch is not None and task.wait is not None:
        edits.append(SetValue(id=task.id, field="batch", value=None, why="the stated wait is the wait for the batch"))
        every = task.batch.every
        if task.wait_cause in (None, "other") and every is not None and every.mean_seconds >= task.wait.mean_seconds:
            edits.append(SetValue(id=task.id, field="wait_cause", value="batching", why="it waits for the batch"))
    if task.work is not None:
        return
    step = _library_step(entry, task)
    if step is not None and step.work is not None:
        source = f"library: {entry.name}, {step.name}"
        _put(task.id, "work", step.work.duration(source), source, edits, filled)
        return
    role = roles.get(task.role or "")
    kind = "work"
    if task.automation == "automatic" or (role is not None and role.kind == "system"):
        kind = "automatic"
    elif role is not None and role.kind == "external":
        kind = "external"
    elif is_control(task):
        kind = "control"
    low, mode, high = TYPICAL[kind]
    guess = Triangular(low=low, mode=mode, high=high, unit="min", basis=Basis.ESTIMATED, note=GUESS)
    _put(task.id, "work", guess, GUESS, edits, filled)


def _library_step(entry: Any, task: Task) -> Any:
    if entry is None:
        return None
    from assistant.library.match import steps_like

    return steps_like(entry, task)


def _put(name: str, field: str, value: _Duration, source: str, edits: list[Edit], filled: list[Filled]) -> None:
    edits.append(SetValue(id=name, field=field, value=value.document()))
    filled.append(Filled(name, field, round(value.mean_seconds, 1), "s", value.basis or Basis.ESTIMATED, source))


def _chances(step: Choice | AnyOf, entry: Any, edits: list[Edit], filled: list[Filled]) -> None:
    untold = [branch for branch in step.branches if branch.p is None]
    if not untold:
        return
    if isinstance(step, Choice) and len(untold) == 1 < len(
        step.branches
    ):  # what is left of shares that were told is told
        left = 1.0 - sum(branch.p for branch in step.branches if branch.p is not None)
        order = list(Basis)
        told = [branch.p_basis or Basis.STATED for branch in step.branches if branch.p is not None]
        basis = max(told, key=order.index)
        edits.append(SetCondition(id=untold[0].id, p=round(max(0.0, left), 9), basis=basis))
        return
    known = _library_chances(step, entry)
    chances = known or branch_chances(step)
    guessed = (
        "estimate: always so, as nothing else was told" if good_case(step) else "estimate: what is left, shared evenly"
    )
    basis = Basis.LIBRARY if known else Basis.ESTIMATED
    source = f"library: {entry.name}" if known else guessed
    for branch, p in zip(step.branches, chances, strict=True):
        if branch.p is None:
            edits.append(SetCondition(id=branch.id, p=round(p, 9), basis=basis))
            filled.append(Filled(branch.id, "p", round(p, 4), "share", basis, source))


def _library_chances(step: Choice | AnyOf, entry: Any) -> tuple[float, ...] | None:
    """The chances of a template's decision that asks the same and has like answers; only when none is stated."""
    if entry is None or not isinstance(step, Choice) or any(branch.p is not None for branch in step.branches):
        return None
    asked = content(step.question)
    for question in entry.questions:
        same = asked & content(question.question)
        if not asked or len(same) < max(1, len(asked) * 0.6) or len(question.branches) != len(step.branches):
            continue
        ways = [content(branch.when) for branch in question.branches]
        picked = [_closest(content(branch.when or ""), ways) for branch in step.branches]
        if len(set(picked)) == len(picked):
            return tuple(question.branches[i].p for i in picked)
    return None


def _closest(words: set[str], ways: list[set[str]]) -> int:
    return max(range(len(ways)), key=lambda index: len(ways[index] & words))


def _people(process: Process, edits: list[Edit], filled: list[Filled]) -> None:
    busy = {name for s in walk(process) if isinstance(s, Task) for name in (s.role, *s.with_roles, *s.or_roles)}
    priced = [role.cost_per_hour for role in process.roles if role.cost_per_hour]
    usual = round(sum(priced) / len(priced), 2) if priced else HOUR_COST
    source = "estimate: mean of the prices given" if priced else "estimate: a round price an hour, the same for all"
    for task in (s for s in walk(process) if isinstance(s, Task)):
        if task.role is None and task.cost is None and task.automation != "automatic" and process.roles:
            seconds = next((f.value for f in filled if (f.element, f.field) == (task.id, "work")), None)
            hours = (task.work.mean_seconds if task.work else float(seconds or 0.0)) / 3600
            price = round(hours * usual, 4)
            edits.append(SetValue(id=task.id, field="cost", value=price))
            told = "estimate: somebody does it, at the usual price an hour"
            filled.append(Filled(task.id, "cost", price, process.currency, Basis.ESTIMATED, told))
    for role in process.roles:
        if role.id not in busy or role.kind not in ("person", "group"):
            continue
        if role.cost_per_hour is None and role.cost_per_use is None:
            edits.append(PutRole(role=role.model_copy(update={"cost_per_hour": usual, "cost_basis": Basis.ESTIMATED})))
            filled.append(Filled(role.id, "cost_per_hour", usual, process.currency, Basis.ESTIMATED, source))
        if role.capacity is None:
            told = "estimate: enough people, so nobody queues for them"
            filled.append(Filled(role.id, "capacity", None, "people", Basis.ESTIMATED, told))


def resting(process: Process) -> tuple[float, float]:
    """The shares (0 to 1) of expected elapsed (work and wait) and hands-on time that rest on weak inputs.

    Weak: estimated or from the library, the time itself or the chance by which the step is reached.
    """
    rates, weak_steps = visit_rates(process), _behind_weak_chances(process)
    elapsed = weak_elapsed = work = weak_work = 0.0
    for step in walk(process):
        times = {
            "work": getattr(step, "work", None),
            "wait": getattr(step, "wait", None) or getattr(step, "duration", None) or _for_the_run(step),
        }
        for kind, length in times.items():
            if length is None:
                continue
            seconds = length.mean_seconds * rates.get(getattr(step, "id", ""), 0.0)
            weak = length.basis in WEAK or getattr(step, "id", "") in weak_steps
            elapsed, weak_elapsed = elapsed + seconds, weak_elapsed + seconds * weak
            if kind == "work":
                work, weak_work = work + seconds, weak_work + seconds * weak
    return (weak_elapsed / elapsed if elapsed else 0.0), (weak_work / work if work else 0.0)


def _for_the_run(step: object) -> Duration | None:
    """How long a case waits on average for the next run of a step that is done every so often."""
    every = step.batch.every if isinstance(step, Task) and step.batch is not None else None
    if every is None:
        return None
    return Fixed(value=every.mean_seconds / 2, unit="s", basis=every.basis)


def _behind_weak_chances(process: Process) -> set[str]:
    from assistant.process.tree import ids_below

    found: set[str] = set()
    for step in walk(process):
        for branch in getattr(step, "branches", ()):
            if branch.p_basis in WEAK:
                found |= ids_below(branch.do)
        if isinstance(step, Loop) and step.p_basis in WEAK:
            found |= ids_below(step.redo)
    return found


def weakest(process: Process) -> Basis:
    """The weakest basis among the times and chances of a process; stated when nothing says otherwise."""
    order = list(Basis)
    found = [Basis.STATED]
    for step in walk(process):
        for key in ("work", "wait", "duration"):
            one = getattr(step, key, None)
            if one is not None and one.basis is not None:
                found.append(one.basis)
        found.extend(b.p_basis for b in getattr(step, "branches", ()) if b.p_basis is not None)
    return max(found, key=order.index)
