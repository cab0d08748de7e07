"""From findings to proposals: each practice a finding names is asked what it would do; the guards answer for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, cast

from assistant.process.durations import Basis, one_after_the_other
from assistant.process.edits import Edit, SetValue
from assistant.process.figures import joined
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.tree import tasks
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.detectors.causes import spoken
from assistant.redesign.detectors.told import shortened
from assistant.redesign.enablers import misfit
from assistant.redesign.guards import faults
from assistant.redesign.practices.assumed import assumed
from assistant.redesign.practices.base import Draft, Practice
from assistant.redesign.shapes import Alternative, Finding, Proposal
from assistant.redesign.shelf import BARE, Shelf, directions, needs
from assistant.redesign.view import View
from assistant.redesign.words import listed

LIBRARY_ONLY = "The sizes rest on library figures only: measure before you promise them."


@dataclass(frozen=True)
class Offer:
    """A proposal that passed the guards, the process it leads to, and the key that stays the same across rounds."""

    key: tuple[str, str, str]
    proposal: Proposal
    process: Process
    score: float


@dataclass(frozen=True)
class Offers:
    """What the findings lead to: proposals, questions instead of proposals, and what the guards refused, with why.

    `turned_down` and `asked` hold the same as proposals, each with the guard's reason or the question. `assumed` are
    changes for findings that nothing else answers, each with what it takes for granted.
    """

    offers: tuple[Offer, ...]
    questions: tuple[Question, ...]
    refused: tuple[str, ...]
    turned_down: tuple[tuple[Proposal, str], ...] = ()
    asked: tuple[tuple[Proposal, str], ...] = ()
    assumed: tuple[Offer, ...] = ()


def offers(
    view: View, findings: Sequence[Finding], shelf: Shelf = BARE, bold: bool = False, free_outcomes: bool = False
) -> Offers:
    """The proposals for findings, the best first; `bold` prefers those that change roles, systems or structure."""
    made: dict[tuple[str, tuple[str, ...]], Offer] = {}
    questions: dict[str, Question] = {}
    refused: list[str] = []
    turned_down: list[tuple[Proposal, str]] = []
    doubted: list[tuple[Proposal, str]] = []
    for finding in findings:
        for code in finding.practices:
            practice = PRACTICES[code]
            draft, after, broken = _guarded(view, practice, finding, free_outcomes)
            if draft is None or draft.doubt:
                if asked := _question(view, practice, finding, draft, shelf):
                    questions.setdefault(asked.id, asked)
                    idea = draft or Draft(f"{practice.name.capitalize()}: {finding.title}", finding.elements)
                    doubted.append((_proposal(view, practice, finding, idea, shelf), asked.text))
                continue
            if after is None or broken:
                refused.append(f"{draft.title}: not proposed. {' '.join(broken)}")
                turned_down.append((_proposal(view, practice, finding, draft, shelf), " ".join(broken)))
                continue
            offer = _offer(view, practice, finding, draft, after, shelf, bold)
            same = (code, tuple(sorted(offer.proposal.elements)))
            made[same] = _joined(made[same], offer) if same in made else offer
    ranked = sorted(made.values(), key=lambda made: (-made.score, made.key))
    return Offers(
        tuple(ranked),
        tuple(questions.values()),
        tuple(dict.fromkeys(refused)),
        tuple(turned_down),
        tuple(doubted),
        _assumed(view, findings, ranked, shelf),
    )


def _assumed(view: View, findings: Sequence[Finding], made: Sequence[Offer], shelf: Shelf) -> tuple[Offer, ...]:
    """A change on an assumption for each told finding that no proposal answers; what a guard refuses is left to the
    question that was asked of it."""
    answered = {reason for offer in made for reason in offer.proposal.because}
    found: list[Offer] = []
    for finding in findings:
        draft = None if finding.id in answered else assumed(view, finding)
        if draft is None:
            continue
        after, broken = faults(view, draft.edits, draft.caught)
        if after is not None and not broken:
            found.append(_offer(view, PRACTICES[finding.practices[0]], finding, draft, after, shelf, bold=False))
    return tuple(sorted(found, key=lambda offer: (-offer.score, offer.key)))


def _guarded(
    view: View, practice: Practice, finding: Finding, free_outcomes: bool
) -> tuple[Draft | None, Process | None, tuple[str, ...]]:
    """A practice's answer to a finding, the process it leads to and what the guards say. Kept with the view, because
    every stance asks the same of today's process; the finding is kept too, so that its identity stays its own."""
    key = (practice.code, id(finding), free_outcomes)
    if key not in view.guarded:
        draft = _draft(view, practice, finding)
        after: Process | None = None
        broken: tuple[str, ...] = ()
        if draft is not None and not draft.doubt:
            after, said = faults(view, draft.edits, draft.caught, free_outcomes)
            broken = tuple(said)
        view.guarded[key] = (finding, draft, after, broken)
    _, *answer = view.guarded[key]
    return cast(tuple[Draft | None, Process | None, tuple[str, ...]], tuple(answer))


