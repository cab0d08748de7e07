"""How many there are, told by who they are: `we are two, Tanja and me`, `Tom is the only one who packs`, `the fitters
are four mechanics and two electricians`."""

from __future__ import annotations

import re

from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, clause_at, role_of
from assistant.language.figures.numbers import COUNT_WORD, value_of
from assistant.process.durations import Basis
from assistant.process.edits import PutRemark, PutRole
from assistant.process.model import Role
from assistant.process.remarks import Remark
from assistant.process.tree import fresh_id

NUMBER = rf"(?P<n>\d{{1,3}}|{COUNT_WORD})"
HERE = r"(?: (?:of us|people|persons))?(?: (?:here|(?:who work|working) here|(?:in|at) (?:the|our|this) \w+))*"
WE_ARE = (
    re.compile(
        r"^(?:there are|there's|there is|it's|it is|we are|we're) (?:only |just )*(?:the )?"
        rf"{NUMBER}{HERE}\s*[,:–-]+\s*(?P<names>[^:–]+)$",
        re.IGNORECASE,
    ),
    re.compile(rf"^(?P<names>[^:–]+?) (?:are|make) (?:only |just )*(?:the )?(?:only )?{NUMBER}{HERE}$", re.IGNORECASE),
)
BETWEEN = re.compile(r"\s*(?:,\s*and|,|&|\band\b)\s*", re.IGNORECASE)
ONLY_ONE = re.compile(
    r"^(?P<who>[\w' -]{1,40}?)(?:'s|'m| is| am) (?:really |also |still )*the only (?:one|person)"
    r"(?: (?:here|of us|in the \w+|we have))* (?:who|that|to)(?: (?:can|may|could|knows how to|is allowed to))? "
    r"(?P<work>[^,;]+)(?P<more>[,;].*)?$",
    re.IGNORECASE,
)
KIND = rf"(?:\d{{1,3}}|an?|{COUNT_WORD}) [a-z-]+"
SPLIT = re.compile(
    rf"^(?:the |our )?(?P<who>[\w -]{{3,30}}?) are (?P<parts>{KIND}(?:(?:,| and|, and) {KIND})+)$", re.IGNORECASE
)
COUNTED = re.compile(rf"(?P<n>\d{{1,3}}|an?|{COUNT_WORD}) (?P<what>[a-z-]+)", re.IGNORECASE)
MOST_TEXT = 300


def read(sentence: Sentence) -> Outcome | None:
    """The head counts that such words tell; None for all others."""
    words = sentence.request.strip(" .!").replace("’", "'")
    return _named(sentence, words) or _only_one(sentence, words) or _in_kinds(sentence, words)


def _named(sentence: Sentence, words: str) -> Outcome | None:
    """As many as are named: there is one of each."""
    said = next((found for pattern in WE_ARE if (found := pattern.match(words))), None)
    names = [name for name in BETWEEN.split(said["names"]) if name] if said else []
    if said is None or len(names) < 2 or value_of(said["n"]) != len(names):
        return None
    roles = [role for name in names if (role := role_named(sentence.catalogue, name)) is not None]
    if not roles or len({role.id for role in roles}) < len(roles):
        return None
    return Outcome("one of each", tuple(PutRole(role=_counted(role, 1)) for role in roles))


def _only_one(sentence: Sentence, words: str) -> Outcome | None:
    """One of whoever does the work, and nobody who stands in."""
    said = ONLY_ONE.match(words)
    role = role_named(sentence.catalogue, said["who"]) if said else None
    if said is None or role is None:
        return None
    done = clause_at(sentence, f"{role.name} {said['work']}")
    if done and role_of(sentence.catalogue, done[1]) != role.id:
        return None
    remarks = sentence.catalogue.process.remarks
    text = sentence.request[:MOST_TEXT]
    known = any(remark.kind == "one_person" and role.id in remark.elements for remark in remarks)
    id_ = fresh_id("remark", {remark.id for remark in remarks})
    remark = Remark(id=id_, kind="one_person", elements=(done[1] if done else role.id,), text=text)
    kept = () if known else (PutRemark(remark=remark),)
    return Outcome(f"{role.name}: 1 person", (PutRole(role=_counted(role, 1)), *kept))


def _in_kinds(sentence: Sentence, words: str) -> Outcome | None:
    """The sum of those whom a role is made of; kinds that are roles of their own are counted by themselves."""
    said = SPLIT.match(words)
    role = role_named(sentence.catalogue, said["who"]) if said else None
    kinds = [(value_of(kind["n"]) or 1, kind["what"]) for kind in COUNTED.finditer(said["parts"])] if said else []
    if role is None or any(role_named(sentence.catalogue, what) for _, what in kinds):
        return None
    count = int(sum(number for number, _ in kinds))
    return Outcome(f"{role.name}: {count} people", (PutRole(role=_counted(role, count)),))


def _counted(role: Role, count: int) -> Role:
    return role.model_copy(update={"capacity": count, "capacity_basis": Basis.STATED})
