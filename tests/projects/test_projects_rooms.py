"""No circle of files within the rooms of the journal, the session and the conversation."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import assistant

ROOT = Path(assistant.__file__).parent


@pytest.mark.parametrize("room", ["projects", "workspace", "chat"])
def test_no_file_imports_one_that_imports_it(room: str) -> None:
    files = {f"assistant.{room}.{path.stem}": path for path in (ROOT / room).glob("*.py") if path.stem != "__init__"}
    imports = {
        name: {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module in files
        }
        for name, path in files.items()
    }
    assert list(TopologicalSorter(imports).static_order())
