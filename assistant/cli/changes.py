"""One change in plain words to one file, or many from a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.app import App
from assistant.cli import common
from assistant.errors import AssistantError, UnreadableFile, UsageError
from assistant.process.model import Process


def change_one(
    app: App, source: Path, request: str, out: Path | None, force: bool, as_json: bool, project: str | None = None
) -> None:
    """Change one process and print the difference; a vague request ends with a question and changes nothing."""
    from assistant.reports.files import write_process

    if out is not None:
        refuse_existing(out, force)
    session = app.start(source, project=project)
    change = session.request(request)
    if change.question:
        _ask(change, as_json)
        return
    if out is not None:
        write_process(change.after, out, force)
    if as_json:
        common.show_json(_document(change, session.project if project else None))
        return
    common.show("\n".join(change.lines) or "Nothing changes.")
    if out is not None:
        common.show(str(out))
    else:
        common.note("Nothing was written to a file: add --out FILE.")
    common.note(f"Read by {change.made_by}{f'; kept in the project {session.project}' if project else ''}.")


def refuse_existing(target: Path, force: bool) -> None:
    """Say before anything is read or kept that a file is there already. Raises UsageError."""
    if target.exists() and not force:
        raise UsageError(
            f"{target} is there already.", "Nothing was written.", "Name another place, or add --force to overwrite."
        )


def _ask(change: Any, as_json: bool) -> None:
    readings = [reading.title for reading in change.readings]
    if as_json:
        common.show_json({"question": change.question, "readings": readings, "made_by": change.made_by})
    offered = " ".join(f"({number}) {title}" for number, title in enumerate(readings, 1))
    again = "Say it again with one of these." if readings else "Say it again and name the step."
    raise UsageError(change.question, offered, f"Nothing was changed. {again}")


def _document(change: Any, project: str | None) -> dict[str, Any]:
    from assistant.process.edits import edit_document

    return {
        "edits": [edit_document(edit) for edit in change.edits],
        "changes": list(change.lines),
        "made_by": change.made_by,
        "project": project,
    }


def change_many(app: App, batch: Path, out: Path, force: bool, as_json: bool) -> None:
    """Every case of a list, each to OUT/ID.bpmn; the first reading is taken where one is vague, and that is said."""
    from assistant.language.changing import read_change
    from assistant.process.apply import apply
    from assistant.reports.files import write_process

    cases = _cases(batch)
    for case in cases:
        refuse_existing(out / f"{case['id']}.bpmn", force)
    done: list[dict[str, Any]] = []
    known: dict[Path, Process] = {}
    for case in cases:
        before = batch.parent / case["before"]
        row: dict[str, Any] = {"id": case["id"]}
        try:
            if before not in known:
                known[before] = app.read_process(before)
            read = read_change(known[before], case["request"], app.model)
            edits = read.edits or (read.readings[0].edits if read.readings else ())
            if not edits:
                raise UsageError(f"“{case['request']:.80}” was not understood.", read.explanation)
            write_process(apply(known[before], edits), out / f"{case['id']}.bpmn", force)
            row["reading"] = read.readings[0].title if read.question else None
        except AssistantError as error:
            row["error"] = " ".join(str(error).split())
        done.append(row)
        note = row.get("error") or (f"first reading taken: {row['reading']}" if row.get("reading") else "")
        if note:
            common.note(f"{case['id']}: {note}")
    if as_json:
        common.show_json({"cases": done, "made_by": app.made_by})
    failed = sum("error" in row for row in done)
    common.note(f"{len(done) - failed} of {len(done)} changes made by {app.made_by}.")
    if failed == len(done):
        raise UsageError("None of the changes could be made.", remedy="The reason stands beside each id above.")


def _cases(batch: Path) -> list[dict[str, str]]:
    from assistant.intake.door import read_text

    rows: list[dict[str, str]] = []
    for number, line in enumerate(read_text(batch).splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            row = {key: str(case[key]) for key in ("id", "before", "request")}
        except (ValueError, KeyError, TypeError):
            raise UnreadableFile(
                f"Line {number} of {batch.name} is no case.", 'A line is {"id", "before", "request"}.', "Mend it."
            ) from None
        if Path(row["id"]).name != row["id"] or row["id"] in ("", ".", ".."):
            raise UnreadableFile(f"Line {number} of {batch.name} has an id that is no file name.", repr(row["id"])[:80])
        rows.append(row)
    if not rows:
        raise UnreadableFile(f"{batch.name} holds no case.", 'A line is {"id", "before", "request"}.', "Add one.")
    return rows
