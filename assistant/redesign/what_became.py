"""What became of every proposal that was made: none vanishes without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.redesign.alternatives import Bundle
from assistant.redesign.proposals import Offers
from assistant.redesign.shapes import Alternative, Proposal

Became = Literal["adopted", "other alternative", "question", "refused"]
NOT_REACHED = "Not needed: the alternatives were full before its turn, or what was taken before answers it."


@dataclass(frozen=True)
class Fate:
    """A proposal, what became of it, the alternative it stands in (None: in none), and why."""

    proposal: Proposal
    became: Became
    where: str | None = None
    reason: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self.proposal.document(), "became": self.became, "where": self.where, "reason": self.reason}


def fates(
    first: Offers,
    bundles: Sequence[Bundle],
    alternatives: Sequence[Alternative],
    chosen: str | None,
    own: Sequence[Proposal] = (),
) -> tuple[Fate, ...]:
    """The fate of each proposal, by its id: taken, kept for another alternative, asked about, or refused, with why.

    `adopted`: it stands in the recommended alternative `chosen`, or in the first one when none is recommended.
    """
    found: dict[str, Fate] = {}
    ranked = sorted(alternatives, key=lambda alternative: alternative.name != chosen)
    for place, alternative in enumerate(ranked):
        for proposal in alternative.proposals:
            became: Became = "other alternative" if place else "adopted"
            found.setdefault(proposal.id, Fate(proposal, became, alternative.name, alternative.word))
    left = {name: reason for bundle in bundles for name, reason in bundle.left.items()}
    weighed = {
        question.id.removeprefix("practice:"): question.text for bundle in bundles for question in bundle.weighed
    }
    for proposal, reason in first.turned_down:
        found.setdefault(proposal.id, Fate(proposal, "refused", None, reason))
    for offer in first.offers:
        found.setdefault(offer.proposal.id, _not_taken(offer.proposal, left, weighed))
    for proposal in own:
        found.setdefault(proposal.id, _not_taken(proposal, left, weighed))
    for proposal, question in first.asked:
        found.setdefault(proposal.id, Fate(proposal, "question", None, question))
    return tuple(found.values())


def _not_taken(proposal: Proposal, left: Mapping[str, str], weighed: Mapping[str, str]) -> Fate:
    key = f"{proposal.practice}:{proposal.elements[0] if proposal.elements else 'process'}"
    if key in weighed:
        return Fate(proposal, "question", None, weighed[key])
    return Fate(proposal, "refused", None, left.get(proposal.id, NOT_REACHED))
