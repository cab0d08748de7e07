"""What changed between two processes, as the edits that turn the one into the other.

Steps, branches and subprocesses are matched by id. A matched step that stands elsewhere is one move (the fewest moves
are found by the longest increasing subsequence), another name a rename, another attribute a set, another role a
set_role; new steps are inserted, old ones deleted, and blocks put around standing steps are wraps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.errors import EditRefused
from assistant.process import edits as e
from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, End, Loop, Parallel, Sequence
from assistant.process.diff_values import header_edits, longest_kept, row_edits, value_edits
from assistant.process.diff_wraps import wrapping
from assistant.process.draft import SPLITS, Draft
from assistant.process.flow_edits import do
from assistant.process.model import Process, Subprocess
from assistant.process.tree import by_id, roots, sequences, step_id, with_parts


def diff(a: Process, b: Process) -> tuple[e.Edit, ...]:
    """The edits with `apply(a, diff(a, b)) == b`, for any two sound processes; none when they are equal."""
    if a == b:
        return ()
    try:
        search = _Search(a, b)
        search.run()
        if search.draft.close() == b:
            return tuple(search.made)
    except EditRefused:
        pass
    return tuple(_anew(a, b))


class _Search:
    """Makes edits on a draft of `a` and notes them, until the draft says what `b` says."""

    def __init__(self, a: Process, b: Process) -> None:
        self.b = b
        self.draft = Draft(a)
        self.made: list[e.Edit] = []
        self.target = by_id(b)
        self.rows = {address: [step_id(step) for step in seq.items] for address, seq in sequences(b).items()}

    def emit(self, edit: e.Edit) -> None:
        """Note an edit and make it."""
        do(edit, self.draft)
        self.made.append(edit)

    def run(self) -> None:
        """From the outside in: head, then each sequence in reading order, then what is left over, then values."""
        for edit in header_edits(self.draft.header, self.b):
            self.emit(edit)
        self.drop_retyped()
        for edit in row_edits(self.draft.header.roles, self.b.roles, e.PutRole, "role"):
            self.emit(edit)
        for edit in row_edits(self.draft.header.data, self.b.data, e.PutData, "data"):
            self.emit(edit)
        self.settle_calls()
        for address, root in roots(self.b):
            self.settle_root(address)
            self.settle_below(root)
        self.delete_rest()
        self.settle_values()
        self.drop_rest()

    def drop_retyped(self) -> None:
        """Steps that became another kind of block go first, so that their ids are free."""
        for name, step in list(self.draft.steps.items()):
            other = self.target.get(name)
            if name in self.draft.steps and other is not None and type(other) is not type(step):
                self.emit(e.Delete(ids=(name,)))

    def settle_root(self, address: str) -> None:
        if address not in self.draft.rows:
            sub = next(sub for sub in self.b.subprocesses if sub.id == address)
            bare = sub.model_copy(update={"flow": self.bare_sequence(sub.flow)})
            self.emit(e.PutSubprocess(subprocess=bare))
        self.settle_row(address)

    def settle_calls(self) -> None:
        """Steps that became a subprocess of their own, and calls that were opened in their place."""
        kept = {sub.id for sub in self.b.subprocesses}
        for new in self.b.subprocesses:
            if new.id not in self.draft.rows:
                self.extract(new)
        for name, step in list(self.draft.steps.items()):
            sub = step.process if isinstance(step, Call) else None
            gone = sub is not None and sub in self.draft.subs and sub not in kept and name not in self.target
            if gone and set(self.draft.rows[str(sub)]) <= set(self.target):
                self.emit(e.InlineCall(id=name))

    def extract(self, sub: Subprocess) -> None:
        """Make a new subprocess by extracting its steps, when they stand side by side and have no end among them."""
        call = next((s for s in self.target.values() if isinstance(s, Call) and s.process == sub.id), None)
        names = self.rows[sub.id]
        if call is None or not names or call.id in self.draft.steps or not self.side_by_side(names):
            return
        if any(isinstance(self.draft.steps[inner], End) for name in names for inner in self.draft.below(name)):
            return
        self.emit(e.ExtractToCall(ids=tuple(names), id=call.id, subprocess=sub.id, name=sub.name, owner=sub.owner))

    def side_by_side(self, names: list[str]) -> bool:
        """Whether steps stand in the draft one after the other, in this order."""
        if any(name not in self.draft.steps for name in names):
            return False
        row = self.draft.rows[self.draft.home[names[0]]]
        at = row.index(names[0])
        return row[at : at + len(names)] == names

    def settle_below(self, sequence: Sequence) -> None:
        """Bring every sequence below to its target, outer before inner."""
        for step in sequence.items:
            if isinstance(step, Choice | AnyOf | Parallel):
                self.settle_branches(step)
                for branch in step.branches:
                    self.settle_row(branch.id)
                for branch in step.branches:
                    self.settle_below(branch.do)
            elif isinstance(step, Loop):
                self.settle_row(f"{step.id}.do")
                self.settle_row(f"{step.id}.redo")
                self.settle_below(step.do)
                self.settle_below(step.redo)

    def settle_branches(self, step: Choice | AnyOf | Parallel) -> None:
        """Add the branches the draft lacks, without what stands elsewhere in the draft."""
        for index, branch in enumerate(step.branches):
            if branch.id not in self.draft.ways[step.id]:
                bare = branch.model_copy(update={"do": self.bare_sequence(branch.do)})
                at = None if index >= len(self.draft.ways[step.id]) else index
                self.emit(e.AddBranch(id=step.id, branch=bare, index=at))

    def bare_sequence(self, sequence: Sequence) -> Sequence:
        """A sequence without the steps that stand in the draft already: those are moved in later."""
        items = [self.bare(step) for step in sequence.items if step_id(step) not in self.draft.steps]
        return Sequence(items=tuple(items))

    def bare(self, step: Block) -> Block:
        """A step without those steps inside it that stand in the draft already."""
        return with_parts(step, lambda _, inner: self.bare_sequence(inner))

    def settle_row(self, address: str) -> None:
        """Let exactly the right steps stand in one sequence in the right order; what is too much goes later."""
        wanted = self.rows[address]
        self.wrap_new(address, wanted)
        have = [name for name in self.draft.row(address) if name in set(wanted)]
        if self.swapped(have, [name for name in wanted if name in set(have)]):
            have = [name for name in self.draft.row(address) if name in set(wanted)]
        keep = longest_kept(have, wanted)
        run: list[str] = []
        before: str | None = None
        for name in [*wanted, None]:
            standing = name is not None and name in self.draft.steps
            if run and (name is None or name in keep or standing != (run[0] in self.draft.steps)):
                self.place(run, before, address)
                before, run = run[-1], []
            if name is not None and name in keep:
                before = name
            elif name is not None:
                run.append(name)

    def place(self, run: list[str], before: str | None, address: str) -> None:
        """Put a run of steps behind `before`: moved when they stand somewhere, inserted when they are new."""
        place = e.Place(after=before) if before is not None else e.Place(into=address, at="start")
        if run[0] in self.draft.steps:
            self.emit(e.Move(ids=tuple(run), place=place))
        else:
            self.emit(e.Insert(blocks=tuple(self.bare(self.target[name]) for name in run), place=place))

    def swapped(self, have: list[str], wanted: list[str]) -> bool:
        """Whether two steps apart from each other just changed places; then they do."""
        off = [index for index, (step, other) in enumerate(zip(have, wanted, strict=True)) if step != other]
        if len(off) != 2 or off[1] - off[0] == 1:
            return False
        self.emit(e.Swap(a=have[off[0]], b=have[off[1]]))
        return True

    def wrap_new(self, address: str, wanted: list[str]) -> None:
        """New blocks around steps that stand here side by side are made by wrapping them."""
        for name in wanted:
            if name not in self.draft.steps:
                found = wrapping(self.target[name])
                if found is not None and self.draft.home.get(found.ids[0]) == address and self.side_by_side(found.ids):
                    self.emit(found.edit)

    def delete_rest(self) -> None:
        """Delete what `b` does not have: whole branches of blocks that stay, and steps."""
        for name, ways in list(self.draft.ways.items()):
            step = self.target.get(name)
            if isinstance(step, SPLITS):
                kept = {branch.id for branch in step.branches}
                for way in [way for way in ways if way not in kept]:
                    self.emit(e.RemoveBranch(branch=way))
        gone = [name for name in self.draft.steps if name not in self.target]
        for name in gone:
            outer = self.draft.outer(name) if name in self.draft.steps else None
            if name in self.draft.steps and (outer is None or outer in self.target):
                self.emit(e.Delete(ids=(name,)))

    def settle_values(self) -> None:
        """Names, roles, attributes and conditions; the order of branches last, by replacing the block."""
        reordered: list[str] = []
        for name, step in self.target.items():
            if isinstance(step, SPLITS):
                for branch in step.branches:
                    self.change(self.draft.branches[branch.id], branch)
                if self.draft.ways[name] != [branch.id for branch in step.branches]:
                    reordered.append(name)
            self.change(self.draft.steps[name], step)
        self.settle_roles()
        for name in reordered:
            if self.draft.ways[name] != [branch.id for branch in self.branches(name)]:
                self.emit(e.Replace(id=name, blocks=(self.target[name],)))
        for sub in self.b.subprocesses:
            self.change(self.draft.subs[sub.id], sub)

    def branches(self, name: str) -> tuple[Branch, ...]:
        step = self.target[name]
        return step.branches if isinstance(step, SPLITS) else ()

    def change(self, old: Block | Branch | Subprocess, new: Block | Branch | Subprocess) -> None:
        for edit in value_edits(old, new):
            self.emit(edit)

    def settle_roles(self) -> None:
        moved: dict[str | None, list[str]] = {}
        for name, step in self.target.items():
            role = getattr(step, "role", None)
            if role != getattr(self.draft.steps[name], "role", None):
                moved.setdefault(role, []).append(name)
        for role, names in moved.items():
            self.emit(e.SetRole(ids=tuple(names), role=role))

    def drop_rest(self) -> None:
        """Subprocesses, roles and data objects that are no more, and the order of subprocesses."""
        kept = {sub.id for sub in self.b.subprocesses}
        for name in [name for name in self.draft.subs if name not in kept]:
            self.emit(e.DropSubprocess(id=name))
        for index, sub in enumerate(self.b.subprocesses):
            if list(self.draft.subs)[index] != sub.id:
                self.emit(e.PutSubprocess(subprocess=sub, index=index))
        _drop(self.emit, self.draft.header, self.b)


def _drop(emit: Callable[[e.Edit], None], a: Process, b: Process) -> None:
    roles, data = {role.id for role in b.roles}, {document.id for document in b.data}
    for role in a.roles:
        if role.id not in roles:
            emit(e.DropRole(id=role.id))
    for document in a.data:
        if document.id not in data:
            emit(e.DropData(id=document.id))


def _anew(a: Process, b: Process) -> Iterable[e.Edit]:
    """Everything taken out and put in again: for pairs whose ids changed their meaning, as in two unrelated files."""
    yield from header_edits(a, b)
    names = tuple(step_id(step) for _, root in roots(a) for step in root.items)
    if names:
        yield e.Delete(ids=names)
    yield from (e.DropSubprocess(id=sub.id) for sub in a.subprocesses)
    yield from row_edits(a.roles, b.roles, e.PutRole, "role")
    yield from row_edits(a.data, b.data, e.PutData, "data")
    if b.flow.items:
        yield e.Insert(blocks=b.flow.items, place=e.Place(into="flow"))
    yield from (e.PutSubprocess(subprocess=sub) for sub in b.subprocesses)
    rest: list[e.Edit] = []
    _drop(rest.append, a, b)
    yield from rest
