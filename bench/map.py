"""How well the offline reader maps stories: task, flow and split F1 against gold maps, and its speed.

    python bench/map.py                      own stories (evals/stories/*.txt with gold trees beside them), and speed
    python bench/map.py FOLDER [--out DIR] [--scorer FILE] [--half A|B] [--worst N]

FOLDER holds NAME.txt with NAME.bpmn as gold. Predictions are written to DIR and, when a scorer is given, compared by
its functions `load` and `score`. Halves are fixed at random, so that rules can be tuned on A and tried on B. Ends with
1 when the tasks of A are told better than those of B by more than FITTED: then rules were fitted, not learnt.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from assistant.errors import AssistantError
from assistant.language.reading import read_story
from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.model import Process

ROOT = Path(__file__).parent.parent
STORIES, DEMO = ROOT / "evals" / "stories", ROOT / "templates" / "demo" / "order_to_cash.txt"
FITTED = 0.08
GATEWAY = {Choice: "exclusiveGateway", AnyOf: "inclusiveGateway", Parallel: "parallelGateway"}


class Dump:
    """A process as the barest BPMN: nodes and flows, no diagram."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.flows: list[tuple[str, str]] = []

    def node(self, kind: str, name: str = "") -> str:
        """Add a node; returns its id."""
        key = f"n{len(self.nodes)}"
        self.nodes.append(f"<{kind} id={quoteattr(key)} name={quoteattr(name)}/>")
        return key

    def sequence(self, sequence: Sequence, before: str | None) -> str | None:
        """Draw a sequence after `before`; returns the last node (None: the flow ended)."""
        for step in sequence.items:
            if before is None:
                return None
            before = self.step(step, before)
        return before

    def step(self, step: Block, before: str) -> str | None:
        """Draw one block after `before`."""
        if isinstance(step, Task | Wait | End | Call):
            kind = {Task: "task", Wait: "intermediateCatchEvent", End: "endEvent", Call: "callActivity"}[type(step)]
            key = self.node(kind, step.outcome if isinstance(step, End) else step.name)
            self.flows.append((before, key))
            return None if isinstance(step, End) else key
        if isinstance(step, Loop):
            return self.loop(step, before)
        assert isinstance(step, Choice | AnyOf | Parallel)
        split = self.node(GATEWAY[type(step)])
        self.flows.append((before, split))
        lasts = [self.sequence(branch.do, split) for branch in step.branches]
        open_ = [last for last in lasts if last is not None]
        if not open_:
            return None
        join = self.node(GATEWAY[type(step)])
        self.flows += [(last, join) for last in open_]
        return join

    def loop(self, step: Loop, before: str) -> str:
        """A loop: join, body, split, and the way back."""
        join = self.node("exclusiveGateway")
        self.flows.append((before, join))
        last = self.sequence(step.do, join)
        split = self.node("exclusiveGateway")
        if last is not None:
            self.flows.append((last, split))
        back = self.sequence(step.redo, split)
        if back is not None:
            self.flows.append((back, join))
        return split

    def text(self, process: Process) -> str:
        """The whole file."""
        last = self.sequence(process.flow, self.node("startEvent"))
        if last is not None:
            self.flows.append((last, self.node("endEvent")))
        flows = "".join(
            f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>' for i, (a, b) in enumerate(self.flows)
        )
        return f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process>{"".join(self.nodes)}{flows}</process></definitions>'


def halves(names: list[str]) -> dict[str, str]:
    """A (rules were tuned on these) or B (never looked at) for each name: a shuffle with a fixed seed."""
    mixed = sorted(names)
    random.Random(7).shuffle(mixed)
    return {name: "A" if place < len(mixed) // 2 else "B" for place, name in enumerate(mixed)}


def scorer_of(path: Path) -> Any:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(folder: Path, out: Path) -> None:
    """Read every story of `folder` and write its map to `out`."""
    for story in sorted(folder.glob("*.txt")):
        try:
            process = read_story(story.read_text(encoding="utf-8")).process
        except AssistantError as error:
            print(f"{story.stem}: {error}")
            continue
        (out / f"{story.stem}.bpmn").write_text(Dump().text(process), encoding="utf-8")


def report(folder: Path, out: Path, scorer: Any, half: str, worst: int) -> float:
    """Mean scores of a folder for both halves, and its worst cases; returns what half A is ahead in tasks."""
    rows = {}
    for gold in sorted(folder.glob("*.bpmn")):
        predicted = out / gold.name
        rows[gold.stem] = (
            scorer.score(scorer.load(gold), scorer.load(predicted)) if predicted.is_file() else (0.0, 0.0, 0.0)
        )
    of, tasks = halves(list(rows)), {}
    for name in [half] if half else ["A", "B", "AB"]:
        part = [row for key, row in rows.items() if of[key] in name]
        mean = [sum(row[i] for row in part) / len(part) for i in range(3)]
        tasks[name] = mean[0]
        print(f"{folder.name:10} {name:2} n={len(part):3} task {mean[0]:.3f}  flow {mean[1]:.3f}  split {mean[2]:.3f}")
    for key, row in sorted(rows.items(), key=lambda entry: sum(entry[1]))[:worst]:
        if not half or of[key] == half:
            print(f"   {key:22} task {row[0]:.2f} flow {row[1]:.2f} split {row[2]:.2f}")
    if half:
        return 0.0
    ahead = tasks["A"] - tasks["B"]
    print(f"{folder.name:10} A is ahead of B by {ahead:.3f} in tasks{f': more than {FITTED}' * (ahead > FITTED)}")
    return ahead


def own() -> None:
    """Our own stories against the trees made for them by hand."""
    from assistant.evals.maps import score_map
    from assistant.process import codec

    rows = []
    for gold in sorted(STORIES.glob("*.json")):
        text = DEMO if gold.stem == "order_to_cash" else gold.with_suffix(".txt")
        found = read_story(text.read_text(encoding="utf-8")).process
        rows.append(score_map(codec.loads(gold.read_text(encoding="utf-8")), found))
        print(f"{gold.stem:16} " + "  ".join(f"{name} {value:.2f}" for name, value in rows[-1].items()))
    if rows:
        print(f"{'mean':16} " + "  ".join(f"{name} {sum(r[name] for r in rows) / len(rows):.2f}" for name in rows[0]))


def speed() -> None:
    """Words a second at growing lengths."""
    stories = sorted(STORIES.glob("*.txt"))
    words = "\n\n".join(story.read_text(encoding="utf-8") for story in stories).split(" ")
    if not words:
        return
    for count in (500, 2_000, 10_000, 50_000):
        text = " ".join((words * (count // len(words) + 1))[:count])
        start = time.process_time()
        read_story(text)
        spent = time.process_time() - start
        print(f"{count:6} words {spent:6.2f} s CPU  {spent / count * 1e6:6.0f} µs a word")


def main() -> int:
    """Print the figures; returns the exit code."""
    fitted = False
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--half", default="", choices=["", "A", "B"])
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    for folder in args.folders:
        out = (args.out or Path(tempfile.mkdtemp())) / folder.name
        out.mkdir(parents=True, exist_ok=True)
        predict(folder, out)
        if args.scorer:
            fitted |= report(folder, out, scorer_of(args.scorer), args.half, args.worst) > FITTED
    if not args.folders:
        own()
        speed()
    return int(fitted)


if __name__ == "__main__":
    sys.exit(main())
