"""Folds a net into nested items, step by step, until one edge leads from the entry to the exit.

Simple patterns fold in linear time: steps in a row, branches between a split and its join, a way back from a split to
the join before it, a branch that ends. Where the flow is not nested cleanly, the rest is untangled within a bound
(untangle.py) and folding goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from assistant.bpmn.net import (
    AND,
    ENTRY,
    EXIT,
    LEAF,
    OR,
    XOR,
    Edge,
    ForkItem,
    Item,
    LeafItem,
    Net,
    Place,
    RingItem,
    Way,
    silent_end,
)
from assistant.bpmn.node_names import told
from assistant.bpmn.paths import finished, is_end
from assistant.bpmn.raw import RawNode

MAX_WORK = 60_000
JOINS = {XOR: (XOR, OR), AND: (AND, OR), OR: (OR,)}


class Reducer:
    """Folds a net. `notes` collects what had to be done to it that a reader should know."""

    def __init__(self, net: Net, notes: list[str]) -> None:
        self.net, self.notes = net, notes
        self.todo: deque[Place] = deque(net.places)
        self.waiting: set[Place] = set(net.places)

    def fold(self) -> None:
        """Apply the simple patterns until none fits."""
        while self.todo:
            place = self.todo.popleft()
            self.waiting.discard(place)
            if place in self.net.places:
                self.visit(place)

    def touch(self, *places: Place) -> None:
        """Have places looked at again."""
        for place in places:
            if place not in self.waiting:
                self.waiting.add(place)
                self.todo.append(place)

    def visit(self, place: Place) -> None:
        """Fold what can be folded at one place."""
        if place.kind in (ENTRY, EXIT):
            return
        if place.kind == LEAF:
            self._fold_leaf(place)
        elif not place.ins and not place.dead:
            for edge in list(place.outs):
                self.unhook(edge)
            del self.net.places[place]
        elif len(place.outs) == 1 and len(place.ins) == 1 and not place.dead:
            self._bypass(place, ())
        elif len(place.outs) == 1 and place.kind == OR and len(place.ins) > 1:
            self._settle(place)
        if place in self.net.places and place.kind in (XOR, AND, OR) and len(place.outs) + len(place.dead) > 1:
            self._split(place)

    def _settle(self, join: Place) -> None:
        """A join whose split has long been folded: have the splits before it looked at again.

        Only these: joins in a circle would have one another looked at for ever.
        """
        self.touch(*(edge.source for edge in join.ins if edge.source.kind in JOINS and len(edge.source.outs) > 1))

    def _fold_leaf(self, place: Place) -> None:
        if len(place.ins) == 1 and len(place.outs) == 1:
            self._bypass(place, (place.item or LeafItem(place.node),))

    def _bypass(self, place: Place, middle: Iterable[Item]) -> None:
        """Replace a place with one way in and one way out by an edge that carries `middle`."""
        (one,), (two,) = place.ins, place.outs
        ends = one.ends or two.ends
        items = joined(one.items, deque(middle), two.items)
        self.unhook(one)
        self.unhook(two)
        del self.net.places[place]
        edge = self.net.connect(one.source, two.target, one.name, one.flow, one.order)
        edge.items, edge.ends = items, ends
        self.touch(edge.source, edge.target)

    def unhook(self, edge: Edge) -> None:
        """Take an edge out of the net."""
        edge.source.outs.pop(edge, None)
        edge.target.ins.pop(edge, None)

    def _split(self, split: Place) -> None:
        if len(split.ins) != 1:
            return
        if split.kind == XOR:
            self._shared_end(split)
        targets = {edge.target for edge in split.outs}
        if len(targets) == 1:
            (target,) = targets
            if target.kind == EXIT:
                self.early_ends(split) if split.kind == XOR else self._all_end(split)
            elif len(split.outs) > 1 and target.kind in JOINS[split.kind]:
                self._block(split, list(split.outs), target)
            elif len(split.outs) == 1 and split.dead:
                self._only_way(split)
        elif split.kind == XOR:
            self._ring(split)
        if split in self.net.places and len(split.outs) > 1 and split.kind in (AND, OR):
            self._part(split)

    def _shared_end(self, split: Place) -> None:
        """A decision whose branches all end, one in an end shared with other paths, gets that end for itself."""
        on = [edge for edge in split.outs if edge.target.kind != EXIT]
        if len(on) != 1 or len(split.outs) < 2 or on[0].target.kind not in (XOR, OR) or len(on[0].target.outs) != 1:
            return
        join = on[0].target
        (out,) = join.outs
        if out.target.kind != EXIT or not all(map(is_end, out.items)) or join.dead:
            return
        self.replace(on[0], self.net.exit, deque(out.items), out.ends)
        self.touch(join)

    def early_ends(self, split: Place) -> None:
        """Branches of a decision that lead to the exit end by themselves."""
        ended = [edge for edge in split.outs if edge.target.kind == EXIT]
        for edge in ended:
            items = joined(edge.items, _stop(edge))
            split.dead.append(Way(edge.name, edge.flow, items, True, edge.order))
            self.unhook(edge)
        if not ended:
            return
        if not split.outs:
            self._all_ended(split)
        elif len(split.outs) == 1:
            self._only_way(split)

    def _all_ended(self, split: Place) -> None:
        """Every branch ends: the longest goes on on the main line, unless all are short and equal in rank."""
        main = max(split.dead, key=lambda way: len(way.items))
        rest: deque[Item] = deque()
        bare = all(len(way.items) < 2 for way in split.dead if way is not main) and len(main.items) > 1
        if bare or len(main.items) > 3 or any(isinstance(item, ForkItem | RingItem) for item in main.items):
            rest = main.items
            split.dead[split.dead.index(main)] = Way(main.name, main.flow, deque(), False, main.order)
        fork = ForkItem(XOR, split.node, _ordered(split.dead))
        (into,) = split.ins
        self.unhook(into)
        del self.net.places[split]
        edge = self.net.connect(into.source, self.net.exit, into.name, into.flow, into.order)
        edge.items, edge.ends = joined(into.items, deque([fork]), rest), True
        self.touch(edge.source, edge.target)

    def _only_way(self, split: Place) -> None:
        """A decision where one branch goes on and the others end: what follows stays on the main line."""
        (out,) = split.outs
        fork = ForkItem(XOR, split.node, _ordered([*split.dead, Way(out.name, out.flow, deque(), False, out.order)]))
        split.dead = []
        (into,) = split.ins
        into.ends = True
        self._bypass(split, (fork,))

    def _block(self, split: Place, edges: list[Edge], join: Place) -> None:
        """Branches from a split to a join become one edge."""
        ways = [Way(e.name, e.flow, e.items, False, e.order) for e in edges]
        ends = any(edge.ends for edge in edges) or bool(split.dead)
        if split.kind != XOR and ends:
            for way in ways:
                way.items = finished(way.items, split.node, joined_later=join.kind == AND)
            if join.kind == OR:
                self.notes.append(
                    f"A path after {told(split.node)} can end by itself; where no other path is taken the case is "
                    "played on behind them, as drawn it ends there."
                )
            ends = False
        whole = len(edges) == len(split.outs)
        fork = ForkItem(split.kind, split.node, _ordered([*ways, *(split.dead if whole else ())]))
        for edge in edges:
            self.unhook(edge)
        if whole:
            split.dead = []
        made = self.net.connect(split, join, "" if whole else _names(edges), edges[0].flow, edges[0].order)
        made.items, made.ends = deque([fork]), ends
        self.touch(split, join)

    def _all_end(self, split: Place) -> None:
        """Paths side by side of which each runs to its own end: the block is the last thing."""
        ways = [
            Way(e.name, e.flow, finished(e.items, split.node, joined_later=False), False, e.order) for e in split.outs
        ]
        (into,) = split.ins
        fork = ForkItem(split.kind, split.node, _ordered(ways))
        for edge in (*split.outs, into):
            self.unhook(edge)
        del self.net.places[split]
        edge = self.net.connect(into.source, self.net.exit, into.name, into.flow, into.order)
        edge.items, edge.ends = joined(into.items, deque([fork])), into.ends
        self.touch(edge.source, edge.target)

    def _ring(self, split: Place) -> None:
        """A way back from a decision to the merge right before it is a loop."""
        (into,) = split.ins
        join = into.source
        if join.kind not in (XOR, OR) or len(join.outs) != 1:
            return
        back = [edge for edge in split.outs if edge.target is join]
        if not back or len(join.ins) == len(back):
            return
        rest = [edge for edge in split.outs if edge.target is not join]
        until = rest[0].name if len(rest) == 1 and not split.dead else ""
        if len(back) == 1:
            items, again, flow_order = back[0].items, back[0].name, back[0].order
        else:
            ways = [Way(e.name, e.flow, e.items, False, e.order) for e in back]
            items, again, flow_order = deque([ForkItem(XOR, split.node, _ordered(ways))]), _names(back), back[0].order
        ring = RingItem(split.node, into.items, items, again, until)
        ends = into.ends or any(edge.ends for edge in back)
        for edge in (*back, into):
            self.unhook(edge)
        made = self.net.connect(join, split, "", "", flow_order)
        made.items, made.ends = deque([ring]), ends
        if until:
            rest[0].name = ""
        self.touch(join, split)

    def _part(self, split: Place) -> None:
        """Some paths of a parallel split meet in a join that only they reach: a block within the block."""
        groups: dict[Place, list[Edge]] = {}
        for edge in split.outs:
            groups.setdefault(edge.target, []).append(edge)
        for target, edges in groups.items():
            if len(edges) > 1 and target.kind in JOINS[split.kind] and len(target.ins) == len(edges):
                self._block(split, edges, target)
                return

    def group(self, split: Place, edges: list[Edge], join: Place) -> None:
        """Put some branches of a decision together as a decision of their own."""
        self._block(split, edges, join)

    def replace(self, edge: Edge, target: Place, more: deque[Item], ends: bool) -> None:
        """Let an edge lead on to `target` with `more` steps on it."""
        edge.target.ins.pop(edge, None)
        self.touch(edge.source, edge.target, target)
        edge.items = joined(edge.items, more)
        edge.ends = edge.ends or ends
        edge.target = target
        target.ins[edge] = None


def joined(*parts: deque[Item]) -> deque[Item]:
    """Items in a row. The longest part is reused, so that long rows fold in about linear time."""
    longest = max(range(len(parts)), key=lambda index: len(parts[index]))
    whole = parts[longest]
    for part in reversed(parts[:longest]):
        whole.extendleft(reversed(part))
    for part in parts[longest + 1 :]:
        whole.extend(part)
    return whole


def _stop(edge: Edge) -> deque[Item]:
    """An end for a branch that comes to none by itself, as after parallel paths that each ran to their own."""
    last = edge.items[-1] if edge.items else None
    stopped = (isinstance(last, LeafItem) and last.node.tag == "endEvent") or (
        isinstance(last, ForkItem) and last.kind == XOR and all(way.dead for way in last.ways)
    )
    return deque() if stopped else deque([silent_end(RawNode(edge.flow or edge.source.node.id, "endEvent"))])


def _ordered(ways: list[Way]) -> list[Way]:
    return sorted(ways, key=lambda way: way.order)


def _names(edges: list[Edge]) -> str:
    return " or ".join(dict.fromkeys(edge.name for edge in sorted(edges, key=lambda e: e.order) if edge.name))


__all__ = ["Reducer", "joined"]
