"""A tree from a log by inductive mining: sound by construction, rare ways left out on request.

The infrequent inductive miner (Leemans, Fahland, van der Aalst: Discovering block-structured process models from event
logs containing infrequent behaviour, 2014): cuts on the whole graph first, then on the graph without noise, then
fall-throughs that fit always. Chances are counted on the way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from assistant.eventlog.discovery import cuts
from assistant.eventlog.discovery.cuts import Groups, Way, Ways
from assistant.eventlog.discovery.together import skipped_together

NOISE = 0.2
ONE_LEFT_OUT, ROW_LEFT_OUT = 0.5, 0.05
"""Of the noise: so rarely one step, or a row of steps, is left out without the tree saying so."""


@dataclass(slots=True)
class Node:
    """A part of the tree: `activity`, `nothing`, `sequence`, `choice`, `parallel` or `loop` (what is done, way back).

    `cases`: how often it is entered; `again`: how often a loop is gone round, a count of its ways back.
    """

    kind: str
    cases: float
    name: str = ""
    parts: list[Node] = field(default_factory=list)
    again: float = 0.0


def discover(ways: Ways, noise: float = NOISE) -> Node:
    """The tree of some ways (activities in order) with their counts. `noise`: share of the usual that is left out."""
    return _simple(_mine({way: count for way, count in ways.items() if count > 0}, noise))


def _mine(ways: dict[Way, int], noise: float) -> Node:
    cases = sum(ways.values())
    empty = ways.get((), 0)
    if empty == cases:
        return Node("nothing", cases)
    if empty:
        rest = {way: count for way, count in ways.items() if way}
        # One step left out now and then is noise; a row of steps left out together is an exception that was meant.
        alone = len({name for way in rest for name in way}) == 1
        if empty <= noise * (ONE_LEFT_OUT if alone else ROW_LEFT_OUT) * cases:
            return _mine(rest, noise)
        return Node("choice", cases, parts=[_mine(rest, noise), Node("nothing", empty)])
    graph = cuts.graph_of(ways)
    if len(graph.activities) == 1:
        return _single(next(iter(graph.activities)), ways, cases, noise)
    for seen in (graph, graph.without_noise(noise)) if noise else (graph,):
        found = _cut(seen, ways, cases, noise)
        if found is not None:
            return found
    return _fall_through(graph, ways, cases, noise)


def _single(name: str, ways: dict[Way, int], cases: int, noise: float) -> Node:
    times = sum(len(way) * count for way, count in ways.items())
    again = times - cases
    if not again or again <= noise * 0.25 * cases:
        return Node("activity", cases, name)
    return Node("loop", cases, parts=[Node("activity", times, name), Node("nothing", again)], again=again)


def _cut(graph: cuts.Graph, ways: dict[Way, int], cases: int, noise: float) -> Node | None:
    groups = cuts.exclusive(graph)
    if len(groups) > 1:
        return _choice(groups, ways, cases, noise)
    groups = cuts.one_after_another(graph)
    if len(groups) > 1:
        groups = skipped_together(groups, ways, noise)
        parts = [_mine(part, noise) for part in _in_order(groups, ways)]
        return Node("sequence", cases, parts=parts)
    groups = cuts.side_by_side(graph)
    if len(groups) > 1:
        return Node("parallel", cases, parts=[_mine(_projected(group, ways), noise) for group in groups])
    groups = cuts.loop(graph)
    if len(groups) > 1:
        return _loop(groups, ways, cases, noise)
    return None


def _choice(groups: Groups, ways: dict[Way, int], cases: int, noise: float) -> Node:
    """Each way goes to the group that has most of it."""
    found: list[Counter[Way]] = [Counter() for _ in groups]
    for way, count in ways.items():
        parts = cuts.by_group(way, groups)
        at = max(range(len(groups)), key=lambda at: (len(parts[at]), -at))
        found[at][parts[at]] += count
    kept = [part for part in found if part]
    return Node("choice", cases, parts=[_mine(dict(part), noise) for part in kept])


def _in_order(groups: Groups, ways: dict[Way, int]) -> list[dict[Way, int]]:
    """Each way cut where fewest of its activities fall into the wrong group; those are left out."""
    found: list[Counter[Way]] = [Counter() for _ in groups]
    for way, count in ways.items():
        start = 0
        for at, group in enumerate(groups):
            later = frozenset().union(*groups[at + 1 :]) if at + 1 < len(groups) else frozenset()
            stop = len(way) if not later else _best_stop(way, start, group, later)
            found[at][tuple(name for name in way[start:stop] if name in group)] += count
            start = stop
    return [dict(part) for part in found]


def _best_stop(way: Way, start: int, group: frozenset[str], later: frozenset[str]) -> int:
    """Where the activities of a group end and those of later groups begin."""
    wrong = sum(name in group for name in way[start:])
    best, stop = wrong, start
    for at in range(start, len(way)):
        wrong += (way[at] in later) - (way[at] in group)
        if wrong < best:
            best, stop = wrong, at + 1
    return stop


def _projected(group: frozenset[str], ways: dict[Way, int]) -> dict[Way, int]:
    found: Counter[Way] = Counter()
    for way, count in ways.items():
        found[tuple(name for name in way if name in group)] += count
    return dict(found)


def _loop(groups: Groups, ways: dict[Way, int], cases: int, noise: float) -> Node:
    """What is done each time, and the ways back, as pieces of the ways."""
    backs = groups[1:]
    done: Counter[Way] = Counter()
    back: list[Counter[Way]] = [Counter() for _ in backs]
    again = 0
    for way, count in ways.items():
        piece: list[str] = []
        inside = 0  # 0: the body, n: the nth way back
        for name in way:
            at = next((number for number, group in enumerate(groups) if name in group), 0)
            if at == inside:
                piece.append(name)
                continue
            (done if inside == 0 else back[inside - 1])[tuple(piece)] += count
            if inside and at:  # from one way back to another: what is done between them is nothing
                done[()] += count
            again += count if at else 0
            piece, inside = [name], at
        (done if inside == 0 else back[inside - 1])[tuple(piece)] += count
        if inside:
            done[()] += count
    redo = [_mine(dict(part), noise) for part in back if part]
    way_back = redo[0] if len(redo) == 1 else Node("choice", again, parts=redo)
    return Node("loop", cases, parts=[_mine(dict(done), noise), way_back], again=again)


def _fall_through(graph: cuts.Graph, ways: dict[Way, int], cases: int, noise: float) -> Node:
    """What fits always: an activity once in each way beside the rest, a new start as a loop, or any order at all."""
    for name in sorted(graph.activities):
        if all(way.count(name) == 1 for way in ways):
            rest = _projected(graph.activities - {name}, ways)
            return Node("parallel", cases, parts=[Node("activity", cases, name), _mine(rest, noise)])
    restarted = _restarted(graph, ways)
    if restarted is not None:
        pieces, again = restarted
        return Node("loop", cases, parts=[_mine(pieces, noise), Node("nothing", again)], again=again)
    total = sum(len(way) * count for way, count in ways.items())
    counted: Counter[str] = Counter()
    for way, count in ways.items():
        for name in way:
            counted[name] += count
    anything = [Node("activity", counted[name], name) for name in sorted(counted, key=lambda name: -counted[name])]
    again = total - cases
    return Node("loop", cases, parts=[Node("choice", total, parts=anything), Node("nothing", again)], again=again)


def _restarted(graph: cuts.Graph, ways: dict[Way, int]) -> tuple[dict[Way, int], int] | None:
    """The ways cut wherever an end is followed by a start; None where that never happens."""
    pieces: Counter[Way] = Counter()
    again = 0
    for way, count in ways.items():
        start = 0
        for at in range(1, len(way)):
            if way[at - 1] in graph.ends and way[at] in graph.starts:
                pieces[way[start:at]] += count
                again += count
                start = at
        pieces[way[start:]] += count
    return (dict(pieces), again) if again else None


def _simple(node: Node) -> Node:
    """Blocks of the same kind inside each other as one; choices of nothing at all as nothing."""
    parts = [_simple(part) for part in node.parts]
    if node.kind in ("sequence", "parallel"):
        parts = [inner for part in parts for inner in (part.parts if part.kind == node.kind else [part])]
        parts = [part for part in parts if part.kind != "nothing"]
        if len(parts) == 1:
            return parts[0]
    if node.kind == "choice":
        flat = [inner for part in parts for inner in (part.parts if part.kind == "choice" else [part])]
        empty = sum(part.cases for part in flat if part.kind == "nothing")
        parts = [part for part in flat if part.kind != "nothing"]
        if empty and parts:
            parts.append(Node("nothing", empty))
        if len(parts) == 1:
            return parts[0]
    if node.kind != "loop" and node.kind != "activity" and not parts:
        return Node("nothing", node.cases)
    return Node(node.kind, node.cases, node.name, parts, node.again)
