"""Who does it, said the other way round: "it's Olga or Piet who answers", "it is the foreman that signs"."""

from __future__ import annotations

import re

from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.change.who_works import put
from assistant.language.correct.sentence_said import PRONOUNS, Sentence, likely, somebody
from assistant.process.blocks import Task
from assistant.process.edits import Edit, SetRole, SetValue

IT_IS = re.compile(
    r"^(?:no[\s,]+|and\s+|but\s+)*(?:it's|it is|its|that's|that is)\s+(?:always|usually|mostly|only|really)?\s*"
    r"(?P<who>[^,;]{2,60}?)\s+(?:who|that)\s+(?:always |usually |mostly |really )?(?P<verb>[a-z]+)\s*(?P<what>[^,;]*)"
    r"(?P<not>[,;]\s*(?:and )?not\b.*)?$",
    re.IGNORECASE,
)
OR = re.compile(r"\s+or\s+", re.IGNORECASE)
MOST = 3


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The step the words speak of, given to whom they name; several who may do it are all kept."""
    found = IT_IS.match(sentence.text)
    if found is None:
        return None
    named = [somebody(sentence.catalogue, who) for who in OR.split(found["who"])]
    if not all(named) or len(named) > MOST:
        return None
    steps = _steps(sentence, f"{found['verb']} {found['what']}")
    ways = [_given(sentence, step, named) for step in steps[:MOST]]
    if not ways:
        return None
    return ways[0] if len(ways) == 1 else Doubt("Which of these do you mean?", tuple(ways))


def _steps(sentence: Sentence, done: str) -> list[str]:
    """The tasks with that verb, and with that object where one is said."""
    said = [word for word in content(done) if word not in PRONOUNS]
    tasks = [step for step in likely(sentence.catalogue, done) if isinstance(sentence.catalogue.by_id[step], Task)]
    names = {step: content(sentence.catalogue.name(step)) for step in tasks}
    whole = [step for step, own in names.items() if all(any(alike(word, part) for part in own) for word in said)]
    return whole if said else []


def _given(sentence: Sentence, step: str, named: list[str]) -> Outcome:
    catalogue, task = sentence.catalogue, sentence.catalogue.by_id[step]
    roles, edits = [], list[Edit]()
    for who in named:
        role, made = put(catalogue, sentence.request, who)
        roles.append(role)
        edits += made
    first, *others = [role.id for role in roles]
    if getattr(task, "role", None) != first:
        edits.append(SetRole(ids=(step,), role=first))
    if others and tuple(others) != getattr(task, "or_roles", ()):
        edits.append(SetValue(id=step, field="or_roles", value=others))
    return Outcome(f"{' or '.join(role.name for role in roles)} does {catalogue.name(step)}", tuple(edits))