def _draft(view: View, practice: Practice, finding: Finding) -> Draft | None:
    answer = practice.answers.get(finding.kind)
    if finding.details.get("unplaced"):
        return _which_step(view, finding) if practice.code == finding.practices[0] else None
    draft = answer(view, finding) if answer is not None else None
    if draft is not None and draft.edits and finding.details.get("asked"):
        return replace(draft, edits=(), doubt=f"{finding.title}: is that so, and does it hurt?")
    return draft


MOST_MEANT = 3


def _which_step(view: View, finding: Finding) -> Draft:
    """Where it is not sure which step is meant nothing is changed: it is asked."""
    names = list(dict.fromkeys(spoken(view, name) for name in finding.elements))[:MOST_MEANT]
    words = shortened(finding.quotes[0].text) if finding.quotes else finding.title
    asked = f"You said “{words}”: which step is that, {joined(names, 'or')}?"
    return Draft(finding.title, finding.elements, doubt=asked)


def _joined(old: Offer, new: Offer) -> Offer:
    """The same change for two findings: one proposal with both reasons."""
    because = tuple(dict.fromkeys((*old.proposal.because, *new.proposal.because)))
    best = old if old.score >= new.score else new
    return replace(best, proposal=replace(best.proposal, because=because))


def _proposal(view: View, practice: Practice, finding: Finding, draft: Draft, shelf: Shelf) -> Proposal:
    tasks = [view.tasks[name] for name in draft.elements if name in view.tasks]
    entry = shelf.practice(practice.code)
    enablers = tuple(code for code in draft.enablers if all(misfit(code, task) is None for task in tasks))
    return Proposal(
        id=f"{practice.code}-{draft.elements[0] if draft.elements else 'process'}",
        practice=practice.code,
        name=practice.name,
        title=draft.title,
        elements=tuple(dict.fromkeys(draft.elements)),
        edits=out_of_batches(draft.edits, view.batched),
        because=(finding.id,),
        effects=directions(entry),
        tier=practice.tier,
        risks=entry.risks,
        failure=entry.could_fail,
        needs=needs(entry),
        guards=entry.guards,
        cites=shelf.cites(practice.code),
        figures=draft.figures,
        enablers=enablers,
        caught=draft.caught,
        notes=(*draft.notes, *_library_only(draft)),
        confidence=_confidence(view, finding, draft),
        keeps_roles=draft.keeps_roles,
        prior=practice.prior,
        assumes=draft.assumes,
    )


def _offer(
    view: View, practice: Practice, finding: Finding, draft: Draft, after: Process, shelf: Shelf, bold: bool
) -> Offer:
    proposal = _proposal(view, practice, finding, draft, shelf)
    boost = 1.6 if bold and not (practice.small and draft.keeps_roles) else 1.0
    score = practice.prior * (0.25 + (finding.share or 0.0)) * (0.5 + proposal.confidence / 2) * boost
    return Offer((practice.code, finding.id, finding.kind), proposal, after, score)


def _library_only(draft: Draft) -> tuple[str, ...]:
    bases = {figure.basis for figure in draft.figures}
    return (LIBRARY_ONLY,) if bases == {Basis.LIBRARY.value} else ()


def _confidence(view: View, finding: Finding, draft: Draft) -> float:
    weak = [figure.basis for figure in draft.figures if figure.basis in (Basis.ESTIMATED.value, Basis.LIBRARY.value)]
    return min(finding.confidence, view.confidence(*weak)) if weak else finding.confidence


def _question(view: View, practice: Practice, finding: Finding, draft: Draft | None, shelf: Shelf) -> Question | None:
    if draft is None and (not practice.asks or practice.answers.get(finding.kind)):
        return None
    if draft is None and (finding.details.get("unplaced") or not asks_about(practice, finding)):
        return None
    text = draft.doubt if draft is not None else practice.asks.format_map(_Words(view, finding))
    why = f"{finding.title}. Practice: {practice.name}."
    if risks := shelf.practice(practice.code).risks:
        why += f" To be weighed: {listed(risks)}."
    weight = min(0.6, 0.25 + 0.35 * (finding.share or 0.0))
    return Question(
        id=f"practice:{practice.code}:{finding.id}",
        text=text,
        why=why,
        elements=finding.elements,
        weight=round(weight, 3),
        field="practice",
    )


OWN_KINDS = {
    "H03": ("rekeyed_document",),
    "H17": ("department_hops", "to_and_fro"),
    "H21": ("one_task_for_specialists", "uneven_load", "one_person", "skill_gap"),
    "H26": ("media_breaks", "on_paper", "rekeyed_document", "routine_by_hand"),
    "H27": ("certified_check",),
    "H28": ("not_core",),
}


SHARED = frozenset(("portal", "system"))
"""Media that several can work on at once, so that nothing better takes their place."""


