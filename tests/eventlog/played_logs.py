"""Logs played from a process: each case walks through the tree by its chances, parallel work interleaved."""

from __future__ import annotations

import random
from collections import Counter

from assistant.process.blocks import AnyOf, Choice, End, Loop, Parallel, Sequence, Task
from assistant.process.model import Process


class Over(Exception):
    """The case ends here."""


def walk(flow: Sequence, draw: random.Random) -> list[str]:
    names: list[str] = []
    for step in flow.items:
        if isinstance(step, Task):
            names.append(step.name)
        elif isinstance(step, Choice):
            chances = [branch.p or 0 for branch in step.branches]
            names += walk(draw.choices(step.branches, chances)[0].do, draw)
        elif isinstance(step, Parallel | AnyOf):
            names += mixed([walk(branch.do, draw) for branch in step.branches], draw)
        elif isinstance(step, Loop):
            names += walk(step.do, draw)
            while draw.random() < (step.p or 0):
                names += walk(step.redo, draw) + walk(step.do, draw)
        elif isinstance(step, End):
            raise Over(names)
    return names


def mixed(rows: list[list[str]], draw: random.Random) -> list[str]:
    order = [at for at, row in enumerate(rows) for _ in row]
    draw.shuffle(order)
    left = [iter(row) for row in rows]
    return [next(left[at]) for at in order]


def ways_of(process: Process, cases: int, seed: int = 1) -> Counter[tuple[str, ...]]:
    draw = random.Random(seed)
    return Counter(tuple(walk(process.flow, draw)) for _ in range(cases))
