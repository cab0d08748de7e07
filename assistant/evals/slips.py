"""What a case's shape alone does not catch: flows, processes, patterns and turns in it that could not be played."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.errors import InvalidProcess
from assistant.evals import schema
from assistant.evals.lines_of_yaml import Path
from assistant.evals.planted import expanded
from assistant.evals.shortform import short_data
from assistant.process.codec import faults_of
from assistant.process.model import SCHEMA

Slip = tuple[Path, str]
FLOWS = {(schema.ExpectMap, "flow"), (schema.GivenChange, "before"), (schema.ExpectChange, "after"),
         (schema.GivenComments, "flow"), (schema.GivenHarm, "before")}  # fmt: skip
PROCESSES = {(schema.ExpectMap, "process"), (schema.GivenWork, "process"), (schema.GivenWork, "after"),
             (schema.GivenPlay, "process")}  # fmt: skip
PATTERNS = frozenset(
    {"reply", "reply_not", "no_task", "no_role", "like", "role", "order", "trigger", "owner", "protected"}
)
"""Keys under which patterns stand."""
QUOTES = "put it in quotes: without them YAML reads yes, no, on and off as true and false"


def shape_slip(model: type[BaseModel], error: ValidationError) -> Slip:
    """The first thing that breaks the shape of a part of a case: a key that is not known before all else."""
    first = min(error.errors(), key=lambda slip: slip["type"] != "extra_forbidden")
    name = str(first["loc"][-1]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        near = get_close_matches(name, list(model.model_fields), n=1, cutoff=0.7)
        return first["loc"], "there is no such key" + (f"; did you mean {near[0]}?" if near else "")
    if first["type"] == "string_type" and isinstance(first["input"], bool):
        return first["loc"], QUOTES
    if first["type"] == "missing":
        return first["loc"], "a value is missing here" if name.isdigit() else "is missing"
    return first["loc"], first["msg"].lower()


def content_slip(given: BaseModel, expect: BaseModel) -> Slip | None:
    """The first flow, process, pattern or turn of a case that could not be played, None when all can."""
    for part, filled in (("given", given), ("expect", expect)):
        for name in filled.model_fields_set:
            value = getattr(filled, name)
            for path, words in _slips(type(filled), name, value):
                return (part, name, *path), words
        for path, words in _patterns(filled.model_dump(exclude_unset=True), False):
            return (part, *path), words
    return _turn_slip(given, expect)


def _slips(model: type[BaseModel], name: str, value: Any) -> Iterator[Slip]:
    if value is None:
        return
    known = {(kind, name) for kind in model.__mro__}
    if known & FLOWS:
        for path, words in faults_of(short_data(value)):
            told = f"{words}; {QUOTES}" if words.endswith("valid string") else words
            yield path[1:], told  # the flow of the document is the list itself
    elif known & PROCESSES:
        unread = next(_unread(value, ()), None)
        if unread is not None:
            yield unread
            return
        yield from faults_of({"schema": SCHEMA, **expanded(value)})


def _unread(value: Any, path: Path) -> Iterator[Slip]:
    """Short forms of durations, volumes and hours that cannot be written out."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if isinstance(child, dict | list):
            yield from _unread(child, (*path, key))
            continue
        try:
            expanded({key: child})
        except InvalidProcess as error:
            yield (*path, key), " ".join(str(error).split()).rstrip(".")
        except (ValueError, KeyError, TypeError):
            form = "`40 per d`" if key == "volume" else "`mon-fri 09:00-17:00`"
            yield (*path, key), f"{child!r:.60} cannot be read; write {form}"


def _patterns(value: Any, inside: bool) -> Iterator[Slip]:
    if isinstance(value, str) and inside:
        try:
            re.compile(value)
        except re.error as error:
            yield (), f"{value!r:.80} is no pattern: {error}"
        return
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    for key, child in children:
        below = inside if isinstance(key, int) else key in PATTERNS
        yield from (((key, *path), words) for path, words in _patterns(child, below))


def _turn_slip(given: BaseModel, expect: BaseModel) -> Slip | None:
    """A reply that is looked at by a number no turn has."""
    turns, replies = getattr(given, "turns", None), getattr(expect, "replies", None)
    if turns is None or not replies:
        return None
    numbers = {str(number) for number in range(1, len(turns) + 1)}
    wrong = next((name for name in replies if name not in numbers), None)
    return None if wrong is None else (("expect", "replies", wrong), f"there are turns 1 to {len(turns)}")
