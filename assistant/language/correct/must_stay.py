"""What must stay as it is: `the second reader stays in by regulation`, `don't touch the tasting`."""

from __future__ import annotations

import re

from assistant.english.ruled import denies_rule
from assistant.english.tables import any_of
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, clause_at, known_role, likely
from assistant.process.edits import SetProcess

LAW = (
    r"(?:law|act|regulations?|rules?|statutes?|standard|norm|directive|ordinance|contract|auditors?|audit|authorit\w+|"
    r"insurers?|insurance|ministry|decree|code|guidelines?|union|certificat\w+|legislation)"
)
SAYS = rf"(?:by|under|because of|due to|according to|as per|for)\s+(?:the |our |a )?(?:[\w-]+ ){{0,3}}{LAW}\b"
MODAL = r"(?:must|has to|have to|needs? to|should|shall|will)"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?P<what>[^,;]+?)\s+(?:{MODAL}\s+)?(?:stays?|remains?|is kept|be kept)(?:\s+(?:in|there|as (?:it|"
        rf"he|she) is|as is|with us))*"
        rf"(?:\s+{SAYS}|\s+(?:no matter what|whatever happens|in any case|for sure|untouched))?(?:\W.*)?$",
        rf"^(?P<what>[^,;]+?)\s+(?:is|are)\s+(?:legally |strictly )?(?:required|prescribed|mandatory|"
        rf"compulsory|demanded|obligatory|"
        rf"mandated|a must|imposed|laid down)\s+{SAYS}.*$",
        r"^(?P<what>[^,;]+?)\s+(?:is|are)\s+(?:legally |strictly |absolutely )*(?:required|prescribed|"
        r"mandatory|compulsory|obligatory|untouchable|sacred|"
        r"sacrosanct|not negotiable|non-negotiable|off limits|not up for (?:discussion|debate)|"
        r"a legal requirement|not to be touched)(?:\W.*)?$",
        r"^(?P<what>[^,;]+?)(?:\s+(?:has to|have to|must)\s+(?:be|stay|happen)[^,;]*)?,?\s+(?:and )?(?:that's|"
        r"it's|this is|that is|it is)\s+"
        r"(?:simply |just |a |an |the |by |our )*(?:law|required|regulations?|rule|compulsory|mandatory|"
        r"legal requirement|prescribed|statutory|contract)\b.*$",
        r"^(?:the |a )?(?:law|regulation|regulator|act|standard|auditors?|insurer|ministry|authority|"
        r"contract)\s+(?:requires?|demands?|"
        r"prescribes?|wants|insists on|says we (?:need|must have))\s+(?P<what>[^,;]+?)(?:[,;].*)?$",
        r"^(?:please\s+)?(?:don't|do not|never|you (?:can't|cannot|must not|mustn't|may not)|nobody (?:may|"
        r"can)|we (?:can't|cannot|must not|may not))\s+"
        rf"(?:even )?{any_of('tamper')}\s+"
        r"(?P<what>[^,;]+?)(?:[,;].*|\s+(?:because|since|as)\b.*)?$",
        r"^(?:please\s+)?(?:hands off|leave alone)\s+(?P<what>[^,;]+?)(?:[,;].*)?$",
        r"^(?:please\s+)?(?:leave|keep)\s+(?P<what>[^,;]+?)\s+(?:alone|as (?:it is|they are|is)|untouched|"
        r"in(?: place)?|the way it is|no matter what|whatever happens)(?:[,;].*)?$",
        r"^(?P<what>[^,;]+?)\s+(?:must not|mustn't|may not|can't|cannot)\s+be\s+(?:touched|dropped|skipped|"
        r"removed|cut|changed|left out|taken out|moved)(?:\W.*)?$",
    )
)  # fmt: skip


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
    return _that_one(sentence)


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


NEVER = re.compile(
    r"[,;.]\s*(?:and |so |but )?(?:that|this|it)(?:'s| is) (?:simply |just |absolutely )*"
    r"(?:not up for (?:debate|discussion)|"
    r"not negotiable|non-negotiable|not open to (?:debate|discussion)|set in stone|sacred|untouchable|off limits|"
    r"a must|the law|required by law|out of the question to change)|"
    r"[,;.]\s*(?:and |so |but )?(?:that|this|it|the)(?: one| step| bit| part)?\s+(?:(?:must|may|can|"
    r"should) (?:never|not)|cannot|can't|mustn't) "
    r"(?:ever )?be (?:dropped|touched|skipped|removed|cut|changed|left out|taken out|moved)|[,;.]\s*(?:and |"
    r"so )?(?:that|it)(?: one| step)? "
    r"(?:has to|must) (?:always )?stay\b",
    re.IGNORECASE,
)
MUST = re.compile(
    r"\s+(?:has to|have to|must|needs? to) (?!be\b)(?=[a-z])|\s+(?:has|have|needs?) to be\b|\s+must be\b", re.IGNORECASE
)


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
