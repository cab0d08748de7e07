"""What an event log said of this process: of all of it, of a step that words name, and the figures it measured."""

from __future__ import annotations

import re

from assistant.chat.reply import Fact
from assistant.errors import UsageError
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.sentence_said import likely
from assistant.process.tree import branches, by_id
from assistant.projects.journal import Edits, Recorded
from assistant.workspace.recording import came_lines, latest, recordings
from assistant.workspace.session import Session

MOST = 12
ASIDE = re.compile(
    r"\b(?:what|does|do|did|the|event|system|log|logs?|say|says|said|show|shows|tell|tells|us|me|know|knows|about|of|on|"
    r"for|in|from|by|recorded|measured|really|actually|is|was|are|were)\b",
    re.IGNORECASE,
)


def recorded_of(session: Session, words: str) -> tuple[list[str], list[Fact]]:
    """The answer to `what does the log say about the approval?`: of the steps meant, or of all of it."""
    try:
        recorded = latest(session)
    except UsageError as error:
        return [error.what, error.remedy], []
    meant = set(likely(Catalogue(session.process), " ".join(ASIDE.sub(" ", words.lower()).split())))
    texts = [note.text for note in recorded.said if note.element in meant or _decides(session, note.element) in meant]
    texts += [f"Measured: {item.text}." for item in recorded.figures if item.element in meant]
    if meant and not texts:
        steps = by_id(session.process)
        names = ", ".join(f"“{getattr(steps[id_], 'name', '')}”" for id_ in steps if id_ in meant)
        return [f"Of {names} the log “{recorded.file}” says nothing else than was told."], []
    lines = texts if meant else [note.text for note in recorded.said]
    told, facts = _source(recorded)
    shown = lines[:MOST]
    facts += [Fact("recorded", line, "", f"event log {recorded.file}") for line in shown]
    rest = ["`recorded` shows all of it."] if len(lines) > MOST or meant else []
    return [*told, *(f"- {line}" for line in shown or ["It shows nothing else than was told."]), *rest], facts


def _decides(session: Session, element: str) -> str:
    """The decision a way out belongs to."""
    found = branches(session.process).get(element)
    return found[0].id if found else ""


def _source(recorded: Recorded) -> tuple[list[str], list[Fact]]:
    fact = Fact("closed cases", f"{recorded.cases:,} {recorded.cases} {recorded.file}", "", "event log")
    return [f"The log “{recorded.file}” has {recorded.cases} closed cases:"], [fact]


def recorded_lines(session: Session) -> list[str]:
    """Everything the last log said. Raises UsageError where none was read."""
    recorded = latest(session)
    lines = [*_source(recorded)[0], *(f"- {note.text}" for note in recorded.said)]
    if not recorded.said:
        lines.append("- It runs as told, as far as the log can show.")
    lines += [f"- {text}" for text in (*recorded.drift, *came_lines(recorded.came))]
    if recorded.figures:
        lines.append(
            f"It measures {len(recorded.figures)} things: `measure` lists them, `measure all` takes them over."
        )
    return lines


def measured_lines(session: Session) -> list[str]:
    """The measured figures with the numbers by which they can be taken over. Raises UsageError where none was read."""
    recorded = latest(session)
    if not recorded.figures:
        return ["The log measures nothing of this process."]
    lines = [f"What the log “{recorded.file}” measures ({recorded.cases:,} closed cases):"]
    lines += [f"  {number}. {item.text}" for number, item in enumerate(recorded.figures, 1)]
    return [*lines, "`measure 3` takes one over, `measure all` everything; `undo` takes it back."]


def drift_lines(session: Session) -> list[str]:
    """What drifted since a change by the last log, as long as nothing was changed after it was read."""
    entries = session.state.entries
    found = recordings(entries)
    if not found or not found[-1].drift:
        return []
    at = max(number for number, entry in enumerate(entries) if entry.what is found[-1])
    if any(isinstance(entry.what, Edits) for entry in entries[at:]):
        return []
    return ["The event log shows that it no longer runs as it did, so there is something to look at again:",
            *(f"- {text}" for text in found[-1].drift), "What happened there? `recorded` shows all of it."]  # fmt: skip
