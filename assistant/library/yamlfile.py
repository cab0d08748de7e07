"""Reading a YAML file that anybody may have written: plain data only, within bounds, with readable errors.

Anchors, aliases, tags and keys given twice are refused: the first two can make a small file huge, tags can name code,
and of two equal keys one would be lost without a word. The text is gone through once, and each part is refused or
taken as it comes: a folder may hold thousands of files.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NoReturn

import yaml

from assistant.errors import InvalidLibrary

MAX_DEPTH = 30
MAX_EVENTS = 60_000
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SHORT = 40
"""Characters up to which a value without quotes is remembered; longer ones seldom come twice."""
_values: Any = yaml.SafeLoader("")


def parse_yaml(data: bytes, name: str) -> Any:
    """The plain data of a YAML text; `name` is the file named in errors. Raises InvalidLibrary."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidLibrary(f"{name} is not a text in UTF-8.", f"Byte {error.start} does not fit.") from None
    try:
        return _Reading(text, name).whole()
    except yaml.YAMLError as error:
        raise InvalidLibrary(f"{name} is not valid YAML.", _where(error), "Mend the line and check again.") from None
    except ValueError as error:
        raise InvalidLibrary(f"{name} is not valid YAML.", f"{error}.") from None


def is_deep(text: str) -> bool:
    """Whether a text nests deeper than an entry may; PyYAML's own reader goes down by itself until it crashes."""
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            depth += 1
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


class _Reading:
    """One way through a text."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._parser = _Base(text)
        self._taken = 0

    def whole(self) -> Any:
        """The one document the text holds; None where it holds nothing."""
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        data = self._value(self._next(), 0)
        self._next()  # the document ends
        if not isinstance(after := self._next(), yaml.StreamEndEvent):
            self._refuse(after, "begins a second document; a file holds one")
        return data

    def _next(self) -> Any:
        self._taken += 1
        if self._taken > MAX_EVENTS:
            self._refuse(None, f"It has more than {MAX_EVENTS:,} parts.")
        return self._parser.get_event()

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, "uses an anchor or alias; write the value out")
        if event.tag:
            self._refuse(event, f"uses the tag {event.tag}; only plain values are read")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth == MAX_DEPTH:
            self._refuse(event, f"is nested more than {MAX_DEPTH} deep")
        return self._list(depth + 1) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(depth + 1)

    def _list(self, depth: int) -> list[Any]:
        found = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._value(event, depth))
        return found

    def _mapping(self, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._value(event, depth)
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "has a key that is no plain word")
            if key in found:
                self._refuse(event, f"has the key {event.value!r}, which is given twice")
            found[key] = self._value(self._next(), depth)
        return found

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # it stands in quotes
            return text
        try:
            return _short(text) if len(text) <= _SHORT else _meant(text)
        except (ValueError, yaml.YAMLError):
            self._refuse(event, f"holds {text[:_SHORT]!r}, which is no value; put it in quotes")

    def _refuse(self, event: Any, why: str) -> NoReturn:
        raise InvalidLibrary(f"{self._name} is not read.", f"Line {event.start_mark.line + 1} {why}." if event else why)


def _meant(text: str) -> Any:
    """What a value without quotes means: a number, yes or no, nothing, a date or the text itself."""
    tag = _values.resolve(yaml.ScalarNode, text, (True, False))
    return text if tag == "tag:yaml.org,2002:str" else _values.construct_document(yaml.ScalarNode(tag, text))


_short = lru_cache(maxsize=20_000)(_meant)


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    return f"Line {mark.line + 1}: {problem}." if mark else f"{problem}."
