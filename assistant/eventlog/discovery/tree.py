"""The mined tree as a process that opens everywhere: chances as counted, names as recorded, basis measured."""

from __future__ import annotations

from assistant.eventlog.discovery.mined_tree import Node
from assistant.process.blocks import Block, Branch, Choice, End, Loop, Parallel, Sequence, Task
from assistant.process.durations import Basis
from assistant.process.model import Process
from assistant.process.tree import fresh_id


def as_process(node: Node, name: str) -> Process:
    """A process of the mined tree. Steps that stand at several places get an id each."""
    return Process(name=name, flow=_Builder().sequence(node))


class _Builder:
    def __init__(self) -> None:
        self.taken: set[str] = {"flow"}

    def id(self, stem: str) -> str:
        made = fresh_id(stem, self.taken)
        self.taken.add(made)
        return made

    def sequence(self, node: Node) -> Sequence:
        parts = node.parts if node.kind == "sequence" else [node]
        return Sequence(items=tuple(block for part in parts if (block := self.block(part)) is not None))

    def block(self, node: Node) -> Block | None:
        if node.kind == "nothing":
            return None
        if node.kind == "end":
            return End(id=self.id("over_early"), outcome="Over early")
        if node.kind == "activity":
            return Task(id=self.id(node.name), name=node.name)
        if node.kind == "choice":
            return self._choice(node)
        if node.kind == "parallel":
            id_ = self.id("side_by_side")
            ways = [self.sequence(part) for part in node.parts]
            branches = tuple(Branch(id=self.id(f"{id_}.{at}"), do=way) for at, way in enumerate(ways, 1))
            return Parallel(id=id_, branches=branches)
        return self._loop(node)

    def _choice(self, node: Node) -> Choice:
        id_ = self.id("which_way")
        total = sum(part.cases for part in node.parts) or 1.0
        kinds = [part.kind for part in node.parts]
        optional = len(kinds) == 2 and kinds[1] == "nothing"
        question = "Which way?"
        if optional:
            question = "Is the case over?" if kinds[0] == "end" else f"Is “{_first(node.parts[0])}” needed?"
        branches = []
        for at, part in enumerate(node.parts, 1):
            when = ("yes" if at == 1 else "no") if optional else _when(part)
            branches.append(
                Branch(
                    id=self.id(f"{id_}.{at}"), when=when, p=round(part.cases / total, 6), p_basis=Basis.MEASURED,
                    do=self.sequence(part),
                )
            )  # fmt: skip
        return Choice(id=id_, question=question, branches=_adding_to_one(branches))

    def _loop(self, node: Node) -> Loop:
        id_ = self.id("again")
        do, redo = node.parts
        times = node.cases + node.again
        return Loop(
            id=id_, do=self.sequence(do), redo=self.sequence(redo), while_=f"“{_first(do)}” is needed again",
            p=round(min(node.again / times, 0.99), 6) if times else 0.0, p_basis=Basis.MEASURED,
        )  # fmt: skip


def _when(node: Node) -> str:
    """What a branch is told by."""
    return _first(node) or ("the case is over" if node.kind == "end" else "nothing more is needed")


def _first(node: Node) -> str:
    """The first activity's name in a part."""
    if node.kind == "activity":
        return node.name
    return next((name for part in node.parts if (name := _first(part))), "")


def _adding_to_one(branches: list[Branch]) -> tuple[Branch, ...]:
    """Rounded chances that add to one: the largest takes what is missing."""
    missing = 1 - sum(branch.p or 0 for branch in branches)
    at = max(range(len(branches)), key=lambda at: branches[at].p or 0)
    branches[at] = branches[at].model_copy(update={"p": round((branches[at].p or 0) + missing, 6)})
    return tuple(branches)
