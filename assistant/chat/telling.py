"""Journal entries and changes as lines a person reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.process.describe import in_words
from assistant.process.figures import joined, plural
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.projects.journal import (
    Accepted,
    Answered,
    Asked,
    Branch,
    Damaged,
    Edits,
    Entry,
    Exported,
    Note,
    Promised,
    Proposed,
    Recorded,
    Redo,
    Rejected,
    Run,
    Said,
    Switch,
    Undo,
    Unread,
)
from assistant.workspace.history import Change

MAX = 160
MOST_READ_BACK = 6
ROLE_ADDED = re.compile(r"^Added the role (.+)\.$")
ROLE_CHANGED = re.compile(r"^Changed the role ([^:]+): (.+)$")


def entry_line(entry: Entry) -> str:
    """One journal entry in one line: when, which turn, what, and by whom."""
    when = entry.at.strftime("%Y-%m-%d %H:%M")
    by = f" [{entry.made_by}{', ' + entry.prompt if entry.prompt else ''}]" if entry.made_by else ""
    by += _used(getattr(entry.what, "usage", None))
    where = "" if entry.branch == "main" else f" ({entry.branch})"
    return f"{when}  turn {entry.turn:<3}{where} {_what(entry)}{by}"


def _used(usage: dict[str, Any] | None) -> str:
    """What the model used for an entry: calls, tokens, price."""
    if not usage:
        return ""
    from assistant.gateway.port import Usage

    return f" ({Usage(**usage).in_words()})"


def _what(entry: Entry) -> str:  # noqa: C901  (one line for each kind)
    match entry.what:
        case Said(text=text):
            return f"said: {short(text)}"
        case Edits(edits=edits, source=source):
            return f"{plural(len(edits), 'edit')} from the {source}"
        case Asked(questions=questions):
            return "asked: " + short("; ".join(question.text for question in questions))
        case Answered(text=text):
            return f"answered: {short(text)}"
        case Proposed(alternatives=alternatives):
            return f"proposed: {short(', '.join(f'{item.name} ({item.verdict})' for item in alternatives))}"
        case Accepted(practice=practice, title=title, but=but):
            return f"accepted: {practice} {title}{f' (but: {short(but)})' if but else ''}"
        case Rejected(practice=practice, title=title, reason=reason):
            return f"rejected: {practice} {title}{f' ({short(reason)})' if reason else ''}"
        case Recorded(file=file, cases=cases, said=said):
            return f"read the log {file}: {plural(cases, 'case')}, {plural(len(said), 'difference')}"
        case Promised(practice=practice, promises=promises):
            return f"promised of {practice}: " + ", ".join(promise.dimension for promise in promises)
        case Run(replications=replications, cases=cases, seed=seed):
            return f"simulated: {replications} × {plural(cases, 'case')}, seed {seed}"
        case Exported(files=files):
            return f"wrote {plural(len(files), 'file')}"
        case Undo(turn=turn):
            return f"took back turn {turn}"
        case Redo(turn=turn):
            return f"brought back turn {turn}"
        case Branch(name=name):
            return f"began branch {name}"
        case Switch(name=name):
            return f"took up branch {name}"
        case Note(text=text):
            return f"note: {short(text)}"
        case Unread(reason=reason):
            return f"came to nothing: {short(reason)}"
        case Damaged(reason=reason):
            return f"cannot be read ({entry.kind}): {short(reason)}"


def short(text: str, limit: int = MAX) -> str:
    """A text in one line, cut at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def grouped(lines: Sequence[str]) -> list[str]:
    """Lines of changes with all roles added, or changed alike, told in one: the steps shall not be lost among them."""
    lines = _alike(lines)
    added = [match for match in map(ROLE_ADDED.match, lines) if match]
    if len(added) < 3:
        return list(lines)
    told = f"Added the roles {joined([match[1] for match in added])}."
    first = next(at for at, line in enumerate(lines) if ROLE_ADDED.match(line))
    rest = [line for line in lines[first:] if not ROLE_ADDED.match(line)]
    return [*lines[:first], told, *rest]


def _alike(lines: Sequence[str]) -> list[str]:
    """What became the same of several roles (`working hours now …`), as one line."""
    matches = [ROLE_CHANGED.match(line) for line in lines]
    names: dict[str, list[str]] = {}
    for changed in filter(None, matches):
        names.setdefault(changed[2], []).append(changed[1])
    told: list[str] = []
    for line, match in zip(lines, matches, strict=True):
        if match is None:
            told.append(line)
        elif together := names.pop(match[2], []):  # told where the first of them stands
            told.append(f"Changed the roles {joined(together)}: {match[2]}" if len(together) > 1 else line)
    return told


def listed(lines: Sequence[str], most: int = 12) -> list[str]:
    """Lines as a list with dashes; what is beyond `most` is counted, not shown."""
    shown = [f"- {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"- … and {len(lines) - most} more")
    return shown


def read_back(process: Process) -> list[str]:
    """A first story in a short paragraph, to be said yes or no to; nothing where too little was told."""
    every = [task for task in tasks(process) if task.name]
    if len(every) < 2:
        return []
    doers = [role.name for role in process.roles if any(task.role == role.id for task in every)]
    names = [f"“{task.name}”" for task in every]
    shown = names if len(names) <= MOST_READ_BACK else [*names[: MOST_READ_BACK - 1], "…", names[-1]]
    begins = f"It begins when: {process.trigger}. Then come" if process.trigger else "The steps are"
    who = f" It is done by {joined(doers)}." if len(doers) > 1 else ""
    return [f"As I understand it: {begins} {', '.join(shown)}.{who} Is that right?", ""]


NOT_TAKEN = "Not taken from that:"


def unheard(said: Sequence[str], change: Change) -> tuple[str, ...]:
    """What is said beside a change; the words not taken only where its notes do not name them already."""
    if not change.lines:
        return ()
    return tuple(line for line in said if not (change.notes and line.startswith(NOT_TAKEN)))


def repeated(words: str, said: list[str]) -> bool:
    """Whether all of the words, at least a sentence, were told before to the letter."""
    plain = [" ".join(re.findall(r"\w+", text.lower())) for text in (words, " ".join(said))]
    return len(plain[0].split()) >= 4 and f" {plain[0]} " in f" {plain[1]} "


def told_apart(process: Process, readings: Sequence[Any]) -> tuple[Any, ...]:
    """Readings to pick from: of several under one title each by all that it would change, and none twice."""
    titles = [reading.title for reading in readings]
    told: dict[str, Any] = {}
    for reading in readings:
        alike = titles.count(reading.title) > 1
        title = " ".join(in_words(process, reading.edits)) if alike else reading.title
        told.setdefault(title, type(reading)(title or reading.title, reading.edits) if alike else reading)
    return tuple(told.values())
