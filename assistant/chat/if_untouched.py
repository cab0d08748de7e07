"""What would be changed if something must stay: `what would you change if the 14 days cannot be touched?`."""

from __future__ import annotations

import re

from assistant.chat.reply import Fact
from assistant.chat.what_was_told import Answer
from assistant.workspace.session import Session

ASKED = re.compile(
    r"^\W*(?:and )?what (?:would|could|can|should) (?:you|we|one|i) (?:change|do|propose|suggest|improve|try)\b[^?]*?"
    r"\b(?:if|when|while|given that|as)\s+(?P<what>[^?,;]+?)\s+(?:(?:can't|cannot|can not|could not|couldn't|must not|"
    r"mustn't|may not|is not to|are not to) be \w+|(?:must|has to|have to) stay|stays?)\b",
    re.IGNORECASE,
)
MOST = 5


def if_untouched(session: Session, words: str) -> Answer | None:
    """What would be proposed with that kept as it is; nothing is written. None where the words ask for something
    else."""
    asked = ASKED.match(words)
    if asked is None:
        return None
    kept = re.sub(r"^(?:the|our|my)\s+", "", asked["what"].strip(), flags=re.IGNORECASE)
    result, _, _ = session.worked_out(session.process, {"keep": (kept,)})
    ways = [way for way in result.alternatives if way.proposals]
    best = next((way for way in ways if way.name == result.recommended), ways[0] if ways else None)
    if best is None:
        return [f"With “{kept}” as it is, I have no change to propose on what is known today."], []
    lines = [f"With “{kept}” as it is, I would change:"]
    lines += [f"- “{proposal.title.replace('“', '').replace('”', '')}”" for proposal in best.proposals[:MOST]]
    return [*lines, f"“{best.verdict}”", KEEP], [Fact("effect", best.verdict, "", "simulated")]


KEEP = "Nothing was changed. Say that it must stay, then `propose`: so it counts for all that follows."
