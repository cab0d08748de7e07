"""Where what is told next goes: behind what came into the process since by another door than the story.

What is told is read as one story, which knows nothing of a step that was added by a change. A story that goes on behind
its last step goes on behind what was put there since, too; only what was said to come last stays last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.process.blocks import End
from assistant.process.edits import DropRemark, Edit, Insert, Move, Place
from assistant.process.model import Process
from assistant.process.remarks import Remark, denied_again
from assistant.process.tree import by_id, sequences, step_id
from assistant.projects.journal import Edits, Entry, Said
from assistant.workspace.history import Change

LAST = re.compile(r"\b(?:at the (?:very )?end|finally|last(?:ly| of all)?|in the end)\b", re.IGNORECASE)


def put_right(story: Process, change: Change, now: Sequence[Remark], entries: Sequence[Entry]) -> list[Edit]:
    """What of a telling does not stand as read: remarks denied since, and steps that go further behind.

    `story` is what was told before alone gives, `now` the remarks of the process before the telling, `entries` those
    of the project.
    """
    denied: list[Edit] = [DropRemark(id=name) for name in denied_again(story.remarks, now, change.after.remarks)]
    return [*denied, *behind_what_came_since(change.after, story, change.edits, entries)]


def behind_what_came_since(
    process: Process, story: Process, made: Sequence[Edit], entries: Sequence[Entry]
) -> list[Edit]:
    """Moves that put each new step behind what was added to the last told one since.

    `process` holds the edits `made` of a telling already; `story` is what was told before it, alone.
    """
    ends = {step_id(flow.items[-1]) for flow in sequences(story).values() if flow.items}
    told, added = set(by_id(story)), _added(entries)
    moves: list[Edit] = []
    for edit in made:
        if isinstance(edit, Insert) and edit.place.after in ends:
            names = tuple(step_id(block) for block in edit.blocks)
            if last := _last_since(process, names[-1], told, added):
                moves.append(Move(ids=names, place=Place(after=last)))
    return moves


def _last_since(process: Process, new: str, told: set[str], added: Mapping[str, str]) -> str:
    """The last of the steps that stand behind a new one and came before it; empty where there is none."""
    last = ""
    for flow in sequences(process).values():
        names = [step_id(item) for item in flow.items]
        for item in flow.items[names.index(new) + 1 :] if new in names else ():
            name = step_id(item)
            if name in told or name not in added or isinstance(item, End) or LAST.search(added[name]):
                break
            last = name
    return last


def _added(entries: Sequence[Entry]) -> dict[str, str]:
    """The words of the turn that brought in each block."""
    said: dict[int, str] = {}
    brought: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry.what, Said):
            said[entry.turn] = f"{said.get(entry.turn, '')} {entry.what.text}"
        elif isinstance(entry.what, Edits):
            inserted = [document.get("blocks") for document in entry.what.edits if document.get("op") == "insert"]
            brought |= dict.fromkeys(_ids(inserted), said.get(entry.turn, ""))
    return brought


def _ids(data: Any) -> Iterator[str]:
    """The ids of blocks anywhere in JSON data."""
    if isinstance(data, dict):
        if isinstance(name := data.get("id"), str):
            yield name
        for value in data.values():
            yield from _ids(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _ids(value)
