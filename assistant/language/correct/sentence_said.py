"""One sentence with what it is read against, and which steps, people and ways its words mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.english.forms import base_of
from assistant.english.tables import classed
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content, role_named, sure
from assistant.process.blocks import Task
from assistant.process.model import Role

PRONOUNS = frozenset("he she they it him her them".split())
ARTICLE = re.compile(r"^(?:the|an?|our|my|their|his|her)\s+", re.IGNORECASE)
JOB = re.compile(r"(?:'s|s') (?:job|task|work|business|duty|thing)$", re.IGNORECASE)
NO_ROLE = classed("said", "no-role")


@dataclass(frozen=True)
class Sentence:
    """A sentence without lead and trail: as written, in lower case, whether it takes something back, and the steps that
    changed last. `about` is who was wrong, `told` what was told so far."""

    catalogue: Catalogue
    request: str
    wrong: bool = False
    recent: tuple[str, ...] = ()
    about: str = ""
    told: str = ""

    @property
    def text(self) -> str:
        """The sentence in lower case."""
        return self.request.lower()


def likely(catalogue: Catalogue, phrase: str, role: str | None = None) -> list[str]:
    """The steps a phrase may mean: the sure one, else those that share most with it (of one role, if it is given)."""
    found = sure(catalogue, phrase)
    if found is not None and (role is None or done_by(catalogue.by_id[found]) in (role, None)):
        return [found]
    people = [part for known in catalogue.process.roles for part in content(known.name)]
    said = content(phrase)
    said = [word for word in said if not any(alike(word, part) for part in people)] or said
    scores: dict[str, float] = {}
    for step in catalogue.named:
        own = content(step.name)
        if not own or (role is not None and done_by(step) != role):
            continue
        shared = sum(any(alike(word, part) for part in own) for word in said)
        if shared:
            thing = any(alike(word, part) for part in own[1:] for word in said)
            scores[step.id] = shared + (0.6 if thing else 0.5 * any(alike(word, own[0]) for word in said))
    most = max(scores.values(), default=0)
    return [id_ for id_, score in scores.items() if score == most]


def one_step(catalogue: Catalogue, phrase: str, role: str | None = None) -> str | None:
    """The one step a phrase means, or None."""
    found = likely(catalogue, phrase, role)
    return found[0] if len(found) == 1 else None


BY_PHONE = classed("said", "by-phone")


def _same_act(verb: str, other: str) -> bool:
    """Whether two verbs are forms of one, or both reach somebody by phone."""
    return alike(verb, other) or {base_of(verb) or verb, base_of(other) or other} <= BY_PHONE


def by_verb(catalogue: Catalogue, verb: str, rest: str, role: str | None = None) -> str | None:
    """The one step with that verb and, where one is said, that object."""
    own = [
        step
        for step in catalogue.named
        if content(step.name) and _same_act(verb, content(step.name)[0])
        and (role is None or done_by(step) == role)
    ]  # fmt: skip
    objects = [word for word in content(rest) if word not in PRONOUNS]
    if objects:
        counted = {
            step.id: sum(any(alike(word, part) for part in content(step.name)[1:]) for word in objects) for step in own
        }
        most = max(counted.values(), default=0)
        best = [id_ for id_, count in counted.items() if count == most and most]
        return best[0] if len(best) == 1 else None
    return own[0].id if len(own) == 1 else None


def role_of(catalogue: Catalogue, step: str) -> str | None:
    """The role that does a step."""
    return done_by(catalogue.by_id[step])


def somebody(catalogue: Catalogue, words: str) -> str:
    """Words that can name who does something, without an article; empty when they cannot."""
    name = JOB.sub("", ARTICLE.sub("", words.strip(" ,.'\"")))
    tokens = name.lower().split()
    if not tokens or tokens[0] in ("the", "a", "an", "our") or len(tokens) > 5 or re.search(r"[\d?;:,.!()]", name):
        return ""
    if any(token in NO_ROLE for token in (tokens[0], tokens[-1])) or any(token in PRONOUNS for token in tokens):
        return ""
    if (
        role_named(catalogue, name) is None
        and len(tokens) > 1
        and set(tokens[1:]) & (NO_ROLE - {"of", "for", "in", "and"})
    ):
        return ""
    return name


def known_role(catalogue: Catalogue, words: str) -> Role | None:
    """The role words name, also by a part of its name that no other has."""
    name = ARTICLE.sub("", words.strip())
    found = role_named(catalogue, name)
    if found is not None:
        return found
    said = content(name)
    fits = [
        role
        for role in catalogue.process.roles
        if said and all(any(alike(w, o) for o in content(role.name)) for w in said)
    ]
    return fits[0] if len(fits) == 1 else None


def mentioned(catalogue: Catalogue, text: str) -> list[Role]:
    """The roles a text names, in the order it names them."""
    found = []
    for role in catalogue.process.roles:
        names = {role.name.lower(), re.sub(r"\s*\([^)]*\)", "", role.name.lower())}
        matches = [match for name in names if (match := re.search(rf"\b{re.escape(name)}s?\b", text.lower()))]
        if matches:
            found.append((matches[0].start(), role))
    return [role for _, role in sorted(found, key=lambda pair: pair[0])]


def clause_at(sentence: Sentence, text: str) -> tuple[str, str, str] | None:
    """Who, the step meant and the words behind the verb, where a text says that somebody does a step that is there."""
    tokens = ARTICLE.sub("", text.strip()).split()
    known = [n for n in range(1, min(6, len(tokens))) if role_named(sentence.catalogue, " ".join(tokens[:n]))]
    for size in [*reversed(known), *(n for n in range(1, min(6, len(tokens))) if n not in known)]:
        word = re.sub(r"\W+$", "", tokens[size].lower())
        at = size
        while at + 1 < len(tokens) and tokens[at].lower() in LEADING and not (word == "does" and _a_thing(tokens, at)):
            at += 1
            word = re.sub(r"\W+$", "", tokens[at].lower())
        base = "do" if word in ("do", "does") else base_of(word, "s", "base")
        who = " ".join(tokens[:size])
        if not base or (base in ("be", "have", "do", "take", "need") and len(tokens) == at + 1):
            continue
        rest = " ".join(tokens[at + 1 :])
        step = by_verb(sentence.catalogue, base, rest)
        if step is None and base in ("do", "handle", "make"):
            step = one_step(sentence.catalogue, rest) if content(rest) and " and " not in rest else None
        if step is not None and isinstance(sentence.catalogue.by_id[step], Task):
            return who, step, rest
    return None


LEADING = frozenset("also now always should must will has to does".split())
"""What stands between somebody and what he does."""


def _a_thing(tokens: list[str], at: int) -> bool:
    """`does the wifi`: what is done is a thing and no other verb."""
    return ARTICLE.match(f"{tokens[at + 1]} ") is not None


def simple(text: str) -> bool:
    """Whether a sentence has no condition, place or reason of its own."""
    return not re.search(r"\b(?:if|when|whenever|then|because|sometimes|until|before|after)\b", text)
