"""A decision that is none: `being away is not a decision, take it out`, `remove the question “Rotten?”`."""

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
    found = _meant(sentence, said["what"] or said["about"] or said["named"]) if said else []
    ways = [
        way for choice in found[:MOST] for way in (always(sentence.catalogue, choice), _gone(choice)) if way is not None
    ]
    return Doubt("That decision can go in more ways than one. Do you mean:", tuple(ways[: 2 * MOST])) if ways else None


def _meant(sentence: Sentence, words: str) -> list[Choice]:
    """The decisions words speak of, by their question and ways; all there are where they speak of none."""
    said = content(words)
    counted = [
        (sum(any(alike(word, part) for part in content(_told(choice))) for word in said), choice)
        for choice in sentence.catalogue.steps if isinstance(choice, Choice)
    ]  # fmt: skip
    most = max((count for count, _ in counted), default=0)
    return [choice for count, choice in counted if count == most]


def _told(choice: Choice) -> str:
    return " ".join([choice.question or "", *(branch.when or "" for branch in choice.branches)])


def decisions_called(catalogue: Catalogue, name: str) -> tuple[Outcome, ...]:
    """The ways in which the decisions can go whose question or ways hold every word of a name (`Is rotten?`)."""
    said = content(name)
    own = [
        choice for choice in catalogue.steps if isinstance(choice, Choice)
        and said and all(any(alike(word, part) for part in content(_told(choice))) for word in said)
    ]  # fmt: skip
    ways = [way for choice in own[:MOST] for way in (always(catalogue, choice), _gone(choice)) if way is not None]
    return tuple(ways[: 2 * MOST])


def always(catalogue: Catalogue, choice: Choice) -> Outcome | None:
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
