"""How many people do one step: `four people do "Iron sheets"`."""

from __future__ import annotations

import re

from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import Sentence
from assistant.language.correct.waits_said import step_called
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.durations import Basis
from assistant.process.edits import PutRole

HEADS = re.compile(
    rf"^(?:there are |we have )?(?P<n>(?:\d{{1,3}}|{COUNT_WORD}) (?:people|persons?|wom[ae]n|m[ae]n|colleagues?|"
    r"of us|of them))"
    r"(?: who)? (?:do|does|work at|work on|are at|share|handle) (?:the )?(?P<step>\"[^\"]+\"|[^,;\"]{3,50})$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The head count of whoever does only that step; a question where they do more, or nobody is named."""
    said = HEADS.match(sentence.request.replace("“", '"').replace("”", '"').strip(" .!"))
    step = step_called(sentence.catalogue, said["step"]) if said else None
    task = sentence.catalogue.by_id.get(step or "")
    counted = [figure for figure in figures_in(said["n"] if said else "") if figure.kind in ("people", "number")]
    figure = counted[0] if counted else None
    if not isinstance(task, Task) or figure is None or figure.low < 1:
        return None
    role = sentence.catalogue.process.role(task.role or "")
    if role is None:
        return Doubt(f"Nobody is named for “{task.name}”. Who are they? (“the packers do it”)", ())
    count = int(figure.low)
    way = Outcome(
        f"{role.name}: {count} people, for all they do",
        (PutRole(role=role.model_copy(update={"capacity": count, "capacity_basis": Basis.STATED})),),
    )
    if len(sentence.catalogue.of_role(role.id)) == 1:
        return way
    return Doubt(f"{role.name} does more than “{task.name}”. Do you mean:", (way,))
