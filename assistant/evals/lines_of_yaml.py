"""YAML with the lines its parts stand in, so that a slip can be told where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

Part = str | int
Path = tuple[Part, ...]
MERGED = "tag:yaml.org,2002:merge"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Placed:
    """Data read from YAML, and the line of each of its parts. Raises yaml.YAMLError for what is no YAML."""

    def __init__(self, text: bytes) -> None:
        loader = _Loader(text)
        try:
            self._root: yaml.Node | None = loader.get_single_node()
            self.doubled = next(_doubled(self._root), None) if self._root is not None else None
            self.data: Any = loader.construct_document(self._root) if self._root is not None else None
        finally:
            loader.dispose()

    def line(self, path: Sequence[Part]) -> int:
        """The line of what a path leads to; of the last part that is there when it ends before. What stands in the path
        and not in the text (`items` of a list of steps) is passed over."""
        node, line = self._root, 1
        for part in path:
            found = _child(node, part)
            if found is not None:
                line, node = found
        return line

    def named(self, path: Sequence[Part], value: str, but: str) -> int | None:
        """The line of the first text below a path that is exactly `value`, under another key than `but`."""
        node = self._root
        for part in path:
            node = (_child(node, part) or (0, node))[1]
        return next((line for line, key, text in _texts(node, "") if text == value and key != but), None)


def _child(node: yaml.Node | None, part: Part) -> tuple[int, yaml.Node] | None:
    """The line and node of a part of a mapping or a list, the key's line where it has one."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item.start_mark.line + 1, item
    if isinstance(node, yaml.MappingNode):
        for key, value in reversed(node.value):  # what stands below wins over what was merged in above it
            if isinstance(key, yaml.ScalarNode) and key.value == str(part):
                return key.start_mark.line + 1, value
    return None


def _texts(node: yaml.Node | None, under: str) -> Iterator[tuple[int, str, str]]:
    """Every text below a node, with its line and the key it stands under."""
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.line + 1, under, str(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item, under)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _texts(value, str(key.value))


def _doubled(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Keys that stand twice in one mapping, of which all but the last would be lost: line and key."""
    waiting, seen = [node], set[int]()
    while waiting:
        at = waiting.pop()
        if id(at) in seen:
            continue
        seen.add(id(at))
        if isinstance(at, yaml.SequenceNode):
            waiting += at.value
        elif isinstance(at, yaml.MappingNode):
            known: set[str] = set()
            for key, value in at.value:
                if isinstance(key, yaml.ScalarNode) and key.tag != MERGED:
                    if key.value in known:
                        yield key.start_mark.line + 1, key.value
                    known.add(key.value)
                waiting.append(value)
