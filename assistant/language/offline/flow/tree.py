"""From statements to a tree: which sentences share a branch, what runs side by side, what is told out of order.

Two passes. The first pairs conditions with their alternatives ("if it is complete …", "otherwise …"), so that the
sentences between belong to the first branch. The second places actions, one sentence at a time. Linear in length.
"""

from __future__ import annotations

from assistant.english.tables import classed
from assistant.language.offline.flow.alternatives import asks
from assistant.language.offline.flow.case_over import over
from assistant.language.offline.flow.into_the_tree import Placing
from assistant.language.offline.flow.nodes import Arm, Node, ends, refuses
from assistant.language.offline.sentences.same_step import answer, content
from assistant.language.offline.sentences.statements import Act, Condition, Said
from assistant.language.offline.words.word_tables import REFUSE


def build_flow(told: list[Said], met: dict[str, int]) -> list[Node]:
    """The steps of the whole story, in order. `met` says at which character each role was first told."""
    builder = _Builder(told, met)
    root: list[Node] = []
    builder.range(0, len(told), root)
    return root


# --- first pass: which condition is the alternative of which -------------------------------------------------------


# --- second pass ---------------------------------------------------------------------------------------------------


DEEPEST = 12  # branches told within branches; what is deeper is told one after the other


def _told_beside(said: Said) -> bool:
    """Whether a condition closes a sentence that tells a step: "then" goes on for all behind it."""
    return any(item.kind == "act" for item in said.items) and said.items[-1].kind == "if"


_GOES_ON = {True: ("", "so", "sometimes"), False: ("", "then", "so", "sometimes")}
"""The words a sentence may begin with that tells what is done on the condition before, by whether that stood beside a
step."""


def _gives_up(said: Said, following: Said) -> bool:
    """ "Every third says no. Then we give the watch back": that is done for those, and for nobody else."""
    condition = next((item.condition for item in reversed(said.items) if item.condition is not None), None)
    first = next(iter(following.acts()), None)
    back = first is not None and first.name.startswith(("Give back", "Send back", "Return "))
    refused = condition is not None and (answer(condition) == "no" or bool(condition.words & REFUSE))
    return back and following.cue == "then" and refused


_DEALING, _POINTS = classed("reading", "dealt-with"), frozenset("those these must has have need needs".split())


def _makes(late: Node, sent: Node) -> bool:
    """ "Then the quotation goes off to the insurer. Ann writes it": what is sent was made before, though told after."""
    made, gone = late.act, sent.act
    if late.kind != "task" or made is None or gone is None or gone.role is not None or made.verb not in _MAKING:
        return False
    return gone.verb in _SENDING and bool(content(made.thing)) and content(made.thing) <= content(gone.thing)


_MAKING, _SENDING = classed("reading", "makes-paper"), frozenset("go send forward travel post".split())


