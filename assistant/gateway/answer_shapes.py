"""In which shape an answer is asked for, and the way down when a service does not know one.

`schema` is the strict JSON schema, `json` any JSON object, `text` nothing but our words. A service that answers 400 to
one is asked in the next, and remembered. Besides the shape, three options are known to be refused by some servers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from assistant.gateway.faults import Fault

MODES = ("schema", "json", "text")


@dataclass(frozen=True)
class Manners:
    """What a service was found to understand."""

    mode: str = "schema"
    temperature: bool = True
    old_limit: bool = False
    streams: bool = True

    def after(self, fault: Fault, asked: str) -> Manners | None:
        """How to ask again after an `unsupported` answer to a request in mode `asked`; None: there is no way left."""
        if fault.parameter.startswith("stream") and self.streams:
            return replace(self, streams=False)
        if fault.parameter == "temperature" and self.temperature:
            return replace(self, temperature=False)
        if fault.parameter == "max_completion_tokens" and not self.old_limit:
            return replace(self, old_limit=True)
        if asked != "text" and fault.parameter in ("response_format", "json_schema", "json_object", ""):
            return replace(self, mode=MODES[MODES.index(asked) + 1])
        return None


def mode_for(reply: type[Any], manners: Manners) -> str:
    """The mode in which a reply is asked for: JSON only for Pydantic models."""
    return manners.mode if issubclass(reply, BaseModel) else "text"


def body_for(reply: type[Any], mode: str) -> dict[str, Any]:
    """What goes into the request's body for a mode."""
    if mode == "schema":
        named = {"name": reply.__name__, "schema": strict_schema(reply), "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    return {"response_format": {"type": "json_object"}} if mode == "json" else {}


def words_for(reply: type[Any], mode: str) -> str:
    """What is added to the system text, where the body does not carry the schema."""
    if mode == "schema" or not issubclass(reply, BaseModel):
        return ""
    schema = json.dumps(reply.model_json_schema(), separators=(",", ":"))
    return f"\n\nReply with one JSON object and nothing else. It follows this JSON Schema:\n{schema}\n"


# Keywords that strict mode refuses; Pydantic checks them on the way back.
_DROPPED = frozenset({"default", "minLength", "maxLength", "minItems", "maxItems", "pattern", "format", "minimum",
                      "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "title", "uniqueItems",
                      "discriminator"})  # fmt: skip


def strict_schema(reply: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a reply as strict mode wants it: every key required, none besides, no constraints."""
    made = _strict(reply.model_json_schema())
    return made if isinstance(made, dict) else {}


def _strict(node: Any, names: bool = False) -> Any:
    """`names` is True for an object whose keys are field names, not keywords."""
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {key: _strict(value) for key, value in node.items()}
    done = {
        ("anyOf" if key == "oneOf" else key): _strict(value, key in ("properties", "$defs"))
        for key, value in node.items()
        if key not in _DROPPED
    }
    if done.get("type") == "object" and "properties" in done:
        done["required"] = list(done["properties"])
        done["additionalProperties"] = False
    return done
