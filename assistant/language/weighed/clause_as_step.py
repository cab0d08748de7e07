"""A clause in which somebody does something, as a step: who is named, the verb in any voice, and what it is done to."""

from __future__ import annotations

import re

from assistant.english.forms import singular, verb_forms
from assistant.english.tables import any_of, classed, worded
from assistant.language.change.mention import ONESELF as TELLERS
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh
from assistant.language.correct.hardly_so import MOST_HANDS_ON
from assistant.language.correct.piece_of_story import NO_WORK
from assistant.language.correct.worked_or_waited import told_time
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.opinions import maddens
from assistant.language.weighed.words_spoken_of import Spoken, person
from assistant.process.blocks import Task
from assistant.process.edits import Edit, PutRole
from assistant.process.model import Role

BETWEEN = frozenset(
    """already also then always now just only first usually often mostly quickly simply still even again really normally
    should must shall will has have to can could may does do immediately himself herself themselves""".split()
)
PRONOUN = re.compile(r"^(?:he|she|they)\s+", re.IGNORECASE)
ONESELF = re.compile(r"^(?P<who>we|i)\s+", re.IGNORECASE)
PASSIVE = re.compile(
    r"^(?P<what>.+?)\s+(?:is|are|gets?|got|has to be|have to be|must be|should be|will be)\s+"
    r"(?:(?:then|also|always|first|usually|now)\s+)*(?P<verb>[a-z]+)\b(?P<rest>[^,;]*?)(?:\s+by\s+(?P<who>[^,;]+?))?$",
    re.IGNORECASE,
)
TRAIL = re.compile(
    r"[\s,;–-]+(?:(?:and |which |that |this |it )*(?:takes?|lasts?|costs?|that's|thats|that is|it's|is|for|in|about|"
    r"around|roughly|"
    r"some|maybe|say|another|her|him|them|us|a good|usually)\b\s*)*$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:the|our|an?|his|her|their|my|its)\s+", re.IGNORECASE)
PLACED = r"(?:\s(?:at|in|on|from|of|behind)\s(?:the|our)\s[\w-]+)?"
NAMED = re.compile(
    r"^(?:(?:the|our|my|an?)\s+(?P<who>[\w-]+(?:\s(?!(?:he|she|they|it|we|is|are|gets?|at|in|on|from|of)\b)[\w-]+)?)"
    rf"{PLACED}|(?:somebody|someone|a (?:colleague|person|man|woman)|one)\s(?:from|of|in|at)\s(?:the |our )?"
    r"(?P<house>[\w-]+(?:\s[\w-]+)?))\s+(?=[a-z-]+s\b)",
    re.IGNORECASE,
)
"""Somebody nobody has heard of: `the steward at the door`, `somebody from the mail room`."""
SEVERAL = re.compile(
    r"^(?:the|our|my|some|other|two|three)\s+(?P<who>(?:[\w-]+\s)?[\w-]+s)\s+(?:(?:also|then|already|just|still)\s+)*"
    r"(?=(?P<verb>[a-z]+)\s+(?:the|an?|all|our|their|every\w*|each|it|them|up|down|out|away|back|for|to|in)\b)",
    re.I,
)
TAKES_AWAY = re.compile(
    r"takes? (?:(?:it|them|him|her|(?:the|his|her|their|an?) (?!while|few|bit|moment|minute|hour|day|week|"
    r"long)[a-z -]+?) )"
    r"(?:out|off|down|up|away|back|over|to|from|into|home)\b",
    re.IGNORECASE,
)
"""`takes the box back to the depot`: that is work, and no length of time."""
DOES = re.compile(r"(?:\w+ )??do(?:es)? (?:the|an?|his|her|their|all|some)\b", re.IGNORECASE)
"""That somebody does a thing: `the cleaner does the cabin`."""
AND_ACTS = re.compile(
    r",?\s+and\s+(?:then\s+|also\s+)*(?=(?:(?:the|our|my|an?)\s+[\w-]+(?:\s[\w-]+)?\s+)?[a-z]+s\s+"
    r"(?!(?:are|is|were|was)\b))",
    re.IGNORECASE,
)
"""Where somebody who has done one thing does the next."""
PARTICLE = re.compile(rf"\s+(?P<small>{any_of('particle', 'words')})(?=\s|$)", re.IGNORECASE)
AMOUNT = re.compile(
    r"(?<!over )(?<!above )(?<!under )(?<!below )(?<!than )(?<!up to )(?:\b(?:of|for) )?"
    r"(?:\b(?:another |about )?\d+(?:[.,]\d+)? ?(?:euros?|eur|dollars?|pounds?|bucks)\b|"
    r"[€$£] ?\d+(?:[.,]\d+)?)",
    re.IGNORECASE,
)
LOOKS = re.compile(
    r"\b(?:has|have|takes?) a (?:quick |closer? |good |brief )?(?P<do>look|read|listen) (?=\w)", re.IGNORECASE
)
"""`has a look at it`: looks at it."""
AND_ACTED = re.compile(r"^and (?P<verb>[a-z]+)(?=\s)")
"""`cuts and covers the chair`: the second of two verbs."""
MOST_WORDS = 8
SPOKEN_OF = 0.4
"""How much of the name of a step must be said for a pronoun to mean whoever does it."""


