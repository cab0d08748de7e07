"""Several new steps told in clauses of their own, each with its time behind it: `the movers unload everything, two
hours, and put the beds together, another hour`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.correct.worked_or_waited import told_time
from assistant.language.turn.plain_sentences import as_done
from assistant.language.weighed.clause_as_step import acted, all_acted
from assistant.language.weighed.clauses_said import IF, PUTS, THEN, opened
from assistant.language.weighed.said_besides import Besides, by_doer, is_timed, only_time
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.blocks import Task
from assistant.process.edits import Edit, PutRole

JOINS = re.compile(r"^(?:(?:and|then|also|after that|afterwards|finally|so)\s+)+", re.IGNORECASE)
MOST, MOST_ASIDE = 4, 2
"""How many steps a turn may tell so; how many words may stand between them that tell none (`god forbid`)."""


def in_a_row(
    spoken: Spoken, beside: Besides
) -> tuple[list[tuple[str, str]], tuple[Task, ...], tuple[Edit, ...], str] | None:
    """The clauses left, the steps in their order, the edits for new roles, and the words that tell them; None where
    fewer than two clauses tell one, or a clause tells something else."""
    steps: list[Task] = []
    edits: list[Edit] = []
    others, said = list[tuple[str, str]](), list[str]()
    for part, link in _opened(spoken, beside.parts):
        if link in IF and link not in PUTS and steps:
            return None  # what is done then has its own condition
        if link in PUTS + IF:
            others.append((part, link))
        elif steps and (figure := only_time(part)) is not None:
            time = {} if is_timed(steps[-1]) else told_time(steps[-1].name, figure)
            steps[-1] = steps[-1].model_copy(update=time)
        elif (
            told := _told(spoken, as_done(by_doer(THEN.sub("", JOINS.sub("", part)), beside.doer)), steps)
        ) is not None:
            steps += told[0]
            known = {edit.role.id for edit in edits if isinstance(edit, PutRole)}
            edits += [edit for edit in told[1] if not (isinstance(edit, PutRole) and edit.role.id in known)]
            said.append(part)
        elif len(part.split()) > MOST_ASIDE:
            return None
    alike = len({step.id for step in steps}) < len(steps)
    return None if not 1 < len(steps) <= MOST or alike else (others, tuple(steps), tuple(edits), ", ".join(said))


def _opened(spoken: Spoken, parts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The clauses, one with a link cut where somebody begins to act in it (`after the repairing the fitter …`)."""
    for part, link in parts:
        cuts = opened(spoken, part, link) if link in PUTS + IF else []
        cut = next(((where, act) for where, act in cuts if acted(spoken, act) is not None), None)
        yield (cut[0], link) if cut else (part, link)
        if cut:
            yield cut[1], ""


def _told(spoken: Spoken, text: str, before: list[Task]) -> tuple[tuple[Task, ...], tuple[Edit, ...]] | None:
    """The steps a clause tells; a clause without a doer goes on with the last one's."""
    told = all_acted(spoken, text) or ((one[0],), one[1]) if (one := acted(spoken, text)) else None
    if told is not None or not before or before[-1].role is None:
        return told
    more = acted(spoken, f"he {text}")
    return ((more[0].model_copy(update={"role": before[-1].role}),), ()) if more is not None else None
