"""A server on the loopback that speaks the OpenAI protocol and misbehaves on demand.

    with StubServer(["hello"]) as server:          # each request takes the next answer; the last one stays
        server.url                                 # goes into OPENAI_BASE_URL
        server.requests                            # the bodies that came, in order

An answer is a text (a good completion), or a `Bad(name, text, ...)`: the names are in stub_faults.py.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Bad:
    """A misbehaviour by name, with the text of the answer it spoils and what else it needs."""

    name: str
    text: str = "This answer must not be believed."
    options: dict[str, Any] = field(default_factory=dict)


Answer = str | Bad


def completion(text: str | None, finish: str | None = "stop", **message: Any) -> dict[str, Any]:
    """The body of a chat completion."""
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "stub",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}},
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }  # fmt: skip


def error(message: str, code: str | None = None, kind: str = "error", param: str | None = None) -> dict[str, Any]:
    """The body of an error as OpenAI sends it."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def chunk(text: str | None, finish: str | None = None, usage: dict[str, int] | None = None) -> bytes:
    """One event of a stream."""
    choices = (
        [] if usage else [{"index": 0, "delta": {"content": text} if text is not None else {}, "finish_reason": finish}]
    )
    body = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "stub",
        "choices": choices,
        "usage": usage,
    }
    return f"data: {json.dumps(body)}\n\n".encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body go out at once: each answer would else wait 40 ms for a receipt
    server: _Server

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.server.owner.headers.append(dict(self.headers))
        self.reply(200, json.dumps({"object": "list", "data": [{"id": "stub", "object": "model"}]}).encode())

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        self.body: dict[str, Any] = json.loads(self.rfile.read(length) or b"{}")
        owner = self.server.owner
        answer = owner.take(self.path, self.body, dict(self.headers))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if self.path.endswith("/embeddings") and isinstance(answer, str):
                self.embed()
            elif isinstance(answer, Bad):
                from stub_faults import MISBEHAVIOURS

                MISBEHAVIOURS[answer.name](self, answer)
            elif self.body.get("stream"):
                self.good_stream(answer)
            else:
                self.send(completion(answer))

    def send(self, data: Any, status: int = 200, **headers: str) -> None:
        self.reply(status, json.dumps(data).encode(), **headers)

    def reply(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def open_stream(self, kind: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def good_stream(self, text: str, finish: str | None = "stop", done: bool = True) -> None:
        self.open_stream()
        for start in range(0, len(text), 7):
            self.wfile.write(chunk(text[start : start + 7]))
        if finish:
            self.wfile.write(chunk(None, finish))
        self.wfile.write(chunk(None, usage={"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}))
        if done:
            self.wfile.write(b"data: [DONE]\n\n")

    def embed(self) -> None:
        inputs = self.body["input"] if isinstance(self.body["input"], list) else [self.body["input"]]
        rows = [[float(len(str(text))), 1.0, 0.5] for text in inputs]
        if self.body.get("encoding_format") == "base64":
            import base64

            vectors: list[Any] = [base64.b64encode(struct.pack("<3f", *row)).decode() for row in rows]
        else:
            vectors = rows
        data = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(vectors)]
        self.send({"object": "list", "model": "stub", "data": data, "usage": {"prompt_tokens": 5, "total_tokens": 5}})

    def wait(self, seconds: float) -> None:
        """Sleep, but end early when the server closes."""
        self.server.owner.closing.wait(seconds)

    def reset(self) -> None:
        """Cut the connection as a crash does: with a reset, not a polite end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: StubServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class StubServer:
    """The server. `script` is the answers, or a function of (body) that gives one."""

    def __init__(self, script: Sequence[Answer] | Callable[[dict[str, Any]], Answer]) -> None:
        self._script, self._lock = script, threading.Lock()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.closing = threading.Event()

    def take(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
        """The answer to the next request."""
        with self._lock:
            number = len(self.requests)
            self.requests.append(body)
            self.headers.append(headers)
        if callable(self._script):
            return self._script(body)
        return self._script[min(number, len(self._script) - 1)]

    @property
    def url(self) -> str:
        """The address to give as OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> StubServer:
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.owner = self
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
