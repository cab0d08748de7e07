"""From a proposal's commands to edits, with what nobody knows kept as a range instead of a figure.

A redesign says more than a change request: a wait gets shorter, a loop rarer, a run more frequent, queues are shared.
How far is often unknown. Then the edit takes the middle of what is possible and a `Range` says between which limits the
truth lies, so that its effect is played over that range and asked for, never promised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from assistant.errors import EditRefused
from assistant.gateway.port import ReplyFault
from assistant.gateway.reply_lines import Line
from assistant.language.by_model.change_edits import COMMON, Commands
from assistant.language.figures.stated import WEEK_DAYS, Said, days_in, in_days, read_time
from assistant.process import edits as e
from assistant.process.apply import apply
from assistant.process.blocks import Block, Branch, Choice, Loop, Task, Wait
from assistant.process.durations import UNITS, Basis, Duration, Fixed, Uniform, one_after_the_other
from assistant.process.edits import HOW_FAR, Edit, Place
from assistant.process.model import Process
from assistant.process.tree import by_id, fresh_id, ids_below, parts, sequences, step_id


@dataclass(frozen=True)
class Range:
    """A figure that nobody gave: its element and field, and the limits it lies between (seconds, or shares of 1)."""

    element: str
    field: str
    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Made:
    """The edits of a proposal and the figures in them that are only known to lie in a range.

    `inherits`: steps that get the wait before steps that go, with the ids of these. `beside`: figures (element, field)
    that no command names but one moves along, such as the waits before a shared queue."""

    edits: tuple[Edit, ...]
    ranges: tuple[Range, ...] = ()
    inherits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def made_of(process: Process, lines: tuple[Line, ...], said: Said | None, taken: Set[str] = frozenset()) -> Made:
    """The edits of a proposal's commands, tried on the process. Raises ReplyFault when they do not fit.

    `said` are the figures of the story and the facts: a time or chance that is not among them is unknown. `taken` are
    ids that nothing new may get.
    """
    commands = ProposalCommands(process, said)
    commands.builder.taken |= taken
    edits = commands.named_first(commands.edits(tuple(line for line in lines if line.word != "ASK")))
    edits = _waits_first(process, edits)
    try:
        apply(process, edits)
    except EditRefused as error:
        raise ReplyFault(f"The change does not fit: {error.what} {error.why}".strip()) from None
    beside = tuple((edit.id, edit.field) for edit in commands.beside)
    return Made(edits, tuple(commands.ranges), tuple(commands.inherits), beside)


TIME: TypeAdapter[Duration] = TypeAdapter(Duration)


class ProposalCommands(Commands):
    """The commands of a change request and those that only proposals have."""

    def __init__(self, process: Process, said: Said | None) -> None:
        super().__init__(process)
        self.said = said
        self.ranges: list[Range] = []
        self.inherits: list[tuple[str, tuple[str, ...]]] = []
        self.beside: list[e.SetValue] = []

    def makers(self) -> dict[str, Callable[[Any, Line], list[Edit]]]:
        """How each command becomes edits; in those of a change request, figures that nobody gave are left open."""
        return {**{word: _honestly(maker) for word, maker in super().makers().items()}, **_OWN}

    def along(self, edit: e.SetValue) -> e.SetValue:
        """Notes a figure that no command names: it gives way to one that does."""
        self.beside.append(edit)
        return edit

    def named_first(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """The edits without what only moves along where another command of the proposal says how far."""
        beside = {id(edit) for edit in self.beside}
        own = {(edit.id, edit.field) for edit in edits if isinstance(edit, e.SetValue) and id(edit) not in beside}
        gone = {id(edit) for edit in self.beside if (edit.id, edit.field) in own}
        self.beside = [edit for edit in self.beside if id(edit) not in gone]
        return tuple(edit for edit in edits if id(edit) not in gone)

    def honest(self, edit: Edit) -> Edit:
        """An edit without the chances and times that nobody gave."""
        if isinstance(edit, e.WrapInChoice | e.WrapInLoop | e.SetCondition) and edit.p is not None:
            return edit.model_copy(update=self._chance(edit.p, "basis"))
        if isinstance(edit, e.SetValue) and edit.field in ("work", "wait", "setup", "duration"):
            return self._honest_time(edit)
        if isinstance(edit, e.AddBranch):
            return edit.model_copy(update={"branch": self._honest_branch(edit.branch)})
        if isinstance(edit, e.Insert | e.Replace):
            return edit.model_copy(update={"blocks": tuple(self._honest_block(block) for block in edit.blocks)})
        return edit

    def _honest_time(self, edit: e.SetValue) -> e.SetValue:
        """A time that is set anew: one that nobody told is the proposal's, and an estimate."""
        time = TIME.validate_python(edit.value) if edit.value else None
        if time is None or self._says_time(time) or (time.note and self._says_time(in_days(time))):
            return edit
        return edit.model_copy(update={"value": time.model_copy(update={"basis": Basis.ESTIMATED}).document()})

    def _honest_block(self, block: Any) -> Any:
        """A new block without the chances and times that nobody gave; what is kept of the old process stays."""
        if getattr(block, "id", None) in self.steps:
            return block
        if isinstance(block, Task):
            kept = {name: value for name in ("work", "wait") if (value := getattr(block, name)) is not None}
            return block.model_copy(update={name: None for name, value in kept.items() if not self._says_time(value)})
        if hasattr(block, "branches"):
            return block.model_copy(update={"branches": tuple(map(self._honest_branch, block.branches))})
        if isinstance(block, Loop):
            update: dict[str, Any] = {"do": self._inside(block.do), "redo": self._inside(block.redo)}
            update |= self._chance(block.p)
            return block.model_copy(update=update)
        return block

    def _inside(self, sequence: Any) -> Any:
        return sequence.model_copy(update={"items": tuple(map(self._honest_block, sequence.items))})

    def _honest_branch(self, branch: Branch) -> Branch:
        update: dict[str, Any] = {"do": self._inside(branch.do)}
        return branch.model_copy(update=update | self._chance(branch.p))

    def _chance(self, share: float | None, basis: str = "p_basis") -> dict[str, Any]:
        """What becomes of a chance: one of which only a word tells is an estimate, one that nobody gave stays open."""
        if share is None or self._says_share(share):
            return {}
        return {basis: Basis.ESTIMATED} if self.builder.chances.rough(share) else {"p": None, basis: None}

    def _says_share(self, share: float) -> bool:
        if self.builder.chances.rough(share):
            return False
        told, chances = self.said, self.builder.chances
        return told is None or chances.said(share, told) or chances.said(round(1 - share, 6), told)

    def _says_time(self, duration: Duration) -> bool:
        return self.said is None or self.said.has_time(duration)

    def unknown(self, element: str, field: str, high: float, why: str) -> float:
        """Notes a range from nothing to `high`, once, and gives its middle."""
        if all((span.element, span.field) != (element, field) for span in self.ranges):
            self.ranges.append(Range(element, field, 0.0, high, why))
        return high / 2


