"""Journal entries and changes as lines a person reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.projects.journal import Entry

MAX = 160
ROLE_ADDED = re.compile(r"^Added the role (.+)\.$")


def entry_line(entry: Entry) -> str:
    """One journal entry in one line: when, which turn, what, and by whom."""
    when = entry.at.strftime("%Y-%m-%d %H:%M")
    by = f" [{entry.made_by}{', ' + entry.prompt if entry.prompt else ''}]" if entry.made_by else ""
    by += _used(entry.body.get("usage"))
    where = "" if entry.branch == "main" else f" ({entry.branch})"
    return f"{when}  turn {entry.turn:<3}{where} {_what(entry)}{by}"


def _used(usage: dict[str, Any] | None) -> str:
    """What the model used for an entry: calls, tokens, price."""
    if not usage:
        return ""
    from assistant.language.port import Usage

    return f" ({Usage(**usage).in_words()})"


def _what(entry: Entry) -> str:
    body: dict[str, Any] = entry.body
    match entry.kind:
        case "said":
            return f"said: {short(body['text'])}"
        case "edits":
            count = len(body["edits"])
            return f"{count} edit{'' if count == 1 else 's'} from the {body.get('source', 'talk')}"
        case "asked":
            return "asked: " + short("; ".join(question["text"] for question in body["questions"]))
        case "answered":
            return f"answered: {short(body['text'])}"
        case "proposed":
            names = ", ".join(f"{item['name']} ({item['verdict']})" for item in body["alternatives"])
            return f"proposed: {short(names)}"
        case "accepted" | "rejected":
            reason = f" ({body['reason']})" if body.get("reason") else ""
            return f"{entry.kind}: {body['practice']} {body['title']}{reason}"
        case "run":
            return f"simulated: {body['replications']} × {body['cases']:,} cases, seed {body['seed']}"
        case "exported":
            return f"wrote {len(body['files'])} files"
        case "undo" | "redo":
            return f"{'took back' if entry.kind == 'undo' else 'brought back'} turn {body['turn']}"
        case "branch" | "switch":
            return f"{'began' if entry.kind == 'branch' else 'took up'} branch {body['name']}"
        case _:
            return f"note: {short(str(body.get('text', '')))}"


def short(text: str, limit: int = MAX) -> str:
    """A text in one line, cut at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def grouped(lines: Sequence[str]) -> list[str]:
    """Lines of changes with all roles added told in one, so that the steps are not lost among them."""
    added = [match for match in map(ROLE_ADDED.match, lines) if match]
    if len(added) < 3:
        return list(lines)
    told = f"Added the roles {', '.join(match[1] for match in added[:-1])} and {added[-1][1]}."
    first = next(at for at, line in enumerate(lines) if ROLE_ADDED.match(line))
    rest = [line for line in lines[first:] if not ROLE_ADDED.match(line)]
    return [*lines[:first], told, *rest]


def listed(lines: Sequence[str], most: int = 12) -> list[str]:
    """Lines as a list with dashes; what is beyond `most` is counted, not shown."""
    shown = [f"- {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"- … and {len(lines) - most} more")
    return shown
