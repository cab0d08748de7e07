"""The flow of a template as a tree, as an entry writes it: ids of steps, and blocks that hold more of them.

    flow:
      - receive
      - loop: {while: papers are missing, p: 0.35, do: [check_complete], redo: [request_missing]}
      - choice:
          question: Is it a company?
          branches:
            - {when: 'yes', p: 0.25, do: [find_owners]}
            - {when: 'no', p: 0.75}
      - parallel: [[check_credit], [check_stock]]
      - wait: {name: Period of appeal, time: 30 d, cause: external}
      - end: {outcome: Application declined, negative: true}

Each step of the entry stands in it exactly once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from assistant.library.values import ESTIMATE, Chance, Key, Line, Times, WaitCause
from assistant.process.durations import Model

ROUNDING = 0.011


class FlowBranch(Model):
    """One answer to a question: when it is given, how often (on `basis`), and what is done then."""

    when: Line
    p: Chance
    basis: Line = ESTIMATE
    do: tuple[FlowItem, ...] = ()


class Question(Model):
    """A question with its answers, whose chances add up to 1."""

    question: Line
    branches: tuple[FlowBranch, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _whole(self) -> Question:
        total = sum(branch.p for branch in self.branches)
        if abs(total - 1) > ROUNDING:
            raise ValueError(f"the chances add up to {total:.2f}, not 1")
        return self


class ChoiceItem(Model):
    """Exactly one of the branches is taken."""

    choice: Question


class Round(Model):
    """What is done, and while something holds (chance `p` each time) `redo` and then done again."""

    while_: Line = Field(alias="while")
    p: Chance
    basis: Line = ESTIMATE
    do: tuple[FlowItem, ...] = ()
    redo: tuple[FlowItem, ...] = ()

    @model_validator(mode="after")
    def _holds_something(self) -> Round:
        if not self.do and not self.redo:
            raise ValueError("a loop holds steps in `do` or in `redo`")
        if self.p >= 1:
            raise ValueError("the loop never ends: `p`, how often it is gone through again, must be below 1")
        return self


class LoopItem(Model):
    """Work that is done again."""

    loop: Round


class ParallelItem(Model):
    """Branches that run at the same time."""

    parallel: tuple[tuple[FlowItem, ...], ...] = Field(min_length=2, max_length=12)


class Pause(Model):
    """Time that passes by rule or until something comes from outside."""

    name: Line
    time: Times | None = None
    cause: WaitCause = None


class WaitItem(Model):
    """The case waits."""

    wait: Pause


class Outcome(Model):
    """How the case ends here; `negative`: refused, failed, given up."""

    outcome: Line
    negative: bool = False


class EndItem(Model):
    """The case ends."""

    end: Outcome


FlowItem = Annotated[Key | ChoiceItem | LoopItem | ParallelItem | WaitItem | EndItem, Field(union_mode="left_to_right")]


def items_in(flow: tuple[FlowItem, ...]) -> Iterator[FlowItem]:
    """Every item of a flow, those inside blocks too, in reading order."""
    for item in flow:
        yield item
        for inner in _inside(item):
            yield from items_in(inner)


def _inside(item: FlowItem) -> tuple[tuple[FlowItem, ...], ...]:
    if isinstance(item, ChoiceItem):
        return tuple(branch.do for branch in item.choice.branches)
    if isinstance(item, LoopItem):
        return (item.loop.do, item.loop.redo)
    if isinstance(item, ParallelItem):
        return item.parallel
    return ()


def steps_in(flow: tuple[FlowItem, ...]) -> list[str]:
    """The ids of the steps a flow names, in reading order."""
    return [item for item in items_in(flow) if isinstance(item, str)]


def questions_in(flow: tuple[FlowItem, ...]) -> list[Question]:
    """The questions a flow asks, in reading order."""
    return [item.choice for item in items_in(flow) if isinstance(item, ChoiceItem)]


def shares(flow: tuple[FlowItem, ...]) -> dict[str, float]:
    """For each step the share of cases (0 to 1) that come to it at least once, as the chances of the flow have it."""
    found: dict[str, float] = {}
    _reach(flow, 1.0, found)
    return found


def _reach(flow: tuple[FlowItem, ...], coming: float, found: dict[str, float]) -> float:
    """Notes the share of every step and returns the share of cases that go on after the last item."""
    for item in flow:
        if isinstance(item, str):
            found[item] = coming
        elif isinstance(item, ChoiceItem):
            coming = sum(_reach(branch.do, coming * branch.p, found) for branch in item.choice.branches)
        elif isinstance(item, LoopItem):
            coming = _reach(item.loop.do, coming, found)
            ended = coming * item.loop.p - _reach(item.loop.redo, coming * item.loop.p, found)
            coming -= ended
        elif isinstance(item, ParallelItem):
            for branch in item.parallel:
                _reach(branch, coming, found)
        elif isinstance(item, EndItem):
            return 0.0
    return coming


def goes_on(flow: tuple[FlowItem, ...]) -> bool:
    """Whether a case can come out of the far end of a flow: then nothing says how it has ended."""
    return all(_passes(item) for item in flow)


def _passes(item: FlowItem) -> bool:
    if isinstance(item, ChoiceItem):
        return any(goes_on(branch.do) for branch in item.choice.branches)
    if isinstance(item, LoopItem):
        return goes_on(item.loop.do)
    if isinstance(item, ParallelItem):
        return all(goes_on(branch) for branch in item.parallel)
    return not isinstance(item, EndItem)
