"""From a journal to the state of today: the process is the replay of its edits, and so is everything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import AssistantError, StorageError
from assistant.process.apply import apply
from assistant.process.edits import EDITS
from assistant.process.model import Process
from assistant.projects.journal import MAIN, Entry

CHANGES = ("edits", "accepted", "rejected")
UNTITLED = "Untitled process"


@dataclass(frozen=True)
class State:
    """A project at one moment.

    `process` is the design of today; `entries` those that count on this branch; `turn` the highest turn used in the
    whole project; `seen` the last entry read (for writing on); `pending` a sentence said whose turn never finished.
    """

    project: str
    branch: str
    process: Process
    entries: tuple[Entry, ...]
    turn: int
    seen: int
    branches: tuple[str, ...] = (MAIN,)
    undone: frozenset[int] = frozenset()
    pending: Entry | None = None
    asked: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    decided: dict[str, str] = field(default_factory=dict)

    def last_change(self) -> int | None:
        """The turn `undo` would take back, or None."""
        return max((entry.turn for entry in self.entries if _changes(entry)), default=None)

    def last_undone(self) -> int | None:
        """The turn `redo` would bring back: of those undone one after the other the one undone last, which is the
        earliest; none when something was changed after the undoing."""
        return min((turn for turn in self.undone if turn > (self.last_change() or 0)), default=None)

    def said(self) -> list[str]:
        """The words that told the process, in order, as far as they count."""
        return [e.body["text"] for e in self.entries if e.kind == "said" and e.body.get("source") == "story"]


def _changes(entry: Entry) -> bool:
    """Whether an entry changes something; a turn in which nothing new was found does not."""
    return entry.kind in CHANGES and (entry.kind != "edits" or bool(entry.body.get("edits")))


def replay(project: str, journal: Iterable[Entry], branch: str | None = None) -> State:
    """The state of a project, on the branch taken up last or the one named. Raises StorageError when it is damaged."""
    entries = list(journal)
    if branch is None:
        branch = next((e.body["name"] for e in reversed(entries) if e.kind in ("branch", "switch")), MAIN)
    lineage = _lineage(entries, branch)
    undone = _undone(lineage)
    counting = tuple(e for e in lineage if e.turn not in undone and e.kind not in ("undo", "redo"))
    return State(
        project=project,
        branch=branch,
        process=_process(project, counting),
        entries=counting,
        turn=max((e.turn for e in entries), default=0),
        seen=max((e.seq for e in entries), default=0),
        branches=(MAIN, *dict.fromkeys(e.body["name"] for e in entries if e.kind == "branch")),
        undone=frozenset(e.turn for e in lineage if e.turn in undone and _changes(e)),
        pending=_pending(counting),
        asked=frozenset(q["id"] for e in lineage if e.kind == "asked" for q in e.body["questions"]),
        answered=frozenset(e.body["question"] for e in counting if e.kind == "answered"),
        decided={e.body["proposal"]: e.kind for e in counting if e.kind in ("accepted", "rejected")},
    )


def _lineage(entries: list[Entry], branch: str) -> list[Entry]:
    """The entries of a branch with those of its forebears up to where each began."""
    begun = {e.body["name"]: e for e in entries if e.kind == "branch"}
    if branch != MAIN and branch not in begun:
        raise StorageError(f"There is no branch named {branch!r}.", remedy=f"There are: {', '.join([MAIN, *begun])}.")
    own = [e for e in entries if e.branch == branch and e.kind not in ("branch", "switch")]
    if branch == MAIN:
        return own
    start = begun[branch]
    before = [e for e in _lineage([e for e in entries if e.seq < start.seq], str(start.branch)) if e.seq < start.seq]
    return [*before, *own]


def _undone(entries: list[Entry]) -> set[int]:
    gone: set[int] = set()
    for entry in entries:
        if entry.kind == "undo":
            gone.add(entry.body["turn"])
        elif entry.kind == "redo":
            gone.discard(entry.body["turn"])
    return gone


def _process(project: str, entries: tuple[Entry, ...]) -> Process:
    process = Process(name=UNTITLED)
    for entry in entries:
        if entry.kind == "edits":
            process = _applied(project, process, entry)
    return process


def _applied(project: str, process: Process, entry: Entry) -> Process:
    edits: Any = entry.body.get("edits", [])
    try:
        return apply(process, EDITS.validate_python(edits))
    except (AssistantError, ValueError) as error:
        raise StorageError(
            f"Entry {entry.seq} of the project {project} can no longer be replayed.",
            str(error).split("\n")[0],
            f"`assistant project undo {project} --turn {entry.turn}` leaves that turn out.",
        ) from None


def _pending(entries: tuple[Entry, ...]) -> Entry | None:
    """The last thing said, when nothing came after it: its turn was cut off."""
    if entries and entries[-1].kind == "said":
        return entries[-1]
    return None
