"""From the tree of a story to a process: ids, roles, blocks, and the edits that make it from an empty process."""

from __future__ import annotations

from typing import Any, Literal, assert_never

from assistant.language.offline.flow.nodes import Arm, Node, below
from assistant.language.offline.meaning.documents import DataBook
from assistant.language.offline.meaning.roles import Known, RoleBook
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.role_names import one_of
from assistant.language.offline.words.word_tables import CONTROL
from assistant.process.blocks import Block, Branch, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import Basis, Span
from assistant.process.model import Role
from assistant.process.tree import fresh_id


class Builder:
    """Turns nodes into blocks. Keeps which node became which block, for the figures that are attached later."""

    def __init__(self, book: RoleBook) -> None:
        self.book = book
        self.taken: set[str] = {"flow"}
        self.role_ids: dict[str, str] = {}
        self.used: dict[str, int] = {}
        self.data = DataBook(book)

    def sequence(self, nodes: list[Node]) -> Sequence:
        """A list of nodes as a sequence of blocks."""
        return Sequence(items=tuple(self.block(node) for node in nodes))

    def block(self, node: Node) -> Block:
        """One node as a block."""
        match node.kind:
            case "task" if node.act is not None:
                return self._task(node, node.act)
            case "wait" if node.act is not None:
                return self._wait(node, node.act)
            case "end":
                text = node.text or "Ended"
                return End(id=self._id(node.text or "end"), outcome=text, negative=node.negative, basis=Basis.STATED)
            case "loop":
                return self._loop(node)
            case "choice" | "parallel" | "back" | "task" | "wait":
                return self._split(node)
            case _:
                assert_never(node.kind)

    def _id(self, stem: str) -> str:
        """A free id; names used often are counted on, so that a long story stays linear."""
        count = self.used.get(stem, 0) + 1
        self.used[stem] = count
        new = fresh_id(f"{stem[:36]} {count}" if count > 3 else stem, self.taken)
        self.taken.add(new)
        return new

    def _task(self, node: Node, act: Act) -> Task:
        step = self._id(act.name)
        reads, writes = self.data.of(act)
        fields: dict[str, Any] = {"is_control": True} if act.verb in CONTROL else {}
        fields |= {key: value for key, value in act.facts.items() if key not in ("duration",)}
        return Task(
            id=step,
            name=act.name,
            role=self.role(act.role),
            with_roles=self._roles(act.with_roles),
            or_roles=self._roles(act.or_roles),
            system=act.system,
            contact=act.contact,
            reads=reads,
            writes=writes,
            span=act.span,
            basis=Basis.STATED,
            **fields,
        )

    def _wait(self, node: Node, act: Act) -> Wait:
        step = self._id(act.name)
        event: Literal["timer", "message"] = "message" if act.message_from else "timer"
        return Wait(
            id=step,
            name=act.name,
            event=event,
            contact=act.contact,
            duration=act.facts.get("duration"),
            wait_cause=act.facts.get("wait_cause"),
            span=act.span,
            basis=Basis.STATED,
        )

    def _loop(self, node: Node) -> Loop:
        step = self._id("repeat")
        condition = node.condition
        until = condition.text if condition and node.text else None
        redo = self.sequence(node.arms[1].nodes)
        do = self.sequence(node.arms[0].nodes)
        while len(do.items) == 1 and isinstance(inner := do.items[0], Loop) and _says_nothing(inner):
            do = inner.do
        while_ = f"not yet: {until}" if until else (condition.text if condition else "")
        return Loop(
            id=step,
            do=do,
            while_=while_,
            redo=redo,
            until=until,
            p=node.p,
            p_basis=Basis.STATED if node.p is not None else None,
            span=condition.span if condition else None,
            basis=Basis.STATED,
        )

    def _split(self, node: Node) -> Block:
        stem = "parallel" if node.kind == "parallel" else "decide"
        step = self._id(stem)
        branches = tuple(self._branch(node, arm, f"{step}.{number}") for number, arm in enumerate(node.arms, 1))
        if node.kind == "parallel":
            return Parallel(id=step, branches=branches, basis=Basis.STATED)
        return Choice(id=step, question=question(node), branches=branches, basis=Basis.STATED)

    def _branch(self, node: Node, arm: Arm, branch_id: str) -> Branch:
        self.taken.add(branch_id)
        when = None
        if node.kind == "choice":
            when = arm.condition.text if arm.condition else arm.label or "otherwise"
        p = arm.p if arm.p is not None else (arm.condition.p if arm.condition else None)
        if p is None and node.kind == "choice" and len(node.arms) == 2:
            other = next(a for a in node.arms if a is not arm)
            q = other.p if other.p is not None else (other.condition.p if other.condition else None)
            p = round(1 - q, 6) if q is not None else None
        span: Span | None = arm.condition.span if arm.condition else None
        return Branch(
            id=branch_id,
            when=when,
            p=p,
            p_basis=Basis.STATED if p is not None else None,
            span=span,
            do=self.sequence(arm.nodes),
        )

    def role(self, key: str | None) -> str | None:
        """The id of a role by its key, made at first use."""
        if key is None or key not in self.book.roles:
            return None
        if key not in self.role_ids:
            self.role_ids[key] = fresh_id(self.book.roles[key].name, set(self.role_ids.values()))
        return self.role_ids[key]

    def _roles(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(found for key in keys if (found := self.role(key)))

    def roles(self) -> tuple[Role, ...]:
        """The roles that do something, in the order in which they first did it."""
        return tuple(self._role(self.book.roles[key], role_id) for key, role_id in self.role_ids.items())

    def _role(self, known: Known, role_id: str) -> Role:
        return Role(
            id=role_id,
            name=one_of(known.name) if known.kind in ("person", "external") else known.name,
            kind=known.kind,
            unit=known.unit or None,
            capacity=known.capacity,
            calendar=known.hours,
            capacity_basis=Basis.STATED if known.capacity is not None else None,
            cost_per_hour=known.cost,
            cost_basis=Basis.STATED if known.cost is not None else None,
            span=Span(start=known.start, end=known.end),
        )


def question(node: Node) -> str:
    """What a choice decides, as a question: "Order complete?"."""
    condition = next((arm.condition for arm in node.arms if arm.condition is not None), None)
    bare = condition is not None and condition.text.startswith("in ") and condition.text.endswith("% of cases")
    labels = [arm.label for arm in node.arms if arm.label]
    if bare or (condition is None and labels == ["sometimes"]):
        act = next((step.act for step in below(node.arms[0].nodes) if step.act is not None), None)
        return f"Need to {act.name[:1].lower()}{act.name[1:]}?"[:200] if act is not None else "Needed in this case?"
    if condition is not None:
        text = condition.text
        return f"{text[:1].upper()}{text[1:]}?"[:200]
    return f"{' or '.join(labels[:3])}?" if labels else "Which way?"


def _says_nothing(loop: Loop) -> bool:
    """Whether a repetition says neither when nor how often, nor what is done before it: another around it says all."""
    return not (loop.while_ or loop.until or loop.redo.items) and loop.p is None