def _waits_first(process: Process, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits with waits between steps that are made one out of the way first: those that go are taken away, and
    those that stay come behind (one call for three questions has its answers to wait for after it)."""
    waits = {name for name, step in by_id(process).items() if isinstance(step, Wait)}
    merged = [edit.ids for edit in edits if isinstance(edit, e.Merge)]
    if not merged:
        return edits
    first: list[Edit] = [edit for edit in edits if isinstance(edit, e.Delete) and set(edit.ids) <= waits]
    stays = waits - {name for edit in edits if isinstance(edit, e.Delete) for name in edit.ids}
    for named in merged:
        between = tuple(name for name in _between(process, named) if name in stays)
        first += [e.Move(ids=between, place=Place(after=named[-1]))] if between else []
    return (*first, *(edit for edit in edits if edit not in first))


def _between(process: Process, named: tuple[str, ...]) -> list[str]:
    """The steps of one sequence that stand between the first and the last of some."""
    for sequence in sequences(process).values():
        here = [step_id(step) for step in sequence.items]
        if set(named) <= set(here):
            places = [here.index(name) for name in named]
            return [name for name in here[min(places) : max(places)] if name not in named]
    return []


def _honestly(maker: Callable[[Any, Line], list[Edit]]) -> Callable[[Any, Line], list[Edit]]:
    return lambda commands, line: [commands.honest(edit) for edit in maker(commands, line)]


def _delete(c: ProposalCommands, line: Line) -> list[Edit]:
    """Steps go, and branches with all they hold: a redesign that names a branch closes that way."""
    names = re.findall(r"[^\s,;\[\]]+", line.text)
    branches = [name for name in names if name in c.branches]
    steps = " ".join(name for name in names if name not in c.branches)
    made: list[Edit] = [e.RemoveBranch(branch=name) for name in branches]
    gone = c.step_ids(line, steps) if steps or not branches else []
    held = {inner for name in gone for inner in _all_in(c.steps[name]) - {name}}
    gone = [
        name for name in gone if name not in held
    ]  # a decision takes what it holds with it, also where both are named
    return [*made, *([e.Delete(ids=tuple(gone))] if gone else []), *_wait_stays(c, line, gone)]


def _replace(c: ProposalCommands, line: Line) -> list[Edit]:
    """As in a change request; what is not kept may leave its wait to a step that is."""
    made = [c.honest(edit) for edit in COMMON["REPLACE"](c, line)]
    kept = {name for inner in line.inside for below in inner.below() if below.word == "KEEP" for name in [below.text]}
    inside = [name for step in c.step_ids(line, line.text) for name in _all_in(c.steps[step])]
    return [*made, *_wait_stays(c, line, [name for name in inside if name not in kept])]


def _all_in(step: Block) -> set[str]:
    return {getattr(step, "id", ""), *(name for _, part in parts(step) for name in ids_below(part))}


def _wait_stays(c: ProposalCommands, line: Line, gone: list[str]) -> list[Edit]:
    """`wait to id`: the case lies on where it lay, before what is left of the steps there."""
    heir = next((match[1] for text in line.fields if (match := _WAIT_TO.fullmatch(text.strip()))), "")
    if not heir:
        return []
    (name,) = c.step_ids(line, heir)
    own = getattr(c.steps[name], "wait", None)
    lying = [wait for old in gone if (wait := getattr(c.steps.get(old), "wait", None)) is not None]
    if name in gone or not isinstance(c.steps[name], Task) or not lying:
        raise line.fault("`wait to id` names a task that stays, for the wait before a step that goes.")
    c.inherits.append((name, tuple(gone)))
    whole = one_after_the_other([*lying, *([own] if own is not None else [])])
    return [e.SetValue(id=name, field="wait", value=whole.document())]


def _to(line: Line) -> str:
    """What stands after `to` in the first field; empty for `unknown`."""
    text = next((re.sub(r"^to\s+", "", field, flags=re.I).strip() for field in line.fields), "")
    return "" if text.lower().startswith("unknown") else text


def _shorten(c: ProposalCommands, line: Line) -> list[Edit]:
    made: list[Edit] = []
    for name in c.step_ids(line, line.text):
        step = c.steps[name]
        if not isinstance(step, Task | Wait):
            raise line.fault(f"{name} has no wait; name a task or a WAIT.")
        field = "duration" if isinstance(step, Wait) else "wait"
        today: Duration | None = getattr(step, field)
        wanted = read_time(_to(line)) if _to(line) else None
        if wanted is not None and c._says_time(wanted):
            value: Duration = wanted.model_copy(update={"basis": Basis.STATED})
        elif today is None:
            continue  # how long it is today is not known either: there is nothing to shorten by
        elif wanted is not None and wanted.mean_seconds < today.mean_seconds:
            c.unknown(name, field, today.mean_seconds, "so far this wait is to fall, which nobody told")
            value = wanted.model_copy(update={"basis": Basis.ESTIMATED})
        else:
            c.unknown(name, field, today.mean_seconds, "nobody said how far this wait falls")
            value = _at_most(today)
        made.append(e.SetValue(id=name, field=field, value=value.document()))
    return made


def _at_most(today: Duration) -> Duration:
    """A wait from nothing to what it is today, in the unit in which that was told: its middle is nobody's figure."""
    return Uniform(low=0, high=today.mean_seconds / UNITS[today.unit], unit=today.unit, basis=Basis.ESTIMATED)


def _rarer(c: ProposalCommands, line: Line) -> list[Edit]:
    name = line.text.strip("[] ")
    step, branch = c.steps.get(name), c.branches.get(name)
    if not isinstance(step, Loop | Task) and branch is None:
        raise line.fault("it names a LOOP, a branch or a task with an error rate.")
    if isinstance(step, Task):
        field, today = "error_rate", step.error_rate
    else:
        field, today = "p", step.p if isinstance(step, Loop) else branch[1].p if branch else None
    wanted = c.builder.chances.read(_to(line)) if _to(line) else None
    if wanted is None and today is None:
        return []
    known = wanted is not None and c._says_share(wanted)
    if wanted is not None and not known and today is not None and wanted > today:
        wanted = None
    share = wanted if wanted is not None else c.unknown(name, field, today or 0.0, HOW_FAR)
    basis = Basis.STATED if known else Basis.ESTIMATED
    if isinstance(step, Task):
        return [e.SetValue(id=name, field="error_rate", value=share)]
    rest: list[Edit] = []
    if branch and isinstance(branch[0], Choice) and len(branch[0].branches) == 2:
        other = next(another for another in branch[0].branches if another.id != name)
        rest = [e.SetCondition(id=other.id, p=1 - share, basis=basis)]
    why = f"{HOW_FAR}, so half of today's is played" if wanted is None else ""
    return [e.SetCondition(id=name, p=share, basis=basis, why=why or None), *rest]


def _rhythm(c: ProposalCommands, line: Line) -> list[Edit]:
    made: list[Edit] = []
    words = " ".join(line.fields).lower()
    every = re.search(r"every\s+(.+)", words)
    days = days_in(words)
    run = Fixed(value=WEEK_DAYS / len(days), unit="d") if days else read_time(every.group(1)) if every else None
    if run is None and "each case" not in words:
        raise line.fault("write `every 1 d`, `on Monday` or `each case`.")
    for name in c.step_ids(line, line.text):
        step = c.steps[name]
        if not isinstance(step, Task):
            raise line.fault(f"{name} is no task; a rhythm belongs to one.")
        batch = {"every": run.document(), "on": ",".join(days) or None} if run else None
        made.append(e.SetValue(id=name, field="batch", value=batch))
        if step.wait is not None and step.wait.mean_seconds and step.wait_cause in (None, "batching"):
            wait = e.SetValue(id=name, field="wait", value=_at_most(run).document() if run else None)
            made.append(c.along(wait))
    return made


def _pool(c: ProposalCommands, line: Line) -> list[Edit]:
    names, colon, title = line.text.partition(":")
    roles = [role for role in c.process.roles for name in names.split(",") if _same(role.name, name)]
    if len(roles) < 2 or not colon:
        raise line.fault("write `POOL role, role: name of the shared team`, with roles of the outline.")
    people = [role.capacity for role in roles]
    capacity = sum(people_of for people_of in people if people_of is not None) if None not in people else None
    made = {"id": fresh_id(title.strip(), c.roles.all), "name": title.strip()[:200], "capacity": capacity}
    new = roles[0].model_copy(update=made)
    ids = {role.id for role in roles}
    work = tuple(name for name, step in c.steps.items() if getattr(step, "role", None) in ids)
    return [e.PutRole(role=new), e.SetRole(ids=work, role=new.id), *_shorter_queues(c, work)] if work else []


def _shorter_queues(c: ProposalCommands, work: tuple[str, ...]) -> list[Edit]:
    """The told waits before the steps of a shared queue: they fall, and nobody said how far."""
    made: list[Edit] = []
    for name in work:
        step = c.steps[name]
        if isinstance(step, Task) and step.wait is not None and step.batch is None and step.wait_cause in _QUEUED:
            c.unknown(name, "wait", step.wait.mean_seconds, "nobody said how far the shared queue falls")
            made.append(c.along(e.SetValue(id=name, field="wait", value=_at_most(step.wait).document())))
    return made


_WAIT_TO = re.compile(r"(?:the )?wait (?:goes |stays )?(?:to|at|with|before) \[?([^\s\[\]]+)\]?", re.I)
_QUEUED = (None, "contention", "unavailability", "other")


def _same(role: str, name: str) -> bool:
    return re.sub(r"\W+", " ", role.lower()).strip() == re.sub(r"\W+", " ", name.lower()).strip()


def _same_person(c: ProposalCommands, line: Line) -> list[Edit]:
    first, *others = c.step_ids(line, line.text)
    if not others:
        raise line.fault("it names the first step and at least one other.")
    return [e.SetValue(id=name, field="same_performer_as", value=first) for name in others]


def _owner(c: ProposalCommands, line: Line) -> list[Edit]:
    if not line.text:
        raise line.fault("it names who answers for the case.")
    return [e.SetProcess(field="owner", value=line.text[:200])]


def _parallelise(c: ProposalCommands, line: Line) -> list[Edit]:
    """As in a change request; without a slash each step is a group. Of one step, done by several who need not wait for
    each other, nothing is drawn: the proposal's rule says it."""
    alone = [] if "/" in line.text else c.step_ids(line, line.text)
    if len(alone) == 1:
        return []
    return COMMON["PARALLELISE"](c, replace(line, text=" / ".join(alone)) if alone else line)


_OWN: dict[str, Callable[[Any, Line], list[Edit]]] = {
    "DELETE": _delete,
    "REPLACE": _replace,
    "PARALLELISE": _parallelise,
    "SHORTEN": _shorten,
    "RARER": _rarer,
    "RHYTHM": _rhythm,
    "POOL": _pool,
    "SAME PERSON": _same_person,
    "OWNER": _owner,
}
