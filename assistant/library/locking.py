"""One at a time: a lock file, so that two programs do not do the same thing at once."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

LOCK_WAIT = 60.0
"""Seconds after which it goes on although another program holds the lock."""


@contextlib.contextmanager
def locked(path: Path, longest: float = LOCK_WAIT) -> Iterator[None]:
    """Holds a lock file; waits for another program at most so many seconds, and goes on where there are no locks."""
    try:
        import fcntl

        file = path.open("w")
    except (ImportError, OSError):
        yield
        return
    with file:
        end = time.monotonic() + longest
        while time.monotonic() < end:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                time.sleep(0.05)
        yield
