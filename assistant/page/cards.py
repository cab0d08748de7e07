"""The alternatives as cards: what each would bring, and its proposals to take over, change or turn down."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from assistant.process.apply import apply
from assistant.process.model import Process

if TYPE_CHECKING:
    from assistant.page.desk import Shown
    from assistant.redesign.shapes import Alternative


def alternatives_view(shown: Shown) -> dict[str, Any]:
    """The cards, the recommended one first; each proposal has the number it has in the conversation."""
    from assistant.page.maps import comments_on
    from assistant.page.views import stale
    from assistant.reports.alternatives import alternatives, changed
    from assistant.workspace.comments import ALTERNATIVE

    result = shown.redesign
    if result is None:
        return {"there": False}
    told = zip(alternatives(result), changed(result), strict=True)
    comments = comments_on(shown)
    cards = [
        {
            **card, "offers": _offers(shown, option),
            "comments": comments.get(f"{ALTERNATIVE}{option.name}", []),
        }
        for card, option in told
    ]  # fmt: skip
    return {
        "there": True,
        "stale": stale(shown),
        "listing": shown.listing,
        "cards": sorted(cards, key=lambda card: not card["recommended"]),
        "why": result.why_recommended,
    }


def _offers(shown: Shown, option: Alternative) -> list[dict[str, Any]]:
    """Each proposal of an alternative with its reasons, its fate, and the other alternatives that have it too."""
    from assistant.chat.proposals import why_lines
    from assistant.page.conversation import blocks

    offers = []
    for place, proposal in enumerate(option.proposals):
        told: Any = SimpleNamespace(process=_before(shown, option, place), latest=shown.redesign)
        offers.append({
            "number": _number(shown, proposal),
            "title": proposal.title,
            "practice": proposal.name,
            "why": blocks(why_lines(told, proposal)[1:]),
            "fate": shown.state.decided.get(proposal.id, ""),
            "also": _also(shown, option, proposal),
        })  # fmt: skip
    return offers


def _number(shown: Shown, proposal: Any) -> int:
    """The number of a proposal in the list that is shown: one that two alternatives hold alike has one number."""
    known = [(other.id, other.edits) for other in shown.proposals]
    return known.index((proposal.id, proposal.edits)) + 1


def _also(shown: Shown, option: Alternative, proposal: Any) -> list[str]:
    from assistant.page.maps import title_of

    others = shown.redesign.alternatives if shown.redesign else ()
    wanted = (proposal.id, proposal.edits)
    held = {other.name: [(each.id, each.edits) for each in other.proposals] for other in others if other is not option}
    return [title_of(name) for name, proposals in held.items() if wanted in proposals]


def _before(shown: Shown, option: Alternative, place: int) -> Process:
    """The process a proposal changes: the one looked at, with what its alternative does before it."""
    assert shown.redesign is not None
    edits = [edit for earlier in option.proposals[:place] for edit in earlier.edits]
    return apply(shown.redesign.as_is, edits)
