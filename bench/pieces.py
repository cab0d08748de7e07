"""Whether a story told one sentence a turn gives what it gives in one go: its steps, their order, and no other figures.

python bench/pieces.py [FILE.txt ...]      (without files: every story of evals/told, evals/stories and evals/parallel)

Prints for each story the F1 of the steps against those of one go (name and role), the share of neighbouring steps
that follow each other in both, and how many told figures stand on a step of the same name that one go does not give it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.process.blocks import Task
from assistant.process.durations import Basis
from assistant.process.model import Process
from assistant.process.tree import walk

ROOT = Path(__file__).resolve().parents[1] / "evals"
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


def told(turns: list[str]) -> Process:
    """The process after some turns in a project of its own."""
    with tempfile.TemporaryDirectory() as home:
        app = App.build({"ASSISTANT_HOME": home})
        talk = Talk(app.session("story"), lambda session, folder, force: [])
        for turn in turns:
            talk.turn(turn)
        process = talk.session.process
        app.store.close()
        return process


def steps(process: Process) -> list[Task]:
    """The steps in reading order."""
    return [step for step in walk(process) if isinstance(step, Task)]


def compared(one_go: Process, pieces: Process) -> tuple[float, float, int]:
    """F1 of the steps, share of the same neighbours, and figures that one go does not have there."""
    whole = [(task.name.lower(), task.role or "") for task in steps(one_go)]
    parts = [(task.name.lower(), task.role or "") for task in steps(pieces)]
    same = len(set(whole) & set(parts))
    f1 = 2 * same / max(1, len(set(whole)) + len(set(parts)))
    pairs = [set(pairwise(row)) for row in (whole, parts)]
    flow = 2 * len(pairs[0] & pairs[1]) / max(1, len(pairs[0]) + len(pairs[1]))
    known = {task.name.lower(): task for task in steps(one_go)}
    wrong = sum(
        (value := getattr(task, field)) is not None
        and value.basis is Basis.STATED
        and _seconds(task, field) != _seconds(known[task.name.lower()], field)
        for task in steps(pieces)
        if task.name.lower() in known
        for field in ("work", "wait")
    )
    return f1, flow if pairs[0] or pairs[1] else 1.0, wrong


def _seconds(task: Task, field: str) -> float | None:
    value = getattr(task, field)
    return value.mean_seconds if value is not None else None


def main() -> None:
    """Compare every story and print the means."""
    files = [Path(name) for name in sys.argv[1:]]
    files = files or [
        path
        for folder in ("told", "stories", "parallel")
        for path in sorted((ROOT / folder).glob("*.txt"))
        if not path.stem.isupper()  # lists of names
    ]
    rows = []
    for path in files:
        text = path.read_text(encoding="utf-8").strip()
        sentences = [" ".join(sentence.split()) for sentence in SENTENCE.split(text) if re.search(r"\w", sentence)]
        rows.append(compared(told([text]), told(sentences)))
        print(
            f"{path.stem:32} steps {rows[-1][0]:.2f}  flow {rows[-1][1]:.2f}  wrong figures {rows[-1][2]}", flush=True
        )
    count = max(1, len(rows))
    print(f"{len(rows)} stories: steps {sum(row[0] for row in rows) / count:.3f}, flow "
          f"{sum(row[1] for row in rows) / count:.3f}, wrong figures {sum(row[2] for row in rows)}")  # fmt: skip


if __name__ == "__main__":
    main()
