"""How work is cut: neighbouring small steps of one person, steps that mix work with checking, contacts one by one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from assistant.process.blocks import Block, Choice, Loop, Task
from assistant.process.durations import humane
from assistant.redesign.detectors.base import computed, finding, seen
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import CONTROL, DELIVERY, PASSIVE, is_control, is_one, listed, plural, says, words


def small_neighbours(view: View) -> Iterator[Finding]:
    """Neighbouring small steps of one role in one system, or with a set-up each time."""
    for row in view.rows.values():
        chain: list[Task] = []
        for item in (*row.items, None):
            if isinstance(item, Task) and _mergeable(view, item) and (not chain or _belong(view, chain[-1], item)):
                chain.append(item)
                continue
            yield from _small(view, chain)
            chain = [item] if isinstance(item, Task) and _mergeable(view, item) else []


def _small(view: View, chain: list[Task]) -> Iterator[Finding]:
    total = sum(view.work_of(task) for task in chain)
    if len(chain) < 2 or total > view.settings.small_task_minutes * 60 or total <= 0:
        return
    saved = sum(task.setup.mean_seconds if task.setup else 0.0 for task in chain[1:])
    saved += sum(view.wait_of(task) for task in chain[1:])
    where = f" in {chain[0].system}" if chain[0].system else ""
    yield finding(
        view,
        "small_neighbours",
        tuple(task.id for task in chain),
        f"{view.name_of(chain[0].role)} does {listed([task.name for task in chain])} one after the other{where}",
        (
            seen(f"{plural(len(chain), 'step')} by the same role{where}", len(chain), "steps"),
            computed(f"together they take {humane(total)}", total, "s"),
            computed(f"set-up and waits between them: {humane(saved)}", saved, "s"),
        ),
        ("H08",),
        waste="transport",
        share=view.time_share(saved, chain[0].id) if saved else None,
    )


def _mergeable(view: View, task: Task) -> bool:
    free = task.id not in view.protection.reasons and not is_control(task) and task.automation != "automatic"
    return free and task.role is not None and not task.with_roles and task.batch is None and not task.physical


def _belong(view: View, first: Task, then: Task) -> bool:
    if first.role != then.role or first.or_roles != then.or_roles:
        return False
    if first.system and first.system == then.system:
        return True
    work = view.work_of(then)
    setup = then.setup.mean_seconds if then.setup else 0.0
    return bool(setup and work and setup >= view.settings.setup_share * work)


def mixed_work_and_check(view: View) -> Iterator[Finding]:
    """One step that does the work and checks it, so that nobody else looks."""
    for task in view.tasks.values():
        halves = re.split(r"\s+(?:and then|and|then)\s+", task.name, maxsplit=1)
        if len(halves) != 2 or task.id in view.protection.reasons or task.with_roles:
            continue
        verbs = [words(half)[0] if words(half) else "" for half in halves]
        checks = [is_one(verb, CONTROL) for verb in verbs]
        makes = bool(task.writes) and (task.error_rate or 0) >= view.settings.late_error_rate
        if sum(checks) == 1 and makes:
            yield finding(
                view,
                "work_and_check_in_one",
                (task.id,),
                f"{task.name}: the same person does the work and checks it",
                (seen("one step holds both the work and its check"),),
                ("H08",),
                waste="defects",
                halves=tuple(halves),
                check_first=checks[0],
            )


def repeated_contacts(view: View) -> Iterator[Finding]:
    """The same outside party is approached twice with no decision between, or three times on the usual path."""
    contacts: dict[str, list[Task]] = {}
    for stop in view.path:
        step = stop.step
        party = step.contact if isinstance(step, Task) else None
        if isinstance(step, Task) and party and view.is_inside(step.role):
            contacts.setdefault(party, []).append(step)
    for party, met in contacts.items():
        replies = {later.id for _, later in itertools.pairwise(met) if says(later.name, PASSIVE)}
        met = [task for task in met if task.id not in replies]  # a request and its reply are one contact in two steps
        found = [task for task in met if not _hands_over(task, last=task is met[-1])]
        free = [task for task in found if task.id not in view.protection.reasons]
        pairs = [(a, b) for a, b in itertools.pairwise(free) if not decision_between(view, a, b)]
        near = list(dict.fromkeys(task for pair in pairs for task in pair)) if pairs else []
        chosen = near or (free if len(free) >= view.settings.contacts else [])
        if len(chosen) < 2:
            continue
        total = sum(view.work_of(task) for task in chosen)
        yield finding(
            view,
            "repeated_contacts",
            tuple(task.id for task in chosen),
            f"{party} is approached {len(chosen)} times: {listed([task.name for task in chosen])}",
            (
                seen(f"{plural(len(chosen), 'contact')} with {party}"
                     + (" with no decision between them" if near else " on the usual path"), len(chosen), "contacts"),
                computed(f"they take {humane(total)} of work", total, "s"),
            ),
            ("H02",),
            waste="over-processing",
            share=view.cost_share([task.id for task in chosen]),
            share_of="cost",
            party=party,
        )  # fmt: skip


def _hands_over(task: Task, last: bool) -> bool:
    """Whether a contact is the delivery itself, which nobody wants to save."""
    return task.value_class == "VA" or (last and says(task.name, DELIVERY))


def decision_between(view: View, first: Task, then: Task) -> bool:
    """Whether the way from one step to a later one in the same row passes a choice or loop (or leaves the row)."""
    if view.spots[first.id].sequence != view.spots[then.id].sequence:
        return True
    row = view.row_of(first.id)
    between: tuple[Block, ...] = row[view.spots[first.id].position + 1 : view.spots[then.id].position]
    return any(isinstance(step, Choice | Loop) for step in between)
