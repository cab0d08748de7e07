"""The handover package: everything a team needs to carry the recommended alternative out, made from one redesign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.handover.change import marks_between
from assistant.handover.inputs import Inputs
from assistant.handover.kpis import kpis, lint
from assistant.handover.money import money
from assistant.handover.needs import briefings, changes, data, organisation, proposals, skills, systems
from assistant.handover.roles import raci, role_gaps, seats
from assistant.handover.rollout import controls, pilot, review, rollout
from assistant.handover.shapes import Package
from assistant.handover.views import views
from assistant.process.apply import apply

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign

__all__ = ["Package", "package"]
AS_IS = "as-is"
UNSIZED_PILOT = 8


def package(redesign: Redesign, library: Any = None) -> Package:
    """The package for the recommended alternative of `redesign` (none recommended: for today's process as it is)."""
    inputs = read(redesign, library)
    marks, removed = marks_between(inputs.as_is, inputs.to_be)
    sheet = kpis(inputs)
    trial = pilot(inputs, sheet)
    plan = rollout(inputs, int(trial.weeks.value or UNSIZED_PILOT))
    learn, needed, done, watch = skills(inputs), systems(inputs), changes(inputs), controls(sheet)
    return Package(
        process=inputs.as_is.name,
        alternative=inputs.alternative.name if inputs.alternative else None,
        to_be=inputs.to_be,
        marks=marks,
        changes=done,
        removed=removed,
        kpis=sheet,
        raci=raci(inputs.to_be),
        roles=seats(inputs.to_be),
        gaps=(*role_gaps(inputs.to_be), *lint(sheet)),
        skills=learn,
        data=data(inputs),
        systems=needed,
        organisation=organisation(inputs),
        briefings=briefings(inputs),
        rollout=plan,
        pilot=trial,
        controls=watch,
        money=money(inputs, plan, learn, needed, sheet),
        review=review(inputs, sheet),
        views=views(inputs, sheet, done, watch),
        practices=practice_names(inputs),
    )


def practice_names(inputs: Inputs) -> dict[str, str]:
    """The names of the practices that findings and proposals speak of, by code, where the library knows them."""
    found = {proposal.practice: proposal.name for proposal in proposals(inputs)}
    for code in dict.fromkeys(code for finding in inputs.findings for code in finding.practices):
        entry = inputs.library.get(code) if inputs.library is not None else None
        if entry is not None:
            found.setdefault(code, entry.name)
    return found


def read(redesign: Redesign, library: Any = None) -> Inputs:
    """What the package needs of a redesign: today and the recommended alternative, each with its simulation."""
    chosen = next(
        (alternative for alternative in redesign.alternatives if alternative.name == redesign.recommended), None
    )
    today, filled = redesign.as_is, redesign.completed.process
    return Inputs(
        as_is=today,
        to_be=chosen.process if chosen else today,
        played_before=filled,
        played_after=apply(filled, chosen.edits) if chosen else filled,
        before=redesign.results.get(AS_IS),
        after=redesign.results.get(chosen.name if chosen else AS_IS),
        alternative=chosen,
        findings=tuple(redesign.findings),
        entry=redesign.entry,
        goal=redesign.goal,
        library=library,
        overlooked=tuple(redesign.overlooked),
    )
