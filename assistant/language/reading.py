"""Stories into processes: by the built-in rules, or by a language model when one is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.process.edits import Edit, Insert, Place, PutRole
from assistant.process.model import Process

if TYPE_CHECKING:
    from assistant.language.port import LanguageModel

BUILT_IN = "built-in rules"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the process, the edits that make it from an empty one, notes for the user, what was assumed, and by whom.

    `edits` applied to `Process(name="Process")` give `process`.
    """

    process: Process
    edits: tuple[Edit, ...]
    notes: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    made_by: str = BUILT_IN


def read_story(text: str, model: LanguageModel | None = None) -> Reading:
    """The process a story tells. Raises NotAProcess when it tells none."""
    from assistant.language.offline.story import read

    process = read(text).process
    edits: list[Edit] = [PutRole(role=role) for role in process.roles]
    if process.flow.items:
        edits.append(Insert(blocks=process.flow.items, place=Place(into="flow")))
    return Reading(process, tuple(edits))
