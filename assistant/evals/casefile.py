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

import re
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.errors import UnreadableFile
from assistant.evals.lines_of_yaml import Path as Parts
from assistant.evals.lines_of_yaml import Placed
from assistant.evals.schema import FORMS, SCHEMA, CaseRow
from assistant.evals.shapes import Case
from assistant.evals.slips import content_slip, shape_slip
from assistant.process.blocks import KINDS
from assistant.settings import bundled

MOST_BYTES = 5_000_000
NOT_THERE = re.compile(r"\bthe (?:role|id) (\S+?),? (?:which is not|is)")
"""What a process that contradicts itself names."""
M = TypeVar("M", bound=BaseModel)


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
    read = _loaded(path)
    data = read.data
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise _slip(path, 1, f"the file must begin with `schema: {SCHEMA}`")
    suite, rows = data.get("suite"), data.get("cases")
    if suite not in FORMS:
        raise _slip(path, read.line(("suite",)), f"there is no suite {suite!r}; there are: {', '.join(FORMS)}")
    if not isinstance(rows, list) or not rows:
        raise _slip(path, read.line(("cases",)), "`cases` must be a list of cases")
    return [(str(suite), _case(path, read, str(suite), number)) for number in range(len(rows))]


def _loaded(path: Path) -> Placed:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _slip(path, 1, "the file is larger than 5 MB")
        read = Placed(path.read_bytes())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _slip(path, mark.line + 1 if mark else 1, error.problem or "it is no YAML") from None
    except (OSError, yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise UnreadableFile(f"{path} cannot be read.", str(error)[:200], "Check the file.") from None
    if read.doubled is not None:
        line, key = read.doubled
        raise _slip(path, line, f"`{key}` stands here twice, and only the last would count")
    return read


def _case(path: Path, read: Placed, suite: str, number: int) -> Case:
    """One case, checked: its shape first, then whether its flows, processes and patterns can be played."""
    at, row = ("cases", number), read.data["cases"][number]
    if not isinstance(row, dict):
        raise _slip(path, read.line(at), "a case is a mapping with id, given and expect")
    forms = FORMS[suite]
    checked = _filled(path, read, (), CaseRow, _plain(row), number)
    given = _filled(path, read, ("given",), forms.given, checked.given, number)
    expect = _filled(path, read, ("expect",), forms.expect, checked.expect, number)
    slip = content_slip(given, expect)
    if slip is not None:
        raise _told(path, read, number, *slip)
    return Case(
        checked.id, given.model_dump(mode="json", exclude_unset=True),
        expect.model_dump(mode="json", exclude_unset=True),
        checked.origin, checked.guards, f"{path.name}:{read.line(at)}",
    )  # fmt: skip


def _filled(path: Path, read: Placed, under: Parts, model: type[M], data: Any, number: int) -> M:
    """A part of a case in its shape. Raises UnreadableFile naming file and line."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        where, words = shape_slip(model, error)
        raise _told(path, read, number, (*under, *where), words) from None


def _told(path: Path, read: Placed, number: int, where: Parts, words: str) -> UnreadableFile:
    """A slip of a case with the line it stands in; one that has no place in a process is looked for by its name."""
    at = ("cases", number)
    line = read.line((*at, *where))
    if found := NOT_THERE.search(words):
        line = read.named((*at, *where), found[1], but="id") or line
    names = [str(part) for part in where if isinstance(part, str) and part not in ("items", *KINDS)]
    place = ".".join(names) or "the case"
    return _slip(path, line, f"case {read.data['cases'][number].get('id', '?')!r}: {place}: {words.rstrip('.')}")


def _plain(value: Any) -> Any:
    """With keys that are text (YAML reads `no` and `1` as something else)."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _slip(path: Path, line: int, what: str) -> UnreadableFile:
    end = "" if what.endswith("?") else "."
    return UnreadableFile(f"{path}:{line}: {what}{end}", "", "`assistant schema case` shows the shape of a case.")
