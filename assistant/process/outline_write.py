"""A process as an outline: numbered steps that can be read aloud, with what is known about each below it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from assistant.process import outline_values as v
from assistant.process.blocks import (
    AnyOf,
    Block,
    Branch,
    Call,
    Choice,
    End,
    Loop,
    Parallel,
    Sequence,
    Split,
    Task,
    Wait,
)
from assistant.process.durations import Model, Span, _Duration
from assistant.process.model import Process, Protected
from assistant.process.remarks import Remark, told
from assistant.process.tree import by_id
from assistant.process.values_in_words import value_in_words

KEYWORD = re.compile(
    r"(?:choose|choose any|at the same time|repeat|wait|wait for|end|call)(?:\s*:|\s*$)", re.IGNORECASE
)
ABOUT_BLOCKS = {"id", "block", "branches", "do", "redo", "name", "question", "outcome"}
SECTIONS = (
    ("roles", "Roles", "name"),
    ("data", "Data", "name"),
    ("customers", "Customers", "name"),
    ("measures", "Measures", "name"),
    ("separations", "Separations", "reason"),
    ("protected", "Protected", "reason"),
    ("assumptions", "Assumptions", "text"),
    ("remarks", "Remarks", "text"),
)
STEP_FIELDS = ("found_at", "same_performer_as", "a", "b", "process")
HEAD_SKIPS = {"schema_", "name", "flow", "subprocesses", "volume", *(field for field, _, _ in SECTIONS)}


class Names:
    """Which names of roles and data objects are plain and unique, so that they can stand for their ids."""

    def __init__(self, process: Process) -> None:
        self.roles = _by_id(process.roles)
        self.data = _by_id(process.data)

    def said(self, name: str, known: dict[str, str]) -> str:
        """How a role or data object is referred to: its name where that is enough, else `[id]`."""
        return known.get(name, f"[{name}]")


def _by_id(things: tuple[Any, ...]) -> dict[str, str]:
    count = Counter(element.name for element in things)
    return {
        element.id: element.name
        for element in things
        if count[element.name] == 1 and v.plain(element.name) and "," not in element.name
    }


def write(process: Process) -> str:
    """The outline of a process, with every id: it reads back to the same process."""
    return "\n".join(_Writer(process).lines(process)) + "\n"


def write_plain(process: Process) -> str:
    """The outline for somebody who only reads it: names instead of ids."""
    return "\n".join(_PlainWriter(process).lines(process)) + "\n"


def remark_id(number: int) -> str:
    """The id of the remark at a place (1 is the first) where no other is written."""
    return f"remark_{number}"


class _Writer:
    def __init__(self, process: Process) -> None:
        self.names = Names(process)

    def id(self, name: str) -> str:
        """How an id stands behind what it names."""
        return f" [{name}]"

    def lines(self, process: Process) -> Iterator[str]:
        yield f"# {v.quoted(process.name)}"
        yield ""
        head = list(self.attributes(process, HEAD_SKIPS, ""))
        yield from (line[:1].upper() + line[1:] for line in head)
        if head:
            yield ""
        yield "## Steps"
        yield from self.steps(process.flow, "")
        for sub in process.subprocesses:
            yield ""
            yield f"## Subprocess: {v.quoted(sub.name)}{self.id(sub.id)}"
            if sub.owner is not None:
                yield f"owner: {v.quoted(sub.owner)}"
            yield from self.steps(sub.flow, "")
        if process.volume is not None:
            yield ""
            yield "## Volume"
            yield from self.attributes(process.volume, set(), "")
        for field, title, label in SECTIONS:
            yield from self.section(getattr(process, field), title, label)

    def section(self, rows: tuple[Model, ...], title: str, label: str) -> Iterator[str]:
        if rows:
            yield ""
            yield f"## {title}"
        for number, row in enumerate(rows, 1):
            yield from self.row(row, label, number)

    def row(self, row: Any, label: str, number: int) -> Iterator[str]:
        usual = isinstance(row, Remark) and row.id == remark_id(number)
        yield f"- {v.quoted(getattr(row, label))}{self.id(row.id) if hasattr(row, 'id') and not usual else ''}"
        yield from self.attributes(row, {"id", label}, "  ")

    def attributes(self, thing: Model, skip: set[str], indent: str) -> Iterator[str]:
        """A line `key: value` for each attribute that is not at its default."""
        for field, info in type(thing).model_fields.items():
            value = getattr(thing, field)
            if field not in skip and (info.is_required() or value != info.get_default(call_default_factory=True)):
                yield f"{indent}{v.key_of(field)}: {self.value(field, value)}"

    def value(self, field: str, value: Any) -> str:
        if isinstance(value, _Duration):
            return v.length(value)
        if isinstance(value, Span):
            return v.span(value)
        if field == "role":
            return self.names.said(value, self.names.roles)
        if field in v.ROLE_LISTS or field in v.DATA_LISTS:
            known = self.names.roles if field in v.ROLE_LISTS else self.names.data
            return ", ".join(self.names.said(name, known) for name in value)
        if field in v.TEXT_LISTS:
            return v.text_list(value)
        if field == "calendar":
            return v.calendar(value)
        if field == "batch" and value is not None:
            return v.batch(value)
        if field == "figures":
            return v.figures(value)
        if field == "kind":
            return v.quoted(value.replace("_", " "))
        return self.scalar(field, value)

    def scalar(self, field: str, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if field in v.SHARES:
            return v.share(value)
        if isinstance(value, int | float):
            return v.number(value) if isinstance(value, float) else str(value)
        if isinstance(value, str):
            return v.quoted(str(value))
        return self.data(value)

    def data(self, value: Any) -> str:
        """What has no words of its own in an outline."""
        data = (
            [item.document() if isinstance(item, Model) else item for item in value]
            if isinstance(value, tuple)
            else value
        )
        return json.dumps(data.document() if isinstance(data, Model) else data, ensure_ascii=False)

    def steps(self, sequence: Sequence, indent: str) -> Iterator[str]:
        for number, step in enumerate(sequence.items, 1):
            mark = f"{number}. "
            yield f"{indent}{mark}{self.title(step)}{self.id(step.id)}"
            inside = indent + " " * len(mark)
            yield from self.attributes(step, ABOUT_BLOCKS | ({"event"} if isinstance(step, Wait) else set()), inside)
            yield from self.parts(step, inside)

    def title(self, step: Block) -> str:
        match step:
            case Task(name=name):
                return json.dumps(name, ensure_ascii=False) if KEYWORD.match(name) else v.quoted(name)
            case Choice(question=question):
                return f"Choose: {v.quoted(question)}" if question else "Choose"
            case AnyOf(question=question):
                return f"Choose any: {v.quoted(question)}" if question else "Choose any"
            case Parallel():
                return "At the same time"
            case Loop():
                return "Repeat"
            case Wait(name=name, event=event):
                word = "Wait for" if event == "message" else "Wait"
                return f"{word}: {v.quoted(name)}" if name else word
            case End(outcome=outcome):
                return f"End: {v.quoted(outcome)}"
            case Call(name=name):
                return f"Call: {v.quoted(name)}"
        raise TypeError(f"not a step: {step!r}")

    def parts(self, step: Block, indent: str) -> Iterator[str]:
        if isinstance(step, Choice | AnyOf | Parallel):
            for number, branch in enumerate(step.branches, 1):
                yield from self.branch(step, branch, number, indent)
        elif isinstance(step, Loop):
            yield from self.part("do", step.do, indent)
            if step.redo.items:
                yield from self.part("again, after", step.redo, indent)

    def branch(self, step: Split, branch: Branch, number: int, indent: str) -> Iterator[str]:
        alone = sum(way.when is None for way in step.branches) == 1
        bare = "otherwise" if alone and not isinstance(step, Parallel) else "branch"
        words = bare if branch.when is None else f"if {v.quoted(branch.when)}"
        if branch.p is not None:
            words += f" ({v.share(branch.p)}{f', {branch.p_basis.value}' if branch.p_basis else ''})"
        if branch.id != f"{step.id}.{number}":
            words += self.id(branch.id)
        said = {"span": branch.span} if branch.span is not None else {}
        if branch.p is None and branch.p_basis is not None:
            said["p_basis"] = branch.p_basis  # type: ignore[assignment]
        yield from self.part(words, branch.do, indent, said)

    def part(self, words: str, sequence: Sequence, indent: str, said: dict[str, Any] | None = None) -> Iterator[str]:
        empty = not sequence.items and not said
        yield f"{indent}- {words}:{' nothing' if empty else ''}"
        for field, value in (said or {}).items():
            yield f"{indent}  {v.key_of(field)}: {self.value(field, value)}"
        yield from self.steps(sequence, indent + "  ")


class _PlainWriter(_Writer):
    """Names in the place of ids, and words where the other outline has data."""

    def __init__(self, process: Process) -> None:
        super().__init__(process)
        titles = {name: self.title(step) for name, step in by_id(process).items()}
        things: tuple[Any, ...] = (*process.roles, *process.data, *process.subprocesses)
        self.called = titles | {element.id: element.name for element in things}

    def id(self, name: str) -> str:
        return ""

    def section(self, rows: tuple[Model, ...], title: str, label: str) -> Iterator[str]:
        remarks = [row for row in rows if isinstance(row, Remark)]
        yield from super().section(rows, title, label) if not remarks else ("", f"## {title}")
        yield from (f"- {line}" for line in told(remarks))

    def row(self, row: Any, label: str, number: int) -> Iterator[str]:
        if isinstance(row, Protected):
            yield f"- {self.called.get(row.id, row.id)}: {row.reason}"
        else:
            yield from super().row(row, label, number)

    def value(self, field: str, value: Any) -> str:
        named = [value] if field in ("role", *STEP_FIELDS) else value
        if field in ("role", "elements", *STEP_FIELDS, *v.ROLE_LISTS, *v.DATA_LISTS):
            return ", ".join(self.called.get(name, "a step that is gone") for name in named)
        return super().value(field, value)

    def data(self, value: Any) -> str:
        return value_in_words([held.document() if isinstance(held, Model) else held for held in value])