class _Builder(Placing):
    def range(self, start: int, stop: int, nodes: list[Node]) -> None:
        """Place sentences `start` to `stop` at the end of `nodes`."""
        self.level += 1
        self._range(start, stop, nodes)
        self.level -= 1

    def _range(self, start: int, stop: int, nodes: list[Node]) -> None:
        i = start
        while i < stop:
            if self.level > DEEPEST:
                self._place(self.told[i], nodes)
                i += 1
                continue
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
        if after < stop and after not in self.chains and _gives_up(said, self.told[after]) and self.last_choice:
            way = self.last_choice.arms[-1].nodes
            over_there = [way.pop()] if way and way[-1].kind == "end" else []
            self._sentence(self.told[after], way)
            way.extend(over_there)
            return after + 1
        after = self._dealt_with(said, after, stop)
        if after > i + 1:
            return after
        if (
            said.carries
            and after < stop
            and after not in self.chains
            and self.told[after].cue in _GOES_ON[_told_beside(said)]
            and (self.told[after].cue or self._for_those(said, self.told[after]))
        ):
            choice = self.last_choice
            if choice is not None:
                self._sentence(self.told[after], choice.arms[-1].nodes)
                self.last_choice = choice
                return self._dealt_with(said, after + 1, stop)
        return after

    def _for_those(self, said: Said, following: Said) -> bool:
        """Whether a sentence that no word ties tells what is done where the condition before holds, not what goes on
        for all: it points there, speaks of what was named there, or somebody is asked or does it again."""
        first = next((item.act for item in following.items if item.kind == "act"), None)
        condition = next((item.condition for item in reversed(said.items) if item.condition is not None), None)
        points = not following.words.isdisjoint(_POINTS)
        if first is None or condition is None or following.items[0].kind != "act" or points:
            return True
        handled = [words for words, born in self.born.items() if born < said.index]
        named = content(condition.text).difference(*handled)
        elliptic = condition.text.split()[-1:] in (["some"], ["one"], ["them"])
        asked = bool(first.contact) or first.verb in _DEALING or first.again or first.back_to is not None
        return elliptic or asked or bool(named & content(f"{first.name} {first.role or ''}"))

    def _dealt_with(self, said: Said, after: int, stop: int) -> int:
        """Sentences about a thing that only the branch just told brought in belong to that branch."""
        if any(item.kind == "else" for item in said.items):
            return after  # both ways were told: what follows is for all
        while (
            said.opens_with_if is not None
            and after < stop
            and after not in self.chains
            and self.last_choice is not None
            and not ends(self.last_choice.arms[-1].nodes)
            and not refuses(self.last_choice.arms[-1].nodes)
        ):
            following = self.told[after]
            first = next((item.act for item in following.items if item.kind == "act"), None)
            if (
                first is None
                or following.items[0].kind != "act"
                or following.cue not in ("", "so")
                or not (first.thing or first.role)
            ):
                return after
            if self._newcomer(first, said):
                self._sentence(following, self.last_choice.arms[-1].nodes)
                after += 1
                continue
            born = self.born.get(content(first.thing)) if content(first.thing) else None
            if (
                born is None
                or born < self.last_choice.sentence
                or born >= following.index
                or not self.last_choice.arms[-1].nodes
            ):
                return after
            self._sentence(following, self.last_choice.arms[-1].nodes)
            after += 1
        return after

    def _newcomer(self, act: Act, said: Said) -> bool:
        """Whether who acts came in with the branch, as the one it goes to: "passes it to the fraud unit"."""
        return (
            act.role is not None
            and said.span.start <= self.met.get(act.role, -1) < said.span.end
            and said.first_role != act.role
        )

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
        if self.told[chain[0]].opens_with_if is None:
            over(node.arms[0], self.told[i])
        self.last_choice = node
        self.previous = (nodes, len(nodes) - 1)
        return until

    def _merge_or(self, i: int, chain: list[int], stop: int) -> int | None:
        """ "… approves or rejects it. If she rejects it, …": the conditions are the branches already there."""
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
        if condition is None or (condition.negative and not any(w in condition.words for w in REFUSE)):
            return None
        return next(
            (arm for arm in choice.arms if arm.nodes and arm.nodes[0].act and arm.nodes[0].act.verb in condition.words),
            None,
        )

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
        own = said.cue == "so" and said.opens_with_if is not None and said.opens_with_if.p is not None
        if said.cue in ("else", "so") and not own and said.index and asks(self.told[said.index - 1]) and nodes:
            self._answer(said, nodes)
            return
        if (
            said.cue == "else"
            and nodes
            and nodes[-1].kind == "choice"
            and len(nodes[-1].arms) == 1
            and not self._closed(nodes[-1])
        ):
            arm = Arm()
            nodes[-1].arms.append(arm)
            self._items([item for item in said.items if item.kind != "else"], arm.nodes, said)
            return
        self._sentence(said, nodes)

    def _answer(self, said: Said, nodes: list[Node]) -> None:
        """ "If not, …" after "asks whether it works": a choice on the answer."""
        asked = self.told[said.index - 1].acts()[-1]
        text = asked.name.split(" whether ")[-1] if " whether " in asked.name else f"{asked.thing or 'result'} is fine"
        negative = said.cue == "else"
        condition = Condition(
            f"not: {text}" if negative else text, negative, asked.span, content(text), p=said.optional_p
        )
        node = Node("choice", arms=[Arm(condition, p=said.optional_p)], sentence=said.index)
        nodes.append(node)
        self.last_choice = node
        self._items([item for item in said.items if item.kind != "else"], node.arms[0].nodes, said)

    def _chance(self, choice: Node, p: float) -> None:
        """A chance told after a choice is that of the branch told last."""
        arm = choice.arms[-1]
        if arm.p is None and (arm.condition is None or arm.condition.p is None):
            arm.p = p

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
                nodes.append(
                    Node("choice", arms=[Arm(nodes=moved, label="sometimes", p=said.optional_p)], sentence=said.index)
                )
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
        """ "Before any invoice is entered, …" goes before that step; "if it is new, …" right after goes with it."""
        if said.anchor is not None and self._known(said.anchor) is not None:
            known = self._known(said.anchor)
            place = next((i for i, node in enumerate(nodes[:start]) if node is known), None)
            if place is not None:
                self._move(nodes, start, place, said)
                return True
        alone = all(node.kind == "wait" for node in nodes[start + 1 :])
        if start and alone and not said.cue and _makes(nodes[start], nodes[start - 1]):
            nodes[start - 1 : start + 1] = [nodes[start], nodes[start - 1]]
            return True
        if (
            self.late is not None
            and self.late[0] is nodes
            and self.late[2] == said.index - 1
            and said.opens_with_if is not None
        ):
            before = nodes[self.late[1] - 1]
            words = content(before.act.name) if before.act else frozenset()
            if said.opens_with_if.words & words:
                self._move(nodes, start, self.late[1], said)
                return True
        return False
