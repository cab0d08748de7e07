"""The conversation as the journal tells it, turn by turn, with the replies that are still on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from assistant.chat.reply import Reply
from assistant.chat.telling import grouped, listed
from assistant.errors import AssistantError
from assistant.page.desk import LOOK, Aside, Shown
from assistant.process.apply import apply
from assistant.process.describe import in_words
from assistant.process.edits import EDITS
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.projects.journal import (
    Accepted,
    Asked,
    Edits,
    Entry,
    Note,
    Proposed,
    Redo,
    Rejected,
    Said,
    Undo,
    Unread,
)
from assistant.projects.replay import NOTHING, State

MOST_TURNS = 40
LONE_ANSWER = re.compile(r"1: ((?:(?!; 2: ).)*)\Z")
"""An answer by its number (see `Desk.answer`), where there is no other."""
FROM = {"map": "On the map", "table": "In the table", "file": "From a file", "proposal": "A proposal"}


class Block(NamedTuple):
    """A piece of what was said: a heading, a paragraph, a list, or text set as it stands."""

    kind: str
    lines: tuple[str, ...]


class Turn(NamedTuple):
    """One turn for the screen: its number, the user's words, the answer's pieces, the questions put, and its fate."""

    number: int
    said: str
    blocks: tuple[Block, ...]
    asked: tuple[str, ...] = ()
    undone: bool = False
    unclear: bool = False
    made_by: str = ""
    changed: bool = False
    """Whether it changed the process, and still counts."""


def conversation(shown: Shown, replies: Mapping[int, Reply]) -> list[Turn]:
    """The last turns, oldest first."""
    told: list[Turn] = []
    changes = _changes(shown.state)
    last = [list(entries) for _, entries in groupby(shown.state.lineage, key=lambda entry: entry.turn)][-MOST_TURNS:]
    first = last[0][0].turn if last else 0
    told += [_aside(aside) for aside in shown.asides if aside.after < first]
    for at, entries in enumerate(last):
        number = entries[0].turn
        turn = _turn(number, entries, replies.get(number), changes.get(number, ()), number in shown.state.gone)
        if turn is not None:
            told.append(turn)
        behind = last[at + 1][0].turn if at + 1 < len(last) else float("inf")
        told += [_aside(aside) for aside in shown.asides if number <= aside.after < behind]
    if not last:
        told = [_aside(aside) for aside in shown.asides]
    return told


def _aside(aside: Aside) -> Turn:
    reply = aside.reply
    return Turn(aside.after, aside.words, blocks(reply.lines), unclear="unclear" in reply.kinds)


def _turn(
    number: int, entries: list[Entry], reply: Reply | None, changes: tuple[str, ...], undone: bool
) -> Turn | None:
    said, lines, asked, made_by = _pressed(entries), [], [], ""
    for entry in entries:
        if said and isinstance(entry.what, Note) and entry.what.text == said:
            continue
        match entry.what:
            case Said(text=text):
                alone = LONE_ANSWER.match(text)
                said = alone[1] if alone else text
            case Edits(source=source):
                said, made_by = said or FROM.get(source, ""), entry.made_by or ""
            case Asked(questions=questions):
                asked += [question.text for question in questions]
            case _:
                lines += _told(entry)
    if undone:
        return Turn(number, said, (Block("p", ("Taken back.",)),), undone=True) if said or changes else None
    if reply is not None:
        head = said or (FROM["map"] if changes else "")
        return Turn(
            number, head, blocks(reply.lines), tuple(asked), False, "unclear" in reply.kinds, made_by, bool(changes)
        )
    if changes:
        lines = ["What changed:", *listed(grouped(changes), 16), *lines]
    if not (said or lines or asked):
        return None
    return Turn(number, said, blocks(lines), tuple(asked), made_by=made_by, changed=bool(changes))


def _pressed(entries: list[Entry]) -> str:
    """What was asked for in a turn by a button, where it has no words of its own."""
    for entry in entries:
        match entry.what:
            case Accepted(title=title):
                return f"Accept: {title}"
            case Rejected(title=title):
                return f"Turn down: {title}"
            case Proposed():
                return LOOK
            case _:
                continue
    brought = any(isinstance(entry.what, Edits) and entry.what.source == "file" for entry in entries)
    notes = [entry.what.text for entry in entries if isinstance(entry.what, Note)]
    return notes[0] if brought and notes else ""


def _told(entry: Entry) -> list[str]:
    """What an entry without words of the user tells in the conversation."""
    match entry.what:
        case Accepted(title=title):
            return [f"Taken over: {title}"]
        case Rejected(title=title, reason=reason):
            return [f"Turned down: {title}{f' ({reason})' if reason else ''}"]
        case Proposed(findings=findings, alternatives=alternatives):
            count = sum(len(alternative.proposals) for alternative in alternatives)
            hurts, better = plural(len(findings), "finding"), plural(count, "proposal")
            return [f"Looked for what hurts: {hurts}, {better} in the alternatives."]
        case Undo(turn=turn):
            return [f"Took back turn {turn}."]
        case Redo(turn=turn):
            return [f"Brought back turn {turn}."]
        case Note(text=text) | Unread(reason=text):
            return [text]
        case _:
            return []


def _changes(state: State) -> dict[int, tuple[str, ...]]:
    """What each turn that counts changed, in words."""
    found: dict[int, tuple[str, ...]] = {}
    process: Process = NOTHING
    for entry in state.entries:
        if not isinstance(entry.what, Edits):
            continue
        try:
            edits = EDITS.validate_python(entry.what.edits)
            found[entry.turn] = (*found.get(entry.turn, ()), *in_words(process, edits))
            process = apply(process, edits)
        except (AssistantError, ValueError):
            found[entry.turn] = (f"{plural(len(entry.what.edits), 'change')}.",)
    return found


def blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Lines as pieces for a page: lists where lines begin with a dash or a number, text of several lines as it is."""
    found: list[Block] = []
    for line in lines:
        if "\n" in line.strip():
            found.append(Block("pre", (line,)))
            continue
        text = line.strip()
        item = re.match(r"(?:[-•]|\(?\d+[.)])\s+", text)
        if not text:
            continue
        if text.startswith("#"):
            found.append(Block("h", (text.lstrip("# "),)))
        elif item:
            shown = text[item.end() :] if text[0] in "-•" else text
            if found and found[-1].kind == "ul":
                found[-1] = Block("ul", (*found[-1].lines, shown))
            else:
                found.append(Block("ul", (shown,)))
        else:
            found.append(Block("p", (text,)))
    return tuple(found)
