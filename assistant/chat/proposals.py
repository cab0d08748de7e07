"""A redesign told in the conversation: what hurts, what could be done, what it would bring, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.chat.telling import listed, short
from assistant.errors import EditRefused
from assistant.handover.rollout import protected_steps
from assistant.process.describe import in_words
from assistant.process.durations import Basis, humane
from assistant.redesign.recommending import UNPRICED, WORTH_TRYING
from assistant.redesign.what_became import NONE_MADE
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.process.model import Process
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Alternative

MOST_FINDINGS, MOST_FIGURES = 5, 3
GUESSED = (Basis.ESTIMATED.value, Basis.LIBRARY.value)
SIGNS = {"+": "better", "-": "worse", "0": "the same"}


def proposal_lines(session: Session, result: Redesign) -> list[str]:
    """The whole answer to `propose`, with the numbers that `accept` and `why` take."""
    from assistant.redesign.findings import heaviest_first

    more = len(result.findings) - MOST_FINDINGS
    heaviest = heaviest_first(result.findings)[:MOST_FINDINGS]
    lines = ["What hurts most:", *listed([finding.title for finding in heaviest], MOST_FINDINGS)]
    lines += [f"  and {more} more in the report"] if more > 0 else []
    if not result.findings:
        lines = ["I found nothing that clearly hurts. What I do not know yet may hide something: see `questions`."]
    shown = session.proposals()
    seen: dict[str, Process] = {}
    told_before: set[int] = set()
    for alternative in result.alternatives:
        if not alternative.proposals:
            continue
        twin = next((name for name, process in seen.items() if process == alternative.process), None)
        seen[alternative.name] = alternative.process
        lines += ["", *_alternative(session, alternative, alternative.name == result.recommended, twin, told_before)]
    if not shown:
        left_out = dict.fromkeys(
            reason for alternative in result.alternatives for reason in (*alternative.dropped, *alternative.conflicts)
        )
        lines += ["", "Looked at, and left out:", *listed(list(left_out), 3)] if left_out else []
    lines += ["", *_closing(session, shown, result)]
    return lines


def _alternative(
    session: Session, one: Alternative, recommended: bool, twin: str | None, told_before: set[int]
) -> list[str]:
    title = one.name[0].upper() + one.name[1:]
    if twin:
        return [f"{title}: comes to the same as {twin}."]
    head = f"{title}{' (recommended)' if recommended else ''} — {one.verdict}"
    numbered = sorted(
        ((session.number(proposal) or 0, proposal) for proposal in one.proposals), key=lambda pair: pair[0]
    )
    lines = [head]
    for number, proposal in numbered:
        lines += [f"  {number}. {proposal.title}"]
        lines += [f"     {line}" for line in untold(proposal)] if number not in told_before else []
        told_before.add(number)
    return lines


def untold(proposal: Any) -> list[str]:
    """The figures a proposal brings in that nobody told, in one line: they are to be seen before it is taken over."""
    figures = [evidence.text for evidence in proposal.figures if evidence.basis in GUESSED]
    more = f"; and {len(figures) - MOST_FIGURES} more" if len(figures) > MOST_FIGURES else ""
    return [f"Nobody told, taken for it: {'; '.join(figures[:MOST_FIGURES])}{more}."] if figures else []


def _closing(session: Session, shown: list[Any], result: Redesign) -> list[str]:
    decided = list(session.state.decided.values())
    taken, turned = decided.count("accepted"), decided.count("rejected")
    before = f"Decided before, and not offered again: {taken} taken over, {turned} turned down." if decided else ""
    if not shown:
        none = (
            "Nothing more to propose on what is known today."
            if decided
            else f"I have nothing to propose yet. {_why_none(result)}".rstrip()
        )
        return [
            line for line in (none, before, "`questions` shows what I would like to know; it may bring more.") if line
        ]
    why = (
        result.why_recommended
        if UNPRICED in result.why_recommended or result.why_recommended.startswith(WORTH_TRYING)
        else "None of this is recommended on what is known today."
    )
    lines = [] if result.recommended else [why]
    lines += [before] if before else []
    first = min(session.numbers())
    how = f"Say `why {first}` for the reasons, `accept {first}` or `reject {first}` to decide"
    return [*lines, f"{how}, `export FOLDER` for the report."]


def _why_none(result: Redesign) -> str:
    """Why there is nothing on offer, where it is known."""
    return result.why_recommended.removeprefix(NONE_MADE).strip() if not result.recommended else ""


def why_lines(session: Session, proposal: Any) -> list[str]:
    """Why a proposal is made, what exactly changes, what it usually brings and how it could fail."""
    lines = [f"{proposal.title} (kind of change: {proposal.name})"]
    findings = {f.id: f for f in session.latest.findings} if session.latest else {}
    for finding in (findings[id_] for id_ in proposal.because if id_ in findings):
        lines.append(f"Because: {finding.title}")
        lines += [f"  - {evidence_line(evidence)}" for evidence in finding.because]
    lines += _what_changes(session, proposal)
    lines += untold(proposal)
    usual = ", ".join(f"{what} {SIGNS.get(sign, sign)}" for what, sign in proposal.effects.items())
    lines.append(f"Usually: {usual} (a direction from experience; the sizes come from the simulation).")
    lines += [proposal.granted] if proposal.granted else []
    lines += [f"Stays as it is: {name}: {reason}." for name, reason in protected_steps(session.process)]
    lines += [f"It could fail: {short(reason)}" for reason in (*proposal.failure, *proposal.risks)[:3]]
    return lines


def _what_changes(session: Session, proposal: Any) -> list[str]:
    """What a proposal changes; of one that is taken over, and stands in the new process already, what of today's."""
    try:
        return ["What would change:", *listed(in_words(session.process, proposal.edits))]
    except EditRefused:
        return ["What it changes of today:", *listed(in_words(session.today(), proposal.edits))]


def evidence_line(evidence: Any) -> str:
    """One piece of evidence with its value, unit and basis."""
    if evidence.value is None:
        return f"{evidence.text} ({evidence.basis})"
    if evidence.unit in ("s", "seconds") and isinstance(evidence.value, float | int):
        value = humane(float(evidence.value))
    elif evidence.unit == "share" and isinstance(evidence.value, float | int):
        value = f"{100 * evidence.value:.3g} %"
    else:
        number = isinstance(evidence.value, float | int)
        value = f"{evidence.value:,.4g} {evidence.unit}" if number else f"{evidence.value} {evidence.unit}"
    if value.strip() in evidence.text:
        return f"{evidence.text} ({evidence.basis})"
    return f"{evidence.text}: {value.strip()} ({evidence.basis})"
