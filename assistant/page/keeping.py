"""What was made for one reader is kept for all who ask for the same, until something changes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Hashable

from fastapi.concurrency import run_in_threadpool


class Kept:
    """Answers as the bytes that are sent, by what they answer: the project, the number of what is shown, what is asked.

    After a change all readers ask for the same at once: it is made once, in a thread, and they wait for that; where it
    is made already, nobody waits for anybody.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Hashable, bytes] = {}
        self._coming: dict[Hashable, asyncio.Future[bytes]] = {}
        self._making = threading.Lock()

    def at_once(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The answer, made here and now where it is not kept; called in a thread."""
        made = self._made.get(key)
        if made is not None:
            return made
        with self._making:  # one after the other: what the first worked out, the next has
            made = self._made.get(key)
            if made is None:
                made = make()
                if len(self._made) >= self._most:
                    self._made.clear()
                self._made[key] = made
        return made

    async def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The answer, made in a thread where it is not kept; called in the event loop. Raises what `make` raises."""
        made = self._made.get(key)
        if made is not None:
            return made
        coming = self._coming.get(key)
        if coming is None:
            coming = asyncio.ensure_future(run_in_threadpool(self.at_once, key, make))
            self._coming[key] = coming
            coming.add_done_callback(lambda _: self._coming.pop(key, None))
        return await asyncio.shield(coming)
