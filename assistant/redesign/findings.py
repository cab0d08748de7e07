"""All findings of a process: every detector asked in turn, the biggest share of time or cost first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.process.blocks import Wait
from assistant.process.model import Process
from assistant.redesign.detectors import (
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
    value,
    waits,
)
from assistant.redesign.detectors.base import Detector
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.settings import RedesignSettings, Settings

if TYPE_CHECKING:
    from assistant.simulation.results import Result

OTHERS_WEIGHT = 0.2

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
)


def find(
    process: Process,
    settings: Settings | RedesignSettings | None = None,
    run: Result | None = None,
    keep: tuple[str, ...] = (),
) -> list[Finding]:
    """The findings of a process. `run` is a simulation of it, if there is one; `keep` are phrases for steps to keep."""
    return find_in(View(process, thresholds(settings), run, keep))


def find_in(view: View) -> list[Finding]:
    """The findings of a view, what can be changed here and weighs most first, then the most certain; each id once."""
    found: dict[str, Finding] = {}
    for detector in DETECTORS:
        for one in detector(view):
            if grounded(view, one):
                found.setdefault(one.id, one if view.timed else replace(one, share=None, share_of=None))
    return sorted(found.values(), key=lambda one: (-weight(one), -one.confidence, one.id))


OF_WAITS = ("long_wait", "white_space", "low_flow_efficiency")


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


def weight(one: Finding) -> float:
    """How far up a finding stands: its share of time or cost; waits for others, which nobody here can cut, far less."""
    return (one.share or 0.0) * (OTHERS_WEIGHT if one.details.get("cause") == "external" else 1.0)


def thresholds(settings: Settings | RedesignSettings | None) -> RedesignSettings:
    """The thresholds out of whatever settings are given."""
    if isinstance(settings, Settings):
        return settings.redesign
    return settings or RedesignSettings()
