"""Where a told pain sits: the way that is in vain, where a gap is made, what is typed; and in how many cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.english.tables import any_of, classed
from assistant.process.blocks import Choice, Task
from assistant.process.remarks import Remark
from assistant.redesign.view import View
from assistant.redesign.words import CLERICAL, REKEY, TYPING, by_body, says

ASKS_BACK = classed("judging", "asks-back")
DESK = CLERICAL | TYPING | classed("judging", "notes-down")
_GOES = re.compile(rf"^{any_of('reaches-somebody')}\b", re.IGNORECASE)


def missed(view: View, steps: tuple[str, ...], remarks: Sequence[Remark]) -> dict[str, Any]:
    """The call or the way that is in vain, and the branch that says how often."""
    going = [name for name in steps if name in view.tasks and goes(view.tasks[name])]
    again = next((task for task in view.tasks.values() if goes(task) and _told_in(task, remarks)), None)
    if again is not None:  # what is done again has been done before, by the same
        same = {again.role} if view.is_inside(again.role) else set(filter(view.is_inside, view.roles))
        before = [task for task in view.tasks.values()
                  if task.role in same and view.order[task.id] < view.order[again.id]]  # fmt: skip
        there = [task.id for task in before if goes(task)] or [task.id for task in before if not says(task.name, DESK)]
        going = there[-1:] or going or [again.id]
    first = next(iter(going or steps), "")
    return {"elements": tuple(dict.fromkeys((first, *steps))), "goes": first, **told_share(view, remarks)}


def _told_in(task: Task, remarks: Sequence[Remark]) -> bool:
    spans = [remark.span for remark in remarks if remark.span is not None]
    return task.span is not None and any(span.start <= task.span.start < span.end for span in spans)


def told_share(view: View, remarks: Sequence[Remark]) -> dict[str, Any]:
    """The branch of which a remark tells, with the other one and the share of cases that take it; nothing without."""
    spans = [remark.span for remark in remarks if remark.span is not None]
    for choice in (step for step in view.steps.values() if isinstance(step, Choice)):
        for branch, rest in (choice.branches, choice.branches[::-1]) if len(choice.branches) == 2 else ():
            inside = branch.span is not None and any(span.start <= branch.span.start < span.end for span in spans)
            if inside and branch.p is not None and branch.do.items and view.told(branch.id):
                return {"branch": branch.id, "rest": rest.id, "share_now": branch.p}
    return {}


def made_first(view: View, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The steps, those in which somebody asks for what is missing last: the gap is made elsewhere."""
    return tuple(sorted(steps, key=beside(view, "error_at_source", steps).__contains__))


def typed_first(view: View, steps: tuple[str, ...], remarks: Sequence[Remark]) -> dict[str, Any]:
    """The steps in which something is typed before those in which it was written."""
    return {"elements": tuple(sorted(steps, key=beside(view, "rekeyed_document", steps).__contains__))}


def beside(view: View, kind: str, steps: tuple[str, ...]) -> frozenset[str]:
    """The steps told with a pain that are not its place: where somebody asks back for a gap that is made elsewhere,
    writes what is typed later, or does something else than go where nobody is."""
    tasks = {name: view.tasks[name] for name in steps if name in view.tasks}
    if kind == "error_at_source":
        return frozenset(name for name, task in tasks.items() if asks_back(task))
    if kind == "not_reached":
        return frozenset(tasks) - {steps[0]}
    typing = {name for name, task in tasks.items() if says(task.name, TYPING | REKEY)}
    return frozenset(tasks) - typing if kind == "rekeyed_document" and typing else frozenset()


def asks_back(task: Task) -> bool:
    """Whether somebody asks for what is missing, or sends it back."""
    return says(task.name, ASKS_BACK) or task.name.lower().startswith(("write to ", "write back"))


def goes(task: Task) -> bool:
    """Whether somebody has to be there for a step: a call, a visit, a delivery."""
    return bool(_GOES.search(task.name)) or by_body(task)
