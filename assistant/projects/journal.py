"""The journal's entries: what each kind holds.

A turn is everything that belongs to one thing the user did. Its entries share a turn number; they are written in at
most two transactions: first what was said, before any model is called, then all that came of it.

    said        {"text", "source"}                         words from the user (personal data already masked)
    edits       {"edits", "why", "source"}                  edits applied, in order; `source` story, request, answer, …
    asked       {"questions": [{"id", "text"}]}             questions put to the user
    answered    {"question", "text"}                        which question a sentence answered
    proposed    {"alternatives", "findings"}                proposals shown, by id and title
    accepted    {"proposal", "practice", "title"}           a proposal taken over (its edits stand beside it)
    rejected    {"proposal", "practice", "reason"}          a proposal turned down
    run         {"what", "seed", "cases", "replications", "results"}   a simulation made
    exported    {"files"}                                   files written for the user
    undo, redo  {"turn"}                                    that turn no longer counts, or counts again
    branch      {"name", "from_turn"}                       a branch begun; later entries belong to it
    switch      {"name"}                                    another branch taken up
    note        {"text"}                                    anything a reader of the log should know
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "said", "edits", "asked", "answered", "proposed", "accepted", "rejected", "run", "exported", "undo", "redo",
    "branch", "switch", "note",
]  # fmt: skip
MAIN = "main"


class New(BaseModel):
    """An entry about to be written. `made_by`: the model or `built-in rules`; `prompt`: name, version and hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    body: dict[str, Any] = Field(default_factory=dict)
    made_by: str | None = None
    prompt: str | None = None


class Entry(New):
    """An entry as it stands in the journal: `seq` rises over the whole store, `turn` within a project."""

    seq: int
    project: str
    branch: str
    turn: int
    at: datetime


def now() -> datetime:
    """The time an entry is written, in UTC."""
    return datetime.now(UTC)
