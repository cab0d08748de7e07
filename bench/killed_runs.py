"""Does a run that was killed (kill -9) at a random moment go on to the same result? Prints how many of the tries did.

python bench/killed_runs.py [--kills 50] [--suite exchange] [--cases 24]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> int:
    """Kill, go on, compare; returns how many came out otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--suite", default="exchange")
    parser.add_argument("--cases", type=int, default=24)
    options = parser.parse_args()
    dice, other, cut = random.Random(1), 0, 0
    with tempfile.TemporaryDirectory() as name:
        words = [sys.executable, "-m", "assistant", "eval", "run", options.suite, "--only", str(options.cases), "--out"]
        environment = {**os.environ, "ASSISTANT_HOME": f"{name}/home", "ASSISTANT_MODEL": "offline"}
        whole, part = Path(name) / "whole.jsonl", Path(name) / "part.jsonl"
        started = time.monotonic()
        subprocess.run([*words, str(whole)], env=environment, capture_output=True, check=True)
        lasted = time.monotonic() - started
        for _ in range(options.kills):
            part.unlink(missing_ok=True)
            ran = subprocess.Popen([*words, str(part)], env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
            try:
                ran.wait(dice.uniform(0.2, 1.0) * lasted)
            except subprocess.TimeoutExpired:
                os.killpg(ran.pid, signal.SIGKILL)
                ran.wait()
                cut += 1
            subprocess.run([*words, str(part)], env=environment, capture_output=True, check=True)
            other += lines(part) != lines(whole)
    print(f"{cut} of {options.kills} runs were killed before they ended; {other} came out otherwise")
    return other


def lines(path: Path) -> list[Any]:
    """What a run file holds, but for dates and seconds."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [{key: value for key, value in row.items() if key not in ("date", "seconds")} for row in rows]


if __name__ == "__main__":
    sys.exit(main())
