"""Words that tell of nothing but a share of the cases that is over: `one in five is never heard of again`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import AssistantError
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Choice, End
from assistant.process.describe import name_of
from assistant.process.edits import Edit, Insert, Place
from assistant.process.model import Process
from assistant.process.tree import branches

MOST_ASKED = 6
"""Behind so many steps at most it is offered to put the way."""


def over_for_some(words: str) -> bool:
    """Whether words, read as a piece of a story, tell a way that ends there and no step."""
    from assistant.language.offline.story import read as read_piece

    if not any(figure.kind == "chance" and not figure.vague for figure in figures_in(words)):
        return False
    try:
        items = read_piece(words[:1].upper() + words[1:], piece=True).process.flow.items
    except AssistantError:
        return False
    ways = [branch.do.items for item in items if isinstance(item, Choice) for branch in item.branches]
    return len(items) == 1 and any(way for way in ways) and all(isinstance(step, End) for way in ways for step in way)


def placed(process: Process, words: str, edits: Sequence[Edit]) -> Outcome | Doubt:
    """The edits with the way that ends there behind the step its words speak of; where they speak of none, behind which
    step is asked. No edits where such a way is there already."""
    made = [block for edit in edits if isinstance(edit, Insert) for block in edit.blocks if isinstance(block, Choice)]
    over = {(way.when, way.p) for choice in made for way in choice.branches if way.do.items}
    if over & {(way.when, way.p) for _, way in branches(process).values()}:
        return Outcome("how many drop out", ())
    catalogue = Catalogue(process)
    row = [id_ for id_ in catalogue.rows["flow"] if catalogue.name(id_)]
    said = content(words)
    shared = {id_: sum(any(alike(word, own) for own in content(catalogue.name(id_))) for word in said) for id_ in row}
    most = max(shared.values(), default=0)
    meant = [id_ for id_ in row if shared[id_] == most][-1:] if most else row[:MOST_ASKED]
    ways = tuple(
        Outcome(f"behind {name_of(catalogue.by_id[id_])}", tuple(_behind(edit, Place(after=id_)) for edit in edits))
        for id_ in meant
    )
    return ways[0] if len(ways) == 1 else Doubt("Behind which step is it over for them?", ways)


def _behind(edit: Edit, place: Place) -> Edit:
    return edit.model_copy(update={"place": place}) if isinstance(edit, Insert) else edit
