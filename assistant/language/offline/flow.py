"""From statements to a tree: which sentences share a branch, what runs side by side, what is told out of order.

Two passes. The first pairs conditions with their alternatives ("if it is complete …", "otherwise …"), so that the
sentences between belong to the first branch. The second places actions, one sentence at a time. Linear in length.
"""

from __future__ import annotations

from assistant.language.offline.likeness import alike, content, opposed, sibling
from assistant.language.offline.lexicon import participle
from assistant.language.offline.nodes import Arm, Node, below, ends, tasks
from assistant.language.offline.statements import Act, Condition, Item, Said
from assistant.language.offline.table_verbs import REFUSE

FAR = 6  # sentences between a condition and its alternative, at most


def build_flow(told: list[Said], met: dict[str, int]) -> list[Node]:
    """The steps of the whole story, in order. `met` says at which character each role was first told."""
    builder = _Builder(told, met)
    root: list[Node] = []
    builder.range(0, len(told), root)
    return root


# --- first pass: which condition is the alternative of which -------------------------------------------------------


def alternatives(told: list[Said]) -> dict[int, list[int]]:
    """For each sentence that opens a choice: the sentences that give its other branches."""
    heads: dict[int, int] = {}
    chains: dict[int, list[int]] = {}
    for j, said in enumerate(told):
        i = _head_of(told, j, said, heads)
        if i is not None:
            head = heads.get(i, i)
            heads[j] = head
            chains.setdefault(head, []).append(j)
    return chains


def _head_of(told: list[Said], j: int, said: Said, heads: dict[int, int]) -> int | None:
    condition = said.opens_with_if
    is_else = said.cue in ("else", "latter") and bool(said.items)
    if condition is None and not is_else:
        return None
    if is_else and condition is None and j and _asks(told[j - 1]):
        return None
    for i in range(j - 1, max(-1, j - 1 - FAR), -1):
        other = told[i].opens_with_if
        if other is None or any(item.kind == "else" for item in told[i].items):
            continue
        if is_else and condition is None and any(item.kind == "end" for item in told[i].items):
            return None
        if is_else and condition is None:
            return i
        if condition is not None and (sibling(other, condition) if i == j - 1 or i in heads or heads.get(j - 1) == i else opposed(other, condition)):
            return i
        if is_else:
            return i
    return None


def _asks(said: Said) -> bool:
    """Whether a sentence ends in a question that "if not" answers: "asks whether it works"."""
    last = said.items[-1].act if said.items else None
    return last is not None and said.opens_with_if is None and (" whether " in last.name or last.verb in ("check", "test", "ask", "review", "inspect"))


# --- second pass ---------------------------------------------------------------------------------------------------


