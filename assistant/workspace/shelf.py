"""The projects as things on a shelf: which there are, what an earlier turn held, thrown away, called otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.process.model import Process
from assistant.projects.journal import Entry, Recorded
from assistant.projects.replay import replay
from assistant.projects.store import Store
from assistant.workspace import family_names, last_redesign
from assistant.workspace.recording import Kept, ledger, recordings


@dataclass(frozen=True)
class Shelf:
    """All projects of this machine: their journals, and the folders of what people are called and what was found."""

    store: Store
    names: Path
    found: Path

    def journals(self) -> dict[str, list[Entry]]:
        """The journal of each project, the one changed last first."""
        return {summary.id: self.store.entries(summary.id) for summary in self.store.projects()}

    def delete(self, project: str) -> None:
        """Throw a project away, with all that was said and whom it named. Raises StorageError."""
        self.store.delete(project)
        family_names.forget(self.names, project)
        last_redesign.forget(self.found, project)

    def rename(self, project: str, name: str) -> None:
        """Call a project otherwise. Raises UsageError when one of that name is there."""
        self.store.rename(project, name)
        family_names.move(self.names, project, name)
        last_redesign.move(self.found, project, name)

    def at(self, project: str, turn: int, branch: str | None) -> Process:
        """The design as it was after a turn (0: the empty start), on a branch or on the main line (None)."""
        return replay(project, [entry for entry in self.store.entries(project) if entry.turn <= turn], branch).process


@dataclass(frozen=True)
class Ledger:
    """What logs said became of promises: the last word on each project, and the hits by practice."""

    last: dict[str, Recorded]
    kept: list[Kept]


def prediction_ledger(shelf: Shelf) -> Ledger:
    """The ledger over all projects of the shelf."""
    journals = shelf.journals()
    said = {name: [what for what in recordings(entries) if what.came] for name, entries in journals.items()}
    return Ledger({name: what[-1] for name, what in said.items() if what}, ledger(journals.values()))
