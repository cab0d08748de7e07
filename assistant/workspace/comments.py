"""Comments made in a share file and brought back: each becomes a note in the project's journal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UnreadableFile
from assistant.process.describe import name_of
from assistant.process.figures import plural
from assistant.process.tree import by_id
from assistant.projects.journal import New, Note
from assistant.workspace.session import Session

MOST = 500


ALTERNATIVE, REPORT = "alternative:", "report"
"""What can be commented on besides the elements of the process: an alternative by its name, and the report."""


class Comment(BaseModel):
    """What somebody said about one `element` of the process, an alternative, the report, or (without one) the whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    element: Annotated[str, Field(max_length=120)] = ""
    by: Annotated[str, Field(max_length=120)] = ""
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class Comments(BaseModel):
    """The file a share file gives back."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    schema_: Annotated[Literal["comments/1"], Field(alias="schema")]
    project: Annotated[str, Field(max_length=120)]
    comments: Annotated[tuple[Comment, ...], Field(min_length=1, max_length=MOST)]


def comments_in(data: bytes) -> tuple[Comment, ...] | None:
    """The comments a file holds; None when it is another kind of file. Raises UnreadableFile when it is damaged."""
    if b'"comments/1"' not in data[:400]:
        return None
    try:
        return Comments.model_validate(json.loads(data)).comments
    except (ValueError, RecursionError) as error:
        faults = error.errors(include_url=False, include_input=False) if isinstance(error, ValidationError) else []
        why = f"{faults[0]['msg']}." if faults else ""
        raise UnreadableFile("This file of comments is damaged.", why, "Ask for it once more.") from None


def taken(session: Session, comments: Sequence[Comment]) -> tuple[str, ...]:
    """Write comments into the journal, as one turn, and tell them; the process itself stays as it is."""
    steps = by_id(session.process)
    lines, notes = [], []
    for comment in comments:
        lines.append(f"Comment{f' by {comment.by}' if comment.by else ''}{_on(comment, steps)}: “{comment.text}”")
        notes.append(New(what=Note(text=lines[-1], about=comment.element)))
    session.write(notes)
    return (f"{plural(len(lines), 'comment')} noted:", *(f"- {line}" for line in lines))


def _on(comment: Comment, steps: Mapping[str, Any]) -> str:
    """What it is about, in words. What is no longer there may come back by `undo`, and the comment with it."""
    element = comment.element
    if element in steps:
        return f" on {name_of(steps[element])}"
    if element.startswith(ALTERNATIVE):
        return f" on the alternative “{element.removeprefix(ALTERNATIVE)}”"
    return {"": "", REPORT: " on the report"}.get(element, " on a step that is no longer there")
