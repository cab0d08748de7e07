"""Turns a net into the items of a tree: folds what is nested, untangles what crosses, and folds again."""

from __future__ import annotations

from collections import deque

from assistant.bpmn.joins_that_wait import Drawn
from assistant.bpmn.net import LEAF, Item, Net
from assistant.bpmn.reduce import MAX_WORK, Reducer
from assistant.bpmn.untangle import refusal, untangle
from assistant.errors import InvalidBpmn


def reduce_net(net: Net, notes: list[str]) -> deque[Item]:
    """The items of a net in order. Raises InvalidBpmn, naming the join that waits for ever or else what crosses."""
    drawn = Drawn(net)
    try:
        return _reduced(net, notes)
    except InvalidBpmn as fault:
        raise drawn.fault() or fault from None


def _reduced(net: Net, notes: list[str]) -> deque[Item]:
    reducer = Reducer(net, notes)
    reducer.fold()
    budget = 60 + 2 * sum(1 for place in net.places if place.kind != LEAF) + len(net.places)
    work, limit = 0, max(MAX_WORK, 6 * len(net.places))
    while True:
        outs = list(net.entry.outs)
        if len(outs) == 1 and outs[0].target is net.exit:
            return outs[0].items
        work += len(net.places) + sum(len(place.outs) for place in net.places)
        spent = untangle(reducer, budget) if work < limit else 0
        if not spent:
            raise refusal(net)
        budget -= spent - 1
        reducer.fold()
