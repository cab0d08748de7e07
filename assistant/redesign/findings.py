"""All findings of a process: every detector asked in turn, the biggest share of time or cost first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.process.blocks import Wait
from assistant.process.model import Process
from assistant.redesign.detectors import (
    asked,
    branches,
    capacity,
    checks,
    cuts,
    errors,
    handovers,
    order,
    outside,
    parties,
    postponed,
    technology,
    told,
    value,
    waits,
)
from assistant.redesign.detectors.base import Detector
from assistant.redesign.detectors.causes import CAUSES, GUESSES, OUTSIDE
from assistant.redesign.detectors.meanings import MEANINGS
from assistant.redesign.detectors.told_waits import told_at_length
from assistant.redesign.estimates import batched
from assistant.redesign.shapes import Completed, Finding
from assistant.redesign.typical import TOLD, only_typical
from assistant.redesign.view import View
from assistant.settings import RedesignSettings, Settings

if TYPE_CHECKING:
    from assistant.simulation.results import Result

OTHERS_WEIGHT = 0.2
NEEDS_WORDS = frozenset(
    "unowned_step many_parties no_case_owner ping_pong no_value_work department_hops independent_in_row".split()
)
"""Kinds that the drawing alone does not prove where the process was told in words: who tells leaves out names and
hands. There they are findings only when the teller speaks of them."""

DETECTORS: tuple[Detector, ...] = (
    waits.low_flow_efficiency,
    waits.long_waits,
    checks.knockout_order,
    checks.late_knockouts,
    postponed.work_before_check,
    checks.returned_to_supplier,
    checks.habitual_approvals,
    value.no_value_work,
    value.duplicate_controls,
    value.checks_that_change_nothing,
    value.unread_outputs,
    order.independent_in_row,
    order.needed_on_one_branch,
    order.system_ping_pong,
    branches.rare_branches,
    branches.same_variants,
    branches.mixed_cases,
    cuts.small_neighbours,
    cuts.mixed_work_and_check,
    cuts.repeated_contacts,
    handovers.ping_pong,
    handovers.unowned_steps,
    handovers.shared_responsibility,
    parties.many_parties,
    parties.bystanders,
    parties.department_hops,
    parties.no_case_owner,
    capacity.overloaded_roles,
    capacity.uneven_loads,
    capacity.separate_pools,
    capacity.skill_mix,
    errors.late_errors,
    errors.unchecked_outputs,
    errors.rework_loops,
    outside.rekeyed_documents,
    outside.repeated_lookups,
    outside.certified_checks,
    outside.not_core,
    outside.many_channels,
    technology.automatable,
    technology.media_breaks,
    told.told,
    asked.troubled,
)


def find(
    process: Process,
    settings: Settings | RedesignSettings | None = None,
    run: Result | None = None,
    keep: tuple[str, ...] = (),
) -> list[Finding]:
    """The findings of a process. `run` is a simulation of it, if there is one; `keep` are phrases for steps to keep."""
    return find_in(View(process, thresholds(settings), run, keep))


def find_as_played(
    told: Process, completed: Completed, settings: Settings | RedesignSettings | None, run: Result
) -> list[Finding]:
    """The findings of a told process by the figures that a redesign of it has: with what nobody gave filled in."""
    filled = frozenset((filling.element, filling.field) for filling in completed.filled)
    return find_in(View(completed.process, thresholds(settings), run, filled=filled, batched=batched(told)))


def find_in(view: View) -> list[Finding]:
    """The findings of a view, what can be changed here and weighs most first, then the most certain; each id once."""
    found: dict[str, Finding] = {}
    in_words, at_length = told_in_words(view), told_at_length(view)
    for detector in DETECTORS:
        for finding in detector(view):
            if (
                not grounded(view, finding)
                or (in_words and (_only_guessed(view, finding) or _uncomplained(view, finding)))
                or only_typical(view, finding)
            ):
                continue
            seen = finding if view.timed else replace(finding, share=None, share_of=None)
            found[finding.id] = _joined(found[finding.id], seen) if finding.id in found else seen
    kept = _explained(view, _one_of_runs(list(found.values())))
    shown = (
        _asked(finding) if at_length and not finding.quotes and not _seldom(view, finding) else finding
        for finding in kept
    )
    content = told.is_content(view)
    return sorted((finding for finding in shown if not (content and finding.details.get("asked"))), key=_rank)


def _seldom(view: View, one: Finding) -> bool:
    """Whether the teller said of a step that it is done once in weeks only, and cases wait for it: nobody need complain
    of that in so many words."""
    steps = (view.tasks.get(name) for name in one.elements if one.details.get("cause") == "batching")
    runs = (step.batch.every for step in steps if step is not None and step.batch is not None)
    return any(every is not None and every.basis in TOLD and every.mean_seconds >= SELDOM for every in runs)


def _asked(one: Finding) -> Finding:
    """What figures and the drawing alone show of a story told at length is asked about: nobody complained of it, and
    many of its figures are of something else. What the teller says of the whole is claimed, and that there is more work
    than time by the people, the cases and the times told."""
    return (
        one
        if one.details.get("totals") or one.details.get("counted")
        else replace(one, details={**one.details, "asked": True})
    )


def _rank(one: Finding) -> tuple[bool, float, float, str]:
    """What is claimed before what is only asked about, then by weight in whole percent (a longer play
    of the same must not turn two round) and by confidence."""
    return bool(one.details.get("asked")), -round(weight(one), 2), -one.confidence, one.id


def _one_of_runs(found: list[Finding]) -> list[Finding]:
    """What is collected for a run and waits for it, told in words and seen in the figures, as one finding."""
    for wait in [finding for finding in found if finding.details.get("cause") == "batching"]:
        told = next(
            (finding for finding in found if finding.kind == "batched" and set(wait.elements) & set(finding.elements)),
            None,
        )
        if told is None or told is wait:
            continue
        places = tuple(dict.fromkeys((*wait.elements, *told.elements)))
        found = [finding for finding in found if finding is not told and finding is not wait]
        found.append(replace(_joined(wait, told), elements=places))
    return found


def _explained(view: View, found: list[Finding]) -> list[Finding]:
    """The findings without waits of which nobody said why, where the teller's own words say it of the same step."""
    said = [
        finding for finding in found
        if finding.details.get("told") and not finding.details.get("asked") and finding.waste == "waiting"
    ]  # fmt: skip
    reasons = {name for finding in said for name in finding.details.get("at", finding.elements)}
    kept = [
        finding for finding in found
        if finding in said
        or finding.kind not in UNEXPLAINED
        or reasons.isdisjoint(finding.elements)
        or _seldom(view, finding)
    ]  # fmt: skip
    return [
        asked for asked in kept if not (asked.details.get("asked") and any(_answers(other, asked) for other in kept))
    ]


