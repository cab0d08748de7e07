"""What a correction hardly can mean: a wait of nothing, weeks of hands-on work, a case that swallows a length told.

Such edits are asked about, whichever wording or weight they were read by; a story may tell them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.tables import any_of
from assistant.errors import EditRefused
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.sentence_said import known_role
from assistant.language.figures.reading import figures_in
from assistant.process.apply import apply
from assistant.process.blocks import Choice, Task, Wait
from assistant.process.edits import Delete, Edit
from assistant.process.model import Process
from assistant.process.tree import by_id

MOST_HANDS_ON = 7 * 86400.0
"""How long somebody may be at a step without a pause, in seconds, before it is asked whether that is a wait."""
DECISION = re.compile(r"\b(?:decisions?|conditions?|branch(?:es)?|gateways?|splits?)\b|\bno (?:real )?question\b", re.I)
DOES_NOT = re.compile(
    r"^(?:\W*no\W+)?(?:the |our )?(?P<who>[\w' -]{2,30}?)\s+(?:(?:do|does)(?:n't| not)|never)\s+\w+", re.IGNORECASE
)
UNDER = re.compile(rf"\b{any_of('sounds-conditional')}\b", re.IGNORECASE)


def hardly_so(process: Process, words: str, edits: Sequence[Edit]) -> bool:
    """Whether a correction would write what hardly can be meant; edits that cannot be made are no such."""
    try:
        before, after = by_id(process), by_id(apply(process, edits))
    except EditRefused:
        return False
    if DECISION.search(words) and any(isinstance(edit, Delete) for edit in edits):
        return all(not isinstance(before.get(id_), Choice) for edit in edits for id_ in getattr(edit, "ids", ()))
    if any(isinstance(edit, Delete) and _of_another(process, words, before.get(id_)) for edit in edits
           for id_ in getattr(edit, "ids", ())):  # fmt: skip
        return True
    new = [block for id_, block in after.items() if before.get(id_) != block]
    lengths = [figure for figure in figures_in(words) if figure.kind == "duration" and not figure.vague]
    if lengths and not UNDER.search(words) and any(isinstance(block, Choice) for block in new):
        inside = [block for block in new if isinstance(block, Task | Wait) and block.id not in before]
        if inside and not any(_timed(block) for block in inside):
            return True
    return any(_unlike_work(block, before.get(block.id)) for block in new if isinstance(block, Task | Wait))


def _of_another(process: Process, words: str, block: object) -> bool:
    """Whether somebody is said not to do a step who does not do it anyhow: it is no reason for it to go."""
    found = DOES_NOT.match(words)
    role = known_role(Catalogue(process), found["who"]) if found else None
    return role is not None and isinstance(block, Task) and block.role not in (None, role.id)


def _timed(block: Task | Wait) -> bool:
    return any(getattr(block, name, None) is not None for name in ("work", "wait", "duration"))


def _unlike_work(block: Task | Wait, before: object) -> bool:
    if isinstance(block, Wait):
        return before is None and not block.name
    told_anew = before is None and block.wait is None  # it is all that is known of a new step
    return _at_it_for_weeks(block) and not told_anew and not _at_it_for_weeks(before)


def _at_it_for_weeks(block: object) -> bool:
    return isinstance(block, Task) and block.work is not None and block.work.mean_seconds > MOST_HANDS_ON
