"""One project's journal opened for work: what belongs to one turn is written in one transaction.

First what was said, before any model is called: that is kept whatever comes. Then all that came of it, together. When
another program wrote meanwhile, the work is done again on the new state; when that fails the words stay open, and are
taken up when the user says so or when the project is opened next.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.errors import AssistantError, EditRefused, StorageError
from assistant.projects.journal import Entry, New, Note, Said, Unread, now, sound_text
from assistant.projects.replay import DamagedProject, State, replay
from assistant.projects.store import Conflict, Store
from assistant.workspace.family_names import Called
from assistant.workspace.writers import me

T = TypeVar("T")
TRIES = 8
LONGEST_PAUSE = 0.4
"""Seconds to wait at most, before doing again what another program was faster at; a random part of it is waited."""
SHORT = 60


class Gone(StorageError):
    """The project that was opened is there no longer."""


class Crossed(StorageError):
    """Words were said while somebody else changed the project, and no longer fit; `said` still waits to be taken up."""

    def __init__(self, said: Entry, text: str, error: AssistantError) -> None:
        short = text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"
        clash = "who goes on changing it" if isinstance(error, Conflict) else f"and it does not fit: {error.what}"
        super().__init__(
            f"You said “{short}” while somebody else changed this project, {clash}",
            error.why,
            "Take it in all the same? `again` tries it on what is there now; or put it another way.",
        )
        self.said = said


@dataclass
class _Draft:
    """What came of a turn so far, not written yet. `heard`: its words, which are written."""

    heard: Entry | None = None
    entries: list[New] = field(default_factory=list)
    crossed: bool = False


class Turns:
    """A project's state, and turns written to its journal. `state` is what the journal says, and within a turn also
    what the turn has brought so far."""

    def __init__(self, store: Store, project: str, called: Called) -> None:
        self.project = project
        self.called = called
        self.state: State = replay(project, store.entries(project) if store.exists(project) else [])
        self._store = store
        self._kept = self.state
        self._draft: _Draft | None = None
        self.crossed = False

    @property
    def heard(self) -> Entry | None:
        """The words of the turn that is under way, as they were written down; None when none were."""
        return self._draft.heard if self._draft else None

    def refresh(self) -> bool:
        """Take in what another program wrote to the project meanwhile; returns whether there was anything."""
        seen = self._kept.seen
        if not seen and not self._store.exists(self.project):
            return False
        if seen and not self._store.exists(self.project):
            raise Gone(
                f"The project {self.project} is gone: somebody deleted or renamed it meanwhile.",
                "",
                "`assistant project list` names those there are.",
            )
        new = self._store.entries(self.project, after=max(0, seen - 1))
        if seen:
            if not new or new[0].seq != seen:
                raise Gone(
                    f"The project {self.project} is no longer the one that was opened.",
                    "Somebody deleted or replaced it meanwhile.",
                    "Open it again.",
                )
            new = new[1:]
        self._keep(new)
        return bool(new)

    def together(self, work: Callable[[], T], said: Entry | None = None, again: bool = True) -> T:
        """Do work whose entries become one turn, written in one transaction at its end; all of it or nothing.

        `said` are words heard before whose turn is taken up. When another program was faster the work is done again on
        the new state (not where `again` is false). Raises what the work raises, Crossed when it does not fit the new
        state, StorageError when it cannot be written.
        """
        if self._draft is not None:
            return work()
        self._draft, self.crossed = _Draft(said), False
        try:
            for number in range(1, TRIES + 1 if again else 2):
                try:
                    result = work()
                    self._commit()
                    return result
                except Conflict:
                    time.sleep(random.uniform(0, LONGEST_PAUSE) * number / TRIES)
                    self._begin_again()
            raise Conflict(
                f"The project {self.project} was changed by another program meanwhile.",
                "Nothing was changed; what you said is kept.",
                "Try again in a moment.",
            )
        except AssistantError as error:
            self._failed(error)
            raise
        except KeyboardInterrupt:
            self._close("It was stopped.")
            raise
        finally:
            self._draft, self.state = None, self._kept

    def _begin_again(self) -> None:
        assert self._draft is not None
        heard = self._draft.heard
        self._draft, self.crossed = _Draft(heard, crossed=True), True
        self.state = self._kept
        self.refresh()
        if heard is not None and not self._kept.is_open(heard.turn):
            self._draft.heard = None
            raise StorageError(
                "Your words were taken up by another program meanwhile.", "", "`log` shows what came of them."
            )

    def _failed(self, error: AssistantError) -> None:
        """Write why nothing came of the words; where somebody else's change is the reason they stay open instead."""
        assert self._draft is not None
        heard = self._draft.heard
        fits_no_more = self._draft.crossed and isinstance(error, EditRefused | Conflict)
        if fits_no_more and heard is not None and isinstance(heard.what, Said):
            raise Crossed(heard, heard.what.text, error) from None
        self._close(" ".join(str(error).split()))

    def _close(self, reason: str) -> None:
        """Best effort: where the reason is a full disk, this cannot be written either, and the words stay open."""
        assert self._draft is not None
        heard, self._draft.entries, self.state = self._draft.heard, [], self._kept
        if heard is None or not self._kept.is_open(heard.turn):
            return
        try:
            self.write([New(what=Unread(reason=reason[:2000]))])
            self._commit()
        except AssistantError:
            self.state = self._kept

    def _commit(self) -> None:
        assert self._draft is not None
        entries, heard = self._draft.entries, self._draft.heard
        if heard is not None and not entries:
            entries = [New(what=Note(text="Nothing was changed."))]
        if not entries:
            return
        written = self._store.append(
            self.project, entries, turn=heard.turn if heard else None, branch=self._kept.branch,
            after=self._kept.seen, begun=bool(self._kept.seen),
        )  # fmt: skip
        self._draft.entries = []
        self._keep(written)

    def _keep(self, entries: Sequence[Entry]) -> None:
        self.state = self._kept = self._kept.advanced(entries)

    def hear(self, text: str, source: str) -> str:
        """Write down what was said, personal data masked, before anything is made of it; returns the text as kept.

        Within a turn it is written once; said again as something else (`source`) that is noted with the rest. Raises
        Conflict, after the words are written, when another program wrote meanwhile (see `together`).
        """
        kept = self.called.mask(sound_text(text))
        what = Said(text=kept, source=source, writer=me())
        draft = self._draft
        heard = draft.heard if draft else None
        if draft is None or (heard is None and not draft.entries):
            self._write_down(what)
        elif heard is None or heard.branch != self.state.branch or _source(heard) != source:
            self.write([New(what=what)])
        return kept

    def _write_down(self, what: Said) -> None:
        seen = self._kept.seen
        written = self._store.append(self.project, [New(what=what)], branch=self._kept.branch, begun=bool(seen))
        if self._draft is not None:
            self._draft.heard = written[0]
        new = self._store.entries(self.project, after=seen)
        self._keep(new)
        if len(new) > 1 and self._draft is not None:
            raise Conflict("Another program wrote at the same time.")

    def write(self, entries: Sequence[New]) -> None:
        """Write entries: with the turn that is under way, else as a turn of their own.

        Raises EditRefused when they could not be read back, StorageError.
        """
        if self._draft is None:
            return self.together(lambda: self.write(entries))
        state, heard = self.state, self._draft.heard
        turn = heard.turn if heard else self._kept.turn + 1
        place = {"project": self.project, "branch": state.branch, "turn": turn, "at": now()}
        try:
            self.state = state.advanced(
                [Entry(**dict(new), **place, seq=state.seen + number) for number, new in enumerate(entries, 1)]
            )
        except DamagedProject as error:
            why = error.why.rpartition(" does not fit: ")[2]  # which edit it was says nothing to whoever talks
            raise EditRefused("This cannot be kept as it is.", why, "Put it another way.") from None
        self._draft.entries.extend(entries)
        return None


def _source(said: Entry) -> str:
    return said.what.source if isinstance(said.what, Said) else ""
