"""The library as pages to browse: an index with a search that runs in the page, and a page an entry with its map.

Nothing in them comes from outside and no server is needed. What an author wrote is escaped.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from assistant.library.entries import AnyEntry, ProcessEntry
from assistant.library.lexical import body, spoken
from assistant.library.store import Library
from assistant.library.telling import GRADES, parts_of
from assistant.library.values import Range
from assistant.library.words import small_words

INDEX = "index.html"


def write_catalogue(library: Library, folder: Path, force: bool = False) -> list[Path]:
    """Write the catalogue into a folder, all or nothing. Raises UsageError and StorageError as every writer does."""
    from assistant.reports.files import refuse_there, write_all

    if not force:
        refuse_there(folder, (INDEX, *(page_of(entry) for entry in library.entries)))
    return write_all(folder, catalogue(library), force)


def catalogue(library: Library) -> dict[str, bytes]:
    """The files of the catalogue by name: `index.html`, `ID.html` for each entry and `ID.bpmn` for each template."""
    from assistant.bpmn.write import write
    from assistant.library.template import template

    pages = {entry.code or entry.id: {"page": page_of(entry), "name": entry.name} for entry in library.entries}
    files = {INDEX: _index(library).encode()}
    for entry in library.entries:
        files[page_of(entry)] = _page(library, entry, pages).encode()
        if isinstance(entry, ProcessEntry) and entry.flow:
            files[f"{entry.id}.bpmn"] = write(template(entry))
    return files


def page_of(entry: AnyEntry) -> str:
    """The file name of an entry's page; an entry called `index` does not take the place of the index."""
    return f"{entry.id}.html" if entry.id != "index" else "index-entry.html"


def _made(library: Library) -> str:
    from assistant import __version__

    return f"Written by the process redesign assistant {__version__} from {len(library.entries)} entries"


def _index(library: Library) -> str:
    from assistant.reports.report import environment

    entries = library.entries
    kinds = Counter(entry.kind for entry in entries)
    plural = {"process": "processes", "practice": "practices", "enabler": "enablers"}
    told = [f"{number} {plural[kind] if number > 1 else kind}" for kind, number in kinds.items()]
    processes = [entry for entry in entries if isinstance(entry, ProcessEntry)]
    industries = sorted({name for entry in processes for name in entry.industry if name != "any"})
    return environment(True).get_template("catalogue/index.html.j2").render(
        made=_made(library),
        counts=", ".join(told),
        kinds=list(kinds),
        functions=sorted({entry.function for entry in processes}),
        industries=industries,
        entries=[_row(entry) for entry in entries],
        words=_script({"small": small_words(), "entries": [_words(entry) for entry in entries]}),
    )  # fmt: skip


def _row(entry: AnyEntry) -> dict[str, Any]:
    about = f"{entry.trigger} → {entry.end}" if isinstance(entry, ProcessEntry) else entry.definition
    return {
        "id": entry.id, "code": entry.code or "", "kind": entry.kind, "name": entry.name, "page": page_of(entry),
        "about": about, "function": entry.function if isinstance(entry, ProcessEntry) else "",
    }  # fmt: skip


def _words(entry: AnyEntry) -> dict[str, Any]:
    names = ". ".join((entry.name, entry.code or "", *entry.also_called))
    return {
        "id": entry.id,
        "kind": entry.kind,
        "functions": [entry.function] if isinstance(entry, ProcessEntry) else [],
        "industry": list(entry.industry) if isinstance(entry, ProcessEntry) else ["any"],
        "words": [names, ". ".join(spoken(entry)), body(entry)],
    }


def _script(data: Any) -> Any:
    """Data for a script in the page: nothing in it can end the script or begin a tag."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def _page(library: Library, entry: AnyEntry, pages: dict[str, Any]) -> str:
    from assistant.reports.report import environment

    told: dict[str, Any] = {"map": None, "roles": {}, "steps": {}, "figures": (), "sections": (), "used_in": ()}
    if isinstance(entry, ProcessEntry):
        told["map"] = _map(entry)
        told["roles"] = {role.id: role.name for role in entry.roles}
        told["steps"] = {step.id: step.name for step in entry.steps}
        told["figures"] = library.figures_for(entry.code or "")
    else:
        told["sections"] = list(parts_of(entry))
        told["used_in"] = [
            process.code or process.id
            for process in library.processes
            if entry.code in (*process.practices, *(item.enabler for item in process.enablers))
        ]
    return environment(True).get_template("catalogue/entry.html.j2").render(
        made=_made(library), entry=entry, pages=pages, grade=GRADES[entry.grade], times=_times,
        bpmn=f"{entry.id}.bpmn", **told,
    )  # fmt: skip


def _map(entry: ProcessEntry) -> dict[str, Any] | None:
    from assistant.bpmn.marks import Marks
    from assistant.library.template import template
    from assistant.reports.report import picture

    return picture(template(entry), Marks()) if entry.flow else None


def _times(time: Range | None) -> str:
    if time is None:
        return ""
    span = f"{time.mode:g}" if time.low == time.high else f"{time.low:g}–{time.mode:g}–{time.high:g}"
    return f"{span} {time.unit}"
