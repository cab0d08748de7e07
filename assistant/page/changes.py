"""Changes made by hand on the map and in the table, as typed edits: what cannot be one is refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.chat.answers import answer_edits, chance_in, duration_in, who_edits
from assistant.errors import EditRefused, UsageError
from assistant.process.blocks import Call, Choice, Loop, Task, Wait
from assistant.process.durations import Basis
from assistant.process.edits import Delete, Edit, Insert, Move, Place, PutRole, Rename, SetCondition, SetRole, SetValue
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.tree import branches, by_id, fresh_id, ids, sequences, spots, step_id, tasks

MOST_NAME = 200
UNITS = "Write a number and a unit, such as 90 min, 4 h or 2 days."
GONE = "It may have been changed or removed meanwhile."


def map_edits(process: Process, what: str, step: str, value: str) -> list[Edit]:
    """The edits of one choice in a step's menu. Raises EditRefused, UsageError."""
    maker = MENU.get(what)
    if maker is None:
        raise UsageError(f"The map knows no change called {what[:40]!r}.")
    if step not in by_id(process):
        raise EditRefused("This step is no longer there.", GONE, "Look at the map as it is now.")
    return maker(process, step, " ".join(value.split()))


def _rename(process: Process, step: str, value: str) -> list[Edit]:
    return [Rename(id=step, name=_name(value))]


def _role(process: Process, step: str, value: str) -> list[Edit]:
    if process.role(value):
        return [SetRole(ids=(step,), role=value)]
    edits = who_edits(_name(value), (step,), process)
    if not edits:
        raise UsageError(f"“{value[:80]}” is no name of a role.", "", "A few words, such as Sales clerk.")
    return edits


def _after(process: Process, step: str, value: str) -> list[Edit]:
    return [_new(process, step, value, Place(after=step))]


def _before(process: Process, step: str, value: str) -> list[Edit]:
    return [_new(process, step, value, Place(before=step))]


def _new(process: Process, step: str, value: str, place: Place) -> Edit:
    """A new task beside a step, done by the same role until somebody says otherwise."""
    name = _name(value)
    beside = by_id(process)[step]
    task = Task(id=fresh_id(name, ids(process)), name=name, role=getattr(beside, "role", None), basis=Basis.STATED)
    return Insert(blocks=(task,), place=place)


def _earlier(process: Process, step: str, _: str) -> list[Edit]:
    return [_shifted(process, step, -1)]


def _later(process: Process, step: str, _: str) -> list[Edit]:
    return [_shifted(process, step, 1)]


def _shifted(process: Process, step: str, by: int) -> Edit:
    spot = spots(process)[step]
    row = sequences(process)[spot.sequence].items
    at = spot.position + by
    if not 0 <= at < len(row):
        edge = "first" if by < 0 else "last"
        raise EditRefused(
            f"It is the {edge} step of its way already.", "It would have to leave the way it is on.",
            "Say in words where it belongs, such as “move it before the check”.",
        )  # fmt: skip
    beside = step_id(row[at])
    return Move(ids=(step,), place=Place(before=beside) if by < 0 else Place(after=beside))


def _behind(process: Process, step: str, value: str) -> list[Edit]:
    if value not in by_id(process) or value == step:
        raise EditRefused("It can only go behind another step.", GONE, "Choose one of the steps on the map.")
    return [Move(ids=(step,), place=Place(after=value))]


def _delete(process: Process, step: str, _: str) -> list[Edit]:
    return [Delete(ids=(step,))]


def _drop(process: Process, step: str, value: str) -> list[Edit]:
    """A step dragged on the map: `value` is the shape it was dropped on, and how far to the right in pixels."""
    from assistant.page.drops import dropped

    target, _, x = value.rpartition("@")
    return dropped(process, step, target, float(x) if re.fullmatch(r"-?\d{1,6}", x) else None)


MENU: dict[str, Callable[[Process, str, str], list[Edit]]] = {
    "rename": _rename, "role": _role, "after": _after, "before": _before, "earlier": _earlier, "later": _later,
    "behind": _behind, "drop": _drop,
    "delete": _delete,
}  # fmt: skip


def _name(value: str) -> str:
    if not value or len(value) > MOST_NAME:
        raise UsageError("A name is needed.", f"It has 1 to {MOST_NAME} letters.", "Fill in the field.")
    return value


def figure_edits(process: Process, element: str, field: str, value: str) -> list[Edit]:
    """The edits of a figure typed into the table; an empty one is unknown again. Raises EditRefused, UsageError."""
    words = " ".join(value.split())[:300]
    setter = CELLS.get(field)
    if setter is None:
        raise UsageError(f"The table has no field {field[:40]!r}.")
    return setter(process, element, field, words)


