"""The commands that only a conversation has, as edits; and whether the figures of edits were said at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any, get_args

from pydantic import TypeAdapter

from assistant.english.tables import worded
from assistant.gateway.port import ReplyFault
from assistant.gateway.reply_lines import Line
from assistant.language.by_model.change_edits import Commands
from assistant.language.by_model.story import totals
from assistant.language.correct.carried_by_words import figure_said, numbers_meant
from assistant.language.figures.reading import numbers_in
from assistant.language.quotations import Evidence
from assistant.process import edits as e
from assistant.process.blocks import Choice, Loop, Sequence, Task, Wait
from assistant.process.durations import UNITS, Duration, Uniform
from assistant.process.edits import Edit, edit_document
from assistant.process.model import Process, Role
from assistant.process.outline_values import read_calendar
from assistant.process.remarks import Remark, RemarkKind
from assistant.process.tree import fresh_id, tasks, walk

RELATIVE = re.compile(worded("model-commands-relative"), re.IGNORECASE)
ALIKE = re.compile(r"\b(?:same|as (?:long|much|many|often|quick\w*|fast) as|just like|likewise|too)\b", re.IGNORECASE)
"""Words that take over a figure of something else."""
DURATION: TypeAdapter[Duration] = TypeAdapter(Duration)
FORGETTABLE = {"work": "work", "wait": "wait", "error": "error_rate", "every": "batch"}


class TurnCommands(Commands):
    """The commands of a turn; `words` are what the user said, for what must be quoted from it."""

    def __init__(self, process: Process, words: str) -> None:
        super().__init__(process)
        self.words = Evidence(words)

    def makers(self) -> dict[str, Callable[[Any, Line], list[Edit]]]:
        """How each command becomes edits."""
        return {**super().makers(), **_MAKERS}

    def quoted(self, line: Line) -> str:
        """The words a line quotes. Raises ReplyFault where nobody said them."""
        if not line.quote or self.words.find(line.quote) is None:
            raise line.fault("it ends with words the user said now, letter by letter, in double quotes.")
        return line.quote

    def named(self, line: Line, name: str) -> Role:
        """The role of that name. Raises ReplyFault."""
        plain = name.strip().casefold()
        for role in self.roles.all.values():
            if role.name.casefold() == plain or role.id == plain:
                return role
        raise line.fault(
            f"there is no role {name.strip()!r}; roles are {', '.join(r.name for r in self.process.roles)}."
        )


def _rename_role(c: TurnCommands, line: Line) -> list[Edit]:
    old, colon, new = line.text.partition(":")
    role, name = c.named(line, old), " ".join(new.split())[:200]
    if not colon or not name:
        raise line.fault("write `RENAME ROLE old name: new name`.")
    others = (known for known in c.process.roles if known.id != role.id)
    other = next((known for known in others if known.name.casefold() == name.casefold()), None)
    if other is None:
        return [e.PutRole(role=role.model_copy(update={"name": name[:1].upper() + name[1:]}))]
    own = tuple(task.id for task in tasks(c.process) if task.role == role.id)
    return [*([e.SetRole(ids=own, role=other.id)] if own else []), e.DropRole(id=role.id)]


def _role(c: TurnCommands, line: Line) -> list[Edit]:
    """`ROLE name | 3 people | 40 per h | mon-fri 08:00-16:00 | external`."""
    plain = [text for text in line.fields if text not in ("external", "system") and not _hours(text)]
    hours = [hours for text in line.fields for hours in _hours(text)]
    made: list[Edit] = Commands.makers(c)["ROLE"](c, Line(line.number, line.word, line.text, tuple(plain)))
    kinds = [text for text in line.fields if text in ("external", "system")]
    fields: dict[str, Any] = {"kind": kinds[0]} if kinds else {}
    if hours:
        fields["calendar"] = Role.model_validate({"id": "x", "name": "x", "calendar": hours}).calendar
    if fields:
        c.roles.put(line.text, **fields)
    return made


def _hours(text: str) -> list[dict[str, str]]:
    try:
        return read_calendar(text.lower()) if ":" in text else []
    except ValueError:
        return []


def _everybodys_hours(c: TurnCommands, line: Line) -> list[Edit]:
    """`HOURS mon-fri 08:00-16:00; sat 09:00-12:00`: of everybody of the house."""
    hours = [hours for text in (line.text, *line.fields) for hours in _hours(text)]
    if not hours:
        raise line.fault("write days and hours like `HOURS mon-fri 08:00-16:00`.")
    for role in c.process.roles:
        if role.kind in ("person", "group"):
            calendar = Role.model_validate({"id": "x", "name": "x", "calendar": hours}).calendar
            c.roles.put(role.name, calendar=calendar)
    return []


def _customer(c: TurnCommands, line: Line) -> list[Edit]:
    """`CUSTOMER name | what they need`: one more, or what a known one needs."""
    name = " ".join(line.text.split())[:200]
    if not name:
        raise line.fault("write who the result is for.")
    kept = [customer.document() for customer in c.process.customers]
    own = next((customer for customer in kept if customer["name"].casefold() == name.casefold()), None)
    if own is None:
        kept.append(own := {"name": name})
    if line.fields:
        own["needs"] = [*own.get("needs", ()), *(text[:200] for text in line.fields)]
    return [e.SetProcess(field="customers", value=kept)]


def _total(c: TurnCommands, line: Line) -> list[Edit]:
    """`TOTAL cycle time | 12 d | "words"`: the figure replaces one of the same name."""
    c.quoted(line)
    found = list(totals([line], c.words))
    if not found:
        raise line.fault("its quoted words must hold the figure.")
    names = {measure.name for measure in found}
    kept = [measure.document() for measure in c.process.measures if measure.name not in names]
    told = [measure.model_copy(update={"span": None}).document() for measure in found]
    return [e.SetProcess(field="measures", value=[*kept, *told])]


def _must_stay(c: TurnCommands, line: Line) -> list[Edit]:
    ids = c.step_ids(line, line.text)
    reason = c.quoted(line)[:200]
    kept = [step.document() for step in c.process.protected if step.id not in ids]
    return [e.SetProcess(field="protected", value=[*kept, *({"id": step, "reason": reason} for step in ids)])]


def _remark(c: TurnCommands, line: Line) -> list[Edit]:
    kind = line.text.strip().lower().replace(" ", "_")
    if kind not in get_args(RemarkKind):
        raise line.fault(f"there is no kind {kind!r}; kinds are {', '.join(get_args(RemarkKind))}.")
    known = {*c.steps, *(role.id for role in c.process.roles)}
    elements = tuple(word for text in line.fields for word in re.findall(r"[^\s,/\[\]]+", text) if word in known)
    words = c.quoted(line)
    taken = {remark.id for remark in c.process.remarks}
    remark = Remark(id=fresh_id(f"{kind} said", taken), kind=kind, elements=elements, text=words[:500])
    return [e.PutRemark(remark=remark)]


def _forget(c: TurnCommands, line: Line) -> list[Edit]:
    wanted = [FORGETTABLE.get(text.strip().lower()) for text in line.fields]
    if not wanted or None in wanted:
        raise line.fault(f"fields are {', '.join(FORGETTABLE)}.")
    made: list[Edit] = []
    for step in c.step_ids(line, line.text):
        fields = ["duration"] if isinstance(c.steps[step], Wait) else wanted
        made += [e.SetValue(id=step, field=str(name), value=None) for name in fields]
    return made


_MAKERS: dict[str, Callable[[Any, Line], list[Edit]]] = {
    "RENAME ROLE": _rename_role, "ROLE": _role, "HOURS": _everybodys_hours, "CUSTOMER": _customer, "TOTAL": _total,
    "MUST STAY": _must_stay, "REMARK": _remark, "FORGET": _forget,
}  # fmt: skip


def unsaid_figures(process: Process, edits: Iterable[Edit], words: str, shares: Container[float] = ()) -> list[float]:
    """Times (seconds), shares, prices and numbers of people that edits set and no words say.

    Where the words compare ("twice as long", "half of them"), what follows from a figure that is there counts as said;
    else only a figure that a step had which the edits name: it may go with it to another place. `shares` follow from
    counts that are said.
    """
    edits, numbers = list(edits), numbers_meant(words.lower())
    named = set(_named_in(edit_document(edit) for edit in edits))
    mine = {value for step in walk(process) if getattr(step, "id", None) in named for value in _of_step(step)}
    old = {value for step in walk(process) for value in _of_step(step)}
    if ALIKE.search(words):
        mine |= old
    if RELATIVE.search(words):
        factors = (0.5, 2.0, *(number for number in numbers if number <= 100))
        numbers |= {was * factor for was in old for factor in factors}
        numbers |= {was + number for was in old for number in numbers}
        numbers |= {1 - number for number in numbers if 0 < number < 1}
    known = numbers | mine
    new = (value for edit in edits for value in _set(process, edit) if value not in shares)
    return [value for value in new if not (known and figure_said(value, known))]


def _named_in(value: Any) -> Iterator[str]:
    """All ids that edits name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "id" and isinstance(inner, str) else _named_in(inner)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for inner in value:
            yield from [inner] if isinstance(inner, str) else _named_in(inner)


