"""Decisions and loops whose told share is another one than what was recorded, as far as a log can show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from statistics import NormalDist
from typing import NamedTuple

from assistant.eventlog.discovery.doing import ASSUMED
from assistant.eventlog.shares import wilson
from assistant.eventlog.where_time_goes import FEWEST
from assistant.process.blocks import AnyOf, Block, Branch, Choice, End, Loop, Parallel, Task, Wait
from assistant.process.blocks import Sequence as Flow
from assistant.process.model import Process
from assistant.process.tree import parts

ALPHA = 0.05
MATTERS = 0.02
"""Shares that differ by less are no other ones, however many cases there are."""


class Decided(NamedTuple):
    """One way out: its id, in words, what was told, how often it was taken of how many times; `assumed`: nobody told
    it."""

    id: str
    way: str
    told: float
    hits: int
    n: int
    assumed: bool = False


def decided(process: Process, taken: Mapping[tuple[str, str], int], seen: AbstractSet[str]) -> list[Decided]:
    """Every way out whose share was told and that a log with the steps `seen` can tell from the others.

    Branches in which nothing need be recorded cannot be told apart: they are counted together. Where a case may have
    ended before without a trace, decisions that may leave no trace either are passed over.
    """
    found: list[Decided] = []
    for step, ends, lost in _with_rest(process.flow, seen, ends=True, lost=False):
        if isinstance(step, Loop) and step.p is not None:
            hits, out = taken.get((step.id, "again"), 0), taken.get((step.id, "out"), 0)
            found.append(
                Decided(
                    step.id, f"going round again while {step.while_}", step.p, hits, hits + out, step.p_basis in ASSUMED
                )
            )
        elif isinstance(step, Choice) and all(branch.p is not None for branch in step.branches):
            n = sum(taken.get((step.id, branch.id), 0) for branch in step.branches)
            groups = _groups(step, seen, ends)
            if _lost(step, seen, ends, lost):
                continue
            # Of two ways one is enough: the other is what is left.
            for group in groups if len(groups) > 2 else groups[: len(groups) - 1]:
                named = " or ".join(f"“{branch.when or branch.id}”" for branch in group)
                hits = sum(taken.get((step.id, branch.id), 0) for branch in group)
                said = sum(branch.p or 0.0 for branch in group)
                assumed = all(branch.p_basis in ASSUMED for branch in group)
                where = f"{named} at “{step.question or 'the decision'}”"
                found.append(Decided(group[0].id, where, said, hits, n, assumed))
    return found


def differing(ways: Sequence[Decided]) -> Iterator[tuple[Decided, str]]:
    """The ways whose recorded share is another one beyond chance, each with its sentence.

    The intervals are made wider for the number of ways looked at (Bonferroni).
    """
    looked = [way for way in ways if way.n >= FEWEST]
    z = NormalDist().inv_cdf(1 - ALPHA / 2 / max(1, len(looked)))
    for way in looked:
        said = "Assumed were" if way.assumed else "You said"
        share, told = wilson(way.hits, way.n, z), way.told
        shown = wilson(way.hits, way.n)
        if share.low is None or share.high is None or share.low <= told <= share.high:
            continue
        if abs(way.hits / way.n - told) < MATTERS or shown.low is None or shown.high is None:
            continue
        yield (
            way,
            (
                f"{said} {100 * told:.0f} % for {way.way}: recorded are {100 * way.hits / way.n:.1f} % "
                f"({way.hits:,} of {way.n:,}; 95 % interval {100 * shown.low:.1f} to {100 * shown.high:.1f} %)."
            ),
        )


def indistinct(process: Process, seen: AbstractSet[str]) -> dict[str, list[list[Branch]]]:
    """The branches of each decision of which a log with the steps `seen` tells anything, those together that it cannot
    tell apart."""
    return {
        step.id: _groups(step, seen, ends)
        for step, ends, lost in _with_rest(process.flow, seen, ends=True, lost=False)
        if isinstance(step, Choice) and not _lost(step, seen, ends, lost)
    }


def _lost(choice: Choice, seen: AbstractSet[str], ends: bool, lost: bool) -> bool:
    """Whether nobody knows how many cases come to a decision: they may have ended before, or go on, without a trace."""
    return lost and ends and any("on" in _silent(branch.do, seen) for branch in choice.branches)


def _with_rest(flow: Flow, seen: AbstractSet[str], ends: bool, lost: bool) -> Iterator[tuple[Block, bool, bool]]:
    """Every step; whether the case can come to its end after it without anything more being recorded; and whether it
    can have come to its end before without a trace, so that nobody knows how many cases come here."""
    for at, step in enumerate(flow.items):
        rest = _silent(flow.model_copy(update={"items": flow.items[at + 1 :]}), seen)
        over = "end" in rest or (ends and "on" in rest)
        yield step, over, lost
        for _, inner in parts(step):
            yield from _with_rest(inner, seen, over and not isinstance(step, Parallel), lost)
        lost = lost or "end" in _past(step, seen)


def _groups(choice: Choice, seen: AbstractSet[str], ends: bool) -> list[list[Branch]]:
    """The branches, those together that a log cannot tell apart."""
    groups: list[tuple[set[str], list[Branch]]] = []
    for branch in choice.branches:
        silent = _silent(branch.do, seen)
        if ends and "on" in silent:
            silent.add("end")
        same = next((group for group in groups if group[0] & silent), None)
        if same is None:
            groups.append((silent, [branch]))
        else:
            same[0].update(silent)
            same[1].append(branch)
    return [branches for _, branches in groups]


def _silent(flow: Flow, seen: AbstractSet[str]) -> set[str]:
    """How a flow can be left without anything being recorded: it goes “on”, or the case comes to its “end”."""
    ways: set[str] = {"on"}
    for step in flow.items:
        if "on" not in ways:
            break
        ways = (ways - {"on"}) | _past(step, seen)
    return ways


def _past(step: Block, seen: AbstractSet[str]) -> set[str]:
    if isinstance(step, Task | Wait):
        return set() if step.id in seen else {"on"}
    if isinstance(step, End):
        return {"end"}
    if isinstance(step, Choice | AnyOf):
        return set[str]().union(*(_silent(branch.do, seen) for branch in step.branches))
    if isinstance(step, Parallel):
        ways = [_silent(branch.do, seen) for branch in step.branches]
        return set.intersection(*ways) if ways else {"on"}
    if isinstance(step, Loop):
        return _silent(step.do, seen)
    return {"on"}
