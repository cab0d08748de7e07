"""What stands when more is told: a further telling is read with all that was told before, and loses nothing of it.

The reader of stories sees all words at once, and some words more can let it see a step told long ago otherwise, or not
at all. A step, who does it, its times and its name go only where the new words speak of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.language.change.mention import alike, content
from assistant.language.put_back import put_back
from assistant.process.blocks import Block, Task, Wait
from assistant.process.blocks import Sequence as Flow
from assistant.process.durations import Span
from assistant.process.model import Process, Role
from assistant.process.tree import by_id, rebuild, tasks, walk

UNNAMED = frozenset({"Process", "Untitled process"})
ITS_OWN = frozenset({"id", "span", "name", "note", "basis"})
COMING = frozenset("ring call phone turn walk come".split())
FIGURES = ("work", "wait", "batch", "setup")
HEADS = ("trigger", "owner", "volume")


@dataclass(frozen=True)
class Words:
    """The new words: what they speak of, where in the whole story they begin, and up to where what was told is settled:
    what was said a moment ago may be read otherwise by what comes next, as in one go."""

    said: frozenset[str]
    start: int
    settled: int

    def speak_of(self, text: str) -> bool:
        """Whether they hold a word of a name."""
        return any(alike(word, other) for word in content(text) for other in self.said)

    def settles(self, step: Task | Wait) -> bool:
        """Whether a step was told long enough before them to stand."""
        return step.span is None or step.span.start < self.settled

    def hold(self, span: Span | None) -> bool:
        """Whether a place in the story lies in them."""
        return span is not None and span.start >= self.start


def with_what_stands(told: Process, read: Process, words: str, start: int, settled: int) -> Process:
    """A whole story `read` anew with the `words` told last, which begin at `start`, keeping what was `told` before the
    place up to which it is `settled`."""
    new = Words(frozenset(content(words)), start, settled)
    read = _values_kept(told, _names_kept(told, read, new), new)
    if lost := _lost(told, read, new):
        read = put_back(told, read, lost)
    return _head_kept(told, read, new)


def _lost(told: Process, read: Process, new: Words) -> set[str]:
    """The steps and waits told that are not there any more: what goes is taken out by words that say so."""
    there = by_id(read)
    spans = {(span.start, span.end) for step in walk(read) for span in _spans(step)}
    lost: set[str] = set()
    for step in walk(told):
        if not isinstance(step, Task | Wait) or step.id in there or not new.settles(step):
            continue
        if isinstance(step, Task) and _only_comes(told, step):
            continue
        if isinstance(step, Task) or any((span.start, span.end) not in spans for span in _spans(step)):
            lost.add(step.id)
    return lost


def _only_comes(told: Process, task: Task) -> bool:
    """Whether a step only stands for what comes in, as long as nobody is known who brings it; or for a customer who
    rings or turns up, which begins the case."""
    words, role = content(task.name), told.role(task.role or "")
    if role is None:
        return words[:1] == ["receive"]
    return role.kind == "external" and len(words) == 1 and words[0] in COMING


def _spans(step: Block) -> Iterator[Span]:
    """The places of the figures of a step."""
    for field in (*FIGURES, "duration"):
        value = getattr(step, field, None)
        span = getattr(getattr(value, "every", value), "span", None)
        if span is not None:
            yield span


def _names_kept(told: Process, read: Process, new: Words) -> Process:
    """The reading with each step that it sees in the same words as before under the name it had, unless the new words
    say what it is done with (`sign them`, and then: `the permits are sent`)."""
    known, there = by_id(told), by_id(read)
    gone = [task for task in tasks(told) if task.id not in there and new.settles(task)]
    called: dict[str, Task] = {}
    for task in tasks(read):
        if task.id in known or task.span is None or new.hold(task.span):
            continue
        if new.speak_of(" ".join(content(task.name)[1:])):
            continue
        old = next((other for other in gone if _same_words(task, other)), None)
        if old is not None:
            called[task.id] = old
            gone.remove(old)
    if not called:
        return read
    read = _each_task(read, lambda task: _called(task, called.get(task.id)))
    ids = {id_: old.id for id_, old in called.items()}
    remarks = tuple(
        remark.model_copy(update={"elements": tuple(dict.fromkeys(ids.get(id_, id_) for id_ in remark.elements))})
        for remark in read.remarks
    )
    return read.model_copy(update={"remarks": remarks})


def _called(task: Task, old: Task | None) -> Task:
    return task if old is None else task.model_copy(update={"id": old.id, "name": old.name})


def _same_words(task: Task, other: Task) -> bool:
    """Whether two steps were read from the same words, with the same verb."""
    if task.span is None or other.span is None:
        return False
    own, others = content(task.name), content(other.name)
    same = task.span.start < other.span.end and other.span.start < task.span.end
    return same and bool(own and others) and alike(own[0], others[0])


def _values_kept(told: Process, read: Process, new: Words) -> Process:
    """The reading with what was known of each step before, where the new words do not say it otherwise."""
    known = {task.id: task for task in tasks(told) if new.settles(task)}
    fresh = {(s.start, s.end) for task in tasks(read) if task.id not in known for s in _spans(task) if new.hold(s)}

    def kept(task: Task) -> Task:
        old = known.get(task.id)
        if old is None:
            return task
        spoken = new.speak_of(task.name)
        values = {
            field: getattr(old, field)
            for field in Task.model_fields
            if field not in ITS_OWN and getattr(task, field) != getattr(old, field)
            and not _says(old, task, field, new, spoken, fresh)
        }  # fmt: skip
        return task.model_copy(update=values) if values else task

    read = _each_task(read, kept)
    names = {role.id for role in read.roles}
    used = {id_ for task in tasks(read) for id_ in _people(task)}
    missing = [role for role in told.roles if role.id not in names and role.id in used]
    old_roles = {role.id: role for role in told.roles}
    roles = tuple(_role_kept(old_roles.get(role.id), role) for role in read.roles)
    return read.model_copy(update={"roles": (*roles, *missing)})


def _says(old: Task, task: Task, field: str, new: Words, spoken: bool, fresh: set[tuple[int, int]]) -> bool:
    """Whether a value of a known step may become what was read now: it was not known yet, or the new words say it.

    A figure of the new words that a new step has as well is that step's.
    """
    before, now = getattr(old, field), getattr(task, field)
    span = getattr(getattr(now, "every", now), "span", None)
    if not spoken and new.hold(span) and span is not None and (span.start, span.end) in fresh:
        return False
    if before in (None, (), False):
        return True
    return now not in (None, ()) and (spoken or new.hold(span))


def _people(task: Task) -> Iterator[str]:
    yield from filter(None, (task.role, *task.with_roles, *task.or_roles))


def _role_kept(old: Role | None, role: Role) -> Role:
    """A role with what was known of it where the reading knows nothing; who does work does not become a stranger."""
    if old is None:
        return role
    fields = ("capacity", "capacity_basis", "cost_per_hour", "cost_basis", "calendar", "unit", "site")
    values: dict[str, Any] = {name: getattr(old, name) for name in fields if getattr(role, name) is None}
    if old.kind != "external":
        values["kind"] = old.kind
    return role.model_copy(update=values)


def _head_kept(told: Process, read: Process, new: Words) -> Process:
    """The process under its name, with its customers and what else was known of the whole; nobody who does some of
    the work becomes a customer by being spoken of."""
    values: dict[str, Any] = {} if told.name in UNNAMED else {"name": told.name}
    doing = {role.name for role in read.roles if role.kind != "external"}
    called = {customer.name for customer in told.customers}
    others = [customer for customer in read.customers if customer.name not in called | doing]
    if called:
        others = [customer.model_copy(update={"primary": False}) for customer in others]
    values["customers"] = (*told.customers, *others)
    for field in HEADS:
        before = getattr(told, field, None)
        if before is not None and not _now_said(getattr(read, field), before, new):
            values[field] = before
    there, spans = set(by_id(read)), [remark.span for remark in read.remarks if remark.span]
    kept = [
        remark
        for remark in told.remarks
        if remark.id not in {other.id for other in read.remarks}
        and remark.span is not None
        and not any(span.start < remark.span.end and remark.span.start < span.end for span in spans)
        and there.issuperset(remark.elements)
    ]
    values["remarks"] = (*kept, *read.remarks)
    return read.model_copy(update=values)


def _now_said(now: Any, before: Any, new: Words) -> bool:
    """Whether the new words say what was known of the whole otherwise."""
    if isinstance(now, str):
        words = content(now)
        return now == before or (bool(words) and all(any(alike(w, other) for other in new.said) for w in words))
    return now == before or (now is not None and new.hold(getattr(now, "span", None)))


def _each_task(process: Process, change: Callable[[Task], Task]) -> Process:
    def row(_address: str, sequence: Flow) -> Flow:
        items = tuple(change(step) if isinstance(step, Task) else step for step in sequence.items)
        same = all(a is b for a, b in zip(items, sequence.items, strict=True))
        return sequence if same else sequence.model_copy(update={"items": items})

    return rebuild(process, row)
