"""How well change requests in plain words are read: each case's edits applied, written as BPMN, and scored.

    python bench/change.py CASES.jsonl [--scorer FILE] [--out DIR] [--half A|B] [--show] [--model NAME]

CASES.jsonl has an object a line with "id", "before" (a BPMN file, relative to it) and "request". The first reading of
a vague request is taken, as `assistant change --batch` does. With a scorer (`SCORER CASES DIR --json`) its figures are
printed. Halves are fixed by a hash of the id, so that rules can be tuned on one and tried on the other. What a request
does not speak of must stay: the steps that are still there and kept their name are counted, to the id.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from assistant.bpmn.read import read
from assistant.bpmn.write import write
from assistant.errors import AssistantError
from assistant.language.changing import ChangeReading, read_change
from assistant.process.apply import apply
from assistant.process.model import Process


def half(name: str) -> str:
    """A or B, at random but always the same."""
    return "AB"[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2]


def answer(case: dict[str, Any], before: Process, out: Path) -> tuple[ChangeReading | None, str]:
    """The case's reading, with the changed process written to `out`; or the reason why there is none."""
    try:
        reading = read_change(before, case["request"])
        edits = reading.edits or (reading.readings[0].edits if reading.readings else ())
        if not edits:
            return reading, "not understood"
        (out / f"{case['id']}.bpmn").write_bytes(write(apply(before, edits)))
        return reading, ""
    except AssistantError as error:
        return None, " ".join(str(error).split())


def main(argv: list[str] | None = None) -> int:
    """Run the cases and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--half", choices=["A", "B"])
    parser.add_argument("--show", action="store_true", help="print each request with what was read")
    args = parser.parse_args(argv)
    out = args.out or Path(tempfile.mkdtemp())
    out.mkdir(parents=True, exist_ok=True)
    cases = [json.loads(line) for line in args.cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    cases = [case for case in cases if args.half in (None, half(case["id"]))]
    known: dict[str, Process] = {}
    answered = asked = 0
    seconds = 0.0
    for case in cases:
        if case["before"] not in known:
            known[case["before"]] = read((args.cases.parent / case["before"]).read_bytes()).process
        start = time.perf_counter()
        reading, why = answer(case, known[case["before"]], out)
        seconds += time.perf_counter() - start
        answered += not why
        asked += bool(reading and reading.question)
        if args.show:
            print(f"{case['id']}: {case['request']}\n    {why or (reading.explanation if reading else '')}")
    print(
        f"{len(cases)} cases, {answered} answered, {asked} with a question, {1000 * seconds / len(cases):.1f} ms each"
    )
    if args.scorer:
        chosen = Path(tempfile.mkdtemp()) / "cases.jsonl"
        rows = [{**case, "after": str((args.cases.parent / case["after"]).resolve())} for case in cases]
        chosen.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        subprocess.run([sys.executable, str(args.scorer), str(chosen), str(out)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
