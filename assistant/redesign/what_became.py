"""What became of every proposal that was made: none vanishes without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.redesign.alternatives import Bundle
from assistant.redesign.detectors.causes import OUTSIDE
from assistant.redesign.proposals import Offers
from assistant.redesign.shapes import Alternative, Finding, Proposal

Became = Literal["adopted", "other alternative", "question", "refused"]
NONE_MADE = "No alternative could be made from what is known."
UNTOLD = {
    "queue": "Whether more hands, other hours or less work would help hangs on how many people do it and how busy they "
    "are with it.",
    "long_wait": "Why cases lie there was not told, and nothing can be done about a wait whose cause is not known.",
    "white_space": "Why cases lie there was not told, and nothing can be done about a wait whose cause is not known.",
    "low_flow_efficiency": "How much of the time is waiting is known, but not what cases wait for: say before which "
    "step they lie, and why.",
}
"""What is not known where a finding of a kind is answered by nothing."""
OF_OTHERS = "The waiting that was told is for others, and what they do is not in your hands."
NOT_TOLD = "None of the usual answers to what hurts fits what was told about it; the open questions may bring one."
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
    undrawn: Sequence[tuple[Proposal, str]] = (),
) -> tuple[Fate, ...]:
    """The fate of each proposal, by its id: taken, kept for another alternative, asked about, or refused, with why.

    `own` are those of a language model, `undrawn` its others, each with why they could not be drawn.
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
    for proposal, reason in (*undrawn, *first.turned_down):
        found.setdefault(proposal.id, Fate(proposal, "refused", None, reason))
    for offer in first.offers:
        found.setdefault(offer.proposal.id, _not_taken(offer.proposal, left, weighed))
    for proposal in own:
        found.setdefault(proposal.id, _not_taken(proposal, left, weighed))
    for proposal, question in first.asked:
        found.setdefault(proposal.id, Fate(proposal, "question", None, question))
    return tuple(found.values())


def none_made(findings: Sequence[Finding], ideas: Sequence[Fate]) -> str:
    """Why there is no alternative: what the first answer hangs on, what was tried in vain, or what was not told."""
    if not [finding for finding in findings if not finding.details.get("asked")]:
        return f"{NONE_MADE} Nothing was found that surely hurts."
    asked = [idea for idea in ideas if idea.became == "question"]
    if asked:
        hangs = "One idea hangs on an answer" if len(asked) == 1 else f"{len(asked)} ideas hang on answers; the first"
        return f"{NONE_MADE} {hangs}: {asked[0].reason}"
    refused = [idea for idea in ideas if idea.became == "refused"]
    if refused:
        return f"{NONE_MADE} {refused[0].proposal.title} was tried and left out: {refused[0].reason}"
    causes = {cause for finding in findings for cause in finding.details.get("causes", ())}
    if causes and causes <= set(OUTSIDE):
        return f"{NONE_MADE} {OF_OTHERS}"
    kinds = {finding.kind for finding in findings}
    missing = next((told for kind, told in UNTOLD.items() if kind in kinds), NOT_TOLD)
    return f"{NONE_MADE} {missing}"


def _not_taken(proposal: Proposal, left: Mapping[str, str], weighed: Mapping[str, str]) -> Fate:
    key = f"{proposal.practice}:{proposal.elements[0] if proposal.elements else 'process'}"
    if key in weighed:
        return Fate(proposal, "question", None, weighed[key])
    return Fate(proposal, "refused", None, left.get(proposal.id, NOT_REACHED))
