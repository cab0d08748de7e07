"""A redesign as it was decided on: today, what was taken over and turned down with the reasons, the new process, and
what the one brings beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.errors import AssistantError
from assistant.library.store import Library
from assistant.process.apply import apply
from assistant.process.diff import diff
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.compare import compare
from assistant.redesign.guards import kept
from assistant.redesign.result import Redesign
from assistant.redesign.shapes import Alternative, Decided, Needs, Proposal
from assistant.redesign.view import View
from assistant.redesign.what_became import Fate
from assistant.settings import RedesignSettings

NAME = "what was decided"
SINCE = "What was changed since, in your words"
OPEN, TAKEN, TURNED = "still open", "taken over", "turned down"
NOT_YET = "Proposed, and not decided yet."


def as_decided(
    base: Redesign,
    new: Process,
    taken: Sequence[tuple[Proposal, Sequence[Edit]]],
    decided: Sequence[Decided],
    limits: RedesignSettings,
    library: Library | None = None,
) -> Redesign:
    """`base`, a redesign of today's process, with what was decided in place of its alternatives.

    `taken` are the proposals taken over, each with the edits it was written with; `new` is where they and what was
    changed since have led. Raises InvalidProcess where that cannot be played.
    """
    today, played = base.as_is, base.results["as-is"]
    found = compare(
        today, new, cases=played.cases, replications=played.replications, seed=played.seed, settings=limits,
        library=library,
    )  # fmt: skip
    proposals = _as_written(today, new, taken)
    view = View(base.completed.process, limits, base.results["as-is"], base.keep)
    alternative = Alternative(
        name=NAME,
        stance="as decided",
        proposals=proposals,
        process=new,
        effects=found.effects,
        verdict=found.verdict,
        word=found.word,
        guards=kept(view, new, tuple(told for proposal in proposals for told in proposal.caught)),
    )
    return replace(
        base,
        alternatives=(alternative,),
        recommended=NAME,
        why_recommended="",
        results={"as-is": found.results["a"], NAME: found.results["b"]},
        proposals=_fates(base, proposals, decided),
        complaints=(),
        paper=None,
        decision=None,
        sound="",
        decided=tuple(decided),
    )


def as_made(id_: str, practice: str, title: str) -> Proposal:
    """A proposal of which no more is known than what was written down when it was decided on."""
    known = PRACTICES.get(practice)
    return Proposal(
        id=id_, practice=practice, name=known.name if known else "", title=title, elements=(), edits=(), because=(),
        effects={}, tier="proposal", risks=(), failure=(), needs=Needs(),
    )  # fmt: skip


def _as_written(today: Process, new: Process, taken: Sequence[tuple[Proposal, Sequence[Edit]]]) -> tuple[Proposal, ...]:
    """The proposals with the edits they were written with; what is left to the new process is one more."""
    found, process = [], today
    for proposal, edits in taken:
        try:
            process = apply(process, edits)
            found.append(replace(proposal, edits=tuple(edits)))
        except AssistantError:  # today was put right since: what differs is told below
            found.append(replace(proposal, edits=()))
    rest = diff(process, new)
    return (*found, *([replace(as_made("since", "", SINCE), edits=tuple(rest))] if rest else []))


def _fates(base: Redesign, proposals: Sequence[Proposal], decided: Sequence[Decided]) -> tuple[Fate, ...]:
    """What became of each idea, now that some of them are decided on."""
    mine = {proposal.id: Fate(proposal, "adopted", NAME, "Taken over") for proposal in proposals}
    turned = {idea.title: idea.said for idea in decided if idea.became == TURNED}
    for fate in base.proposals:
        one = fate.proposal
        if one.title in turned:
            said = f": “{turned[one.title]}”" if turned[one.title] else ""
            mine.setdefault(one.id, Fate(one, "refused", None, f"You turned it down{said}"))
        elif fate.where is None:
            mine.setdefault(one.id, fate)
        else:
            mine.setdefault(one.id, Fate(one, "question", None, NOT_YET))
    return tuple(mine.values())
