"""Steps that are done no more and what is done in their place: `he doesn't visit any more, he does a video call`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, third_person, verb_forms
from assistant.english.tables import worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.piece_of_story import piece, with_thing
from assistant.language.correct.sentence_said import PRONOUNS, Sentence, by_verb, known_role, one_step, role_of
from assistant.process.blocks import Task, Wait
from assistant.process.edits import Delete, Edit, Insert, Place
from assistant.process.model import Process, Role

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
NOBODY_DOES = re.compile(
    rf"^(?:nobody|no[ -]one|none of (?:us|them))\s+(?:here |ever |really )*(?P<does>[a-z]+s\b[^,;.]*?)"
    rf"(?:\s+{GONE})?\s*[,;.–—-]+\s*(?:but\s+|instead\s+|now\s+)?(?P<new>.+)$",
    re.IGNORECASE,
)
"""`nobody irons it, we steam it`."""
NONE_THERE = re.compile(
    rf"^there(?:'s|s| is| are)(?: no|n't an?y?| not an?y?)\s+(?P<thing>[\w -]{{3,30}}?)(?:\s+(?:here|involved|{GONE}))*"
    r"\s*[,;.–—-]+\s*(?:but\s+|instead\s+|now\s+)?(?P<new>.+)$",
    re.IGNORECASE,
)
"""`there's no carrier, Ben drives himself`: what was done with it is done otherwise."""
NEVER_BACK = re.compile(
    r"^(?P<thing>[\w' -]{2,40}?)\s+(?:never|(?:do|does)(?:n't| not))\s+(?:go(?:es)?|comes?|gets?)\s+(?:sent\s+)?back"
    r"(?P<where>[^,;.]*?)\s*[,;.–—-]+\s*(?:but\s+|instead\s+|now\s+)?(?P<new>.+)$",
    re.IGNORECASE,
)
"""`wet honey never goes back to the farmer, the foreman dries it`."""
INSTEAD_OF = re.compile(r"^instead of\s+(?P<does>\w+ing\b[^,;]*)[,;]\s*(?P<new>.+)$", re.IGNORECASE)
RATHER_THAN = re.compile(r"^(?P<new>.+?)[,;]?\s+(?:instead of|rather than)\s+(?P<does>\w+ing\b[^,;]*)$", re.IGNORECASE)
WHEN = re.compile(r"\s+(?:when|if|once|as soon as|after|before)\s.*$", re.IGNORECASE)
IS_SO = re.compile(r",[^,]*\b(?:is|are|was|were)\b", re.IGNORECASE)
"""`there's no carrier, the van is broken`: nothing is done in its place."""
BACK = re.compile(r"\bback\b|^return\b", re.IGNORECASE)
POINTS = re.compile(r"\s(?:it|them)\b", re.IGNORECASE)
ALONE = re.compile(worded("replaced-alone"), re.IGNORECASE)
LEAD = re.compile(r"^(?:instead|now|today|these days|nowadays|but|and|so)[\s,]+", re.IGNORECASE)
WE = frozenset("we they you nobody i people".split())


def read(sentence: Sentence) -> Outcome | None:
    """A step that another one takes the place of."""
    text = sentence.request
    if made := _outright(sentence):
        return made
    if found := NOT_DONE.match(text):
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


def _outright(sentence: Sentence) -> Outcome | None:
    """What is said to be done by nobody, or with nothing that there is, and what is done in its place."""
    text = sentence.request
    if found := STOPPED.match(text):
        return _exchange(sentence, _gone(sentence, found["who"], WHEN.sub("", found["does"])), found["new"])
    if found := NOBODY_DOES.match(text):
        return _exchange(sentence, _gone(sentence, "nobody", found["does"]), found["new"])
    if found := NEVER_BACK.match(text):
        return _exchange(
            sentence, _sent_back(sentence, found["thing"]), POINTS.sub(f" {found['thing']}", found["new"], 1)
        )
    found = None if IS_SO.search(text) else NONE_THERE.match(text)
    own = [step for step in sentence.catalogue.named if found and _with(step.name, found["thing"])]
    somebody = [step for step in own if isinstance(step, Task) and step.contact]
    if found is None or len(own) != 1 or not somebody:
        return None
    new = ALONE.sub("", found["new"]).strip(" .!")
    return _exchange(sentence, own[0].id, f"{new} it" if verb_forms(new.split()[-1].lower()) else new)


def plainly(process: Process, words: str) -> bool:
    """Whether words say outright that one step takes the place of another."""
    return _outright(Sentence(Catalogue(process), words.strip(" .!"))) is not None


def _with(name: str, thing: str) -> bool:
    """Whether a step has to do with a thing, or somebody, of that name."""
    own = content(name)[1:]
    return bool(content(thing)) and all(any(alike(word, part) for part in own) for word in content(thing))


def _sent_back(sentence: Sentence, thing: str) -> str | None:
    """The one step that brings a thing back."""
    own = [step for step in sentence.catalogue.named if BACK.search(step.name)]
    named = [step for step in own if any(_with(step.name, word) for word in thing.split())] or own
    return named[0].id if len(named) == 1 else None


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
    who = who.strip().lower().removesuffix("'ve").removesuffix("'s")
    role = None if who in WE or who in PRONOUNS else known_role(sentence.catalogue, who)
    if role is None and who not in WE and who not in PRONOUNS:
        return None
    rest = re.sub(r"\b(?:it|that|this|them|any|anything|anybody|anyone|people)\b", " ", rest.lower())
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


WE_DO = re.compile(
    r"^(?:we|they|you|people)\s+(?P<does>\w+\b[^.;]*?)\s*[,.;–—-]+\s*(?:the\s+|our\s+)?(?P<who>[\w' -]{2,30}?)\s+"
    r"(?:does|do)(?:\s+(?:it|that|this|so))?$",
    re.IGNORECASE,
)
"""`we steam it, Erik does`."""


def _with_doer(told: str, role: Role | None) -> str:
    """`he does a video call`: who did the old step does the new one."""
    if named := WE_DO.match(told):
        verb, _, rest = named["does"].partition(" ")
        return f"the {named['who']} {third_person(base_of(verb.lower()) or verb.lower())} {rest}"
    found = re.match(
        r"^(?:he|she|they|it|we)\s+(?:(?:just|only|now|simply|always)\s+)*(?P<verb>[\w']+)\b(?P<rest>.*)$", told, re.I
    )
    if found is None or role is None:
        return told
    verb = found["verb"].lower()
    base = base_of(verb) or verb
    return f"the {role.name.lower()} {third_person(base)}{found['rest']}"
