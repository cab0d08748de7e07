"""The last pass over the tree: empty branches, refusals that end the case, and choices that are none."""

from __future__ import annotations

from assistant.english.forms import participle
from assistant.english.tables import classed
from assistant.language.offline.flow.behind_an_end import go_on
from assistant.language.offline.flow.nodes import Arm, Node, below, refuses, tasks
from assistant.language.offline.flow.ways_back import close_loops
from assistant.language.offline.sentences.same_step import content
from assistant.process.durations import UNITS, seconds

MOST_NESTED = 12


def finished(nodes: list[Node]) -> tuple[list[Node], int]:
    """A tree ready to be built: loops closed, nothing after an end, no empty choices, nested at most MOST_NESTED deep.

    The number says how many blocks lay deeper and became plain steps.
    """
    flat, cut = _flatter(_billed_last(_clean(go_on(close_loops(nodes)), top=True)), 0)
    return flat, cut


_BILLING = classed("reading", "billing")
_LONG = 14 * UNITS["d"]
"""A run as seldom as this comes after everything that is done with the case in the meantime."""


def _billed_last(nodes: list[Node]) -> list[Node]:
    """ "… and writes the invoices at the end of the month. The driver takes it out the next morning": told in one
    breath, but nothing that is done with the case waits for the run; unless it is done with the invoice itself."""
    for node in [node for node in nodes[:-1] if node.kind == "task" and node.act is not None]:
        batch = node.act.facts.get("batch") if node.act else None
        every = batch.every if batch is not None else None
        thing = content(node.act.name) & _BILLING if node.act else frozenset()
        if every is None or not thing or seconds(every.value, every.unit) < _LONG:
            continue
        rest = nodes[nodes.index(node) + 1 :]
        handled = any(later.act is not None and thing & content(later.act.name) for later in below(rest))
        if not handled and not any(later.kind == "end" for later in rest):
            tail = next((k for k, later in enumerate(rest) if later.kind != "wait"), len(rest))
            for moved in [node, *rest[:tail]]:  # with what is waited for then: "the money comes a month after that"
                nodes.remove(moved)
                nodes.append(moved)
    return nodes


def _flatter(nodes: list[Node], depth: int) -> tuple[list[Node], int]:
    done: list[Node] = []
    cut = 0
    for node in nodes:
        if node.arms and depth >= MOST_NESTED:
            done.extend(tasks([node]))
            cut += 1
            continue
        for arm in node.arms:
            arm.nodes, more = _flatter(arm.nodes, depth + 1)
            cut += more
        done.append(node)
    return done, cut


def _clean(nodes: list[Node], top: bool = False) -> list[Node]:
    done: list[Node] = []
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        for arm in node.arms:
            arm.nodes = _clean(arm.nodes)
        done.extend(_kept(node, last, top))
        if done and done[-1].kind == "end" and top and not last:
            done.pop()  # an end told in the middle of the main line is a remark
        elif done and done[-1].kind == "end" and not last:
            break
    return done


def _kept(node: Node, last: bool, top: bool) -> list[Node]:
    if node.kind == "choice":
        return _choice(node, last and top)
    if node.kind == "parallel":
        arms = [arm for arm in node.arms if arm.nodes]
        for arm in arms:
            arm.nodes = [n for n in arm.nodes if n.kind != "end"]
        if len(arms) < 2:
            return arms[0].nodes if arms else []
        node.arms = arms
    elif node.kind == "loop":
        if not any(arm.nodes for arm in node.arms):
            return []
        body = node.arms[0].nodes
        while body and body[-1].kind == "end":
            body.pop()
    elif node.kind == "back":
        return []
    return [node]


def _choice(node: Node, last: bool) -> list[Node]:
    if not any(arm.nodes for arm in node.arms):
        return []
    if len(node.arms) == 1:
        node.arms.append(Arm())
    node.arms = [arm for k, arm in enumerate(node.arms) if arm.nodes or k < 2 or arm.condition is not None]
    empty = [arm for arm in node.arms if not arm.nodes]
    for arm in empty[1:]:
        node.arms.remove(arm)
    if len(node.arms) < 2:
        node.arms.append(Arm())
    if not last:
        for arm in node.arms:
            _refuse(arm)
    return [node]


def _refuse(arm: Arm) -> None:
    """A branch whose last step refuses the case ends it, badly."""
    if not arm.nodes or arm.nodes[-1].kind != "task":
        return
    act = arm.nodes[-1].act
    if act is not None and act.verb == "close" and act.role is None and len(arm.nodes) > 1:
        bad = any(
            word in (node.act.name.lower() if node.act else "")
            for node in arm.nodes
            for word in ("refus", "reject", "declin", "cancel")
        )
        arm.nodes[-1] = Node(
            "end",
            text=f"{act.thing[:1].upper()}{act.thing[1:]} closed",
            negative=bad or None,
            sentence=arm.nodes[-1].sentence,
        )
        return
    if act is not None and refuses(arm.nodes) and len(list(tasks(arm.nodes))) <= 2:
        thing = act.thing or "case"
        outcome = f"{thing[:1].upper()}{thing[1:]} {participle(act.verb)}"
        if "home" in act.name.split():
            outcome = "Sent home"
        arm.nodes.append(Node("end", text=outcome, negative=True, sentence=arm.nodes[-1].sentence))
