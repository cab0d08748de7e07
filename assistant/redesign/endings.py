"""How many cases end well, and whether a change moves that share by prevention, not by looking away.

When fewer cases are refused, more of them go all the way: a mean time or cost over all cases then compares different
mixtures. So the cost is taken per case that ends well, and the mean time decides nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.process.blocks import End
from assistant.process.expected import visit_rates
from assistant.process.model import Process
from assistant.process.tree import tasks, walk
from assistant.redesign.words import content, is_control

if TYPE_CHECKING:
    from assistant.simulation.results import Result

REFUSAL = ("refus", "reject", "declin", "deni", "deny", "cancel", "withdraw", "fail", "abort", "ineligibl")
NOTICED = 0.01


@dataclass(frozen=True)
class Endings:
    """Shares of cases that end well before and after, and the 95 % bounds of the difference."""

    before: float
    after: float
    low: float
    high: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


def is_negative(end: End) -> bool:
    """Whether an end is a refusal or failure, as stated or by its name."""
    if end.negative is not None:
        return end.negative
    return any(word.startswith(REFUSAL) for word in content(end.outcome))


def prevented(before: Process, after: Process, runs: tuple[Result, Result]) -> Endings | None:
    """The endings when their share moves by more than a hundredth and no check is asked less often; else None."""
    bad = {
        step.outcome
        for process in (before, after)
        for step in walk(process)
        if isinstance(step, End) and is_negative(step)
    }
    if not bad or not _checks_kept(before, after):
        return None
    first, then = (_bad_share(run, bad) for run in runs)
    change = first[0] - then[0]
    if abs(change) < NOTICED:
        return None
    half = math.hypot(first[1], then[1])
    return Endings(1 - first[0], 1 - then[0], change - half, change + half)


def _bad_share(run: Result, bad: set[str]) -> tuple[float, float]:
    found = [outcome for name, outcome in run.outcomes.items() if name in bad]
    return sum(span.mean for span in found), math.hypot(*((span.high - span.low) / 2 for span in found), 0.0)


def _checks_kept(before: Process, after: Process) -> bool:
    now, then = visit_rates(before), visit_rates(after)
    return all(then.get(task.id, 0.0) >= 0.99 * now[task.id] for task in tasks(before) if is_control(task))
