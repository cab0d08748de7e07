"""A step not done by whom it was given to: `the bill is not written by Sandra`, `Sandra does not write the bill`.

Somebody else does it, or nobody: which is asked, nothing goes by itself.
"""

from __future__ import annotations

import re

from assistant.english.forms import base_of, singular
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.made_readable import bared, spelled
from assistant.language.correct.sentence_said import (
    ARTICLE,
    Sentence,
    by_verb,
    clause_at,
    known_role,
    one_step,
    role_of,
)
from assistant.language.correct.who_does_it import INSTEAD, given_to
from assistant.language.offline.words.word_tables import OUTSIDE
from assistant.process.edits import Delete, Edit, SetRole
from assistant.process.model import Process

NOT_BY = re.compile(
    r"^(?:no,? )?(?:the |our )?(?P<what>[\w -]{2,40}?) (?:is|are|gets?)(?: not|n't) (?P<verb>[a-z]+) by "
    r"(?P<who>[\w' -]{2,40}?)[ .!]*$",
    re.IGNORECASE,
)
DOES_NOT = re.compile(
    r"^(?:no,? )?(?:the |our )?(?P<who>[\w' -]{2,40}?) (?:do|does|did)(?: not|n't) (?P<verb>[a-z]+) "
    r"(?:the |our |up the )?(?P<what>[\w -]{2,40}?)[ .!]*$",
    re.IGNORECASE,
)
DOES_IT = r"(?:does|is doing|do|are doing|handles|will do|takes care of) (?:it|that|this|them)"
NOT_WITH = re.compile(
    r"^(?:no,? )?(?P<what>[^,;]{3,40}?) (?:is|are|was)(?: not|n't) (?:with |up to |on |for )?(?:the |our )?"
    r"(?P<who>[\w' -]{2,30}?)(?:'?s?'? (?:job|task|work|business))?[\s,;.–-]+(?:but |no |rather )*"
    rf"(?:(?:it's|its|that's|thats|it is|that is) (?P<is>[\w' -]{{2,30}}?)(?:'?s job|,? who {DOES_IT})?|"
    rf"(?P<does>[\w' -]{{2,30}}?)(?: only| always| alone| now)* {DOES_IT})(?: now| only)?$",
    re.IGNORECASE,
)
"""`buying is not with Suresh, Ramesh does that`: another does it."""
MOST_OTHERS = 4


def read(sentence: Sentence) -> Doubt | None:
    """The question who does it then, with the others there are; None for other words, or where another does it."""
    text, catalogue = sentence.request.replace("’", "'").strip(" .!"), sentence.catalogue
    said = NOT_BY.match(text) or DOES_NOT.match(text)
    role = role_named(catalogue, ARTICLE.sub("", said["who"])) if said else None
    if said is None or role is None:
        return None
    verb = said["verb"].lower()
    step = by_verb(catalogue, base_of(verb) or verb, said["what"])
    if step is None or done_by(catalogue.by_id[step]) != role.id:
        return None
    own = content(catalogue.name(step))
    if any(not any(alike(word, part) for part in own) for word in content(said["what"])):
        return None  # `does not write the bill on Fridays`: something else is told of it
    name = catalogue.name(step)
    others = [other for other in catalogue.process.roles if other.id != role.id and other.kind in ("person", "group")]
    ways = [Outcome(f"{other.name} does “{name}”", (SetRole(ids=(step,), role=other.id),)) for other in others]
    gone = Outcome(f"nobody: remove “{name}”", (Delete(ids=(step,)),))
    return Doubt(f"Who does “{name}” then? Say the name, if it is not here.", (*ways[:MOST_OTHERS], gone))


def not_with(sentence: Sentence) -> Outcome | None:
    """The step in the hands of whom it is with, where it was with somebody else."""
    said, catalogue = NOT_WITH.match(spelled(sentence.request)), sentence.catalogue
    who = ARTICLE.sub("", said["who"]) if said else ""
    role = (role_named(catalogue, who) or role_named(catalogue, who.removesuffix("s"))) if who else None
    if said is None or role is None:
        return None
    step = one_step(catalogue, said["what"].lower(), role.id)
    found = given_to(sentence, step, said["is"] or said["does"])
    return found if isinstance(found, Outcome) else None


def each_named(sentence: Sentence) -> Outcome | None:
    """`I mixed that up - the cook fries the fish, the other one only cuts it`: of two steps who does each, by who owns
    to a mistake."""
    text, wrong, _about = bared(sentence.request)
    parts = re.split(r"\s*[,;]\s+(?:and |but |while )?", text)
    if not wrong or len(parts) != 2:
        return None
    edits: list[Edit] = []
    for part in parts:
        clause = clause_at(sentence, re.sub(r"\b(?:only|just)\s+", "", part))
        if clause is None:
            return None
        who = re.sub(r"\bone$", _kind_of(sentence, clause[1]), clause[0])
        given = given_to(sentence, clause[1], who)
        if given is None:
            return None
        edits += given.edits
    return Outcome("who does which", tuple(edits)) if edits else None


def _kind_of(sentence: Sentence, step: str) -> str:
    """What `the first-level one` is: the last word of who does that step."""
    role = sentence.catalogue.process.role(role_of(sentence.catalogue, step) or "")
    return role.name.split()[-1].lower() if role else "one"


def denies_a_doer(process: Process, words: str) -> bool:
    """Whether words end with somebody who does not do it: `I write it, not Mia`, `the fund pays, not the guest`."""
    found = INSTEAD.search(words.strip(" .!"))
    if found is None:
        return False
    served = singular(ARTICLE.sub("", found["other"].strip().lower())) in OUTSIDE
    return served or known_role(Catalogue(process), found["other"]) is not None
