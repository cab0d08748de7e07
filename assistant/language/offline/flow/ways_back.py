"""Ways back become loops: "goes back to the check" wraps the steps since the check, in the sequence that holds both."""

from __future__ import annotations

from assistant.english.alike import share
from assistant.english.tables import classed
from assistant.language.offline.flow.nodes import Arm, Node, below, ends
from assistant.language.offline.sentences.same_step import content


def close_loops(nodes: list[Node]) -> list[Node]:
    """The tree with every way back turned into a loop; one whose target is not found is left out."""
    done: list[Node] = []
    for node in nodes:
        for arm in node.arms:
            back = arm.nodes[-1:] if node.kind == "choice" and arm.nodes and arm.nodes[-1].kind == "back" else []
            arm.nodes = close_loops(arm.nodes[: len(arm.nodes) - len(back)]) + back
        if _put_right(done, node):
            continue
        done.append(node)
        if node.kind == "choice":
            _loop_from_choice(done)
        elif node.kind == "back":
            done.pop()
            _repeat(done, node)
    return done


def _put_right(done: list[Node], node: Node) -> bool:
    """ "She sends a third back to Ben. Ben corrects them. She checks them again": it is put right on the way back, and
    what is done again begins behind what Ben did at first."""
    loop, act = done[-1] if done else None, node.act if node.kind == "task" else None
    if loop is None or loop.kind != "loop" or act is None or not loop.arms[1].nodes:
        return False
    way, body = loop.arms[1].nodes, loop.arms[0].nodes
    given = way[-1].act
    if given is not None and given.back_to is not None and act.role == given.back_to and act.verb in _MENDING:
        own = max((k for k, step in enumerate(body) if step.act and step.act.role == act.role), default=-1)
        way.append(node)
        if own + 1 < len(body):
            done[-1:] = [*body[: own + 1], loop]
            loop.arms[0].nodes = body[own + 1 :]
        return True
    mended = given is not None and given.verb in _MENDING and len(way) > 1
    return mended and act.again and any(step.act and step.act.verb == act.verb for step in body)


_MENDING = classed("reading", "puts-right")


def _loop_from_choice(done: list[Node]) -> None:
    """`done` ends in a choice with a branch that goes back: the steps since its target become the loop's body."""
    choice = done[-1]
    for arm in list(choice.arms):
        back = arm.nodes[-1] if arm.nodes and arm.nodes[-1].kind == "back" else None
        if back is None and (again := _given_back(done[:-1], arm)) is not None:
            back = again
            arm.nodes.append(back)
        if back is None:
            continue
        place, redo = _target(done[:-1], arm.nodes[:-1], back)
        if place is None:
            arm.nodes = arm.nodes[:-1]
            continue
        done.pop()
        body = done[place:]
        del done[place:]
        rest = [other for other in choice.arms if other is not arm]
        loop = Node(
            "loop",
            arms=[Arm(nodes=body), Arm(nodes=redo)],
            condition=arm.condition,
            p=arm.p,
            text="",
            sentence=choice.sentence,
        )
        done.append(loop)
        if len(rest) == 1 and not (ends(rest[0].nodes) and rest[0].nodes[-1].kind == "back"):
            done.extend(rest[0].nodes)
        elif rest:
            choice.arms = rest
            done.append(choice)
        return


def _given_back(before: list[Node], arm: Arm) -> Node | None:
    """A branch that ends with giving the work back to somebody who did it before: it is done again."""
    act = arm.nodes[-1].act if arm.nodes and arm.nodes[-1].kind == "task" else None
    if act is None or act.back_to is None:
        return None
    done = [node.act for node in below(before) if node.act is not None and node.act.role == act.back_to]
    return Node("back", text=done[-1].name, sentence=arm.nodes[-1].sentence) if done else None


def _target(before: list[Node], branch: list[Node], back: Node) -> tuple[int | None, list[Node]]:
    """The place in `before` where the way back leads, and the steps done on the way."""
    wanted = content(back.text) if back.text else frozenset()
    best, place, whose = 0.0, None, False
    for index in range(len(before) - 1, -1, -1):
        for node in below([before[index]]):
            score = share(wanted, content(node.act.name)) if node.act else 0.0
            by_doer = bool(node.act and node.act.role and wanted and wanted <= content(node.act.role))
            score = max(score, 0.7) if by_doer else score
            if node.act and node.act.name == back.text:
                score, by_doer = 2.0, False
            if wanted and node.act and node.act.verb in wanted:
                score += 0.3
            if score > best + 0.05:
                best, place, whose = score, index, by_doer
    if place is None or best < 0.3:
        if not before:
            return None, branch
        place = max(0, len(before) - 1) if not back.text or not wanted else _start_of_sentence(before)
    return _whole_turn(before, place) if whose else place, branch


def _whole_turn(before: list[Node], place: int) -> int:
    """ "Ingrid stains and glazes it. … One in twelve goes back to Ingrid": from the first she did in one go."""
    last = before[place].act
    while place and last is not None and (earlier := before[place - 1].act) is not None:
        if (earlier.role, earlier.sentence, before[place - 1].kind) != (last.role, last.sentence, "task"):
            break
        place -= 1
    return place


def _start_of_sentence(before: list[Node]) -> int:
    place = len(before) - 1
    while place > 0 and before[place - 1].sentence == before[place].sentence:
        place -= 1
    return place


def _repeat(done: list[Node], back: Node) -> None:
    """Make the steps just before a loop: "this is repeated for each part" (how often stays unknown)."""
    if not done:
        return
    wanted = content(back.text)
    place = len(done) - 1
    for index in range(len(done) - 1, -1, -1):
        if any(node.act and share(wanted, content(node.act.name)) >= 0.5 for node in below([done[index]])):
            place = index
            break
    if done[place].kind == "choice" and place:
        place -= 1
    body = done[place:]
    if ends(body):
        return
    del done[place:]
    again = Node(
        "loop", arms=[Arm(nodes=body), Arm()], condition=back.condition, text=back.text, sentence=back.sentence
    )
    again.p = back.p
    done.append(again)
