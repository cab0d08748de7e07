"""A tree from a log by inductive mining: sound by construction, rare ways left out on request.

The infrequent inductive miner (Leemans, Fahland, van der Aalst: Discovering block-structured process models from event
logs containing infrequent behaviour, 2014): cuts on the whole graph first, then on the graph without noise, then
fall-throughs that fit always. Chances are counted on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.eventlog.discovery import splits_of_a_log
from assistant.eventlog.discovery.ends_early import with_ends
from assistant.eventlog.discovery.mined_tree import Node, simple
from assistant.eventlog.discovery.splits_of_a_log import Groups, Pair, Way, Ways
from assistant.eventlog.discovery.together import skipped_together

NOISE = 0.2
ONE_LEFT_OUT, ROW_LEFT_OUT = 0.5, 0.05
"""Of the noise: so rarely one step, or a row of steps, is left out without the tree saying so."""


def discover(ways: Ways, noise: float = NOISE, beside: Iterable[Pair] = ()) -> Node:
    """The tree of some ways (activities in order) with their counts. `noise`: share of the usual that is left out;
    `beside`: pairs of activities that are worked on at the same time in a case."""
    miner = _Miner(noise, frozenset(beside))
    return simple(miner.mine({way: count for way, count in ways.items() if count > 0}, last=True))


class _Miner:
    """`last`: whether a case is over where the part ends that is mined."""

    def __init__(self, noise: float, beside: frozenset[Pair]) -> None:
        self.noise, self.beside = noise, beside

    def mine(self, ways: dict[Way, int], last: bool = False) -> Node:
        cases = sum(ways.values())
        empty = ways.get((), 0)
        if empty == cases:
            return Node("nothing", cases)
        if empty:
            rest = {way: count for way, count in ways.items() if way}
            # One step left out now and then is noise; a row of steps left out together is an exception that was meant.
            alone = len({name for way in rest for name in way}) == 1
            if empty <= self.noise * (ONE_LEFT_OUT if alone else ROW_LEFT_OUT) * cases:
                return self.mine(rest, last)
            return Node("choice", cases, parts=[self.mine(rest, last), Node("nothing", empty)])
        graph = splits_of_a_log.graph_of(ways, self.beside)
        if len(graph.activities) == 1:
            return self._single(next(iter(graph.activities)), ways, cases)
        for seen in (graph, graph.without_noise(self.noise)) if self.noise else (graph,):
            found = self._cut(seen, ways, cases, last)
            if found is not None:
                return found
        return self._fall_through(graph, ways, cases)

    def _single(self, name: str, ways: dict[Way, int], cases: int) -> Node:
        times = sum(len(way) * count for way, count in ways.items())
        again = times - cases
        if not again or again <= self.noise * 0.25 * cases:
            return Node("activity", cases, name)
        return Node("loop", cases, parts=[Node("activity", times, name), Node("nothing", again)], again=again)

    def _cut(self, graph: splits_of_a_log.Graph, ways: dict[Way, int], cases: int, last: bool) -> Node | None:
        groups = splits_of_a_log.exclusive(graph)
        if len(groups) > 1:
            return Node("choice", cases, parts=[self.mine(part, last) for part in _chosen(groups, ways)])
        groups = splits_of_a_log.one_after_another(graph)
        if len(groups) > 1:
            groups = skipped_together(groups, ways, self.noise)
            return Node("sequence", cases, parts=self._row(_in_order(groups, ways), last))
        groups = splits_of_a_log.side_by_side(graph)
        if len(groups) > 1:
            return Node("parallel", cases, parts=[self.mine(_projected(group, ways)) for group in groups])
        groups = splits_of_a_log.loop(graph)
        if len(groups) > 1:
            return self._loop(groups, ways, cases)
        return None

    def _row(self, pieces: dict[tuple[Way, ...], int], last: bool) -> list[Node]:
        """The parts of a sequence. Cases that are over after one of several ways are over there, and not anywhere."""
        parts = [dict(part) for part in _columns(pieces)]
        nodes = [self.mine(part) for part in parts[:-1]]
        tail = parts[-1]
        if last and () in tail:
            over: Counter[tuple[Way, bool]] = Counter()
            for row, count in pieces.items():
                over[row[-2], not row[-1]] += count
            ended = with_ends(simple(nodes[-1]), over, self.noise)
            if ended is not None:
                nodes[-1] = ended
                tail = {way: count for way, count in tail.items() if way}
        return [*nodes, self.mine(tail, last)]

    def _loop(self, groups: Groups, ways: dict[Way, int], cases: int) -> Node:
        done, back, again = _rounds(groups, ways)
        redo = [self.mine(dict(part)) for part in back if part]
        way_back = redo[0] if len(redo) == 1 else Node("choice", again, parts=redo)
        return Node("loop", cases, parts=[self.mine(dict(done)), way_back], again=again)

    def _fall_through(self, graph: splits_of_a_log.Graph, ways: dict[Way, int], cases: int) -> Node:
        """What fits always: an activity once in each way beside the rest, a new start as a loop, or any order."""
        for name in sorted(graph.activities):
            if all(way.count(name) == 1 for way in ways):
                rest = _projected(graph.activities - {name}, ways)
                return Node("parallel", cases, parts=[Node("activity", cases, name), self.mine(rest)])
        restarted = _restarted(graph, ways)
        if restarted is not None:
            pieces, again = restarted
            return Node("loop", cases, parts=[self.mine(pieces), Node("nothing", again)], again=again)
        return _any_order(ways, cases)


def _any_order(ways: dict[Way, int], cases: int) -> Node:
    counted: Counter[str] = Counter()
    for way, count in ways.items():
        for name in way:
            counted[name] += count
    total = counted.total()
    anything = [Node("activity", counted[name], name) for name in sorted(counted, key=lambda name: -counted[name])]
    again = total - cases
    return Node("loop", cases, parts=[Node("choice", total, parts=anything), Node("nothing", again)], again=again)


def _chosen(groups: Groups, ways: dict[Way, int]) -> list[dict[Way, int]]:
    """Each way goes to the group that has most of it."""
    found: list[Counter[Way]] = [Counter() for _ in groups]
    for way, count in ways.items():
        parts = splits_of_a_log.by_group(way, groups)
        at = max(range(len(groups)), key=lambda at: (len(parts[at]), -at))
        found[at][parts[at]] += count
    return [dict(part) for part in found if part]


def _in_order(groups: Groups, ways: dict[Way, int]) -> dict[tuple[Way, ...], int]:
    """Each way cut where fewest of its activities fall into the wrong group; those are left out."""
    found: Counter[tuple[Way, ...]] = Counter()
    for way, count in ways.items():
        start, pieces = 0, list[Way]()
        for at, group in enumerate(groups):
            later = frozenset().union(*groups[at + 1 :]) if at + 1 < len(groups) else frozenset()
            stop = len(way) if not later else _best_stop(way, start, group, later)
            pieces.append(tuple(name for name in way[start:stop] if name in group))
            start = stop
        found[tuple(pieces)] += count
    return found


def _columns(pieces: Mapping[tuple[Way, ...], int]) -> list[Counter[Way]]:
    """The pieces of each part of a sequence, by themselves."""
    found = [Counter[Way]() for _ in next(iter(pieces))]
    for row, count in pieces.items():
        for part, piece in zip(found, row, strict=True):
            part[piece] += count
    return found


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


def _rounds(groups: Groups, ways: dict[Way, int]) -> tuple[Counter[Way], list[Counter[Way]], int]:
    """What is done each time, the ways back, as pieces of the ways, and how often it is gone back."""
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
    return done, back, again


def _restarted(graph: splits_of_a_log.Graph, ways: dict[Way, int]) -> tuple[dict[Way, int], int] | None:
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
