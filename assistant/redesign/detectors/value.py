"""Work without value: steps nobody needs, checks made twice or that change nothing, outputs nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.process.blocks import Choice, Task
from assistant.redesign.detectors.base import chance, computed, finding, judged, seen
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import REPORTS, is_control, listed, no_value, percent, says

WELL_TOLD = 0.6
OUTGOING = re.compile(r"\b(letter|offer|contract|permit|reply|answer|certificate|invoice|bill|report to)\b", re.I)


def no_value_work(view: View) -> Iterator[Finding]:
    """A step that adds nothing for the customer and is not needed otherwise, as stated or as its name suggests."""
    for task in view.tasks.values():
        why = no_value(task)
        if why is None or task.id in view.protection.reasons or is_control(task):
            continue
        told: Evidence = (
            seen(f"{task.name} is classed as work without value")
            if why == "stated"
            else judged(f"{task.name} reads like copying, filing, chasing or forwarding")
        )
        share = view.cost_share([task.id])
        yield finding(
            view,
            "no_value_work",
            (task.id,),
            f"{task.name} adds nothing the customer or the law asks for"
            if why == "stated"
            else f"{task.name} looks like passing on or copying: the hands it takes may not be needed",
            (told, computed(f"it takes {percent(share)} of the work", share, "share")),
            ("H05",),
            waste="over-processing",
            share=share,
            share_of="cost",
            by_name=why == "by name",
        )


def duplicate_controls(view: View) -> Iterator[Finding]:
    """A second control of the same data with nothing written in between."""
    path = view.path_tasks
    for index, second in enumerate(path):
        if not is_control(second) or not second.reads or second.id in view.protection.reasons:
            continue
        for first in reversed(path[:index]):
            if is_control(first) and set(second.reads) <= set(first.reads) and not _decides_alone(view, second):
                yield _duplicate(view, first, second)
                break
            if set(first.writes) & set(second.reads):
                break


def _decides_alone(view: View, task: Task) -> bool:
    """Whether a decision hangs on the second control that the first one does not make."""
    return isinstance(view.next_of(task.id), Choice)


def _duplicate(view: View, first: Task, second: Task) -> Finding:
    data = {document.id: document.name for document in view.process.data}
    share = view.cost_share([second.id])
    return finding(
        view,
        "duplicate_control",
        (second.id, first.id),
        f"{second.name} checks again what {first.name} has checked",
        (
            seen(
                f"both look at {listed([data.get(name, name) for name in second.reads])} and nothing is written between"
            ),
            computed(f"the second check takes {percent(share)} of the work", share, "share"),
        ),
        ("H05",),
        waste="over-processing",
        share=share,
        share_of="cost",
    )


def checks_that_change_nothing(view: View) -> Iterator[Finding]:
    """A check whose outcome hardly ever changes what happens next, seen in enough cases."""
    for task in view.tasks.values():
        after = view.next_of(task.id) if task.id in view.spots else None
        if not is_control(task) or not isinstance(after, Choice) or task.id in view.protection.reasons:
            continue
        chances = [branch.p if view.told(branch.id) else None for branch in after.branches]
        if view.yearly is None or None in chances or len(chances) < 2:
            continue
        rarely = 1 - max(p for p in chances if p is not None)
        times = view.yearly * view.rates[task.id]
        if rarely > view.settings.never_changes_p or times < view.settings.never_changes_n:
            continue
        yield finding(
            view,
            "check_changes_nothing",
            (task.id, after.id),
            f"{task.name} changes what happens in {percent(rarely)} of cases",
            (chance("another way is taken in", rarely, after.branches[0].p_basis),
             computed(f"seen about {times:,.0f} times a year", round(times), "cases")),
            ("H05", "H22"),
            waste="over-processing",
            share=view.cost_share([task.id]),
            share_of="cost",
        )  # fmt: skip


def unread_outputs(view: View) -> Iterator[Finding]:
    """A step whose output no other step reads, and that hands nothing to the customer."""
    readers = {name for task in view.tasks.values() for name in task.reads}
    told = sum(bool(task.reads or task.writes) for task in view.tasks.values())
    if sum(bool(task.reads) for task in view.tasks.values()) < WELL_TOLD * max(2, len(view.tasks)) or told < 2:
        return  # where few steps say what they read, a thing that nobody reads means nothing
    last = view.path_tasks[-1].id if view.path_tasks else ""
    for task in view.tasks.values():
        if not task.writes or set(task.writes) & readers or task.id in view.protection.reasons:
            continue
        product = (
            bool(OUTGOING.search(task.name))
            or task.value_class == "VA"
            or is_control(task)
            or view.party_of(task)
            or task.judgement
            or task.physical
        )
        ending = task.id == last or view.next_of(task.id) is None or isinstance(view.next_of(task.id), Choice)
        if product or (not says(task.name, REPORTS) and (ending or _before_end(view, task))):
            continue
        if task.value_class == "NVA":
            continue
        share = view.cost_share([task.id])
        yield finding(
            view,
            "unread_output",
            (task.id,),
            f"Nobody reads what {task.name} produces",
            (seen(f"no step reads {listed(list(task.writes))}"),
             computed(f"making it takes {percent(share)} of the work", share, "share")),
            ("H05",),
            waste="over-production",
            share=share,
            share_of="cost",
        )  # fmt: skip


def _before_end(view: View, task: Task) -> bool:
    after = view.next_of(task.id)
    return after is not None and getattr(after, "block", "") == "end"
