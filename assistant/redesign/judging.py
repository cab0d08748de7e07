"""What a language model adds, where there is one: it judges meaning and proposes; it never decides.

Judgements fill in only what nobody said and are marked as estimates. Proposals of the model pass the same gates as all
others: valid edits, guards, reasons that exist, simulation. When the model fails, the rules go on alone and say so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.errors import ServiceError
from assistant.process.blocks import Block, Task, Wait
from assistant.process.blocks import Sequence as Sequence_
from assistant.process.durations import Basis
from assistant.process.edits import Edit, SetValue
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.tree import by_id, tasks
from assistant.process.with_names import with_names
from assistant.redesign.brief import NO_BRIEF, Brief
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.estimates import batched
from assistant.redesign.guards import faults, touched_protection
from assistant.redesign.planning import Planner
from assistant.redesign.proposals import Offer, out_of_batches
from assistant.redesign.shapes import Decision, Evidence, Finding, Needs, Proposal
from assistant.redesign.shelf import BARE, Shelf, directions
from assistant.redesign.view import View
from assistant.simulation.scenarios import each_step

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel
    from assistant.language.by_model.judgements import OwnProposal, OwnProposals
    from assistant.language.by_model.proposals_reply import ProposalLines

OWN = "own"
ROLE_EDITS = ("put_role", "set_role", "drop_role")
NOT_READ = "A proposal was not taken up: "
"""How a note begins on a proposal of which not even the form could be read."""
NO_PLACE = "it changes no step that is drawn, and none is named for it."
_LINE = re.compile(r"\bLine \d+ \([A-Z ]+\): ")
"""Where in a reply a fault is: of use to who wrote it alone."""
_MISSING = re.compile(r"\bno (step|branch) '[^']*'(?:; (?:did you mean [^?]*\?|it is a branch of [\w-]+))?")
_UNKNOWN = re.compile(r"\bthe (finding|practice) '[^']*', which")
"""What a model named by an id that nobody else knows."""
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
    from assistant.language.by_model.judgements import judge_steps

    try:
        reply = judge_steps(process, model)
    except ServiceError as failed:
        return Judged(notes=(f"The steps were judged by rules alone: {failed.cause}",))
    known = {task.id: task for task in tasks(process)}
    edits: list[Edit] = []
    protected: dict[str, str] = {}
    for step in reply.value.steps:
        task = known[step.id]
        if step.legal:
            protected[step.id] = f"legal ground as {reply.made_by} reads it: {step.legal}"
        if step.confidence < SURE:
            continue
        why = f"judged by {reply.made_by}: {step.why}"[:400]
        if task.value_class is None:
            edits.append(SetValue(id=step.id, field="value_class", value=step.value, why=why))
        if step.control and not task.is_control:
            edits.append(SetValue(id=step.id, field="is_control", value=True, why=why))
        if task.rule_based is None and task.judgement is None and step.decides != "none":
            name = "rule_based" if step.decides == "rules" else "judgement"
            edits.append(SetValue(id=step.id, field=name, value=True, why=why))
    return Judged(tuple(edits), protected, reply.made_by, reply.notes)


@dataclass(frozen=True)
class Own:
    """The proposals a model made itself, who made them, notes, and what only people can settle."""

    proposals: tuple[Proposal, ...] = ()
    made_by: str = ""
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    decision: Decision | None = None
    refused: tuple[tuple[Proposal, str], ...] = ()
    """Proposals that could not be drawn, each with the reason."""


def own_proposals(
    process: Process,
    findings: Sequence[Finding],
    model: LanguageModel | None,
    practices: Sequence[str],
    shelf: Shelf = BARE,
    brief: Brief = NO_BRIEF,
    *,
    facts: Mapping[str, str] | None = None,
    stays: Sequence[str] = (),
    view: View | None = None,
) -> Own:
    """Redesigns the model proposes beyond the rules, each applicable; the guards and the simulation come later.

    `process` is the one that was told, without what was filled in, so that no guess comes back as a figure. With the
    `view` it is played in, whoever proposes is told once what the guards refuse, and why.
    """
    if model is None or not findings:
        return Own()
    from assistant.language.by_model.judgements import propose

    names = {f"P{number}": finding for number, finding in enumerate(findings[:MOST_TOLD], 1)}
    told = {name: _in_words(finding, quoted=not brief.story) for name, finding in names.items()}

    def refuses(edits: tuple[Edit, ...]) -> str:
        if view is None or not edits:
            return ""
        _, broken = faults(view, _onto(view.process, edits, process), (), brief.free_outcomes, story_read=True)
        return " ".join(broken[:MOST_BROKEN])

    try:
        found = propose(
            process,
            told,
            practices,
            model,
            story=brief.story,
            hurts_at=[(quote.start, quote.end) for finding in names.values() for quote in finding.quotes],
            facts=facts,
            stays=stays,
            goal=brief.goal,
            most=MOST_OWN,
            refuses=refuses,
        )
    except ServiceError as failed:
        return Own(notes=(f"Proposals come from the rules alone: {failed.cause}",))
    planner = Planner(process, brief.story, facts or {}, findings)
    planner.go_on(text for own in found.proposals for text, _ in own.lines.brings)
    ids = _ids(found, names)
    made = [
        _planned(_proposal(number, own, ids, names, found.reply.made_by, shelf), own, planner)
        for number, own in zip(ids, found.proposals, strict=True)
    ]
    asked = tuple(
        _question(own.lines, proposal)
        for own, proposal in zip(found.proposals, made, strict=True)
        if own.lines.question
    )
    made = [_arranged(proposal, process, names.values()) for proposal in made]
    kept = tuple(proposal for proposal in made if proposal.because and proposal.edits)
    refused = _refused(found, made, names, process)
    unread = tuple(f"“{proposal.title}” was not taken up: {why}" for proposal, why in refused)
    unread += tuple(f"{NOT_READ}{_for_readers(why, process)}" for why in found.broken)
    said = found.reply.value
    decision = planner.decision(said.decide, [proposal.plan for proposal in kept])
    notes = (*planner.avoided(said.avoid), *found.reply.notes, *unread, *planner.struck)
    return Own(kept, found.reply.made_by, notes, asked, decision, refused)


def _refused(
    found: OwnProposals, made: Sequence[Proposal], names: Mapping[str, Finding], process: Process
) -> tuple[tuple[Proposal, str], ...]:
    """The proposals of an answer that are not drawn and ask nothing, each with why."""
    from assistant.language.by_model.judgements import OwnProposal

    lost = [
        (
            _proposal(
                number, OwnProposal(lines, ()), {number: f"{OWN}-undrawn-{number}"}, names, found.reply.made_by, BARE
            ),
            why,
        )
        for number, (lines, why) in enumerate(found.unread, 1)
    ]
    lost += [
        (proposal, NO_PLACE)
        for own, proposal in zip(found.proposals, made, strict=True)
        if not (own.lines.question or (proposal.because and proposal.edits))
    ]
    return tuple((proposal, _for_readers(why, process)) for proposal, why in lost)


def _for_readers(why: str, process: Process) -> str:
    """Why a proposal was not drawn, in words for who knows no ids and no lines of a reply."""
    plain = with_names(_MISSING.sub(r"no such \1", _UNKNOWN.sub(r"a \1 that", _LINE.sub("", why))), process).strip()
    return f"{plain[:1].upper()}{plain[1:]}"


MOST_CODES = 3
"""Practices named with a finding: those it was seen by come first, and a proposal may take any other."""
MOST_TOLD, MOST_OWN, MOST_BROKEN = 12, 6, 3
"""Findings a model is told of, proposals it may make, and reasons of the guards against one of them."""


def _in_words(finding: Finding, quoted: bool) -> str:
    """A finding as a model is told of it: where it is, what it is, and, without the story, the teller's words."""
    quote = f" – “{' '.join(finding.quotes[0].text.split())[:160]}”" if finding.quotes and quoted else ""
    cause = f" Cause: {finding.details['cause_told']}" if finding.details.get("cause_told") else ""
    cure = f" Cure: {finding.details['cure']}" if finding.details.get("cure") else ""
    sums = [cost.text for cost in finding.details.get("sums", ())]
    cost = f" Costs: {'; and '.join(sums)}." if sums else ""
    codes = ", ".join(finding.practices[:MOST_CODES])
    return f"{finding.title} [{', '.join(finding.elements)}] ({codes}){quote}{cause}{cost}{cure}"


