"""How the activities of a part of a log fall apart: exclusive, one after the other, side by side, or as a loop.

The four cuts of the inductive miner on the directly-follows graph (Leemans, Fahland, van der Aalst: Discovering
block-structured process models from event logs, 2013), each from the graph alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Way = tuple[str, ...]
Ways = Mapping[Way, int]
Groups = list[frozenset[str]]
Pair = tuple[str, str]


@dataclass(slots=True)
class Graph:
    """Which activity directly follows which, how often, and with which activities cases start and end.

    `beside`: pairs that are worked on at the same time, each once; either of them can come first, whatever was seen.
    """

    activities: frozenset[str]
    follows: Counter[Pair] = field(default_factory=Counter)
    starts: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    beside: frozenset[Pair] = frozenset()

    @property
    def pairs(self) -> set[Pair]:
        """What can follow what: as seen, or because both are worked on at the same time."""
        return {*self.follows, *self.beside, *((b, a) for a, b in self.beside)}

    def after(self) -> dict[str, set[str]]:
        """The activities that directly follow each."""
        found: dict[str, set[str]] = {name: set() for name in self.activities}
        for a, b in self.pairs:
            found[a].add(b)
        return found

    def or_beside(self, names: Iterable[str]) -> set[str]:
        """These activities and those that are worked on at the same time as one of them."""
        given = set(names)
        return given | {b for a, b in self.beside if a in given} | {a for a, b in self.beside if b in given}

    def without_noise(self, share: float) -> Graph:
        """Without what is rarer than a share of the most frequent thing that follows the same activity."""
        most: Counter[str] = Counter(self.ends)
        for (a, _), count in self.follows.items():
            most[a] = max(most[a], count)
        strongest = (max(self.starts.values(), default=0), max(self.ends.values(), default=0))
        return Graph(
            self.activities,
            Counter({pair: count for pair, count in self.follows.items() if count >= share * most[pair[0]]}),
            Counter({name: count for name, count in self.starts.items() if count >= share * strongest[0]}),
            Counter({name: count for name, count in self.ends.items() if count >= share * strongest[1]}),
            self.beside,
        )


def graph_of(ways: Ways, beside: Iterable[Pair] = ()) -> Graph:
    """The directly-follows graph of some ways with their counts; `beside`: pairs worked on at the same time."""
    names = frozenset(name for way in ways for name in way)
    graph = Graph(names, beside=frozenset((a, b) for a, b in beside if a in names and b in names))
    for way, count in ways.items():
        if not way:
            continue
        graph.starts[way[0]] += count
        graph.ends[way[-1]] += count
        for pair in pairwise(way):
            graph.follows[pair] += count
    return graph


def components(names: Iterable[str], near: Mapping[str, set[str]]) -> Groups:
    """The connected parts of an undirected graph, in the order in which its nodes are named."""
    left = list(dict.fromkeys(names))
    found: Groups = []
    seen: set[str] = set()
    for name in left:
        if name in seen:
            continue
        part, queue = {name}, [name]
        while queue:
            for other in near.get(queue.pop(), ()):
                if other not in part:
                    part.add(other)
                    queue.append(other)
        seen |= part
        found.append(frozenset(part))
    return found


def both_ways(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Neighbours in both directions."""
    near: dict[str, set[str]] = {name: set() for name in names}
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    return near


def exclusive(graph: Graph) -> Groups:
    """Groups of activities that never follow one another."""
    names = sorted(graph.activities)
    return components(names, both_ways(names, graph.pairs))


def reachable(graph: Graph) -> dict[str, set[str]]:
    """All that can come, at some time, after each activity."""
    after = graph.after()
    found: dict[str, set[str]] = {}
    for name in graph.activities:
        seen: set[str] = set()
        queue = list(after[name])
        while queue:
            other = queue.pop()
            if other not in seen:
                seen.add(other)
                queue.extend(after[other] - seen)
        found[name] = seen
    return found


def one_after_another(graph: Graph) -> Groups:
    """Groups in an order: from each to every later one there is a way, and none back."""
    reach = reachable(graph)
    names = sorted(graph.activities)
    together = [
        (a, b) for a in names for b in names
        if a < b and (b in reach[a]) == (a in reach[b])
    ]  # fmt: skip
    groups = components(names, both_ways(names, together))
    place = {name: at for at, group in enumerate(groups) for name in group}
    earlier = {
        at: len({place[other] for name in group for other in reach[name]} - {at}) for at, group in enumerate(groups)
    }
    return [groups[at] for at in sorted(range(len(groups)), key=lambda at: -earlier[at])]


def side_by_side(graph: Graph) -> Groups:
    """Groups whose activities all follow each other in both orders; each can start and end a case."""
    names, pairs = sorted(graph.activities), graph.pairs
    apart = [(a, b) for a in names for b in names if a < b and not ((a, b) in pairs and (b, a) in pairs)]
    groups = components(names, both_ways(names, apart))
    starts, ends = graph.or_beside(graph.starts), graph.or_beside(graph.ends)
    whole = [group for group in groups if group & starts and group & ends]
    rest = frozenset().union(*(group for group in groups if group not in whole))
    if not whole:
        return [frozenset(names)]
    smallest = min(range(len(whole)), key=lambda at: (len(whole[at]), sorted(whole[at])))
    return [group | rest if at == smallest else group for at, group in enumerate(whole)]


def loop(graph: Graph) -> Groups:
    """First what is done each time, then the ways back; one group where there is no loop."""
    names = sorted(graph.activities)
    starts, ends = set(graph.starts), set(graph.ends)
    inner = [name for name in names if name not in starts | ends]
    edges = [(a, b) for a, b in graph.pairs if a in inner and b in inner]
    body = starts | ends
    backs: Groups = []
    after = graph.after()
    before: dict[str, set[str]] = {name: set() for name in names}
    for a, b in graph.pairs:
        before[b].add(a)
    for group in components(inner, both_ways(inner, edges)):
        entered = {a for name in group for a in before[name] if a not in group}
        left = {b for name in group for b in after[name] if b not in group}
        enters = {name for name in group if before[name] - group}
        leaves = {name for name in group if after[name] - group}
        from_all = all(ends <= before[name] for name in enters)
        to_all = all(starts <= after[name] for name in leaves)
        if entered and left and entered <= ends and left <= starts and from_all and to_all:
            backs.append(group)
        else:
            body |= group
    if not backs:
        return [frozenset(names)]
    return [frozenset(body), *backs]


def by_group(way: Sequence[str], groups: Groups) -> list[Way]:
    """A way's activities of each group, in their order."""
    return [tuple(name for name in way if name in group) for group in groups]
