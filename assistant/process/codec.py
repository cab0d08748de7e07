"""Process JSON in and out, with bounds, readable errors and the published JSON Schema."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from assistant.errors import InvalidProcess
from assistant.process.blocks import KINDS, AnyOf, Choice, Loop, Parallel
from assistant.process.model import Process
from assistant.process.tree import depth, fresh_id, roots, step_id, steps

MAX_BYTES = 20_000_000
MAX_DEPTH = 400
MAX_NESTING = 40
REMEDY = "The shape is published by `assistant schema process`."


def dumps(process: Process) -> str:
    """The process as JSON text, the same bytes for the same process."""
    return json.dumps({"schema": process.schema_, **process.document()}, indent=1, ensure_ascii=False) + "\n"


def loads(text: str | bytes) -> Process:
    """A process from JSON text. Raises InvalidProcess, naming the place, when it breaks the schema or its bounds."""
    if len(text) > MAX_BYTES:
        raise InvalidProcess(
            f"The process document has {len(text):,} bytes.", f"More than {MAX_BYTES:,} are not read.", REMEDY
        )
    try:
        data = json.loads(text)
    except RecursionError:
        raise InvalidProcess("The process document is nested too deep to read.", remedy=REMEDY) from None
    except ValueError as error:
        raise InvalidProcess("The process document is not valid JSON.", f"{error}.", REMEDY) from None
    return from_data(data)


def from_data(data: Any) -> Process:
    """A process from plain data (as `json.loads` gives it). Raises InvalidProcess."""
    if not isinstance(data, dict):
        raise InvalidProcess("A process document is one JSON object.", f"Found {type(data).__name__}.", REMEDY)
    if deeper_than(data, MAX_DEPTH):
        raise InvalidProcess("The process document is nested too deep to read.", remedy=REMEDY)
    if data.get("schema") != "process/1":
        raise InvalidProcess(
            'The document does not say `"schema": "process/1"`.', f"It says {data.get('schema')!r:.60}.", REMEDY
        )
    if "flow" not in data:
        raise InvalidProcess("The process document has no `flow`.", "Without it there is nothing to run.", REMEDY)
    return from_named(_with_ids(data))


def from_named(data: dict[str, Any]) -> Process:
    """A process from data the program wrote itself, in which every block has its id. Raises InvalidProcess."""
    try:
        process = Process.model_validate(data)
    except ValidationError as error:
        raise InvalidProcess("The process document breaks the schema.", explain(error), REMEDY) from None
    if any(depth(root) > MAX_NESTING for _, root in roots(process)):
        raise InvalidProcess(f"Blocks are nested more than {MAX_NESTING} deep.", "Nobody can read that.", REMEDY)
    faults = list(broken_references(process))
    if faults:
        more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
        raise InvalidProcess("The process document contradicts itself.", "; ".join(faults[:3]) + more + ".", REMEDY)
    return process


def deeper_than(data: Any, most: int) -> bool:
    """Whether JSON data is nested more than `most` levels deep; never recurses, whatever it is given."""
    level: list[Any] = [data]
    for _ in range(most):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return True


def _with_ids(data: dict[str, Any]) -> dict[str, Any]:
    """The document with an id for every block that came without one: `task_1`, `choice_2`, numbered in order."""
    taken: set[str] = set()
    level: list[Any] = [data]
    while level:
        node = level.pop()
        if isinstance(node, dict):
            taken.update(node[key] for key in ("id",) if isinstance(node.get(key), str))
            level.extend(node.values())
        elif isinstance(node, list):
            level.extend(node)

    def filled(node: Any) -> Any:
        if isinstance(node, list):
            return [filled(item) for item in node]
        if not isinstance(node, dict):
            return node
        kind = next(iter(node)) if len(node) == 1 else None
        body = node[kind] if kind else None
        if kind == "parallel" and isinstance(body, list):
            body = {"branches": body}
        if kind in KINDS and isinstance(body, dict) and kind != "sequence":
            if "id" not in body:
                body = {"id": fresh_id(f"{kind} 1", taken), **body}
                taken.add(body["id"])
            return {kind: {key: filled(value) for key, value in body.items()}}
        return {key: filled(value) for key, value in node.items()}

    return {key: filled(value) if key in ("flow", "subprocesses") else value for key, value in data.items()}


def explain(error: ValidationError) -> str:
    """The first faults of a validation in words: where, and what is wrong there."""
    told: list[str] = []
    for loc, words in _located(error)[:3]:
        place = ".".join(str(part) for part in loc if part not in ("items", *KINDS)) or "the document"
        told.append(f"{place}: {words}")
    return "; ".join(told) + "."


def faults_of(data: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    """What breaks the shape of a process document, each with the way to its place; what contradicts itself has none."""
    try:
        process = Process.model_validate(_with_ids(data))
    except ValidationError as error:
        return _located(error)
    return [((), fault) for fault in broken_references(process)]


def _located(error: ValidationError) -> list[tuple[tuple[str | int, ...], str]]:
    """The faults of a validation in words, each with the way to its place."""
    return [
        (fault["loc"], f"this field is not known{_suggestion(str(fault['loc'][-1]))}"
         if fault["type"] == "extra_forbidden" else fault["msg"][:200])
        for fault in error.errors(include_url=False, include_input=False)
    ]  # fmt: skip


def _suggestion(name: str) -> str:
    from assistant.process import blocks, model

    known = {
        field.alias or key
        for kind in (*vars(blocks).values(), *vars(model).values())
        if isinstance(kind, type) and hasattr(kind, "model_fields")
        for key, field in kind.model_fields.items()
    }
    close = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def broken_references(process: Process) -> Iterator[str]:
    """What the schema cannot say: ids used twice, roles and data objects named but not declared, chances over 1."""
    used: Counter[str] = Counter(sub.id for sub in process.subprocesses)
    for _, root in roots(process):
        for step in steps(root):
            used[step_id(step)] += 1
            if isinstance(step, Choice | AnyOf | Parallel):
                used.update(branch.id for branch in step.branches)
            elif isinstance(step, Loop):
                used.update((f"{step.id}.do", f"{step.id}.redo"))
    yield from (f"the id {name} is used {count} times" for name, count in used.items() if count > 1)
    known = {role.id for role in process.roles}
    yield from (f"the role {r} is declared twice" for r, n in Counter(x.id for x in process.roles).items() if n > 1)
    for _, root in roots(process):
        for step in steps(root):
            role = getattr(step, "role", None)
            if role and role not in known:
                yield f"{step_id(step)} names the role {role}, which is not in roles"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a process document: what `assistant schema process` prints.

    The model's own schema describes blocks by an inner discriminator; here each becomes its object with one key.
    """
    inner = Process.model_json_schema(by_alias=True, mode="validation")
    defs: dict[str, Any] = inner["$defs"]
    names = {"Task": "task", "Choice": "choice", "AnyOf": "any_of", "Parallel": "parallel", "Loop": "loop",
             "Wait": "wait", "End": "end", "Call": "call"}  # fmt: skip
    for name in names:
        defs[name]["properties"].pop("block", None)
        defs[name]["required"] = [key for key in defs[name].get("required", []) if key != "id"]
    block = {
        "oneOf": [
            _one_key("sequence", {"type": "array", "items": {"$ref": "#/$defs/Block"}}),
            *(_one_key(kind, {"$ref": f"#/$defs/{name}"}) for name, kind in names.items()),
        ]
    }
    lists = {"type": "array", "items": {"$ref": "#/$defs/Block"}}
    defs["Block"] = block
    defs["Sequence"] = {"anyOf": [{"$ref": "#/$defs/Block"}, lists]}
    bare = {"anyOf": [{"$ref": "#/$defs/Branch"}, {"$ref": "#/$defs/Block"}, lists]}
    for name in ("Choice", "AnyOf", "Parallel"):
        defs[name]["properties"]["branches"]["items"] = bare
    defs["Branch"]["required"] = []
    parallel = {"anyOf": [{"$ref": "#/$defs/Parallel"}, {"type": "array", "items": bare}]}
    block["oneOf"][4] = _one_key("parallel", parallel)
    required = [key for key in inner.get("required", []) if key not in ("schema", "flow")]
    inner["required"] = ["schema", "flow", *required]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **inner}


def _one_key(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {kind: body}, "required": [kind], "additionalProperties": False}
