"""The guards: what no proposal may do, whoever makes it. Each fault is said in words; no fault, no objection.

1 protected steps stay as they are and where they are; 2 the outcomes stay; 3 hands that must be separate stay so, also
those of a check and of the work it checks; 4 nothing runs at once that is not known to be independent; 5 a removed
control lists what it caught; 6 the result is sound; 7 a time that a rule sets is not made shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from assistant.errors import AssistantError
from assistant.process.apply import apply
from assistant.process.blocks import Block, End, Parallel, Task, Wait
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.process.tree import by_id, enclosing, once, step_id, walk
from assistant.process.unsound_trees import flaws
from assistant.process.with_names import with_names
from assistant.redesign.detectors.causes import prescribed
from assistant.redesign.view import View
from assistant.redesign.words import is_control, listed

THE_STORY = "the story says so"
"""How the ground of a protection begins that a reading of the whole story gave."""
QUICKER = frozenset({"wait", "wait_cause", "work", "batch", "setup", "span", "note", "basis"})
"""What may change of a step that is done as it was."""
CONFIRM, CAUGHT = "have the new way confirmed.", "say what it caught before it goes."
"""How what has to be asked before a change ends: where it touches what must stay, and where a check goes."""


def faults(
    view: View,
    edits: Iterable[Edit],
    caught: tuple[str, ...] = (),
    free_outcomes: bool = False,
    story_read: bool = False,
) -> tuple[Process | None, list[str]]:
    """The process after the edits (None when they do not fit), and every guard they break.

    `free_outcomes`: the goal asks for other outcomes, so their set may change. `story_read`: whoever proposed them has
    read the story, so steps may run at once unless one is known to use what the other makes.
    """
    try:
        after = apply(view.process, edits)
    except AssistantError as refused:
        return None, [with_names(str(refused).replace("\n", " "), view.process)]
    found = [
        *(line for line in _protected(view, after) if not (story_read and may_change(line))),
        *_periods(view, after),
        *([] if free_outcomes else _outcomes(view.process, after, may_add=story_read)),
        *_hands(view, after),
        *_at_once(view, after, story_read),
        *_controls(view, after, caught, story_read),
        *_sound(view.process, after),
    ]
    return after, found


def _kept_how(reason: str) -> str:
    """How a protected step is kept: what the story protects must be done, what else is protected stays as it is."""
    told = reason.removeprefix(f"{THE_STORY}: ")
    return f" must stay: {told}" if told != reason else f" stays as it is: {reason}"


def _begun(line: str) -> str:
    """A sentence; what begins it has a name, which stays as it is written, or none: the repetition of a step."""
    return f"The {line.removeprefix('the ')}" if line.startswith("the ") else line


def may_change(line: str) -> bool:
    """Whether a broken protection only says that a step the story protects is done elsewhere or otherwise.

    What the story protects must be done; who has read it may propose when, where and how. Taking it out is never meant,
    nor is touching what the user asked to keep or the law behind a step forbids.
    """
    return f"({THE_STORY}" in line and "would be removed" not in line


def touched_protection(view: View, after: Process) -> list[str]:
    """What to have confirmed first: steps the story protects that are done otherwise, and checks that go.

    One that is only begun sooner, or done more quickly or more often, is still done as it was.
    """
    then = by_id(after)
    left = {step_id(step) for step in walk(after)}
    gone = [task.name for name, task in view.tasks.items() if name not in left and is_control(task)]
    asked = [f"{listed(gone)} {'is a check' if len(gone) == 1 else 'are checks'}: {CAUGHT}"]
    broken = [line for line in _protected(view, after) if may_change(line)]
    sooner = {
        name for name, step in view.steps.items() if name in then and _as_it_was(step) == _as_it_was(then[name])
    }  # fmt: skip
    by_reason: dict[str, list[str]] = {}
    for name, reason in view.protection.reasons.items():
        changed = [line for line in broken if line.startswith(f"{view.name_of(name)} would")]
        if name in sooner:
            changed = [line for line in changed if "would be changed" not in line]
        if reason.startswith(THE_STORY) and changed:
            by_reason.setdefault(reason.removeprefix(f"{THE_STORY}: "), []).append(view.name_of(name))
    told = [f"{listed(names)} must stay, {reason}: {CONFIRM}" for reason, names in by_reason.items()]
    return (asked if gone else []) + told


def _as_it_was(step: Block) -> Mapping[str, Any]:
    """A step without how long it waits and takes."""
    return {name: value for name, value in dict(step).items() if name not in QUICKER}


def _protected(view: View, after: Process) -> list[str]:
    now, then = view.steps, by_id(after)
    where, there = enclosing(view.process), enclosing(after)
    found = []
    for name, reason in view.protection.reasons.items():
        if name not in now:
            continue
        if name not in then:
            found.append(f"{view.name_of(name)} would be removed, but it is protected ({reason}).")
        elif then[name] != now[name]:
            found.append(f"{view.name_of(name)} would be changed, but it is protected ({reason}).")
        elif where[name] != there[name]:
            found.append(f"{view.name_of(name)} would run under other conditions, but it is protected ({reason}).")
        else:
            found.extend(_order(view, after, name, reason))
    return found


def _periods(view: View, after: Process) -> list[str]:
    """A time that a rule or somebody's right sets is never made shorter."""
    then, found = by_id(after), []
    for name, step in view.steps.items():
        now, left = time_before(step), time_before(then.get(name))
        if now and name in then and left < 0.99 * now and prescribed(view, step):
            found.append(f"The time before {view.name_of(name)} would be shorter, but law or contract prescribes it.")
    return found