def _ids(found: OwnProposals, names: Mapping[str, Finding]) -> dict[int, str]:
    """The id of each proposal by its number in the reply: what kind of change it is and where, as with those of rules.

    So what was turned down is known again in another reply, wherever it stands there, and nothing else is taken for it.
    """
    reply, ids = found.reply.value, dict[int, str]()
    for own in found.proposals:
        place = next(place for place, lines in enumerate(reply.proposals) if lines is own.lines)
        at = sorted(_where_it_hurts(own, names) or named(own.edits))
        name = "-".join((OWN, own.lines.practice or "idea", at[0] if at else "process"))
        same = sum(known == name or known.startswith(f"{name}+") for known in ids.values())
        ids[reply.numbers[place] + 1] = f"{name}+{same + 1}" if same else name
    return ids


def _where_it_hurts(own: OwnProposal, names: Mapping[str, Finding]) -> set[str]:
    hurts = {element for told in own.lines.because if told in names for element in names[told].elements}
    return named(own.edits) & hurts


def _proposal(
    number: int, own: OwnProposal, ids: Mapping[int, str], names: Mapping[str, Finding], made_by: str, shelf: Shelf
) -> Proposal:
    lines, practice = own.lines, PRACTICES.get(own.lines.practice)
    entry = shelf.practice(lines.practice) if practice else None
    reasons = [names[name] for name in lines.because if name in names]
    unknown = tuple(
        Evidence(f"{span.why}: between nothing and what it is today", None, "", Basis.ESTIMATED.value)
        for span in own.ranges
    )
    return Proposal(
        id=ids[number],
        practice=lines.practice,
        name=practice.name if practice else "own idea",
        title=lines.title,
        elements=tuple(sorted(_where_it_hurts(own, names))),
        edits=own.edits,
        because=tuple(reason.id for reason in reasons),
        effects=dict(lines.effects) or (directions(entry) if entry else {}),
        tier="proposal",
        risks=tuple(risk for risk, _ in lines.risks) if lines.risks else entry.risks if entry else (),
        failure=entry.could_fail if entry else (),
        needs=Needs(organisation=(lines.needs,)) if lines.needs else Needs(),
        guards=entry.guards if entry else (),
        cites=shelf.cites(lines.practice) if lines.practice else (),
        figures=unknown,
        notes=(lines.why or next((reason.title for reason in reasons), ""), f"Proposed by {made_by}."),
        confidence=0.5,
        keeps_roles=_keeps_roles(own.edits),
        own=True,
        instead_of=tuple(ids[other] for other in lines.instead_of if other in ids),
        first=lines.first,
        inherits=own.inherits,
        beside=own.beside,
    )


