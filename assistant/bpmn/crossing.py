"""Parallel paths that cross: what comes after what is no nesting of rows and side-by-side blocks.

The smallest case is an N: c waits for a and b, d waits for b alone. A tree cannot say that at once, but two trees can:
either d comes before c, or d comes after all that c waits for. Every order of the steps belongs to one of the two, and
none is added, if d is a single step. (The other way round, if a is: either a comes after b, or before all that waits
for b.) So a crossing becomes a choice between orders, again and again, within a bound.
"""

from __future__ import annotations

from collections import deque

from assistant.bpmn.net import AND, EXIT, XOR, Edge, ForkItem, Item, LeafItem, Place, Way
from assistant.bpmn.node_names import told
from assistant.bpmn.paths import finished, weight
from assistant.bpmn.raw import RawNode
from assistant.bpmn.reduce import Reducer
from assistant.errors import InvalidBpmn

MAX_STEPS, MAX_TRIES, MAX_CUTS, MAX_PLACES = 60, 60, 4, 120


def uncross(work: Reducer, budget: int) -> int:
    """Turn one region of crossing parallel paths into an edge. Returns 1 + the steps it added, 0 when there is none."""
    if len(work.net.places) > MAX_PLACES:
        return 0
    for split in list(work.net.places):
        if split.kind != AND or len(split.ins) != 1 or len(split.outs) < 2:
            continue
        for end in [place for place in work.net.places if place.kind in (AND, EXIT) and place is not split]:
            inside = _region(split, end)
            if inside is not None and (spent := _replace(work, split, inside, end, budget)):
                return spent
    return 0


def _region(split: Place, end: Place) -> list[Edge] | None:
    """The edges between a split and `end`, if all is parallel, runs in no circle and nothing else leads in or out."""
    places: dict[Place, None] = {split: None}
    edges: list[Edge] = []
    stack = [split]
    while stack:
        for edge in stack.pop().outs:
            edges.append(edge)
            there = edge.target
            if there is not end and there not in places:
                if there.kind != AND:
                    return None
                places[there] = None
                stack.append(there)
    closed = all(edge.source in places for place in places if place is not split for edge in place.ins)
    met = end.kind == EXIT or all(edge.source in places for edge in end.ins)
    reaches = any(edge.target is end for edge in edges)
    if not (closed and met and reaches) or len(edges) > MAX_STEPS or _ranked(places) is None:
        return None
    return edges


def _ranked(places: dict[Place, None]) -> list[Place] | None:
    """The places in an order in which all edges lead on; None where they run in a circle."""
    missing = {place: sum(edge.source in places for edge in place.ins) for place in places}
    ready = [place for place, number in missing.items() if not number]
    found: list[Place] = []
    while ready:
        place = ready.pop()
        found.append(place)
        for edge in place.outs:
            if edge.target in missing:
                missing[edge.target] -= 1
                if not missing[edge.target]:
                    ready.append(edge.target)
    return found if len(found) == len(places) else None


def _replace(work: Reducer, split: Place, edges: list[Edge], end: Place, budget: int) -> int:
    order = _Order(split.node, work.notes)
    before = sum(weight(edge.items) for edge in edges)
    try:
        items = order.items(edges, ends=end.kind == EXIT)
    except InvalidBpmn:
        return 0
    added = weight(items) - before
    if items is None or added > budget + 20:
        return 0
    (into,) = split.ins
    for place in {edge.source for edge in edges}:
        for edge in list(place.ins) + list(place.outs):
            work.unhook(edge)
        work.net.places.pop(place, None)
    made = work.net.connect(into.source, end, into.name, into.flow, into.order)
    made.items, made.ends = into.items, into.ends
    made.items.extend(items)
    work.touch(made.source, end)
    work.notes.extend(order.told)
    return max(added, 0) + 1


class _Order:
    """A partial order of items, taken apart into rows, side-by-side blocks and choices between orders."""

    def __init__(self, node: RawNode, notes: list[str]) -> None:
        self.node, self.told = node, list[str]()
        self.tries = self.made = 0

    def items(self, edges: list[Edge], ends: bool) -> deque[Item]:
        """The items of a region in a nesting of the same behaviour. Raises InvalidBpmn where that is out of bounds."""
        chains = {
            edge: list(finished(edge.items, self.node, joined_later=not (ends and edge.target.kind == EXIT)))
            for edge in edges
        }
        elements = [item for chain in chains.values() for item in chain]
        if len(elements) > MAX_STEPS:
            raise InvalidBpmn("Too many parallel paths cross.")
        after = _closure(edges, chains, {id(item): index for index, item in enumerate(elements)})
        for cuts in range(1, MAX_CUTS + 1):
            self.tries, self.told = 0, []
            try:
                return deque(self._taken_apart(elements, frozenset(range(len(elements))), after, cuts))
            except InvalidBpmn:
                continue
        raise InvalidBpmn("Parallel paths cross in too many ways.")

    def _taken_apart(self, elements: list[Item], among: frozenset[int], after: list[set[int]], cuts: int) -> list[Item]:
        if not among:
            return []
        if len(among) == 1:
            return [elements[next(iter(among))]]
        rows = _rows(among, after)
        if len(rows) > 1:
            return [item for row in rows for item in self._taken_apart(elements, row, after, cuts)]
        sides = _sides(among, after)
        if len(sides) > 1:
            ways = [
                Way("", "", deque(self._taken_apart(elements, side, after, cuts)), False, number)
                for number, side in enumerate(sides)
            ]
            return [ForkItem(AND, self._new("side"), ways)]
        return [self._either(elements, among, after, cuts)]

    def _either(self, elements: list[Item], among: frozenset[int], after: list[set[int]], cuts: int) -> Item:
        """A crossing as a choice between two orders."""
        options = _cuts(elements, among, after) if cuts else []
        ranked = sorted(
            options, key=lambda cut: sum(len(_cuts(elements, among, _with(after, more))) for more in cut[2:])
        )
        for first, second, forth, back in ranked:
            self.tries += 1
            if self.tries > MAX_TRIES:
                break
            try:
                halves = [self._taken_apart(elements, among, _with(after, more), cuts - 1) for more in (forth, back)]
            except InvalidBpmn:
                continue
            a, b = _title(elements[first]), _title(elements[second])
            self.told.append(f"The parallel paths with {a} and {b} cross; their possible orders are shown as a choice.")
            ways = [Way(f"{a} first", "", deque(halves[0]), False, 0), Way("otherwise", "", deque(halves[1]), False, 1)]
            return ForkItem(XOR, self._new("order", f"{a} before {b}?"), ways)
        raise InvalidBpmn("Parallel paths cross in too many ways.")

    def _new(self, stem: str, name: str = "") -> RawNode:
        self.made += 1
        return RawNode(f"{self.node.id}_{stem}{self.made}", "implicit", name)


