"""Who does a step that nobody did so far, told of it in few words: `Ravi prints them`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.process.blocks import Task
from assistant.process.edits import SetRole

DOES_THEM = re.compile(
    r"^(?:and |but )?(?P<who>(?:the |our )?[\w' -]{1,40}?) (?P<verb>[a-z]+s) (?:it|them|that|this|these|those)$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | None:
    """The one step with that verb, if nobody does it, with somebody known who does; None for all else."""
    said = DOES_THEM.match(sentence.request.strip(" .!"))
    role = role_named(sentence.catalogue, ARTICLE.sub("", said["who"])) if said else None
    verb = base_of(said["verb"].lower(), "s", "base") if said else ""
    if role is None or not verb:
        return None
    tasks = [step for step in sentence.catalogue.named if isinstance(step, Task)]
    own = [task for task in tasks if alike(verb, next(iter(content(task.name)), ""))]
    if len(own) != 1 or done_by(own[0]) is not None:
        return None
    return Outcome(f"who does {own[0].name}", (SetRole(ids=(own[0].id,), role=role.id),))