def acted(spoken: Spoken, clause: str) -> tuple[Task, tuple[Edit, ...]] | None:
    """The step a clause tells, and the edits for a role nobody has heard of; None where nobody does anything in it."""
    text = LOOKS.sub(lambda found: f"{found['do']}s ", re.sub(r"\s+", " ", clause.strip(" ,.;:!?")))
    figure = next((said for said in figures_in(text) if said.kind == "duration" and not said.vague), None)
    if figure is not None:
        text = TRAIL.sub("", text[: figure.a]) or text[figure.b :].strip(" ,")
    found = None if maddens(clause) else _passive(spoken, text) or _active(spoken, text)
    if found is None or any(_by_somebody(spoken, part) for part in AND_ACTS.split(text)[1:]):
        return None
    name, role, edits = found
    id_ = Fresh(spoken.catalogue).id(name)
    return Task(id=id_, name=name, role=role, **(told_time(name, figure, MOST_HANDS_ON) if figure else {})), edits


def all_acted(spoken: Spoken, clause: str) -> tuple[tuple[Task, ...], tuple[Edit, ...]] | None:
    """The steps of a clause in which somebody does one thing and then another (`he prints it and files it`)."""
    parts = AND_ACTS.split(clause)
    first = acted(spoken, parts[0])
    if first is None and len(parts) > 1 and _by_somebody(spoken, parts[1]):
        return all_acted(spoken, " and ".join(parts[1:]))  # `the driver stops and the foreman takes it out`
    if first is None or first[0].role is None:
        return None
    steps, edits, ids = [first[0]], first[1], Fresh(spoken.catalogue)
    ids.id(first[0].name)
    for part in parts[1:]:
        words = part.split()
        own = ARTICLE.match(part) is not None
        if not own and not (_base(words[0]) if len(words) > 1 else ""):
            return None
        told = acted(spoken, part if own else f"he {part}")
        if told is None:
            return None
        role = told[0].role if own else steps[-1].role
        steps.append(told[0].model_copy(update={"id": ids.id(told[0].name), "role": role}))
        edits = (*edits, *(told[1] if own else ()))
    return tuple(steps), edits


def _by_somebody(spoken: Spoken, part: str) -> bool:
    """Whether words begin with somebody of the process: another one than who acted before."""
    bare = ARTICLE.sub("", part).lower()
    return bare != part.lower() and any(bare.startswith(f"{name.role.name.lower()} ") for name in spoken.people)


def _active(spoken: Spoken, text: str) -> tuple[str, str | None, tuple[Edit, ...]] | None:
    role, edits, rest = _who(spoken, text)
    words = rest.split()
    while words and words[0].lower() in BETWEEN:
        words = words[1:]
    if rest == text or len(words) < 2:
        return None
    base = (
        _base(words[0])
        or ("take" if TAKES_AWAY.match(" ".join(words)) else "")
        or ("do" if DOES.match(rest) and not _of_a_step(spoken, rest) else "")
    )
    return (_named(base, " ".join(words[1:])), role, edits) if base else None


def _of_a_step(spoken: Spoken, rest: str) -> bool:
    """Whether it is the thing of a step that is there that somebody does: that says who, or how long."""
    if not re.search(r"\bdo(?:es)? the\b", rest, re.IGNORECASE):
        return False
    things = [part for step in spoken.catalogue.named for part in content(step.name)[1:]]
    return any(alike(word, part) for word in content(rest) for part in things)


def _who(spoken: Spoken, text: str) -> tuple[str | None, tuple[Edit, ...], str]:
    """Whoever a clause begins with, and the words behind."""
    words = ARTICLE.sub("", text).split()
    for size in range(min(5, len(words) - 1), 0, -1):
        for role in spoken.catalogue.process.roles:
            own = role.name.lower().split()
            if [word.lower() for word in words[:size]] == own or (size == 1 and person(words[0].lower(), own[-1])):
                return role.id, (), " ".join(words[size:])
    if found := ONESELF.match(text):
        teller, edits = _oneself(spoken, found["who"].lower() == "we")
        return teller, edits, text[found.end() :]
    if found := PRONOUN.match(text):
        return _meant(spoken), (), text[found.end() :]
    many = SEVERAL.match(text)
    if many and any(form.form == "base" for form in verb_forms(many["verb"].lower())) and not verb_forms(many["who"]):
        name = singular(many["who"].lower())
        made = Role(id=Fresh(spoken.catalogue).id(name), name=name[0].upper() + name[1:])
        return made.id, (PutRole(role=made),), text[many.end() :]
    if found := NAMED.match(text):
        name = found["who"] or found["house"]
        made = Role(id=Fresh(spoken.catalogue).id(name), name=name[0].upper() + name[1:])
        return made.id, (PutRole(role=made),), text[found.end() :]
    return None, (), text


