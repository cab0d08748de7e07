"""The tree unfolded into a graph, with the plan that says how its parts nest (for the layout).

A choice becomes an exclusive split, and a join where two or more branches go on; a loop an exclusive join and an
exclusive split with a flow back; steps that can never be reached are not unfolded, because BPMN would start them with
the case. A block with a single branch needs no gateway. Where a case can end while another path runs, the end is a
terminate end, which is what the tree means by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.bpmn.graph import (
    CALL,
    CATCH,
    END,
    EVENT_BASED,
    EXCLUSIVE,
    INCLUSIVE,
    PARALLEL,
    START,
    Flow,
    Graph,
    Names,
    Node,
)
from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, Loop, Parallel, Sequence, Task, Wait
from assistant.process.blocks import End as EndBlock
from assistant.process.model import Process, Subprocess
from assistant.process.tree import ids_below, roots

NOBODY = ""
START_NAME, END_NAME = "Start", "Done"
QUESTIONS = {"choice": "Which way?", "any_of": "Which of these?", "loop": "Again?"}
_ASIDE = re.compile(r"^(?:if|when|while|until|as long as|because|in case)\b[\s,]*", re.IGNORECASE)


@dataclass(slots=True)
class Leaf:
    """One node of the graph."""

    node: str


@dataclass(slots=True)
class Series:
    """Parts from left to right; `hanging` are side paths that end by themselves, each after the part at its index."""

    items: list[Leaf | Fork | Ring] = field(default_factory=list)
    hanging: list[tuple[int, Series]] = field(default_factory=list)


@dataclass(slots=True)
class Fork:
    """Paths side by side between a split and a join; the first is drawn straight on."""

    split: str
    paths: list[Series]
    join: str


@dataclass(slots=True)
class Ring:
    """What is done, and the way back from the split to the join."""

    join: str
    do: Series
    split: str
    back: Series


Part = Leaf | Fork | Ring


@dataclass(slots=True)
class Unfolded:
    """A flow as a graph with its plan, the ids still free, and the lanes (role ids) from top to bottom."""

    graph: Graph
    plan: Series
    names: Names
    lanes: list[str]


@dataclass(slots=True)
class _Open:
    """A path that waits for its next node."""

    source: str
    name: str = ""
    branch: str | None = None


def unfold(process: Process, subprocess: Subprocess | None = None) -> Unfolded:
    """The flow of the process (or of one of its subprocesses) as a graph with its plan."""
    flow = subprocess.flow if subprocess else process.flow
    reserved = [name for _, root in roots(process) for name in sorted(ids_below(root))]
    builder = _Builder(Names(reserved), _uses_lanes(flow), _continuing(flow))
    trigger = (None if subprocess else process.trigger) or START_NAME
    plan = builder.build(flow, trigger)
    return Unfolded(builder.graph, plan, builder.names, _lanes(builder.graph))


def _lanes(graph: Graph) -> list[str]:
    found = dict.fromkeys(node.lane for node in graph.nodes.values() if node.lane is not None)
    return list(found)


def _uses_lanes(flow: Sequence) -> bool:
    from assistant.process.tree import steps

    return any(getattr(step, "role", None) for step in steps(flow))


def _continuing(flow: Sequence) -> dict[int, bool]:
    """For each sequence (by identity) whether a case can come out of its far end."""
    found: dict[int, bool] = {}

    def goes_on(sequence: Sequence) -> bool:
        answers = [passes(step) for step in sequence.items]
        found[id(sequence)] = all(answers)
        return found[id(sequence)]

    def passes(step: Block) -> bool:
        if isinstance(step, EndBlock):
            return False
        if isinstance(step, Loop):
            goes_on(step.redo)
            return goes_on(step.do)
        if isinstance(step, Choice | AnyOf | Parallel):
            answers = [goes_on(branch.do) for branch in step.branches]
            return any(answers)
        return True

    goes_on(flow)
    return found


def task_kind(task: Task) -> str:
    """The BPMN type of a task: by how it is done, a plain task where that is not said."""
    if task.automation == "automatic":
        return "serviceTask"
    if task.automation == "manual":
        return "manualTask"
    if task.automation == "assisted":
        return "userTask"
    return "receiveTask" if task.receives else "task"


def is_race(step: Choice | AnyOf | Parallel) -> bool:
    """Whether a choice is drawn as an event-based gateway: each of its branches begins with something awaited."""
    return isinstance(step, Choice) and step.event_based and all(_awaits(branch.do) for branch in step.branches)


def _awaits(sequence: Sequence) -> bool:
    first = sequence.items[0] if sequence.items else None
    return isinstance(first, Wait) or (isinstance(first, Task) and task_kind(first) == "receiveTask")


class _Builder:
    """Builds graph and plan in one walk. `lane` is where the work of the present path last was."""

    def __init__(self, names: Names, laned: bool, continuing: dict[int, bool]) -> None:
        self.graph, self.names, self.laned, self.continuing = Graph(), names, laned, continuing
        self.lane: str | None = None
        self.guarded = self.turns = 0
        self.order: dict[str, int] = {}

    def build(self, flow: Sequence, trigger: str) -> Series:
        self.lane = (self._first_lane(flow) or NOBODY) if self.laned else None
        plan = Series()
        start = self._node(Node(self.names.new("start"), START, trigger, self.lane))
        plan.items.append(Leaf(start))
        left = self.steps(flow, plan, _Open(start))
        if left:
            end = self._node(Node(self.names.new("end"), END, END_NAME, self.lane))
            self._connect(left, end)
            plan.items.append(Leaf(end))
        self.graph.flows.sort(key=lambda flow: self.order[flow.id])
        return plan

    def steps(self, sequence: Sequence, series: Series, left: _Open | None) -> _Open | None:
        """Unfold a sequence into `series`; returns the path left open at its end (None: it ended)."""
        for step, after in pairwise((*sequence.items, None)):
            if left is None or step is None:
                break
            left = self._step(step, after, series, left)
        return left

    def _step(self, step: Block, after: Block | None, series: Series, left: _Open) -> _Open | None:
        if isinstance(step, Choice | AnyOf | Parallel):
            return self._split(step, after, series, left)
        if isinstance(step, Loop):
            return self._loop(step, series, left)
        node = self._leaf(step)
        self._connect(left, node.id)
        series.items.append(Leaf(node.id))
        self.lane = node.lane
        return None if isinstance(step, EndBlock) else _Open(node.id)

    def _leaf(self, step: Block) -> Node:
        assert isinstance(step, Task | Wait | EndBlock | Call)
        name = self.names.of(step.id)
        lane = self._lane_of(step)
        if isinstance(step, Task):
            node = Node(name, task_kind(step), step.name or "Task", lane)
        elif isinstance(step, Wait):
            node = Node(name, CATCH, step.name or ("Wait" if step.event == "timer" else "Message"), lane, step.event)
        elif isinstance(step, EndBlock):
            node = Node(
                name, END, step.outcome or END_NAME, lane, "terminate" if self.guarded or step.terminates else "none"
            )
        else:
            node = Node(name, CALL, step.name or "Process", lane)
        node.block, node.note = step.id, step.note
        self._node(node)
        return node

    def _split(self, step: Choice | AnyOf | Parallel, after: Block | None, series: Series, left: _Open) -> _Open | None:
        if len(step.branches) == 1:
            return self.steps(step.branches[0].do, series, left)
        kind = {"choice": EXCLUSIVE, "any_of": INCLUSIVE, "parallel": PARALLEL}[step.block]
        race = is_race(step)
        question = "" if isinstance(step, Parallel) else step.question or ("" if race else QUESTIONS[step.block])
        split = self._gateway(self.names.of(step.id), EVENT_BASED if race else kind, question, self.lane, step.id)
        self._connect(left, split)
        series.items.append(Leaf(split))
        here = self.lane
        self.guarded += not isinstance(step, Choice)
        self.order.update({branch.id: self._turn() for branch in step.branches})
        on = [branch for branch in step.branches if self.continuing[id(branch.do)]]
        ended = [branch for branch in step.branches if not self.continuing[id(branch.do)]]
        place = len(series.items) - 1
        rest: _Open | None
        if len(on) > 1:
            series.items.pop()
            rest = self._joined(step, on, series, split, kind, here, after)
        elif on:
            rest = self._path(on[0], series, split, here)
        else:
            rest = self._path(ended.pop(0), series, split, here)
        lane_after = self.lane
        for branch in ended:
            side = Series()
            self._path(branch, side, split, here)
            series.hanging.append((place, side))
        self.lane = lane_after
        self.guarded -= not isinstance(step, Choice)
        return rest

    def _path(self, branch: Branch, series: Series, split: str, lane: str | None) -> _Open | None:
        self.lane = lane
        when = branch.when or ""
        if self.graph.nodes[split].kind == EVENT_BASED and when == getattr(branch.do.items[0], "name", ""):
            when = ""
        return self.steps(branch.do, series, _Open(split, when, branch.id))

    def _joined(
        self, step: Choice | AnyOf | Parallel, on: list[Branch], series: Series, split: str, kind: str,
        here: str | None, after: Block | None,
    ) -> _Open:  # fmt: skip
        """The branches that go on, between the split and a join."""
        paths: list[Series] = []
        opens: list[_Open] = []
        lanes: list[str | None] = []
        for branch in on:
            path = Series()
            left = self._path(branch, path, split, here)
            if left is None:
                continue
            known = next((o for o in opens if o.source == split == left.source), None)
            if known and not _told_apart(step):
                known.name = " / ".join(name for name in (known.name, left.name) if name)
                continue
            paths.append(path)
            opens.append(left)
            lanes.append(self.lane)
        wanted = self._next_lane(after)
        lane = wanted if wanted in lanes else here if here in lanes else max(lanes, key=lanes.count)
        join = self._gateway(self.names.new(f"{split}_join"), kind, "", lane, step.id)
        for left_open in opens:
            self._connect(left_open, join)
        paths.sort(key=lambda path: not path.items)
        series.items.append(Fork(split, paths, join))
        self.lane = lane
        return _Open(join)

    def _loop(self, step: Loop, series: Series, left: _Open) -> _Open | None:
        goes, returns = self.continuing[id(step.do)], self.continuing[id(step.redo)]
        if not goes:
            return self.steps(step.do, series, left)
        join, do, first = "", series, left
        if returns:
            lane = (self._first_lane(step.do) or self.lane) if self.laned else None
            join = self._gateway(self.names.new(f"{step.id}_again"), EXCLUSIVE, "", lane, step.id)
            self._connect(left, join)
            first, do, self.lane = _Open(join), Series(), lane
        inner = self.steps(step.do, do, first)
        if inner is None:
            return None
        here = self.lane
        question, again_when, done_when = _asked(step)
        split = self._gateway(self.names.of(step.id), EXCLUSIVE, question, here, step.id)
        self._connect(inner, split)
        back: Series = Series()
        again: _Open | None = self.steps(step.redo, back, _Open(split, again_when, f"{step.id}.redo"))
        if again and join:
            self._connect(again, join)
            series.items.append(Ring(join, do, split, back))
        else:
            series.items.append(Leaf(split))
            series.hanging.append((len(series.items) - 1, back))
        self.lane = here
        return _Open(split, done_when, f"{step.id}.until")

    def _gateway(self, name: str, kind: str, label: str, lane: str | None, block: str) -> str:
        return self._node(Node(name, kind, label, lane, block=block))

    def _node(self, node: Node) -> str:
        self.graph.nodes[node.id] = node
        return node.id

    def _connect(self, left: _Open, target: str) -> None:
        name = self.names.of(left.branch) if left.branch else self.names.new("flow")
        self.order[name] = self.order.pop(left.branch, 0) if left.branch else 0
        self.order[name] = self.order[name] or self._turn()
        self.graph.flows.append(Flow(name, left.source, target, left.name, left.branch))

    def _turn(self) -> int:
        self.turns += 1
        return self.turns

    def _lane_of(self, step: Task | Wait | EndBlock | Call) -> str | None:
        if not self.laned:
            return None
        if step.role:
            return step.role
        return NOBODY if isinstance(step, Task) else self.lane

    def _next_lane(self, after: Block | None) -> str | None:
        if isinstance(after, Task | Wait | EndBlock | Call):
            return self._lane_of(after)
        if isinstance(after, Loop) and self.laned:
            return self._first_lane(after.do)
        return None

    def _first_lane(self, sequence: Sequence) -> str | None:
        """The lane of the first step that has one."""
        from assistant.process.tree import steps

        for step in steps(sequence):
            if isinstance(step, Task):
                return step.role or NOBODY
            if getattr(step, "role", None):
                return str(step.role)  # type: ignore[union-attr]
        return None


def _asked(step: Loop) -> tuple[str, str, str]:
    """What a loop asks, and its answers: to do it again, and to go on.

    Without a question of its own it asks whether its condition holds; where only one side was told, yes and no answer.
    """
    again, done = step.while_, step.until or ""
    condition = _ASIDE.sub("", again or done).strip(" .?")
    if step.question or not condition:
        return step.question or QUESTIONS["loop"], again, done
    question = f"{condition[0].upper()}{condition[1:]}?"
    if again and done:
        return question, again, done
    return (question, "yes", "no") if again else (question, "no", "yes")


def _told_apart(step: Choice | AnyOf | Parallel) -> bool:
    """Whether every branch has a condition of its own, so that two empty ones are two different flows."""
    conditions = [branch.when for branch in step.branches]
    return not isinstance(step, Parallel) and all(conditions) and len(set(conditions)) == len(conditions)
