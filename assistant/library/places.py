"""On which line of an entry's file a field stands, so that a fault can be found where it was made."""

from __future__ import annotations

import re
from typing import Any

from assistant.library.yamlfile import is_deep

_ITEM = re.compile(r"^\s*(?:- )?(?:\{ ?)?id:\s*['\"]?([a-z0-9_-]+)", re.MULTILINE)


def line_of(data: bytes, field: str) -> int | None:
    """The line (1 first) of a field such as `stages.0.steps.2.work`, `check_stock.role` or `flow`; None: not found."""
    text = data.decode("utf-8", "replace")
    parts = field.split(".")
    try:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        if is_deep(text):
            return None
        node = yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    found = _follow(node, parts)
    if found is not None:
        return found
    item = next((match for match in _ITEM.finditer(text) if match.group(1) == parts[0]), None)
    return text.count("\n", 0, item.start(1)) + 1 if item else None


def _follow(node: Any, parts: list[str]) -> int | None:
    """The line of the last part of a path that is there; parts that only name a shape are passed over."""
    line: int | None = None
    for part in parts:
        if isinstance(getattr(node, "value", None), list) and node.value and isinstance(node.value[0], tuple):
            found = next(((key, value) for key, value in node.value if key.value == part), None)
            if found:
                line, node = found[0].start_mark.line + 1, found[1]
        elif part.isdigit() and isinstance(getattr(node, "value", None), list) and int(part) < len(node.value):
            node = node.value[int(part)]
            line = node.start_mark.line + 1
    return line