def time_before(step: Block | None) -> float:
    """The seconds a case waits before a step, or in a wait."""
    time = step.duration if isinstance(step, Wait) else getattr(step, "wait", None)
    return time.mean_seconds if time is not None else 0.0


def _order(view: View, after: Process, name: str, reason: str) -> list[str]:
    """Work that came after a protected step must not come before it, nor what it needs after it."""
    place = places(after)
    guard = view.steps[name]
    needs = set(getattr(guard, "reads", ()))
    found = []
    for other, task in view.tasks.items():
        if other == name or other not in place:
            continue
        was, now = view.order[other] < view.order[name], place[other] < place[name]
        if not was and now and not is_control(task):
            found.append(f"{task.name} would come before {view.name_of(name)}, which is protected ({reason}).")
        if was and not now and set(task.writes) & needs:
            found.append(f"{view.name_of(name)} is protected ({reason}) and needs what {task.name} writes.")
    return found


@once
def places(process: Process) -> Mapping[str, int]:
    """Where each step comes in reading order (0 first)."""
    return {step_id(step): index for index, step in enumerate(walk(process))}


@once
def outcomes(process: Process) -> frozenset[str]:
    """The named outcomes of a process, in small letters."""
    return frozenset(step.outcome.strip().lower() for step in walk(process) if isinstance(step, End))


def _outcomes(before: Process, after: Process, may_add: bool = False) -> list[str]:
    """Outcomes that are gone or new. Whoever read the story `may_add` one, to refuse early is an outcome of its own,
    and may call one otherwise: what was sent back with everything done is now sent back at the start."""
    lost, new = outcomes(before) - outcomes(after), outcomes(after) - outcomes(before)
    if may_add:
        then = by_id(after)
        ends = [step for step in walk(before) if isinstance(step, End)]
        lost -= {step.outcome.strip().lower() for step in ends if isinstance(then.get(step_id(step)), End)}
    found = [f"The outcome '{outcome}' would be gone." for outcome in sorted(lost)]
    return found if may_add else found + [f"There would be a new outcome '{outcome}'." for outcome in sorted(new)]


def _hands(view: View, after: Process) -> list[str]:
    then = {name: step for name, step in by_id(after).items() if isinstance(step, Task)}
    found = []
    for pair in view.process.separations:
        a, b = then.get(pair.a), then.get(pair.b)
        was = {getattr(view.tasks.get(task), "role", None) for task in (pair.a, pair.b)}
        if (
            a
            and b
            and (a.same_performer_as == b.id or b.same_performer_as == a.id or (a.role == b.role and len(was) == 2))
        ):
            found.append(
                f"{a.name} and {b.name} must stay in separate hands ({pair.reason or 'segregation of duties'})."
            )
    for name, task in view.tasks.items():
        new = then.get(name)
        if (
            new is None
            or not is_control(task)
            or (new.role == task.role and new.same_performer_as == task.same_performer_as)
        ):
            continue
        makers = [maker for maker in then.values() if set(maker.writes) & set(task.reads) and maker.role == new.role]
        if makers and new.role != task.role:
            found.append(f"{task.name} would be done by those whose work it checks.")
    return found


def _at_once(view: View, after: Process, story_read: bool) -> list[str]:
    old = {step.id for step in view.steps.values() if isinstance(step, Parallel)}
    found: list[str] = []
    for step in walk(after):
        if not isinstance(step, Parallel) or step.id in old:
            continue
        groups = [[t for item in branch.do.items for t in view.inner_tasks(item)] for branch in step.branches]
        for group, other in combinations(groups, 2):
            found.extend(
                f"{a.name} and {b.name} are not known to be independent."
                for a in group
                for b in other
                if (_uses(a, b) if story_read else view.depends(a, b) is not False)
            )
    return found


def _uses(one: Task, other: Task) -> bool:
    """Whether one of two steps is known to use what the other makes, or must be done by the same person."""
    made = set(one.writes) & {*other.reads, *other.writes} or set(other.writes) & set(one.reads)
    return bool(made) or other.same_performer_as == one.id or one.same_performer_as == other.id


def _controls(view: View, after: Process, caught: tuple[str, ...], story_read: bool = False) -> list[str]:
    """Controls that go without a word on what they caught. Whoever read the story said what must stay: the others are
    asked about (`touched_protection`)."""
    if story_read:
        return []
    left = {step_id(step) for step in walk(after)}
    gone = [task.name for name, task in view.tasks.items() if name not in left and is_control(task)]
    return [f"{listed(gone)} would go without saying what it caught."] if gone and not caught else []


def _sound(before: Process, after: Process) -> list[str]:
    had = {(flaw.kind, flaw.step) for flaw in flaws(before)}
    return [
        f"The result would not be sound: {with_names(flaw.text, after)}"
        for flaw in flaws(after)
        if (flaw.kind, flaw.step) not in had
    ]


def kept(view: View, after: Process, caught: tuple[str, ...]) -> tuple[str, ...]:
    """What the guards saw to in a finished alternative, in sentences."""
    told = [
        _begun(f"{view.name_of(name)}{_kept_how(reason)}.") for name, reason in sorted(view.protection.reasons.items())
        if name in view.steps
    ]  # fmt: skip
    ends = sorted(outcomes(after))
    if ends:
        told.append(f"All outcomes stay: {listed(ends, 8)}.")
    told.extend(f"A control is gone or asked less often; {error_text}." for error_text in caught)
    told.extend(view.protection.stays)
    told.append("The result is sound: every step is reached and every case ends.")
    return tuple(told)
