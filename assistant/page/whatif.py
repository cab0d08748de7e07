"""What if, on the page: the process played under other conditions, short enough to answer while one watches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.page.maps import called
from assistant.process.blocks import Call, Task, Wait
from assistant.process.figures import percent, plural
from assistant.process.model import Process
from assistant.process.tree import tasks, walk
from assistant.process.values_in_words import value_in_words
from assistant.reports.format import change
from assistant.simulation import scenarios
from assistant.simulation.scenarios import Scenario

if TYPE_CHECKING:
    from assistant.redesign.shapes import Completed

REPLICATIONS = 6
MOST_CASES, LEAST_CASES, VISITS = 120, 20, 2500
"""A play of less than a second on one core: so many cases that about VISITS steps are done in each replication.
`assistant what-if` plays longer, and its intervals are narrower."""
NOTHING = 0.001
"""A change that is a smaller share of today's figure is none."""
LEAST, MOST = 0.1, 5.0
MOST_PEOPLE = 10_000


def what_if(filled: Completed, wanted: Mapping[str, str], seed: int) -> dict[str, Any]:
    """Today against the process with other cases, errors, people or waits. Raises UsageError, InvalidProcess."""
    from assistant.redesign.estimates import filled_in_words
    from assistant.simulation.made_before import simulate_all
    from assistant.simulation.results import difference

    turned = [*_turned(filled.process, wanted)]
    then = scenarios.together(*(scenario for scenario, _ in turned))(filled.process)
    cases = enough(filled.process, VISITS, LEAST_CASES, MOST_CASES)
    results = simulate_all(
        {"today": filled.process, "then": then}, cases=cases, replications=REPLICATIONS, seed=seed, workers=1
    )
    rows = [
        _measure(title, results, difference(results["today"], results["then"], name), name)
        for name, title in (("cycle_time", "Cycle time of a case"), ("cost_per_case", "Cost of a case"))
    ]
    return {
        "conditions": [text for _, text in turned],
        "rows": [*rows, *_busiest(results)],
        "filled": filled_in_words(filled),
        "notes": list(dict.fromkeys(results["then"].notes)),
        "play": f"{REPLICATIONS} times {cases} cases, seed {seed}",
    }


def enough(process: Process, visits: int, least: int, most: int) -> int:
    """How many cases do about that many steps: the larger the process, the fewer, so that a play takes no longer."""
    return max(least, min(most, visits // max(1, len(list(walk(process))))))


def _busiest(results: Mapping[str, Any]) -> list[dict[str, str]]:
    """How busy the role is that is busiest then: where people are short, this says so first."""
    loads = {name: role.load.mean for name, role in results["then"].roles.items() if role.load.mean > 0}
    if not loads:
        return []
    name = max(loads, key=lambda role: loads[role])
    before, after = results["today"].roles[name].load.mean, loads[name]
    same = abs(after - before) <= NOTHING
    return [{
        "title": f"How busy: {name}", "before": percent(before), "after": percent(after),
        "change": "" if same else change(after - before, "share"),
        "sure": "more work than time: cases pile up" if after >= 1 else "the busiest of all",
        "sign": "= unchanged" if same else "▲ more to do" if after > before else "▼ less to do",
    }]  # fmt: skip


def _turned(process: Process, wanted: Mapping[str, str]) -> list[tuple[Scenario, str]]:
    """What was asked for, each with its words; what is left as it is today is not among it."""
    found: list[tuple[Scenario, str]] = []
    volume, errors = _factor(wanted.get("volume", "")), _factor(wanted.get("errors", ""), least=0.0)
    if volume != 1:
        found.append(
            (scenarios.volume(volume), f"{percent(abs(volume - 1))} {'more' if volume > 1 else 'fewer'} cases")
        )
    if errors != 1:
        found.append((scenarios.errors(errors), f"{percent(errors)} of today's errors"))
    for role in process.roles:
        asked = wanted.get(f"people:{role.id}", "").strip()
        if role.capacity and asked and _people(asked) != role.capacity:
            told = f"{plural(_people(asked), 'person', 'people')} as {role.name}"
            found.append((scenarios.staffed({role.id: _people(asked)}), told))
    step, wait = wanted.get("step", ""), _factor(wanted.get("wait", ""), least=0.0)
    if wait != 1:
        which = "the wait you chose" if step else "all waits"
        found.append((scenarios.waits(wait, step or None), f"{percent(wait)} of {which}"))
    return found


def _factor(text: str, least: float = LEAST) -> float:
    return min(MOST, max(least, _number(text) / 100)) if text.strip() else 1.0


def _people(text: str) -> int:
    return int(min(MOST_PEOPLE, max(1, _number(text))))


def _number(text: str) -> float:
    """Raises UsageError."""
    import math

    from assistant.errors import UsageError

    try:
        value = float(text.strip(" %"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"“{text[:40]}” is no number.", "", "Write it in digits.")
    return value


def _measure(title: str, results: Mapping[str, Any], change: Any, name: str) -> dict[str, str]:
    from assistant.reports.format import amount, relative, sure

    before, after = (getattr(results[key], name) for key in ("today", "then"))
    unit = before.unit
    sign = "◇ no evidence of a change"
    if abs(change.mean) <= NOTHING * abs(before.mean):
        sign = "= unchanged"
    elif change.low > 0 or change.high < 0:
        sign = "▲ better" if change.mean < 0 else "▼ worse"
    return {
        "title": title, "before": amount(before.mean, unit), "after": amount(after.mean, unit),
        "change": relative(change.mean, before.mean), "sure": sure(change.low, change.high, unit, before.mean),
        "sign": sign,
    }  # fmt: skip


def whatif_view(process: Process) -> dict[str, Any]:
    """What can be turned: cases, errors, the people of each role, the wait before each step."""
    waits = [
        {"id": step.id, "name": called(step), "today": value_in_words(_wait(step))}
        for step in walk(process) if isinstance(step, Task | Wait | Call) and _wait(step) is not None
    ]  # fmt: skip
    people = [
        {"id": role.id, "name": role.name, "today": role.capacity, "most": max(2 * role.capacity, role.capacity + 3)}
        for role in process.roles if role.capacity
    ]  # fmt: skip
    inside = [role.name for role in process.roles if role.kind == "person" and not role.capacity]
    return {"there": bool(tasks(process)), "people": people, "waits": waits, "unknown": inside}


def _wait(step: Any) -> Any:
    return getattr(step, "wait", None) or getattr(step, "duration", None)
