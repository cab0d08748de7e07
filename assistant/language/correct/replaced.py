"""Steps that are done no more and what is done in their place: `he doesn't visit any more, he does a video call`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, third_person, verb_forms
from assistant.english.tables import worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.piece_of_story import piece, with_thing
from assistant.language.correct.sentence_said import PRONOUNS, Sentence, by_verb, known_role, one_step, role_of
from assistant.process.blocks import Task, Wait
from assistant.process.edits import Delete, Edit, Insert, Place
from assistant.process.model import Role

GONE = r"(?:any ?more|any longer|at all|these days|nowadays|now)"
NOT_DONE = re.compile(
    rf"^(?P<who>[\w' -]{{1,40}}?)\s+(?:(?:do|does|did|will|would)(?:n't| not)|no longer|never)\s+(?:actually |really )?"
    rf"(?P<does>[^,;.]+?)(?:\s+{GONE})?\s*[,;.–—-]+\s*(?:but\s+|instead\s+|now\s+)?(?P<new>.+)$",
    re.IGNORECASE,
)
NOT_DONE_TO = re.compile(
    r"^(?P<what>(?:the |our )?[\w' -]{2,40}?)\s+(?:is|are)(?:n't| not| no longer| never)\s+(?P<verb>\w+)"
    rf"(?:\s+(?:{GONE}|up|down|out|in))*\s*[,;.–—-]+\s*(?:but\s+|instead\s+|now\s+)?(?P<new>(?:the|our|[a-z]+)\s+\w+.*)$",
    re.IGNORECASE,
)
"""`reports aren't dictated any more, the doctor types them`."""
IS_NOT = re.compile(
    r"^(?P<what>(?:the |our )?[\w' -]{2,40}?)\s+(?:is|are)(?:n't| not| no longer|"
    r" never)\s+(?P<verb>\w+)(?P<how>[^,;.]{0,30}?)"
    rf"(?:\s+{GONE})?\s*[,;.–—-]+\s*(?:but\s+|instead\s+)?(?:it|they|that|those)(?:'s|'re|\s+is|\s+are|\s+gets?)\s+(?P<new>\w+)"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
"""`the licence isn't posted, it's handed over at the counter`."""
STOPPED = re.compile(
    r"^(?P<who>[\w' -]{1,40}?)\s+(?:has |have |'ve |'s )?stopped\s+(?P<does>[^,;.]+?)\s*[,;.–—-]+\s*(?:and\s+|"
    r"but\s+)?(?P<new>.+)$",
    re.IGNORECASE,
)
INSTEAD_OF = re.compile(r"^instead of\s+(?P<does>\w+ing\b[^,;]*)[,;]\s*(?P<new>.+)$", re.IGNORECASE)
RATHER_THAN = re.compile(r"^(?P<new>.+?)[,;]?\s+(?:instead of|rather than)\s+(?P<does>\w+ing\b[^,;]*)$", re.IGNORECASE)
ALONE = re.compile(worded("replaced-alone"), re.IGNORECASE)
LEAD = re.compile(r"^(?:instead|now|today|these days|nowadays|but|and|so)[\s,]+", re.IGNORECASE)
WE = frozenset("we they you nobody i people".split())


def read(sentence: Sentence) -> Outcome | None:
    """A step that another one takes the place of."""
    text = sentence.request
    if found := NOT_DONE.match(text) or STOPPED.match(text):
        return _exchange(sentence, _gone(sentence, found["who"], found["does"]), found["new"])
    if (found := IS_NOT.match(text)) and (made := _done_otherwise(sentence, found)):
        return made
    if (found := NOT_DONE_TO.match(text)) and not re.match(
        r"(?:it|they|that)(?:'s|'re| is| are)\b", found["new"], re.I
    ):
        step = by_verb(sentence.catalogue, found["verb"].lower(), found["what"].lower())
        return _exchange(sentence, step, ALONE.sub("", found["new"])) if step else None
    if found := INSTEAD_OF.match(text) or RATHER_THAN.match(text):
        return _exchange(sentence, _gone(sentence, "we", found["does"]), found["new"])
    return None


def _done_otherwise(sentence: Sentence, found: re.Match[str]) -> Outcome | None:
    """What is done to a thing in place of something else, by who did that."""
    step = by_verb(sentence.catalogue, found["verb"].lower(), found["what"].lower())
    base = base_of(found["new"].lower(), "en", "ed")
    if step is None or not base or re.search(r"\bby\b", found["rest"]):
        return None
    rest = found["rest"].strip(" .")
    particle = re.match(r"(?:over|up|down|out|in|off|back)\b", rest)
    front, behind = (rest[: particle.end()], rest[particle.end() :]) if particle else ("", rest)
    pointed = found["what"].lower() in PRONOUNS | {"they"}
    what = " ".join(sentence.catalogue.name(step).split()[1:]) if pointed else found["what"]
    return _exchange(sentence, step, f"he {third_person(base)} {front} {what} {behind}".replace("  ", " "))


def _gone(sentence: Sentence, who: str, does: str) -> str | None:
    """The step that somebody does no more."""
    verb, _, rest = does.strip().partition(" ")
    base = base_of(verb.lower()) or verb.lower()
    who = who.strip().lower()
    role = None if who in WE or who in PRONOUNS else known_role(sentence.catalogue, who)
    if role is None and who not in WE and who not in PRONOUNS:
        return None
    rest = re.sub(r"\b(?:it|that|this|them|any|anything)\b", " ", rest.lower())
    own = role.id if role else None
    found = by_verb(sentence.catalogue, base, rest, own)
    light = base in ("do", "make", "handle") and content(rest)
    if found is None and light:
        found = one_step(sentence.catalogue, rest, own)
    return found or (one_step(sentence.catalogue, does.lower(), own) if own else None)


def _exchange(sentence: Sentence, step: str | None, new: str) -> Outcome | None:
    """The step goes, and what is done instead stands in its place, with the same hands if only `he` is said."""
    old = sentence.catalogue.by_id.get(step or "")
    if not isinstance(old, Task | Wait) or step is None:
        return None
    role = sentence.catalogue.process.role(role_of(sentence.catalogue, step) or "")
    said = _with_doer(LEAD.sub("", new.strip()), role)
    if re.search(r"\b(?:does|do|did|doing)\s+(?:it|that|this|them|so)\b", said, re.IGNORECASE):
        return None  # the same step by other hands
    told = with_thing(sentence, said, "", step)
    verb = None if re.search(r"\b(?:own|ones?)\W*$", told, re.IGNORECASE) else _verb(told)
    blocks, roles = piece(sentence, told)
    tasks = [block for block in blocks if isinstance(block, Task)]
    if not tasks or len(blocks) > 3 or verb is None:
        return None
    name = content(tasks[0].name)
    same = bool(name) and alike(name[0], content(old.name)[0])
    if same and re.search(r"\b(?:it|them|that|this)\b", said):
        return None  # the same step at another place or by other hands
    if same and all(any(alike(a, b) for b in content(old.name)) for a in name):
        return None  # the same step by other hands
    edits: tuple[Edit, ...] = (*roles, Insert(blocks=blocks, place=Place(before=step)), Delete(ids=(step,)))
    return Outcome(f"{tasks[0].name} instead of {old.name}", edits)


def _verb(told: str) -> str | None:
    return next((word for word in told.lower().split()[1:] if verb_forms(re.sub(r"\W", "", word))), None)


def _with_doer(told: str, role: Role | None) -> str:
    """`he does a video call`: who did the old step does the new one."""
    found = re.match(
        r"^(?:he|she|they|it)\s+(?:(?:just|only|now|simply|always)\s+)*(?P<verb>[\w']+)\b(?P<rest>.*)$", told, re.I
    )
    if found is None or role is None:
        return told
    verb = found["verb"].lower()
    base = base_of(verb) or verb
    return f"the {role.name.lower()} {third_person(base)}{found['rest']}"
