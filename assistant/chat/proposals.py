"""A redesign told in the conversation: what hurts, what could be done, what it would bring, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.chat.session import Session
from assistant.chat.telling import listed, short
from assistant.process.describe import in_words

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign

MOST_FINDINGS = 5
SIGNS = {"+": "better", "-": "worse", "0": "the same"}


def proposal_lines(session: Session, result: Redesign) -> list[str]:
    """The whole answer to `propose`, with the numbers that `accept` and `why` take."""
    lines = ["What hurts most:", *listed([finding.title for finding in result.findings], MOST_FINDINGS)]
    if not result.findings:
        lines = ["I found nothing that clearly hurts. What I do not know yet may hide something: see `questions`."]
    shown = session.proposals()
    for alternative in result.alternatives:
        best = "  (recommended)" if alternative.name == result.recommended else ""
        lines += ["", f"{alternative.name}{best}: {alternative.verdict}"]
        for proposal in alternative.proposals:
            decided = session.state.decided.get(proposal.id)
            lines.append(
                f"  {session.number(proposal, shown)}. {proposal.title}" + (f" ({decided} before)" if decided else "")
            )
    lines += ["", "Say `why 1` for the reasons, `accept 1` to take one over, `export FOLDER` for the report."]
    return lines


def why_lines(session: Session, proposal: Any) -> list[str]:
    """Why a proposal is made, what exactly changes, what it usually brings and how it could fail."""
    lines = [f"{proposal.title} ({proposal.practice}, {proposal.name})"]
    findings = {f.id: f for f in session.latest.findings} if session.latest else {}
    for finding in (findings[id_] for id_ in proposal.because if id_ in findings):
        lines.append(f"Because: {finding.title}")
        lines += [f"  - {evidence_line(one)}" for one in finding.because]
    lines += ["What would change:", *listed(in_words(session.process, proposal.edits))]
    usual = ", ".join(f"{what} {SIGNS.get(sign, sign)}" for what, sign in proposal.effects.items())
    lines.append(f"Usually: {usual} (a direction from experience; the sizes come from the simulation).")
    lines += [f"Kept: {guard}" for guard in proposal.guards]
    lines += [f"It could fail: {short(reason)}" for reason in (*proposal.failure, *proposal.risks)[:3]]
    return lines


def evidence_line(evidence: Any) -> str:
    """One piece of evidence with its value, unit and basis."""
    if evidence.value is None:
        return f"{evidence.text} ({evidence.basis})"
    value = f"{evidence.value:,.4g}" if isinstance(evidence.value, float | int) else str(evidence.value)
    return f"{evidence.text}: {value} {evidence.unit}".rstrip() + f" ({evidence.basis})"
