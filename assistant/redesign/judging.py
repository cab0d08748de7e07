"""What a language model adds, where there is one: it judges meaning and proposes; it never decides.

Judgements fill in only what nobody said and are marked as estimates. Proposals of the model pass the same gates as all
others: valid edits, guards, reasons that exist, simulation. When the model fails, the rules go on alone and say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errors import ServiceError
from assistant.process.edits import Edit, SetValue
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.guards import faults
from assistant.redesign.proposals import Cites, Offer, no_cites
from assistant.redesign.shapes import Finding, Needs, Proposal
from assistant.redesign.view import View

if TYPE_CHECKING:
    from assistant.language.port import LanguageModel

OWN = "own"
SURE = 0.6
"""A judgement the model itself is less sure of is left out."""


@dataclass(frozen=True)
class Judged:
    """What a model judged: edits that fill gaps, steps it thinks the law protects, who said so, and notes."""

    edits: tuple[Edit, ...] = ()
    protected: Mapping[str, str] = field(default_factory=dict)
    made_by: str = ""
    notes: tuple[str, ...] = ()


def judge(process: Process, model: LanguageModel | None) -> Judged:
    """Value class, control, kind of decision and legal ground of each step, where nobody said."""
    if model is None:
        return Judged()
    from assistant.language.judgements import judge_steps

    try:
        reply = judge_steps(process, model)
    except ServiceError as failed:
        return Judged(notes=(f"The steps were judged by rules alone: {failed.what}",))
    known = {task.id: task for task in tasks(process)}
    edits: list[Edit] = []
    protected: dict[str, str] = {}
    for one in reply.value.steps:
        task = known[one.id]
        if one.legal:
            protected[one.id] = f"legal ground as {reply.made_by} reads it: {one.legal}"
        if one.confidence < SURE:
            continue
        why = f"judged by {reply.made_by}: {one.why}"[:400]
        if task.value_class is None:
            edits.append(SetValue(id=one.id, field="value_class", value=one.value, why=why))
        if one.control and not task.is_control:
            edits.append(SetValue(id=one.id, field="is_control", value=True, why=why))
        if task.rule_based is None and task.judgement is None and one.decides != "none":
            name = "rule_based" if one.decides == "rules" else "judgement"
            edits.append(SetValue(id=one.id, field=name, value=True, why=why))
    return Judged(tuple(edits), protected, reply.made_by, reply.notes)


@dataclass(frozen=True)
class Own:
    """The proposals a model made itself, who made them, and notes."""

    proposals: tuple[Proposal, ...] = ()
    made_by: str = ""
    notes: tuple[str, ...] = ()


def own_proposals(
    process: Process,
    findings: Sequence[Finding],
    model: LanguageModel | None,
    cites: Cites = no_cites,
    goal: str | None = None,
    keep: Sequence[str] = (),
) -> Own:
    """Redesigns the model proposes beyond the rules, each applicable; the guards and the simulation come later."""
    if model is None or not findings:
        return Own()
    from assistant.language.judgements import propose

    told = {one.id: one.title for one in findings}
    practices = [f"{code} {one.name}" for code, one in PRACTICES.items() if one.tier != "hint"]
    try:
        found = propose(process, told, practices, model, goal=goal, stays=[f"Must stay: {words}" for words in keep])
    except ServiceError as failed:
        return Own(notes=(f"Proposals come from the rules alone: {failed.what}",))
    made_by = found.reply.made_by
    proposals = []
    for number, one in enumerate(found.proposals, 1):
        lines, code = one.lines, one.lines.practice
        practice = PRACTICES.get(code)
        if not lines.because or not one.edits:
            continue  # no reason among the findings, or nothing to do: it would not pass the gates
        proposals.append(
            Proposal(
                id=f"{OWN}-{number}",
                practice=code,
                name=practice.name if practice else "own idea",
                title=lines.title,
                elements=tuple(sorted(named(one.edits) & {*told_elements(findings, lines.because)})),
                edits=one.edits,
                because=lines.because,
                effects=dict(lines.effects) or (practice.directions if practice else {}),
                tier="proposal",
                risks=(lines.risk,) if lines.risk else practice.risks if practice else (),
                failure=practice.failure if practice else (),
                needs=Needs(organisation=(lines.needs,)) if lines.needs else Needs(),
                guards=practice.guards if practice else (),
                cites=cites(code) if code else (),
                notes=(lines.why, f"Proposed by {made_by}."),
                confidence=0.5,
                keeps_roles=False,
            )
        )
    return Own(tuple(proposals), made_by, found.reply.notes)


def told_elements(findings: Sequence[Finding], because: Sequence[str]) -> set[str]:
    """The elements of the findings named."""
    return {name for one in findings if one.id in because for name in one.elements}


def named(edits: Sequence[Edit]) -> set[str]:
    """The elements that edits name."""
    found: set[str] = set()
    for edit in edits:
        data = edit.document()
        for key in ("id", "a", "b", "branch"):
            if isinstance(data.get(key), str):
                found.add(data[key])
        found.update(data.get("ids", ()) if isinstance(data.get("ids"), list) else ())
    return found


def gated(view: View, proposals: Sequence[Proposal], free_outcomes: bool = False) -> list[Offer]:
    """Those of the model's proposals that fit the process as it is now and break no guard."""
    found = []
    for one in proposals:
        after, broken = faults(view, one.edits, one.caught, free_outcomes)
        if after is not None and not broken:
            found.append(Offer((OWN, one.id, OWN), one, after, 0.75 * one.confidence))
    return found
