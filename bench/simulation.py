"""Figures of the simulation: speed, memory, agreement with formulas and with SimPy.

python bench/simulation.py                 everything (several minutes)
python bench/simulation.py speed memory    only these; also: simpy, alternatives, stations, moments, little, bytes
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "simulation"))

import numpy as np
import simulation_reference as reference

from assistant.process import durations as d
from assistant.simulation.draws import generator, sampler
from assistant.simulation.play import Run, play
from assistant.simulation.results import Estimate, Result
from assistant.simulation.run import simulate, simulate_all

KINDS = (
    d.Fixed(value=10), d.Exponential(mean=10), d.Uniform(low=2, high=9), d.Triangular(low=1, mode=2, high=12),
    d.Normal(mean=10, sd=2), d.Normal(mean=3, sd=5), d.Lognormal(mean=10, sd=6), d.Gamma(mean=10, sd=7),
    d.Gamma(mean=10, sd=15), d.Observed(values=(1, 2, 3, 5, 8, 40)),
)  # fmt: skip
PLAYED_ALONE = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import simulation_reference as r
from assistant.simulation.figures import figures
from assistant.simulation.play import Run, play
from assistant.simulation.run import simulate
{}
print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""
CASES = {0.5: 1000, 0.8: 4000, 0.9: 12_000}


def speed(args: argparse.Namespace) -> None:
    """Cases a second on one core on A, then B and C, then D, with 25 % rework, pools and costs."""
    for name, options in (
        ("pools and costs", {}),
        ("with calendars", {"hours": True}),
        ("with priorities", {"classes": True}),
        ("with calendars and priorities", {"hours": True, "classes": True}),
    ):
        process = reference.rework_process(**options)
        began = time.process_time()
        play(process, Run(1, 0, args.cases))
        print(f"  {name:32} {args.cases / (time.process_time() - began):>10,.0f} cases/s")


def simpy(args: argparse.Namespace) -> None:
    """The same process in SimPy: its figures, and how much slower it is."""
    process = reference.rework_process()
    began = time.process_time()
    result = simulate(process, cases=args.cases // 10, replications=10)
    ours = args.cases / (time.process_time() - began)
    began = time.process_time()
    runs = [reference.simpy_rework(args.cases // 10, seed) for seed in range(10)]
    theirs = args.cases / (time.process_time() - began)
    cycle, cost = np.array(runs).mean(axis=0)
    error = 2.262 * np.array(runs).std(axis=0, ddof=1) / 10**0.5
    for name, here, there, off in zip(("cycle time", "cost"), _figures(result), (cycle, cost), error, strict=True):
        print(f"  {name:11} here {here.mean:.3f} [{here.low:.3f}, {here.high:.3f}]  SimPy {there:.3f} ± {off:.3f}")
    print(f"  speed       here {ours:,.0f}, SimPy {theirs:,.0f} cases/s: ratio {ours / theirs:.1f}")


def _figures(result: Result) -> tuple[Estimate, Estimate]:
    return result.cycle_time, result.cost_per_case


def memory(_args: argparse.Namespace) -> None:
    """Peak memory of a process of its own that plays a million cases, and of the largest helper it starts."""
    for name, code in (
        ("2 x 500,000 cases", "simulate(r.rework_process(), cases=500_000, replications=2)"),
        ("2 x 500,000 cases on one core", "simulate(r.rework_process(), cases=500_000, replications=2, workers=1)"),
        ("1 x 1,000,000 cases", "p = r.rework_process(); figures(p, play(p, Run(1, 0, 1_000_000)), 0)"),
    ):
        began = time.perf_counter()
        ran = subprocess.run(
            [sys.executable, "-c", PLAYED_ALONE.format(code), sys.path[0]], capture_output=True, text=True, check=True
        )
        own, helper = (float(number) / 1024 for number in ran.stdout.split())
        print(f"  {name:32} {own:.0f} MB at most, a helper {helper:.0f} MB, {time.perf_counter() - began:.1f} s")


def alternatives(_args: argparse.Namespace) -> None:
    """As-is and four alternatives, 30 replications of 1,000 cases each."""
    processes = {str(number): reference.rework_process() for number in range(5)}
    for workers in (1, 2):
        began, busy = time.perf_counter(), _cpu()
        simulate_all(processes, cases=1000, replications=30, workers=workers)
        print(f"  {workers} worker(s): {time.perf_counter() - began:.2f} s, {_cpu() - busy:.2f} s of CPU")


def _cpu() -> float:
    """CPU seconds of this process and of those it started, which the machine's other work does not stretch."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _covered(job: tuple[int, float, int]) -> bool:
    servers, load, seed = job
    process = reference.station(servers, load)
    wait = simulate(process, cases=CASES[load], replications=20, seed=seed).waiting_time
    return wait.low <= reference.erlang_wait(servers, load) <= wait.high


def stations(args: argparse.Namespace) -> None:
    """How often the analytic wait of M/M/c lies in the 95 % interval."""
    with ProcessPoolExecutor(args.workers) as pool:
        for servers in (1, 3, 5):
            for load in CASES:
                jobs = [(servers, load, seed) for seed in range(1, args.runs + 1)]
                hits = sum(pool.map(_covered, jobs, chunksize=5))
                print(f"  c = {servers}, load {load}: {hits} of {args.runs} (20 x {CASES[load]:,} cases)", flush=True)


def moments(_args: argparse.Namespace) -> None:
    """Mean and deviation of what is drawn against those of the distribution."""
    for duration in KINDS:
        drawn = sampler(duration)(generator(1, 0), 2_000_000)
        mean, sd = duration.mean_seconds, duration.sd_seconds
        off = abs(drawn.std() / sd - 1) if sd else abs(drawn.std())
        print(f"  {duration.kind:12} mean off by {abs(drawn.mean() / mean - 1):.3%}, deviation by {off:.3%}")


def little(_args: argparse.Namespace) -> None:
    """The largest deviation from Little's law over many runs."""
    worst = 0.0
    for servers in (1, 3, 5):
        for load in CASES:
            result = simulate(reference.station(servers, load), cases=2000, replications=10)
            worst = max(worst, abs(result.little.mean))
    result = simulate(reference.rework_process(), cases=2000, replications=10)
    print(f"  largest gap, as a share of the cases under way: {max(worst, abs(result.little.mean)):.2%}")


def same_bytes(_args: argparse.Namespace) -> None:
    """The same seed with one, two and three workers."""
    process = reference.rework_process(hours=True, classes=True)
    texts = {json.dumps(simulate(process, cases=300, replications=6, workers=w).document()) for w in (1, 2, 3)}
    print(f"  different documents with 1, 2 and 3 workers: {len(texts)} (one is right)")


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "speed": speed, "memory": memory, "simpy": simpy, "alternatives": alternatives, "moments": moments,
    "little": little, "bytes": same_bytes, "stations": stations,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (default: all)")
    parser.add_argument("--cases", type=int, default=100_000, help="cases for the speed")
    parser.add_argument("--runs", type=int, default=100, help="seeded runs of each station")
    parser.add_argument("--workers", type=int, default=2, help="processes for the stations")
    args = parser.parse_args()
    for name in args.parts or PARTS:
        print(f"{name}: {(PARTS[name].__doc__ or '').strip()}", flush=True)
        PARTS[name](args)
    print(f"peak memory of this script {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
