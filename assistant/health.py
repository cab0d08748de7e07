"""What `assistant doctor` looks at: folders, journal, library, index and the language model, each with a remedy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

from assistant import __version__
from assistant.app import App
from assistant.errors import AssistantError
from assistant.process.figures import plural


class Row(NamedTuple):
    """One thing looked at: what, whether it is in order, what was found, what to do, and the exit code if not."""

    what: str
    ok: bool
    found: str
    remedy: str = ""
    exit_code: int = 0


def examine(app: App) -> list[Row]:
    """Everything looked at, in the order in which one would mend it."""
    checks: list[tuple[str, Callable[[App], str]]] = [
        ("program", _program),
        ("data folder", _folder),
        ("journal", _journal),
        ("library", _library),
        ("search index", _index),
    ]
    rows = [_row(what, check, app) for what, check in checks]
    return [*rows, *_model(app)]


def _row(what: str, check: Callable[[App], str], app: App) -> Row:
    try:
        return Row(what, True, check(app))
    except AssistantError as error:
        return Row(what, False, f"{error.what} {error.why}".strip(), error.remedy, error.exit_code)


def _program(_: App) -> str:
    return f"process-redesign-assistant {__version__} on Python {sys.version.split()[0]}"


def _folder(app: App) -> str:
    from assistant.errors import StorageError

    try:
        app.home.mkdir(parents=True, exist_ok=True)
        probe = app.home / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise StorageError(
            f"{app.home} cannot be written.", str(error.strerror), "Set ASSISTANT_HOME to a folder of yours."
        ) from None
    return str(app.home)


def _journal(app: App) -> str:
    return f"{plural(len(app.store.projects()), 'project')}"


def _library(app: App) -> str:
    from assistant.library.standing import in_place_of

    found = app.library
    counts = f"{len(found.processes)} processes, {len(found.practices)} practices, {len(found.enablers)} enablers"
    own = [entry for entry in found.entries if not found.ships(entry)]
    return "; ".join([counts, *(told.rstrip(".") for entry in own if (told := in_place_of(entry)))])


def _index(app: App) -> str:
    result = app.search("an order comes in and is checked", top=3)
    return f"{result.ranking}; {plural(len(result.results), 'hit')} for a trial question"


def _model(app: App) -> list[Row]:
    if app.settings.model == "offline":
        return [Row("language model", True, "none chosen: built-in rules, nothing leaves this machine")]
    from assistant.gateway.doctor import diagnose

    return [Row(r.what, r.ok, r.found, r.remedy, 0 if r.ok else 3) for r in diagnose(app.settings)]
