"""Plays a BPMN graph and a tree step by step and compares what they can do.

Both are turned into "which names can come next, and may it be over": the graph by a token game on the file's own nodes
and flows, the tree by unfolding its blocks. `differences` walks both together from the start, set of states against
set of states, so loops are compared too, until everything reachable was seen or the bound is met.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

from assistant.bpmn.events import waited
from assistant.bpmn.net_of_a_level import _Builder
from assistant.bpmn.raw import LeftOut, RawBody, RawNode
from assistant.process.blocks import AnyOf, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.model import Process

NIL, ENDED = ("nil",), ("ended",)


class TreePlayer:
    """The moves of a process tree. A state is a nested tuple; labels are names, None for a silent move."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.subs = {sub.id: sub.flow for sub in process.subprocesses}
        self.by_key: dict[int, object] = {}

    def start(self):
        return self.at(self.process.flow, 0)

    def at(self, sequence: Sequence, index: int, inner=None):
        self.by_key[id(sequence)] = sequence
        if inner is None and index == len(sequence.items):
            return NIL
        return ("seq", id(sequence), index, inner)

    @staticmethod
    def done(state) -> bool:
        return state in (NIL, ENDED)

    def moves(self, state):
        kind = state[0]
        if kind == "seq":
            return self.sequence_moves(state)
        if kind == "all":
            return self.parallel_moves(state)
        if kind == "loop":
            return self.loop_moves(state)
        return []

    def sequence_moves(self, state):
        _, key, index, inner = state
        sequence = self.by_key[key]
        if inner is None:
            return self.enter(sequence, index)
        if inner == NIL:
            return [(None, self.at(sequence, index + 1))]
        return [(label, new if new == ENDED else self.at(sequence, index, new)) for label, new in self.moves(inner)]

    def enter(self, sequence, index):
        item = sequence.items[index]
        if isinstance(item, Call) and item.process in self.subs:
            return [(None, self.at(sequence, index, self.at(self.subs[item.process], 0)))]
        if isinstance(item, Task | Wait | Call):
            return [(item.name, self.at(sequence, index + 1))]
        if isinstance(item, End):
            return [(None, ENDED)]
        if isinstance(item, Loop):
            self.by_key[id(item)] = item
            return [(None, self.at(sequence, index, ("loop", id(item), "do", self.at(item.do, 0))))]
        ways = [self.at(branch.do, 0) for branch in item.branches]
        if isinstance(item, Choice):
            return [(None, self.at(sequence, index, way)) for way in ways]
        if isinstance(item, Parallel):
            return [(None, self.at(sequence, index, ("all", tuple(ways))))]
        assert isinstance(item, AnyOf)
        subsets = [c for size in range(1, len(ways) + 1) for c in combinations(ways, size)]
        return [(None, self.at(sequence, index, ("all", chosen))) for chosen in subsets]

    def parallel_moves(self, state):
        states = state[1]
        if all(inner == NIL for inner in states):
            return [(None, NIL)]
        found = []
        for index, inner in enumerate(states):
            for label, new in self.moves(inner):
                after = tuple(sorted((*states[:index], new, *states[index + 1 :]), key=repr))
                found.append((label, ENDED if new == ENDED else ("all", after)))
        return found

    def loop_moves(self, state):
        _, key, phase, inner = state
        loop = self.by_key[key]
        if inner == NIL:
            if phase == "redo":
                return [(None, ("loop", key, "do", self.at(loop.do, 0)))]
            return [(None, NIL), (None, ("loop", key, "redo", self.at(loop.redo, 0)))]
        return [(label, new if new == ENDED else ("loop", key, phase, new)) for label, new in self.moves(inner)]