def _oneself(spoken: Spoken, several: bool) -> tuple[str, tuple[Edit, ...]]:
    """The role of whoever tells, and the edit that puts it in where there is none yet."""
    names = (TELLERS[-1], *TELLERS[:-1]) if several else TELLERS
    known = next((role for name in names for role in spoken.catalogue.process.roles if role.name == name), None)
    if known is not None:
        return known.id, ()
    made = Role(id=Fresh(spoken.catalogue).id(names[0]), name=names[0], kind="group" if several else "person")
    return made.id, (PutRole(role=made),)


def _meant(spoken: Spoken) -> str | None:
    """Who a pronoun means: somebody named in the turn, else who does a step it names or one that was spoken of last."""
    named = [name.role.id for name in spoken.people if not name.against]
    near = [like.step for like in spoken.likeness()[:1] if like.score >= SPOKEN_OF]
    own = [getattr(spoken.catalogue.by_id.get(step), "role", None) for step in (*near, *spoken.recent)]
    return next((role for role in (*named, *own) if role), None)


def acts_in_name(spoken: Spoken, name: str) -> bool:
    """Whether somebody acts within a name: a clause was cut in the wrong place (`Cancel Jana keeps deposit`)."""
    who = "|".join(re.escape(person.role.name) for person in spoken.people)
    if who and re.search(rf"\b[a-z]+s (?:{who})$", name, re.IGNORECASE):
        return True  # somebody who is called so: `Couple cancels Jana`
    acts = re.search(rf" (?:{who}) (?P<verb>[a-z]+)\b", name, re.IGNORECASE) if who else None
    return acts is not None and any(form.form == "s" for form in verb_forms(acts["verb"].lower()))


def _passive(spoken: Spoken, text: str) -> tuple[str, str | None, tuple[Edit, ...]] | None:
    found = PASSIVE.match(text)
    base = (
        next((form.base for form in verb_forms(found["verb"].lower()) if form.form in ("en", "ed")), "")
        if found
        else ""
    )
    if found is None or not base or base in NO_WORK:
        return None
    role, edits = None, tuple[Edit, ...]()
    if found["who"]:
        role, edits, _ = _who(spoken, f"{found['who']} does it")
        if role is None:
            name = ARTICLE.sub("", found["who"])
            made = Role(id=Fresh(spoken.catalogue).id(name), name=name[0].upper() + name[1:])
            role, edits = made.id, (PutRole(role=made),)
    small = PARTICLE.match(found["rest"])  # `are let in by the porter`: let them in
    words = (small["small"], found["what"], found["rest"][small.end() :]) if small else (found["what"], found["rest"])
    return _named(base, " ".join(words)), role, edits


def _base(word: str) -> str:
    front, dash, word = word.rpartition("-")
    bases = [f"{front}{dash}{form.base}" for form in verb_forms(word.lower()) if form.form in ("s", "base")]
    return bases[0] if bases and bases[0] not in NO_WORK else ""


def without_amounts(name: str) -> str:
    """The name of a step without a sum of money in it (`charge him 40 euros for looking`)."""
    return re.sub(r"\s+", " ", AMOUNT.sub("", name)).strip()


NOT_IN_NAMES = classed("said", "not-in-names")


def _named(base: str, rest: str) -> str:
    rest = AND_ACTED.sub(lambda more: f"and {_base(more['verb']) or more['verb']}", rest)
    words = [word for word in rest.split() if word.lower() not in NOT_IN_NAMES]
    return without_amounts(f"{base[0].upper()}{base[1:]} {' '.join(words[:MOST_WORDS])}")


NO_NAME = re.compile(worded("no-name-of-step"), re.IGNORECASE)
LIES = re.compile(r"(?:sit|wait|rest|stay|lie|stand)\b|.*\b(?:in|for|by|about)$", re.IGNORECASE)
"""What a name of a step never has: a clause was cut in the wrong place; and what is no work."""


def cut_wrong(spoken: Spoken, name: str) -> bool:
    """Whether a name of a step is none: a clause was cut in the wrong place, or it tells no work."""
    odd = NO_NAME.search(name) or LIES.match(name) or acts_in_name(spoken, name)
    return bool(odd) or _of_known(spoken, name)


def _of_known(spoken: Spoken, name: str) -> bool:
    """Whether a name says only that the thing of a known step is done (`does the flowers`)."""
    verb, _, rest = name.lower().partition(" ")
    things = [part for step in spoken.catalogue.named for part in content(step.name)[1:]]
    return verb == "do" and any(alike(word, part) for word in content(rest) for part in things)
