"""A step that several do together: `Petra and Marlene do the fitting together`, none of them alone."""

from __future__ import annotations

import re

from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.language.correct.who_does_it import step_done
from assistant.process.blocks import Task
from assistant.process.edits import Edit, SetRole, SetValue
from assistant.process.model import Role

TOGETHER = re.compile(
    r"^(?:no,? )?(?P<first>[^;]{2,60}?),? and (?P<rest>[^,;]+?) (?:together|jointly|as a pair|with each other)$",
    re.IGNORECASE,
)
WITH = re.compile(r"^(?:no,? )?(?P<rest>[^,;]+?) together with (?P<first>[^,;]{2,40})$", re.IGNORECASE)
BOTH = re.compile(r"^(?:both|always|also) ", re.IGNORECASE)
MOST_WORDS = 4


def read(sentence: Sentence) -> Outcome | None:
    """The step with all who do it, who is known to do it first; None where the words name no step or a stranger."""
    said = TOGETHER.match(sentence.request) or WITH.match(sentence.request)
    if said is None:
        return None
    catalogue, words = sentence.catalogue, said["rest"].split()
    roles = [role_named(catalogue, ARTICLE.sub("", name.strip())) for name in said["first"].split(", ")]
    for size in range(1, min(MOST_WORDS + 1, len(words))):
        last = role_named(catalogue, ARTICLE.sub("", " ".join(words[:size])))
        step = step_done(sentence, BOTH.sub("", " ".join(words[size:]))) if last is not None else None
        if last is not None and step is not None and None not in roles:
            return _both(sentence, step, [role for role in (*roles, last) if role is not None])
    return None


def _both(sentence: Sentence, step: str, roles: list[Role]) -> Outcome | None:
    task, who = sentence.catalogue.by_id[step], [role.id for role in roles]
    if not isinstance(task, Task):
        return None
    own = done_by(task)
    first = own if own in who else who[0]
    edits: list[Edit] = [] if first == own else [SetRole(ids=(task.id,), role=first)]
    beside = tuple(dict.fromkeys((*task.with_roles, *(id_ for id_ in who if id_ != first))))
    if beside != task.with_roles:
        edits.append(SetValue(id=task.id, field="with_roles", value=list(beside)))
    return Outcome(
        f"“{task.name}” is done by {' and '.join(role.name for role in roles if role)} together", tuple(edits)
    )