def _arranged(proposal: Proposal, process: Process, findings: Iterable[Finding]) -> Proposal:
    """A change that no command draws (in which order cases are served, a fixed time) noted at the step where it hurts.

    It is a change all the same: whoever decides has its rules before them.
    """
    if proposal.edits or not proposal.plan.rules:
        return proposal
    hurting = [name for finding in findings if finding.id in proposal.because for name in finding.elements]
    steps = {task.id: task for task in tasks(process)}
    place = next((steps[name] for name in hurting if name in steps), None)
    if place is None:
        return proposal
    note = " ".join(filter(None, (place.note, *(f"{rule.rstrip('.')}." for rule in proposal.plan.rules))))
    edit = SetValue(id=place.id, field="note", value=note[:500])
    return replace(proposal, edits=(edit,), elements=proposal.elements or (place.id,))


def _planned(proposal: Proposal, own: OwnProposal, planner: Planner) -> Proposal:
    """The proposal with how it is run; its reason without what nobody told."""
    why, *others = proposal.notes
    first = planner.told.proposed(proposal.first)
    return replace(proposal, plan=planner.plan(own.lines), notes=(planner.sound(why), *others), first=first)


def _keeps_roles(edits: Sequence[Edit]) -> bool:
    """Whether edits bring no role and no system and leave who does what."""
    texts = json.dumps([edit.document() for edit in edits])
    moved = any(edit.op in ROLE_EDITS or (edit.op == "set" and edit.field in ("role", "system")) for edit in edits)
    return not moved and '"automation"' not in texts


