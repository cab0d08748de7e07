"""Who is called or visited and is not there: which step that is, and in how many cases, if the process has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.english.tables import any_of, classed
from assistant.process.blocks import Choice, Task
from assistant.process.remarks import Remark
from assistant.redesign.view import View
from assistant.redesign.words import by_body, says

ASKS_BACK = classed("judging", "asks-back")
_GOES = re.compile(rf"^{any_of('reaches-somebody')}\b", re.IGNORECASE)


def missed(view: View, steps: tuple[str, ...], remarks: Sequence[Remark]) -> dict[str, Any]:
    """The call or the way that is in vain, and the branch that says how often."""
    going = [name for name in steps if name in view.tasks and goes(view.tasks[name])]
    first = next(iter(going or steps), "")
    return {"elements": tuple(dict.fromkeys((first, *steps))), "goes": first, **told_share(view, remarks)}


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
    return tuple(sorted(steps, key=asking(view).__contains__))


def asking(view: View) -> frozenset[str]:
    """The steps in which somebody asks for what is missing, or sends it back."""
    return frozenset(name for name, task in view.tasks.items() if asks_back(task))


def asks_back(task: Task) -> bool:
    """Whether somebody asks for what is missing, or sends it back."""
    return says(task.name, ASKS_BACK) or task.name.lower().startswith(("write to ", "write back"))


def goes(task: Task) -> bool:
    """Whether somebody has to be there for a step: a call, a visit, a delivery."""
    return bool(_GOES.search(task.name)) or by_body(task)
