"""A whole project in one file, to move it to another machine or store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from assistant.errors import UnreadableFile, UsageError
from assistant.projects.journal import Entry
from assistant.projects.replay import replay
from assistant.projects.store import Store
from assistant.projects.upcasts import read


def journal_document(project: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """A project as the data of a `.journal` file."""
    return {"journal": 1, "project": project, "entries": [entry.document() for entry in entries]}


def import_journal(store: Store, data: bytes, project: str | None = None) -> str:
    """Bring in a project exported with `.journal`; returns its name. Nothing is written unless all of it replays.

    Raises UnreadableFile when the file is no journal, UsageError when there is a project of that name already,
    DamagedProject when it cannot be replayed.
    """
    name, entries = read_journal(data)
    name = project or name
    if store.exists(name):
        raise UsageError(f"There is a project named {name!r} already.", remedy="Add --project NAME.")
    replay(name, entries)
    store.restore(name, entries)
    return name


def read_journal(data: bytes) -> tuple[str, list[Entry]]:
    """The project's name and the entries of a `.journal` file, of any version. Raises UnreadableFile."""
    try:
        document = json.loads(data)
        return str(document["project"]), [_entry(row) for row in document["entries"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableFile("This file is no project journal.", remedy="Export one with `project export`.") from None


def _entry(row: dict[str, Any]) -> Entry:
    body = row["body"]
    text = body["raw"] if set(body) == {"raw", "reason"} else json.dumps(body)
    place = {key: row.get(key) for key in ("made_by", "prompt", "seq", "project", "branch", "turn", "at")}
    return Entry.model_validate({**place, "what": read(str(row["kind"]), str(text))})
