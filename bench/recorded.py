"""Told against recorded: whether planted deviations are said, and nothing else.

    python bench/recorded.py [--cases 400] [--seed 1] [--only NAME] [--read]

For each process of a part of the library: it is told with figures, its log is played apart from our simulation (by
SimPy) with eight or nine deviations planted, one of each kind at steps of their own, and the log is studied as
`assistant log` does. Prints recall and the share of false ones by kind; --read prints every sentence.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "eventlog"))

from recorded_logs import Plant, log_rows, manned, write_log

from assistant.eventlog.read_log import read_log
from assistant.eventlog.times import measure
from assistant.eventlog.what_a_log_shows import document, recorded
from assistant.library.store import load_library
from assistant.library.template import template
from assistant.process.blocks import Choice, Loop, Parallel, Sequence, Task
from assistant.process.codec import dumps, from_data
from assistant.process.expected import visit_rates
from assistant.process.model import Process
from assistant.process.tree import steps, walk

PROCESSES = (
    "access-request", "claim-to-settlement", "complaint-to-resolution", "employee-onboarding", "incident-to-resolution",
    "invoice-to-pay", "loan-origination", "permit-application", "quote-to-order", "requisition-to-hire",
    "returns-and-refunds", "supplier-onboarding",
)  # fmt: skip
OFTEN = 0.3  # a step that is planted on is done in so many of the cases


class Planted(NamedTuple):
    """A process as told, what its log is played from, the plants, and the ids that count as found for each."""

    told: Process
    real: Process
    plant: Plant
    wanted: list[tuple[str, set[str]]]


def planted(real: Process, seed: int) -> Planted:
    """Deviations of each kind at steps of their own."""
    draw = random.Random(seed)
    rates = visit_rates(real)
    rows = [
        [step for step in flow.items if isinstance(step, Task)]
        for flow in _rows(real.flow)
    ]  # fmt: skip
    free = [task for row in rows if len(row) > 2 for task in row if rates.get(task.id, 0) >= OFTEN]
    draw.shuffle(free)
    plant, wanted = Plant(), []

    def take() -> Task:
        return free.pop()

    for flow in draw.sample(list(_rows(real.flow)), len(list(_rows(real.flow)))):
        pairs = [
            (a, b) for a, b in zip(flow.items, flow.items[1:], strict=False)
            if isinstance(a, Task) and isinstance(b, Task) and a in free and b in free
        ]  # fmt: skip
        if pairs:
            first, second = draw.choice(pairs)
            free.remove(first)
            free.remove(second)
            plant.swapped[first.id] = draw.uniform(0.1, 0.4)
            wanted.append(("order", {f"order:{first.id}", f"order:{second.id}"}))
            break
    kinds = ["skipped", "untold", "repeated", "never", "who", "time"]
    for kind in kinds:
        if not free:
            break
        step = take()
        share = draw.uniform(0.06, 0.5)
        wanted.append((kind, {f"{kind}:{step.id}"}))
        if kind == "skipped":
            plant.skipped[step.id] = share
        elif kind == "untold":
            name = f"Call back about {step.id.replace('_', ' ')[:20]} twice"
            plant.untold[step.id] = (name, share)
            wanted[-1] = (kind, {f"untold:{name}"})
        elif kind == "repeated":
            plant.repeated[step.id] = share
        elif kind == "never":
            plant.never.add(step.id)
        elif kind == "who":
            other = next(role.id for role in real.roles if role.id != step.role and role.capacity)
            plant.by[step.id] = (other, 2 * share)
        else:
            plant.longer[step.id] = draw.uniform(2, 4)
    return _told(real, rates, plant, wanted, draw)


def _told(
    real: Process, rates: dict[str, float], plant: Plant, wanted: list[tuple[str, set[str]]], draw: random.Random
) -> Planted:
    """What is told of chances: one decision and one loop quite otherwise."""
    document = json.loads(dumps(real))
    choices = [step for step in walk(real) if isinstance(step, Choice) and _often(step, rates) and _tells(step)]
    loops = [step for step in walk(real) if isinstance(step, Loop) and _often(step, rates)]
    if choices:
        choice = draw.choice(choices)
        wanted.append(("chance", {f"chance:{branch.id}" for branch in choice.branches}))
        shares = [branch.p or 0.0 for branch in choice.branches]
        top = shares.index(max(shares))
        moved = min(0.25, 0.9 * shares[top])
        shares = [
            share - moved if at == top else share + moved / (len(shares) - 1) for at, share in enumerate(shares)
        ]  # fmt: skip
        _say(document, choice.id, shares)
    if loops:
        loop = draw.choice(loops)
        wanted.append(("loop", {f"chance:{loop.id}"}))
        _say(document, loop.id, (loop.p or 0) + (0.2 if (loop.p or 0) < 0.3 else -0.2))
    return Planted(from_data(document), real, plant, wanted)


def _tells(choice: Choice) -> bool:
    """Whether the log shows which branch was taken: all but one begin with a step of their own."""
    return sum(not any(isinstance(step, Task) for step in steps(branch.do)) for branch in choice.branches) <= 1


def _often(step: Any, rates: dict[str, float]) -> bool:
    return max((rates.get(inner.id, 0) for inner in _inside(step)), default=0) >= OFTEN


def _inside(step: Any) -> list[Task]:
    flows = [step.do] if isinstance(step, Loop) else [branch.do for branch in step.branches]
    return [inner for flow in flows for inner in steps(flow) if isinstance(inner, Task)]


def _rows(flow: Sequence) -> Iterator[Sequence]:
    """The flows outside loops."""
    yield flow
    for step in flow.items:
        if isinstance(step, Choice | Parallel):
            for branch in step.branches:
                yield from _rows(branch.do)


def _say(data: Any, id_: str, chance: Any) -> None:
    if isinstance(data, list):
        for item in data:
            _say(item, id_, chance)
    elif isinstance(data, dict):
        if data.get("id") == id_ and isinstance(chance, list):
            for branch, share in zip(data["branches"], chance, strict=True):
                branch["p"] = share
        elif data.get("id") == id_:
            data["p"] = chance
        for item in data.values():
            _say(item, id_, chance)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--read", action="store_true", help="print every sentence")
    args = parser.parse_args()
    library = load_library()
    hits, wants, false = Counter[str](), Counter[str](), Counter[str]()
    for at, name in enumerate(PROCESSES):
        entry = library.process(name)
        if entry is None or args.only not in name:
            continue
        made = planted(manned(template(entry), args.seed + at), args.seed + at)
        with tempfile.TemporaryDirectory() as folder:
            rows = log_rows(made.real, args.cases, args.seed + at, made.plant)
            log = measure(read_log(write_log(rows, Path(folder) / f"{name}.csv")))
        found = recorded(log, name, made.told)
        assert found is not None
        told = document(found)["told_against_recorded"]
        said = {deviation["id"]: deviation["text"] for deviation in told["deviations"]}
        meant = set[str]()
        print(f"{name}: {len(said)} said, {len(made.wanted)} planted, fitness {told['fitness']}")
        for kind, ids in made.wanted:
            wants[kind] += 1
            hits[kind] += bool(ids & set(said))
            meant |= ids
            if not ids & set(said):
                print(f"  missed  {kind}: {', '.join(sorted(ids))}")
        for id_, text in said.items():
            if id_ not in meant:
                false[id_.partition(":")[0]] += 1
                print(f"  false   {id_}: {text}")
            elif args.read:
                print(f"  {text}")
    print(*(f"{kind:9} {hits[kind]:3} of {wants[kind]:3}   false {false[kind]}" for kind in wants), sep="\n")
    total, wrong = sum(hits.values()), sum(false.values())
    print(
        f"recall {total / sum(wants.values()):.3f} of {sum(wants.values())}, false {wrong / max(1, total + wrong):.3f}"
    )


if __name__ == "__main__":
    main()
