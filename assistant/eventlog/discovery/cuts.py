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


@dataclass(slots=True)
class Graph:
    """Which activity directly follows which, how often, and with which activities cases start and end."""

    activities: frozenset[str]
    follows: Counter[tuple[str, str]] = field(default_factory=Counter)
    starts: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)

    def after(self) -> dict[str, set[str]]:
        """The activities that directly follow each."""
        found: dict[str, set[str]] = {name: set() for name in self.activities}
        for a, b in self.follows:
            found[a].add(b)
        return found

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
        )


def graph_of(ways: Ways) -> Graph:
    """The directly-follows graph of some ways with their counts."""
    graph = Graph(frozenset(name for way in ways for name in way))
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
    return components(names, both_ways(names, graph.follows))


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
    names = sorted(graph.activities)
    apart = [
        (a, b) for a in names for b in names
        if a < b and not ((a, b) in graph.follows and (b, a) in graph.follows)
    ]  # fmt: skip
    groups = components(names, both_ways(names, apart))
    whole = [group for group in groups if group & set(graph.starts) and group & set(graph.ends)]
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
    edges = [(a, b) for a, b in graph.follows if a in inner and b in inner]
    body = starts | ends
    backs: Groups = []
    after = graph.after()
    before: dict[str, set[str]] = {name: set() for name in names}
    for a, b in graph.follows:
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
