"""What a run was made with: date, commit, code, prompts, library, model, settings. Hashes say what names do not."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import assistant
from assistant.app import App
from assistant.evals.tape import Tape
from assistant.library.files import files_of, mark
from assistant.settings import BUILT_IN, bundled

KEPT_OUT = frozenset({"store", "chroma", "model", "embeddings"})
"""Settings that are told elsewhere or are addresses of a house."""


def head_of(plan: Any, app: App, tape: Tape | None) -> dict[str, Any]:
    """The head of a run. A run from a tape has the date of the recording."""
    asks = any(suite.asks for suite, _ in plan.parts)
    model = app.made_by if asks else BUILT_IN
    own = [app.home / "library", *map(Path, app.settings.library_folders)]
    recorded = tape.head.get("date") if tape is not None else None
    return {
        "suite": plan.name,
        "date": recorded or now(),
        "commit": commit(),
        "version": assistant.__version__,
        "code": _code(),
        "model": model,
        "asks_a_model": {suite.name: suite.asks and model != BUILT_IN for suite, _ in plan.parts},
        "embeddings": app.settings.embeddings,
        "prompts": prompt_hashes(),
        "library": folder_hash(bundled("library"), "*.yaml", *(own if plan.own else ())),
        "own_entries": own_entries(own) if plan.own else {},
        "own_cases": plan.own,
        "settings": app.settings.model_dump(mode="json", exclude=set(KEPT_OUT)),
        "seed": plan.seed,
        "repeats": plan.repeats,
        "guarded": sorted(f"{suite.name}.{score}" for suite, _ in plan.parts for score in suite.guarded),
        "trends": sorted(f"{suite.name}.{score}" for suite, _ in plan.parts for score in suite.trends),
        "means": {f"{suite.name}.{key}": text for suite, _ in plan.parts for key, text in suite.means.items()},
        "about": {suite.name: suite.about for suite, _ in plan.parts},
        "ceilings": {f"{suite.name}.{key}": value for suite, _ in plan.parts for key, value in suite.ceilings.items()},
    }  # fmt: skip


def now() -> str:
    """The time of day in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def prompt_hashes() -> dict[str, str]:
    """Every prompt's label, by name."""
    from assistant.gateway.prompts import load_prompt, prompt_names

    return {name: load_prompt(name).label for name in prompt_names()}


def own_entries(folders: Sequence[Path]) -> dict[str, str]:
    """A hash of each entry of one's own, by the name of its file."""
    return {file.path.stem: mark(file)[:16] for folder in folders for file in files_of(folder)}


def folder_hash(*parts: Path | str) -> str:
    """A hash of the files of some folders that fit a pattern: FOLDER, PATTERN, FOLDER, …"""
    pattern = next(str(part) for part in parts if isinstance(part, str))
    total = hashlib.sha256()
    for folder in (part for part in parts if isinstance(part, Path)):
        for path in sorted(folder.rglob(pattern)) if folder.is_dir() else ():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


@cache
def _code() -> str:
    """The hash of the code that runs here: what is written to its files meanwhile does not run."""
    return folder_hash(Path(assistant.__file__).parent, "*.py")


@cache
def checkout() -> Path | None:
    """The folder of the repository this program runs from, None when it is installed."""
    root = Path(assistant.__file__).parent.parent
    return root if (root / "evals").is_dir() and (root / "pyproject.toml").is_file() else None


@cache
def commit() -> str | None:
    """The commit the code stands at, with `+` when files differ from it; None outside a repository."""
    root = checkout()
    if root is None:
        return None
    try:
        found = _git(root, "rev-parse", "HEAD")
        return found + ("+" if _git(root, "status", "--porcelain", "--", "assistant", "prompts", "library") else "")
    except (OSError, subprocess.SubprocessError):
        return None


def _git(root: Path, *words: str) -> str:
    answer = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, timeout=20, check=True)
    return answer.stdout.strip()
