"""A project that can no longer be opened, because of one turn: that turn is left out."""

from __future__ import annotations

from assistant.errors import UsageError
from assistant.projects.journal import Entry, New, Undo, now
from assistant.projects.replay import DamagedProject, replay, taken_up
from assistant.projects.store import Store


def leave_out(store: Store, project: str, turn: int) -> bool:
    """Take back a turn of a project that cannot be opened; false when the project can be opened, and nothing was done.

    Where later turns build on it, opening names the next one to leave out. Raises UsageError when leaving this turn
    out does not help, StorageError when it cannot be written.
    """
    journal = store.entries(project)
    damaged = _damage(project, journal)
    if damaged is None:
        return False
    what, branch, seen = Undo(turn=turn), taken_up(journal), journal[-1].seq
    trial = Entry(what=what, seq=seen + 1, project=project, branch=branch, turn=turn + 1, at=now())
    left = _damage(project, [*journal, trial])
    if left is not None and left.turn == damaged.turn:
        raise UsageError(
            f"Leaving out turn {turn} does not help.", damaged.what,
            f"`assistant project undo {project} --turn {damaged.turn}` leaves out the one that is damaged.",
        )  # fmt: skip
    store.append(project, [New(what=what)], branch=branch, after=seen)
    return True


def _damage(project: str, journal: list[Entry]) -> DamagedProject | None:
    try:
        replay(project, journal)
    except DamagedProject as damaged:
        return damaged
    return None
