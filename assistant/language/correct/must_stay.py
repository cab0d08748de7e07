"""What must stay as it is: `the second reader stays in by regulation`, `don't touch the tasting`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.ruled import denies_rule
from assistant.english.tables import any_of, patterns, worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, clause_at, known_role, likely
from assistant.process.edits import Delete, Edit, SetProcess

FORBIDS = patterns("never-taken-out")
"""That a step may not be taken out, whoever wants it: it stays."""
FORBIDDEN = re.compile(
    rf"\b(?:{worded('not-to')})\s+(?:(?:ever|even|just|simply)\s+)*{any_of('tamper')}\b|"
    rf"\b(?:nobody|no one|no-one|noone)\s+(?:ever )?{any_of('tampers')}\b|"
    rf"\b(?:never|not)\b(?: \w+){{0,2}} (?:be|get|gets|is|are) {any_of('tampered')}\b|"
    rf"\bnever gets? {any_of('tampered')}\b",
    re.IGNORECASE,
)
"""The same anywhere in what is said."""
PATTERNS = (*FORBIDS, *patterns("must-stay"))
LOCKS = re.compile(worded("locks"), re.IGNORECASE)


BY_LAW = re.compile(
    r"^(?:and |oh,? )*(?:by|under) (?:the )?(?:law|regulations?|statute)\b,? (?P<what>[^,;]+?)\s+"
    r"(?:has to|have to|must|needs? to|may only|can only) be \w+(?: only)? by\b.*$",
    re.IGNORECASE,
)


def only_by(sentence: Sentence) -> Outcome | None:
    """`By law the test has to be done by a master`: what the law asks of whoever does it is a rule at the step; nobody
    else gets it, as a title may well be that of the one who does it now."""
    found = BY_LAW.match(sentence.request)
    step = _step(sentence, found["what"]) if found else None
    return _kept(sentence, step) if step else None


def read(sentence: Sentence) -> Outcome | None:
    """A step that nobody may change or take out, and why."""
    if denies_rule(sentence.request):
        return None
    for pattern in PATTERNS:
        found = pattern.match(sentence.request)
        step = _step(sentence, found["what"]) if found else None
        if step is None:
            continue
        return _kept(sentence, step)
    return _locked(sentence) or _that_one(sentence)


def _locked(sentence: Sentence) -> Outcome | None:
    """`lock the inspection`: of a step that is named by what is done in it; `lock the door` is work."""
    found = LOCKS.match(sentence.request)
    step = _step(sentence, found["what"]) if found else None
    verb = content(sentence.catalogue.name(step))[:1] if step else []
    named = found is not None and any(alike(word, part) for word in content(found["what"]) for part in verb)
    return _kept(sentence, step) if step and named else None


def takes_out_what_stays(words: str, edits: Sequence[Edit]) -> bool:
    """Whether steps would go by words that forbid taking one out."""
    return any(isinstance(edit, Delete) for edit in edits) and forbids(words)


def forbids(words: str) -> bool:
    """Whether words forbid, anywhere in them, taking out a step."""
    return bool(FORBIDDEN.search(words))


def _that_one(sentence: Sentence) -> Outcome | None:
    """`the card has to be checked, … that step must never be dropped`: what stands before is meant."""
    found = NEVER.search(sentence.request)
    what = MUST.sub(" ", sentence.request[: found.start()].split(",")[0]) if found else ""
    step = _step(sentence, what) if found else None
    if step is None or not _half_said(sentence, step, what):
        return None
    return _kept(sentence, step)


def _kept(sentence: Sentence, step: str) -> Outcome:
    kept = [pinned.document() for pinned in sentence.catalogue.process.protected if pinned.id != step]
    value = [*kept, {"id": step, "reason": sentence.request[:200]}]
    return Outcome(f"{sentence.catalogue.name(step)} stays", (SetProcess(field="protected", value=value),))


def _half_said(sentence: Sentence, step: str, what: str) -> bool:
    """Whether words say at least half of a step's name: a verb alone may be that of something else."""
    own, said = content(sentence.catalogue.name(step)), content(what)
    return 2 * sum(any(alike(word, part) for word in said) for part in own) >= len(own)


NEVER = re.compile(worded("never-to-go"), re.IGNORECASE)
MUST = re.compile(worded("must-stay-must"), re.IGNORECASE)


def _step(sentence: Sentence, what: str) -> str | None:
    """The step that words or their doer mean."""
    catalogue, what = sentence.catalogue, what.strip().lower()
    told = clause_at(sentence, what)
    if told:
        return told[1]
    if what in ("it", "that", "this") and len(sentence.recent) == 1:
        return sentence.recent[0]
    role = known_role(catalogue, what)
    own = catalogue.of_role(role.id if role else None)
    if len(own) == 1:
        return own[0]
    found = likely(catalogue, what) if content(what) else []
    return found[0] if len(found) == 1 else None
