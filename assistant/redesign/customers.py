"""What customers say about the steps: evidence for findings, and which complaints a change would remove.

The estimate rests on one assumption, said with it: complaints about waiting fall as the waiting and work at the step
fall, complaints about errors as its errors fall. The interval holds the chance of the simulation and of the count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.process.blocks import Task
from assistant.process.figures import in_quotes, listed, plural
from assistant.process.model import Process
from assistant.process.tree import walk
from assistant.redesign.findings import weight
from assistant.redesign.shapes import Evidence, Finding

MOST_THEMES = MOST_TOLD = 3
CUSTOMERS_SAY = "comments"
"""The unit of evidence that is what customers say."""
LATE, WRONG = ("delay",), ("error",)
ASSUMED = {
    "time": "complaints about waiting fall as the time at the step falls",
    "errors": "complaints about errors fall as the errors at the step fall",
    "gone": "complaints about a step go when the step goes",
}


@dataclass(frozen=True)
class Relief:
    """How many comments of a theme a change would have spared: of `count`, between `low` and `high` (95 %).

    `basis` says what the estimate rests on.
    """

    alternative: str
    theme: str
    name: str
    step: str
    count: int
    removed: float
    low: float
    high: float
    basis: str

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            **self.__dict__,
            "removed": round(self.removed, 1),
            "low": round(self.low, 1),
            "high": round(self.high, 1),
        }


def weighed(findings: Sequence[Finding], feedback: Any) -> list[Finding]:
    """Findings with the themes of customers about their steps as evidence (praise is none); the most spoken
    of first among equals."""
    by_step: dict[str, list[Any]] = {}
    for theme in getattr(feedback, "themes", None) or ():
        for step in theme.steps if theme.wants != "praise" else ():
            by_step.setdefault(str(step), []).append(theme)
    alone: dict[str, list[Any]] = {}
    for single in getattr(feedback, "singles", None) or ():
        if single.step and single.wants != "praise" and single.quote.text:
            alone.setdefault(single.step, []).append(single)
    if not (by_step or alone):
        return list(findings)
    done, counts = [], {}
    for finding in findings:
        themes = {theme.id: theme for step in finding.elements for theme in by_step.get(step, ())}
        heavy = sorted(themes.values(), key=lambda theme: (-theme.count * (0.2 + theme.severity), theme.id))
        counts[finding.id] = sum(theme.count for theme in heavy)
        once = [single for step in finding.elements for single in alone.get(step, ())]
        told = tuple(_told(theme) for theme in heavy[:MOST_THEMES]) or tuple(map(_said_once, once[:MOST_TOLD]))
        ids = tuple(theme.id for theme in heavy)
        done.append(replace(finding, because=(*finding.because, *told), themes=ids) if told else finding)
    return sorted(done, key=lambda finding: -weight(finding) - 0.001 * counts[finding.id])


def _told(theme: Any) -> Evidence:
    quote = f"; a customer: “{theme.quotes[0].text}”" if theme.quotes else ""
    told = plural(theme.count, "comment of customers is", "comments of customers are")
    text = f"{told} about {in_quotes(theme.name)} (theme {theme.id}){quote}"
    return Evidence(text, theme.count, CUSTOMERS_SAY, "measured")


def _said_once(single: Any) -> Evidence:
    return Evidence(f"one customer says: “{single.quote.text}”", 1, CUSTOMERS_SAY, "measured")


def reliefs(feedback: Any, today: str, played: Mapping[str, Process], results: Mapping[str, Any]) -> list[Relief]:
    """For each alternative the complaints it would remove, by the time and errors it takes from their steps.

    `played` and `results` are by name; `today` is the name of the process as it is.
    """
    tasks = _tasks(played[today])
    found = []
    for name, process in played.items():
        if results.get(name) is None or name == today:
            continue
        then = _tasks(process)
        for theme in getattr(feedback, "themes", None) or ():
            step = next((step for step in theme.steps if step in tasks), "")
            if not step or theme.sentiment > 0:
                continue
            share, sure, basis = _share(theme, step, tasks, then, results[today], results[name])
            if share > 0.005:
                found.append(_relief(name, theme, step, share, sure, basis))
    return found


def spared(reliefs: Sequence[Relief], alternative: str) -> str:
    """Which complaints of customers an alternative would spare, in one sentence with the range and what it rests on;
    empty where it spares none that is known."""
    theirs = (relief for relief in reliefs if relief.alternative == alternative)
    found = sorted(theirs, key=lambda relief: -relief.removed)
    if not found:
        return ""
    parts = [
        f"{relief.removed:,.0f} of {plural(relief.count, 'comment')} about {in_quotes(relief.name)} "
        f"({relief.low:,.0f} to {relief.high:,.0f})"
        for relief in found[:MOST_TOLD]
    ]
    assumed = listed(list(dict.fromkeys(relief.basis for relief in found[:MOST_TOLD])))
    more = f", and some of {plural(len(found) - len(parts), 'smaller theme')}" if len(found) > len(parts) else ""
    return f"Would have spared about {listed(parts)}{more}, if {assumed} (in brackets: nineteen times in twenty)."


def _tasks(process: Process) -> dict[str, Task]:
    return {block.id: block for block in walk(process) if isinstance(block, Task)}


def _share(
    theme: Any, step: str, before: Mapping[str, Task], after: Mapping[str, Task], now: Any, then: Any
) -> tuple[float, float, str]:
    """The share of its complaints that go, half the interval of it by chance of the simulation, and why."""
    if step not in after:
        return 1.0, 0.0, "gone"
    if theme.kind in WRONG:
        was, becomes = before[step].error_rate or 0.0, after[step].error_rate or 0.0
        return (1 - becomes / was if was else 0.0), 0.0, "errors"
    if theme.kind not in LATE or step not in now.tasks or step not in then.tasks:
        return 0.0, 0.0, "time"
    was, was_reach = _time(now.tasks[step])
    becomes, reach = _time(then.tasks[step])
    if was <= 0:
        return 0.0, 0.0, "time"
    ratio = becomes / was
    return 1 - ratio, math.hypot(reach / was, ratio * was_reach / was), "time"


def _time(task: Any) -> tuple[float, float]:
    reach = math.hypot((task.wait.high - task.wait.low) / 2, (task.work.high - task.work.low) / 2)
    return task.wait.mean + task.work.mean, reach


def _relief(name: str, theme: Any, step: str, share: float, sure: float, basis: str) -> Relief:
    share = min(1.0, share)
    reach = math.hypot(1.96 * math.sqrt(theme.count) * share, sure * theme.count)
    removed = theme.count * share
    return Relief(
        name, theme.id, theme.name, step, theme.count, removed, max(0.0, removed - reach),
        min(float(theme.count), removed + reach), ASSUMED[basis],
    )  # fmt: skip
