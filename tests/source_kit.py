"""The source of the program, each file parsed once for all tests that look through it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import assistant

SOURCE = Path(assistant.__file__).parent


@cache
def parsed(path: Path) -> ast.Module:
    """What a file of the program is made of."""
    return ast.parse(path.read_text(encoding="utf-8"))
