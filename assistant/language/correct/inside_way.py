"""What is done where a decision that is there went one way: "if they accept, the secretary also asks for a deposit"."""

from __future__ import annotations

import re
from itertools import product

from assistant.english.forms import base_of
from assistant.english.tables import classed
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.piece_of_story import piece, tasks_in
from assistant.language.correct.sentence_said import PRONOUNS, Sentence, known_role
from assistant.process.blocks import Branch, Choice, Loop
from assistant.process.edits import Insert, Place

IF = re.compile(
    r"^(?:and\s+|but\s+|so\s+)*(?:if|when|once|as soon as|in case)\s+(?P<cond>[^,;]{4,60}?)\s*,\s*(?:then\s+)?"
    r"(?P<do>.+)$",
    re.IGNORECASE,
)
YES = frozenset("accept agree approve yes confirm order take".split())
NO = frozenset("refuse reject decline no not n't deny".split())
BEFORE = re.compile(r"\s+before\s.*$", re.IGNORECASE)
_OTHERWISE = frozenset(("otherwise", "else", "no"))


def read(sentence: Sentence) -> Outcome | None:
    """New steps at the end of the way whose condition the words name, by whomever they call who decides."""
    found = IF.match(sentence.request.strip(" .!"))
    way = _way(sentence, found["cond"]) if found else None
    if found is None or way is None or BEFORE.search(found["do"]):
        return None
    told = re.sub(r"\b(?:also|then|as well|too)\s+|\s+(?:also|then|as well|too)$", "", found["do"])
    blocks, roles = piece(sentence, told)
    if not blocks or not list(tasks_in(blocks)) or any(isinstance(block, Choice | Loop) for block in blocks):
        return None
    there = {sentence.catalogue.name(step).lower() for step in sentence.catalogue.inside(way.id)}
    if any(task.name.lower() in there for task in tasks_in(blocks)):
        return None
    return Outcome(f"where {way.when}", (*roles, Insert(blocks=blocks, place=Place(into=way.id))))


def _way(sentence: Sentence, cond: str) -> Branch | None:
    """The one way that goes on and bears this condition, by its verb; who decides may be a pronoun or be named."""
    who, said = _parted(cond)
    fits = []
    for branch in sentence.catalogue.branches.values():
        other, own = _parted(branch.when or "")
        if not own or (branch.when or "").lower() in _OTHERWISE or _denied(cond) != _denied(branch.when or ""):
            continue
        same = any(alike(a, b) for a, b in product(said, own)) or bool(set(said) & YES and set(own) & YES)
        party = not who or not other or any(alike(a, b) for a, b in product(who, other))
        if same and party and not any(not _known(word, own) for word in said):
            fits.append(branch)
    if not fits and _denied(cond) and set(said) & NO:
        fits = _other_ways(sentence, who)
    return fits[0] if len(fits) == 1 and not known_role(sentence.catalogue, cond) else None


def _other_ways(sentence: Sentence, who: list[str]) -> list[Branch]:
    """The "otherwise" of decisions in which somebody says yes: "if they refuse"."""
    fits = []
    for choice in sentence.catalogue.choices:
        yes = [branch for branch in choice.branches if set(_parted(branch.when or "")[1]) & YES]
        rest = [branch for branch in choice.branches if branch not in yes]
        party = [_parted(branch.when or "")[0] for branch in yes]
        same = not who or any(alike(a, b) for named in party for a, b in product(who, named))
        if len(yes) == len(rest) == 1 and (rest[0].when or "otherwise").lower() in _OTHERWISE and same:
            fits.append(rest[0])
    return fits


def _known(word: str, own: list[str]) -> bool:
    return any(alike(word, part) for part in own) or (word in YES and bool(set(own) & YES))


def _parted(cond: str) -> tuple[list[str], list[str]]:
    """Who the condition speaks of, and the words of what must hold."""
    words = re.findall(r"[a-z']+", cond.lower())
    at = next((i for i, word in enumerate(words) if (i and base_of(word)) or word in YES | NO | {"say"}), None)
    if at is None:
        at = 1 if words[:1] and words[0] in PRONOUNS | {"he", "she", "they", "it"} else 0
    who = [word for word in content(" ".join(words[:at])) if word not in PRONOUNS]
    done = [base_of(word) or word for word in words[at:] if word not in PRONOUNS and word not in _SMALL]
    return who, [word for word in done if word != "say"]


_SMALL = classed("reading", "way-small")


def _denied(cond: str) -> bool:
    words = {base_of(word) or word for word in re.findall(r"[a-z']+", cond.lower())}
    return bool(words & NO) or "n't" in cond
