"""What happens at a project, told to every browser that shows it as it happens, by server-sent events.

A project has one channel, however many listen: what there is to tell is put into words once and handed to all, and what
other programs write is looked for once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from fastapi.concurrency import run_in_threadpool

from assistant.errors import AssistantError
from assistant.page.desk import LOOK_EVERY

if TYPE_CHECKING:
    from assistant.page.desk import Desk
    from assistant.page.people import Link, People

MOST_HEARD = 2000
"""Letters of what somebody says that the others see while it is read."""
WRITTEN_EVERY = 0.15
"""Seconds at least between two tellings of what a model writes, piece by piece."""
SECONDS_SILENT = 15
"""After so long without news an empty line is sent, so that a connection that is dead is found to be."""


def now(desk: Desk) -> dict[str, Any]:
    """How far the project is, and what is being done at it: whose words, what came of them so far, and
    what a model is writing about them."""
    return {
        "number": desk.shown.number, "working": desk.working, "heard": desk.heard[:MOST_HEARD],
        "lines": list(desk.lines), "written": list(desk.written),
    }  # fmt: skip


class Ear:
    """One browser that listens; `over` when its link was withdrawn."""

    def __init__(self, token: str) -> None:
        self.token, self.news, self.over = token, asyncio.Event(), False


class Channel:
    """All who listen to one project; made in the event loop that serves them."""

    def __init__(self, desk: Desk, people: People) -> None:
        self.desk, self.people = desk, people
        self.ears: set[Ear] = set()
        self.gone = False
        self.line = _line(now(desk))
        self._loop = asyncio.get_running_loop()
        self._told_at = 0.0
        self._later: asyncio.TimerHandle | None = None
        desk.watchers.add(self._woken)
        self._looking = asyncio.create_task(self._look())

    def close(self) -> None:
        """Nobody listens any more."""
        self.desk.watchers.discard(self._woken)
        self._looking.cancel()

    def _woken(self) -> None:
        """Called from whatever thread does something at the project."""
        with contextlib.suppress(RuntimeError):  # the server is stopped, nobody listens any more
            self._loop.call_soon_threadsafe(self._tell, now(self.desk))

    def _tell(self, told: dict[str, Any]) -> None:
        wait = self._told_at + WRITTEN_EVERY - self._loop.time()
        if told.get("written") and wait > 0:  # the next piece, or this one a moment later
            self._later = self._later or self._loop.call_later(wait, self._late)
            return
        self._told_at = self._loop.time()
        line = _line(told)
        changed, self.line = line != self.line, line
        for ear in self._still_open():
            if changed:
                ear.news.set()

    def _late(self) -> None:
        self._later = None
        self._tell(now(self.desk))

    def _still_open(self) -> list[Ear]:
        tokens = self.people.tokens()
        for ear in self.ears:
            if ear.token not in tokens:
                ear.over = True
                ear.news.set()
        return [ear for ear in self.ears if not ear.over]

    async def _look(self) -> None:
        """Look for what other programs write, and for links that were withdrawn; whatever ends it ends the channel, and
        a browser that listens asks for another one."""
        try:
            while True:
                await asyncio.sleep(LOOK_EVERY)
                self._still_open()
                if self.desk.due():
                    await run_in_threadpool(self.desk.look)
        except AssistantError as error:
            self._tell({"gone": str(error)})
        finally:
            self.gone = True
            for ear in self.ears:
                ear.news.set()


class Live:
    """The channels of the projects that somebody looks at."""

    def __init__(self, people: People) -> None:
        self.people = people
        self._channels: dict[int, Channel] = {}

    async def events(self, desk: Desk, link: Link) -> AsyncIterator[bytes]:
        """What there is to tell, at once and with everything that changes it, as lines of server-sent events.

        It ends when the project is gone, or the link of whoever listens was withdrawn.
        """
        channel = self._channels.get(id(desk))
        if channel is None or channel.gone:
            channel = self._channels[id(desk)] = Channel(desk, self.people)
        ear, told = Ear(link.token), b""
        channel.ears.add(ear)
        try:
            while not ear.over:
                ear.news.clear()
                if channel.line != told:
                    told = channel.line
                    yield told
                if channel.gone:
                    return
                try:
                    await asyncio.wait_for(ear.news.wait(), SECONDS_SILENT)
                except TimeoutError:
                    yield b":\n\n"
        finally:
            channel.ears.discard(ear)
            if not channel.ears:
                channel.close()
                if self._channels.get(id(desk)) is channel:
                    del self._channels[id(desk)]


def _line(told: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(told, ensure_ascii=False).encode() + b"\n\n"
