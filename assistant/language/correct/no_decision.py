"""A decision that is none: `being away is not a decision, take it out`."""

from __future__ import annotations

from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import Sentence
from assistant.language.turn.intent import NO_DECISION
from assistant.process.blocks import Choice
from assistant.process.edits import Delete, Edit, Move, Place

MOST = 3


def read(sentence: Sentence) -> Doubt | None:
    """The ways a decision can go: what it holds is done every time, or never; which decision, where several fit."""
    said = NO_DECISION.match(sentence.text)
    return ways_out(sentence.catalogue, said["what"] or said["about"]) if said else None


def ways_out(catalogue: Catalogue, words: str) -> Doubt | None:
    """The ways in which the decision that words speak of can go; None where there is no decision."""
    found = _meant(catalogue, words)
    ways = [way for choice in found[:MOST] for way in (_always(catalogue, choice), _gone(choice)) if way is not None]
    return Doubt("That decision can go in more ways than one. Do you mean:", tuple(ways[: 2 * MOST])) if ways else None


def _meant(catalogue: Catalogue, words: str) -> list[Choice]:
    """The decisions words speak of, by their question and ways; all there are where they speak of none."""
    said = content(words)
    counted = [
        (sum(any(alike(word, part) for part in content(_told(choice))) for word in said), choice)
        for choice in catalogue.steps if isinstance(choice, Choice)
    ]  # fmt: skip
    most = max((count for count, _ in counted), default=0)
    return [choice for count, choice in counted if count == most]


def _told(choice: Choice) -> str:
    return " ".join([choice.question or "", *(branch.when or "" for branch in choice.branches)])


def _always(catalogue: Catalogue, choice: Choice) -> Outcome | None:
    """What stands on its one way that holds anything, done every time."""
    filled = [branch for branch in choice.branches if branch.do.items]
    if len(filled) != 1:
        return None
    inner = [block.id for block in filled[0].do.items]
    edits: tuple[Edit, ...] = (Move(ids=tuple(inner), place=Place(before=choice.id)), Delete(ids=(choice.id,)))
    names = " and ".join(f"“{catalogue.name(step)}”" for step in inner[:3])
    return Outcome(f"{names} every time, without “{choice.question}”", edits)


def _gone(choice: Choice) -> Outcome:
    return Outcome(f"remove “{choice.question}” with all that hangs on it", (Delete(ids=(choice.id,)),))
