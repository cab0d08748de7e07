"""The wire below the OpenAI client: what comes back is bounded and is what it says it is, before anybody parses it.

`Loop` runs coroutines in a thread of its own, so that a request can really be stopped at its deadline (a blocking read
cannot) and so that callers may be inside an event loop themselves.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.gateway.faults import Fault, Kind

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")
MAX_BYTES = 8_000_000
PACKED_BYTES = 64_000


class Loop:
    """An event loop in a daemon thread, started when first needed and ended with this object."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: Callable[[], object] | None = None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_serve, args=(self._loop,), name="language-model", daemon=True).start()
                self._stop = weakref.finalize(self, _stop, self._loop)
            return self._loop

    def run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        """The result of `work`. Raises Fault(TIMEOUT) when it is not there after `seconds`; the work is stopped."""
        future = asyncio.run_coroutine_threadsafe(_within(work, seconds), self._running())
        try:
            return future.result(seconds + 2)
        except TimeoutError:
            future.cancel()
            raise Fault(Kind.TIMEOUT, f"No answer within {seconds:.3g} s.") from None
        except BaseException:
            future.cancel()
            raise

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin `work` and return at once; cancelling the future stops it."""
        return asyncio.run_coroutine_threadsafe(work, self._running())

    def close(self) -> None:
        """Stop the thread. Safe to call twice."""
        with self._lock:
            if self._stop is not None:
                self._stop()
            self._loop = None


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    """Run a loop until it is told to stop, then end what is still under way."""
    loop.run_forever()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def _stop(loop: asyncio.AbstractEventLoop) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(loop.stop)


async def _within(work: Coroutine[Any, Any, T], seconds: float) -> T:
    async with asyncio.timeout(seconds):
        return await work


def guarded_client(connect_seconds: float, max_bytes: int = MAX_BYTES) -> httpx2.AsyncClient:
    """An asynchronous client whose answers are bounded in size and refused when they are no JSON or event stream.

    Hooks do it, not a transport of our own, so that proxies named in the environment keep working.
    """
    import httpx2

    async def plain(request: httpx2.Request) -> None:
        request.headers["accept-encoding"] = "identity"

    async def guard(response: httpx2.Response) -> None:
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if 300 <= response.status_code < 400:
            raise Fault(Kind.NOT_JSON, f"It sends elsewhere (status {response.status_code}).")
        if response.status_code < 300 and kind not in ("application/json", "text/event-stream"):
            raise Fault(Kind.NOT_JSON, f"It sent {kind or 'something without a type'} instead of JSON.")
        # A packed answer may grow a thousandfold, and we asked for none.
        packed = response.headers.get("content-encoding", "identity") != "identity"
        response.stream = _bounded(response.stream, PACKED_BYTES if packed else max_bytes)

    timeout = httpx2.Timeout(None, connect=connect_seconds)
    hooks: dict[str, list[Callable[..., Any]]] = {"request": [plain], "response": [guard]}
    return httpx2.AsyncClient(verify=_trust(), timeout=timeout, follow_redirects=False, event_hooks=hooks)


@lru_cache(maxsize=1)
def _trust() -> Any:
    """The certificates to trust, loaded once: it takes longer than all the rest of setting up."""
    import httpx2

    return httpx2.create_ssl_context()


def _bounded(inner: Any, most: int) -> Any:
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            seen = 0
            async for piece in inner:
                seen += len(piece)
                if seen > most:
                    raise Fault(Kind.TOO_LARGE, f"More than {most:,} bytes came.")
                yield piece

        async def aclose(self) -> None:
            await inner.aclose()

    return Bounded()
