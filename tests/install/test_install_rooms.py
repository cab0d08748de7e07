"""The rooms of the program: none of their files go round in a circle, and each says what it is."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from source_kit import SOURCE as ROOT
from source_kit import parsed

Import = ast.Import | ast.ImportFrom
NAMES_NOTHING = ("one", "found")
"""Loop variables that do not say what they hold."""
LINES = 400
"""No file of the program is longer."""


@cache
def _walked(path: Path) -> tuple[list[Import], list[int]]:
    """Every import in a file, also inside functions, and the lines with a loop variable that names nothing."""
    imports: list[Import] = []
    unnamed: list[int] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, Import):
            imports.append(node)
        elif isinstance(node, ast.For | ast.comprehension):
            held = [name for name in ast.walk(node.target) if isinstance(name, ast.Name)]
            unnamed += [name.lineno for name in held if name.id in NAMES_NOTHING]
    return imports, unnamed


def _imported(path: Path) -> list[Import]:
    return _walked(path)[0]


def _modules(root: Path) -> dict[str, Path]:
    found = {}
    for path in root.rglob("*.py"):
        parts = (root.name, *path.relative_to(root).with_suffix("").parts)
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def _imports(path: Path, modules: dict[str, Path]) -> set[str]:
    """The modules of ours a file imports anywhere in it: at its top, for types only, inside functions."""
    named: set[str] = set()
    for node in _imported(path):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            named |= inner & modules.keys() or {node.module}
    return named & modules.keys()


def _circle(root: Path) -> list[str]:
    modules = _modules(root)
    graph = {name: _imports(path, modules) - {name} for name, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_files_import_each_other_in_a_circle() -> None:
    assert _circle(ROOT) == []


def test_a_circle_inside_functions_and_for_types_is_seen(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "__init__.py").write_text('"""A room."""\n')
    (room / "first.py").write_text("def go():\n    from room.second import there\n")
    (room / "second.py").write_text("if TYPE_CHECKING:\n    from room import first\n")
    assert set(_circle(room)) == {"room.first", "room.second"}


def test_imports_are_absolute_so_that_the_circles_are_seen() -> None:
    for path in ROOT.rglob("*.py"):
        assert not any(isinstance(node, ast.ImportFrom) and node.level for node in _imported(path)), path


def test_each_room_says_what_it_is() -> None:
    for folder in {path.parent for path in ROOT.rglob("*.py")}:
        front = folder / "__init__.py"
        assert front.is_file(), f"{folder} has no __init__.py"
        said = ast.get_docstring(parsed(front)) or ""
        assert len(said.split()) >= 4, f"{front} does not say what the room is"


def test_a_loop_variable_is_called_after_the_thing_it_holds() -> None:
    unnamed = {str(path.relative_to(ROOT)): lines for path in ROOT.rglob("*.py") if (lines := _walked(path)[1])}
    assert unnamed == {}


def test_files_stay_short_enough_to_be_read() -> None:
    long = {str(path): size for path in ROOT.rglob("*.py") if (size := path.read_bytes().count(b"\n")) > LINES}
    assert long == {}


def teardown_module() -> None:
    """What nobody looks at any more is let go: it is a million parts."""
    parsed.cache_clear()
