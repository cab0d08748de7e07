"""What the teller said about the work besides its steps: why it hurts, what must stay, what it costs.

A remark never changes how a process runs; it is the evidence that findings quote. `KINDS` says what each kind means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    "unowned", "silos", "shared_duty", "ping_pong", "not_core", "chasing",
    "not_reached",
]  # fmt: skip
SHORT = 120
KINDS: tuple[str, ...] = get_args(RemarkKind)


IN_WORDS: dict[str, str] = {
    "control": "a rule or control that must stay",
    "limit": "a limit that is set",
    "habit": "a habit",
    "wish": "a wish",
    "complaint": "a complaint",
    "cause": "a cause",
    "total_time": "how long it takes in all",
    "season": "when there is more or less of it",
    "cost": "what it costs",
    "overloaded": "more work than time",
    "idle": "time with nothing to do",
    "one_person": "a wait for one person",
    "separate_piles": "places with the same work that do not help each other",
    "skill_gap": "a skill that is missing",
    "unused_result": "something nobody uses",
    "empty_approval": "an approval that changes nothing",
    "empty_check": "a check that finds nothing",
    "double_check": "the same checked twice",
    "informed_only": "done only so that somebody knows",
    "many_people": "many people on one case",
    "no_dependency": "something that waits without need",
    "late_check": "a check that comes late",
    "work_for_nothing": "work done for nothing",
    "batch": "cases collected before they are done",
    "small_steps": "many small steps",
    "one_pile": "light and heavy cases in one pile",
    "held_up_by_few": "a few cases that hold up the others",
    "many_contacts": "more contacts than are needed",
    "changing_hands": "a case that changes hands",
    "many_channels": "the same coming in many ways",
    "typed_again": "something typed again",
    "routine": "routine done by hand",
    "paper": "work on paper",
    "steady_data": "something asked each time though it hardly changes",
    "certified_elsewhere": "something checked elsewhere already",
    "error_at_source": "errors found late",
    "unowned": "a case nobody answers for",
    "silos": "departments that mind only their own part",
    "shared_duty": "a duty of two, so that each waits for the other",
    "ping_pong": "a case that goes to and fro",
    "not_core": "work others could do",
    "chasing": "customers who have to ask where it is",
    "not_reached": "somebody who is not reached, so that it is done again",
}
"""What each kind is called on screen."""


class RemarkFigure(Model):
    """A figure inside a remark: a share (0 to 1), a time in seconds (`s`), or a plain count."""

    value: float
    unit: Annotated[str, Field(max_length=20)] = ""
    basis: Basis = Basis.STATED


class Remark(Model):
    """One thing the teller said about the work: its kind, the steps or roles it speaks of, its words and figures.

    `elements` is empty when it speaks of the whole process. `sure` is False when the words may mean something else:
    then it is asked about, not claimed. `likely` (0 to 1) is how likely it is what it is taken for, and `placed` how
    likely each of its elements is meant, where that was weighed.
    """

    id: Id
    kind: RemarkKind
    elements: tuple[Id, ...] = ()
    text: Text
    span: Span | None = None
    figures: tuple[RemarkFigure, ...] = ()
    sure: bool = True
    likely: Annotated[float, Field(ge=0, le=1)] | None = None
    placed: tuple[Annotated[float, Field(ge=0, le=1)], ...] = ()


def in_words(remark: Remark) -> str:
    """What a remark is taken for, in plain words; `perhaps` where that is not sure."""
    return ("" if remark.sure else "perhaps: ") + IN_WORDS[remark.kind]


def told(remarks: Iterable[Remark], most: int = 10_000) -> list[str]:
    """Remarks as a reader sees them: their words once each, up to `most` characters, with what they are taken for."""
    kinds: dict[str, list[str]] = {}
    for remark in remarks:
        kinds.setdefault(" ".join(remark.text.split()), []).append(in_words(remark))
    return [f"“{_cut(text, most)}” ({', '.join(dict.fromkeys(names))})" for text, names in kinds.items()]


def heard(remarks: Sequence[Remark], most: int = 3) -> str:
    """The first remarks in one line, the sure ones alone where there are any; the rest is counted."""
    lines = told([remark for remark in remarks if remark.sure] or remarks, SHORT)
    return "; ".join(lines[:most]) + (f" and {len(lines) - most} more" if len(lines) > most else "")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def as_settled(read: Sequence[Remark], told: Sequence[Remark], now: Sequence[Remark]) -> tuple[Remark, ...]:
    """Remarks read anew, with what people settled since: what they confirmed stays sure, what they denied stays away.

    `told` are those of the last reading, `now` those of the process; the same remark has the same kind and words.
    """
    before = {(remark.kind, remark.text): remark for remark in told}
    kept = {(remark.kind, remark.text): remark for remark in now}
    found = []
    for remark in read:
        key = (remark.kind, remark.text)
        if key in before and key not in kept:
            found.append(before[key])  # as it was read before, so that nothing changes
        elif key in kept and kept[key].sure and not remark.sure:
            found.append(remark.model_copy(update={"sure": True, "likely": None}))
        else:
            found.append(remark)
    return tuple(found)


def denied_again(told: Sequence[Remark], now: Sequence[Remark], after: Sequence[Remark]) -> tuple[str, ...]:
    """The ids of remarks that came back with a new reading, though people had denied them."""
    denied = {(remark.kind, remark.text) for remark in told} - {(remark.kind, remark.text) for remark in now}
    return tuple(remark.id for remark in after if (remark.kind, remark.text) in denied)