def _question(lines: ProposalLines, proposal: Proposal) -> Question:
    return Question(
        id=f"practice:{lines.practice or OWN}:{proposal.id}",
        text=lines.question,
        why=f"{lines.title}. {proposal.notes[0]}".strip(),
        elements=proposal.elements,
        weight=0.5,
        field="practice",
    )


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


def _onto(now: Process, edits: Sequence[Edit], told: Process) -> tuple[Edit, ...]:
    """Edits whose new blocks hold the steps they keep as they are now, and not as they were told.

    Who does a step that an earlier change has taken away need not be said any more; a note on it goes to what follows.
    """
    told_steps, now_steps = by_id(told), by_id(now)
    gone = set(told_steps) - set(now_steps)

    def as_now(step: Block) -> Block:
        if not isinstance(step, Task | Wait):
            return step
        kept = getattr(told_steps.get(step.id), "name", None) == step.name
        return now_steps.get(step.id, step) if kept else step

    def fresh(edit: Edit) -> Edit:
        blocks = getattr(edit, "blocks", ())
        if not blocks:
            return edit
        held = now.model_copy(update={"flow": Sequence_(items=blocks)})
        return edit.model_copy(update={"blocks": each_step(as_now)(held).flow.items})

    order = list(told_steps)

    def noted(edit: Edit) -> Edit:
        if edit.op != "set" or edit.field != "note" or edit.id not in gone:
            return edit
        place = order.index(edit.id)
        left = [name for name in (*order[place:], *reversed(order[:place])) if isinstance(now_steps.get(name), Task)]
        return edit.model_copy(update={"id": left[0]}) if left else edit

    return tuple(fresh(left) for edit in edits if (left := _without(noted(edit), gone)) is not None)


def _without(edit: Edit, gone: set[str]) -> Edit | None:
    """An edit about who does what without the steps that are gone; None where nothing is left of it."""
    if edit.op == "set_role":
        ids = tuple(name for name in edit.ids if name not in gone)
        return edit.model_copy(update={"ids": ids}) if ids else None
    if edit.op == "set" and edit.field in ("role", "same_performer_as") and {edit.id, str(edit.value)} & gone:
        return None
    return edit


def gated(
    view: View, proposals: Sequence[Proposal], told: Process, free_outcomes: bool = False
) -> tuple[list[Offer], dict[str, str]]:
    """Those of the model's proposals that fit the process as it is now and break no guard; of the others, why not.

    They were made for the process as it was `told`: steps they keep are taken as earlier proposals have left them.
    """
    found, refused = [], {}
    for made in proposals:
        whole = out_of_batches(made.edits, batched(told))
        proposal = replace(made, edits=_onto(view.process, whole, told))
        after, broken = faults(view, proposal.edits, proposal.caught, free_outcomes, story_read=True)
        if after is not None and not broken:
            asked = touched_protection(view, after)
            proposal = replace(proposal, risks=(*proposal.risks, *asked))
            found.append(Offer((OWN, proposal.id, OWN), proposal, after, 0.75 * proposal.confidence))
        else:
            refused[proposal.id] = " ".join(broken)
    return found, refused
