"""From commands to edits: each command of a reply becomes edits on the process it was given.

Commands name existing elements by id and nothing else; new blocks get ids of their own. A command that names what is
not there is a ReplyFault, so that the model mends it; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from assistant.gateway.reply_lines import Line
from assistant.language.by_model.chances import Chances
from assistant.language.by_model.story_blocks import Builder, Roles, task_field
from assistant.language.figures.separators import numeric
from assistant.language.figures.stated import read_rate, read_time
from assistant.process import edits as e
from assistant.process.blocks import AnyOf, Batch, Block, Branch, Choice, Loop, Parallel, Task
from assistant.process.durations import Basis
from assistant.process.edits import Edit, Place
from assistant.process.expected import visit_rates
from assistant.process.model import Process
from assistant.process.tree import branches, by_id, ids, ids_below, parts, sequences
from assistant.process.volumes import arrivals_per_hour, volume

_ID = re.compile(r"[^\s,/\[\]]+")


class Commands:
    """Turns the command lines of one reading into edits on `process`."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.steps = by_id(process)
        self.branches = branches(process)
        self.addresses = set(sequences(process))
        self.roles = Roles(process.roles)
        self._before = dict(self.roles.all)
        self.builder = Builder(self.roles, taken=ids(process) | self.addresses, resolve=self._keep)
        self.builder.chances = Chances(arrivals_per_hour(process))
        self._rates = visit_rates(process)
        self._kept: list[str] = []

    def edits(self, lines: tuple[Line, ...]) -> tuple[Edit, ...]:
        """The edits of all commands, new roles first. Raises ReplyFault naming the line."""
        made: list[Edit] = []
        for line in lines:
            there = [self._rates[name] for name in _ID.findall(line.text.partition(":")[0]) if name in self._rates]
            self.builder.chances.reach = there[0] if there else 1.0
            try:
                made += self.makers()[line.word](self, line)
            except (ValidationError, ValueError) as error:
                if isinstance(error, ValidationError):
                    raise line.fault(error.errors(include_url=False)[0]["msg"]) from None
                raise
        changed = [role for role_id, role in self.roles.all.items() if self._before.get(role_id) != role]
        return (*(e.PutRole(role=role) for role in changed), *made)

    def makers(self) -> dict[str, Callable[[Any, Line], list[Edit]]]:
        """How each command becomes edits."""
        return COMMON

    def _keep(self, line: Line) -> Block | None:
        if line.word != "KEEP":
            return None
        found = self.step_ids(line, line.text)
        if len(found) != 1:
            raise line.fault("it keeps one element; write a KEEP line for each.")
        self._kept.append(found[0])
        return self.steps[found[0]]

    def step_ids(self, line: Line, text: str) -> list[str]:
        """The ids of steps in a text. Raises ReplyFault for one that is not there or for none."""
        found = _ID.findall(text)
        if not found:
            raise line.fault("it names no element; use the ids in square brackets.")
        for step_id in found:
            if step_id not in self.steps:
                raise line.fault(f"there is no step {step_id!r}{self._hint(step_id)}.")
        return found

    def _hint(self, wrong: str) -> str:
        if wrong in self.branches:
            return f"; it is a branch of {self.branches[wrong][0].id}"
        close = get_close_matches(wrong, [*self.steps, *self.branches], n=1)
        return f"; did you mean {close[0]!r}?" if close else ""

    def branch(self, line: Line, text: str) -> Branch:
        """The branch of that id. Raises ReplyFault."""
        name = text.strip("[] ")
        if name not in self.branches:
            raise line.fault(f"there is no branch {name!r}{self._hint(name)}.")
        return self.branches[name][1]

    def place(self, line: Line, text: str) -> Place:
        """`AFTER id`, `BEFORE id`, `INTO address [START]`, `START` or `END` of the flow."""
        found = re.fullmatch(r"(AFTER|BEFORE|INTO|AT)\s+\[?([^\s\[\]]+)\]?(?:\s+(START|END))?", text.strip(), re.I)
        if not found:
            raise line.fault("it says no place; write AFTER id, BEFORE id, INTO branch, AT START or AT END.")
        word, name, at = found.group(1).upper(), found.group(2), (found.group(3) or "END").lower()
        if word == "AT":
            return Place(into="flow", at="start" if name.upper() == "START" else "end")
        if word == "INTO":
            if name not in self.addresses:
                raise line.fault(f"nothing can be put into {name!r}; name a branch, LOOP.do or LOOP.redo.")
            return Place(into=name, at="start" if at == "start" else "end")
        step = self._step_of(line, name)
        return Place(after=step) if word == "AFTER" else Place(before=step)

    def _step_of(self, line: Line, name: str) -> str:
        if name not in self.steps:
            raise line.fault(f"there is no step {name!r}{self._hint(name)}.")
        return name

    def body(self, line: Line) -> tuple[tuple[Any, ...], list[str]]:
        """The new blocks inside a command, and the ids of the existing ones they keep."""
        self._kept = []
        sequence = self.builder.sequence(line.inside)
        return sequence.items, list(self._kept)


