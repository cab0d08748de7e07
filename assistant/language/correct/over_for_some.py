"""Words that tell of nothing but a share of the cases that is over: `one in five is never heard of again`."""

from __future__ import annotations

from assistant.errors import AssistantError
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Choice, End


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
