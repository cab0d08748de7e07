"""Does `make eval` see it? Faults planted one at a time in a copy of the program, and how many turn it red.

    python bench/planted_faults.py [--only NAME,..] [--all-suites] [--list]

A fault is a small edit of one file (planted_faults.yaml). To save time only the suites that could notice it are played,
in the copy, with the cases of `eval run all`, first a few of them, and compared with the blessed run as `make eval`
does; with --all-suites a fault they do not show is tried on all of them. A fault whose text is no longer in its file
counts as missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent
SLOW = ("report", "proposals", "pains", "conversation", "reading")
FEW = 4
"""Cases of a slow suite that mostly are enough to show a fault; all are played when they do not."""
COPIED = ("assistant", "prompts", "library", "templates", "evals", "pyproject.toml")
PLAYED = """
import sys
from assistant.cli.main import main
ran = main(["eval", "run", *sys.argv[2:], "--sample", "--force", "--out", sys.argv[1]])
if ran not in (0, 4):
    print(f"the run ended with {ran}")
    sys.exit(1)
sys.exit(main(["eval", "compare", sys.argv[1]]))
"""


def main() -> int:
    """Plant each fault, play, compare; print what was seen and what was missed. Returns the number missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names (or parts of them), with commas between")
    parser.add_argument("--all-suites", action="store_true", help="play all suites for a fault its own do not show")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    wanted = [part for part in options.only.split(",") if part]
    faults = yaml.safe_load((HERE / "planted_faults.yaml").read_text(encoding="utf-8"))
    chosen = [fault for fault in faults if not wanted or any(part in fault["name"] for part in wanted)]
    if options.list:
        print("\n".join(f"{fault['name']} ({fault['file']}; {', '.join(fault['suites'])})" for fault in chosen))
        return 0
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        copied(copy)
        chosen.sort(key=lambda fault: sum(suite in SLOW for suite in fault["suites"]))
        missed = [fault["name"] for fault in chosen if not seen(fault, copy, options.all_suites)]
    red = len(chosen) - len(missed)
    print(f"{red} of {len(chosen)} planted faults turn it red; missed: {'; '.join(missed) or 'none'}")
    return len(missed)


def copied(copy: Path) -> None:
    """The program in a folder of its own, so that nothing of the checkout is touched."""
    for name in COPIED:
        source, target = ROOT / name, copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def seen(fault: dict[str, Any], copy: Path, everywhere: bool) -> bool:
    """Whether the fault turns the evals red."""
    path, suites = copy / fault["file"], fault["suites"]
    text = path.read_text(encoding="utf-8")
    if fault["old"] not in text:
        print(f"NO LONGER THERE  {fault['name']}: mend bench/planted_faults.yaml", flush=True)
        return False
    started = time.monotonic()
    path.write_text(text.replace(fault["old"], fault["new"], 1), encoding="utf-8")
    red, why = False, ""
    ways = [[*suites, "--only", str(FEW)]] if set(suites) & set(SLOW) else []
    try:
        for words in [*ways, suites, *([["all"]] if everywhere else [])]:
            red, why = played(copy, words)
            if red:
                break
    finally:
        path.write_text(text, encoding="utf-8")
    print(f"{'red ' if red else 'GREEN'} {time.monotonic() - started:5.0f} s  {fault['name']}: {why[:150]}", flush=True)
    return red


def played(copy: Path, words: list[str]) -> tuple[bool, str]:
    """Whether suites, played in the copy, are worse than the blessed run; and the verdict in words."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "ASSISTANT_HOME": str(copy / "home"),
                   "ASSISTANT_MODEL": "offline", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    command = [sys.executable, "-c", PLAYED, str(copy / "run.jsonl"), *words]
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    told = [line for line in (ran.stdout or ran.stderr).splitlines() if ":" in line or "ended" in line]
    verdict = next((line for line in told if line.startswith(("worse", "the run"))), (told or [""])[-1])
    return ran.returncode not in (0, 4), verdict


if __name__ == "__main__":
    sys.exit(main())
