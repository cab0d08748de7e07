"""What a step changed, and the way back: undo, redo and branches of one project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.errors import EditRefused, UsageError
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.projects.journal import Accepted, Branch, Edits, New, Redo, Switch, Undo
from assistant.settings import BUILT_IN
from assistant.workspace.turns import Turns


@dataclass(frozen=True)
class Change:
    """What one step did: the process before and after, the edits in words, and what else is worth telling."""

    before: Process
    after: Process
    edits: tuple[Edit, ...] = ()
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    made_by: str = BUILT_IN
    question: str | None = None
    readings: tuple[Any, ...] = ()
    refused: tuple[str, ...] = ()
    prompt: str | None = None
    of: str = ""
    """Of which process it is, where there are two: "new", "both" or "today"."""


class History(Turns):
    """A project whose changes can be taken back and brought back, and that can go on in branches."""

    @property
    def process(self) -> Process:
        """The design of today."""
        return self.state.process

    def today(self) -> Process:
        """The process as it runs today: without what was decided, and what was said of the new one since."""
        return self.state.today()

    @property
    def has_new(self) -> bool:
        """Whether a proposal that counts was taken over: then there is a new process beside today's."""
        return any(isinstance(entry.what, Accepted) for entry in self.state.entries)

    def last_was_story(self) -> bool:
        """Whether the last change that counts came from telling."""
        last = self.state.last_change()
        edits = (entry.what for entry in self.state.entries if entry.turn == last)
        return any(isinstance(what, Edits) and what.source == "story" for what in edits)

    def undo(self, turn: int | None = None) -> Change:
        """Take the last change (or the given turn) back, the whole turn; it stays in the journal. Raises UsageError."""

        def work() -> Change:
            last = self.state.last_change() if turn is None else turn
            if last is None:
                raise UsageError("There is nothing to undo.")
            if not 1 <= last <= self.state.turn:
                raise UsageError(f"There is no turn {last}.", f"The last one is {self.state.turn}.")
            return self._turn_back(Undo(turn=last))

        return self.together(work)

    def redo(self) -> Change:
        """Bring back what was undone last. Raises UsageError."""

        def work() -> Change:
            last = self.state.last_undone()
            if last is None:
                raise UsageError("There is nothing to bring back.")
            change = self._turn_back(Redo(turn=last))
            next_gone = min((turn for turn in self.state.undone if turn > last), default=self.state.turn + 1)
            words = [turn for turn in self.state.told_for_nothing() if turn in self.state.gone and turn < next_gone]
            self.write([New(what=Redo(turn=turn)) for turn in words])
            return change

        return self.together(work)

    def _turn_back(self, what: Undo | Redo) -> Change:
        """Raises UsageError when later steps build on what would be taken back."""
        before = self.process
        try:
            self.write([New(what=what)])
        except EditRefused:
            raise UsageError(
                f"Turn {what.turn} cannot be taken back on its own.",
                "Later steps build on it.",
                "Undo those first, the last one before the others.",
            ) from None
        edits = diff(before, self.process)
        return Change(before, self.process, tuple(edits), tuple(in_words(before, edits)))

    def branch(self, name: str) -> None:
        """Begin a branch here and take it up. Raises UsageError when the name is taken."""
        if name in self.state.branches:
            raise UsageError(f"There is a branch named {name!r} already.", remedy="Choose another name.")
        self.write([New(what=Branch(name=name, from_turn=self.state.turn))])

    def switch(self, name: str) -> None:
        """Take up another branch. Raises UsageError when there is none of that name."""
        if name not in self.state.branches:
            raise UsageError(
                f"There is no branch named {name!r}.", remedy=f"There are {', '.join(self.state.branches)}."
            )
        self.write([New(what=Switch(name=name))])
