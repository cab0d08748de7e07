"""What is done where a decision that is there went one way: "if they accept, the secretary also asks for a deposit"."""

from __future__ import annotations

import re
from itertools import product

from assistant.english.forms import base_of
from assistant.english.tables import classed
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.piece_of_story import piece, tasks_in
from assistant.language.correct.sentence_said import ARTICLE, PRONOUNS, Sentence, known_role
from assistant.process.blocks import Branch, Call, Choice, Loop, Task
from assistant.process.edits import Insert, Place, SetValue

IF = re.compile(
    r"^(?:and\s+|but\s+|so\s+)*(?:if|when|once|as soon as|in case)\s+(?P<cond>[^,;]{4,60}?)\s*,\s*(?:then\s+)?"
    r"(?P<do>.+)$",
    re.IGNORECASE,
)
IF_OPEN = re.compile(r"^(?:and\s+|but\s+|so\s+)*(?:if|when|in case)\s+(?P<rest>[^,;]+)$", re.IGNORECASE)
YES = frozenset("accept agree approve yes confirm order take".split())
NO = frozenset("refuse reject decline no not n't deny".split())
BEFORE = re.compile(r"\s+before\s.*$", re.IGNORECASE)
OTHERWISE = frozenset(("otherwise", "else", "no"))


def read(sentence: Sentence) -> Outcome | None:
    """New steps at the end of the way whose condition the words name, by whomever they call who decides."""
    found = IF.match(sentence.request.strip(" .!"))
    cond, do = (found["cond"], found["do"]) if found else _open(sentence)
    way = (_way(sentence, cond) or way_of(sentence, cond)) if cond else None
    if way is None or BEFORE.search(do):
        return None
    told = re.sub(r"\b(?:also|then|as well|too)\s+|\s+(?:also|then|as well|too)$", "", do)
    blocks, roles = piece(sentence, told)
    if not blocks or not list(tasks_in(blocks)) or any(isinstance(block, Choice | Loop) for block in blocks):
        return None
    there = {sentence.catalogue.name(step): step for step in sentence.catalogue.inside(way.id)}
    if known := [name for name in there for task in tasks_in(blocks) if _same_step(task.name, name)]:
        return _timed(there[known[0]], known[0], list(tasks_in(blocks)))
    return Outcome(f"where {way.when}", (*roles, Insert(blocks=blocks, place=Place(into=way.id))))


def _same_step(told: str, name: str) -> bool:
    """Whether a step told is one that is there, by its name or by its verb and `it`."""
    said, own = content(told), content(name)
    by_pronoun = bool(set(told.lower().split()[1:2]) & PRONOUNS)
    return told.lower() == name.lower() or (by_pronoun and bool(said and own) and alike(said[0], own[0]))


def _timed(step: str, name: str, told: list[Task | Call]) -> Outcome | None:
    """A step of the way told once more: how long it takes, where that is said."""
    work = next((task.work for task in told if isinstance(task, Task) and task.work), None) if len(told) == 1 else None
    if work is None:
        return None
    value = work.model_copy(update={"span": None}).document()
    return Outcome(f"{name} takes that", (SetValue(id=step, field="work", value=value),))


def _open(sentence: Sentence) -> tuple[str, str]:
    """A condition without a comma behind it and what is done, which begins with somebody known: `if nobody home tom
    drives again`."""
    found = IF_OPEN.match(sentence.request.strip(" .!"))
    words = found["rest"].split() if found else []
    for size in range(2, len(words) - 1):
        behind = [" ".join(words[size : size + length]) for length in (1, 2, 3)]
        if any(role_named(sentence.catalogue, ARTICLE.sub("", name)) for name in behind):
            return " ".join(words[:size]), " ".join(words[size:])
    return "", ""


def _way(sentence: Sentence, cond: str) -> Branch | None:
    """The one way that goes on and bears this condition, by its verb; who decides may be a pronoun or be named."""
    who, said = _parted(cond)
    fits = []
    for branch in sentence.catalogue.branches.values():
        other, own = _parted(branch.when or "")
        if not own or (branch.when or "").lower() in OTHERWISE or denied(cond) != denied(branch.when or ""):
            continue
        same = any(alike(a, b) for a, b in product(said, own)) or bool(set(said) & YES and set(own) & YES)
        party = not who or not other or any(alike(a, b) for a, b in product(who, other))
        if same and party and not any(not _known(word, own) for word in said):
            fits.append(branch)
    if not fits and denied(cond) and set(said) & NO:
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
        if len(yes) == len(rest) == 1 and (rest[0].when or "otherwise").lower() in OTHERWISE and same:
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


def denied(cond: str) -> bool:
    """Whether a condition says that something is not so."""
    words = {base_of(word) or word for word in re.findall(r"[a-z']+", cond.lower())}
    return bool(words & NO) or "n't" in cond


def way_of(sentence: Sentence, cond: str) -> Branch | None:
    """The one way of a decision that words speak of: by its own condition, or as the other side of one they deny."""
    fits = []
    for choice in sentence.catalogue.steps:
        if not isinstance(choice, Choice):
            continue
        named = [branch for branch in choice.branches if _speaks_of(cond, branch)]
        same = [branch for branch in named if denied(cond) == denied(branch.when or "")]
        if len(same) == 1:
            fits.append(same[0])
        elif len(named) == 1 and len(choice.branches) == 2:
            other = next(branch for branch in choice.branches if branch is not named[0])
            fits += [other] if (other.when or "otherwise").lower() in OTHERWISE else []
    return fits[0] if len(fits) == 1 else None


def _speaks_of(cond: str, branch: Branch) -> bool:
    """Whether words are a condition that is there, or its contrary: whatever else they say of it stands in it."""
    own, said = _bare(branch.when or ""), _bare(cond)
    if not own or not said or (branch.when or "").lower() in OTHERWISE:
        return False
    answers = {*own} & (YES | NO) and {*said} & (YES | NO)
    known = [word for word in said if any(alike(word, part) for part in own) or (answers and word in YES | NO)]
    return len(known) == len(said)


def _bare(cond: str) -> list[str]:
    """The words that weigh: without who is meant by a pronoun, and without the denial."""
    words = re.sub(r"n't\b|\bnot\b|\bno(?:body|thing)?\b(?=\s+\w)", " ", cond.lower())
    return [
        base_of(word) or word for word in content(words)
        if word not in PRONOUNS and word not in ("do", "does", "did", "say", "something", "anything")
    ]  # fmt: skip