def _closure(edges: list[Edge], chains: dict[Edge, list[Item]], number: dict[int, int]) -> list[set[int]]:
    """For each item those that come after it."""
    leaving: dict[Place, list[Edge]] = {}
    for edge in edges:
        leaving.setdefault(edge.source, []).append(edge)
    later: dict[Place, set[int]] = {}

    def behind(place: Place) -> set[int]:
        if place not in later:
            later[place] = set()
            for edge in leaving.get(place, ()):
                later[place] |= {number[id(item)] for item in chains[edge]} | behind(edge.target)
        return later[place]

    after: list[set[int]] = [set() for _ in number]
    for edge, chain in chains.items():
        rest = behind(edge.target)
        for item in reversed(chain):
            after[number[id(item)]] = set(rest)
            rest = rest | {number[id(item)]}
    return after


def _rows(among: frozenset[int], after: list[set[int]]) -> list[frozenset[int]]:
    """The parts that follow each other completely."""
    rows: list[frozenset[int]] = []
    rest = set(among)
    ranked = sorted(among, key=lambda e: -len(after[e] & among))
    part: set[int] = set()
    for element in ranked:
        part.add(element)
        rest.discard(element)
        if all(rest <= after[e] for e in part):
            rows.append(frozenset(part))
            part = set()
    return rows


def _sides(among: frozenset[int], after: list[set[int]]) -> list[frozenset[int]]:
    """The parts that have nothing to do with each other."""
    left, sides = set(among), list[frozenset[int]]()
    while left:
        stack = [min(left)]
        part: set[int] = set()
        while stack:
            here = stack.pop()
            if here in part:
                continue
            part.add(here)
            stack.extend(e for e in left if e not in part and (e in after[here] or here in after[e]))
        left -= part
        sides.append(frozenset(part))
    return sides


Pairs = list[tuple[int, int]]


def _cuts(elements: list[Item], among: frozenset[int], after: list[set[int]]) -> list[tuple[int, int, Pairs, Pairs]]:
    """Each N whose loose end is one step: two items, and what to add to the order in the one case and in the other."""
    before = {e: {f for f in among if e in after[f]} for e in among}
    found: list[tuple[int, int, Pairs, Pairs]] = []
    others: list[tuple[int, int, Pairs, Pairs]] = []
    for c in sorted(among):
        for d in sorted(among):
            if c == d or d in after[c] or c in after[d] or not _single(elements[d]):
                continue
            if before[c] & before[d] and before[c] - before[d]:
                found.append((d, c, [(d, c)], [(p, d) for p in before[c]]))
            elif (after[c] & after[d] & among) and (after[c] - after[d]) & among:
                others.append((c, d, [(c, d)], [(d, s) for s in after[c] & among]))
    return found + others


def _single(item: Item) -> bool:
    """Whether an item is seen as one step at most."""
    if isinstance(item, LeafItem):
        node = item.node
        return not node.loop and not (node.inner and node.inner.nodes) and node.tag != "callActivity"
    if isinstance(item, ForkItem) and item.kind == XOR:
        return all(
            len(way.items) <= 1 and all(isinstance(i, LeafItem) and _single(i) for i in way.items) for way in item.ways
        )
    return False


def _with(after: list[set[int]], pairs: list[tuple[int, int]]) -> list[set[int]]:
    """The order with more pairs (first, then), closed again."""
    closed = [set(later) for later in after]
    for first, then in pairs:
        gain = {then} | closed[then]
        for index, later in enumerate(closed):
            if index == first or first in later:
                later |= gain
    return closed


def _title(item: Item) -> str:
    """An item by a name a reader knows."""
    if isinstance(item, LeafItem):
        return item.node.name or f"the unnamed {told(item.node).split()[1]}"
    if isinstance(item, ForkItem):
        inner = next((i for way in item.ways for i in way.items), None)
        return item.node.name or (_title(inner) if inner else item.node.id)
    return item.node.name or item.node.id