def _insert(c: Commands, line: Line) -> list[Edit]:
    blocks, kept = c.body(line)
    if not blocks:
        raise line.fault("it holds no lines; write the new steps indented below it.")
    if kept:
        raise line.fault("KEEP stands inside REPLACE only; to shift a step use MOVE.")
    return [e.Insert(blocks=blocks, place=c.place(line, line.text))]


def _delete(c: Commands, line: Line) -> list[Edit]:
    return [e.Delete(ids=tuple(c.step_ids(line, line.text)))]


def _moved(line: Line) -> tuple[str, str]:
    found = re.match(r"(.*?)\s*\b((?:AFTER|BEFORE|INTO|AT)\b.*)", line.text, re.I)
    if not found:
        raise line.fault("it says no place; write ids and then AFTER id, BEFORE id, INTO branch, AT START or AT END.")
    return found.group(1), found.group(2)


def _move(c: Commands, line: Line) -> list[Edit]:
    what, where = _moved(line)
    return [e.Move(ids=tuple(c.step_ids(line, what)), place=c.place(line, where))]


def _copy(c: Commands, line: Line) -> list[Edit]:
    what, where = _moved(line)
    return [e.Copy(id=element_id, place=c.place(line, where)) for element_id in c.step_ids(line, what)]


def _swap(c: Commands, line: Line) -> list[Edit]:
    found = c.step_ids(line, re.sub(r"\b(?:and|with)\b", " ", line.text))
    if len(found) != 2:
        raise line.fault("it exchanges exactly two elements.")
    return [e.Swap(a=found[0], b=found[1])]


def _replace(c: Commands, line: Line) -> list[Edit]:
    old = c.step_ids(line, re.sub(r"\b(?:with|by)\s*:?$", "", line.text, flags=re.I))
    blocks, kept = c.body(line)
    if len(set(kept)) != len(kept):
        raise line.fault("an element is kept twice; an element stands in one place only (COPY makes another).")
    inside = {name for step_id in old for name in _with_inner(c.steps[step_id])}
    away = [element for element in kept if element not in inside]
    gone = tuple(dict.fromkeys((*away, *old[1:])))
    first: list[Edit] = [e.Delete(ids=gone)] if gone else []
    if not blocks:
        return [e.Delete(ids=tuple(old))]
    return [*first, e.Replace(id=old[0], blocks=blocks)]


def _with_inner(step: Block) -> set[str]:
    return {getattr(step, "id", "")} | {name for _, part in parts(step) for name in ids_below(part)}


def _rename(c: Commands, line: Line) -> list[Edit]:
    what, name = _colon(line)
    return [e.Rename(id=element_id, name=name) for element_id in c.step_ids(line, what)]


def _colon(line: Line) -> tuple[str, str]:
    what, colon, text = line.text.partition(":")
    if not colon or not text.strip():
        raise line.fault("after the id comes a colon and the new text.")
    return what, text.strip()


def _set(c: Commands, line: Line) -> list[Edit]:
    made: list[Edit] = []
    if not line.fields:
        raise line.fault("it sets nothing; write fields between bars, such as `| work 10 min`.")
    for element_id in c.step_ids(line, line.text):
        for text in line.fields:
            made += _set_field(c, line, element_id, text)
    return made


def _set_field(c: Commands, line: Line, one: str, text: str) -> list[Edit]:
    word = text.split(" ")[0].lower()
    step = c.steps[one]
    if isinstance(step, Task):
        if text.lower() == "no control":
            return [e.SetValue(id=one, field="is_control", value=False)]
        fields = task_field(c.builder, line, text, one)
        if "setup" in fields and step.batch is None:
            fields["batch"] = Batch()
        elif "work" in fields and step.batch is not None and step.setup is not None:
            fields.setdefault("setup", None)  # what was done once a run is done for each case
        return [e.SetValue(id=one, field=name, value=_plain(value)) for name, value in fields.items()]
    duration = read_time(text.partition(" ")[2] if word in ("wait", "work", "time") else text)
    if duration is None:
        raise line.fault(f"{text!r} cannot be set on {one}.")
    name = "duration" if step.__class__.__name__ == "Wait" else word if word in ("wait", "work") else "work"
    stated = duration.model_copy(update={"basis": Basis.STATED})
    return [e.SetValue(id=one, field=name, value=_plain(stated))]


