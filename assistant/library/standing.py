"""Where an entry stands: draft, submitted, approved, published, with who changed it, when, at which version.

The file's own text is kept, comments and all: one line changes and one is added. A copy (fork) knows the entry it was
made from, and whether that has moved on since.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import NamedTuple

from assistant.errors import UsageError
from assistant.library.assembling import entry_id
from assistant.library.entries import MODELS, AnyEntry, Event, Origin, Status
from assistant.library.files import EntryFile, files_of
from assistant.library.store import Library, bundled_library
from assistant.library.writing import digest, to_yaml
from assistant.library.yamlfile import parse_yaml
from assistant.process.tree import fresh_id

BEFORE: dict[Status, Status] = {"submitted": "draft", "approved": "submitted", "published": "approved"}
COMMAND: dict[Status, str] = {"submitted": "submit", "approved": "approve", "published": "publish"}
_DID: dict[Status, str] = {**{status: status for status in BEFORE}, "draft": "sent back"}
_STATUS = re.compile(r"^status:.*$", re.MULTILINE)
_HISTORY = re.compile(r"^history:[^\S\n]*(?:\[\])?[^\S\n]*\n((?:(?:[ \t-].*)?\n)*)", re.MULTILINE)


class Held(NamedTuple):
    """An entry of one's own or a team's folder with the file it stands in."""

    file: EntryFile
    entry: AnyEntry


def held(folders: list[Path], name: str) -> Held:
    """The entry with that id or code and its file; the first folder goes before the others. Raises UsageError."""
    for folder in folders:
        for file in files_of(folder) if folder.is_dir() else []:
            if file.kind in MODELS and (entry_id(file) == name.lower() or file.path.stem == name):
                return Held(file, _entry(file))
    raise UsageError(
        f"No entry of yours or of a team is called {name!r}.",
        "Entries that ship with the program are changed by a copy.",
        f"`assistant library fork {name} NAME` makes one.",
    )


def _entry(file: EntryFile) -> AnyEntry:
    from pydantic import ValidationError

    try:
        return MODELS[file.kind].model_validate(parse_yaml(file.data, str(file.path)))
    except ValidationError:
        raise UsageError(
            f"{file.path.name} does not fit the shape of an entry yet.",
            remedy=f"`assistant library check {file.path}` says where.",
        ) from None


def moved(found: Held, status: Status, by: str, today: dt.date, note: str | None = None) -> str:
    """The file's text with the entry at its new status. `draft` sends a submitted or approved one back.

    Raises UsageError when the step is out of turn, the reviewer wrote or submitted it, or the version was published.
    """
    entry = found.entry
    _in_turn(entry, status)
    if not by.strip():
        raise UsageError("Say who you are.", remedy="Add --by NAME, or set `author` in the config file.")
    if status == "approved":
        _other_eyes(entry, by)
    if status in ("submitted", "published"):
        _new_version(entry)
    if status == "published" and (changed := by_hand(entry)):
        raise UsageError(f"{entry.name} is not what was approved.", f"It is {changed}.")
    event = Event(status=status, by=by, date=today, version=entry.version, note=note, digest=digest(entry))
    return _written(found.file.data.decode("utf-8"), event)


def _in_turn(entry: AnyEntry, status: Status) -> None:
    last = entry.history[-1] if entry.history else None
    if entry.status == status == (last and last.status) and status != "published":
        raise UsageError(f"{entry.name} {entry.version} is {status} already, by {last.by if last else ''}.")
    if status == "draft":
        if entry.status in ("draft", "published"):
            raise UsageError(f"{entry.name} is {entry.status}; only what is submitted or approved is sent back.")
        return
    again = status == "submitted" and entry.status == "published"  # a changed entry goes the same way again
    if entry.status == status == "published":
        _new_version(entry)
    if entry.status != BEFORE[status] and not again:
        first = COMMAND.get(BEFORE[status])
        raise UsageError(
            f"{entry.name} is {entry.status}; it cannot be {status} now.",
            "The order is draft, submitted, approved, published.",
            f"`assistant library {first} {entry.id}` comes first." if first else "",
        )


def _other_eyes(entry: AnyEntry, by: str) -> None:
    name = " ".join(by.split()).casefold()
    hands = {entry.author, *(event.by for event in entry.history if event.status == "submitted")}
    if name in {" ".join(hand.split()).casefold() for hand in hands}:
        raise UsageError(f"{by} wrote or submitted {entry.name}.", "Somebody else approves it.")


def _new_version(entry: AnyEntry) -> None:
    if any(event.status == "published" and event.version == entry.version for event in entry.history):
        raise UsageError(
            f"Version {entry.version} of {entry.name} was published already, by {_publisher(entry)}.",
            remedy=f"Raise `version` in its file, then `assistant library submit {entry.id}`.",
        )


def _publisher(entry: AnyEntry) -> str:
    return next(event.by for event in entry.history if event.status == "published" and event.version == entry.version)


def by_hand(entry: AnyEntry) -> str:
    """What to say of an entry in force that is not what somebody approved; empty when it is, or nothing is known.

    What a file says can be changed, and so can its status, without anybody having looked at it.
    """
    if entry.status == "draft":
        return ""
    last = entry.history[-1] if entry.history else None
    raised = "" if entry.status != "published" or (last and last.version != entry.version) else "raise `version` and "
    again = (
        f"{raised}submit it" if entry.status == "published" else "send it back (`approve --back WHY`), then submit it"
    )
    if last is None or last.status != entry.status:
        stands = f"its history ends with {last.status}, by {last.by}" if last else "its history is empty"
        return f"{entry.status}, but nobody {_DID[entry.status]} it: {stands}"
    if last.version != entry.version:
        return f"nobody {_DID[entry.status]} version {entry.version}, only {last.version}: {again}"
    if last.digest not in (None, digest(entry)):
        who = next((event for event in reversed(entry.history) if event.status == "approved"), last)
        return f"changed since {who.by} {_DID[who.status]} {who.version}: {again}"
    return ""


def remarks(entry: AnyEntry, library: Library, *, changed: bool = True) -> list[str]:
    """What to say of where an entry stands: its origin moved on, it takes the place of one that ships with the program,
    and (`changed`) it is not what somebody approved."""
    told = [moved_on(entry, library)]
    if not library.ships(entry):
        fault = by_hand(entry) if changed else ""
        told += [in_place_of(entry), f"{entry.id}: {fault}." if fault else ""]
    return [text for text in told if text]


def in_place_of(entry: AnyEntry) -> str:
    """What to say of an own entry with the id of one that ships with the program: that one is found no more."""
    other = bundled_library().get(entry.id)
    if other is None or entry.status != "published":
        return ""
    gone = "" if entry.code == other.code else ", which is not found any more"
    return f"{entry.id}: takes the place of {other.code or other.id} {other.name}{gone}."


def _written(text: str, event: Event) -> str:
    line = f"status: {event.status}"
    text = _STATUS.sub(line, text, count=1) if _STATUS.search(text) else f"{text.rstrip()}\n{line}\n"
    text = text if text.endswith("\n") else f"{text}\n"
    said = {"status": event.status, "by": event.by, "date": event.date.isoformat(), "version": event.version}
    values = {**said, **{name: value for name, value in (("note", event.note), ("digest", event.digest)) if value}}
    shown = {name: value if name == "date" else json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    item = "  - {" + ", ".join(f"{name}: {value}" for name, value in shown.items()) + "}\n"
    found = _HISTORY.search(text)
    if not found:
        return f"{text}history:\n{item}"
    return f"{text[: found.start()]}history:\n{found.group(1).rstrip()}".rstrip() + f"\n{item}{text[found.end() :]}"


def fork(entry: AnyEntry, name: str, author: str, today: dt.date) -> str:
    """The YAML text of a copy of an entry under another name: a draft that knows its origin. Raises UsageError."""
    title = " ".join(name.split())
    new_id = fresh_id(title, ()).replace("_", "-")
    if not title or len(title) > 200 or new_id == entry.id:
        raise UsageError("A copy needs a name of its own, of at most 200 characters.")
    origin = Origin(id=entry.id, version=entry.version, digest=digest(entry))
    document = {name: value for name, value in entry.document().items() if name not in ("code", "history", "kind")}
    changed = {
        "id": new_id, "name": title, "author": author or "TODO: your name", "version": "1.0",
        "review_date": (today + dt.timedelta(days=365)).isoformat(), "status": "draft", "origin": origin.document(),
    }  # fmt: skip
    first = {"id": new_id, "name": title}
    return f"# A copy of {entry.code or entry.id} {entry.name}.\n" + to_yaml({**first, **document, **changed})


def moved_on(entry: AnyEntry, library: Library) -> str:
    """What to say when the entry this one was copied from has changed since; empty when it has not."""
    if entry.origin is None:
        return ""
    origin = library.get(entry.origin.id)
    if origin is None:
        return f"{entry.id}: the entry it was copied from ({entry.origin.id}) is gone."
    if digest(origin) == entry.origin.digest:
        return ""
    then = f"version {entry.origin.version} then, {origin.version} now"
    if origin.version == entry.origin.version:
        then = f"its text; it is still called version {origin.version}"
    return (
        f"{entry.id}: the entry it was copied from has moved on ({then}). "
        f"`assistant library diff {origin.id} {entry.id}` shows how they differ."
    )
