"""From a request to edits by rules: the families of changes are tried in order, and what fits the process is taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from assistant.errors import EditRefused
from assistant.language.change import conditional, loops, plain, renaming, straighten, subprocesses, together
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.marking import Said, mark
from assistant.language.change.outcome import Outcome
from assistant.language.change.text import tidy
from assistant.language.change.vague import question
from assistant.process.apply import apply
from assistant.process.model import Process

Family = Callable[[Said], Outcome | None]


class Read(NamedTuple):
    """What was read: one outcome, or a question with the outcomes to choose from."""

    question: str
    readings: tuple[Outcome, ...]


def read(process: Process, request: str) -> Read:
    """The request as edits that fit, or as a question."""
    catalogue = Catalogue(process)
    said = mark(catalogue, tidy(request), request)
    doubt = question(said)
    if doubt is not None:
        return Read(doubt.text, tuple(one for one in doubt.readings if fits(process, one)))
    for family in _families(said):
        found = family(said)
        if found is not None and fits(process, found):
            return Read("", (found,))
    several = _clauses(process, said, request)
    if several is not None:
        return Read("", (several,))
    doubt = question(said, sure=True)
    assert doubt is not None
    return Read(doubt.text, tuple(one for one in doubt.readings if fits(process, one)))


def fits(process: Process, found: Outcome) -> bool:
    """Whether the edits can be made and change something."""
    try:
        return apply(process, found.edits) != process
    except EditRefused:
        return False


def _families(said: Said) -> list[Family]:
    """The families to try, in the order that suits the words."""
    order: list[Family] = [subprocesses.extract, subprocesses.inline, plain.swap]
    parallel = said.has(together.SAME_TIME)
    if said.asked():
        wrapping = said.has(conditional.NEW_PATH) and not said.has(
            r"\b(?:until|while|repeat|back to|loop (?:over|around))\b"
        )
        adding = said.has(
            r"^(?:please )?(?:add|introduce|insert|create|put) (?:<newgate>|<gate>|(?:a |an |another |new )*(?:condition|decision|check))"
        )
        wrapping = wrapping or adding
        told = (
            not adding
            and (said.branches() or len(conditional.keyed(said)) > 1)
            and not said.has(r"\bskip|\bjump|<newgate>|\bnothing\b|\bno task")
        )
        order += [conditional.add_branch]
        order += (
            [conditional.wrap, conditional.update] if wrapping and not told else [conditional.update, conditional.wrap]
        )
    if parallel:
        order += [together.together]
    order += [loops.repeat, straighten.straighten, together.together, conditional.add_branch, renaming.merge, renaming.split,
              conditional.remove_branch, renaming.give, renaming.lasts, plain.move, plain.copy, renaming.rename,
              plain.insert, plain.delete, conditional.wrap]  # fmt: skip
    return order


def _clauses(process: Process, said: Said, request: str) -> Outcome | None:
    """Several changes in one request: sentence after sentence, each on what the ones before have made."""
    parts = [part.strip() for part in re.split(r"(?<=[^\d])[.;]\s+|\n+|,? and then |, then ", request) if part.strip()]
    if len(parts) < 2 or len(parts) > 12:
        return None
    made: list[Outcome] = []
    now = process
    for part in parts:
        found = _one(now, part)
        if found is not None:
            made.append(found)
            now = apply(now, found.edits)
    if not made:
        return None
    return Outcome("; ".join(one.title for one in made), tuple(edit for one in made for edit in one.edits))


def _one(process: Process, part: str) -> Outcome | None:
    said = mark(Catalogue(process), tidy(part), part)
    if question(said) is not None:
        return None
    for family in _families(said):
        found = family(said)
        if found is not None and fits(process, found):
            return found
    return None
