"""Plays that were made before in this program: whoever asks again about a process hears the same figures, at once.

A process, its numbers of cases and replications and the seed give the same result to the last bit (see `run`), so that
nothing is heard from here that a new play would not say. A conversation plays today at every question and, after each
decision, most of the ideas that were tried before it.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.process.kept import Kept
from assistant.process.model import Process
from assistant.simulation import run
from assistant.simulation.results import Result

MOST_KEPT = 256
_together: Kept[dict[str, Result]] = Kept(MOST_KEPT)
_single: Kept[Result] = Kept(MOST_KEPT)


def simulate_all(
    processes: Mapping[str, Process],
    *,
    cases: int,
    replications: int,
    seed: int,
    workers: int | None = None,
    alone: Result | None = None,
) -> dict[str, Result]:
    """As `run.simulate_all`."""
    key = (tuple((name, process.model_dump_json()) for name, process in processes.items()), cases, replications, seed)

    def play() -> dict[str, Result]:
        numbers = {"cases": cases, "replications": replications, "seed": seed}
        return run.simulate_all(processes, **numbers, workers=workers, alone=alone)

    return dict(_together.once(key, play))


def simulate(process: Process, *, cases: int, replications: int, seed: int, workers: int | None = None) -> Result:
    """As `run.simulate`."""
    return simulate_all({"": process}, cases=cases, replications=replications, seed=seed, workers=workers)[""]


def play_once(process: Process, *, cases: int, seed: int, lead: int = 0) -> Result:
    """As `run.play_once`."""
    key = (process.model_dump_json(), cases, seed, lead)
    return _single.once(key, lambda: run.play_once(process, cases=cases, seed=seed, lead=lead))


def forget() -> None:
    """Play anew whatever is asked for next."""
    _together.forget()
    _single.forget()
