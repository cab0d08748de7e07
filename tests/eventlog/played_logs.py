"""Logs played from a process: each case walks through the tree by its chances, parallel work interleaved."""

from __future__ import annotations

import random
from collections import Counter

from assistant.process.blocks import AnyOf, Choice, End, Loop, Parallel, Sequence, Task
from assistant.process.model import Process


def walk(flow: Sequence, draw: random.Random) -> tuple[list[str], bool]:
    """What is done, and whether the case is over with it."""
    names: list[str] = []
    over = False
    for step in flow.items:
        done: list[str] = []
        if isinstance(step, Task):
            done = [step.name]
        elif isinstance(step, Choice):
            chances = [branch.p or 0 for branch in step.branches]
            done, over = walk(draw.choices(step.branches, chances)[0].do, draw)
        elif isinstance(step, Parallel | AnyOf):
            walked = [walk(branch.do, draw) for branch in step.branches]
            done, over = mixed([way for way, _ in walked], draw), any(ended for _, ended in walked)
        elif isinstance(step, Loop):
            done, over = _around(step, draw)
        elif isinstance(step, End):
            over = True
        names += done
        if over:
            break
    return names, over


def _around(loop: Loop, draw: random.Random) -> tuple[list[str], bool]:
    names, over = walk(loop.do, draw)
    while not over and draw.random() < (loop.p or 0):
        for part in (loop.redo, loop.do):
            if not over:
                done, over = walk(part, draw)
                names += done
    return names, over


def mixed(rows: list[list[str]], draw: random.Random) -> list[str]:
    order = [at for at, row in enumerate(rows) for _ in row]
    draw.shuffle(order)
    left = [iter(row) for row in rows]
    return [next(left[at]) for at in order]


def ways_of(process: Process, cases: int, seed: int = 1) -> Counter[tuple[str, ...]]:
    draw = random.Random(seed)
    return Counter(tuple(walk(process.flow, draw)[0]) for _ in range(cases))
