"""What the library says of a practice: its effects, risks and guards, what it asks of whom, and who speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assistant.library.entries import PracticeEntry, ProcessEntry
from assistant.library.store import Library, bundled_entries
from assistant.redesign.shapes import Needs


class Shelf:
    """The practices of a library, those that ship with the program where it has none; `entry` is the process entry
    that the work is like. Without a library nothing is cited."""

    def __init__(self, library: Library | None = None, entry: ProcessEntry | None = None) -> None:
        own = library.practices if library is not None else ()
        self._own = {str(practice.code): practice for practice in own}
        self._entry = entry

    def practice(self, code: str) -> PracticeEntry:
        """The entry of a practice. Raises KeyError for a code that is none."""
        return self._own.get(code) or _bundled()[code]

    def cites(self, code: str) -> tuple[str, ...]:
        """The ids that speak for a practice: its own entry, and the process entry that names it."""
        own = (self._own[code].id,) if code in self._own else ()
        return (*own, self._entry.id) if self._entry is not None and code in self._entry.practices else own


BARE = Shelf()


def directions(practice: PracticeEntry) -> dict[str, str]:
    """The usual directions by dimension."""
    return practice.effects.model_dump()


def needs(practice: PracticeEntry) -> Needs:
    """What a practice asks of whom, as a proposal says it."""
    return Needs(**practice.asked_of.model_dump())


@cache
def _bundled() -> Mapping[str, PracticeEntry]:
    return {str(entry.code): entry for entry in bundled_entries().values() if isinstance(entry, PracticeEntry)}