def _set(process: Process, edit: Edit) -> Iterator[float]:
    """The figures an edit sets that are not there yet."""
    if isinstance(edit, e.SetValue | e.SetCondition | e.WrapInChoice | e.WrapInLoop):
        yield from _of_value(getattr(edit, "value", None))
        if getattr(edit, "p", None) is not None:
            yield float(edit.p)  # type: ignore[union-attr, arg-type]
    if isinstance(edit, e.PutRole):
        old = process.role(edit.role.id)
        for field in ("capacity", "cost_per_hour"):
            value = getattr(edit.role, field)
            if value is not None and value != getattr(old, field, None):
                yield float(value)
    if isinstance(edit, e.SetProcess) and edit.field == "volume":
        yield from list(numbers_in(str(edit.value.get("text", ""))))[:1]
    if isinstance(edit, e.AddBranch) and edit.branch.p is not None:
        yield edit.branch.p
    for step in _new(edit):
        yield from _of_step(step)


def _new(edit: Edit) -> Iterator[Any]:
    blocks = edit.blocks if isinstance(edit, e.Insert | e.Replace) else ()
    blocks = edit.branch.do.items if isinstance(edit, e.AddBranch) else blocks
    blocks = edit.tasks if isinstance(edit, e.SplitTask) else (edit.task,) if isinstance(edit, e.Merge) else blocks
    yield from walk(Process(name="-", flow=Sequence(items=tuple(blocks))))


