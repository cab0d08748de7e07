"""What a process has that people may speak of: its steps by name, its branches by condition, its gateways in order."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from assistant.english.alike import stem
from assistant.english.tables import classed
from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, End, Loop, Parallel, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import Spot, by_id, sequences, spots, step_id, walk

STOP = classed("changes", "stop")
GENERIC = frozenset({"task", "activity", "step", "subprocess"})


class Catalogue:
    """Looks things up in one process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.steps: list[Block] = list(walk(process))
        self.by_id = by_id(process)
        self.spots: dict[str, Spot] = spots(process)
        self.rows = {address: [step_id(s) for s in sequence.items] for address, sequence in sequences(process).items()}
        self.named = [step for step in self.steps if isinstance(step, Task | Wait | Call) and step.name.strip()]
        self.splits = [step for step in self.steps if isinstance(step, Choice | AnyOf | Parallel)]
        self.choices = [step for step in self.splits if not isinstance(step, Parallel)]
        self.branches: dict[str, Branch] = {branch.id: branch for step in self.splits for branch in step.branches}
        self.owner = {branch.id: step for step in self.splits for branch in step.branches}

    @cached_property
    def tails(self) -> dict[str, str]:
        """Short distinguishing ends of names that share their first word: `b` of `task B` with the step's id."""
        firsts = Counter(words(step.name)[0] for step in self.named if words(step.name))
        found: dict[str, str] = {}
        for step in self.named:
            parts = words(step.name)
            if len(parts) >= 2 and (firsts[parts[0]] > 1 or parts[0] in GENERIC):
                tail = " ".join(parts[1:])
                if len(tail) <= 3 or re.fullmatch(r"\w( [&+/] \w)+", tail):
                    found.setdefault(tail, step.id)
        return found

    @property
    def symbolic(self) -> bool:
        """Whether steps are told apart by single letters, as in `task A`, `task B`."""
        return bool(self.tails) and all(len(tail) <= 3 or " " in tail for tail in self.tails)

    @cached_property
    def head(self) -> str:
        """The word the names share: `task` in `task A`, `task B`."""
        firsts = Counter(step.name.split()[0] for step in self.named if isinstance(step, Task) and step.name.split())
        return firsts.most_common(1)[0][0] if firsts else "task"

    def of_role(self, role: str | None) -> list[str]:
        """The named steps a role does; none without a role."""
        return [step.id for step in self.named if role and done_by(step) == role]

    def number(self, step: str) -> int:
        """The place of a step among all steps, which stands for it in a marked line."""
        return next(place for place, listed in enumerate(self.steps) if getattr(listed, "id", None) == step)

    def name(self, step: str) -> str:
        """What a step is called."""
        block = self.by_id[step]
        if isinstance(block, Choice | AnyOf | Parallel | Loop):
            kind = {"choice": "decision", "any_of": "decision", "parallel": "parallel part", "loop": "repeated part"}
            question = getattr(block, "question", "")
            return f"the {kind[block.block]}" + (f" “{question}”" if question else "")
        return str(getattr(block, "name", "") or getattr(block, "outcome", "") or step)

    def holder(self, step: str) -> str | None:
        """The step that directly holds a step, or None at the top."""
        address = self.spots[step].sequence
        if address in self.owner:
            return self.owner[address].id
        loop = address.removesuffix(".do").removesuffix(".redo")
        return loop if loop != address and isinstance(self.by_id.get(loop), Loop) else None

    def chain(self, step: str) -> list[str]:
        """A step, the step that holds it, and so on outward."""
        found = [step]
        while (outer := self.holder(found[-1])) is not None:
            found.append(outer)
        return found

    def lifted(self, steps: list[str]) -> list[str]:
        """The run of neighbours in one sequence that holds all the steps; empty when no one sequence does."""
        chains = [self.chain(step) for step in steps]
        if not chains:
            return []
        for depth in range(max(map(len, chains))):
            outer = chains[0][depth] if depth < len(chains[0]) else None
            if outer is None:
                return []
            address = self.spots[outer].sequence
            tops = [
                next((around for around in chain if self.spots[around].sequence == address), None) for chain in chains
            ]
            if all(tops):
                row = self.rows[address]
                places = sorted(row.index(top) for top in tops if top)
                return row[places[0] : places[-1] + 1]
        return []

    def after(self, step: str) -> list[str]:
        """The steps behind a step in its sequence."""
        row = self.rows[self.spots[step].sequence]
        return row[row.index(step) + 1 :]

    def before(self, step: str) -> list[str]:
        """The steps in front of a step in its sequence."""
        row = self.rows[self.spots[step].sequence]
        return row[: row.index(step)]

    def inside(self, branch: str) -> list[str]:
        """The steps directly on a branch."""
        return self.rows[branch]

    def branch_of(self, step: str) -> str | None:
        """The innermost branch a step stands on."""
        for around in self.chain(step):
            if self.spots[around].sequence in self.branches:
                return self.spots[around].sequence
        return None


def done_by(step: Block | None) -> str | None:
    """The role that does a step; None where nobody is named or nobody can be."""
    return step.role if isinstance(step, Task | Wait | Call | End) else None


def words(name: str) -> list[str]:
    """The words of a name, lower case; `&`, `+` and primes count."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*'?|[&+/]", name.lower().replace("_", " "))


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning."""
    return [stem(word) for word in words(text) if word not in STOP]
