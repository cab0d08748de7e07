"""The numbers of what is proposed: each proposal keeps the one it was first shown with, and no other ever gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assistant.errors import UsageError
from assistant.process.figures import joined, noun
from assistant.projects.journal import Entry, Proposed

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign

ANSWER = "`questions` shows what I would like to know; an answer may bring one."


def known_numbers(lineage: Iterable[Entry], latest: Redesign | None) -> dict[tuple[str, str], int]:
    """The number of every proposal that was ever shown, by its id and title: each keeps the first it had."""
    shown = [
        (proposal.id, proposal.title)
        for entry in lineage
        if isinstance(entry.what, Proposed)
        for alternative in entry.what.alternatives
        for proposal in alternative.proposals
    ]
    shown += [(each.id, each.title) for way in (latest.alternatives if latest else ()) for each in way.proposals]
    return {name: number for number, name in enumerate(dict.fromkeys(shown), 1)}


def called(number: int, offered: Mapping[int, Any], known: Mapping[tuple[str, str], int], looked: bool) -> Any:
    """The proposal of that number, of those on offer. Raises UsageError, which says what bore the number before."""
    if number in offered:
        return offered[number]
    if not offered and looked:
        raise UsageError(f"There is no proposal {number}.", "The last look found nothing to propose.", ANSWER)
    was = next((title for (_, title), own in known.items() if own == number), "")
    gone = f"“{was}” is no longer on offer. " if was else ""
    numbers = joined(list(map(str, offered)))
    there = f"On offer {noun(len(offered), 'is', 'are')} {numbers}." if offered else "Nothing is on offer."
    raise UsageError(f"There is no proposal {number}.", gone + there, "Say `propose` to see them.")
