"""Which step a few words mean: by its verb in any form or its object (`registration`, `the call`, `the badge`)."""

from __future__ import annotations

import re

from assistant.english.alike import stem
from assistant.english.forms import base_of
from assistant.english.tables import any_of, classed
from assistant.language.change.catalogue import STOP, Catalogue, words
from assistant.process.model import Role

ENDINGS = classed("changes", "endings") | {""}
IGNORED = STOP | classed("changes", "ignored")


ORDINAL = re.compile(r"(?i)^(?:the )?(?:very )?(first|second|third|last) (?:step|task|activity|one)$")


def alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: `registers` and `registration`, `classify` and `classification`."""
    if "not" in (one, other):
        return one == other  # `not` is no form of `note`
    if one == other or stem(one) == stem(other) or (base_of(one) or one) == (base_of(other) or other):
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if shared < 4 and (shared < 3 or shared != len(stem(min(one, other, key=len)))):
        return False
    return any(one[cut:] in ENDINGS and other[cut:] in ENDINGS for cut in {shared, max(3, shared - 1)})


def content(text: str) -> list[str]:
    """The words of a phrase that carry meaning."""
    return [word for word in words(text) if word not in IGNORED and len(word) > 1]


def meant(catalogue: Catalogue, phrase: str, among: list[str] | None = None) -> list[str]:
    """The steps that all meaningful words of a phrase fit, the likeliest first; roles named in it aside.

    One step is sure; several are only candidates. A phrase of one word prefers steps that begin with it as their verb.
    """
    said = content(phrase)
    bare = [word for word in said if not any(alike(word, part) for part in _role_words(catalogue))]
    for wanted in (said, bare):
        found = _fitting(catalogue, wanted, among) if wanted else []
        if found:
            return found
    return []


def _role_words(catalogue: Catalogue) -> list[str]:
    return [part for role in catalogue.process.roles for part in content(role.name)]


def _fitting(catalogue: Catalogue, wanted: list[str], among: list[str] | None) -> list[str]:
    fits: list[tuple[int, str]] = []
    for step in catalogue.named:
        own = content(step.name)
        if (among is None or step.id in among) and own and all(any(alike(w, o) for o in own) for w in wanted):
            by_verb = any(alike(w, own[0]) for w in wanted)
            fits.append((2 * (len(own) == len(wanted)) + by_verb, step.id))
    best = max((rank for rank, _ in fits), default=0)
    return [step for rank, step in fits if rank == best] + [step for rank, step in fits if rank != best]


def sure(catalogue: Catalogue, phrase: str) -> str | None:
    """The one step a phrase means; None when it fits none or several equally well."""
    told = ORDINAL.match(phrase)
    row = [step.id for step in catalogue.named] if told else []
    if told and row:
        place = {"first": 0, "second": 1, "third": 2, "last": -1}[told[1].lower()]
        return row[place] if place < len(row) else None
    found = meant(catalogue, phrase)
    if len(found) < 2:
        return found[0] if found else None
    exact = [step for step in found if len(content(catalogue.name(step))) == len(content(phrase))]
    first = [step for step in found if alike(content(phrase)[0], content(catalogue.name(step))[0])]
    pool = exact or first
    return pool[0] if len(pool) == 1 else None


def some(catalogue: Catalogue, text: str) -> list[str]:
    """Steps that share a meaningful word with a text, most shared first, at most three."""
    said = content(text)
    scored = []
    for place, step in enumerate(catalogue.named):
        own = content(step.name)
        shared = sum(any(alike(word, part) for part in own) for word in said)
        if shared:
            scored.append((-shared / len(own), place, step.id))
    return [step for _, _, step in sorted(scored)[:3]]


ONESELF = ("Me", "Owner", "Our team")
"""What the roles of those who tell are called."""
_SPEAKER = frozenset("i me myself we us ourselves mine ours".split())


def speaks(text: str) -> bool:
    """Whether a name means whoever tells: `I`, `me`, `us`."""
    return text.strip(" .!").lower() in _SPEAKER


def role_named(catalogue: Catalogue, text: str) -> Role | None:
    """The role a phrase names: all its words, singular or plural; of whoever tells, also `me`."""
    if speaks(text):
        return next((role for name in ONESELF for role in catalogue.process.roles if role.name == name), None)
    said = content(text)
    for role, own in [(who, own) for who in catalogue.process.roles for own in ways_called(who)]:
        if said and own and len(said) == len(own) and all(stem(a) == stem(b) for a, b in zip(said, own, strict=True)):
            return role
    last = [role for role in catalogue.process.roles if said and content(role.name)[-1:] == [said[-1]]]
    singular = [r for r in catalogue.process.roles if said and stem(said[-1]) == stem((content(r.name) or [""])[-1])]
    found = last or singular
    return found[0] if len(found) == 1 and len(said) == 1 else None


def ways_called(role: Role) -> list[list[str]]:
    """The words somebody goes by: all of the name, and for `Petra (office)` the name alone."""
    alone = re.sub(r"\s*\([^)]*\)", "", role.name)
    return [content(role.name), *([content(alone)] if alone != role.name else [])]


def plain(request: str) -> str:
    """A request in lower case without politeness, quotes and the mark at its end."""
    text = re.sub(r"\s+", " ", request.lower().replace("’", "'")).strip(" .!?")
    polite = rf"{any_of('polite-lead')}"
    return re.sub(rf"^(?:{polite}\b[,:]?\s*)+", "", text)
