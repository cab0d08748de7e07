"""How well the built-in rules hear what people say about the pains of their work, and tie it to steps.

    python bench/evidence.py [--kinds] [--half 1|2 --misses KIND]     single sentences of evals/spoken
    python bench/evidence.py --told FOLDER [--names FILE] [-v]        told stories with planted pains beside them

The sentences of `evals/spoken` are learnt from (`evidence_weights.py`); what measures are told stories. For told
stories a pain counts as heard when a remark of a kind that leads to one of its practices is made anywhere, as tied when
such a remark stands at its place, as found when a finding names one of its practices there.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.language.evidence_cues.remarks_heard import heard_in
from assistant.language.reading import read_story
from assistant.process.model import Process
from assistant.process.tree import walk
from assistant.redesign.alternatives import Trial
from assistant.redesign.detectors.meanings import MEANINGS
from assistant.redesign.estimates import complete
from assistant.redesign.findings import find_in, thresholds
from assistant.redesign.view import View

SPOKEN = Path(__file__).parent.parent / "evals" / "spoken"
_SKIP = {"the", "a", "of", "to", "for", "and", "in", "by", "with", "case", "customer"}
_TAIL = re.compile(r"(ations?|ings?|ments?|ied|ies|ed|es|s|e|y)$")


def spoken(half: int) -> list[tuple[str, str]]:
    """The kind and the words of each sentence that says something, in one half of each file."""
    rows = []
    for path in sorted((SPOKEN / "hits").glob("*.txt")):
        lines = _lines(path)
        middle = len(lines) // 2
        rows += [(path.stem, line) for line in (lines[:middle] if half == 1 else lines[middle:])]
    return rows


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(half: int, kinds: bool) -> None:
    """Print recall and precision of one half."""
    rows = [(kind, heard_in(line)) for kind, line in spoken(half)]
    right = sum(kind in heard for kind, heard in rows)
    claimed = sum(len(heard) for _, heard in rows)
    some = sum(bool(heard) for _, heard in rows)
    print(
        f"half {half}: recall {right / len(rows):.3f}, precision {right / max(1, claimed):.3f}, "
        f"something heard {some / len(rows):.3f}"
    )
    for kind in sorted({kind for kind, _ in rows}) if kinds else ():
        own = [heard for of, heard in rows if of == kind]
        hits, named = sum(kind in heard for heard in own), sum(kind in heard for _, heard in rows)
        print(f"   {kind:20} recall {hits / len(own):.2f} precision {hits / max(1, named):.2f}")


def quiet() -> None:
    """Print how often something is heard where nothing is said, and the wrong kind where words are alike."""
    nothing = _lines(SPOKEN / "none.txt")
    print(f"none: {sum(bool(heard_in(line)) for line in nothing) / len(nothing):.3f}")
    near = [(path.stem, line) for path in (SPOKEN / "near_misses").glob("*.txt") for line in _lines(path)]
    print(f"near misses taken for the kind: {sum(kind in heard_in(line) for kind, line in near) / len(near):.3f}")


def told(folder: Path, names: list[str], verbose: bool) -> None:
    """Print what became of each planted pain, and the findings of each story that are told ones."""
    counts: Counter[str] = Counter()
    false: list[int] = []
    for path in sorted(folder.glob("*.json")):
        if names and path.stem not in names:
            continue
        text, gold = path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))
        process = read_story(text).process
        completed, limits = complete(process), thresholds(None)
        filled = frozenset((one.element, one.field) for one in completed.filled)
        queues = Trial(limits, 1).if_queues(completed.process)
        findings = find_in(View(completed.process, limits, queues, (), filled))
        label = {step.id: _label(step) for step in walk(process)}
        if not gold["pains"]:
            false.append(len(findings))
        if verbose:
            print(f"## {path.stem}: steps {'; '.join(name for name in label.values() if name)}")
        for pain in gold["pains"]:
            became = _became(pain, process, findings, label)
            counts[became] += 1
            if verbose:
                print(f"   {became:9} {pain['practice']} {pain['where']}: {pain['why']}")
        if verbose:
            _show(process, findings, label)
    total = sum(counts.values())
    if total:
        print(f"{total} pains: " + ", ".join(f"{name} {count / total:.2f}" for name, count in sorted(counts.items())))
    if false:
        print(f"findings in sound stories: {false}")


def _became(pain: dict[str, Any], process: Process, findings: Any, label: dict[str, str]) -> str:
    codes, where = set(pain["practice"]), set().union(*(_stems(place) for place in pain["where"]))

    def there(ids: Iterable[str]) -> bool:
        return len(_stems(" ".join(label.get(name, "") for name in ids)) & where) >= min(2, len(where))

    if any(codes & set(finding.practices) and there(finding.elements) for finding in findings):
        return "found"
    right = [one for one in process.remarks if one.kind in MEANINGS and codes & set(MEANINGS[one.kind].practices)]
    if any(there(one.elements) for one in right):
        return "swallowed" if any(there(one.elements) and one.sure for one in right) else "unsure"
    if not there(label):
        return "no step"
    return "untied" if right else "unheard"


def _label(step: Any) -> str:
    return str(getattr(step, "name", "") or getattr(step, "question", "") or "")


def _stems(text: str) -> set[str]:
    return {_TAIL.sub("", word) for word in re.findall(r"[a-z]+", text.lower()) if word not in _SKIP and len(word) > 2}


def _show(process: Process, findings: Any, label: dict[str, str]) -> None:
    for one in process.remarks:
        if one.kind in MEANINGS:
            at = ", ".join(label.get(name, name) for name in one.elements)
            print(f"      remark {one.kind}{'' if one.sure else '?'} @ {at} :: {one.text[:160]}")
    for finding in findings:
        print(f"      finding {finding.kind} {finding.practices} @ {[label.get(i, i) for i in finding.elements]}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--half", type=int, default=1, choices=(1, 2))
    parser.add_argument("--misses")
    parser.add_argument("--told", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("-v", action="store_true")
    given = parser.parse_args()
    if given.told:
        told(given.told, given.names.read_text().split() if given.names else [], given.v)
    elif given.misses:
        for kind, line in spoken(given.half):
            if kind == given.misses and kind not in heard_in(line):
                print(sorted(heard_in(line)), line)
    else:
        begun = time.process_time()
        for half in (1, 2):
            measure(half, given.kinds)
        quiet()
        words = sum(len(line.split()) for half in (1, 2) for _, line in spoken(half))
        print(f"about {1000 * (time.process_time() - begun) * 500 / (1.4 * words):.0f} ms for 500 words")


if __name__ == "__main__":
    main()
