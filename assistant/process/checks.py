"""Everything about a process that is wrong, doubtful or missing: each with an id, a severity and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.process import checks_data, checks_flow, checks_labels, checks_people
from assistant.process.issues import Issue, Limits
from assistant.process.model import Process

RANK = {"error": 0, "warning": 1, "hint": 2}
CHECKS: tuple[Callable[[Process, Limits], Iterable[Issue]], ...] = (
    *checks_flow.CHECKS,
    *checks_labels.CHECKS,
    *checks_people.CHECKS,
    *checks_data.CHECKS,
)


def check(process: Process, limits: Limits | None = None) -> list[Issue]:
    """The issues of a process, errors first, then warnings, then hints; empty when there is nothing to mend.

    An error means the process cannot run or contradicts itself; a warning that a reader or the figures will be misled;
    a hint that something is missing or could be clearer.
    """
    bounds = limits or Limits()
    found = [issue for look in CHECKS for issue in look(process, bounds)]
    return sorted(found, key=lambda issue: RANK[issue.severity])


__all__ = ["Issue", "Limits", "check"]
