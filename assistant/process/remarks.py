"""What the teller said about the work besides its steps: why it hurts, what must stay, what it costs.

A remark never changes how a process runs; it is the evidence that findings quote. `KINDS` says what each kind means.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from assistant.process.blocks import Id, Text
from assistant.process.durations import Basis, Model, Span

RemarkKind = Literal[
    "control", "limit", "habit", "wish", "complaint", "cause", "total_time", "season", "cost",
    "overloaded", "idle", "one_person", "separate_piles", "skill_gap",
    "unused_result", "empty_approval", "empty_check", "double_check", "informed_only", "many_people",
    "no_dependency", "late_check", "work_for_nothing", "batch", "small_steps",
    "one_pile", "held_up_by_few", "many_contacts", "changing_hands", "many_channels",
    "typed_again", "routine", "paper", "steady_data", "certified_elsewhere", "error_at_source",
    "unowned", "silos", "shared_duty", "ping_pong", "not_core",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(RemarkKind)


class RemarkFigure(Model):
    """A figure inside a remark: a share (0 to 1), a time in seconds (`s`), or a plain count."""

    value: float
    unit: Annotated[str, Field(max_length=20)] = ""
    basis: Basis = Basis.STATED


class Remark(Model):
    """One thing the teller said about the work: its kind, the steps or roles it speaks of, its words and figures.

    `elements` is empty when it speaks of the whole process. `sure` is False when the words may mean something else:
    then it is asked about, not claimed.
    """

    id: Id
    kind: RemarkKind
    elements: tuple[Id, ...] = ()
    text: Text
    span: Span | None = None
    figures: tuple[RemarkFigure, ...] = ()
    sure: bool = True