def _plain(value: Any) -> Any:
    return value.document() if hasattr(value, "document") else value


def _give(c: Commands, line: Line) -> list[Edit]:
    what, name = _colon(line)
    fields = {"kind": "external"} if "external" in map(str.lower, line.fields) else {}
    return [e.SetRole(ids=tuple(c.step_ids(line, what)), role=c.roles.put(name, **fields))]


def _split(c: Commands, line: Line) -> list[Edit]:
    old, tasks = c.step_ids(line, line.text), [step for step in c.body(line)[0] if isinstance(step, Task)]
    if len(old) != 1 or len(tasks) < 2:
        raise line.fault("it names one task and holds two or more TASK lines.")
    role = getattr(c.steps[old[0]], "role", None)
    kept = [task if task.role else task.model_copy(update={"role": role}) for task in tasks]
    return [e.SplitTask(id=old[0], tasks=tuple(kept))]


def _merge(c: Commands, line: Line) -> list[Edit]:
    old, tasks = c.step_ids(line, line.text), [step for step in c.body(line)[0] if isinstance(step, Task)]
    if len(old) < 2 or len(tasks) != 1:
        raise line.fault("it names two or more neighbouring tasks and holds one TASK line.")
    role = tasks[0].role or getattr(c.steps[old[0]], "role", None)
    return [e.Merge(ids=tuple(old), task=tasks[0].model_copy(update={"role": role}))]


def _parallelise(c: Commands, line: Line) -> list[Edit]:
    groups = [tuple(c.step_ids(line, part)) for part in line.text.split("/")]
    if len(groups) < 2:
        raise line.fault("a slash stands between the groups that run at the same time: `PARALLELISE a b / c`.")
    return [e.Parallelise(groups=tuple(groups), id=c.builder.new_id("parallel"))]


def _in_sequence(c: Commands, line: Line) -> list[Edit]:
    what, _, order = line.text.partition(":")
    named = tuple(c.branch(line, branch_id).id for branch_id in _ID.findall(order))
    found = c.step_ids(line, what)
    if not all(isinstance(c.steps[step_id], Parallel) for step_id in found):
        raise line.fault("it names a PARALLEL.")
    return [e.PutInSequence(id=step_id, order=named) for step_id in found]


def _wrap_choice(c: Commands, line: Line) -> list[Edit]:
    what, _, question = line.text.partition(":")
    values: dict[str, Any] = {"question": question.strip(), "basis": Basis.STATED}
    for text in line.fields:
        word, _, rest = text.partition(" ")
        if (share := c.builder.chances.read(text)) is not None:
            values["p"] = share
        elif word.lower() in ("when", "else"):
            values["when" if word.lower() == "when" else "otherwise_when"] = rest.strip()
        else:
            raise line.fault(f"{text!r} is not known here; fields are `when …`, `else …` and a share.")
    return [e.WrapInChoice(ids=tuple(c.step_ids(line, what)), id=c.builder.new_id(question or "choice"), **values)]


def _wrap_loop(c: Commands, line: Line) -> list[Edit]:
    what, _, condition = line.text.partition(":")
    condition = re.sub(r"^\s*while\b", "", condition, flags=re.I).strip()
    values: dict[str, Any] = {"while": condition, "basis": Basis.STATED}
    until = ""
    for text in line.fields:
        if (share := c.builder.chances.read(text)) is not None:
            values["p"] = share
        elif text.lower().startswith("until "):
            until = text[6:].strip()
        elif text.lower() in ("check first", "first"):
            values["as_part"] = "redo"
        else:
            raise line.fault(f"{text!r} is not known here; fields are `until …`, `check first` and a share.")
    loop_id = c.builder.new_id("repeat")
    made: list[Edit] = [e.WrapInLoop(ids=tuple(c.step_ids(line, what)), id=loop_id, **values)]
    return [*made, e.SetValue(id=loop_id, field="until", value=until)] if until else made


def _add_branch(c: Commands, line: Line) -> list[Edit]:
    what, _, condition = line.text.partition(":")
    found = c.step_ids(line, what)
    if len(found) != 1 or not isinstance(c.steps[found[0]], Choice | AnyOf | Parallel):
        raise line.fault("it names one CHOICE, ANYOF or PARALLEL.")
    share = next((c.builder.chances.read(text) for text in line.fields), None)
    blocks, kept = c.body(line)
    first: list[Edit] = [e.Delete(ids=tuple(kept))] if kept else []
    branch = Branch.model_validate({
        "id": c.builder.new_id(f"{found[0]} branch"), "when": condition.strip() or None, "p": share,
        "p_basis": Basis.STATED if share is not None else None, "do": {"items": blocks},
    })  # fmt: skip
    return [*first, e.AddBranch(id=found[0], branch=branch)]


