"""Untangles what does not nest: by grouping branches, merging equal decisions and copying shared tails, cheapest first.

Each way keeps the behaviour: decisions with the same ways out are one decision; what follows a merge may stand once
for each path that reaches it. Copies cost, so they are bounded, and the reader is told.
"""

from __future__ import annotations

from collections import deque

from assistant.bpmn.crossing import uncross
from assistant.bpmn.net import AND, ENTRY, EXIT, LEAF, OR, XOR, Edge, Net, Place
from assistant.bpmn.node_names import told
from assistant.bpmn.paths import weight
from assistant.bpmn.reduce import Reducer
from assistant.errors import InvalidBpmn


def untangle(work: Reducer, budget: int) -> int:
    """Make one change to a net that no simple pattern fits. Returns 1 + the copies it cost, 0 when there is none."""
    if _early_ends(work) or _group(work) or _merge_equal(work):
        return 1
    return (
        _copy_tail(work, 0)
        or uncross(work, budget)
        or _copy_tail(work, budget)
        or _copy_split(work, budget)
        or _hoist(work, budget)
        or _merge_joins(work, budget)
    )


def _early_ends(work: Reducer) -> bool:
    """Branches that end by themselves: all those outside loops, else the shortest that is no loop's only way out."""
    looping = circles(work.net)
    closing = _turning(work.net) if looping else set()
    inside: list[tuple[tuple[bool, int], Place]] = []
    done = False
    for split in list(work.net.places):
        if split.kind != XOR or len(split.ins) != 1 or not any(edge.target.kind == EXIT for edge in split.outs):
            continue
        if split in looping:
            cost = sum(weight(edge.items) for edge in split.outs if edge.target.kind == EXIT)
            inside.append(((split in closing, cost), split))
        else:
            work.early_ends(split)
            work.touch(split)
            done = True
    if done:
        return True
    for _, split in sorted(inside, key=lambda pair: pair[0]):
        if _leads_out(split):
            work.early_ends(split)
            work.touch(split)
            return True
    return False


def _turning(net: Net) -> set[Place]:
    """The places that close a loop: an edge of theirs leads to a place still open in a depth-first walk."""
    found: set[Place] = set()
    opened: set[Place] = set()
    seen: set[Place] = {net.entry}
    stack: list[tuple[Place, list[Place]]] = [(net.entry, [edge.target for edge in net.entry.outs])]
    opened.add(net.entry)
    while stack:
        here, after = stack[-1]
        if not after:
            opened.discard(here)
            stack.pop()
            continue
        there = after.pop()
        if there in opened:
            found.add(here)
        elif there not in seen:
            seen.add(there)
            opened.add(there)
            stack.append((there, [edge.target for edge in there.outs]))
    return found


def _leads_out(split: Place) -> bool:
    """Whether the exit can be reached from a split also by other ways than directly."""
    stack = [edge.target for edge in split.outs if edge.target.kind != EXIT]
    seen: set[Place] = {split}
    while stack:
        here = stack.pop()
        if here.kind == EXIT:
            return True
        if here not in seen:
            seen.add(here)
            stack.extend(edge.target for edge in here.outs)
    return False


def circles(net: Net) -> set[Place]:
    """The places that lie on a circle: strongly connected components of more than one place (Tarjan 1972)."""
    index: dict[Place, int] = {}
    low: dict[Place, int] = {}
    path: list[Place] = []
    on_path: set[Place] = set()
    found: set[Place] = set()
    for root in net.places:
        if root in index:
            continue
        work: list[tuple[Place, list[Place]]] = [(root, [edge.target for edge in root.outs])]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            here, after = work[-1]
            if after:
                there = after.pop()
                if there not in index:
                    index[there] = low[there] = len(index)
                    path.append(there)
                    on_path.add(there)
                    work.append((there, [edge.target for edge in there.outs]))
                elif there in on_path:
                    low[here] = min(low[here], index[there])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[here])
            if low[here] == index[here]:
                group = []
                while True:
                    group.append(path.pop())
                    on_path.discard(group[-1])
                    if group[-1] is here:
                        break
                if len(group) > 1:
                    found.update(group)
    return found


