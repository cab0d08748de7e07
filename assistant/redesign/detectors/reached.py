"""Who is called or visited and is not there: which step that is, and in how many cases, if the process has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.english.tables import any_of
from assistant.process.blocks import Branch, Choice, Task
from assistant.process.remarks import Remark
from assistant.redesign.view import View
from assistant.redesign.words import by_body

AWAY = re.compile(rf"\b{any_of('not-reached')}\b", re.IGNORECASE)
_GOES = re.compile(rf"^{any_of('reaches-somebody')}\b", re.IGNORECASE)


def missed(view: View, steps: tuple[str, ...], remarks: Sequence[Remark]) -> dict[str, Any]:
    """The call or the way that is in vain, and the branch that says how often."""
    going = [name for name in steps if name in view.tasks and goes(view.tasks[name])]
    first = next(iter(going or steps), "")
    more: dict[str, Any] = {"elements": tuple(dict.fromkeys((first, *steps))), "goes": first} if first else {}
    for choice in (step for step in view.steps.values() if isinstance(step, Choice)):
        away = next((branch for branch in choice.branches if _is_away(branch)), None)
        if away is not None and len(choice.branches) == 2 and away.p is not None and view.told(away.id):
            rest = next(branch.id for branch in choice.branches if branch is not away)
            return {**more, "branch": away.id, "rest": rest, "share_missed": away.p}
    return more


def goes(task: Task) -> bool:
    """Whether somebody has to be there for a step: a call, a visit, a delivery."""
    return bool(_GOES.search(task.name)) or by_body(task)


def _is_away(branch: Branch) -> bool:
    return bool(AWAY.search(branch.when or ""))