def _answers(claim: Finding, one: Finding) -> bool:
    """Whether a claim says of the same step what is asked about it."""
    same = set(claim.elements) & set(one.elements) and one.practices[:1] and one.practices[0] in claim.practices
    return bool(same) and not claim.details.get("asked")


UNEXPLAINED = ("long_wait", "white_space")
OF_WAITS = ("long_wait", "white_space", "low_flow_efficiency")
SELDOM = 14 * 86400.0
MORE_THAN_NOT = 0.5
"""How likely words must be that say of a wait that it hurts: what has to lie, to ripen or to dry, lies long too."""
SAYS_WHY = frozenset(CAUSES) - GUESSES - {*OUTSIDE}
OUTSPOKEN = 6
"""So many remarks make a teller who says what hurts."""
OF_WAITING = frozenset(kind for kind, meaning in MEANINGS.items() if meaning.waste == "waiting") - {
    "steady_data"
} | {"complaint", "cause", "chasing"}  # fmt: skip
SPOKEN_OF: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(OF_WAITS, OF_WAITING),
    "media_breaks": frozenset({"paper", "typed_again", "many_channels"}),
    "rekeyed_document": frozenset({"typed_again", "paper", "routine", "many_channels", "steady_data"}),
    "repeated_contacts": frozenset({"many_contacts", "chasing"}),
    "unchecked_output": frozenset({"error_at_source"}),
    "late_knockout": frozenset({"late_check", "work_for_nothing", "error_at_source"}),
    "needed_on_one_branch": frozenset({"work_for_nothing", "unused_result", "late_check"}),
    "another_case_type": frozenset({"one_pile", "held_up_by_few"}),
    "automatable": frozenset({"routine", "typed_again", "paper"}),
}
"""What figures and the drawing show, and the remarks of which an outspoken teller makes one where it hurts."""


