"""What goes wrong in a share of the cases and is put right: "once in ten jobs the size is wrong. Then Ben has to drive
back". What is done then belongs to those cases; how often it goes wrong is an error of the step before all the same.
"""

from __future__ import annotations

import re

from assistant.language.offline.sentences.chances import chance_is_error, names_an_error
from assistant.language.offline.sentences.statements import Item, Said

_MENDED = re.compile(r"\b(?:has to|have to|must|needs? to|then|again|back|new|anew|instead|once more)\b", re.I)
"""The words by which what is done then is told apart from what goes on for all."""


def put_right(text: str, told: list[Said]) -> None:
    """Open a way for what goes wrong where the same sentence or the next one tells what is done about it."""
    for place, said in enumerate(told):
        mark = next((mark for mark in said.marks if chance_is_error(mark)), None)
        if said.wrong is None or mark is None or said.row or any(item.kind != "act" for item in said.items):
            continue
        said.items = [item for item in said.items if item.act is None or not names_an_error(item.act.thing)]
        start = next(
            (k for k, item in enumerate(said.items) if item.act and item.act.span.start > mark.quantity.b), None
        )
        if start is not None:
            if _MENDED.search(text, mark.quantity.b, said.span.end):
                said.items.insert(start, Item("if", condition=said.wrong))
            continue
        after = told[place + 1] if place + 1 < len(told) else None
        if after is None or said.items or after.cue not in ("then", "so") or not after.acts():
            continue
        if _MENDED.search(re.sub(r"^\W*then\b", "", text[after.span.start : after.span.end], flags=re.I)):
            said.items, said.carries, said.unread = [Item("if", condition=said.wrong)], True, False
