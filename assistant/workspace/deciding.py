"""What is handed out once something was decided: today, the decisions with their reasons, the new process, its effect.

The last look at today's process stands for today; where there is none any more, today is looked at anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.process.edits import EDITS, Edit
from assistant.projects.journal import Accepted, Edits, Rejected
from assistant.projects.replay import State
from assistant.redesign.decided import OPEN, TAKEN, TURNED, as_decided, as_made
from assistant.redesign.result import Redesign
from assistant.redesign.shapes import Decided, Proposal

if TYPE_CHECKING:
    from assistant.workspace.session import Session


def handed_out(session: Session, **wishes: Any) -> Redesign:
    """The redesign a report is made of (wishes as in a `Brief`). Raises what a redesign raises."""
    if not _taken(session.state):
        return with_decisions(session, session.state, session.redesign_as_decided(**wishes))
    base = _of_today(session, session.state, session.latest) or _anew(session, session.state, wishes)
    return _decided(session, session.state, base)


def with_decisions(session: Session, state: State, last: Redesign) -> Redesign:
    """The last redesign with what was decided since, as a reader gets it who asks for no new one: a model is asked
    nothing."""
    if not state.decided:
        return last
    base = _of_today(session, state, last) if _taken(state) else None
    if base is None and _taken(state) and not session.reads_by_model:
        base = _anew(session, state, {})
    if base is None:
        return replace(last, decided=_decisions(state, last, _left(state, _on_offer(last), {})))
    return _decided(session, state, base)


def _taken(state: State) -> bool:
    return any(isinstance(entry.what, Accepted) for entry in state.entries)


def _of_today(session: Session, state: State, last: Redesign | None) -> Redesign | None:
    """A look at today's process that was made before; None where there is none."""
    today = state.today()
    return next((made for made in (last, session.of_today) if made is not None and made.as_is == today), None)


def _anew(session: Session, state: State, wishes: Mapping[str, Any]) -> Redesign:
    """Today looked at anew, also for what was decided: the reasons stand with it."""
    session.of_today, _, _ = session.worked_out(state.today(), {**wishes, "decided": {}})
    return session.of_today


def _decided(session: Session, state: State, base: Redesign) -> Redesign:
    """`base`, a redesign of today's process, with what was decided since in place of its alternatives."""
    offered = {fate.proposal.id: fate.proposal for fate in base.proposals}
    offered |= {proposal.id: proposal for alternative in base.alternatives for proposal in alternative.proposals}
    taken = [
        (offered.get(what.proposal) or as_made(what.proposal, what.practice, what.title), edits)
        for what, edits in _taken_over(state)
    ]
    left = _left(state, _on_offer(session.latest or base), offered)
    limits, library = session.bench.settings.redesign, session.bench.library()
    return as_decided(base, state.process, taken, _decisions(state, base, left), limits, library)


def _decisions(state: State, result: Redesign, left: Sequence[Proposal]) -> tuple[Decided, ...]:
    """Every decision that counts, in order, with what it rests on; then what is `left` to decide."""
    reasons = {finding.id: finding.title for finding in result.findings}
    why = {fate.proposal.id: _why(fate.proposal, reasons) for fate in result.proposals}
    why |= {proposal.id: _why(proposal, reasons) for proposal in left}
    made = [entry.what for entry in state.entries if isinstance(entry.what, Accepted | Rejected)]
    last = {what.proposal: what for what in made}  # what was decided twice is decided as it was last
    return (
        *(
            Decided(what.title, TAKEN, why.get(what.proposal, ""), f"but {what.but}" if what.but else "")
            if isinstance(what, Accepted)
            else Decided(what.title, TURNED, why.get(what.proposal, ""), what.reason)
            for what in last.values()
        ),
        *(Decided(proposal.title, OPEN, why[proposal.id]) for proposal in left),
    )


def _left(state: State, on_offer: Sequence[Proposal], known: Mapping[str, Proposal]) -> list[Proposal]:
    """What is still to decide: what is on offer, and what was turned down and taken back since, though a look in
    between left it out."""
    back = [
        known.get(what.proposal) or as_made(what.proposal, what.practice, what.title)
        for entry in state.lineage
        if entry.turn in state.gone and isinstance(what := entry.what, Rejected)
    ]
    every = {proposal.id: proposal for proposal in (*back, *on_offer)}
    return [proposal for proposal in every.values() if _open(state, proposal)]


def _open(state: State, proposal: Proposal) -> bool:
    return proposal.id not in state.decided


def _on_offer(result: Redesign) -> list[Proposal]:
    """The proposals on offer, each once."""
    return list(
        {proposal.id: proposal for alternative in result.alternatives for proposal in alternative.proposals}.values()
    )


def _why(proposal: Proposal, reasons: dict[str, str]) -> str:
    return next((reasons[key] for key in proposal.because if key in reasons), "")


def _taken_over(state: State) -> Iterator[tuple[Accepted, Sequence[Edit]]]:
    """What was taken over, each with the edits written beside it."""
    taken: Accepted | None = None
    for entry in state.entries:
        if isinstance(entry.what, Accepted):
            taken = entry.what
        elif taken is not None and isinstance(entry.what, Edits) and entry.what.source == "proposal":
            yield taken, EDITS.validate_python(entry.what.edits)
            taken = None
