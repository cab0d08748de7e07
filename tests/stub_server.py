"""A server on the loopback that speaks the OpenAI protocol and misbehaves on demand.

    with StubServer(["hello"]) as server:          # each request takes the next answer; the last one stays
        server.url                                 # goes into OPENAI_BASE_URL
        server.requests                            # the bodies that came, in order

An answer is a text (a good completion), or a `Bad(name, text, ...)`: see MISBEHAVIOURS for the names.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
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
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}],
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


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
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


Misbehaviour = Callable[[_Handler, Bad], None]
MISBEHAVIOURS: dict[str, Misbehaviour] = {}


def _bad(name: str) -> Callable[[Misbehaviour], Misbehaviour]:
    def keep(one: Misbehaviour) -> Misbehaviour:
        MISBEHAVIOURS[name] = one
        return one

    return keep


def _status(name: str, status: int, body: dict[str, Any], **headers: str) -> None:
    MISBEHAVIOURS[name] = lambda h, bad: h.send(body, status, **{**headers, **bad.options})


_status("key", 401, error("Incorrect API key provided: sk-abcd1234efgh5678ijkl. See the dashboard.", "invalid_api_key"))
_status("forbidden", 403, error("Project has no access to this model", "forbidden"))
_status("no_model", 404, error("The model `stub` does not exist or you do not have access to it.", "model_not_found"))
_status("rate", 429, error("Rate limit reached for requests", "rate_limit_exceeded"))
_status("quota", 429, error("You exceeded your current quota, please check your plan and billing details.",
                            "insufficient_quota"))  # fmt: skip
_status("server", 500, error("The server had an error while processing your request"))
_status("bad_gateway", 502, error("Bad gateway"))
_status("overloaded", 503, error("The engine is currently overloaded"))
_status("bad_request", 400, error("Invalid 'messages': empty array", "invalid_request_error", param="messages"))
_status("too_long", 400, error("This model's maximum context length is 8192 tokens.", "context_length_exceeded"))
_status(
    "filtered_request", 400, error("The response was filtered due to the content management policy.", "content_filter")
)
_status("no_schema", 400, error("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this "
                                "model.", param="response_format"))  # fmt: skip
_status("no_json", 400, error("'response_format' of type json_object is not supported", param="response_format"))
_status("no_temperature", 400, error("Unsupported value: 'temperature' does not support 0 with this model.",
                                     "unsupported_value", param="temperature"))  # fmt: skip
_status("no_new_limit", 400, error("Unrecognized request argument supplied: max_completion_tokens"))
_status("odd_shape", 200, {"result": "This answer must not be believed."})
_status("no_choices", 200, {**completion("x"), "choices": []})
_status("null_choices", 200, {**completion("x"), "choices": None})
_status("error_in_200", 200, error("upstream failed"))
_status("null_content", 200, completion(None))
_status("redirect", 302, {}, location="http://127.0.0.1:9/login")


@_bad("refusal")
def _refusal(h: _Handler, bad: Bad) -> None:
    h.send(completion(None, "stop", refusal="I cannot help with that."))


@_bad("truncated")
def _truncated(h: _Handler, bad: Bad) -> None:
    h.send(completion(bad.text, "length"))


@_bad("filtered")
def _filtered(h: _Handler, bad: Bad) -> None:
    h.send(completion(bad.text, "content_filter"))


@_bad("no_finish")
def _no_finish(h: _Handler, bad: Bad) -> None:
    h.send(completion(bad.text, None))


@_bad("tool_calls")
def _tool_calls(h: _Handler, bad: Bad) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "run", "arguments": '{"cmd": "rm"}'}}
    h.send(completion(None, "tool_calls", tool_calls=[call, call]))


@_bad("html")
def _html(h: _Handler, bad: Bad) -> None:
    h.reply(200, b"<!doctype html><html><body>Please log in</body></html>", "text/html")


@_bad("html_502")
def _html_502(h: _Handler, bad: Bad) -> None:
    h.reply(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html")


@_bad("wrong_type")
def _wrong_type(h: _Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion(bad.text)).encode(), "text/plain")


@_bad("empty")
def _empty(h: _Handler, bad: Bad) -> None:
    h.reply(200, b"")


@_bad("malformed")
def _malformed(h: _Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion(bad.text)).encode()[:-30])


@_bad("bad_utf8")
def _bad_utf8(h: _Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion("@@")).encode().replace(b"@@", b"caf\xe9 \xff\xfe"))


@_bad("surrogate")
def _surrogate(h: _Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion("@@")).encode().replace(b"@@", rb"half \ud83d character"))


@_bad("hang")
def _hang(h: _Handler, bad: Bad) -> None:
    h.wait(30)
    h.close_connection = True


@_bad("drip")
def _drip(h: _Handler, bad: Bad) -> None:
    """One byte at a time: each read succeeds, the whole never comes."""
    body = json.dumps(completion(bad.text)).encode()
    h.send_response(200)
    h.send_header("content-type", "application/json")
    h.send_header("content-length", str(len(body)))
    h.end_headers()
    for position in range(len(body)):
        if h.server.owner.closing.is_set():
            return
        h.wfile.write(body[position : position + 1])
        h.wfile.flush()
        h.wait(0.1)


@_bad("cut")
def _cut(h: _Handler, bad: Bad) -> None:
    """The headers promise more than comes before the connection ends."""
    body = json.dumps(completion(bad.text)).encode()
    h.send_response(200)
    h.send_header("content-type", "application/json")
    h.send_header("content-length", str(len(body)))
    h.end_headers()
    h.wfile.write(body[: len(body) // 2])
    h.wfile.flush()
    h.close_connection = True


@_bad("reset")
def _reset(h: _Handler, bad: Bad) -> None:
    h.reset()


@_bad("huge")
def _huge(h: _Handler, bad: Bad) -> None:
    h.send_response(200)
    h.send_header("content-type", "application/json")
    h.send_header("connection", "close")
    h.end_headers()
    h.close_connection = True
    for _ in range(200):
        h.wfile.write(b" " * 100_000)


@_bad("packed")
def _packed(h: _Handler, bad: Bad) -> None:
    """A small body that unpacks to a very large one."""
    import gzip

    h.reply(200, gzip.compress(b"[" + b" " * 100_000_000 + b"]", 1), content_encoding="gzip")


@_bad("deep")
def _deep(h: _Handler, bad: Bad) -> None:
    h.send(completion("[" * 5000 + "]" * 5000))


@_bad("stream_stall")
def _stream_stall(h: _Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.flush()
    h.wait(30)


@_bad("stream_cut")
def _stream_cut(h: _Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.flush()
    time.sleep(0.05)
    h.reset()


@_bad("stream_no_finish")
def _stream_no_finish(h: _Handler, bad: Bad) -> None:
    h.good_stream(bad.text, finish=None)


@_bad("stream_ends_silently")
def _stream_ends_silently(h: _Handler, bad: Bad) -> None:
    h.good_stream(bad.text, finish=None, done=False)


@_bad("stream_length")
def _stream_length(h: _Handler, bad: Bad) -> None:
    h.good_stream(bad.text, finish="length")


@_bad("stream_error")
def _stream_error(h: _Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.write(b'data: {"error": {"message": "upstream failed", "code": 500}}\n\n')


@_bad("stream_garbage")
def _stream_garbage(h: _Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.write(b"data: {not json\n\n")


@_bad("stream_empty")
def _stream_empty(h: _Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(b"data: [DONE]\n\n")


@_bad("stream_html")
def _stream_html(h: _Handler, bad: Bad) -> None:
    h.reply(200, b"<html>busy</html>", "text/html")


@_bad("stream_drip")
def _stream_drip(h: _Handler, bad: Bad) -> None:
    """Never silent for long, never done."""
    h.open_stream()
    while not h.server.owner.closing.is_set():
        h.wfile.write(chunk("x"))
        h.wfile.flush()
        h.wait(0.05)


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
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