class _Builder:
    def __init__(self, told: list[Said], met: dict[str, int]) -> None:
        self.told = told
        self.met = met
        self.chains = alternatives(told)
        self.names: dict[str, list[Node]] = {}
        self.done: list[Node] = []
        self.last_or: Node | None = None
        self.last_choice: Node | None = None
        self.born: dict[frozenset[str], int] = {}  # things and the sentence that first named them
        for said in told:
            for act in said.acts():
                self.born.setdefault(content(act.thing), said.index)
        self.late: tuple[list[Node], int, int] | None = None  # where something told late was put, up to where, by which sentence
        self.previous: tuple[list[Node], int] | None = None  # where the sentence before put its steps

    def range(self, start: int, stop: int, nodes: list[Node]) -> None:
        """Place sentences `start` to `stop` at the end of `nodes`."""
        i = start
        while i < stop:
            if self.told[i].cue == "so" and nodes and nodes[-1].kind == "choice" and self.told[i].items:
                inner = i + 1
                while inner < stop and inner in self.chains.get(i, ()):
                    inner += 1
                self.last_choice = nodes[-1]
                arm = nodes[-1].arms[-1]
                cue, self.told[i].cue = self.told[i].cue, ""
                self.range(i, inner, arm.nodes)
                self.told[i].cue = cue
                i = inner
                continue
            chain = [j for j in self.chains.get(i, ()) if j < stop]
            if chain:
                i = self._choice(i, chain, stop, nodes)
            elif self.told[i].opens_with_if and (merged := self._merge_or(i, [], stop)) is not None:
                i = merged
            else:
                i = self._carried(i, stop, nodes)

    def _carried(self, i: int, stop: int, nodes: list[Node]) -> int:
        """Place a sentence; when it only named a condition, the next one tells what is done then."""
        said = self.told[i]
        self._place(said, nodes)
        after = i + 1
        after = self._dealt_with(said, after, stop)
        if after > i + 1:
            return after
        if said.carries and after < stop and after not in self.chains and self.told[after].cue in ("", "then", "so", "sometimes"):
            choice = self.last_choice
            if choice is not None:
                self._sentence(self.told[after], choice.arms[-1].nodes)
                self.last_choice = choice
                return self._dealt_with(said, after + 1, stop)
        return after

    def _dealt_with(self, said: Said, after: int, stop: int) -> int:
        """Sentences about a thing that only the branch just told brought in belong to that branch."""
        while said.opens_with_if is not None and after < stop and after not in self.chains and self.last_choice is not None:
            following = self.told[after]
            first = next((item.act for item in following.items if item.kind == "act"), None)
            if first is None or following.items[0].kind != "act" or following.cue not in ("", "so") or not (first.thing or first.role):
                return after
            if self._newcomer(first, said):
                self._sentence(following, self.last_choice.arms[-1].nodes)
                after += 1
                continue
            born = self.born.get(content(first.thing))
            if born is None or born < self.last_choice.sentence or born >= following.index or not self.last_choice.arms[-1].nodes:
                return after
            self._sentence(following, self.last_choice.arms[-1].nodes)
            after += 1
        return after

    def _newcomer(self, act: Act, said: Said) -> bool:
        """Whether who acts was first told in the sentence of the branch, as the one it goes to: "passes it to the fraud unit"."""
        return act.role is not None and said.span.start <= self.met.get(act.role, -1) < said.span.end and said.first_role != act.role

    def _choice(self, i: int, chain: list[int], stop: int, nodes: list[Node]) -> int:
        """A condition with its alternatives: each branch gets the sentences up to the next alternative."""
        merged = self._merge_or(i, chain, stop)
        if merged is not None:
            return merged
        node = self._sentence(self.told[i], nodes)
        if node is None:
            return i + 1
        places = [i, *chain]
        for number, place in enumerate(places):
            arm = node.arms[0] if number == 0 else self._other_arm(node, self.told[place])
            until = places[number + 1] if number + 1 < len(places) else self._rest(place, stop)
            self.range(place + 1, until, arm.nodes)
        self.last_choice = node
        self.previous = (nodes, len(nodes) - 1)
        return until

    def _merge_or(self, i: int, chain: list[int], stop: int) -> int | None:
        """"… approves or rejects it. If she rejects it, …": the conditions are the branches already there."""
        choice = self.last_or
        if choice is None or self.told[i].index - choice.sentence > 3:
            return None
        places = [i, *chain]
        arms = [self._arm_for(choice, self.told[place]) for place in places]
        if arms[0] is None:
            return None
        until = i + 1
        for number, place in enumerate(places):
            arm = arms[number] or next((a for a in choice.arms if a not in arms), choice.arms[-1])
            items = [item for item in self.told[place].items if item.kind not in ("if", "else")]
            condition = self.told[place].opens_with_if
            arm.p = arm.p if condition is None or condition.p is None else condition.p
            self._items(items, arm.nodes, self.told[place])
            until = places[number + 1] if number + 1 < len(places) else self._rest(place, stop)
            self.last_choice = choice
            self.range(place + 1, until, arm.nodes)
        return until

    def _arm_for(self, choice: Node, said: Said) -> Arm | None:
        """The branch of an "or" choice whose action a condition repeats."""
        condition = said.opens_with_if
        if condition is None or condition.negative and not any(w in condition.words for w in REFUSE):
            return None
        return next((arm for arm in choice.arms if arm.nodes and arm.nodes[0].act and arm.nodes[0].act.verb in condition.words), None)

    def _other_arm(self, node: Node, said: Said) -> Arm:
        condition = said.opens_with_if
        arm = Arm(condition)
        node.arms.append(arm)
        items = said.items
        if condition is not None:
            cut = next(k for k, item in enumerate(items) if item.kind == "if")
            items = items[:cut] + items[cut + 1 :]
        elif items and items[0].kind == "else":
            items = items[1:]
        self._items(items, arm.nodes, said)
        return arm

    def _rest(self, place: int, stop: int) -> int:
        """How far the last branch reaches: sentences that say they go on with it."""
        until = place + 1
        while until < stop and self.told[until].cue == "so" and until not in self.chains:
            until += 1
        return until

    def _place(self, said: Said, nodes: list[Node]) -> None:
        """One sentence at the end of `nodes`, or where its cue says."""
        if not said.items:
            if said.optional_p is not None and self.last_choice is not None:
                self._chance(self.last_choice, said.optional_p)
            return
        if said.cue in ("former", "latter") and self.last_or is not None and len(self.last_or.arms) > 1:
            arm = self.last_or.arms[0 if said.cue == "former" else 1]
            self._items(said.items, arm.nodes, said)
            return
        if said.cue in ("else", "so") and said.index and _asks(self.told[said.index - 1]) and nodes:
            self._answer(said, nodes)
            return
        if said.cue == "else" and nodes and nodes[-1].kind == "choice" and len(nodes[-1].arms) == 1 and not self._closed(nodes[-1]):
            arm = Arm()
            nodes[-1].arms.append(arm)
            self._items([item for item in said.items if item.kind != "else"], arm.nodes, said)
            return
        self._sentence(said, nodes)

    def _answer(self, said: Said, nodes: list[Node]) -> None:
        """"If not, …" after "asks whether it works": a choice on the answer."""
        asked = self.told[said.index - 1].acts()[-1]
        text = asked.name.split(" whether ")[-1] if " whether " in asked.name else f"{asked.thing or 'result'} is fine"
        negative = said.cue == "else"
        condition = Condition(f"not: {text}" if negative else text, negative, asked.span, content(text), p=said.optional_p)
        node = Node("choice", arms=[Arm(condition, p=said.optional_p)], sentence=said.index)
        nodes.append(node)
        self.last_choice = node
        self._items([item for item in said.items if item.kind != "else"], node.arms[0].nodes, said)

    def _chance(self, choice: Node, p: float) -> None:
        """A chance told after a choice is that of the branch told last."""
        arm = choice.arms[-1]
        if arm.p is None and (arm.condition is None or arm.condition.p is None):
            arm.p = p

    def _closed(self, choice: Node) -> bool:
        """Whether a branch of the choice ends the case, so that "otherwise" is simply what goes on."""
        return any(node.kind == "end" for arm in choice.arms for node in below(arm.nodes))

    def _sentence(self, said: Said, nodes: list[Node]) -> Node | None:
        """The steps of one sentence; returns the first choice it opened."""
        start = len(nodes)
        previous = self.previous
        opened = self._items(said.items, nodes, said)
        if len(nodes) > start:
            if self._told_late(said, nodes, start):
                return opened
            if said.cue == "parallel":
                self._side_by_side(nodes, start)
            elif said.cue == "before" and previous is not None and previous[0] is nodes and previous[1] < start:
                start = self._move(nodes, start, previous[1], said)
            elif said.cue == "forgot":
                start = self._move(nodes, start, 0, said)
            elif said.cue == "sometimes" and opened is None:
                moved = nodes[start:]
                del nodes[start:]
                nodes.append(Node("choice", arms=[Arm(nodes=moved, label="sometimes", p=said.optional_p)], sentence=said.index))
            self.previous = (nodes, min(start, len(nodes) - 1))
        return opened

    def _move(self, nodes: list[Node], start: int, place: int, said: Said) -> int:
        """Take the steps from `start` on to an earlier place; what follows about them goes there too."""
        moved = nodes[start:]
        del nodes[start:]
        nodes[place:place] = moved
        self.late = (nodes, place + len(moved), said.index)
        return place

    def _told_late(self, said: Said, nodes: list[Node], start: int) -> bool:
        """"Before any invoice is entered, …" goes before that step; "if it is new, …" right after goes with it."""
        if said.anchor is not None and self._known(said.anchor) is not None:
            known = self._known(said.anchor)
            place = next((i for i, node in enumerate(nodes[:start]) if node is known), None)
            if place is not None:
                self._move(nodes, start, place, said)
                return True
        if self.late is not None and self.late[0] is nodes and self.late[2] == said.index - 1 and said.opens_with_if is not None:
            before = nodes[self.late[1] - 1]
            words = content(before.act.name) if before.act else frozenset()
            if said.opens_with_if.words & words:
                self._move(nodes, start, self.late[1], said)
                return True
        return False

    def _items(self, items: list[Item], nodes: list[Node], said: Said) -> Node | None:
        """Place the pieces of a sentence; an "if" sends what follows into its branch."""
        here, opened, start = nodes, None, len(nodes)
        for place, item in enumerate(items):
            if item.kind == "when" and item.target == "if" and item.act is not None and self._known(item.act) is None:
                item = Item("if", condition=item.condition)
            if item.kind == "if" and place and items[place - 1].kind == "else" and not here and self.last_choice is not None:
                self.last_choice.arms[-1].condition = item.condition
            elif item.kind == "if" and item.condition is not None:
                node = Node("choice", arms=[Arm(item.condition, p=item.condition.p)], sentence=said.index)
                here.append(node)
                opened = opened or node
                self.last_choice = node
                here, start = node.arms[0].nodes, 0
            elif item.kind == "else":
                target = opened or self.last_choice
                if target is not None:
                    arm = Arm()
                    target.arms.append(arm)
                    here, start, self.last_choice = arm.nodes, 0, target
            elif item.kind == "until" and item.condition is not None:
                self._until(item.condition, here, min(start, len(here)), said)
            elif item.kind == "when" and item.act is not None and item.target != "if":
                self._when(item.act, here, said)
            elif item.kind == "act" and item.act is not None:
                self._act(item, here, start, said)
            elif item.kind in ("back", "end", "wait"):
                here.append(Node(item.kind, item.act, text=item.target, negative=item.negative, sentence=said.index))  # type: ignore[arg-type]
        return opened

    def _until(self, condition: Condition, nodes: list[Node], start: int, said: Said) -> None:
        """"A until C": the steps of the sentence repeat; "wait until C" is one wait."""
        if nodes and nodes[-1].kind == "wait":
            if nodes[-1].act is not None and nodes[-1].act.name == "Wait":
                nodes[-1].act.name = f"Wait until {condition.text}"
            return
        body = nodes[start:] or nodes[-1:]
        if not body:
            return
        del nodes[len(nodes) - len(body) :]
        nodes.append(Node("loop", arms=[Arm(nodes=body), Arm()], condition=condition, text=condition.text, sentence=said.index))

    def _when(self, act: Act, nodes: list[Node], said: Said) -> None:
        """"Once X is done": X is a step of its own only when nobody told it before."""
        if self._known(act) is None:
            self._append(Node("task", act, sentence=said.index), nodes)

    def _act(self, item: Item, nodes: list[Node], start: int, said: Said) -> None:
        act = item.act
        if act is None:
            return
        if nodes and nodes[-1].kind == "end":
            nodes[-1].text = nodes[-1].text or _outcome(act)
            nodes[-1].negative = nodes[-1].negative or act.verb in REFUSE or None
            return
        if nodes and nodes[-1].kind == "back" and (act.again or self._known(act) is not None):
            return
        node = Node("task", act, sentence=said.index)
        if item.target == "after" and self._known(act) is not None:
            return
        if act.joined == "or" and nodes and nodes[-1].kind in ("task", "choice") and len(nodes) > start:
            self._or(node, nodes)
        elif nodes and nodes[-1].kind == "task" and nodes[-1].act and nodes[-1].act.name == act.name and not act.again:
            return
        elif act.again and (known := self._known(act)) is not None and self._inside_choice(nodes):
            nodes.append(Node("back", act, text=act.name, arms=[], sentence=known.sentence))
        elif act.parallel and item.target != "while" and len(nodes) > start and nodes[-1].kind in ("task", "parallel"):
            self._pair(node, nodes)
        elif len(nodes) > start and nodes[-1].act is not None and nodes[-1].kind == "task" and nodes[-1].act.parallel and said.cue != "parallel" and item.target != "while" and not act.parallel:
            self._pair(node, nodes)
        elif act.optional and said.cue != "sometimes":
            nodes.append(Node("choice", arms=[Arm(nodes=[node], label="sometimes")], sentence=said.index))
            self._remember(node)
        else:
            self._append(node, nodes)

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
                if node.act is not None and (alike(whole, content(node.act.name)) >= 0.5 or (node.act.verb == act.verb and words & content(node.act.name))):
                    return node
        for node in reversed(self.names.get(act.verb, [])[-12:]):
            other = content(node.act.name) - {act.verb} if node.act else frozenset()
            if not words or not other or alike(words, other) >= 0.5 or words <= other:
                return node
        return None

    def _or(self, node: Node, nodes: list[Node]) -> None:
        """"accepts or rejects": two branches of one choice."""
        last = nodes.pop()
        if last.kind == "choice" and last is self.last_or:
            last.arms.append(Arm(nodes=[node], label=node.act.name if node.act else ""))
            nodes.append(last)
        else:
            label = last.act.name if last.act else ""
            if last.act and node.act and last.act.name.count(" ") == 0 and node.act.thing:
                last.act.name = f"{last.act.name} {node.act.thing}"
            self.last_or = Node("choice", arms=[Arm(nodes=[last], label=label), Arm(nodes=[node], label=node.act.name if node.act else "")], sentence=node.sentence)
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
        """"Meanwhile …": runs beside the steps that the role before did last."""
        if not start:
            return
        new = nodes[start:]
        del nodes[start:]
        roles = [_role(node) for node in new]
        groups = [[node] for node in new] if len(new) > 1 and None not in roles and len(set(roles)) == len(roles) else [new]
        if nodes[-1].kind == "parallel":
            nodes[-1].arms += [Arm(nodes=group) for group in groups]
            return
        first = self._stretch(nodes, new)
        old = nodes[first:]
        del nodes[first:]
        nodes.append(Node("parallel", arms=[Arm(nodes=old), *(Arm(nodes=group) for group in groups)], sentence=new[0].sentence))

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
            if before.sentence == latest and before.kind != "choice" or same_role:
                place -= 1
                continue
            break
        while place < len(nodes) - 1 and _role(nodes[place]) is None and nodes[place].sentence != latest:
            place += 1
        return place


def _outcome(act: Act) -> str:
    """"The order is rejected" as an outcome: "Order rejected"."""
    thing = act.thing or "case"
    return f"{thing[:1].upper()}{thing[1:]} {participle(act.verb)}"


def _role(node: Node) -> str | None:
    """Who does a step; for a choice the first role in it."""
    found = next((task.act.role for task in tasks([node]) if task.act and task.act.role), None)
    return found