class GraphPlayer:
    """The token game on one body of a BPMN file. A state is a sorted tuple of tokens: flow ids, or steps under way."""

    def __init__(self, body: RawBody, called: dict[str, RawBody] | None = None) -> None:
        self.body, self.called = body, called or {}
        self.outs: dict[str, list] = {name: [] for name in body.nodes}
        self.ins: dict[str, list] = {name: [] for name in body.nodes}
        self.target: dict[str, str] = {}
        links = {n.link: n.id for n in body.nodes.values() if n.link and n.tag == "intermediateCatchEvent"}
        for flow in body.flows:
            if body.nodes[flow.source].tag == "endEvent":
                continue
            if body.nodes[flow.target].tag in ("startEvent", "boundaryEvent"):
                continue
            self.outs[flow.source].append(flow)
            self.ins[flow.target].append(flow.id)
            self.target[flow.id] = flow.target
        for node in body.nodes.values():
            if node.link and node.tag == "intermediateThrowEvent" and node.link in links:
                name = f"{node.id}>link"
                self.target[name] = links[node.link]
                self.ins[links[node.link]].append(name)
                self.outs[node.id].append(type("Link", (), {"id": name, "condition": "", "name": ""}))
        self.boundary: dict[str, list[RawNode]] = {}
        for node in body.nodes.values():
            if node.attached and "compensate" not in node.events:
                self.boundary.setdefault(node.attached, []).append(node)
        self.players: dict[str, GraphPlayer] = {}
        self.reach: dict[str, frozenset[str]] = {}
        reader = _Builder(body, LeftOut(), [])
        reader.run()
        self.nested: dict[str, list[str]] = {}
        for event, names in reader.regions.items():
            host = body.nodes[event].attached
            self.nested.setdefault(host, []).append(event)
            nodes = {name: body.nodes[name] for name in names}
            nodes |= {name: node for name, node in body.nodes.items() if node.attached in names}
            nodes[event] = replace(body.nodes[event], attached=None)
            flows = [flow for flow in body.flows if flow.source in nodes and flow.target in nodes]
            self.players[f"{host}|{event}"] = GraphPlayer(RawBody(nodes, flows), self.called)
        for host in self.nested:
            alone = RawBody({host: body.nodes[host]}, [])
            self.players[f"{host}|"] = GraphPlayer(alone, self.called)

    def starts(self):
        """As the reader takes them: one of the starts, and each start that the process itself sets off."""
        beside = [("at", n.id) for n in self.body.nodes.values() if n.triggered]
        return [tuple(sorted([*state, *beside])) for state in self.first_starts()]

    def first_starts(self):
        nodes = [n for n in self.body.nodes.values() if not n.attached and not n.by_event]
        nodes = [n for n in nodes if not n.triggered and not n.compensates]
        begins = [n.id for n in nodes if n.tag == "startEvent"]
        if not begins:
            return [tuple(sorted(("at", n.id) for n in nodes if not self.ins[n.id]))]
        begins += [n.id for n in nodes if not self.ins[n.id] and n.tag != "startEvent" and self.outs[n.id]]
        return [(("at", name),) for name in begins]

    @staticmethod
    def done(state) -> bool:
        return not state

    def moves(self, state):
        found = []
        for token in dict.fromkeys(state):
            rest = list(state)
            rest.remove(token)
            if token[0] == "at":
                found += self.fire(token[1], rest)
            elif token[0] == "in":
                found += self.inside(token, rest)
            elif token[0] == "beside":
                found += self.beside(token, rest)
            elif token[0] == "after":
                found += self.leave_marked(token[1], rest)
            else:
                found += self.arrive(token, state)
        return found

    def arrive(self, token, state):
        """A token on a flow reaches its node; joins wait for theirs."""
        name = self.target[token[1]]
        node = self.body.nodes[name]
        if node.tag == "parallelGateway" and len(self.ins[name]) > 1:
            needed = [("flow", flow) for flow in self.ins[name]]
            have = Counter(state)
            if not all(have[need] for need in needed):
                return []
            rest = list(state)
            for need in needed:
                rest.remove(need)
            return self.fire(name, rest)
        if node.tag in ("inclusiveGateway", "complexGateway") and len(self.ins[name]) > 1:
            mine = [("flow", flow) for flow in self.ins[name] if ("flow", flow) in state]
            missing = {flow for flow in self.ins[name] if ("flow", flow) not in state}
            others = [t for t in state if t not in mine]
            there = {token_here[1] for token_here in mine}
            reach = [self.can_reach(other, name) for other in others]
            if any(flows & missing and not flows & there for flows in reach):
                return []
            rest = list(state)
            for token_here in mine:
                rest.remove(token_here)
            return self.fire(name, rest)
        rest = list(state)
        rest.remove(token)
        return self.fire(name, rest)

    def can_reach(self, token, join):
        """The flows into `join` that a token can come to without passing it."""
        first = self.target[token[1]] if token[0] == "flow" else token[1]
        if token[0] == "flow" and first == join:
            return frozenset({token[1]})
        key = f"{first}>{join}"
        if key not in self.reach:
            seen, stack, hit = {first}, [first], set()
            while stack:
                here = stack.pop()
                after = list(self.outs[here])
                for event in self.boundary.get(here, ()):
                    after += self.outs[event.id]
                for flow in after:
                    there = self.target[flow.id]
                    if there == join:
                        hit.add(flow.id)
                    elif there not in seen:
                        seen.add(there)
                        stack.append(there)
            self.reach[key] = frozenset(hit)
        return self.reach[key]

    def fire(self, name, rest):
        """A node takes its token: a label where it is a step, and what comes after."""
        node = self.body.nodes[name]
        if node.tag == "endEvent":
            return [(None, () if "terminate" in node.events else tuple(sorted(rest)))]
        if name in self.nested:
            hosts = self.players[f"{name}|"].starts()
            events = [[(), *self.players[f"{name}|{event}"].starts()] for event in self.nested[name]]
            return [(None, self.put(rest, [("beside", name, states)])) for states in product(hosts, *events)]
        passed = node.tag == "startEvent" and not node.triggered
        if "Gateway" in node.tag or passed or (node.tag == "boundaryEvent" and waited(node) is None):
            return [(None, self.put(rest, way)) for way in self.ways(node)]
        inner = node.inner if node.inner and node.inner.nodes else self.called.get(node.called)
        if inner is not None:
            player = self.player(name, inner)
            states = [self.put(rest, [("in", name, start)]) for start in player.starts()]
            skip = [self.put(rest, [("after", name)])] if node.loop and node.test_before else []
            return [(None, state) for state in (*states, *skip)]
        label = self.label(node)
        after = self.put(rest, [("after", name)])
        if label is None:
            return [(None, after)]
        return [(label, after), *([(None, after)] if node.loop and node.test_before else [])]

    def player(self, name, inner):
        if name not in self.players:
            self.players[name] = GraphPlayer(inner, self.called)
        return self.players[name]

    def inside(self, token, rest):
        _, name, state = token
        player = self.players[name]
        if player.done(state):
            return [(None, self.put(rest, [("after", name)]))]
        return [(label, self.put(rest, [("in", name, new)])) for label, new in player.moves(state)]

    def beside(self, token, rest):
        """A step and what runs beside it without stopping it: the case goes on when all of it is done."""
        _, name, states = token
        players = [self.players[f"{name}|{event}"] for event in ("", *self.nested[name])]
        if all(player.done(state) for player, state in zip(players, states, strict=True)):
            return [(None, self.put(rest, [("after", name)]))]
        found = []
        for index, (player, state) in enumerate(zip(players, states, strict=True)):
            for label, new in player.moves(state):
                after = (*states[:index], new, *states[index + 1 :])
                found.append((label, self.put(rest, [("beside", name, after)])))
        return found

    def hit(self, event):
        """The ways on behind an event on a border: one with a time is waited for first."""
        return self.ways(event) if waited(event) is None else [[("at", event.id)]]

    def leave_marked(self, name, rest):
        """Behind a step: once more where it has a loop marker, else on, or by way of a boundary event."""
        node = self.body.nodes[name]
        ways = self.ways(node)
        for event in self.boundary.get(name, ()):
            if event.interrupts:
                ways = ways + self.hit(event)
        for event in self.boundary.get(name, ()):
            if not event.interrupts and event.id not in self.nested.get(name, ()):
                ways = ways + [[*way, *main] for way in self.hit(event) for main in ways]
        found = [(None, self.put(rest, way)) for way in ways]
        return found + (self.fire(name, rest) if node.loop else [])

    @staticmethod
    def put(rest, tokens):
        return tuple(sorted([*rest, *tokens], key=repr))

    def ways(self, node):
        """The sets of flows that can be taken out of a node."""
        flows = [("flow", flow.id) for flow in self.outs[node.id]]
        if not flows:
            return [[]]
        if node.tag in ("exclusiveGateway", "eventBasedGateway"):
            return [[flow] for flow in flows]
        if node.tag in ("inclusiveGateway", "complexGateway"):
            return [list(c) for size in range(1, len(flows) + 1) for c in combinations(flows, size)]
        conditional = [f for f in self.outs[node.id] if f.condition or f.id == node.default]
        if conditional and node.tag != "parallelGateway":
            if len(flows) == 1:
                return [flows]
            if len(conditional) == len(flows) == 2 and node.default:
                return [[flow] for flow in flows]
            return [list(c) for size in range(1, len(flows) + 1) for c in combinations(flows, size)]
        return [flows]

    @staticmethod
    def label(node):
        if node.tag in ("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "startEvent"):
            if node.link or (not node.name and not node.events):
                return None
            if node.tag == "intermediateThrowEvent" and not node.name:
                kinds = [kind for kind in node.events if kind not in ("message", "link")]
                return f"Throw {kinds[0]}" if kinds else "Send message"
        return node.name


class TooLarge(Exception):
    """More states than the bound allows."""


def closure(player, states, bound):
    """All states reachable by silent moves."""
    seen, stack = set(states), list(states)
    while stack:
        for label, new in player.moves(stack.pop()):
            if label is None and new not in seen:
                if len(seen) > bound:
                    raise TooLarge
                seen.add(new)
                stack.append(new)
    return frozenset(seen)


def step(player, states):
    """What can come next by its label: the states it leads to."""
    found: dict[str, set] = {}
    for state in states:
        for label, new in player.moves(state):
            if label is not None:
                found.setdefault(label, set()).add(new)
    return found


def differences(left, left_starts, right, right_starts, bound=4000, pairs=1500):
    """Where two players differ: a list with the first trace found, empty when none is; raises TooLarge."""
    first = (closure(left, left_starts, bound), closure(right, right_starts, bound))
    seen, queue = {first}, [(first, ())]
    while queue:
        (a, b), trace = queue.pop(0)
        if any(map(left.done, a)) != any(map(right.done, b)):
            return [f"after {trace}: over {any(map(left.done, a))} against {any(map(right.done, b))}"]
        next_a, next_b = step(left, a), step(right, b)
        if set(next_a) != set(next_b):
            return [f"after {trace}: {sorted(next_a)} against {sorted(next_b)}"]
        for label in next_a:
            pair = (closure(left, next_a[label], bound), closure(right, next_b[label], bound))
            if pair not in seen:
                if len(seen) >= pairs:
                    return []
                seen.add(pair)
                queue.append((pair, (*trace, label)))
    return []


def compare(file, chosen, process):
    """Differences between the graph of a file's process and the tree made of it."""
    called = {name: item.body for name, item in file.processes.items() if item is not chosen and item.body.nodes}
    graph, tree = GraphPlayer(chosen.body, called), TreePlayer(process)
    return differences(graph, graph.starts(), tree, [tree.start()])
