"""A whole project in one file, to move it to another machine or store."""

from __future__ import annotations

import json

from pydantic import ValidationError

from assistant.errors import UnreadableFile, UsageError
from assistant.projects.journal import Entry
from assistant.projects.replay import replay
from assistant.projects.store import Store


def import_journal(store: Store, data: bytes, project: str | None = None) -> str:
    """Bring in a project exported with `.journal`; returns its name. Nothing is written unless all of it replays.

    Raises UnreadableFile when the file is no journal, UsageError when there is a project of that name already.
    """
    try:
        document = json.loads(data)
        entries = [Entry.model_validate(entry) for entry in document["entries"]]
        name = project or str(document["project"])
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
        raise UnreadableFile("This file is no project journal.", remedy="Export one with `project export`.") from None
    if store.exists(name):
        raise UsageError(f"There is a project named {name!r} already.", remedy="Add --project NAME.")
    replay(name, entries)
    store.restore(name, entries)
    return name
