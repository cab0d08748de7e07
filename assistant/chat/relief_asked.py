"""What would be if somebody else did a step, or helped whoever does it (`what if Paul took half of the painting?`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.chat.played import named_roles
from assistant.handover.firm_size import one_person
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.correct.sentence_said import one_step
from assistant.process.apply import apply
from assistant.process.edits import Edit, SetRole, SetValue
from assistant.process.model import Process, Role
from assistant.process.tree import by_id

HELPS = re.compile(
    r"\b(?:help(?:s|ed)?|assist(?:s|ed)?|relieve[sd]?|share[sd]?|(?:took|takes?|did|does|do) "
    r"(?:half|part|some|a part|a share|a third))\b(?: out)?(?: with| of| in)?",
    re.IGNORECASE,
)
DOES = re.compile(r"\b(?:did|does|do|took|takes?|taking|handled?|handles)\b(?: over)?", re.IGNORECASE)


class Handed(NamedTuple):
    """A step that somebody else does, or that either of two does: what it is called, its edit, and the two."""

    title: str
    edit: Edit
    roles: tuple[Role, ...]

    def change(self, process: Process) -> Process:
        """The process with it."""
        return apply(process, [self.edit])

    def alone(self) -> tuple[str, ...]:
        """The ids of those of the two whom nobody counted and who are one person by their name."""
        return tuple(role.id for role in self.roles if role.capacity is None and one_person(role))


def handed_over(words: str, process: Process) -> Handed | None:
    """The step that words give to somebody named who does not do it today, wholly or in part; None for other words."""
    helps = HELPS.search(words)
    said = helps or DOES.search(words)
    named = [role for role in named_roles(words, process) if role.kind in ("person", "group")]
    if said is None or not named:
        return None
    catalogue = Catalogue(process)
    step = one_step(catalogue, words[said.end() :].lower())
    doer = process.role(done_by(by_id(process).get(step or "")) or "")
    helper = next((role for role in named if doer and role.id != doer.id), None)
    if step is None or doer is None or helper is None:
        return None
    if helps is None:
        return Handed(f"“{catalogue.name(step)}” done by “{helper.name}”", SetRole(ids=(step,), role=helper.id),
                      (doer, helper))  # fmt: skip
    title = f"“{catalogue.name(step)}” done by “{doer.name}” or “{helper.name}”, whoever is free"
    return Handed(title, SetValue(id=step, field="or_roles", value=[helper.id]), (doer, helper))