def _duration(process: Process, element: str, field: str, words: str) -> list[Edit]:
    if not isinstance(by_id(process)[_step(process, element)], Task | Wait | Call):
        raise EditRefused("Only a step takes time.", GONE, "Look at the table as it is now.")
    found = duration_in(words, field == "work") if words else None
    if words and found is None:
        raise UsageError(f"“{words}” is no length of time.", "", UNITS)
    return [SetValue(id=element, field=field, value=found)]


def _share(process: Process, element: str, field: str, words: str) -> list[Edit]:
    return [SetValue(id=element, field=field, value=_chance(words) if words else None)]


def _chance(words: str) -> float:
    found = chance_in(words)
    if found is None:
        raise UsageError(f"“{words}” is no share of cases.", "", "Write it as 5 % or one in twenty.")
    return found


def _way(process: Process, element: str, _: str, words: str) -> list[Edit]:
    """The chance of a way or of a repetition; of two ways the other one gets the rest."""
    if not words:
        return [SetValue(id=element, field="p", value=None)]
    share = _chance(words)
    edits: list[Edit] = [SetCondition(id=element, p=share, basis=Basis.STATED)]
    if element in branches(process):
        split = branches(process)[element][0]
        others = [branch for branch in split.branches if branch.id != element]
        if isinstance(split, Choice) and len(others) == 1:
            edits.append(SetCondition(id=others[0].id, p=round(1 - share, 6), basis=Basis.STATED))
    elif not isinstance(by_id(process).get(element), Loop):
        raise EditRefused("This way is no longer there.", GONE, "Look at the table as it is now.")
    return edits


def _text(process: Process, element: str, field: str, words: str) -> list[Edit]:
    return [SetValue(id=element, field=field, value=words or None)]


def _of_role(process: Process, element: str, field: str, words: str) -> list[Edit]:
    role = process.role(element)
    if role is None:
        raise EditRefused("This role is no longer there.", GONE, "Look at the table as it is now.")
    if not words:
        basis = {"capacity": "capacity_basis", "cost_per_hour": "cost_basis"}[field]
        return [PutRole(role=role.model_copy(update={field: None, basis: None}))]
    asked = "How many people?" if field == "capacity" else "What does an hour cost?"
    money = words if field == "capacity" or not words.replace(".", "").isdigit() else f"{words} {process.currency}"
    return _read(process, field, element, asked, money, "Write a number, such as 3 people or 45 EUR an hour.")


def _volume(process: Process, element: str, field: str, words: str) -> list[Edit]:
    return _read(process, field, element, "How many cases come?", words, "Write it as 40 a day or 200 a week.")


def _read(process: Process, field: str, element: str, asked: str, words: str, remedy: str) -> list[Edit]:
    """As the conversation reads the answer to that question."""
    elements = () if field == "volume" else (element,)  # how many come is asked of the whole process
    question = Question(id=f"{field}:{element}", text=asked, why="", elements=elements, weight=0, field=field)
    edits = answer_edits(question, words, process)
    if not edits:
        raise UsageError(f"“{words}” cannot be read as a figure here.", "", remedy)
    return edits


def _titled(process: Process, element: str, _: str, words: str) -> list[Edit]:
    return [Rename(id=_step(process, element), name=_name(words))]


def _done_by(process: Process, element: str, _: str, words: str) -> list[Edit]:
    step = _step(process, element)
    return _role(process, step, words) if words else [SetRole(ids=(step,), role=None)]


def _step(process: Process, element: str) -> str:
    if element not in by_id(process):
        raise EditRefused("This step is no longer there.", GONE, "Look at the table as it is now.")
    return element


CELLS: dict[str, Callable[[Process, str, str, str], list[Edit]]] = {
    "name": _titled, "role": _done_by,
    "work": _duration, "wait": _duration, "duration": _duration, "error_rate": _share, "p": _way, "system": _text,
    "capacity": _of_role, "cost_per_hour": _of_role, "volume": _volume,
}  # fmt: skip


def menu(process: Process, step: str) -> dict[str, Any]:
    """What the menu of a step shows: its name, who does it, and the roles it could go to. Raises UsageError."""
    from assistant.process.describe import name_of

    block = by_id(process).get(step)
    if block is None:
        raise UsageError("This step is no longer there.", GONE, "Look at the map as it is now.")
    named = getattr(block, "name", "") or getattr(block, "question", "") or getattr(block, "outcome", "")
    has_role = "role" in type(block).model_fields
    return {
        "id": step,
        "name": named or name_of(block).strip("“”"),
        "kind": getattr(block, "block", "step").replace("_", " "),
        "named": any(field in type(block).model_fields for field in ("name", "question", "outcome")),
        "has_role": has_role,
        "role": getattr(block, "role", None),
        "others": [{"id": other.id, "name": other.name} for other in tasks(process) if other.id != step],
        "roles": [{"id": role.id, "name": role.name} for role in process.roles],
    }
