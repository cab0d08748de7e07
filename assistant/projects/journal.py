"""The journal's entries: one model for each kind, and what all of them carry.

A turn is everything that belongs to one thing the user did. Its entries share a turn number; they are written in at
most two transactions: first what was said, before any model is called, then all that came of it.

Every entry carries the version of its kind's shape. What an older program wrote is raised to the shape of today by the
steps in `assistant.projects.upcasts`; it is never rewritten.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

MAIN = "main"
OF_TODAY = "correction of today"
TODAY_ALONE = "correction of today alone"
"""The sources of edits that put right how the work runs today, after a proposal was taken over: in the new process as
well, or in today's alone, where the new one was decided to be otherwise."""
LONE = re.compile("[\ud800-\udfff]")


def sound_text(text: Any) -> Any:
    """Text with every half of a surrogate pair replaced: it has no bytes, so nothing could keep it."""
    return LONE.sub("\ufffd", text) if isinstance(text, str) else text


def sound(data: Any) -> Any:
    """JSON data with all its text made sound (see `sound_text`)."""
    if isinstance(data, dict):
        return {sound_text(key): sound(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [sound(value) for value in data]
    return sound_text(data)


Text = Annotated[str, BeforeValidator(sound_text)]
Document = Annotated[dict[str, Any], BeforeValidator(sound)]
Usage = dict[str, int | float | bool | None]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Kind(_Shape):
    """The base of every kind."""

    version: Literal[1] = 1

    def body(self) -> dict[str, Any]:
        """As it is stored: plain JSON data with its version; the kind stands beside it."""
        return {"version": self.version, **self.model_dump(mode="json", exclude={"kind", "version"})}


class Said(_Kind):
    """Words from the user, personal data masked. `writer` is the program that heard them (see `workspace.writers`)."""

    kind: Literal["said"] = "said"
    text: Text
    source: Text = "story"
    writer: str = ""


class Edits(_Kind):
    """Edits applied, in order; `source`: story, request, answer, correction, proposal, file, OF_TODAY, TODAY_ALONE."""

    kind: Literal["edits"] = "edits"
    edits: tuple[Document, ...]
    source: Text = "talk"
    why: Text = ""
    usage: Usage | None = None


class AskedQuestion(_Shape):
    """A question as it was put."""

    id: Text
    text: Text


class Asked(_Kind):
    """Questions put to the user."""

    kind: Literal["asked"] = "asked"
    questions: tuple[AskedQuestion, ...]


class Answered(_Kind):
    """Which question a sentence answered."""

    kind: Literal["answered"] = "answered"
    question: Text
    text: Text


class FoundNote(_Shape):
    """A finding, by id."""

    id: Text
    kind: Text


class ProposalNote(_Shape):
    """A proposal, by id and title."""

    id: Text
    practice: Text
    title: Text


class AlternativeNote(_Shape):
    """An alternative shown, with its verdict."""

    name: Text
    verdict: Text
    proposals: tuple[ProposalNote, ...] = ()


class Proposed(_Kind):
    """Findings and proposals shown, by id and title."""

    kind: Literal["proposed"] = "proposed"
    findings: tuple[FoundNote, ...] = ()
    alternatives: tuple[AlternativeNote, ...] = ()
    recommended: Text | None = None
    usage: Usage | None = None


class Accepted(_Kind):
    """A proposal taken over (its edits stand beside it); `but`: the change the user made to it."""

    kind: Literal["accepted"] = "accepted"
    proposal: Text
    practice: Text
    title: Text
    but: Text = ""


class Rejected(_Kind):
    """A proposal turned down."""

    kind: Literal["rejected"] = "rejected"
    proposal: Text
    practice: Text
    title: Text
    reason: Text = ""


class Run(_Kind):
    """A simulation made: `what` was played, and the numbers that repeat it."""

    kind: Literal["run"] = "run"
    what: Text
    cases: int
    replications: int
    seed: int


class Exported(_Kind):
    """Files written for the user."""

    kind: Literal["exported"] = "exported"
    files: tuple[Text, ...]


class RecordedNote(_Shape):
    """A sentence of a log about an element of the process."""

    element: Text
    text: Text


class MeasuredNote(_Shape):
    """What a log measures of an element: in words, and the edits that put it in."""

    element: Text
    text: Text
    edits: tuple[Document, ...]


class CameNote(_Shape):
    """A promise beside what came: both as changes by a share of what was before, from and to."""

    proposal: Text
    practice: Text
    measure: Text
    promised: tuple[float, float]
    came: tuple[float, float]
    kept: bool


class Recorded(_Kind):
    """What an event log said: of so many closed cases, which activity is which step (empty: none) and which differences
    are all right, as the user said; what differs, what it measures, what drifted, what came of promises."""

    kind: Literal["recorded"] = "recorded"
    file: Text
    cases: int
    match: dict[str, str] = {}
    accepted: tuple[Text, ...] = ()
    said: tuple[RecordedNote, ...] = ()
    figures: tuple[MeasuredNote, ...] = ()
    drift: tuple[Text, ...] = ()
    came: tuple[CameNote, ...] = ()


class PromiseNote(_Shape):
    """The interval promised for the change of a measure, in its unit, and what it was before."""

    dimension: Text
    measure: Text
    unit: Text
    before: float
    low: float
    high: float


class Promised(_Kind):
    """What was promised of a proposal when it was accepted: the effects of the alternative it stood in."""

    kind: Literal["promised"] = "promised"
    proposal: Text
    practice: Text
    alternative: Text
    promises: tuple[PromiseNote, ...]


class Undo(_Kind):
    """That turn no longer counts. `within`: this is a part of its own turn, and taken back with it."""

    kind: Literal["undo"] = "undo"
    turn: int
    within: bool = False


class Redo(_Kind):
    """That turn counts again."""

    kind: Literal["redo"] = "redo"
    turn: int


class Branch(_Kind):
    """A branch begun; later entries belong to it."""

    kind: Literal["branch"] = "branch"
    name: Text
    from_turn: int = 0


class Switch(_Kind):
    """Another branch taken up."""

    kind: Literal["switch"] = "switch"
    name: Text


class Note(_Kind):
    """Anything a reader of the log should know; a comment on an element of the process names it in `about`."""

    kind: Literal["note"] = "note"
    text: Text
    about: Text = ""
    usage: Usage | None = None

    def body(self) -> dict[str, Any]:
        """As it is stored; a note about nothing in particular is the same as it always was."""
        stored = super().body()
        return stored if self.about else {key: value for key, value in stored.items() if key != "about"}


class Unread(_Kind):
    """The words of this turn are kept, but nothing came of them, for this reason."""

    kind: Literal["unread"] = "unread"
    reason: Text


class Damaged(_Shape):
    """An entry that cannot be read: its kind and body as they stand in the store, and the reason. Never written."""

    kind: str
    raw: str
    reason: str
    newer: bool = False

    def body(self) -> dict[str, Any]:
        """What stands there, and why it cannot be read."""
        return {"raw": self.raw, "reason": self.reason}


What = Annotated[
    Said | Edits | Asked | Answered | Proposed | Accepted | Rejected | Run | Exported | Undo | Redo | Branch | Switch
    | Note | Unread | Recorded | Promised,
    Field(discriminator="kind"),
]  # fmt: skip
WHAT: TypeAdapter[What] = TypeAdapter(What)


class New(_Shape):
    """An entry about to be written. `made_by`: the model or `built-in rules`; `prompt`: name, version and hash."""

    what: What
    made_by: Text | None = None
    prompt: Text | None = None


class Entry(_Shape):
    """An entry as it stands in the journal: `seq` rises over the whole store, `turn` within a project."""

    what: What | Damaged
    made_by: str | None = None
    prompt: str | None = None
    seq: int
    project: str
    branch: str
    turn: int
    at: datetime

    @property
    def kind(self) -> str:
        """The kind of what is told."""
        return self.what.kind

    def document(self) -> dict[str, Any]:
        """As plain JSON data: what `project log --json` prints and an exported journal holds."""
        plain = self.model_dump(mode="json", include={"made_by", "prompt", "seq", "project", "branch", "turn", "at"})
        return {"kind": self.kind, "body": self.what.body(), **plain}


def now() -> datetime:
    """The time an entry is written, in UTC."""
    return datetime.now(UTC)
