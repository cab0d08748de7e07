"""A join that waits for ever: found by playing the drawing, told by the names that stand in it.

Only a flow that cannot become a tree is played. Choices are played both ways, one at a time, and everything else at
once: what does not choose takes nothing from any other path, so no way to get stuck is missed. The play is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.bpmn.net import AND, ENTRY, OR, XOR, Edge, Net, Place
from assistant.bpmn.node_names import told
from assistant.errors import InvalidBpmn
from assistant.process.figures import listed

MAX_PLAYED, MAX_WAYS, MAX_TURNS = 4_000, 6, 600_000
Tokens = frozenset[Edge]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice made on the way to a position, after those made before it."""

    split: Place
    way: Edge
    before: Chosen | None


@dataclass(frozen=True, slots=True)
class _Joined:
    """A join, with the edges into it that came and those that are missing."""

    join: Place
    there: tuple[Edge, ...]
    missing: tuple[Edge, ...]


class Drawn:
    """The flow as drawn, kept aside before folding changes the net."""

    def __init__(self, net: Net) -> None:
        self.exit, self.turns = net.exit, 0
        self.ins = {place: tuple(place.ins) for place in net.places}
        self.outs = {place: tuple(place.outs) for place in net.places}
        self.ends = {edge: (edge.source, edge.target) for outs in self.outs.values() for edge in outs}

    def fault(self) -> InvalidBpmn | None:
        """What is wrong where a join can wait for ever; None where none does, or none is found within the bound."""
        begun = [edge for place, outs in self.outs.items() if place.kind == ENTRY for edge in outs]
        work: list[tuple[Tokens, Chosen | None, bool]] = [(frozenset(begun), None, True)]
        seen: set[Tokens] = set()
        while work and len(seen) < MAX_PLAYED and self.turns < MAX_TURNS:
            tokens, chosen, lone = work.pop()
            tokens, most = self._settled(tokens)
            lone = lone and most < 2
            if tokens in seen:
                continue
            seen.add(tokens)
            split = next((edge for edge in tokens if self._chooses(edge)), None)
            if split is not None:
                work += [(tokens - {split} | set(ways), _more(chosen, ways), lone) for ways in self._ways(split)]
            elif stuck := self._stuck(tokens):
                return self._told(stuck, chosen, lone)
        return None

    def _settled(self, tokens: Tokens) -> tuple[Tokens, int]:
        """The position after all that can happen without a choice, and how many paths ran at once on the way."""
        now, turns, most = set(tokens), 0, len(tokens)
        while turns < MAX_PLAYED:
            turns, self.turns = turns + 1, self.turns + 1
            ready = next((edge for edge in now if self._goes_on(edge, now)), None)
            if ready is None:
                waiting = next((edge for edge in now if self._place(edge).kind == OR and not self._chooses(edge)), None)
                if waiting is None or any(map(self._chooses, now)):
                    break
                ready = waiting
            place = self._place(ready)
            if place is not self.exit and "terminate" in place.node.events:
                return frozenset(), most
            now -= set(self.ins.get(place, (ready,))) if place.kind in (AND, OR) else {ready}
            now |= set(self.outs.get(place, ()))
            most = max(most, len(now))
        return frozenset(now), most

    def _goes_on(self, edge: Edge, tokens: set[Edge]) -> bool:
        place = self._place(edge)
        if place.kind == AND:
            return all(other in tokens for other in self.ins[place])
        return not self._chooses(edge) and (place.kind != OR or len(self.ins[place]) < 2)

    def _chooses(self, edge: Edge) -> bool:
        place = self._place(edge)
        return place.kind in (XOR, OR) and len(self.outs[place]) > 1 and len(self.ins[place]) == 1

    def _ways(self, edge: Edge) -> Iterator[tuple[Edge, ...]]:
        place = self._place(edge)
        outs = self.outs[place]
        yield from ((way,) for way in outs[:MAX_WAYS])
        if place.kind == OR:
            yield outs

    def _place(self, edge: Edge) -> Place:
        return self.ends[edge][1]

    def _stuck(self, tokens: Tokens) -> _Joined | None:
        for edge in tokens:
            place = self._place(edge)
            if place.kind == AND and len(self.ins[place]) > 1:
                ins = self.ins[place]
                there = tuple(way for way in ins if way in tokens)
                return _Joined(place, there, tuple(way for way in ins if way not in tokens))
        return None

    def _told(self, stuck: _Joined, chosen: Chosen | None, lone: bool) -> InvalidBpmn:
        name = told(stuck.join.node)
        paths = listed(list(dict.fromkeys(told(self.ends[way][0].node) for way in stuck.missing)))
        what = f"{name[:1].upper()}{name[1:]} can wait for ever."
        why = "It waits for every path into it, "
        cause = self._cause(stuck, chosen)
        if cause is None:
            why += f"also for the one from {paths}, which comes only after it."
            remedy = "Let a way back come in by an exclusive gateway before it."
            return InvalidBpmn(what, why, remedy, (stuck.join.node.id,))
        asked = told(cause.split.node)
        leads = "lead" if asked.endswith("starts") else "leads"
        answer = f"goes “{cause.way.name}”" if cause.way.name else f"{leads} to {told(self._place(cause.way).node)}"
        why += f"but when {asked} {answer}, nothing comes from {paths}."
        if all(self.ends[way][0] is cause.split for way in stuck.missing):
            why = why.replace(f"nothing comes from {paths}", "its other way is not taken")
        spots = (stuck.join.node.id, cause.split.node.id)
        return InvalidBpmn(what, why, self._remedy(stuck.join, asked, lone), spots)

    def _remedy(self, join: Place, asked: str, lone: bool) -> str:
        beside = [place for place, outs in self.outs.items() if place.kind in (AND, OR) and len(outs) > 1]
        if not any(join in self._reach(way, None) for place in beside for way in self.outs[place]):
            return "Join these paths with an exclusive gateway, as only one of them is taken."
        if lone:
            return "Join what runs in parallel by itself first, and the ways of the decision with an exclusive gateway."
        return f"Lead every way out of {asked} to that join, or end the whole case there with a terminate end event."

    def _cause(self, stuck: _Joined, chosen: Chosen | None) -> Chosen | None:
        """The last choice that led away from the missing paths."""
        while chosen is not None:
            wanted = {self.ends[way][0] for way in stuck.missing}
            away = not wanted & self._reach(chosen.way, stuck.join)
            others = [way for way in self.outs[chosen.split] if way is not chosen.way]
            if away and any(way in stuck.missing or wanted & self._reach(way, stuck.join) for way in others):
                return chosen
            chosen = chosen.before
        return None

    def _reach(self, way: Edge, join: Place | None) -> set[Place]:
        """The places that come after a flow, short of the join."""
        found: set[Place] = set()
        stack = [self._place(way)]
        while stack:
            place = stack.pop()
            if place not in found and place is not join:
                found.add(place)
                stack += [self._place(edge) for edge in self.outs.get(place, ())]
        return found


def _more(chosen: Chosen | None, ways: tuple[Edge, ...]) -> Chosen | None:
    return Chosen(ways[0].source, ways[0], chosen) if len(ways) == 1 else chosen
