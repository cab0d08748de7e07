"""What is asked because it is not known: whether steps are independent, how often an approval is given, and the like.

A finding needs evidence; where a figure or a dependence that would make one is missing, there is a question instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import Choice, Task
from assistant.process.durations import humane
from assistant.process.figures import noun
from assistant.process.questions import Question
from assistant.process.remarks import IN_WORDS
from assistant.redesign.detectors.causes import BILLED, spoken
from assistant.redesign.detectors.checks import gates
from assistant.redesign.detectors.meanings import MEANINGS
from assistant.redesign.detectors.told import is_claimed, shortened, unclaimed
from assistant.redesign.view import View
from assistant.redesign.words import CLERICAL, DELIVERY, SAME, alike, is_approval, is_control, percent, says, things
from assistant.simulation.relief import load_is_told

MOST_PAIRS = 2
MOST_MEANT = 3


def doubts(view: View) -> Iterator[Question]:
    """The questions that could become findings, for a process with its missing figures filled in."""
    yield from overloads(view)
    yield from perhaps_independent(view)
    yield from perhaps_habit(view)
    yield from promises(view)
    yield from perhaps_meant(view)


def perhaps_meant(view: View) -> Iterator[Question]:
    """Words of the teller that may name a pain, or name it without its step: asked about, not claimed."""
    kinds: set[str] = set()
    for remark in sorted(unclaimed(view), key=lambda remark: -(remark.likely or 0.0)):
        steps = tuple(name for name in remark.elements if name in view.steps)
        if is_claimed(view, remark) or remark.kind in kinds or len(kinds) >= MOST_MEANT:
            continue
        kinds.add(remark.kind)
        named, kind = [spoken(view, name) for name in steps], IN_WORDS[remark.kind]
        meant = MEANINGS[remark.kind].titled(named) if named else f"{kind[:1].upper()}{kind[1:]}"
        yield Question(
            id=f"meant:{remark.id}",
            text=f"You said “{shortened(remark.text)}”: does that mean “{meant}”?",
            why="If so it is a finding with an answer of its own; the words alone do not settle it.",
            elements=steps,
            weight=0.45,
            field="remarks",
        )


def overloads(view: View) -> Iterator[Question]:
    """Roles that are asked for more than they can do: more likely a figure is wrong than that nobody noticed."""
    for name, load in view.loads.items():
        role = view.roles[name]
        if load >= 1 and role.kind in ("person", "group") and load_is_told(view.process, name):
            many = f"{noun(role.capacity or 0, 'is', 'are')} {role.capacity}"
            yield Question(
                id=f"overload:{name}",
                text=f"By these figures {role.name} would be busy {percent(load)} of the time. "
                f"Is it right that there {many} of them, and are the times and the number of cases right?",
                why="With more work than can be done the queue grows without end, and every figure with it.",
                elements=(name,),
                weight=0.95,
                field="capacity",
            )


def perhaps_independent(view: View) -> Iterator[Question]:
    """Neighbours by different people of which nobody said what they need: could they run at the same time?"""
    refusing = gates(view)
    found: list[tuple[float, Task, Task]] = []
    for row in view.rows.values():
        for first, then in zip(row.items, row.items[1:], strict=False):
            if not isinstance(first, Task) or not isinstance(then, Task) or first.role == then.role:
                continue
            if not (view.is_inside(first.role) and view.is_inside(then.role)) or is_control(first) or is_control(then):
                continue
            if says(then.name, DELIVERY | CLERICAL):  # what is sent or noted is what was made before
                continue
            if BILLED.search(then.name) or things(first.name) & things(then.name):  # so is what is billed, or worked on
                continue
            saved = min(view.work_of(first) + view.wait_of(first), view.work_of(then) + view.wait_of(then))
            share = view.time_share(saved, first.id)
            open_ = view.depends(first, then) is None and {first.id, then.id}.isdisjoint(refusing)
            if open_ and share >= view.settings.parallel_gain:
                found.append((share, first, then))
    for share, first, then in sorted(found, key=lambda pair: -pair[0])[:MOST_PAIRS]:
        yield Question(
            id=f"practice:H10:{first.id}",
            text=f"Does “{then.name}” need what “{first.name}” produces, or could both be done at the same time?",
            why=f"If neither needs the other, up to {percent(share)} of the elapsed time could be saved.",
            elements=(first.id, then.id),
            weight=round(min(0.5, 0.25 + share), 3),
            field="reads",
        )


def perhaps_habit(view: View) -> Iterator[Question]:
    """An approval that cases wait for, of which nobody said how often it is refused."""
    for task in view.tasks.values():
        seconds = view.wait_of(task) + view.queue_of(task)
        share = view.time_share(seconds, task.id)
        after = view.next_of(task.id) if task.id in view.spots else None
        known = isinstance(after, Choice) and all(
            branch.p is not None and view.told(branch.id) for branch in after.branches
        )
        if not is_approval(task) or known or task.id in view.protection.reasons:
            continue
        if share < view.settings.approve_wait_share / 2 or seconds < view.settings.long_wait_seconds:
            continue
        yield Question(
            id=f"practice:H22:{task.id}",
            text=f"How often does “{task.name}” end in a no or a change, and is there a limit below which it never "
            "does?",
            why=f"Cases wait {humane(seconds)} for it. If it is nearly always given, whoever does the work "
            "could decide.",
            elements=(task.id,),
            weight=round(min(0.6, 0.3 + share), 3),
            field="p",
        )


def _of_roles(view: View, name: str) -> set[str]:
    """The roles a figure of the whole names."""
    return {role.name for role in view.process.roles if role.name.lower() in name.lower()}


def promises(view: View) -> Iterator[Question]:
    """Two figures for what sounds like one promise, such as a delivery in 10 days and in 20 days."""
    measures = [measure for measure in view.process.measures if measure.value is not None or measure.target is not None]
    for index, measure in enumerate(measures):
        for other in measures[index + 1 :]:
            a, b = (m.target if m.target is not None else m.value for m in (measure, other))
            if not measure.unit or measure.unit != other.unit or a == b or alike(measure.name, other.name) < SAME:
                continue
            if _of_roles(view, measure.name) != _of_roles(view, other.name):
                continue  # how busy one crew is and another are two figures, not one told twice
            yield Question(
                id=f"promise:{measure.id}:{other.id}",
                text=f"“{measure.name}” is {a:g} {measure.unit}, “{other.name}” is {b:g} {other.unit}: which of "
                "the two holds, and who decides when they collide?",
                why="Two promises that contradict each other cannot both be kept; one rule must come first.",
                elements=(),
                weight=0.7,
                field="measures",
            )
