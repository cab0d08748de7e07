"""How close a drawn process comes to the one an expert drew: steps, what follows what, and splits.

Steps are paired one to one by how alike their names are; what follows what is compared over paired steps only.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from assistant.english.alike import share, stem
from assistant.english.tables import classed
from assistant.process.blocks import AnyOf, Block, Choice, End, Loop, Parallel, Sequence, Task
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

ALIKE = 0.5
LITTLE = classed("package", "little")


def similarity(a: str, b: str) -> float:
    """From 0 to 1: the better of shared word stems (Dice) and shared letters."""
    x, y = ({stem(word) for word in text.lower().split() if word not in LITTLE} for text in (a, b))
    return max(share(x, y), SequenceMatcher(None, a.lower(), b.lower()).ratio())


def pair_up(gold: list[Task], found: list[Task]) -> dict[str, str]:
    """Found step id to gold step id, best pairs first, each used once, none less alike than ALIKE."""
    ranked = sorted(
        ((similarity(g.name, f.name), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True
    )  # fmt: skip
    pairs: dict[str, str] = {}
    used: set[str] = set()
    for score, i, j in ranked:
        if score < ALIKE:
            break
        if found[j].id not in pairs and gold[i].id not in used:
            pairs[found[j].id] = gold[i].id
            used.add(gold[i].id)
    return pairs


def score_map(gold: Process, found: Process) -> dict[str, float]:
    """Scores 0 to 1: `task_f1`, `flow_f1`, `order_f1` (what comes before what, however far), `split_f1`, `role_f1` (of
    paired steps), `grounded` (steps with a span)."""
    pairs = pair_up(tasks(gold), tasks(found))
    theirs, ours = follows(gold), follows(found)
    gold_splits, splits = _splits(gold), _splits(found)
    grounded = [task.span is not None for task in tasks(found)]
    return {
        "task_f1": f1(len(pairs), len(tasks(gold)), len(tasks(found))),
        "flow_f1": _pairs_f1(theirs, ours, pairs),
        "order_f1": _pairs_f1(_reached(theirs), _reached(ours), pairs),
        "split_f1": f1(sum((gold_splits & splits).values()), sum(gold_splits.values()), sum(splits.values())),
        "role_f1": _roles(gold, found, pairs),
        "grounded": sum(grounded) / len(grounded) if grounded else 1.0,
    }


def f1(hits: int, a: int, b: int) -> float:
    """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
    return 2 * hits / (a + b) if a + b else 1.0


def _pairs_f1(theirs: set[tuple[str, str]], ours: set[tuple[str, str]], pairs: dict[str, str]) -> float:
    hits = sum((pairs.get(a), pairs.get(b)) in theirs for a, b in ours if a in pairs and b in pairs)
    return f1(hits, len(theirs), len(ours))


def _reached(direct: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Pairs of steps of which the second can come some time after the first."""
    after: dict[str, set[str]] = {}
    for a, b in direct:
        after.setdefault(a, set()).add(b)
    found: set[tuple[str, str]] = set()
    for first in after:
        waiting = [first]
        while waiting:
            new = [b for b in after.get(waiting.pop(), ()) if (first, b) not in found]
            found |= {(first, b) for b in new}
            waiting += new
    return found


def _roles(gold: Process, found: Process, pairs: dict[str, str]) -> float:
    ours = {task.id: found.role(task.role) for task in tasks(found)}
    theirs = {task.id: gold.role(task.role) for task in tasks(gold)}
    both = [(ours[a], theirs[b]) for a, b in pairs.items()]
    right = sum(bool(x and y and similarity(x.name, y.name) >= ALIKE) for x, y in both)
    return f1(right, sum(y is not None for _, y in both), sum(x is not None for x, _ in both))


def _splits(process: Process) -> Counter[str]:
    return Counter(step.block for step in walk(process) if isinstance(step, Choice | AnyOf | Parallel | Loop))


def follows(process: Process) -> set[tuple[str, str]]:
    """Pairs of task ids that can follow each other directly, waits and decisions passed over."""
    pairs: set[tuple[str, str]] = set()
    _enter(process.flow, [], pairs)
    return pairs


def _enter(sequence: Sequence, before: list[str], pairs: set[tuple[str, str]]) -> list[str]:
    """Go through a sequence from the tasks that may come just before it; returns those that may stand at its end."""
    for step in sequence.items:
        before = _step(step, before, pairs)
    return before


def _step(step: Block, before: list[str], pairs: set[tuple[str, str]]) -> list[str]:
    match step:
        case Task():
            pairs.update((earlier, step.id) for earlier in before)
            return [step.id]
        case End():
            return []
        case Choice() | AnyOf() | Parallel():
            ends = [_enter(branch.do, before, pairs) for branch in step.branches]
            return list(dict.fromkeys(place for end in ends for place in end))
        case Loop():
            done = _enter(step.do, before, pairs)
            again = _enter(step.redo, done, pairs)
            _enter(step.do, again, pairs)
            return done
        case _:
            return before
