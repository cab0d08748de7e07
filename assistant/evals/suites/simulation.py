"""simulation: processes whose answers are known by formula, each with the error that chance allows."""

from __future__ import annotations

from typing import Any

from assistant.evals.casefile import bundled_cases
from assistant.evals.door import Door
from assistant.evals.planted import expanded
from assistant.evals.shapes import Case, Suite
from assistant.process.codec import from_data
from assistant.simulation.run import simulate


def _load() -> list[Case]:
    return bundled_cases("simulation")


def _play(door: Door, case: Case) -> dict[str, Any]:
    given = case.given
    process = from_data({"schema": "process/1", **expanded(given["process"])})
    play = {"cases": given.get("cases", 2000), "replications": given.get("replications", 5)}
    result = simulate(process, seed=given.get("seed", 1), workers=1, **play).document()
    return {name: _find(result, name) for name in case.expected["answers"]}


def _find(result: dict[str, Any], name: str) -> float | None:
    """A measure by its dotted name; the mean where it is an estimate."""
    value: Any = result
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value.get("mean") if isinstance(value, dict) else value


def _score(case: Case, output: Any) -> dict[str, float]:
    return {"known_answer": float(not _why(case, output))}


def _why(case: Case, output: Any) -> list[str]:
    return [
        f"{name}: {output[name]} instead of {value} (up to {error:.0%} apart is allowed)"
        for name, (value, error) in case.expected["answers"].items()
        if output[name] is None or abs(output[name] - value) > error * max(abs(value), 1e-9)
    ]


MEANS = {
    "known_answer": "1 when the simulation comes within the error named of what a formula gives.",
}


SUITES = (
    Suite(
        "simulation", "Processes whose times, loads and costs are known by formula.", _load, _play, _score, (),
        frozenset({"known_answer"}), why=_why,
        means=MEANS,
    ),
)  # fmt: skip
