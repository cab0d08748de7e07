"""Two forms of one idea, of which one is enough: a small one for Monday, and the one that takes the cause away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.english.alike import long_stems, share
from assistant.redesign.shapes import Finding, Proposal


def instead(proposal: Proposal, taken: Proposal) -> bool:
    """Whether two proposals are forms of the same idea, of which one is enough."""
    return taken.id in proposal.instead_of or proposal.id in taken.instead_of


def stronger(own: Sequence[Proposal], findings: Sequence[Finding]) -> list[Proposal]:
    """Of two forms of one idea the one nearer to what takes the cause away comes first; the others stay as they are."""
    cures = {finding.id: str(finding.details.get("cure") or "") for finding in findings}
    done: list[Proposal] = []
    for proposal in own:
        other = next((place for place, taken in enumerate(done) if instead(proposal, taken)), None)
        if other is not None and _near(proposal, cures) > _near(done[other], cures):
            done.insert(other, proposal)
        else:
            done.append(proposal)
    return done


def _near(proposal: Proposal, cures: Mapping[str, str]) -> float:
    """How much of the first cure of its findings a proposal's title says, 0 to 1."""
    wanted = [long_stems(re.split(r",?\s+or\s+|;", cures.get(name, ""))[0]) for name in proposal.because]
    mine = long_stems(proposal.title)
    return max((share(mine, cure) for cure in wanted), default=0.0)
