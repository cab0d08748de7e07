"""The pieces of one sentence at their place in the tree: actions, conditions, alternatives, parallel work."""

from __future__ import annotations

import re

from assistant.english.alike import share
from assistant.english.forms import participle
from assistant.language.offline.flow.alternatives import alternatives, without_awaited
from assistant.language.offline.flow.nodes import Arm, Node, below, ends, tasks
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Act, Condition, Item, Said
from assistant.language.offline.words.word_tables import REFUSE

MOST_IFS = 5  # conditions within one sentence


class Placing:
    """Places what a sentence says at the end of a list of steps; knows which steps were told before."""

    def __init__(self, told: list[Said], met: dict[str, int]) -> None:
        self.told = told
        self.met = met
        self.chains = alternatives(told)
        without_awaited(told, self.chains)
        self.names: dict[str, list[Node]] = {}
        self.done: list[Node] = []
        self.last_or: Node | None = None
        self.last_choice: Node | None = None
        self.born: dict[frozenset[str], int] = {}  # things and the sentence that first named them
        for said in told:
            for act in said.acts():
                asked = act.name.partition(" whether ")[2]  # "checks whether the form is complete" names the form
                thing = re.split(r"\b(?:is|are)\b", asked)[0] if asked and not act.thing else act.thing
                self.born.setdefault(content(thing), said.index)
        self.level = 0  # how deep in branches the builder is
        self.late: tuple[list[Node], int, int] | None = (
            None  # where something told late was put, up to where, by which sentence
        )
        self.previous: tuple[list[Node], int] | None = None  # where the sentence before put its steps

    def _closed(self, choice: Node) -> bool:
        """Whether a branch of the choice ends the case, so that "otherwise" is simply what goes on."""
        return any(node.kind == "end" for arm in choice.arms for node in below(arm.nodes))

    def _items(self, items: list[Item], nodes: list[Node], said: Said) -> Node | None:
        """Place the pieces of a sentence; an "if" sends what follows into its branch."""
        here, opened, start = nodes, None, len(nodes)
        for place, item in enumerate(items):
            item = self._perhaps_condition(item)
            if item.kind == "if" and sum(other.kind == "if" for other in items[:place]) >= MOST_IFS:
                continue
            if (
                item.kind == "if"
                and place
                and items[place - 1].kind == "else"
                and not here
                and self.last_choice is not None
            ):
                self.last_choice.arms[-1].condition = item.condition
            elif item.kind == "if" and item.condition is not None:
                node = Node("choice", arms=[Arm(item.condition, p=item.condition.p)], sentence=said.index)
                here.append(node)
                opened = opened or node
                self.last_choice = node
                here, start = node.arms[0].nodes, 0
            elif item.kind == "join":
                here, start = nodes, len(nodes)
            elif item.kind == "else":
                target = opened or self.last_choice
                if target is not None:
                    arm = Arm()
                    target.arms.append(arm)
                    here, start, self.last_choice = arm.nodes, 0, target
            elif item.kind == "until" and item.condition is not None:
                self._until(item, item.condition, here, min(start, len(here)), said)
            elif item.kind == "when" and item.act is not None and item.target != "if":
                self._when(item.act, here, said)
            elif item.kind == "act" and item.act is not None:
                self._act(item, here, start, said)
            elif item.kind in ("back", "end", "wait"):
                node = Node(item.kind, item.act, text=item.target, negative=item.negative, sentence=said.index)
                node.condition, node.p = item.condition, item.condition.p if item.condition else None
                here.append(node)
        return opened

    def _perhaps_condition(self, item: Item) -> Item:
        """ "If A has been done": a condition when A was not told as a step before."""
        unknown = item.kind == "when" and item.target == "if" and item.act is not None and self._known(item.act) is None
        return Item("if", condition=item.condition) if unknown else item

    def _until(self, item: Item, condition: Condition, nodes: list[Node], start: int, said: Said) -> None:
        """ "A until C": the steps of the sentence repeat; "wait until C" is one wait, "it lies there until C" none."""
        if nodes and nodes[-1].kind == "wait":
            if nodes[-1].act is not None and nodes[-1].act.name == "Wait":
                nodes[-1].act.name = f"Wait until {condition.text}"
            return
        body = nodes[start:] or nodes[-1:]
        if not body or item.target == "once":
            return
        del nodes[len(nodes) - len(body) :]
        nodes.append(
            Node("loop", arms=[Arm(nodes=body), Arm()], condition=condition, text=condition.text, sentence=said.index)
        )

    def _when(self, act: Act, nodes: list[Node], said: Said) -> None:
        """ "Once X is done": X is a step of its own only when nobody told it before, and not in passing."""
        if not act.in_passing and self._known(act) is None:
            self._append(Node("task", act, sentence=said.index), nodes)

    def _act(self, item: Item, nodes: list[Node], start: int, said: Said) -> None:
        act = item.act
        if act is None:
            return
        if nodes and nodes[-1].kind == "end" and _is_outcome(act, nodes[-1], said):
            nodes[-1].text = nodes[-1].text or _outcome(act)
            nodes[-1].negative = nodes[-1].negative or act.verb in REFUSE or None
            return
        back = bool(nodes) and nodes[-1].kind == "back" and (act.again or self._known(act) is not None)
        if back or self._fails_at_times(act, said):
            return
        bare = " " not in act.name or act.verb == "do" or _only_when(act, said, self._known(act))
        if bare and not act.again and act.joined != "or" and (known := self._known(act)) is not None:
            if known.act is not None:
                known.act.facts = act.facts | known.act.facts  # told again without saying what: a remark on that step
            return
        node = Node("task", act, sentence=said.index)
        if item.target == "after" and self._known(act) is not None:
            return
        if act.joined == "or" and nodes and nodes[-1].kind in ("task", "choice") and len(nodes) > start:
            self._or(node, nodes)
        elif nodes and nodes[-1].kind == "task" and nodes[-1].act and _told_more(nodes[-1].act, act):
            nodes[-1].act.facts = act.facts | nodes[-1].act.facts
            return
        elif act.again and (known := self._known(act)) is not None and self._inside_choice(nodes):
            nodes.append(Node("back", act, text=act.name, arms=[], sentence=known.sentence))
        elif (act.parallel and len(nodes) > start and nodes[-1].kind in ("task", "parallel")) or (
            len(nodes) > start
            and nodes[-1].act is not None
            and nodes[-1].kind == "task"
            and nodes[-1].act.parallel
            and said.cue != "parallel"
            and item.target != "while"
            and not act.parallel
        ):
            self._pair(node, nodes)
        elif act.optional and said.cue != "sometimes":
            nodes.append(Node("choice", arms=[Arm(nodes=[node], label="sometimes")], sentence=said.index))
            self._remember(node)
        else:
            self._append(node, nodes)

    def _fails_at_times(self, act: Act, said: Said) -> bool:
        """ "One in ten is the wrong one, and we order again": how often it fails is told of that step."""
        share = any(mark.quantity.kind == "chance" for mark in said.marks)
        return " " not in act.name and act.again and share and self._known(act) is not None

    def _inside_choice(self, nodes: list[Node]) -> bool:
        return self.last_choice is not None and any(arm.nodes is nodes for arm in self.last_choice.arms)

    def _append(self, node: Node, nodes: list[Node]) -> None:
        nodes.append(node)
        self._remember(node)

    def _remember(self, node: Node) -> None:
        if node.act is not None:
            self.names.setdefault(node.act.verb, []).append(node)
            self.done.append(node)

    def _known(self, act: Act) -> Node | None:
        """A step told before that is the same work: the same verb on the same thing."""
        words = content(act.name) - {act.verb}
        if act.over and words:
            whole = content(act.name)
            for node in reversed(self.done[-8:]):
                if node.act is not None and (
                    share(whole, content(node.act.name)) >= 0.5
                    or (node.act.verb == act.verb and words & content(node.act.name))
                ):
                    return node
        for node in reversed(self.done[-4:] if act.verb == "do" and content(act.thing) else []):
            if (
                node.act is not None
                and content(act.thing) <= content(node.act.thing)
                and (act.role is None or node.act.role in (None, act.role))
            ):
                return node  # "she sends the bill. She does the bills once a month"
        for node in reversed(self.names.get(act.verb, [])[-12:]):
            other = content(node.act.name) - {act.verb} if node.act else frozenset()
            if not words or not other or share(words, other) >= 0.5 or words <= other:
                return node
        return None

    def _or(self, node: Node, nodes: list[Node]) -> None:
        """ "accepts or rejects": two branches of one choice."""
        last = nodes.pop()
        if last.kind == "choice" and last is self.last_or:
            last.arms.append(Arm(nodes=[node], label=node.act.name if node.act else ""))
            nodes.append(last)
        else:
            label = last.act.name if last.act else ""
            if last.act and node.act and last.act.name.count(" ") == 0 and node.act.thing:
                last.act.name = f"{last.act.name} {node.act.thing}"
            self.last_or = Node(
                "choice",
                arms=[Arm(nodes=[last], label=label), Arm(nodes=[node], label=node.act.name if node.act else "")],
                sentence=node.sentence,
            )
            nodes.append(self.last_or)
        self._remember(node)

    def _pair(self, node: Node, nodes: list[Node]) -> None:
        """Two actions of one sentence side by side."""
        last = nodes.pop()
        if last.kind == "parallel":
            last.arms.append(Arm(nodes=[node]))
            nodes.append(last)
        else:
            nodes.append(Node("parallel", arms=[Arm(nodes=[last]), Arm(nodes=[node])], sentence=node.sentence))
        self._remember(node)

    def _side_by_side(self, nodes: list[Node], start: int) -> None:
        """ "Meanwhile …": runs beside the steps that the role before did last."""
        if not start:
            return
        new = nodes[start:]
        del nodes[start:]
        roles = [_role(node) for node in new]
        groups = (
            [[node] for node in new] if len(new) > 1 and None not in roles and len(set(roles)) == len(roles) else [new]
        )
        if nodes[-1].kind == "parallel":
            nodes[-1].arms += [Arm(nodes=group) for group in groups]
            return
        first = self._stretch(nodes, new)
        old = nodes[first:]
        del nodes[first:]
        nodes.append(
            Node("parallel", arms=[Arm(nodes=old), *(Arm(nodes=group) for group in groups)], sentence=new[0].sentence)
        )

    def _stretch(self, nodes: list[Node], new: list[Node]) -> int:
        """Where the stretch begins that the same role did last (at least the sentence before)."""
        latest = nodes[-1].sentence
        role = _role(nodes[-1])
        other = _role(new[0])
        place = len(nodes) - 1
        while place > 0 and not ends([nodes[place - 1]]):
            before = nodes[place - 1]
            if before.kind == "wait" or self._closed(before):
                break
            same_role = role is not None and role != other and _role(before) in (role, None)
            if (before.sentence == latest and before.kind != "choice") or same_role:
                place -= 1
                continue
            break
        while place < len(nodes) - 1 and _role(nodes[place]) is None and nodes[place].sentence != latest:
            place += 1
        return place


