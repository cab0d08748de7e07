"""What if a way was taken more or less often: `if the taste was off in 2 % of the cases`, `half as many cracked`."""

from __future__ import annotations

import re

from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.how_often import shared, ways_meant
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.reading import figures_in
from assistant.process.apply import apply
from assistant.process.blocks import Choice, Loop
from assistant.process.model import Process
from assistant.simulation.scenarios import Scenario

NOT_ONE = re.compile(r"(?<![\d.,])0(?:\.0+)? ?(?:%|per ?cent)", re.IGNORECASE)
BY_SO_MUCH = re.compile(r"\b(?:more|less|fewer)\b", re.IGNORECASE)
DENIES = re.compile(r"\b(?:no|not|none|never|nothing|nobody)\b|n't\b", re.IGNORECASE)
QUOTED = re.compile(r"“([^”]+)”")


def another_share(words: str, process: Process) -> tuple[str, Scenario] | None:
    """How it is called, and what it does; None where no share is said, or no way that there is."""
    share = _share(words)
    if share is None or not (way := way_meant(words, process)):
        return None
    return taken_so_often(process, way, share)


def taken_so_often(process: Process, way: str, share: float) -> tuple[str, Scenario]:
    """A branch taken, or a loop run again, in that share of the cases."""
    made = shared(Sentence(Catalogue(process), ""), way, share)
    return made.title, lambda today: apply(today, made.edits)


def way_meant(words: str, process: Process) -> str:
    """The one branch or loop that words speak of; empty where it is none or several. A condition between quotation
    marks is that one, and of `damage` and `no damage` the first is meant unless the words deny something."""
    catalogue = Catalogue(process)
    conditions = {id_: branch.when or "" for id_, branch in catalogue.branches.items()}
    conditions |= {step.id: step.while_ or "" for step in catalogue.steps if isinstance(step, Loop)}
    quoted = {text.strip().lower() for text in QUOTED.findall(words)}
    if len(named := [id_ for id_, when in conditions.items() if when.lower() in quoted]) == 1:
        return named[0]
    found = ways_meant(Sentence(catalogue, words.lower()), words)
    if len(found) > 1 and not DENIES.search(words):
        found = [id_ for id_ in found if not DENIES.search(conditions.get(id_, ""))]
    return found[0] if len(found) == 1 else ""


def told_share(process: Process, way: str) -> float | None:
    """How often a branch is taken or a loop run again today; None where nobody said."""
    catalogue = Catalogue(process)
    block = catalogue.branches.get(way) or catalogue.by_id.get(way)
    return None if block is None or isinstance(block, Choice) else getattr(block, "p", None)


def _share(words: str) -> float | None:
    if BY_SO_MUCH.search(words):
        return None
    if NOT_ONE.search(words):
        return 0.0
    chances = [figure.middle for figure in figures_in(words) if figure.kind == "chance"]
    return chances[0] if chances else None
