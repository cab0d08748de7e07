"""Which condition is the alternative of which: "if it is complete …" and, sentences later, "otherwise …"."""

from __future__ import annotations

import re

from assistant.language.offline.meaning.only_at_times import AWAITED
from assistant.language.offline.sentences.same_step import answer, opposed, sibling
from assistant.language.offline.sentences.statements import Item, Said

FAR = 6  # sentences between a condition and its alternative, at most


def alternatives(told: list[Said]) -> dict[int, list[int]]:
    """For each sentence that opens a choice: the sentences that give its other branches."""
    heads: dict[int, int] = {}
    chains: dict[int, list[int]] = {}
    for j, said in enumerate(told):
        i = head_of(told, j, said, heads)
        if i is not None:
            head = heads.get(i, i)
            heads[j] = head
            chains.setdefault(head, []).append(j)
    return chains


_IF_YES = re.compile(r"^\W*(?:and |but )?(?:if|when) (?:yes|so)\b", re.IGNORECASE)
_IF_NO = re.compile(r"^\W*(?:and |but )?(?:if|when) (?:no|not)\b", re.IGNORECASE)


def yes_after_no(text: str, told: list[Said]) -> None:
    """ "If the customer says no, we give it back. If yes, Max repairs it": the other way, not more of the same."""
    for place, said in enumerate(told):
        if said.cue != "so" or not _IF_YES.match(text[said.span.start : said.span.end]):
            continue
        for before in reversed(told[max(0, place - FAR) : place]):
            condition = before.opens_with_if
            if condition is not None or _IF_NO.match(text[before.span.start : before.span.end]):
                no = condition is None or answer(condition) == "no" or condition.negative
                said.cue = "else" if no else said.cue
                break


def without_awaited(told: list[Said], chains: dict[int, list[int]]) -> None:
    """ "When they say yes, …": no question, unless what is done otherwise or how many say so is told."""
    beside = {*chains, *(place for places in chains.values() for place in places)}
    for place, said in enumerate(told):
        first = said.items[0] if said.items else None
        if first is None or first.target != AWAITED or first.condition is None or place in beside:
            continue
        other = any(item.kind == "else" for item in said.items) or told[min(place + 1, len(told) - 1)].cue == "else"
        if not other and first.condition.p is None and any(item.kind == "act" for item in said.items):
            said.items[0] = Item("when", condition=first.condition)


def head_of(told: list[Said], j: int, said: Said, heads: dict[int, int]) -> int | None:
    """The sentence whose choice sentence `j` gives another branch of; None when it gives none."""
    condition = said.opens_with_if
    is_else = said.cue in ("else", "latter") and bool(said.items)
    if condition is None and not is_else:
        return None
    if is_else and condition is None and j and asks(told[j - 1]):
        return None
    for i in range(j - 1, max(-1, j - 1 - FAR), -1):
        other = told[i].opens_with_if
        if other is None or any(item.kind == "else" for item in told[i].items):
            continue
        if is_else and condition is None and any(item.kind == "end" for item in told[i].items):
            return None
        if is_else and condition is None:
            return i
        if condition is not None and (
            sibling(other, condition)
            if i == j - 1 or i in heads or heads.get(j - 1) == i
            else opposed(other, condition)
        ):
            return i
        if is_else:
            return i
    return None


def asks(said: Said) -> bool:
    """Whether a sentence ends in a question that "if not" answers: "asks whether it works"."""
    last = said.items[-1].act if said.items else None
    return (
        last is not None
        and said.opens_with_if is None
        and (" whether " in last.name or last.verb in ("check", "test", "ask", "review", "inspect"))
    )