def asks_about(practice: Practice, finding: Finding) -> bool:
    """Whether a practice only a person can judge has its own trigger in this finding."""
    return finding.kind in OWN_KINDS.get(practice.code, ())


class _Words(dict[str, Any]):
    """The words a question may use, filled from the finding."""

    def __init__(self, view: View, finding: Finding) -> None:
        names = [view.name_of(name) for name in finding.elements if name in view.steps]
        used = {str(t.medium) for n in finding.elements if (t := view.tasks.get(n)) and t.medium}
        media = sorted(used - SHARED) or (["paper"] if finding.kind == "on_paper" else [])
        certificate = next((t.repeats_external_check for n in finding.elements if (t := view.tasks.get(n))), None)
        super().__init__(
            elements=listed(names),
            party=finding.details.get("party") or "the sender",
            medium=listed(media) if media else "several systems",
            certificate=f" ({certificate})" if certificate else "",
        )

    def __missing__(self, key: str) -> str:
        return ""


def out_of_batches(edits: Sequence[Edit], batched: frozenset[str]) -> tuple[Edit, ...]:
    """Edits that take a wait away, with the batch it came from: else cases would wait for the next batch as before."""
    taken = {edit.id for edit in edits if isinstance(edit, SetValue) and edit.field == "wait" and edit.value is None}
    off = {edit.id for edit in edits if isinstance(edit, SetValue) and edit.field == "batch"}
    gone = sorted((taken - off) & batched)
    return (*edits, *(SetValue(id=id_, field="batch", value=None, why="no batch") for id_ in gone))


def as_now(proposal: Proposal, view: View) -> Proposal:
    """A proposal whose steps leave their wait to another one, with that wait as it is after what was taken before."""
    heirs = dict(proposal.inherits)

    def now(edit: Edit) -> Edit:
        if edit.op != "set" or edit.field != "wait" or edit.id not in heirs:
            return edit
        steps = [view.steps.get(name) for name in (*heirs[edit.id], edit.id)]
        waits = [wait for step in steps if (wait := getattr(step, "wait", None)) is not None]
        return edit.model_copy(update={"value": one_after_the_other(waits).document()}) if waits else edit

    return replace(proposal, edits=tuple(map(now, proposal.edits))) if heirs else proposal


def giving_way(proposal: Proposal, done: Set[tuple[str, str]]) -> Proposal:
    """A model's proposal without the figures that one taken before has changed: then the figure is the other's, and its
    steps, its people and its rules stay."""
    if not proposal.own or not touched(proposal.edits) & done:
        return proposal
    left = tuple(edit for edit in proposal.edits if not touched([edit]) & done)
    return replace(proposal, edits=left) if left else noted(proposal, proposal.edits[0])


def noted(proposal: Proposal, at: Edit) -> Proposal:
    """The proposal as a note of its rules at the step an edit names; unchanged where there are no rules."""
    if not proposal.plan.rules or not isinstance(at, SetValue):
        return proposal
    rules = " ".join(f"{rule.rstrip('.')}." for rule in proposal.plan.rules)
    return replace(proposal, edits=(SetValue(id=at.id, field="note", value=rules[:500]),), beside=())


def touched(edits: Iterable[Edit]) -> set[tuple[str, str]]:
    """The times and chances that edits set: pairs of element and attribute."""
    found = set()
    for edit in edits:
        if edit.op == "set" and edit.field in ("work", "wait", "duration", "batch"):
            found.add((edit.id, edit.field))
        elif edit.op == "set_condition":
            found.add((edit.id, "p"))
    return found


def as_offered(alternatives: Iterable[Alternative], process: Process) -> list[Proposal]:
    """The proposals in the order shown; what several alternatives hold alike comes once. Each has the rules it notes
    itself behind what the process has noted: an alternative plays them one after the other, and whoever takes one of
    them takes no rule of another that was noted at the same step."""
    shown: dict[tuple[str, str], Proposal] = {}
    for proposal in (each for way in alternatives for each in way.proposals):
        shown.setdefault((proposal.id, proposal.title), proposal)
    known = list(shown.values())
    steps = {task.id: task.note or "" for task in tasks(process)}
    sets = [edit for each in known for edit in each.edits if isinstance(edit, SetValue) and edit.field == "note"]
    noted_at = [(edit.id, str(edit.value or "")) for edit in sets]

    def own(edit: Edit) -> Edit:
        if not isinstance(edit, SetValue) or edit.field != "note" or edit.id not in steps:
            return edit
        told, base = str(edit.value or ""), steps[edit.id]
        ahead = [note for id_, note in noted_at if id_ == edit.id and note and told.startswith(f"{note} ")]
        if not ahead or max(ahead, key=len) == base:
            return edit
        return edit.model_copy(update={"value": f"{base} {told[len(max(ahead, key=len)) :].strip()}".strip()[:500]})

    return [replace(each, edits=tuple(map(own, each.edits))) for each in known]
