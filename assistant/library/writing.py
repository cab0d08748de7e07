"""An entry as a YAML text, the way authors write it, and what differs between two entries, in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from assistant.library.entries import AnyEntry
from assistant.library.values import ESTIMATE

NOT_CONTENT = ("status", "history", "origin")
"""Fields that say where an entry stands, not what it says."""


def to_yaml(document: dict[str, Any]) -> str:
    """An entry's document as YAML, times written as `2-5-15 min (S1)`."""
    import yaml

    return yaml.safe_dump(_compact(document), sort_keys=False, allow_unicode=True, width=110)


def content(entry: AnyEntry) -> dict[str, Any]:
    """What an entry says, as plain data, without where it stands; times as authors write them."""
    document: dict[str, Any] = _compact(entry.document())
    return {name: value for name, value in document.items() if name not in NOT_CONTENT}


def digest(entry: AnyEntry) -> str:
    """Sixteen hexadecimal digits that change when what an entry says does."""
    text = json.dumps(content(entry), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def differences(before: AnyEntry, after: AnyEntry) -> list[str]:
    """What differs from one entry to another, a line a field; parts are known by their ids."""
    return list(_differ("", content(before), content(after)))


def _compact(value: Any) -> Any:
    if isinstance(value, dict):
        if {"low", "mode", "high", "unit"} <= set(value) <= {"low", "mode", "high", "unit", "basis"}:
            return _times(value)
        return {name: _compact(item) for name, item in value.items()}
    return [_compact(item) for item in value] if isinstance(value, list | tuple) else value


def _times(value: dict[str, Any]) -> str:
    low, mode, high = (f"{value[name]:g}" for name in ("low", "mode", "high"))
    span = mode if low == high else f"{low}-{mode}-{high}"
    basis = value.get("basis", ESTIMATE)
    return f"{span} {value['unit']}" + ("" if basis == ESTIMATE else f" ({basis})")


def _differ(place: str, before: Any, after: Any) -> Iterator[str]:
    if before == after:
        return
    left, right = _parts(before), _parts(after)
    if left is None or right is None:
        yield f"{place}: {_shown(before)} → {_shown(after)}"
        return
    for name in [*left, *(name for name in right if name not in left)]:
        inner = f"{place}.{name}" if place else name
        if name not in right:
            yield f"{inner}: {_shown(left[name])} taken out"
        elif name not in left:
            yield f"{inner}: {_shown(right[name])} added"
        else:
            yield from _differ(inner, left[name], right[name])


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a value: of a mapping, of a list whose items have ids, of a list of plain values."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return None
    if all(isinstance(item, dict) and "id" in item for item in value):
        return {str(item["id"]): item for item in value}
    if all(isinstance(item, str | int | float) for item in value):
        return {f"“{item}”": item for item in value}
    return {str(number): item for number, item in enumerate(value, 1)}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("pattern") or json.dumps(value, ensure_ascii=False)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:99]} …"
