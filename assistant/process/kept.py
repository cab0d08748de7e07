"""What was worked out before, kept for whoever asks for the same again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """So many things by their keys; what was asked for longest ago is let go first. Several threads may ask."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Hashable, tuple[Made]] = {}
        self._lock = Lock()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made for the key before, else made now."""
        with self._lock:
            held = self._held.pop(key, None)
        held = held or (make(),)
        with self._lock:
            self._held[key] = held  # behind all others
            if len(self._held) > self._most:
                del self._held[next(iter(self._held))]
        return held[0]

    def forget(self) -> None:
        """Make anew whatever is asked for next."""
        with self._lock:
            self._held.clear()