def _of_step(step: Any) -> Iterator[float]:
    if isinstance(step, Task):
        yield from (*_of_duration(step.work), *_of_duration(step.wait))  # a rhythm is said in words: `on Fridays`
        if step.error_rate:
            yield step.error_rate
    elif isinstance(step, Wait):
        yield from _of_duration(step.duration)
    elif isinstance(step, Choice):
        yield from (branch.p for branch in step.branches if branch.p is not None)
    elif isinstance(step, Loop) and step.p is not None:
        yield step.p


def _of_duration(told: Duration | None) -> list[float]:
    """The seconds a length names: the ends of a range, which are what people say, not what lies between them."""
    if isinstance(told, Uniform):
        return [end * UNITS[told.unit] for end in (told.low, told.high)]
    return [] if told is None else [told.mean_seconds]


def _of_value(value: Any) -> list[float]:
    if isinstance(value, dict) and "unit" in value:
        return _of_duration(DURATION.validate_python(value))
    return [float(value)] if isinstance(value, float) else []


def check_figures(process: Process, edits: Iterable[Edit], words: str, shares: Container[float] = ()) -> None:
    """Raises ReplyFault for figures that nobody said; `shares` follow from counts that somebody did."""
    strange = unsaid_figures(process, list(edits), words, shares)
    if strange:
        named = ", ".join(f"{value:g}" for value in strange[:3])
        raise ReplyFault(
            f"Figures that the user did not say: {named} (times in seconds, shares from 0 to 1). Leave a figure out "
            "that is not said; what cannot be said without one is LEFT."
        )
