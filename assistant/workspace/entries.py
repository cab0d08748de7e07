"""The journal's entries as a session writes them, and what was decided as it stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.errors import EditRefused
from assistant.process.apply import apply
from assistant.process.blocks import Task
from assistant.process.edits import Edit, Insert, Place, edit_document
from assistant.process.model import Process
from assistant.process.tree import by_id, walk
from assistant.projects.journal import (
    Accepted,
    AlternativeNote,
    Edits,
    FoundNote,
    New,
    Promised,
    PromiseNote,
    ProposalNote,
    Proposed,
    Rejected,
    Usage,
)

if TYPE_CHECKING:
    from assistant.projects.replay import State
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Proposal


def edits_entry(
    edits: Sequence[Edit], source: str, made_by: str, prompt: str | None = None, usage: Usage | None = None
) -> New:
    """Edits that were applied, with where they came from, who read them, by which prompt and at what cost."""
    what = Edits(edits=tuple(edit_document(edit) for edit in edits), source=source, usage=usage)
    return New(what=what, made_by=made_by, prompt=prompt)


def proposed(result: Redesign, usage: Usage | None) -> Proposed:
    """What was found and proposed, by id and title."""
    return Proposed(
        findings=tuple(FoundNote(id=finding.id, kind=finding.kind) for finding in result.findings),
        alternatives=tuple(
            AlternativeNote(
                name=alternative.name,
                verdict=alternative.verdict,
                proposals=tuple(
                    ProposalNote(id=p.id, practice=p.practice, title=p.title) for p in alternative.proposals
                ),
            )
            for alternative in result.alternatives
        ),
        recommended=result.recommended,
        usage=usage,
    )


def _placed_anew(process: Process, edit: Edit, read: Process | None) -> Edit:
    """A new step whose neighbour was taken out meanwhile, behind the nearest one before it that is there."""
    beside = (edit.place.after or edit.place.before) if isinstance(edit, Insert) else None
    there = by_id(process)
    if read is None or not isinstance(edit, Insert) or beside is None or beside in there:
        return edit
    order = [getattr(step, "id", "") for step in walk(read)]
    first = getattr(edit.blocks[0], "id", "")
    own = order.index(first) if first in order else 0
    ahead = next((id_ for id_ in reversed(order[:own]) if isinstance(there.get(id_), Task)), None)
    place = Place(after=ahead) if ahead else Place(into="flow", at="start")
    return edit.model_copy(update={"place": place})


def those_that_fit(
    process: Process, wanted: Sequence[Edit], read: Process | None = None
) -> tuple[Process, list[Edit], list[str]]:
    """The process with the edits applied one by one: those that fit, and of the others why not.

    What stands beside a step that is gone goes where it stands in `read`: behind the nearest step that is there.
    """
    try:
        return apply(process, wanted), list(wanted), []
    except EditRefused:
        pass
    kept: list[Edit] = []
    refused: list[str] = []
    for edit in wanted:
        edit = _placed_anew(process, edit, read)
        try:
            process = apply(process, [edit])
            kept.append(edit)
        except EditRefused as error:
            refused.append(f"{error.what} {error.why}".strip())
    return process, kept, refused


def promised(result: Redesign | None, proposal: Proposal) -> list[New]:
    """What is promised of a proposal, as an entry: the effects, with intervals, of the alternative it stands in."""
    if result is None:
        return []
    holding = [
        alternative
        for alternative in result.alternatives
        if any(part.id == proposal.id for part in alternative.proposals)
    ]
    holding.sort(key=lambda alternative: alternative.name != result.recommended)
    if not holding:
        return []
    notes = tuple(
        PromiseNote(
            dimension=name, measure=effect.measure, unit=effect.unit, before=effect.before, low=effect.low,
            high=effect.high,
        )
        for name, effect in holding[0].effects.items()
        if effect.before and effect.low is not None and effect.high is not None
    )  # fmt: skip
    what = Promised(proposal=proposal.id, practice=proposal.practice, alternative=holding[0].name, promises=notes)
    return [New(what=what)] if notes else []


def decisions(state: State) -> list[str]:
    """What was taken over and what was turned down, a line each, with the reason or change where one was given."""
    made = [entry.what for entry in state.entries if isinstance(entry.what, Accepted | Rejected)]
    return [
        f"taken over: {what.title}{f' (but: {what.but})' if what.but else ''}"
        if isinstance(what, Accepted)
        else f"turned down: {what.title}{f' (“{what.reason}”)' if what.reason else ''}"
        for what in made
    ]


def decided_in_words(state: State) -> dict[str, str]:
    """What was decided on each proposal, by its id, in a sentence; with the reason where one was given."""
    turned = {entry.what.proposal: entry.what.reason for entry in state.entries if isinstance(entry.what, Rejected)}
    return {
        name: f"It was turned down{f': {turned[name]}' if turned.get(name) else ''}."
        if kind == "rejected"
        else "It was taken over before."
        for name, kind in state.decided.items()
    }
