"""One request out: within the budget, the number of requests under way and the deadline; then counted."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from assistant.gateway.accounts import Account, Price
from assistant.gateway.faults import Fault, Kind
from assistant.gateway.overheard import Hear
from assistant.gateway.port import Budget, Usage
from assistant.gateway.retries import Deadline, Retries
from assistant.gateway.token_counts import count_messages, count_tokens
from assistant.gateway.transport import Raw, Request, Transport
from assistant.gateway.wire import Loop

# Faults after which the service has most likely counted tokens all the same.
CHARGED = frozenset({Kind.TIMEOUT, Kind.STALL, Kind.CUT, Kind.CONTENT, Kind.REFUSAL, Kind.TRUNCATED, Kind.EMPTY,
                     Kind.WRONG_SHAPE, Kind.TOO_LARGE})  # fmt: skip


class Sent(NamedTuple):
    """An answer that came whole and what it used."""

    raw: Raw
    usage: Usage


class Sender:
    """Sends requests through a transport; at most as many at a time as the semaphore lets through."""

    def __init__(
        self, transport: Transport, loop: Loop, slots: threading.BoundedSemaphore, price: Price | None
    ) -> None:
        self._transport, self._loop, self._slots, self._price = transport, loop, slots, price

    def send(self, request: Request, account: Account, deadline: Deadline, budget: Budget) -> Sent:
        """One whole answer, charged to the account. Raises Fault; BUDGET and TOO_LONG before anything is sent."""
        with _charging(self, request, account, budget) as charge, self._slot(deadline):
            seconds = deadline.call(budget.call_seconds or deadline.left)
            raw = self._loop.run(self._transport.send(request), seconds)
            usage = self.usage(charge.input_tokens, raw.text, raw)
            charge.usage = usage
            return Sent(raw, usage)

    def aloud(self, request: Request, account: Account, deadline: Deadline, budget: Budget, hear: Hear) -> Sent:
        """As `send`, asked for as a stream: `hear` is told all that came so far with each piece.

        It may take, and be silent, as long as any other request. Raises Fault, also in the middle of the text.
        """
        mine = Deadline(deadline.call(budget.call_seconds or deadline.left))
        patient = replace(budget, stall_seconds=mine.seconds)
        texts: list[str] = []
        with _charging(self, request, account, budget) as charge, self._slot(deadline):
            for piece in self._pump(request, mine, patient):
                if isinstance(piece, Raw):
                    charge.usage = self.usage(charge.input_tokens, piece.text, piece)
                    return Sent(piece, charge.usage)
                texts.append(piece)
                charge.output += count_tokens(piece)
                hear("".join(texts))
        raise Fault(Kind.EMPTY, "The stream held nothing.")

    def stream(self, request: Request, account: Account, deadline: Deadline, budget: Budget) -> Iterator[str | Usage]:
        """The texts of an answer as they come, and at the end the usage. Tries again only before the first text."""
        retries = Retries(deadline)
        while True:
            begun = False
            try:
                for piece in self._stream_once(request, account, deadline, budget):
                    begun = True
                    yield piece
                return
            except Fault as fault:
                if begun:
                    raise
                retries.again(fault)

    def _stream_once(
        self, request: Request, account: Account, deadline: Deadline, budget: Budget
    ) -> Iterator[str | Usage]:
        with _charging(self, request, account, budget) as charge, self._slot(deadline):
            texts: list[str] = []
            for piece in self._pump(request, deadline, budget):
                if isinstance(piece, Raw):
                    charge.usage = self.usage(charge.input_tokens, "".join(texts), piece)
                    yield charge.usage
                else:
                    texts.append(piece)
                    charge.output = count_tokens("".join(texts[-1:])) + charge.output
                    yield piece

    def _pump(self, request: Request, deadline: Deadline, budget: Budget) -> Iterator[str | Raw]:
        """From the loop's thread to ours, through a queue; leaving early stops the request."""
        import asyncio

        line: queue.Queue[str | Raw | Fault] = queue.Queue()
        stall = budget.stall_seconds or deadline.left

        async def fill() -> None:
            try:
                async for piece in self._transport.pieces(request, stall):
                    line.put(piece)
            except Fault as fault:
                line.put(fault)
            except asyncio.CancelledError:
                line.put(Fault(Kind.TIMEOUT, "Stopped at the deadline."))
                raise

        work = self._loop.start(fill())
        try:
            while True:
                try:
                    piece = line.get(timeout=max(0.01, deadline.left))
                except queue.Empty:
                    raise Fault(Kind.TIMEOUT, f"No whole answer within {deadline.seconds:.3g} s.") from None
                if isinstance(piece, Fault):
                    raise piece
                yield piece
                if isinstance(piece, Raw):
                    return
        finally:
            work.cancel()

    @contextmanager
    def _slot(self, deadline: Deadline) -> Iterator[None]:
        if not self._slots.acquire(timeout=deadline.left):
            raise Fault(Kind.TIMEOUT, "Too many other requests were under way.")
        try:
            yield
        finally:
            self._slots.release()

    def usage(self, counted_input: int, text: str, raw: Raw | None) -> Usage:
        """What one request used: as the service says, else as counted here."""
        told = raw is not None and raw.input_tokens is not None and raw.output_tokens is not None
        sent = raw.input_tokens if raw is not None and raw.input_tokens is not None else counted_input
        got = raw.output_tokens if raw is not None and raw.output_tokens is not None else count_tokens(text)
        return Usage(1, sent, got, self.cost(sent, got), told)

    def cost(self, input_tokens: int, output_tokens: int) -> float | None:
        """US dollars, None when the price is not known."""
        return None if self._price is None else self._price.of(input_tokens, output_tokens)


class _Charge:
    """What a request will be charged: its usage once known, else what was counted on the way."""

    def __init__(self, input_tokens: int) -> None:
        self.input_tokens, self.output = input_tokens, 0
        self.usage: Usage | None = None


@contextmanager
def _charging(sender: Sender, request: Request, account: Account, budget: Budget) -> Iterator[_Charge]:
    """Reserve the most the request can take, and settle it whatever happens."""
    tokens = count_messages(*(text for _, text in request.messages))
    if budget.input_tokens is not None and tokens > budget.input_tokens:
        raise Fault(Kind.TOO_LONG, f"It has about {tokens:,} tokens; at most {budget.input_tokens:,} are sent at once.")
    hold = account.reserve(tokens + request.output_tokens, sender.cost(tokens, request.output_tokens))
    charge = _Charge(tokens)
    try:
        yield charge
    except Fault as fault:
        if charge.usage is None and fault.kind in CHARGED:
            out = request.output_tokens if fault.kind is Kind.TRUNCATED else charge.output
            charge.usage = Usage(1, tokens, out, sender.cost(tokens, out), exact=False)
        raise
    except GeneratorExit:
        charge.usage = charge.usage or Usage(1, tokens, charge.output, sender.cost(tokens, charge.output), exact=False)
        raise
    finally:
        hold.settle(charge.usage)
