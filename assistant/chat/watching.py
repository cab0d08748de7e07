"""A page with the map that a browser keeps open: it loads itself anew after each turn, with what changed marked."""

from __future__ import annotations

import html
from pathlib import Path

from assistant.bpmn.marks import Marks
from assistant.bpmn.svg import svg
from assistant.errors import StorageError
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.process.model import Process

SECONDS = 2
MOST = 12


def page(process: Process, before: Process) -> str:
    """The whole page as HTML, nothing in it from elsewhere; `before` is the process as the last turn found it."""
    lines = in_words(before, diff(before, process)) if before.flow.items else []
    told = "".join(f"<li>{html.escape(line)}</li>" for line in lines[:MOST])
    changed = f"<h2>Changed in the last turn</h2><ul>{told}</ul>" if told else ""
    drawn = (
        svg(process, Marks(dict.fromkeys(changed_steps(before, process), "changed")))
        if process.flow.items
        else "<p>Nothing is told yet.</p>"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="{SECONDS}">'
        f"<title>{html.escape(process.name)}</title><style>body{{font-family:sans-serif;margin:1.5rem}}"
        "svg{max-width:100%;height:auto}</style></head>"
        f"<body><h1>{html.escape(process.name)}</h1>{drawn}{changed}</body></html>\n"
    )


def changed_steps(before: Process, process: Process) -> frozenset[str]:
    """The ids of steps that are new or not as they were."""
    from assistant.process.tree import by_id

    old = by_id(before)
    return frozenset(id_ for id_, step in by_id(process).items() if old.get(id_) != step)


def write_page(target: Path, process: Process, before: Process) -> None:
    """Write the page, whole or not at all. Raises StorageError."""
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(page(process, before), encoding="utf-8")
        part.replace(target)
    except OSError as error:
        raise StorageError(
            f"{target} cannot be written.", str(error.strerror or error), "Choose another place."
        ) from None
