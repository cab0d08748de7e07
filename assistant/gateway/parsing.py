"""From a raw answer to a typed value: strict, with errors a model can mend from.

Nothing is repaired silently: a cut list, a doubled key, an unknown key or a number in quotes is refused. Two things
are let pass because they change no meaning: a single Markdown fence around the whole answer, and before it the thoughts
that some models think aloud between <think> and </think>.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from assistant.gateway.port import ReplyFault, TextReply
from assistant.process.codec import deeper_than

T = TypeVar("T")
MAX_ANSWER = 2_000_000
MAX_DEPTH = 60
_FENCED = re.compile(r"\A\s*```[A-Za-z]*[ \t]*\n(.*?)\n?[ \t]*```\s*\Z", re.DOTALL)

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


def parse_reply(text: str, reply: type[T]) -> T:
    """The value of type `reply` that an answer holds. Raises ReplyFault."""
    if len(text) > MAX_ANSWER:
        raise ReplyFault(f"The answer is too long: {len(text):,} characters; at most {MAX_ANSWER:,} are read.")
    text = _THOUGHT.sub("", text, count=1)
    if not text.strip():
        raise ReplyFault("The answer is empty.")
    _check_characters(text)
    if reply is str:
        return cast(T, text.strip())
    body = _unfenced(text)
    if issubclass(reply, TextReply):
        return cast(T, reply.parse(body))
    if issubclass(reply, BaseModel):
        return cast(T, _parse_json(body, reply))
    raise TypeError(f"{reply.__name__} is neither a Pydantic model, a TextReply nor str")


def plain_body(text: str) -> str:
    """The answer without thoughts before it and without a fence around it."""
    return _unfenced(_THOUGHT.sub("", text, count=1))


def _unfenced(text: str) -> str:
    found = _FENCED.match(text)
    return found.group(1) if found and "```" not in found.group(1) else text


def _check_characters(text: str) -> None:
    """Half characters (lone surrogates) and NUL cannot be stored or shown; they mean the answer was damaged."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReplyFault(f"The answer holds a broken character at position {error.start}.") from None
    if "\x00" in text:
        raise ReplyFault("The answer holds a NUL character.")


def _parse_json(text: str, reply: type[BaseModel]) -> BaseModel:
    try:
        data = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except RecursionError:
        raise ReplyFault("The JSON is nested too deep.") from None
    except json.JSONDecodeError as error:
        raise ReplyFault(
            f"Not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}. Reply with one JSON object."
        ) from None
    except ReplyFault:
        raise
    except ValueError:  # a whole number of thousands of digits is none that Python converts
        raise ReplyFault("Not valid JSON: a number in it has more digits than can be read.") from None
    _check_depth(data)
    try:
        # Read as JSON, so that strict mode takes a list for a tuple but no string for a number.
        return reply.model_validate_json(json.dumps(data), strict=True, extra="forbid")
    except ValidationError as error:
        raise ReplyFault(explain(error)) from None


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    done = dict(pairs)
    if len(done) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ReplyFault(f"The key {twice!r} is given twice in one object.")
    return done


def _no_constant(name: str) -> Any:
    raise ReplyFault(f"{name} is not a number JSON knows.")


def _check_depth(data: Any) -> None:
    if deeper_than(data, MAX_DEPTH):
        raise ReplyFault("The JSON is nested too deep.")


def explain(error: ValidationError, most: int = 6) -> str:
    """The faults of a validation as lines a model can mend from; values are not repeated."""
    faults = error.errors(include_url=False, include_input=False)
    lines = [f"{'.'.join(map(str, fault['loc'])) or 'the reply'}: {fault['msg'][:200]}" for fault in faults[:most]]
    if len(faults) > most:
        lines.append(f"and {len(faults) - most} more of the kind")
    return "\n".join(lines)
