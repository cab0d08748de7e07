"""What need not be done below a limit: "the boss doesn't need to sign under 800" is "only above 800 the boss signs"."""

from __future__ import annotations

import re

from assistant.language.change.mention import alike, content
from assistant.language.change.outcome import Fresh, Outcome
from assistant.language.correct.said import PRONOUNS, Sentence, likely, mentioned
from assistant.language.offline.tables import NOMINAL
from assistant.process.blocks import Task
from assistant.process.edits import WrapInChoice

AMOUNT = (
    r"(?:(?:orders?|amounts?|sums?|jobs?|bills?|invoices?|quotes?|cases?|those|anything|everything)\s+)?"
    r"(?P<side>under|below|up to|less than|smaller than)\s+(?P<sum>(?:[€$£]\s?)?\d[\d.,]*(?:\s?[\w€$£%]+){0,2}?)"
)
NEED_NOT = re.compile(
    rf"^(?P<who>[^,;]{{2,40}}?)\s+(?:(?:doesn't|does not|don't|do not)(?:\s+(?:need|have)\s+to)?|needn't|need not)\s+"
    rf"(?P<do>[^,;]{{2,50}}?)(?:\s+(?:for|with|if it's|if it is|when it's|when it is))?\s+{AMOUNT}$",
    re.IGNORECASE,
)
FIRST = re.compile(
    rf"^(?:for |with )?{AMOUNT},?\s+(?:(?P<who>[^,;]{{2,40}}?)\s+(?:(?:doesn't|does not|don't|do not)(?:\s+(?:need|have)"
    rf"\s+to)?|needn't|need not)\s+(?P<do>[^,;]{{2,50}})|(?:no|there is no|there's no|we need no)\s+(?P<thing>[a-z ]{{3,30}}?)"
    rf"(?:\s+(?:is|are)\s+(?:needed|required|necessary|asked for))?)$",
    re.IGNORECASE,
)
NO_THING = re.compile(
    rf"^(?:no|we need no|there is no|there's no)\s+(?P<thing>[a-z ]{{3,30}}?)\s+(?:(?:is|are)\s+(?:needed|required|"
    rf"necessary)\s+)?(?:for\s+)?{AMOUNT}$",
    re.IGNORECASE,
)
TRAILS = re.compile(r"[\s,]+(?:by the way|though|actually|of course|anyway|i forgot)\W*$", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """The step that is done only above the limit; None where no single step of theirs is meant."""
    text = TRAILS.sub("", sentence.request.strip(" .!"))
    found = NEED_NOT.match(text) or FIRST.match(text) or NO_THING.match(text)
    step = _meant(sentence, found.groupdict()) if found else None
    if found is None or step is None:
        return None
    limit = found["sum"].strip()
    above = "from" if found["side"].lower() in ("under", "below", "less than", "smaller than") else "above"
    when = f"{above} {limit}" + (" up" if above == "from" else "")
    edit = WrapInChoice(ids=(step,), id=Fresh(sentence.catalogue).id("decision"), when=when, otherwise_when="otherwise")
    return Outcome(f"{sentence.catalogue.name(step)} only {when}", (edit,))


def _meant(sentence: Sentence, said: dict[str, str | None]) -> str | None:
    """The one task that who is named need not do, or that the noun says: "no signature"."""
    catalogue = sentence.catalogue
    words = said.get("do") or ""
    if thing := said.get("thing"):
        head = thing.split()[-1].lower()
        words = f"{NOMINAL.get(head, head)} {' '.join(thing.split()[:-1])}"
    role = next(iter(mentioned(catalogue, said.get("who") or "")), None)
    pointing = [word for word in content(words) if word not in PRONOUNS]
    steps = [step for step in likely(catalogue, words, role.id if role else None) if _is(sentence, step, pointing)]
    own = [step for step in sentence.recent if _is(sentence, step, pointing)]
    steps = own if len(steps) > 1 and len(own) == 1 else steps
    return steps[0] if len(steps) == 1 else None


def _is(sentence: Sentence, step: str, words: list[str]) -> bool:
    verb = next(iter(content(sentence.catalogue.name(step))), "")
    task = isinstance(sentence.catalogue.by_id.get(step), Task)
    return task and bool(words) and any(alike(word, verb) for word in words)
