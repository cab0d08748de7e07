"""Checks of people: who does what, where work changes hands, what one person must not do alone, who owns it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import Task
from assistant.process.handoffs import following, handoffs
from assistant.process.issues import Issue, Limits, error, hint, quoted, warning
from assistant.process.model import Process, Role
from assistant.process.tree import ids, tasks, walk
from assistant.process.words import APART, objects_of, verb_of

OTHERS = ("with_roles", "or_roles", "accountable", "consulted", "informed")


def roles(process: Process, limits: Limits) -> Iterator[Issue]:
    """Tasks nobody does, roles that do nothing, roles named but not declared, pools with nobody in them."""
    used = {name for step in walk(process) for name in _named(step)}
    bare = [task for task in tasks(process) if task.role is None and task.automation != "automatic"]
    if bare:
        yield warning(
            "task-without-role",
            tuple(task.id for task in bare),
            f"Nobody is named for {quoted([task.name for task in bare])}.",
            "Say who does it.",
        )
    known = {role.id for role in process.roles}
    for role in process.roles:
        if role.id not in used:
            yield hint(
                "role-without-task",
                (role.id,),
                f"The role “{role.name}” does nothing here.",
                "Give it its steps, or remove it.",
            )
        elif role.capacity == 0:
            yield error(
                "nobody-in-role", (role.id,), f"The role “{role.name}” has work but no people.", "Set its capacity."
            )
    for task in tasks(process):
        for name in sorted({name for field in OTHERS for name in getattr(task, field)} - known):
            yield warning(
                "unknown-role", (task.id,), f"“{task.name}” names {name}, which is not a role here.", "Add the role."
            )


def _named(step: object) -> Iterator[str]:
    own = getattr(step, "role", None)
    if own:
        yield own
    for field in OTHERS:
        yield from getattr(step, field, ())


def changing_hands(process: Process, limits: Limits) -> Iterator[Issue]:
    """Work that changes hands often, or between departments where nobody answers for the border."""
    passed = handoffs(process)
    pairs = following(process)
    if len(passed) >= 4 and len(passed) > limits.handoffs * len(pairs):
        share = 100 * len(passed) / len(pairs)
        yield hint(
            "many-handoffs",
            tuple(dict.fromkeys(t.id for e in passed for t in e)),
            f"Work changes hands at {len(passed)} of {len(pairs)} steps on ({share:.0f} %).",
            "Let one role do neighbouring steps, or a case manager follow the case.",
        )
    if process.owner:
        return
    by_role = {role.id: role for role in process.roles}
    for edge in passed:
        a, b = by_role.get(str(edge.before.role)), by_role.get(str(edge.after.role))
        if _border(a, b) and not set(edge.before.accountable) & set(edge.after.accountable):
            yield warning(
                "unowned-interface",
                (edge.before.id, edge.after.id),
                f"Between “{edge.before.name}” ({a.unit if a else ''}) and “{edge.after.name}” "
                f"({b.unit if b else ''}) work crosses a department border that nobody owns.",
                "Name a process owner, or who answers for both steps.",
            )


def _border(a: Role | None, b: Role | None) -> bool:
    return a is not None and b is not None and a.unit is not None and b.unit is not None and a.unit != b.unit


def separation(process: Process, limits: Limits) -> Iterator[Issue]:
    """Steps that two people must do and one may do; pairs of that kind nobody declared."""
    by_id = {task.id: task for task in tasks(process)}
    declared = {frozenset((pair.a, pair.b)) for pair in process.separations}
    for pair in process.separations:
        a, b = by_id.get(pair.a), by_id.get(pair.b)
        if a is not None and b is not None:
            yield from _one_person(process, a, b, pair.reason)
    for a, b in _suspects(list(by_id.values())):
        if frozenset((a.id, b.id)) not in declared:
            yield warning(
                "duties-not-separated",
                (a.id, b.id),
                f"One role does both “{a.name}” and “{b.name}”.",
                "Let two people do them, or write down why one may.",
            )


def _one_person(process: Process, a: Task, b: Task, reason: str) -> Iterator[Issue]:
    why = f" ({reason.rstrip('.')})" if reason else ""
    pair = f"“{a.name}” and “{b.name}”"
    if a.same_performer_as == b.id or b.same_performer_as == a.id:
        yield error(
            "separation-broken",
            (a.id, b.id),
            f"{pair} must not be done by one person{why}, but are bound to the same one.",
            "Take the binding away.",
        )
    role = process.role(a.role)
    if a.role is not None and a.role == b.role and role is not None and role.capacity == 1:
        yield error(
            "separation-broken",
            (a.id, b.id),
            f"{pair} must not be done by one person{why}, but “{role.name}” is one person.",
            "Give one of them to another role.",
        )
    elif a.role is not None and a.role == b.role:
        yield hint(
            "separation-at-risk",
            (a.id, b.id),
            f"{pair} must not be done by one person{why}, and the same role does both.",
            "Make sure two people do them, or use two roles.",
        )


def _suspects(found: list[Task]) -> Iterator[tuple[Task, Task]]:
    for first, second in APART:
        ones = [task for task in found if task.role and verb_of(task.name) in first]
        others = [task for task in found if task.role and verb_of(task.name) in second]
        for a in ones:
            for b in others:
                if a is not b and a.role == b.role and objects_of(a.name) & objects_of(b.name):
                    yield a, b


def ownership(process: Process, limits: Limits) -> Iterator[Issue]:
    """A process without owner, customer, start or volume; remarks about steps that are gone."""
    for value, name, text, remedy in (
        (process.owner, "no-owner", "Nobody owns the process.", "Name who answers for it from start to end."),
        (process.customers, "no-customer", "It is not said whom the process serves.", "Name the customer."),
        (process.trigger, "no-trigger", "It is not said what starts the process.", "Name the event that starts it."),
        (process.volume, "no-volume", "It is not known how many cases come.", "Say how many come a day."),
    ):
        if not value:
            yield hint(name, (), text, remedy)
    there = ids(process)
    named = [(pair.a, "a separation of duties") for pair in process.separations]
    named += [(pair.b, "a separation of duties") for pair in process.separations]
    named += [(protection.id, "a protected step") for protection in process.protected]
    named += [(task.found_at, f"“{task.name}”") for task in tasks(process) if task.found_at]
    named += [(task.same_performer_as, f"“{task.name}”") for task in tasks(process) if task.same_performer_as]
    for name, where in named:
        if name not in there:
            yield warning(
                "reference-to-nothing",
                (),
                f"{where} names the step {name}, which is not there.",
                "Name the step meant, or take the remark away.",
            )


CHECKS = (roles, changing_hands, separation, ownership)
