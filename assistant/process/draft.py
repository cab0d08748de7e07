"""A process opened up for editing: every step by its id, every sequence as a list, so that one edit costs little.

A draft is private to `apply`: it is made from a process, changed in place, and closed into a new process again.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from assistant.errors import EditRefused
from assistant.process.blocks import AnyOf, Block, Branch, Choice, Loop, Parallel, Sequence
from assistant.process.edits import Place
from assistant.process.figures import joined
from assistant.process.model import Process, Subprocess
from assistant.process.tree import FLOW, fresh_id, parts, step_id

SPLITS = (Choice, AnyOf, Parallel)
HELD = frozenset({"id", "block", "branches", "do", "redo", "flow"})
"""What a step, branch or subprocess is or holds, as against its attributes."""


class Draft:
    """The working copy. Parts of a stored step are stale until `close`; `rows` say what stands where."""

    def __init__(self, process: Process) -> None:
        """Open `process`. Raises EditRefused when it uses an id twice."""
        self.header = process
        self.steps: dict[str, Block] = {}
        self.rows: dict[str, list[str]] = {}
        self.home: dict[str, str] = {}
        self.branches: dict[str, Branch] = {}
        self.ways: dict[str, list[str]] = {}
        self.holder: dict[str, str] = {}
        self.subs: dict[str, Subprocess] = {}
        self._open(FLOW, process.flow, checked=False)
        for sub in process.subprocesses:
            self.subs[sub.id] = sub
            self._open(sub.id, sub.flow, checked=False)

    def _open(self, address: str, sequence: Sequence, checked: bool) -> None:
        if address in self.rows or (checked and address in self.steps):
            raise _taken(address)
        self.rows[address] = [self._enter(step, address, checked) for step in sequence.items]

    def _enter(self, step: Block, address: str, checked: bool) -> str:
        """Register a step and all it holds as standing in `address`; its id is returned, its place not yet given."""
        name = step_id(step)
        if name in self.steps or (checked and name in self.rows):
            raise _taken(name)
        self.steps[name] = step
        self.home[name] = address
        if isinstance(step, SPLITS):
            self.ways[name] = [branch.id for branch in step.branches]
            self.branches.update((branch.id, branch) for branch in step.branches)
        for part, sequence in parts(step):
            self.holder[part] = name
            self._open(part, sequence, checked)
        return name

    def step(self, name: str) -> Block:
        """The step with that id, its parts possibly stale. Raises EditRefused when there is none."""
        if name in self.steps:
            return self.steps[name]
        if name in self.branches:
            raise EditRefused(
                f"{self.said(name)} is a branch, not a step.", "A step is expected here.", "Name a step of the branch."
            )
        raise missing("step", name, self.steps)

    def row(self, address: str) -> list[str]:
        """The ids of the steps standing in a sequence. Raises EditRefused when there is no such sequence."""
        if address not in self.rows:
            if address in self.steps:
                raise EditRefused(
                    f"Nothing can be put into {self.said(address)} itself.",
                    "It is a step; what holds steps is a branch, LOOP.do, LOOP.redo, a subprocess or `flow`.",
                    self._parts_hint(address),
                )
            raise missing("sequence", address, self.rows)
        return self.rows[address]

    def _parts_hint(self, name: str) -> str:
        inside = self.parts_of(name)
        return f"Its parts are {', '.join(inside)}." if inside else "Say after or before which step instead."

    def parts_of(self, name: str) -> list[str]:
        """The addresses of the sequences a step holds."""
        if name in self.ways:
            return self.ways[name]
        return [f"{name}.do", f"{name}.redo"] if isinstance(self.steps[name], Loop) else []

    def below(self, name: str) -> Iterable[str]:
        """The ids of a step and of all steps inside it, outer first."""
        stack = [name]
        while stack:
            one = stack.pop()
            yield one
            stack.extend(inner for part in reversed(self.parts_of(one)) for inner in reversed(self.rows[part]))

    def spot(self, place: Place) -> tuple[str, int]:
        """The address and index a place means. Raises EditRefused when it names nothing."""
        if place.into is not None:
            row = self.row(place.into)
            return place.into, 0 if place.at == "start" else len(row)
        anchor = place.after if place.after is not None else str(place.before)
        self.step(anchor)
        address = self.home[anchor]
        return address, self.rows[address].index(anchor) + (place.after is not None)

    def neighbours(self, names: Iterable[str]) -> tuple[str, int, list[str]]:
        """Where a run of neighbouring steps stands: address, index of the first, the ids in their order there.

        Raises EditRefused when they do not stand side by side in one sequence.
        """
        wanted = list(names)
        for name in wanted:
            self.step(name)
        self.distinct(wanted)
        homes = {self.home[name] for name in wanted}
        address = self.home[wanted[0]]
        row = self.rows[address]
        places = sorted(row.index(name) for name in wanted) if len(homes) == 1 else []
        if not places or places[-1] - places[0] + 1 != len(wanted):
            raise EditRefused(
                f"{self.told(wanted)} do not stand side by side.",
                "This can only be done to steps that follow one another directly.",
                "Move them together first, or name the steps between as well.",
            )
        return address, places[0], row[places[0] : places[-1] + 1]

    def distinct(self, names: list[str]) -> None:
        """Raises EditRefused when a step is named twice, or together with a step it holds."""
        if len(set(names)) != len(names):
            raise EditRefused("A step is named twice in one edit.", f"It names {self.told(names)}.", "Name each once.")
        chosen = set(names)
        for name in names:
            outer = self.outer(name)
            while outer is not None:
                if outer in chosen:
                    raise EditRefused(
                        f"{self.said(name)} stands inside {self.said(outer)}.",
                        "One edit cannot name both.",
                        f"Name only {outer}, or only {name}.",
                    )
                outer = self.outer(outer)

    def outer(self, name: str) -> str | None:
        """The step that directly holds a step, or None at the top of a flow."""
        return self.holder.get(self.home[name])

    def said(self, name: str) -> str:
        """One element as a reader knows it: its name in quotes, what kind of block or branch it is, else its id."""
        if name in self.branches:
            when = self.branches[name].when
            return f"the branch “{when}”" if when else "the branch for all other cases"
        if name in self.subs:
            return f"“{self.subs[name].name}”"
        if name not in self.steps:
            return name
        step = self.steps[name]
        return f"“{label}”" if (label := name_of(step)) else f"the {getattr(step, 'block', 'step').replace('_', '-')}"

    def told(self, names: Iterable[str]) -> str:
        """Steps as a reader knows them: their names in quotes, joined."""
        return joined([self.said(name) for name in names])

    def put(self, steps: Iterable[Block], address: str, index: int) -> None:
        """Register new steps and let them stand at a place. Raises EditRefused for ids in use and unknown roles."""
        names = [self._enter(step, address, checked=True) for step in steps]
        for name in names:
            for inner in self.below(name):
                self.known_role(getattr(self.steps[inner], "role", None), inner)
        self.rows[address][index:index] = names

    def known_role(self, role: str | None, where: str) -> None:
        """Raises EditRefused when a step would name a role that is not declared."""
        if role is not None and self.header.role(role) is None:
            raise EditRefused(
                f"{where} would be done by {role}, which is not a role of this process.",
                f"Its roles are {', '.join(r.id for r in self.header.roles[:12]) or 'none'}.",
                "Add the role first (put_role).",
            )

    def take(self, name: str) -> None:
        """Let a step stand nowhere; it stays registered."""
        self.rows[self.home[name]].remove(name)

    def stand(self, names: list[str], address: str, index: int) -> None:
        """Let registered steps stand at a place."""
        self.rows[address][index:index] = names
        for name in names:
            self.home[name] = address

    def forget(self, name: str) -> None:
        """Take a step out of its place and out of the draft, with all it holds."""
        self.take(name)
        for inner in list(self.below(name))[::-1]:
            for part in self.parts_of(inner):
                self.branches.pop(part, None)
                del self.holder[part], self.rows[part]
            self.ways.pop(inner, None)
            del self.home[inner], self.steps[inner]

    def forget_branch(self, branch: str) -> None:
        """Take a branch out of its block and out of the draft, with all it holds."""
        for name in list(self.rows[branch]):
            self.forget(name)
        self.ways[self.holder.pop(branch)].remove(branch)
        del self.branches[branch], self.rows[branch]

    def add_branch(self, block: str, branch: Branch, index: int | None) -> None:
        """Give a block one more branch. Raises EditRefused for ids in use and unknown roles."""
        self.free(branch.id)
        ways = self.ways[block]
        ways.insert(len(ways) if index is None else min(index, len(ways)), branch.id)
        self.branches[branch.id] = branch
        self.holder[branch.id] = block
        self.rows[branch.id] = []
        self.put(branch.do.items, branch.id, 0)

    def free(self, name: str) -> None:
        """Raises EditRefused when an id is in use."""
        if name in self.steps or name in self.rows:
            raise _taken(name)

    def fresh(self, stem: str, also: Iterable[str] = ()) -> str:
        """An id not in use that reads like `stem`."""
        return fresh_id(stem, {*self.steps, *self.rows, *also})

    def fresh_part(self, block: str, number: int) -> str:
        """The id of a new block's branch: its own id and the number, or one that reads like it."""
        wanted = f"{block}.{number}"
        return self.fresh(wanted) if wanted in self.steps or wanted in self.rows else wanted

    def open_sub(self, sub: Subprocess, index: int | None) -> None:
        """Add a subprocess, or replace the one with that id."""
        order = list(self.subs)
        place = order.index(sub.id) if sub.id in self.subs else len(order)
        if sub.id in self.subs:
            for name in list(self.rows[sub.id]):
                self.forget(name)
            order.remove(sub.id)
        else:
            self.free(sub.id)
        self.rows[sub.id] = []
        self.put(sub.flow.items, sub.id, 0)
        order.insert(min(place if index is None else index, len(order)), sub.id)
        self.subs[sub.id] = sub
        self.subs = {name: self.subs[name] for name in order}

    def close(self) -> Process:
        """The draft as a process; what was not touched is the same object as before."""
        flow = self.sequence(FLOW)
        subs = tuple(self._closed_sub(name) for name in self.subs)
        before = self.header
        same = len(subs) == len(before.subprocesses) and all(
            a is b for a, b in zip(subs, before.subprocesses, strict=True)
        )
        if flow is before.flow and same:
            return before
        return before.model_copy(update={"flow": flow, "subprocesses": subs})

    def _closed_sub(self, name: str) -> Subprocess:
        sub, flow = self.subs[name], self.sequence(name)
        return sub if flow is sub.flow else sub.model_copy(update={"flow": flow})

    def sequence(self, address: str) -> Sequence:
        """What stands in a sequence now, as a block."""
        items = tuple(self.built(name) for name in self.rows[address])
        old = self._old(address)
        if (
            old is not None
            and len(old.items) == len(items)
            and all(a is b for a, b in zip(items, old.items, strict=True))
        ):
            return old
        return Sequence(items=items)

    def _old(self, address: str) -> Sequence | None:
        if address == FLOW:
            return self.header.flow
        if address in self.subs:
            return self.subs[address].flow
        if address in self.branches:
            return self.branches[address].do
        loop = self.steps[self.holder[address]]
        if not isinstance(loop, Loop):
            return None
        return loop.do if address.endswith(".do") else loop.redo

    def built(self, name: str) -> Block:
        """A step with what it holds now."""
        step = self.steps[name]
        if isinstance(step, Loop):
            do, redo = self.sequence(f"{name}.do"), self.sequence(f"{name}.redo")
            return step if do is step.do and redo is step.redo else step.model_copy(update={"do": do, "redo": redo})
        if not isinstance(step, SPLITS):
            return step
        branches = tuple(self._built_branch(branch) for branch in self.ways[name])
        same = len(branches) == len(step.branches) and all(a is b for a, b in zip(branches, step.branches, strict=True))
        return step if same else step.model_copy(update={"branches": branches})

    def _built_branch(self, name: str) -> Branch:
        branch, do = self.branches[name], self.sequence(name)
        return branch if do is branch.do else branch.model_copy(update={"do": do})


def name_of(step: Block) -> str:
    """What a step is called: a task's, wait's or call's name, a choice's question, an end's outcome; else empty."""
    for field in ("name", "question", "outcome"):
        text = getattr(step, field, None)
        if isinstance(text, str) and text:
            return text
    return ""


def missing(kind: str, name: str, known: Iterable[str]) -> EditRefused:
    """The refusal of an edit that names something the process does not have."""
    close = get_close_matches(name, list(known), n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Name a {kind} that is there."
    return EditRefused(f"There is no {kind} {name} in this process.", remedy=hint)


def _taken(name: str) -> EditRefused:
    return EditRefused(
        f"The id {name} is used already.", "Every step and branch has an id of its own.", "Choose another id."
    )
