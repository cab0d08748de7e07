"""From an exception of a provider's client to a Fault: by status code, by code in the body, by the error's family."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from assistant.gateway.faults import Fault, Kind

_BY_STATUS = {401: Kind.KEY, 403: Kind.FORBIDDEN, 404: Kind.NO_MODEL, 408: Kind.TIMEOUT, 409: Kind.SERVER,
              413: Kind.TOO_LONG, 422: Kind.REQUEST, 429: Kind.RATE}  # fmt: skip
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing|credit balance|out of credit", re.I)
_FILTER = re.compile(r"content_filter|content_policy|content management policy|responsible ai", re.I)
_LONG = re.compile(r"context_length_exceeded|maximum context length|context window|too many tokens", re.I)
_NO_MODEL = re.compile(r"model_not_found|does not exist|no such model|unknown model", re.I)
_NOT_SUPPORTED = re.compile(
    r"unsupported|not support|unrecognized|unknown (?:parameter|field|argument)|extra (?:inputs|fields)"
    r"|not permitted|invalid (?:parameter|schema)|unexpected (?:keyword|field)",
    re.I,
)
# What can be left out or said another way, in the order in which a service's complaint is searched for it.
PARAMETERS = ("max_completion_tokens", "temperature", "response_format", "json_schema", "json_object",
              "stream_options", "streaming", "stream")  # fmt: skip


def to_fault(error: BaseException) -> Fault:
    """The Fault that an exception stands for, looking through its causes for one of ours."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            break
        if isinstance(seen, Fault):
            return seen
        seen = seen.__cause__ or seen.__context__
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _by_status(status, error)
    return _by_family(error)


def _by_status(status: int, error: BaseException) -> Fault:
    said = _message(error)
    words = f"{said} {_body(error)}"
    if status == 429:
        return Fault(Kind.QUOTA, said) if _QUOTA.search(words) else Fault(Kind.RATE, said, retry_after(error))
    if status in (400, 422):
        return _bad_request(words, said)
    if status == 402:
        return Fault(Kind.QUOTA, said)
    if status == 404 and not _NO_MODEL.search(words) and "model" not in words.lower():
        return Fault(Kind.NO_MODEL, said or "The address knows no such path (404).")
    if status >= 500:
        return Fault(Kind.SERVER, said or f"Status {status}.", retry_after(error))
    return Fault(_BY_STATUS.get(status, Kind.REQUEST), said or f"Status {status}.")


def _bad_request(words: str, said: str) -> Fault:
    for pattern, kind in ((_FILTER, Kind.CONTENT), (_LONG, Kind.TOO_LONG), (_NO_MODEL, Kind.NO_MODEL)):
        if pattern.search(words):
            return Fault(kind, said)
    named = next((name for name in PARAMETERS if name in words), "")
    if named and (_NOT_SUPPORTED.search(words) or named in ("response_format", "json_schema", "json_object")):
        return Fault(Kind.UNSUPPORTED, said, parameter=named)
    return Fault(Kind.REQUEST, said)


def _by_family(error: BaseException) -> Fault:
    """By the names of the error's classes, so that no provider's package has to be imported here."""
    names = {kind.__name__ for cause in _chain(error) for kind in type(cause).__mro__}
    said = _message(error)
    if names & {"APITimeoutError", "TimeoutException", "TimeoutError", "ConnectTimeout"}:
        return Fault(Kind.TIMEOUT, said)
    if names & {"RemoteProtocolError", "ReadError", "IncompleteRead"}:
        return Fault(Kind.CUT, said)
    if names & {"DecodingError", "RecursionError"}:
        return Fault(Kind.NOT_JSON, "The body cannot be unpacked.")
    if names & {"APIConnectionError", "ConnectError", "NetworkError", "ConnectionError", "gaierror"}:
        return Fault(Kind.CONNECTION, _deepest(error))
    if names & {"JSONDecodeError", "UnicodeDecodeError", "APIResponseValidationError"}:
        return Fault(Kind.NOT_JSON, "The body is not valid JSON.")
    if names & {"ContentFilterFinishReasonError"}:
        return Fault(Kind.CONTENT, said)
    if names & {"APIError"}:
        words = f"{said} {_body(error)}"
        return Fault(Kind.QUOTA, said) if _QUOTA.search(words) else Fault(Kind.SERVER, said)
    if names & {"KeyError", "TypeError", "ValueError", "AttributeError", "IndexError", "ValidationError"}:
        return Fault(Kind.WRONG_SHAPE, "The body does not have the shape of a chat completion.")
    return Fault(Kind.SERVER, said or type(error).__name__)


def _chain(error: BaseException) -> list[BaseException]:
    found, one = [], error
    for _ in range(8):
        found.append(one)
        following = one.__cause__ or one.__context__
        if following is None:
            break
        one = following
    return found


def _deepest(error: BaseException) -> str:
    """The words of the error that all began with; a client's own are only `Connection error.`"""
    told = [str(cause) for cause in _chain(error) if str(cause)]
    return told[-1] if told else type(error).__name__


def _body(error: BaseException) -> str:
    body: Any = getattr(error, "body", None)
    return str(body)[:2000] if body else ""


def _message(error: BaseException) -> str:
    """What the service said, without the wrapper a client puts around it."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping):
        inner = body.get("error", body)
        if isinstance(inner, Mapping) and isinstance(inner.get("message"), str):
            return str(inner["message"])
    text = str(error)
    return "It sent a page instead of JSON." if re.search(r"<!doctype|<html", text, re.I) else text


def retry_after(error: BaseException) -> float | None:
    """The pause a service asks for, in seconds: `retry-after-ms`, or `retry-after` as seconds or as a date."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            value = float(headers.get(name, ""))
        except ValueError:
            continue
        return value * scale if 0 <= value < 1e7 else None
    return _until(headers.get("retry-after", ""))


def _until(date: str) -> float | None:
    from datetime import UTC, datetime

    try:
        return max(0.0, (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
