"""What goes wrong in a share of the cases and is put right: "once in ten jobs the size is wrong. Then Ben has to drive
back". What is done then belongs to those cases; how often it goes wrong is an error of the step before all the same.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.language.offline.sentences.chances import chance_is_error, names_an_error
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Condition, Item, Said
from assistant.process.durations import Span

_MENDED = re.compile(r"\b(?:has to|have to|must|needs? to|then|again|back|new|anew|instead|once more)\b", re.I)
"""The words by which what is done then is told apart from what goes on for all."""


_GOES_BACK = re.compile(
    r"\b(?:go(?:es)?|comes?|(?:is|are|gets?)(?: sent| given| handed)?) (?:straight )?back to "
    r"(?:the |our )?(?P<who>[\w-]+)",
    re.IGNORECASE,
)


def _what_is_wrong(mark: Mark) -> Condition:
    """What is said to be wrong in a share of the cases: "in one of five it is wrong"."""
    q = mark.quantity
    text = " ".join(mark.words[mark.before + q.end - q.start :]) or "it is wrong"
    return Condition(text, False, Span(start=q.a, end=q.b), content(text), p=q.middle)


def put_right(text: str, told: list[Said]) -> None:
    """Open a way for what goes wrong where the same sentence or the next one tells what is done about it."""
    for place, said in enumerate(told):
        _noted_wrong(text, said)
        mark = next((mark for mark in said.marks if chance_is_error(mark)), None)
        if said.wrong is None or mark is None or said.row:
            continue
        ahead = [item for item in said.items if item.act is not None and item.act.span.start < mark.quantity.a]
        back = _GOES_BACK.search(text, mark.quantity.b, said.span.end)
        if back and not any(item.kind == "act" and item not in ahead for item in said.items):
            said.items = [*ahead, Item("if", condition=_what_is_wrong(mark)), Item("back", target=back["who"])]
            continue
        if any(item.kind != "act" for item in said.items):
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


_NOTE = re.compile(
    r"^\W*(?:often |sometimes |now and then )?(?P<what>.*?)[\s,;:–-]*(?:say|about|maybe|perhaps)?\W*$", re.I
)
_MOST_NOTED = 8


def _noted_wrong(text: str, said: Said) -> None:
    """ "Often wrong patient, say 1 in 15": what goes wrong, told without a verb."""
    shares = [mark for mark in said.marks if mark.quantity.kind == "chance"]
    if said.items or said.row or said.wrong is not None or len(shares) != 1 or len(said.words) > _MOST_NOTED:
        return
    share = shares[0]
    note = _NOTE.match(text[said.span.start : share.quantity.a])
    told = note["what"].lower().split() if note else []
    behind = share.words[share.before + share.quantity.end - share.quantity.start :]
    if len(told) < 2 or behind or not any(map(names_an_error, told)):
        return
    span = Span(start=said.span.start, end=share.quantity.a)
    said.wrong = Condition(" ".join(told), False, span, content(" ".join(told)), p=share.quantity.middle)
    said.marks[said.marks.index(share)] = replace(share, words=(*told, *share.words), before=share.before + len(told))