def _group(work: Reducer) -> bool:
    """Branches of a decision that meet before the others do."""
    for split in work.net.places:
        if split.kind != XOR or len(split.ins) != 1:
            continue
        groups: dict[Place, list[Edge]] = {}
        for edge in split.outs:
            groups.setdefault(edge.target, []).append(edge)
        for target, edges in groups.items():
            if len(edges) > 1 and target.kind in (XOR, OR):
                work.group(split, edges, target)
                return True
    return False


def _merge_equal(work: Reducer) -> bool:
    """Two decisions with the same ways out, and nothing on them, are one decision asked from two sides."""
    found: dict[frozenset[Place], Place] = {}
    for split in list(work.net.places):
        if split.kind != XOR or len(split.outs) < 2 or split.dead or any(edge.items for edge in split.outs):
            continue
        targets = frozenset(edge.target for edge in split.outs)
        if len(targets) != len(split.outs):
            continue
        other = found.setdefault(targets, split)
        if other is not split:
            _merge(work, other, split)
            return True
    return False


def _merge(work: Reducer, kept: Place, gone: Place) -> None:
    net = work.net
    if len(kept.ins) == 1:
        join = net.place(XOR, kept.node)
        (edge,) = kept.ins
        work.replace(edge, join, deque(), False)
        net.connect(join, kept)
    (into,) = kept.ins
    join = into.source
    names = {edge.target: edge.name for edge in gone.outs}
    for edge in kept.outs:
        other = names[edge.target]
        if other and other not in edge.name.split(" or "):
            edge.name = f"{edge.name} or {other}" if edge.name else other
    for edge in list(gone.ins):
        work.replace(edge, join, deque(), False)
    for edge in list(gone.outs):
        work.unhook(edge)
        work.touch(edge.target)
    del net.places[gone]
    work.touch(kept, join)
    work.notes.append(f"The decisions {told(kept.node)} and {told(gone.node)} lead to the same ways; they became one.")


def _copy_tail(work: Reducer, budget: int) -> int:
    """Copy what follows a merge up to the end onto each path that reaches it: the shortest such tail first."""
    best: tuple[int, Edge] | None = None
    for join in work.net.places:
        if join.kind not in (XOR, OR) or len(join.outs) != 1 or join.dead:
            continue
        (out,) = join.outs
        if out.target.kind == EXIT:
            cost = weight(out.items) * (len(join.ins) - 1)
            if cost <= budget and (best is None or cost < best[0]):
                best = (cost, out)
    if best is None:
        return 0
    cost, out = best
    _spread(work, out)
    return cost + 1


def _spread(work: Reducer, out: Edge) -> None:
    join = out.source
    work.unhook(out)
    for edge in list(join.ins):
        work.replace(edge, out.target, deque(out.items), out.ends)
    del work.net.places[join]


def _copy_split(work: Reducer, budget: int) -> int:
    """Copy a decision that follows a merge, one for each path that reaches the merge."""
    looping = circles(work.net)
    best: tuple[int, Place] | None = None
    for join in work.net.places:
        if join.kind != XOR or len(join.outs) != 1 or len(join.ins) < 2 or join.dead:
            continue
        (out,) = join.outs
        split = out.target
        if split.kind != XOR or len(split.ins) != 1 or len(split.outs) < 2 or join in looping:
            continue
        cost = weight(out.items) + sum(weight(e.items) for e in split.outs) + sum(weight(w.items) for w in split.dead)
        cost = (cost + 1) * (len(join.ins) - 1)
        if cost <= budget and (best is None or cost < best[0]):
            best = (cost, join)
    if best is None:
        return 0
    cost, join = best
    (out,) = join.outs
    split = out.target
    for edge in list(join.ins):
        copy = work.net.place(XOR, split.node)
        copy.dead = list(split.dead)
        for way in split.outs:
            made = work.net.connect(copy, way.target, way.name, way.flow, way.order)
            made.items, made.ends = deque(way.items), way.ends
        work.replace(edge, copy, deque(out.items), out.ends)
        work.touch(copy)
    for edge in [*split.outs, out]:
        work.unhook(edge)
    for place in (join, split):
        del work.net.places[place]
    work.notes.append(f"The decision {told(split.node)} is reached from several paths; it is asked on each of them.")
    return cost + 1


