"""What happens at a project, told to every browser that shows it as it happens, by server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
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


def now(desk: Desk) -> dict[str, Any]:
    """How far the project is, and what is being done at it: whose words, what came of them so far, and
    what a model is writing about them."""
    return {
        "number": desk.shown.number, "working": desk.working, "heard": desk.heard[:MOST_HEARD],
        "lines": list(desk.lines), "written": list(desk.written),
    }  # fmt: skip


async def events(desk: Desk, people: People, link: Link) -> AsyncIterator[dict[str, Any]]:
    """What there is to tell, at once and with everything that changes it; ends when the project is gone, or the link
    of whoever listens was withdrawn.

    What other programs write to the project is looked for meanwhile, by whoever of the listeners is first.
    """
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        with contextlib.suppress(RuntimeError):  # the server is stopped, nobody listens any more
            loop.call_soon_threadsafe(changed.set)

    told = None
    desk.watchers.add(wake)
    try:
        while people.of(link.token):
            changed.clear()
            if told != (told := now(desk)):
                yield told
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), LOOK_EVERY)
            if desk.due():
                await run_in_threadpool(desk.look)
    except AssistantError as error:
        yield {"gone": str(error)}
    finally:
        desk.watchers.discard(wake)
