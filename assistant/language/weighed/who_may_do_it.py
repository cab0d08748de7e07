"""Who may be said to do something: roles that are named, and people nobody has heard of yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.english.forms import verb_forms
from assistant.english.tables import classed, rows
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh
from assistant.language.figures.numbers import value_of
from assistant.language.turn.intent import GOES_ON
from assistant.language.weighed.words_spoken_of import LIGHT, Named, Spoken
from assistant.process.edits import Edit, PutRole
from assistant.process.model import Role

STRANGER = re.compile(
    r"\b(?:by|it's|it is|that's|that is|but|let|have|get|to|no|is)\s+(?:the|our|my|an?)?\s*"
    r"(?P<who>[a-z][\w'-]+(?: [a-z][\w'-]+)?)"
    r"|(?:^|[,;.]\s+)(?:no\W+)?(?:the|our|my|his|her|their) (?P<front>[a-z][\w-]+(?: of [a-z][\w-]+| [a-z][\w-]+)?)"
    r"(?= (?:does|do|[a-z]+s)\b)"
)
IT_IS = re.compile(
    r"\b(?:it's|it is|that's|by)\s+(?:(?:the|our|my|an?)\s+|(?=[a-z-]+(?: [a-z-]+)? who\b))"
    r"(?P<who>[a-z][\w'-]+(?: (?!who|that)[a-z][\w'-]+)?)\s+"
    r"(?:who|that|now)\b"
    r"|(?:^|[,;.]\s*|\band )(?:and |but )?(?:the |our |my |his |her |their )?"
    r"(?P<front>[a-z][\w'-]+(?:s'|'s)?(?: [a-z][\w-]+)?)\s+"
    r"(?:do(?:es)? (?:that|it|this|them|so)|has to say yes|have to say yes|ha(?:s|ve) to)\b"
)
"""Somebody nobody has heard of yet who is said to do it."""
DONE_BY = re.compile(
    r"\bby\s+(?:the |our |my |an? |his |her |their )(?P<who>[a-z][\w-]*(?: [a-z][\w-]*){0,2}?)(?P<front>)"
    r"(?=\W*$|[,;.]|\s(?:(?:and|but|who|now|instead|these|not)\b|(?:meanwhile|nowadays|\w+self)\b))"
)
BY_NAME = re.compile(
    r"\b(?:[Ii]t'?s|[Ii]t is|[Tt]hat'?s|by|but|is)\s+(?P<who>[A-Z][a-z]+)\b(?P<does>\s+(?:who|that|does)\b)?|"
    r"(?:^|[,;.]\s*|\band )(?P<front>[A-Z][a-z]+)(?= does the\b)"
)


SUBJECT = re.compile(
    r"(?:^|[,;.:–-]\s+|\b(?:and|but|because|since|so|no) )(?:the |our |my |an? |his |her |their )?"
    r"(?P<who>(?:(?:mr|mrs|ms|dr)\.? )?[a-z][\w'-]*(?: of [a-z][\w-]+|(?: [a-z][\w-]+){1,2}?)?) "
    r"(?:(?:always|only|now|usually|really|actually|also|who|that) )*(?P<does>[a-z]+s)\b"
)
"""Somebody in front of what they do: of a step that is there (`the office manager opens the file`)."""
NO_PERSON = (
    classed("said", "no-name")
    | classed("said", "no-role")
    | classed("said", "subject-pronoun")
    | {"yes", "no", "and", "but", "who", "that", "the", "our"}
    | {"itself", "himself", "herself", "themselves"}
)


def doers(spoken: Spoken) -> Iterator[tuple[Role, frozenset[int], dict[str, float], tuple[Edit, ...]]]:
    """Everybody who may do something: a role, its words, what can be counted, and the edits for one that is new."""
    for name in spoken.people:
        if not name.against and not _sent_to(spoken, name):
            yield name.role, name.at, {"known": 1.0, "first": float(name.first == 0), **_by(spoken, name)}, ()
    denied = any(name.against for name in spoken.people)
    counted = frozenset[int]().union(*(said.at for said in spoken.figures))
    for title, (at, form) in {title: (at, form) for title, at, form in _strangers(spoken, denied)}.items():
        if (
            not at & counted
            and not _thing(spoken, title)
            and not any(
                at & name.at and not (name.at < at and max(at) not in name.at) and (form != "subject" or at <= name.at)
                for name in spoken.people
            )
        ):
            role = Role(id=Fresh(spoken.catalogue).id(title), name=title[0].upper() + title[1:])
            yield role, at, {"known": 0.0, "by": 1.0, f"by {form}": 1.0}, (PutRole(role=role),)


ACTS = re.compile(r"\b(?:he|she|they|we)\s+[a-z]+\b")
TO_WHOM = re.compile(r"\b(?:to|for|from|with|of|at) (?:the |our |an? )?$")


def _sent_to(spoken: Spoken, name: Named) -> bool:
    """Whether somebody else acts in front of a name, and only for those (`she sends the blood to the lab`)."""
    part = spoken.part_of(name.first)
    front = spoken.low[spoken.parts[part][0] : spoken.tokens[name.first].start]
    others = [other for other in spoken.people if other.first in spoken.in_part(part) and other.first < name.first]
    return TO_WHOM.search(front) is not None and bool(ACTS.search(front) or others)


def _strangers(spoken: Spoken, denied: bool) -> Iterator[tuple[str, frozenset[int], str]]:
    """Whoever no role is called by and who is said to do something: the words that name them, and how it is said."""
    forms = (("denial", STRANGER), ("it is", IT_IS), ("passive", DONE_BY))
    for said, form in forms if denied else forms[1:]:
        for match in form.finditer(spoken.low):
            group = "who" if match["who"] else "front"
            who = match[group]
            words = [word for word in content(who) if not verb_forms(word) or f" of {word}" in who]
            words = [word for word in words if word not in NO_PERSON]
            if words and value_of(words[-1]) is None:
                start, end = max(0, who.find(words[0])), who.rfind(words[-1]) + len(words[-1])
                yield who[start:end], spoken.within(*match.span(group)), said
    yield from _subjects(spoken, denied)
    for match in BY_NAME.finditer(spoken.text):
        group = "who" if match["who"] else "front"
        if denied or match["does"] or match[group].lower() in _first_names():
            yield match[group].lower(), spoken.within(*match.span(group)), "name"


def _subjects(spoken: Spoken, denied: bool) -> Iterator[tuple[str, frozenset[int], str]]:
    """Whoever stands in front of the verb of a step that is there, or of `does` where somebody is denied to."""
    verbs = [content(spoken.catalogue.name(like.step))[0] for like in spoken.likeness() if like.exact]
    for match in SUBJECT.finditer(spoken.low):
        words, acts = match["who"].split(), (match["does"] == "does" and denied)
        acts = acts or any(alike(match["does"], verb) for verb in verbs)
        if GOES_ON.match(match["who"]):  # `finally accounting`: that is accounting
            continue
        if acts and not verb_forms(words[0]) and not any(word in NO_PERSON or word in LIGHT for word in words):
            yield match["who"], spoken.within(*match.span("who")), "subject"


@cache
def _first_names() -> frozenset[str]:
    return frozenset(row[0] for row in rows("names"))


def _thing(spoken: Spoken, title: str) -> bool:
    """Whether a name is that of a thing some step is done to."""
    head = title.lower().split(" of ")[0].split()[-1]
    return any(alike(head, part) for step in spoken.catalogue.named for part in content(step.name)[1:])


def _by(spoken: Spoken, name: Named) -> dict[str, float]:
    start, end = spoken.tokens[name.first].start, spoken.tokens[max(name.at)].end
    front, behind = spoken.low[:start], spoken.low[end:].split()
    acts = bool(behind) and any(form.form in ("s", "base") for form in verb_forms(re.sub(r"\W", "", behind[0])))
    return {
        "by": float(bool(re.search(r"\b(?:by|it's|that's|it is|let|have|to) (?:the |our |an? )?$", front))),
        "is": float(bool(re.search(r"(?:\b(?:is|are|belongs to|goes to|up to)|[a-z]'s) (?:the |our )?$", front))),
        "acts": float(acts),
        "object": float(bool(TO_WHOM.search(front))),
    }
