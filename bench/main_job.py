"""How long the main job takes: `--help`, and `redesign` of the demo story from a cold and from a warm start.

    python bench/main_job.py [--times N]

CPU seconds beside wall-clock seconds, and a bare interpreter in the same run to compare with: machines are noisy.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STORY = Path(__file__).parent.parent / "templates" / "demo" / "order_to_cash.txt"


def run(words: list[str], home: str) -> tuple[float, float]:
    """Wall-clock and CPU seconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(words, env={**os.environ, "ASSISTANT_HOME": home}, check=True, capture_output=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    assistant = [sys.executable, "-m", "assistant"]
    with tempfile.TemporaryDirectory() as home:
        out = ["--out", str(Path(home) / "out"), "--force"]
        rows = {
            "bare interpreter": [sys.executable, "-c", "pass"],
            "assistant --help": [*assistant, "--help"],
            "assistant project list": [*assistant, "project", "list"],
            "assistant map STORY": [*assistant, "map", str(STORY), *out],
            "assistant redesign STORY, 20 x 1,000": [*assistant, "redesign", str(STORY), *out],
        }
        for name, words in rows.items():
            found = [run(words, home) for _ in range(times)]
            wall, cpu = (min(one[i] for one in found) for i in (0, 1))
            print(f"{name:38} best of {times}: {wall:5.2f} s wall, {cpu:5.2f} s CPU (first {found[0][0]:.2f} s wall)")


if __name__ == "__main__":
    main()
