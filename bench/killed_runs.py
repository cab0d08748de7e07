"""Does a run that was killed (kill -9) at a random moment go on to the same result? Prints how many of the tries did.

    python bench/killed_runs.py [--kills 50] [--suite exchange] [--cases 12]

A run is killed when its file has grown to a random size, and then goes on from it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.app import App
from assistant.evals.planning import plan_for
from assistant.evals.runner import Playing
from assistant.evals.suites import suites


def main() -> int:
    """Kill, go on, compare; returns how many came out otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--suite", default="exchange")
    parser.add_argument("--cases", type=int, default=12)
    options = parser.parse_args()
    dice, other, cut = random.Random(1), 0, 0
    with tempfile.TemporaryDirectory() as name:
        app = App.build({**os.environ, "ASSISTANT_HOME": f"{name}/home", "ASSISTANT_MODEL": "offline"})
        plan = plan_for([options.suite], suites(), only=options.cases, jobs=2)
        whole, part = Path(name) / "whole.jsonl", Path(name) / "part.jsonl"
        Playing(plan, app, out=whole).run()
        size, rows = whole.stat().st_size, whole.read_bytes().index(b'"line":"row"')
        for _ in range(options.kills):
            part.unlink(missing_ok=True)
            cut += killed(lambda: Playing(plan, app, out=part).run(), part, dice.uniform(0.5 * rows, size))
            Playing(plan, app, out=part).run()
            other += lines(part) != lines(whole)
    print(f"{cut} of {options.kills} runs were killed before they ended; {other} came out otherwise")
    return other


def killed(play: Callable[[], Any], path: Path, size: float) -> bool:
    """Play in a process of its own and kill it, with all it started, once the file has that size."""
    child = os.fork()
    if child == 0:
        os.setsid()
        play()
        os._exit(0)
    while not path.exists() or path.stat().st_size < size:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    os.killpg(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def lines(path: Path) -> list[Any]:
    """What a run file holds, but for dates and seconds."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [{key: value for key, value in row.items() if key not in ("date", "seconds")} for row in rows]


if __name__ == "__main__":
    sys.exit(main())
