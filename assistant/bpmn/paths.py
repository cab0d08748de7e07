"""What is on a path: how much, whether a case can end in it, and the same path without ends of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from assistant.bpmn.address import SUBS
from assistant.bpmn.net import XOR, ForkItem, Item, LeafItem, RingItem, Way
from assistant.bpmn.node_names import told
from assistant.bpmn.raw import RawNode
from assistant.errors import InvalidBpmn

MOST_STEPS = 2000
"""Steps a decision may come to hold when what follows it is copied into its branches."""


def weight(items: Iterable[Item]) -> int:
    """How many steps are on a path, ends not counted."""
    total = 0
    stack = list(items)
    while stack:
        item = stack.pop()
        if isinstance(item, LeafItem):
            total += item.node.tag != "endEvent"
        elif isinstance(item, ForkItem):
            total += 1
            stack.extend(inner for way in item.ways for inner in way.items)
        else:
            total += 1
            stack.extend((*item.do, *item.back))
    return total


def is_end(item: Item) -> bool:
    """Whether an item is an end of the case."""
    return isinstance(item, LeafItem) and item.node.tag == "endEvent"


def ends(items: Iterable[Item]) -> bool:
    """Whether a case can end for good on these items."""
    stack = list(items)
    while stack:
        item = stack.pop()
        if is_end(item):
            return True
        if isinstance(item, ForkItem):
            if any(way.dead for way in item.ways):
                return True
            stack.extend(inner for way in item.ways for inner in way.items)
        elif isinstance(item, RingItem):
            stack.extend((*item.do, *item.back))
    return False


def finished(items: deque[Item], around: RawNode, joined_later: bool) -> deque[Item]:
    """The items of a parallel path so that they all come out at its far end.

    A plain end inside parallel work ends its path and nothing else. Where no join waits (`joined_later` False), what
    follows an early end is moved into the branch that goes on. A terminate end ends the whole case and stays.
    """
    whole = list(items)
    for index, item in enumerate(whole):
        if isinstance(item, LeafItem) and item.node.tag == "endEvent":
            if "terminate" in item.node.events:
                return deque(whole[: index + 1])
            if joined_later:
                raise _starved(item.node, around)
            return deque(whole[:index])
        if not ends([item]):
            continue
        if isinstance(item, ForkItem) and item.kind == XOR:
            if joined_later and not _terminates(item):
                raise _starved(item.node, around)
            if joined_later:
                continue
            return deque([*whole[:index], _closed(item, deque(whole[index + 1 :]), around)])
        if isinstance(item, RingItem) and not _terminates(item):
            raise _starved(item.node, around)
    return deque(whole)


def _closed(fork: ForkItem, rest: deque[Item], around: RawNode) -> ForkItem:
    """A decision with what follows it moved into the branches that go on: once for all in which nothing ends."""
    live = [way for way in fork.ways if not way.dead]
    plain = [way for way in live if not ends(way.items)] if rest else []
    ways = [Way(w.name, w.flow, finished(w.items, around, False), False, w.order) for w in fork.ways if w.dead]
    for way in live:
        if len(plain) < 2 or way not in plain:
            items = finished(deque([*way.items, *rest]), around, False)
            ways.append(Way(way.name, way.flow, items, False, way.order))
    if len(plain) > 1:
        inner: Item = ForkItem(XOR, fork.node, plain)
        name = " or ".join(way.name for way in plain if way.name)
        items = finished(deque([inner, *rest]), around, False)
        ways.append(Way(name, plain[0].flow, items, False, plain[0].order))
    closed = ForkItem(XOR, fork.node, sorted(ways, key=lambda way: way.order))
    if weight([closed]) > MOST_STEPS:
        raise InvalidBpmn(
            f"The parallel paths after {told(around)} end in too many places: {told(fork.node)} is one of them.",
            f"What follows each of them would have to stand on its own, over {MOST_STEPS:,} steps in all.",
            "Let the parallel paths reach one join, and let the case end behind it.",
            (fork.node.id, around.id),
        )
    return closed


def _terminates(item: Item) -> bool:
    """Whether every end in an item ends the whole case."""
    stack: list[Item] = [item]
    while stack:
        inner = stack.pop()
        if isinstance(inner, LeafItem):
            if inner.node.tag == "endEvent" and "terminate" not in inner.node.events:
                return False
        elif isinstance(inner, ForkItem):
            for way in inner.ways:
                if way.dead and not any(map(is_end, way.items)) and not ends(way.items):
                    return False
                stack.extend(way.items)
        else:
            stack.extend((*inner.do, *inner.back))
    return True


def _starved(node: RawNode, around: RawNode) -> InvalidBpmn:
    if around.tag in SUBS:
        return InvalidBpmn(
            f"A subprocess can end in the middle of a loop, at {told(node)}.",
            "That ends the subprocess alone and not the case, which cannot be told of a loop here.",
            "Let the loop come to its own way out, and let the subprocess end behind it.",
            (node.id,),
        )
    place = f" after {told(around)}" if around.name else ""
    return InvalidBpmn(
        f"A path of the parallel work{place} can end at {told(node)}.",
        "The join behind it, or the loop around it, would wait for that path for ever.",
        "Let every parallel path reach the join, or end the whole case there with a terminate end event.",
        tuple(dict.fromkeys((node.id, around.id))),
    )  # fmt: skip