def _hoist(work: Reducer, budget: int) -> int:
    """In a loop, two decisions in a row become one asked at the first of them: the steps between stand on each way."""
    best: tuple[int, Edge] | None = None
    looping = circles(work.net)
    for first in looping:
        if first.kind != XOR or len(first.ins) != 1 or len(first.outs) < 2:
            continue
        for edge in first.outs:
            then = edge.target
            if then.kind == XOR and len(then.ins) == 1 and len(then.outs) > 1 and not then.dead and then in looping:
                cost = weight(edge.items) * (len(then.outs) - 1)
                if cost <= budget and (best is None or cost < best[0]):
                    best = (cost, edge)
    if best is None:
        return 0
    cost, edge = best
    first, then = edge.source, edge.target
    for number, way in enumerate(list(then.outs)):
        name = ", ".join(filter(None, (edge.name, way.name)))
        made = work.net.connect(first, way.target, name, way.flow, edge.order)
        made.items, made.ends = deque((*edge.items, *way.items)), edge.ends or way.ends
        made.order = edge.order * 100 + number
        work.unhook(way)
        work.touch(way.target)
    for other in first.outs:
        if other.order < 100 * edge.order and other is not edge:
            other.order *= 100
    work.unhook(edge)
    del work.net.places[then]
    work.touch(first)
    work.notes.append(f"The decision {told(then.node)} is asked already at {told(first.node)}, to nest the loop.")
    return cost + 1


def _merge_joins(work: Reducer, budget: int) -> int:
    """Two merges in a row are one; what stands between them is copied, the least first."""
    best: tuple[int, Edge] | None = None
    for join in work.net.places:
        if join.kind != XOR or len(join.outs) != 1 or join.dead:
            continue
        (out,) = join.outs
        if out.target.kind == XOR and out.target is not join and len(out.target.outs) == 1:
            cost = weight(out.items) * (len(join.ins) - 1)
            if cost <= budget and (best is None or cost < best[0]):
                best = (cost, out)
    if best is None:
        return 0
    _spread(work, best[1])
    return best[0] + 1


def refusal(net: Net) -> InvalidBpmn:
    """Why the rest of a net cannot become a tree, by the names of its gateways and the steps around them."""
    stuck = [place for place in net.places if place.kind in (XOR, AND, OR)]
    if not net.entry.outs:
        return InvalidBpmn(
            "Nothing starts the flow.", "It has no start event.", "Draw a start event before its first step.",
            tuple(place.node.id for place in net.places),
        )  # fmt: skip
    if not net.exit.ins:
        around = [item.node for place in net.places for edge in place.outs for item in edge.items if item.node]
        names = [name for name in dict.fromkeys(map(told, around)) if name][:4]
        why = f"It runs in circles at {', '.join(names)}." if names else "It runs in circles."
        spots = tuple(dict.fromkeys([node.id for node in around] + [place.node.id for place in stuck]))
        return InvalidBpmn("No path of the flow comes to an end.", why, "Add a way out of the loop.", spots)
    return _crossing(net, stuck)


def _crossing(net: Net, stuck: list[Place]) -> InvalidBpmn:
    spots = list(dict.fromkeys(_spot(place) for place in stuck))
    where = "; ".join(spots[:4])
    more = f" and {len(spots) - 4} more" if len(spots) > 4 else ""
    if any(place.kind != XOR for place in stuck):
        why = "Parallel paths cross there, or a loop jumps into or out of them."
    elif circles(net):
        why = "Its loops cross each other."
    else:
        why = "Its paths cross so often that what they share would have to be copied too many times."
    return InvalidBpmn(
        f"The flow around these gateways cannot be nested: {where}{more}.", why,
        "Close every split with one join of the same kind, and let loops start and end outside parallel paths.",
        tuple(dict.fromkeys(place.node.id for place in stuck)),
    )  # fmt: skip


def _spot(place: Place) -> str:
    """A gateway by its name, or by the steps around it as they stand in the drawing."""
    if place.node.made or place.node.name or place.node.where:
        return told(place.node)
    before = [told(edge.items[-1].node) for edge in place.ins if edge.items]
    after = [told(edge.items[0].node) for edge in place.outs if edge.items]
    if before:
        return f"the gateway after {' and '.join(dict.fromkeys(before[:3]))}"
    return f"the gateway before {after[0]}" if after else told(place.node)


__all__ = ["ENTRY", "LEAF", "refusal", "untangle"]
