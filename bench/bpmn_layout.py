"""What laying out, drawing, writing and reading a process costs, by its size.

    python bench/bpmn_layout.py [SIZE ...]

The processes are made of the same unit again and again: work handed between roles, a decision, parallel work, a loop,
documents, messages and an early end. Prints seconds for each size, and microseconds a task.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

from assistant.bpmn.layout import lay_out
from assistant.bpmn.read import read
from assistant.bpmn.svg import svg
from assistant.bpmn.write import write
from assistant.process.blocks import Block, Branch, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.model import DataObject, Process, Role

ROLES = ("Sales", "Warehouse", "Finance", "Customer service", "Purchasing")


def process_of(tasks: int, seed: int = 1) -> Process:
    """A process with about that many tasks."""
    pick = random.Random(seed)
    made = 0

    def task(**more: object) -> Task:
        nonlocal made
        made += 1
        return Task(id=f"t{made}", name=f"Check the delivery {made}", role=f"r{pick.randrange(len(ROLES))}", **more)  # type: ignore[arg-type]

    def row(*items: Block) -> Sequence:
        return Sequence(items=items)  # type: ignore[arg-type]

    items: list[Block] = []
    number = 0
    while made < tasks:
        number += 1
        items += [task(reads=("order",)), task()]
        ended = Branch(id=f"c{number}.1", when="rejected", do=row(task(), End(id=f"e{number}", outcome="Rejected")))
        items.append(
            Choice(id=f"c{number}", question="Accepted?", branches=(ended, Branch(id=f"c{number}.2", when="yes")))
        )
        sides = tuple(Branch(id=f"p{number}.{n}", do=row(task(), task())) for n in range(2))
        items.append(Parallel(id=f"p{number}", branches=sides))
        redo = row(task(contact="Customer"), Wait(id=f"w{number}", name="Answer", event="message", contact="Customer"))
        items.append(Loop(id=f"l{number}", do=row(task()), while_="incomplete", redo=redo, question="Complete?"))
    roles = tuple(Role(id=f"r{n}", name=name) for n, name in enumerate(ROLES))
    return Process(name="Benchmark", roles=roles, data=(DataObject(id="order", name="Order"),), flow=row(*items))


def measure(what: Callable[[], object], runs: int) -> float:
    """The shortest of some runs, in seconds."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        what()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 300, 1000, 3000, 10000])
    for size in parser.parse_args().sizes:
        process = process_of(size)
        runs = 5 if size <= 1000 else 2
        data = write(process)
        jobs = {
            "lay out": lambda p=process: lay_out(p),
            "svg": lambda p=process: svg(p),
            "write": lambda p=process: write(p),
            "read own": lambda d=data: read(d),
            "read foreign": lambda d=data: read(d.replace(b"pr:process", b"pr:other")),
        }
        row = {name: measure(job, runs) for name, job in jobs.items()}
        print(f"{size:6} tasks  " + "  ".join(f"{k} {v:6.3f} s ({v / size * 1e6:4.0f} us)" for k, v in row.items()))


if __name__ == "__main__":
    main()
