"""What the program imports is declared, and what is declared is imported: nothing rests on somebody else's needs."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
BY_NAME_ONLY = {"langchain-openai", "openai"}
"""Loaded by LangChain under their provider's name."""
OF_A_SERVER = {"pyspark", "pyarrow"}
"""Brought by whoever counts logs on a Spark server (--engine spark): they are asked for when they are missing."""
IMPORTED = re.compile(r"^\s*(?:import|from) (\w+)(?:\.\w+)*(?: as \w+| import .+)?$", re.M)
"""A line that imports; one module a line, as the style check asks."""


def declared() -> set[str]:
    """The distributions the program says it needs, in the spelling of package indexes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [
        *project["dependencies"],
        *(name for extra in project.get("optional-dependencies", {}).values() for name in extra),
    ]
    return {plain(re.split(r"[<>=!~\[ ;]", name)[0]) for name in names}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def imported() -> dict[str, str]:
    """The distributions whose modules the program imports, with one file that does."""
    owners = packages_distributions()
    found: dict[str, str] = {}
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        for module in IMPORTED.findall(path.read_text(encoding="utf-8")):
            if module not in sys.stdlib_module_names and module != "assistant":
                for owner in owners.get(module, [module]):
                    found.setdefault(plain(owner), str(path.relative_to(ROOT)))
    return found


def test_every_import_is_declared() -> None:
    missing = {name: path for name, path in imported().items() if name not in declared() | OF_A_SERVER}
    assert missing == {}


def test_everything_declared_is_imported() -> None:
    assert declared() - set(imported()) - BY_NAME_ONLY == set()


def test_the_lock_file_holds_what_is_declared_and_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.M)}
    assert declared() <= locked
    assert "://" not in lock
