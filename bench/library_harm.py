"""What the search of the library bears: programs killed while they index, many at once, disks full or read-only.

python bench/library_harm.py [--kills 50] [--seconds 60] [--full FOLDER]

Each part prints how many answers were wrong or failed. FOLDER is one on a small file system (mount -t tmpfs -o size=2m
tmpfs FOLDER). The Chroma part builds with a limit of 0 vectors, so that Chroma answers as in a very large library.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
QUESTION, ANSWER = "who signs this bill before it is paid", "P30"
CHROMA = """
import sys
from assistant.library import exact
exact.UP_TO = 0
from assistant.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def command(*words: str, chroma: bool = False) -> list[str]:
    """The assistant with these words; with Chroma as the index."""
    start = [sys.executable, "-c", CHROMA] if chroma else [sys.executable, "-m", "assistant"]
    return [*start, "library", *words]


def environ(home: Path) -> dict[str, str]:
    """Variables of a program that has its home there."""
    return {**os.environ, "ASSISTANT_HOME": str(home), "PYTHONPATH": str(ROOT)}


def asked(home: Path, chroma: bool = False) -> tuple[bool, str]:
    """Whether a search answers rightly, and what it says about how."""
    told = subprocess.run(
        command("search", QUESTION, "--json", chroma=chroma),
        env=environ(home),
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        document = json.loads(told.stdout)
    except ValueError:
        return False, told.stderr.strip()[-200:]
    right = ANSWER in [hit["code"] for hit in document["results"]]
    return right, "; ".join([document["ranking"], *document.get("notes", [])])


def killed(times: int, chroma: bool) -> None:
    """Kills a program that indexes at a moment of chance, then asks; the harm adds up in one folder."""
    with tempfile.TemporaryDirectory() as name:
        home, chance, wrong = Path(name), random.Random(7), []
        asked(home)  # the entries are read once
        for _ in range(times):
            shutil.rmtree(home / "cache" / "index", ignore_errors=True)
            run = subprocess.Popen(
                command("index", chroma=chroma), env=environ(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(chance.uniform(0.3, 6 if chroma else 2.5))
            run.kill()
            run.wait()
            right, how = asked(home, chroma)
            if not right or "alone" in how:
                wrong.append(how)
        print(
            f"killed {times} times while indexing ({'Chroma' if chroma else 'vectors'}): {len(wrong)} wrong {wrong[:2]}"
        )


def together(seconds: float) -> None:
    """Two programs that index anew and ten that search, all the time."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        asked(home)  # the entries are read once
        end = time.monotonic() + seconds
        answers: list[tuple[bool, str]] = []
        built = failed = 0
        running: dict[subprocess.Popen[str], str] = {}
        while time.monotonic() < end or running:
            for process in [process for process in running if process.poll() is not None]:
                out, error = process.communicate()
                if running.pop(process) == "index":
                    built, failed = built + 1, failed + bool(process.returncode)
                    shutil.rmtree(next(home.rglob("index"), home / "none"), ignore_errors=True)
                else:
                    answers.append((ANSWER in out and process.returncode == 0, error.strip()[-200:]))
            for kind, many, words in (("index", 2, ["index"]), ("search", 10, ["search", QUESTION])):
                while time.monotonic() < end and list(running.values()).count(kind) < many:
                    run = subprocess.Popen(
                        command(*words), env=environ(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
                    )
                    running[run] = kind
            time.sleep(0.02)
        wrong = [how for right, how in answers if not right]
        print(f"{seconds:.0f} s together: {built} indexed ({failed} failed)")
        print(f"{len(answers)} searched meanwhile: {len(wrong)} wrong {wrong[:2]}")


def full(folder: Path) -> None:
    """A home on a disk that is full, and one that cannot be written."""
    for share in (1.0, 0.5):
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        free = shutil.disk_usage(folder).free
        (folder / "ballast").write_bytes(bytes(int(free * share) // 4096 * 4096))
        print(f"disk {share:.0%} full ({free // 1024} kB): {asked(folder)}")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--full", type=Path)
    options = parser.parse_args()
    if options.full:
        full(options.full)
    if options.kills:
        killed(options.kills, chroma=False)
        killed(options.kills, chroma=True)
    if options.seconds:
        together(options.seconds)


if __name__ == "__main__":
    main()
