"""The ways in which the stub server misbehaves, by name."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from stub_server import Bad, Handler, chunk, completion, error

Misbehaviour = Callable[[Handler, Bad], None]
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
_status("as_system", 200, completion('{"number": 7, "names": []}', role="system"))
_status("as_user", 200, completion('{"number": 7, "names": []}', role="user"))
_status("echo", 400, error("Bad request of jane.roe@example.org with key Zx81kQvB4rT0 (mN6y...P3aS)"))
_status("redirect", 302, {}, location="http://127.0.0.1:9/login")


@_bad("refusal")
def _refusal(h: Handler, bad: Bad) -> None:
    h.send(completion(None, "stop", refusal="I cannot help with that."))


@_bad("truncated")
def _truncated(h: Handler, bad: Bad) -> None:
    h.send(completion(bad.text, "length"))


@_bad("filtered")
def _filtered(h: Handler, bad: Bad) -> None:
    h.send(completion(bad.text, "content_filter"))


@_bad("no_finish")
def _no_finish(h: Handler, bad: Bad) -> None:
    h.send(completion(bad.text, None))


@_bad("tool_calls")
def _tool_calls(h: Handler, bad: Bad) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "run", "arguments": '{"cmd": "rm"}'}}
    h.send(completion(None, "tool_calls", tool_calls=[call, call]))


@_bad("html")
def _html(h: Handler, bad: Bad) -> None:
    h.reply(200, b"<!doctype html><html><body>Please log in</body></html>", "text/html")


@_bad("html_502")
def _html_502(h: Handler, bad: Bad) -> None:
    h.reply(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html")


@_bad("wrong_type")
def _wrong_type(h: Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion(bad.text)).encode(), "text/plain")


@_bad("empty")
def _empty(h: Handler, bad: Bad) -> None:
    h.reply(200, b"")


@_bad("malformed")
def _malformed(h: Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion(bad.text)).encode()[:-30])


@_bad("bad_utf8")
def _bad_utf8(h: Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion("@@")).encode().replace(b"@@", b"caf\xe9 \xff\xfe"))


@_bad("surrogate")
def _surrogate(h: Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion("@@")).encode().replace(b"@@", rb"half \ud83d character"))


@_bad("hang")
def _hang(h: Handler, bad: Bad) -> None:
    h.wait(600)
    h.close_connection = True


@_bad("drip")
def _drip(h: Handler, bad: Bad) -> None:
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
def _cut(h: Handler, bad: Bad) -> None:
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
def _reset(h: Handler, bad: Bad) -> None:
    h.reset()


@_bad("huge")
def _huge(h: Handler, bad: Bad) -> None:
    h.send_response(200)
    h.send_header("content-type", "application/json")
    h.send_header("connection", "close")
    h.end_headers()
    h.close_connection = True
    for _ in range(200):
        h.wfile.write(b" " * 100_000)


@_bad("packed")
def _packed(h: Handler, bad: Bad) -> None:
    """A small body that unpacks to a very large one."""
    import gzip

    h.reply(200, gzip.compress(b"[" + b" " * 20_000_000 + b"]", 1), content_encoding="gzip")


@_bad("no_gzip")
def _no_gzip(h: Handler, bad: Bad) -> None:
    h.reply(200, json.dumps(completion(bad.text)).encode(), content_encoding="gzip")


@_bad("deep_body")
def _deep_body(h: Handler, bad: Bad) -> None:
    h.reply(200, b"[" * 100_000 + b"]" * 100_000)


@_bad("endless")
def _endless(h: Handler, bad: Bad) -> None:
    """An answer of no shape, too long to be sent back with what is wrong in it."""
    h.send(completion("Sure! " * 100_000))


@_bad("digits")
def _digits(h: Handler, bad: Bad) -> None:
    """A whole number of more digits than Python takes from a text."""
    h.send(completion('{"number": ' + "9" * 6000 + ', "names": []}'))


@_bad("deep")
def _deep(h: Handler, bad: Bad) -> None:
    h.send(completion("[" * 5000 + "]" * 5000))


@_bad("stream_stall")
def _stream_stall(h: Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.flush()
    h.wait(600)


@_bad("stream_cut")
def _stream_cut(h: Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.flush()
    time.sleep(0.05)
    h.reset()


@_bad("stream_no_finish")
def _stream_no_finish(h: Handler, bad: Bad) -> None:
    h.good_stream(bad.text, finish=None)


@_bad("stream_ends_silently")
def _stream_ends_silently(h: Handler, bad: Bad) -> None:
    h.good_stream(bad.text, finish=None, done=False)


@_bad("stream_length")
def _stream_length(h: Handler, bad: Bad) -> None:
    h.good_stream(bad.text, finish="length")


@_bad("stream_error")
def _stream_error(h: Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.write(b'data: {"error": {"message": "upstream failed", "code": 500}}\n\n')


@_bad("stream_garbage")
def _stream_garbage(h: Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(chunk("This answer "))
    h.wfile.write(b"data: {not json\n\n")


@_bad("stream_empty")
def _stream_empty(h: Handler, bad: Bad) -> None:
    h.open_stream()
    h.wfile.write(b"data: [DONE]\n\n")


@_bad("stream_html")
def _stream_html(h: Handler, bad: Bad) -> None:
    h.reply(200, b"<html>busy</html>", "text/html")


@_bad("stream_drip")
def _stream_drip(h: Handler, bad: Bad) -> None:
    """Never silent for long, never done."""
    h.open_stream()
    while not h.server.owner.closing.is_set():
        h.wfile.write(chunk("x"))
        h.wfile.flush()
        h.wait(0.05)


@_bad("stream_paused")
def _stream_paused(h: Handler, bad: Bad) -> None:
    """A good stream that stops in the middle until the test lets it go on."""
    h.open_stream()
    middle = len(bad.text) // 2
    h.wfile.write(chunk(bad.text[:middle]))
    h.wfile.flush()
    bad.options["until"].wait(600)
    h.wfile.write(chunk(bad.text[middle:]) + chunk(None, "stop") + b"data: [DONE]\n\n")


@_bad("no_stream")
def _no_stream(h: Handler, bad: Bad) -> None:
    if h.body.get("stream"):
        h.send(error("Unsupported parameter: 'stream'", param="stream"), 400)
    else:
        h.send(completion(bad.text))


@_bad("whole_instead")
def _whole_instead(h: Handler, bad: Bad) -> None:
    """A service that takes no notice of what a stream is."""
    h.send(completion(bad.text))
