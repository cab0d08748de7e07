"""From a request to edits by rules: the families of changes are tried in order, and what fits the process is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.english.tables import any_of, worded
from assistant.errors import EditRefused
from assistant.language.change import (
    conditional,
    figures_told,
    fixed_forms,
    parallel,
    renaming,
    repeating,
    step_changes,
    straighten,
    subprocesses,
    who_works,
    wishes,
)
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.how_it_is_to_be import parsed
from assistant.language.change.made_ready import tidy
from assistant.language.change.marked_words import Said, mark
from assistant.language.change.mention import plain, role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.change.vague import question
from assistant.language.correct import correction
from assistant.process.apply import apply
from assistant.process.model import Process

Family = Callable[[Said], Outcome | None]
Reader = Callable[[Catalogue, str], Outcome | Doubt | None]


class Read(NamedTuple):
    """What was read: one outcome, or a question with the outcomes to choose from."""

    question: str
    readings: tuple[Outcome, ...]


def read(process: Process, request: str) -> Read:
    """The request as edits that fit, or as a question: a figure or an order first, then a sentence, then a wish."""
    catalogue = Catalogue(process)
    of_somebody = (correction.told_alone,) if _of_somebody(catalogue, request) else ()
    early = (fixed_forms.not_before, _added, figures_told.told, *of_somebody)
    told = None if catalogue.symbolic else _sentence(catalogue, request, early)
    if told is not None:
        return told
    said = mark(catalogue, tidy(request), request)
    doubt = question(said)
    if doubt is not None:
        return Read(doubt.text, tuple(reading for reading in doubt.readings if fits(process, reading)))
    found = _first(process, said, _shapes(said)) or _several(process, said, request) or _first(process, said, PLAIN)
    if found is not None:
        return Read("", (found,))
    told = None if catalogue.symbolic else _sentence(catalogue, request, SENTENCES)
    if told is not None:
        return told
    doubt = None if catalogue.symbolic else wishes.wish(catalogue, request)
    doubt = doubt or question(said, sure=True)
    assert doubt is not None
    if not doubt.readings:
        doubt = wishes.left_open(catalogue, request) or doubt
    return Read(doubt.text, tuple(reading for reading in doubt.readings if fits(process, reading)))


def _added(catalogue: Catalogue, request: str) -> Outcome | None:
    """A step by its name, with who does it or how long it takes besides its place."""
    return correction.added(catalogue.process, request)


def _of_somebody(catalogue: Catalogue, request: str) -> bool:
    """`the agent should weigh the bag before it is sent`: what somebody known does is told, however it is put."""
    clause = parsed(catalogue, plain(request))
    return clause is not None and role_named(catalogue, clause.who) is not None


def _sentence(catalogue: Catalogue, request: str, readers: Sequence[Reader]) -> Read | None:
    """A plain sentence about the work, its figures or its people, as a conversation reads it; None when it says nothing
    known."""
    if len(request) > 300 or ASKING.match(request):
        return None
    for reader in readers:
        found = reader(catalogue, request)
        readings = (found,) if isinstance(found, Outcome) else found.readings if found else ()
        fitting = tuple(reading for reading in readings if fits(catalogue.process, reading))
        if isinstance(found, Doubt) and len(fitting) > 1:
            return Read(found.text, fitting)
        if fitting:
            return Read("", fitting[:1])
    return None


def _first(process: Process, said: Said, families: Sequence[Family]) -> Outcome | None:
    """What the first family finds that fits the process."""
    for family in families:
        found = family(said)
        if found is not None and fits(process, found):
            return found
    return None


def fits(process: Process, found: Outcome) -> bool:
    """Whether the edits can be made and change something."""
    try:
        return apply(process, found.edits) != process
    except EditRefused:
        return False


SENTENCES: tuple[Reader, ...] = (
    who_works.replaced, who_works.medium, who_works.automatic, who_works.system, who_works.gone, correction.told_alone,
    fixed_forms.told,
)  # fmt: skip
PLAIN: tuple[Family, ...] = (
    renaming.merge, renaming.split, conditional.remove_branch, step_changes.move,
    step_changes.copy, renaming.rename, step_changes.insert, step_changes.delete, conditional.wrap,
)  # fmt: skip
ORDER = rf"{any_of('request-verb')}"
CUT = re.compile(
    rf"(?<=[^\d])[.;]\s+|\n+|,? and then (?=\w)|, then (?=\w)|,? and (?:also |then )?(?={ORDER}\b)", re.IGNORECASE
)
ASKING = re.compile(worded("request-asking"), re.I | re.S)
STARTS = re.compile(
    rf"^(?:please|then|also|and|next|finally|furthermore|additionally|now|afterwards|,|\s)*{ORDER}\b", re.IGNORECASE
)


def _shapes(said: Said) -> list[Family]:
    """The families that read a request as a whole, in the order that suits the words."""
    order: list[Family] = [subprocesses.extract, subprocesses.inline, step_changes.swap]
    if said.asked():
        adding = said.has(
            r"^(?:please )?(?:add|introduce|insert|create|put) (?:<newgate>|<gate>|(?:a |an |another |new )*(?"
            r":condition|decision|check))"
        )
        wrapping = adding or (
            said.has(conditional.NEW_PATH) and not said.has(r"\b(?:until|while|repeat|back to|loop (?:over|around))\b")
        )
        keyed = said.branches() or len(conditional.keyed(said)) > 1
        leaping = said.has(r"\bonly\b[^.;]*<q|\bgo (?:\w+ )?to <s")
        wrapping = wrapping or leaping
        told = (
            not adding
            and keyed
            and not said.has(r"\bskip|\bjump|<newgate>|\bnothing\b|\bno task|\bonly\b[^.;]*<q|go (?:\w+ )?to <s")
        )
        sure = repeating.SURE.search(said.line) is not None and said.has(r"\b(?:until|while|as long as|repeat)")
        order += [repeating.repeat] if sure else []
        order += [conditional.add_branch, conditional.insert_if]
        order += (
            [conditional.wrap, conditional.update] if wrapping and not told else [conditional.update, conditional.wrap]
        )
    if said.has(parallel.SAME_TIME):
        order.append(parallel.together)
    return [*order, repeating.repeat, straighten.straighten, parallel.together, conditional.add_branch]


def _several(process: Process, said: Said, request: str) -> Outcome | None:
    """Several orders in one request, each read on what the ones before have made; None unless each is understood."""
    parts = [part.strip() for part in CUT.split(request) if part.strip()]
    orders = [part for part in parts if STARTS.match(part)]
    if (
        not 2 <= len(orders) <= 12
        or any(re.search(r"\b(?:it|them|its)\b", part) for part in orders[1:])
        or _again(said)
    ):
        return None
    made: list[Outcome] = []
    now = process
    for part in orders:
        found = _alone(now, part)
        if found is None:
            return None
        made.append(found)
        now = apply(now, found.edits)
    return Outcome(
        "; ".join(outcome.title for outcome in made), tuple(edit for outcome in made for edit in outcome.edits)
    )


def _again(said: Said) -> bool:
    """Whether a step that goes is put in again: then it moves, and that is one change."""
    gone = re.findall(rf"{step_changes.DELETE}\w* (?:the |task )*<s(\d+)>", said.line)
    return any(len(re.findall(rf"<s{number}>", said.line)) > 1 for number in gone)


def _alone(process: Process, part: str) -> Outcome | None:
    said = mark(Catalogue(process), tidy(part), part)
    return None if question(said) is not None else _first(process, said, [*_shapes(said), *PLAIN])
