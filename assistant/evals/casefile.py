"""Cases written by hand: YAML in the shape case/1, checked with file and line, for the repository and for one's own.

schema: case/1
suite: reading
cases:
  - id: my-branch-office
    origin: told by the branch manager
    guards: a step told in passing stays a step
    given: {story: "The clerk opens the mail. Then …"}
    expect: {flow: ["Clerk: Open mail", "Clerk: Sort mail"]}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import UnreadableFile
from assistant.evals.schema import FORMS, SCHEMA, CaseRow
from assistant.evals.shapes import Case
from assistant.settings import bundled

MOST_BYTES = 5_000_000
LINE = "__line__"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SLIPS = {"extra_forbidden": "there is no such key", "missing": "is missing"}


class _Loader(_Base):  # type: ignore[misc]
    """Safe YAML whose mappings know the line they begin at, so that a slip can be shown."""


def _with_line(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    found[LINE] = node.start_mark.line + 1
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _with_line)


def bundled_cases(suite: str) -> list[Case]:
    """The cases of a suite in evals/cases. Raises UnreadableFile naming file and line of a slip."""
    folder = bundled("evals") / "cases"
    return [case for path in sorted(folder.glob(f"{suite}*.yaml")) for name, case in read_cases(path) if name == suite]


def own_cases(folder: Path) -> dict[str, list[Case]]:
    """The cases of a folder of one's own (or one file), by suite. Raises UnreadableFile naming file and line."""
    paths = [folder] if folder.is_file() else sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")])
    if not paths:
        raise UnreadableFile(
            f"{folder} holds no case.", "No .yaml file is there.", "`assistant eval new-case` writes one."
        )
    found: dict[str, list[Case]] = {}
    for path in paths:
        for suite, case in read_cases(path):
            if any(known.id == case.id for known in found.get(suite, ())):
                raise _slip(path, int(case.place.rpartition(":")[2]), f"the id {case.id!r} is used twice")
            found.setdefault(suite, []).append(case)
    return found


def read_cases(path: Path) -> list[tuple[str, Case]]:
    """The cases of one file with the suite each belongs to. Raises UnreadableFile naming file and line."""
    data = _loaded(path)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise _slip(path, 1, f"the file must begin with `schema: {SCHEMA}`")
    suite, rows = data.get("suite"), data.get("cases")
    if suite not in FORMS:
        raise _slip(path, _line(data), f"there is no suite {suite!r}; there are: {', '.join(FORMS)}")
    if not isinstance(rows, list) or not rows:
        raise _slip(path, _line(data), "`cases` must be a list of cases")
    return [(str(suite), _case(path, str(suite), row, _line(data))) for row in rows]


def _loaded(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _slip(path, 1, "the file is larger than 5 MB")
        return yaml.load(path.read_bytes(), _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _slip(path, mark.line + 1 if mark else 1, error.problem or "it is no YAML") from None
    except (OSError, yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise UnreadableFile(f"{path} cannot be read.", str(error)[:200], "Check the file.") from None


def _case(path: Path, suite: str, row: Any, line: int) -> Case:
    if not isinstance(row, dict):
        raise _slip(path, line, "a case is a mapping with id, given and expect")
    try:
        checked = CaseRow.model_validate(_plain({key: value for key, value in row.items() if key != LINE}))
        forms = FORMS[suite]
        given = forms.given.model_validate(checked.given)
        expect = forms.expect.model_validate(checked.expect)
    except ValidationError as error:
        first = min(error.errors(), key=lambda slip: slip["type"] != "extra_forbidden")
        where = ".".join(str(part) for part in first["loc"])
        part = "given" if error.title.startswith("Given") else "expect" if error.title.startswith("Expect") else ""
        place = ".".join(filter(None, (part, where)))
        known = _deepest(row.get(part, row) if part else row, first["loc"]) or _line(row)
        raise _slip(
            path, known, f"case {row.get('id', '?')!r}: {place}: {SLIPS.get(first['type'], first['msg'].lower())}"
        ) from None
    return Case(
        checked.id, given.model_dump(mode="json", exclude_unset=True),
        expect.model_dump(mode="json", exclude_unset=True),
        checked.origin, checked.guards, f"{path.name}:{_line(row)}",
    )  # fmt: skip


def _deepest(value: Any, parts: tuple[Any, ...]) -> int:
    """The line of the innermost mapping on the way to a slip."""
    line = _line(value)
    for part in parts:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            break
        line = _line(value) or line
    return line


def _line(value: Any) -> int:
    return int(value.get(LINE, 0)) if isinstance(value, dict) else 0


def _plain(value: Any) -> Any:
    """Without line numbers; keys are text (YAML reads `no` and `1` as something else)."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items() if key != LINE}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _slip(path: Path, line: int, what: str) -> UnreadableFile:
    return UnreadableFile(f"{path}:{line}: {what}.", "", "`assistant schema case` shows the shape of a case.")
