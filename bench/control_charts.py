"""Control charts against what they promise: the average run length of 10,000 series, in control and shifted.

    python bench/control_charts.py [--series 10000]

Each series has a baseline from which the chart takes its limits, then goes on until the chart alarms; the charts are
those of `assistant log`. XmR charts of normal values; p charts of shares. Within 10 % of the promise is asked for.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np

from assistant.eventlog.control import share_limits, watch
from assistant.eventlog.promise import run_length, share_run_length

PIECES = (60, 240, 1200, 6000, 20_000)


def until(alarmed: Callable[[int], int | None]) -> int:
    """The first alarm, looked for in longer and longer series."""
    for length in PIECES:
        if (at := alarmed(length)) is not None:
            return at
    return PIECES[-1]


def xmr_length(rng: np.random.Generator, baseline: int, shift: float) -> int:
    values = rng.standard_normal(baseline).tolist()
    rest: list[float] = []

    def alarmed(length: int) -> int | None:
        rest.extend((rng.standard_normal(length - len(rest)) + shift).tolist())
        alarm, _ = watch(values + rest, baseline)
        return None if alarm is None else alarm + 1

    return until(alarmed)


def share_length(rng: np.random.Generator, centre: float, size: int, periods: int, shift: float) -> int:
    moved = min(1.0, centre + shift * (centre * (1 - centre) / size) ** 0.5)
    seen = int(rng.binomial(size * periods, centre))
    low, high = share_limits(seen / (size * periods), size, 1.0)
    at = 0
    while at < PIECES[-1]:
        shares = rng.binomial(size, moved, 500) / size
        hits = np.flatnonzero((shares < low - 1e-9) | (shares > high + 1e-9))
        if len(hits):
            return at + int(hits[0]) + 1
        at += 500
    return at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=10_000)
    args = parser.parse_args()
    rng, worst = np.random.default_rng(1), 0.0
    for baseline in (20, 30, 50):
        for shift in (0.0, 1.0, 1.5):
            lengths = np.array([xmr_length(rng, baseline, shift) for _ in range(args.series)])
            worst = max(worst, told(f"XmR, limits of {baseline}, shift {shift}", lengths, run_length(baseline, shift)))
    for centre, size in ((0.2, 50), (0.1, 100), (0.4, 20)):
        for shift in (0.0, 1.0, 2.0):
            lengths = np.array([share_length(rng, centre, size, 24, shift) for _ in range(args.series)])
            promised = share_run_length(centre, size, size * 24, shift)
            worst = max(worst, told(f"p, {centre:.0%} of {size}, shift {shift}", lengths, promised))
    print(f"furthest from its promise: {100 * worst:.1f} %")


def told(name: str, lengths: np.ndarray, promised: float) -> float:
    mean, error = float(lengths.mean()), float(lengths.std() / len(lengths) ** 0.5)
    off = abs(mean - promised) / promised
    within = float((lengths <= promised).mean())
    print(f"{name:34} promised {promised:7.1f}  played {mean:7.1f} ± {2 * error:4.1f}  off {100 * off:4.1f} %  "
          f"within the promise {100 * within:.0f} %", flush=True)  # fmt: skip
    return off


if __name__ == "__main__":
    main()
