"""What everybody asks first: what hurts, where it is lost, what to do; each with its figure, basis and next step."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.chat.played import play
from assistant.chat.proposals import evidence_line
from assistant.chat.reply import Fact
from assistant.chat.telling import read_back
from assistant.chat.what_was_told import Answer
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.redesign.shapes import Alternative, Finding

MOST = 3
COMPUTED, STATED = "computed", "stated"
MONEY = re.compile(
    r"\b(?:money|costs?|expensive|euros?|dollars?|pounds?|prices?|hourly|wages?|salar(?:y|ies))\b", re.IGNORECASE
)
NEXT = "`propose` shows what could be done about it, with its effect."
NONE = "I found nothing that clearly hurts on what is known today. `questions` shows what may hide something."


def hurts(session: Session, words: str, otherwise: Callable[[Session, str], Answer]) -> Answer:
    """What hurts most, of what was found: where, the figure it rests on, and how to go on.

    Asked for money, only what explains a part of the cost; `otherwise` answers where nothing was found.
    """
    from assistant.redesign.findings import find_as_played, heaviest_first

    played, _none = play(session)
    found = find_as_played(session.process, played.completed, session.bench.settings, played.result)
    findings = heaviest_first(found)
    costly = [finding for finding in findings if finding.share_of == "cost"] if MONEY.search(words) else findings
    if not costly:
        lines, facts = otherwise(session, words)
        return [*(() if findings else (NONE,)), *(line for line in lines if line != NEXT), NEXT], facts
    lines, facts = ["What hurts most:"], []
    for number, finding in enumerate(costly[:MOST], 1):
        line = f"- {_told(finding)}"
        facts.append(Fact(f"finding {number}", line[2:], "", finding.because[0].basis if finding.because else "told"))
        lines.append(line)
    return [*lines, NEXT], facts


def _told(finding: Finding) -> str:
    part = f" ({round(100 * finding.share)} % of the {finding.share_of} of a case)" if finding.share else ""
    return f"{finding.title}{part}{_because(finding)}"


def _because(finding: Finding) -> str:
    """The reason as a person would give it: what was told, or a figure that the title does not hold already."""
    told = next((seen for seen in finding.because if seen.basis != COMPUTED), None)
    if told is not None:
        line = evidence_line(told).removesuffix(f" ({told.basis})")
        return f" — {line.replace('told: ', 'you told: ', 1)}" if told.basis == STATED else f" — {evidence_line(told)}"
    return f" — {evidence_line(finding.because[0]).removesuffix(f' ({COMPUTED})')}" if _adds(finding) else ""


def _adds(finding: Finding) -> bool:
    """Whether the first piece of evidence says more than the finding's title: another number than stands there."""
    numbers = re.findall(r"\d+", evidence_line(finding.because[0])) if finding.because else []
    return bool(numbers) and not any(number in re.findall(r"\d+", finding.title) for number in numbers)


def to_change(session: Session, _: str) -> Answer:
    """What I would change: the proposals of the recommended way, what it would bring, and how to decide."""
    result = session.redesign_as_decided()
    best = _best(result.alternatives, result.recommended)
    if best is None:
        return [
            "I have no change to recommend on what is known today.",
            "`questions` shows what I would like to know; it may bring one.",
        ], []
    unsure = "I would look at this first; the figures do not show yet that it is better than today:"
    lines, facts = ["I would change this first:" if result.recommended else unsure], []
    because = {finding.id: finding for finding in result.findings}
    for proposal in best.proposals[:MOST]:
        reason = next((because[id_] for id_ in proposal.because if id_ in because), None)
        text = f"{session.number(proposal)}. {proposal.title}" + (f", because: {_told(reason)}" if reason else "")
        lines.append(f"  {text}")
        facts.append(Fact("proposal", text, "", reason.because[0].basis if reason and reason.because else "library"))
    verdict = f"All of “{best.name}” together: {best.verdict}"
    number = session.number(best.proposals[0])
    end = f"Say `why {number}` for the reasons, `accept {number}` to take it over, `propose` for all there is."
    facts += [Fact("effect", verdict, "", "simulated"), Fact("number", f"{number}", "", "the list of proposals")]
    return [*lines, verdict, end], facts


def _best(alternatives: tuple[Alternative, ...], recommended: str | None) -> Any:
    some = [alternative for alternative in alternatives if alternative.proposals]
    return next((alternative for alternative in some if alternative.name == recommended), some[0] if some else None)


def right_so(session: Session, _: str) -> Answer:
    """What was understood, read back for a yes or no, with what is least sure of it."""
    lines = [line for line in read_back(session.process) if line]
    if not lines:
        return ["Too little was told to read it back. Who does what, and in which order?"], []
    return [
        lines[0].removesuffix(" Is that right?"),
        "Only you can say whether that is right: correct me in a sentence (“no, the clerk does that”), or say yes.",
        "`show` has the whole process, `questions` what I am not sure of.",
    ], [Fact("as understood", lines[0], "", "told")]
