"""How often a verdict of `eval compare` is wrong: false alarms, drops that are seen, and too few cases.

    python bench/verdicts.py [--rounds 500] [--suites 15]

A noisy system answers each case rightly with a chance of its own; two runs of it should not be called different, over
all scores of all suites together.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

import numpy as np

from assistant.evals.comparing import compare_runs
from assistant.evals.runfile import Run
from assistant.evals.shapes import Case, Row

SCORES = ("a", "b", "c")
REPEATS = 3


def main() -> None:
    """Play and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--suites", type=int, default=15)
    options = parser.parse_args()
    draw = np.random.default_rng(7)
    many = {f"suite{n}": 8 + int(draw.integers(0, 60)) for n in range(options.suites)}
    told(f"the same system, {options.suites} suites", options.rounds, draw, many, 0.0)
    told("the same system, one suite of 200 cases", options.rounds, draw, {"one": 200}, 0.0)
    told("10 points less on 200 cases", max(1, options.rounds // 5), draw, {"one": 200}, 0.1)
    told("60 points less on 8 cases", max(1, options.rounds // 5), draw, {"one": 8}, 0.6)


def told(name: str, rounds: int, draw: np.random.Generator, sizes: dict[str, int], less: float) -> None:
    """Compare two runs of a system so many times, the second with so much less; print how often each verdict came."""
    found: Counter[str] = Counter()
    for _ in range(rounds):
        hard = {suite: np.clip(draw.beta(4, 2, count), 0.1, 1) for suite, count in sizes.items()}
        found[compare_runs(run(draw, hard, 0.0), run(draw, hard, less))["verdict"]] += 1
    shares = ", ".join(f"{verdict} {count / rounds:.1%}" for verdict, count in found.most_common())
    print(f"{name}, {rounds} times with {REPEATS} repeats: {shares}", flush=True)


def run(draw: np.random.Generator, hard: dict[str, Any], less: float) -> Run:
    """A run of the noisy system."""
    cases, rows = {}, []
    for suite, chances in hard.items():
        right = draw.random((len(chances), REPEATS, len(SCORES))) < np.clip(chances - less, 0, 1)[:, None, None]
        for number in range(len(chances)):
            case = Case(str(number), {"n": number}, {})
            cases[(suite, case.id)] = case
            for repeat in range(REPEATS):
                scores = dict(zip(SCORES, right[number, repeat].astype(float).tolist(), strict=True))
                rows.append(Row(suite, case.id, repeat + 1, scores, None))
    return Run({"suite": "all", "repeats": REPEATS, "guarded": [], "model": "fake:noisy"}, cases, rows)


if __name__ == "__main__":
    main()
