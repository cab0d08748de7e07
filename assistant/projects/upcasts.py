"""Entries as older versions of the program wrote them, raised to the shape of today.

A body without a version stems from 0.1.0, which had no shapes: what no field takes is left out. When the shape of a
kind changes: raise its `version`, and add here the step from the version before. A step takes a body and returns the
next one; steps are never changed once released.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

from pydantic import ValidationError

from assistant.projects.journal import WHAT, Damaged, What

Body = dict[str, Any]


STEPS: dict[tuple[str, int], Callable[[Body], Body]] = {}
"""For a kind and a version: the step to the version after it. What is not named keeps its shape."""
KINDS = {shape.model_fields["kind"].default: shape for shape in get_args(get_args(What)[0])}


def read(kind: str, text: str) -> What | Damaged:
    """What an entry of the store says; Damaged with the reason when it cannot be read. Never raises."""
    try:
        body = json.loads(text)
        return from_body(kind, body)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in fault["loc"][1:])
        return Damaged(kind=kind, raw=text, reason=f"{where}: {fault['msg']}".removeprefix(": ")[:200])
    except Newer as error:
        return Damaged(kind=kind, raw=text, reason=str(error), newer=True)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return Damaged(kind=kind, raw=text, reason=str(error).split("\n")[0][:200])


class Newer(ValueError):
    """The entry was written by a newer version of the program."""


def from_body(kind: str, body: Any) -> What:
    """What a body of any version says. Raises ValueError (pydantic's among them), Newer when it is from tomorrow."""
    if not isinstance(body, dict):
        raise ValueError("It is no JSON object.")
    if kind not in KINDS:
        raise Newer(f"This version of the program knows no entry of the kind {kind!r:.40}.")
    latest = int(KINDS[kind].model_fields["version"].default)
    version = body.get("version", 0)
    if not isinstance(version, int) or isinstance(version, bool):
        raise ValueError("Its version is no number.")
    if version > latest:
        raise Newer(f"It has version {version} of the kind {kind}; this version of the program reads {latest}.")
    for number in range(version, latest):
        body = STEPS.get((kind, number), dict)(body)
    if version == 0:
        body = {key: value for key, value in body.items() if key in KINDS[kind].model_fields}
    return WHAT.validate_python({**body, "kind": kind, "version": latest})
