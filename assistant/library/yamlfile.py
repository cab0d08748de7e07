"""Reading a YAML file that anybody may have written: plain data only, within bounds, with readable errors.

Anchors, aliases, tags and keys given twice are refused: the first two can make a small file huge, tags can name code,
and of two equal keys one would be lost without a word.
"""

from __future__ import annotations

from typing import Any, NoReturn

import yaml

from assistant.errors import InvalidLibrary

MAX_DEPTH = 30
MAX_EVENTS = 60_000
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader, which also refuses a key that is given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                mark = key.start_mark
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} is given twice", mark)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep=deep))


def parse_yaml(data: bytes, name: str) -> Any:
    """The plain data of a YAML text; `name` is the file named in errors. Raises InvalidLibrary."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidLibrary(f"{name} is not a text in UTF-8.", f"Byte {error.start} does not fit.") from None
    try:
        _bound(text, name)
        return yaml.load(text, Loader=_Loader)  # a safe loader, see above
    except yaml.YAMLError as error:
        raise InvalidLibrary(f"{name} is not valid YAML.", _where(error), "Mend the line and check again.") from None
    except (RecursionError, ValueError) as error:
        raise InvalidLibrary(f"{name} is not valid YAML.", f"{error}.") from None


def _bound(text: str, name: str) -> None:
    """Raises InvalidLibrary for anchors, aliases, tags, nesting beyond MAX_DEPTH or more than MAX_EVENTS parts."""
    depth = 0
    events: Any = yaml.parse(text, Loader=_Base)
    for number, event in enumerate(events):
        line = event.start_mark.line + 1
        if number > MAX_EVENTS:
            _refuse(name, f"It has more than {MAX_EVENTS:,} parts.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse(name, f"Line {line} uses an anchor or alias; write the value out.")
        if getattr(event, "tag", None):
            _refuse(name, f"Line {line} uses the tag {event.tag}; only plain values are read.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                _refuse(name, f"Line {line} is nested more than {MAX_DEPTH} deep.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refuse(name: str, why: str) -> NoReturn:
    raise InvalidLibrary(f"{name} is not read.", why)


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    return f"Line {mark.line + 1}: {problem}." if mark else f"{problem}."