def _uncomplained(view: View, one: Finding) -> bool:
    """Whether something stands in a story told at length, or full of remarks, and none of them speaks of it there."""
    remarks, kinds = view.process.remarks, SPOKEN_OF.get(one.kind)
    in_passing = len(remarks) < OUTSPOKEN and not told_at_length(view)
    if kinds is None or in_passing or not SAYS_WHY.isdisjoint(one.details.get("causes", ())):
        return False  # who says why a case lies has told that it need not
    if one.details.get("totals"):
        return False  # so has who says how much of the whole is waiting
    least = MORE_THAN_NOT if one.kind in OF_WAITS else told.BORNE_OUT
    heard = [remark for remark in remarks if told.is_claimed(view, remark) or (remark.likely or 0.0) >= least]
    return not any(remark.kind in kinds and not set(one.elements).isdisjoint(remark.elements) for remark in heard)


def grounded(view: View, one: Finding) -> bool:
    """Whether a finding rests on something besides figures that we filled in ourselves: what does not is a question."""
    if one.kind not in OF_WAITS:
        return True
    return view.timed and any(_told_wait(view, name) for name in one.elements)


def _told_wait(view: View, name: str) -> bool:
    """Whether somebody gave the wait at a step, or what it follows from: a run's rhythm, or people and cases."""
    step = view.steps.get(name)
    batch = getattr(step, "batch", None)
    if isinstance(step, Wait):
        return view.told(name, "duration")
    if getattr(step, "wait", None) is not None or (batch is not None and batch.every is not None):
        return True
    return view.told("process", "volume")


def _only_guessed(view: View, one: Finding) -> bool:
    """Whether a told process is said to have something that nobody said and only a step's name suggests."""
    return one.kind in NEEDS_WORDS and not one.quotes and not view.said(one.elements, "value_class")


def told_in_words(view: View) -> bool:
    """Whether the process was read from a story: most of its tasks know where they were said."""
    return 2 * sum(task.span is not None for task in view.tasks.values()) > len(view.tasks)


def _joined(old: Finding, new: Finding) -> Finding:
    """The same finding seen twice: once in the tree, once in the teller's words."""
    return replace(
        old.quoting(new.quotes),
        because=tuple(dict.fromkeys((*old.because, *new.because))),
        practices=tuple(dict.fromkeys((*old.practices, *new.practices))),
        confidence=max(old.confidence, new.confidence),
        details={**new.details, **old.details},
    )


def weight(one: Finding) -> float:
    """How far up a finding stands: its share of time or cost, or how much the teller stressed it.

    Waits for others, which nobody here can cut, stand far lower.
    """
    return max(_share(one), float(one.details.get("stress", 0.0)))


SUMMARY = "low_flow_efficiency"
"""The share of waiting in the whole: it says how much, not what hurts."""
LEAST_FELT = 0.1
"""The share of a case from which on a finding stands before all that explain none, however much those were stressed."""


def heaviest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as a reader is shown them: by the share of a case they explain, where it is known; one that has none
    stands where the teller's stress puts it. What is only asked about comes last."""
    return sorted(findings, key=lambda one: (bool(one.details.get("asked")), -_felt(one)))


def _felt(one: Finding) -> float:
    if one.kind == SUMMARY:
        return min(_share(one), LEAST_FELT / 2)  # how much waiting there is in all says less than where it is
    return min(weight(one), LEAST_FELT) if one.share is None else _share(one)


def _share(one: Finding) -> float:
    return (one.share or 0.0) * (OTHERS_WEIGHT if one.details.get("cause") == "external" else 1.0)


def thresholds(settings: Settings | RedesignSettings | None) -> RedesignSettings:
    """The thresholds out of whatever settings are given."""
    if isinstance(settings, Settings):
        return settings.redesign
    return settings or RedesignSettings()
