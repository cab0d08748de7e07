"""A tape of what a language model answered, so that a run can be played again, to the byte, without the network.

A tape is lines of JSON: the head, an `answer` a request (by suite, case, repeat and the hash of what was sent; the n-th
of the same request), and a `row` for each case that was played, with its seconds and its error if it had one. Only what
was sent is hashed, never kept.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Coroutine
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from assistant.errors import StorageError, UnreadableFile
from assistant.evals.runfile import lines_in
from assistant.evals.shapes import Row
from assistant.gateway.answer_shapes import Manners
from assistant.gateway.faults import Fault, Kind
from assistant.gateway.transport import Raw, Request, Transport

Key = tuple[str, str, int]
NOWHERE: Key = ("", "", 0)
playing: ContextVar[Key] = ContextVar("playing", default=NOWHERE)
"""The row that is being played: suite, case, repeat."""


def request_hash(request: Request) -> str:
    """A hash of all that is sent."""
    parts = [request.messages, request.output_tokens, dict(request.body), request.temperature, request.old_limit]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


class Tape:
    """Answers by request. With `recording`, what is heard is written at once; else the file is read."""

    def __init__(self, path: Path, recording: bool, head: dict[str, Any] | None = None) -> None:
        self.path, self.recording = path, recording
        self.head: dict[str, Any] = head or {}
        self.answers: dict[tuple[Key, str], list[dict[str, Any]]] = defaultdict(list)
        self.rows: dict[Key, dict[str, Any]] = {}
        self._taken: Counter[tuple[Key, str]] = Counter()
        self._lock = threading.Lock()
        if not recording or path.exists():
            self._read()
        elif recording:
            self._write({"line": "head", **self.head})

    def _read(self) -> None:
        try:
            lines = lines_in(self.path)
            for number, line in enumerate(lines, 1):
                if number == len(lines) and not line.endswith("\n"):
                    break
                data = json.loads(line)
                kind = data.pop("line")
                if kind == "head":
                    self.head = data
                    continue
                key: Key = (data["suite"], data["case"], data["repeat"])
                if kind == "begin":
                    for known in [known for known in self.answers if known[0] == key]:
                        del self.answers[known]
                elif kind == "answer":
                    self.answers[(key, data["request"])].append(data)
                else:
                    self.rows[key] = data
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UnreadableFile(
                f"{self.path} is no tape of a run.", str(error)[:200], "--record writes one."
            ) from None

    def begin(self, key: Key) -> None:
        """A row begins: answers of an earlier try at it count for nothing."""
        if self.recording:
            self._write({"line": "begin", **_named(key)})

    def hear(self, key: Key, request: Request, raw: Raw | None, fault: Fault | None = None) -> None:
        """Write down an answer or a fault."""
        said = {"fault": fault.kind.name, "said": str(fault.said)[:500]} if fault else {}
        answer = {"text": raw.text, "input_tokens": raw.input_tokens, "output_tokens": raw.output_tokens} if raw else {}
        self._write({"line": "answer", **_named(key), "request": request_hash(request), **answer, **said})

    def keep(self, row: Row) -> None:
        """Write down that a row was played."""
        if self.recording:
            told = {"seconds": row.seconds, "error": row.error, "error_kind": row.error_kind}
            self._write({"line": "row", **_named(row.key), **told})

    def next_answer(self, row: Key, request: Request) -> Raw:
        """What was answered. Raises Fault, also when the tape holds no answer to this request."""
        key = (row, request_hash(request))
        with self._lock:
            number, known = self._taken[key], self.answers.get(key, [])
            self._taken[key] += 1
        if number >= len(known):
            raise Fault(Kind.UNRECORDED, "The prompt or what it holds has changed since.")
        data = known[number]
        if "fault" in data:
            raise Fault(Kind[data["fault"]], data["said"])
        return Raw(data["text"], data["input_tokens"], data["output_tokens"])

    def _write(self, data: dict[str, Any]) -> None:
        line = json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n"
        try:
            with self._lock, self.path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise StorageError(f"{self.path} cannot be written.", str(error.strerror or error)) from None


def _named(key: Key) -> dict[str, Any]:
    return {"suite": key[0], "case": key[1], "repeat": key[2]}


class Recording(Transport):
    """A transport that also writes down what it hears."""

    def __init__(self, inner: Transport, tape: Tape) -> None:
        self._inner, self._tape = inner, tape
        self.name, self.manners = inner.name, inner.manners

    def prepare(self) -> None:
        """Build the client."""
        self._inner.prepare()

    def send(self, request: Request) -> Coroutine[Any, Any, Raw]:
        """As the transport's; called in the thread that asks, so that the row is known."""
        key = playing.get()
        self._inner.manners = self.manners

        async def sent() -> Raw:
            try:
                raw = await self._inner.send(request)
            except Fault as fault:
                self._tape.hear(key, request, None, fault)
                raise
            self._tape.hear(key, request, raw)
            return raw

        return sent()

    async def pieces(self, request: Request, stall_seconds: float) -> AsyncIterator[str | Raw]:
        """As the transport's; a stream is written down as a whole."""
        async for piece in self._inner.pieces(request, stall_seconds):
            if isinstance(piece, Raw):
                self._tape.hear(playing.get(), request, piece)
            yield piece


class Replaying(Transport):
    """A transport that answers from a tape. It opens no connection and needs no key."""

    def __init__(self, name: str, tape: Tape) -> None:
        self.name, self._tape = name, tape
        self.manners = Manners() if name.partition(":")[0] == "openai" else Manners(mode="text")

    def prepare(self) -> None:
        """Nothing to prepare."""

    def send(self, request: Request) -> Coroutine[Any, Any, Raw]:
        """What the tape holds."""
        key = playing.get()

        async def sent() -> Raw:
            return self._tape.next_answer(key, request)

        return sent()

    async def pieces(self, request: Request, stall_seconds: float) -> AsyncIterator[str | Raw]:
        """The whole answer as one piece."""
        raw = self._tape.next_answer(playing.get(), request)
        yield raw.text
        yield raw