def _remove_branch(c: Commands, line: Line) -> list[Edit]:
    return [e.RemoveBranch(branch=c.branch(line, branch_id).id) for branch_id in _ID.findall(line.text)]


def _condition(c: Commands, line: Line) -> list[Edit]:
    what, _, text = line.text.partition(":")
    name = what.strip("[] ")
    loop = isinstance(c.steps.get(name), Loop)
    if not loop:
        c.branch(line, name)
    share, made = None, []
    for part in line.fields:
        if part.lower().startswith("until ") and loop:
            made.append(e.SetValue(id=name, field="until", value=part[6:].strip()))
        else:
            share = c.builder.share(line, part, name, None)[0]
    when = re.sub(r"^(?:while|when)\b\s*", "", text.strip(), flags=re.I) or None
    basis = Basis.STATED if share is not None else None
    return [e.SetCondition(id=name, when=when, p=share, basis=basis), *made]


def _turn(c: Commands, line: Line) -> list[Edit]:
    what, _, kind = line.text.partition(":")
    found = c.step_ids(line, what)
    old = c.steps[found[0]]
    new = {"PARALLEL": Parallel, "CHOICE": Choice, "ANYOF": AnyOf}.get(kind.strip().upper())
    if new is None or len(found) != 1 or not isinstance(old, Choice | AnyOf | Parallel):
        raise line.fault("write `TURN id: PARALLEL`, `TURN id: CHOICE` or `TURN id: ANYOF` for one such block.")
    kept = old.branches
    if new is Parallel:
        kept = tuple(branch.model_copy(update={"when": None, "p": None, "p_basis": None}) for branch in kept)
    question = {} if new is Parallel else {"question": getattr(old, "question", "")}
    return [e.Replace(id=old.id, blocks=(new(id=old.id, span=old.span, basis=old.basis, branches=kept, **question),))]


def _subprocess(c: Commands, line: Line) -> list[Edit]:
    what, name = _colon(line)
    made = c.builder.new_id(name)
    return [e.ExtractToCall(ids=tuple(c.step_ids(line, what)), id=made, subprocess=c.builder.new_id(f"{name} flow"),
                            name=name)]  # fmt: skip


def _inline(c: Commands, line: Line) -> list[Edit]:
    return [e.InlineCall(id=element_id) for element_id in c.step_ids(line, line.text)]


def _role(c: Commands, line: Line) -> list[Edit]:
    fields: dict[str, Any] = {}
    for text in line.fields:
        people = re.fullmatch(r"(\d{1,6})(?: \w+)?", text)
        price = re.fullmatch(r"(\d[\d.,]*) (?:per|an|/) ?h(?:our)?", text)
        an_hour = numeric(price[1]) if price else None
        if people:
            fields |= {"capacity": int(people.group(1)), "capacity_basis": Basis.STATED}
        elif an_hour is not None:
            fields |= {"cost_per_hour": an_hour, "cost_basis": Basis.STATED}
        else:
            raise line.fault(f"{text!r} is not known here; fields are `3 people` and `40 per h`.")
    c.roles.put(line.text, **fields)
    return []


def _process(c: Commands, line: Line) -> list[Edit]:
    field, value = _colon(line)
    if field.strip().lower() not in ("name", "trigger", "owner", "purpose"):
        raise line.fault("write `PROCESS name: …`, `PROCESS trigger: …`, `PROCESS owner: …` or `PROCESS purpose: …`.")
    return [e.SetProcess(field=field.strip().lower(), value=value)]


def _volume(c: Commands, line: Line) -> list[Edit]:
    figure = read_rate(line.text)
    if figure is None or figure.low <= 0:
        raise line.fault("write a number and `per h`, `per d`, `per w`, `per month` or `per y`.")
    told = volume(figure.middle, figure.unit, figure.size).model_copy(update={"text": line.text})
    return [e.SetProcess(field="volume", value=told.document())]


COMMON: dict[str, Callable[[Any, Line], list[Edit]]] = {
    "INSERT": _insert, "DELETE": _delete, "MOVE": _move, "COPY": _copy, "SWAP": _swap, "REPLACE": _replace,
    "RENAME": _rename, "SET": _set, "GIVE": _give, "SPLIT": _split, "MERGE": _merge, "PARALLELISE": _parallelise,
    "IN SEQUENCE": _in_sequence, "WRAP CHOICE": _wrap_choice, "WRAP LOOP": _wrap_loop, "ADD BRANCH": _add_branch,
    "REMOVE BRANCH": _remove_branch, "CONDITION": _condition, "TURN": _turn, "SUBPROCESS": _subprocess,
    "INLINE": _inline, "ROLE": _role, "PROCESS": _process, "VOLUME": _volume,
}  # fmt: skip
