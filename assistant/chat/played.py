"""The figures that answers rest on: the process of today played as the report plays it, and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.chat.reply import Fact
from assistant.process.blocks import Task, Wait
from assistant.process.expected import visit_rates
from assistant.process.figures import joined
from assistant.process.model import Process, Role
from assistant.process.tree import walk
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.redesign.shapes import Completed
    from assistant.simulation.results import Result
    from assistant.simulation.scenarios import Scenario

CASES, REPLICATIONS = 400, 10
"""Fewer than for a report: an answer in the conversation shall not be waited for."""
SIMULATED = "simulated"


@dataclass(frozen=True)
class Played:
    """The process with what nobody gave filled in, and its simulation."""

    completed: Completed
    result: Result

    @property
    def process(self) -> Process:
        """What was played."""
        return self.completed.process


def play(session: Session, *scenarios: tuple[str, Scenario], of: Process | None = None) -> tuple[Played, list[Result]]:
    """The process as it stands (or another, `of`), and each scenario on the same random numbers.

    Raises InvalidProcess when nobody can do some work.
    """
    from assistant.redesign.estimates import complete, nearest
    from assistant.simulation.made_before import simulate_all

    process = session.process if of is None else of
    completed = complete(process, nearest(session.bench.library(), process))
    variants = {"today": completed.process, **{name: change(completed.process) for name, change in scenarios}}
    seed = session.bench.settings.simulation.seed
    results = simulate_all(variants, cases=CASES, replications=REPLICATIONS, seed=seed)
    return Played(completed, results["today"]), [results[name] for name, _ in scenarios]


def length(name: str, seconds: float, basis: str = SIMULATED) -> Fact:
    """A length of time as a fact, in the unit a person would use."""
    sizes = ((86400, "days"), (3600, "h"), (60, "min"))
    size, unit = next(((size, unit) for size, unit in sizes if abs(seconds) >= size), (1, "s"))
    value = _round(seconds / size)
    return Fact(name, value, "day" if value == 1 and unit == "days" else unit, basis)


def worked(name: str, seconds: float, basis: str = SIMULATED) -> Fact:
    """Hands-on time as a fact, at most in hours: a day of work is not the day and night that a case takes."""
    fact = length(name, min(seconds, 3600.0), basis)
    return fact if seconds < 3600 else Fact(name, _round(seconds / 3600), "h", basis)


def share(name: str, part: float, basis: str = SIMULATED) -> Fact:
    """A share as a fact, in percent."""
    return Fact(name, round(100 * part), "%", basis)


def too_busy(load: float) -> str:
    """What a load of all the time there is and more means, to stand behind it; else empty."""
    return ": more work than time" if load >= 1 else ""


def amount(name: str, value: float, unit: str) -> Fact:
    """Any other figure as a fact."""
    return Fact(name, _round(value), unit, SIMULATED)


def _round(value: float) -> float | int:
    return round(value) if abs(value) >= 10 or abs(value - round(value)) < 0.05 else round(value, 1)


def parts(played: Played) -> list[tuple[str, float, float, str]]:
    """Each step with the seconds of waiting and of work it brings a case on average, longest first, and its basis."""
    rates, found = visit_rates(played.process), []
    guessed = {filled.element for filled in played.completed.filled if hasattr(filled, "element")}
    for step in walk(played.process):
        if isinstance(step, Task) and step.id in played.result.tasks:
            seen = played.result.tasks[step.id]
            found.append((step.name, rates[step.id] * seen.wait.mean, rates[step.id] * seen.work.mean, SIMULATED))
        elif isinstance(step, Wait) and step.duration is not None:
            name = step.name or "waiting"
            found.append((name, rates[step.id] * step.duration.mean_seconds, 0.0, "told" if not guessed else SIMULATED))
    return sorted(found, key=lambda part: -(part[1] + part[2]))


def work_of_roles(played: Played) -> dict[str, float]:
    """The seconds of work that a case brings each role on average."""
    rates, found = visit_rates(played.process), dict[str, float]()
    for step in walk(played.process):
        if isinstance(step, Task) and step.role and step.id in played.result.tasks:
            found[step.role] = found.get(step.role, 0.0) + rates[step.id] * played.result.tasks[step.id].work.mean
    return found


def cases_a_week(played: Played, of: Process | None = None) -> float | None:
    """How many cases come in a week, in the process played or another one made of it; None where nobody told."""
    from assistant.simulation.demand import arrivals_per_year

    same = of is None or of.volume == played.process.volume
    if same and any(filling.field == "volume" for filling in played.completed.filled):
        return None
    yearly = arrivals_per_year(of or played.process)
    return yearly * 7 / 365 if yearly else None


def some_of(names: Sequence[str], most: int = 4) -> str:
    """Names in a row, the last ones as “others”: how many those are is no figure anybody asks for."""
    return joined([*names[:most], *(["others"] if len(names) > most else [])])


def named_roles(words: str, process: Process) -> list[Role]:
    """The roles that words name, by their name or its last word, also in the plural."""
    said = words.lower()
    return list(_roles(said, process))


def _roles(said: str, process: Process) -> Iterator[Role]:
    for role in process.roles:
        name = re.sub(r"\s*\([^)]*\)", "", role.name.lower())
        if any(re.search(rf"\b{re.escape(form)}(?:s|es)?\b", said) for form in (name, name.split()[-1])):
            yield role