def _told_more(last: Act, act: Act) -> bool:
    """Whether a step is told once more right behind itself: "Beate writes the invoice from the tickets. She writes the
    invoice once a month, ten minutes" says how long that takes, and is no second step."""
    if act.again or act.name == last.name:
        return not act.again
    same = act.thing and (act.verb, act.role, act.thing) == (last.verb, last.role, last.thing)
    new = act.facts.keys() - last.facts.keys()
    return bool(same and new) and act.facts.keys() <= new | {"batch"} and content(act.name) <= content(last.name)


def _is_outcome(act: Act, end: Node, said: Said) -> bool:
    """Whether an action told behind an end says how it ended: in its sentence, or by nobody in the next one."""
    return said.index == end.sentence or (said.index == end.sentence + 1 and (not act.role or act.verb in REFUSE))


def _outcome(act: Act) -> str:
    """ "The order is rejected" as an outcome: "Order rejected"."""
    thing = act.thing or "case"
    return f"{thing[:1].upper()}{thing[1:]} {participle(act.verb)}"


def _role(node: Node) -> str | None:
    """Who does a step; for a choice the first role in it."""
    return next((task.act.role for task in tasks([node]) if task.act and task.act.role), None)


def _only_when(act: Act, said: Said, known: Node | None) -> bool:
    """ "The clerk approves each bill. Bills are approved only on Thursdays": when that step is done, and no second."""
    days = any(mark.quantity.kind == "rhythm" and "only" in mark.words for mark in said.marks)
    return days and known is not None and known.act is not None and act.role in (None, known.act.role)
