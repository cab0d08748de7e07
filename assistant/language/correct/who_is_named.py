"""Who does a step that is there, read by what the words name and not by how they are built.

Everybody named is for it or against it (`not the …`, `the … doesn't`, `instead of the …`); the step is what the other
words speak of, and every word of theirs must belong to it. So `can the driver do the test`, `instead of the office let
the caretaker order the painter` and `Marek reviews it, not the director` are one case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.english.alike import stem
from assistant.english.forms import verb_forms
from assistant.english.tables import classed, worded
from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import alike, content, ways_called
from assistant.language.change.read_change import Outcome
from assistant.language.change.who_works import give
from assistant.language.correct.parts_of_a_turn import same_action, steps_in
from assistant.language.correct.sentence_said import Sentence, somebody
from assistant.process.blocks import Task
from assistant.process.model import Role

TOKEN = re.compile(r"[\w'’-]+")
AGAINST_BEFORE = re.compile(worded("against-before"))
AGAINST_BEHIND = re.compile(worded("against-behind"))
BY = re.compile(
    r"\b(?:by|it's|it is|that's|that is|rather|but)\s+(?P<who>(?:the |our )?[a-z][\w'-]*(?: [a-z][\w'-]*)?(?= |$|,))"
)
ADDS = re.compile(r"\b(?:also|too|as well|both|together|another|second|again|additionally|besides)\b")
ASKED = re.compile(r"^(?:can|could|can't|couldn't|should|shouldn't|may|might|would|why not|how about)\b")
TO_WHOM = re.compile(r"(?<!somebody )(?<!someone )\b(?:to|for|from|with|of|at|about|in|on) (?:the |our |an? )?$")
CONDITION = re.compile(r"\b(?:if|when|whenever|unless|until|before|after|while|once|only|sometimes|because)\b")
LIGHT = classed("reading", "doer-light")


@dataclass(frozen=True)
class Named:
    """Somebody named in words, where, and whether for or against doing it."""

    role: Role
    start: int
    end: int
    against: bool
    by: bool = False


def read(sentence: Sentence) -> Outcome | None:
    """The step that words give to somebody else than who does it; None where they do not say just that."""
    text = sentence.text
    if CONDITION.search(text) or re.search(r"\d", text):
        return None
    named = people_in(sentence, text)
    against = {name.role.id for name in named if name.against}
    if ADDS.search(text) and not against:
        return None
    wanted = next((name for name in named if name.role.id not in against), None)
    taken = [name for name in named if name is wanted or name.role.id in against]  # others are what is worked on
    rest = _without(text, [(name.start, name.end) for name in taken])
    who = wanted.role.name if wanted else ""
    if not wanted and against:
        who, rest = _stranger(sentence, rest)
    asked = sentence.wrong or ASKED.match(sentence.text) is not None
    if not who or len(against) > 1 or (not against and not asked):
        return None
    step = _step(sentence, rest, next(iter(against), ""), any(name.by for name in named))
    return give(sentence.catalogue, sentence.request, step, who) if step else None


def people_in(sentence: Sentence, text: str) -> list[Named]:
    """Everybody of the process whom a text names, in its order, for or against."""
    found: list[Named] = []
    tokens = [(match[0], match.start(), match.end()) for match in TOKEN.finditer(text)]
    for role in sentence.catalogue.process.roles:
        own = [stem(part) for part in ways_called(role)[-1]]
        spots = [token for token in tokens if stem(token[0].removesuffix("'s")) in own]
        if not own or not any(stem(token[0].removesuffix("'s")) == own[-1] for token in spots):
            continue
        head = next(n for n, token in enumerate(spots) if stem(token[0].removesuffix("'s")) == own[-1])
        first = next(n for n in range(head + 1) if _beside_each_other(text, spots[n : head + 1]))
        start, end = spots[first][1], spots[head][2]
        against = bool(AGAINST_BEFORE.search(text[:start]) or AGAINST_BEHIND.search(text[end:]))
        by = bool(re.search(r"\bby (?:the |our |an? )?$", text[:start])) and not against
        if against or by or not TO_WHOM.search(text[:start]):
            found.append(Named(role, start, end, against, by))
    found = [name for name in found if name.by or name.against] if any(name.by for name in found) else found
    return sorted(found, key=lambda name: name.start)


def _beside_each_other(text: str, spots: list[tuple[str, int, int]]) -> bool:
    return all(not text[a[2] : b[1]].strip() for a, b in pairwise(spots))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _stranger(sentence: Sentence, rest: str) -> tuple[str, str]:
    """Somebody not known so far who is named for it: `…, it's the bookkeeper`."""
    found = list(BY.finditer(rest))
    for match in reversed(found):
        who = somebody(sentence.catalogue, match["who"])
        words = content(who)
        if words and not any(verb_forms(word) for word in words) and not steps_in(sentence, who):
            return who, rest[: match.start()] + rest[match.end() :]
    return "", rest


def _step(sentence: Sentence, rest: str, doer: str, by: bool) -> str | None:
    """The one step that all the words left speak of; of several, what the one who does it no more does."""
    said = [word for word in content(rest) if re.sub(r"'\w+$", "", word) not in LIGHT]
    if not said:
        recent = [id_ for id_ in sentence.recent if id_ in sentence.catalogue.by_id]
        own = [id_ for id_ in recent if done_by(sentence.catalogue.by_id[id_]) == doer or not doer]
        return own[0] if len(own) == 1 else None
    fits = []
    for step in sentence.catalogue.named:
        own = content(step.name)
        if not isinstance(step, Task) or not own or (doer and step.role != doer):
            continue
        role = sentence.catalogue.process.role(step.role or "")
        todays = content(role.name) if role else []
        known = [any(alike(word, part) or same_action(word, part) for part in own + todays) for word in said]
        if sum(not word for word in known) <= (1 if by else 0) and any(
            alike(word, part) or same_action(word, part) for word in said for part in own
        ):
            fits.append(step.id)
    if len(fits) > 1:
        verbs = [id_ for id_ in fits if any(alike(word, content(sentence.catalogue.name(id_))[0]) for word in said)]
        fits = verbs or fits
    return fits[0] if len(fits) == 1 else None
