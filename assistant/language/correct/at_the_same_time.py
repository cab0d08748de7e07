"""Two steps that are there and run at the same time: `sewing and building run in parallel`."""

from __future__ import annotations

import re

from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.order_of_steps import where_steps
from assistant.language.correct.sentence_said import Sentence
from assistant.process.blocks import Task
from assistant.process.edits import Edit, Move, Parallelise, Place

SAME_TIME = re.compile(
    r"^(?P<a>[^,;]+?)\s+and\s+(?P<b>[^,;]+?)\s+(?:(?:can|could|are|is|actually|really|now|both|always|may)\s+)*"
    r"(?:runs?|happens?|goes on|go on|takes? place|be done|done|goes|go|works?|starts?)?\s*"
    r"(?:in parallel|at (?:the same|one) time|simultaneously|side by side|at once)(?:[,;].*)?$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | None:
    """The two steps side by side, the second moved next to the first."""
    found = SAME_TIME.match(sentence.text)
    if found is None:
        return None
    ids = [where_steps(sentence, found[side]) for side in ("a", "b")]
    return side_by_side(sentence, ids[0][0], ids[1][0]) if all(len(steps) == 1 for steps in ids) else None


def side_by_side(sentence: Sentence, one: str, other: str) -> Outcome | None:
    """Two steps of one row at the same time, the later moved next to the earlier; None where that cannot be."""
    catalogue = sentence.catalogue
    if one == other:
        return None
    order = [getattr(step, "id", "") for step in catalogue.steps]
    first, second = sorted((one, other), key=order.index)
    if not all(isinstance(catalogue.by_id[id_], Task) for id_ in (first, second)):
        return None
    row = catalogue.spots[first].sequence
    if row != catalogue.spots[second].sequence:
        return None
    edits: list[Edit] = []
    if catalogue.rows[row].index(second) - catalogue.rows[row].index(first) > 1:
        edits.append(Move(ids=(second,), place=Place(after=first)))
    edits.append(Parallelise(groups=((first,), (second,)), id=Fresh(catalogue).id("parallel")))
    return Outcome("side by side", tuple(edits))
