"""What holds for every test: no network beyond this machine, no key, an own home for data, a plain terminal."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import socket
import ssl
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# Two workers with two threads each wait for one another at every product: the suite took half as long again.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before anything here reads numpy; programs started here inherit it

import pytest
import typer.main
from short_plays import SHORT_PLAYS

from assistant.library import store
from assistant.library.store import Library
from assistant.projects import store as journal

gc.disable()  # what is loaded from here on stays loaded: see pytest_collection_finish

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex
LOCAL = ("127.", "localhost", "::1")


def _guard(address: object) -> None:
    host = address[0] if isinstance(address, tuple) else ""
    if isinstance(address, tuple) and not str(host).startswith(LOCAL):
        raise RuntimeError(f"a test tried to reach {address!r}: tests use no network")


def _guarded_connect(self: socket.socket, address: object) -> None:
    _guard(address)
    return _connect(self, address)  # type: ignore[arg-type]


def _guarded_connect_ex(self: socket.socket, address: object) -> int:
    _guard(address)
    return _connect_ex(self, address)  # type: ignore[arg-type]


socket.socket.connect = _guarded_connect  # type: ignore[method-assign,assignment]
socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign,assignment]


# The tree of all commands never changes: built once here, not at every command a test gives.
typer.main.get_command = functools.cache(typer.main.get_command)

# Whom this machine trusts is read from its list once, not for each client of a model.
ssl.create_default_context = functools.cache(ssl.create_default_context)

# The same files give the same library: read once here, not for every home a test has.
_read_copy, _libraries = store._kept, {}


def _read_once(print_: str) -> Library | None:
    if print_ not in _libraries and (kept := _read_copy(print_)):
        _libraries[print_] = kept
    return _libraries.get(print_)


store._kept = _read_once

# No test outlives a loss of power, so nothing waits until the disk has it, which takes longer than most turns. A
# program that a test starts, and may kill, writes as it does for users.
_durable = journal._durable


def _without_waiting(connection: Any, record: object) -> None:
    _durable(connection, record)
    connection.execute("PRAGMA synchronous=OFF")


journal._durable = _without_waiting

# What is compiled is kept, whatever the shell says: the tests start the program anew dozens of times.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded stays loaded: looking through it for what nobody holds took an eighth of the time of the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 20)
    gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file stays with one worker; so do all files that use a browser, which is started once, as is the program, and
    those that look at the same redesigns or at the source, which are made and parsed once."""
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = str(super()._split_scope(nodeid))
            return next((together for end, together in TOGETHER.items() if file.endswith(end)), file)

    return Together(config, log)


TOGETHER = {
    "_browser.py": "browser",
    **dict.fromkeys(("_redesign_told.py", "_reports_sentences.py", "_reports_front.py"), "redesigned"),
    **dict.fromkeys(("_word_lists.py", "_install_rooms.py"), "source"),
}
"""How the names of test files end that stay with one worker, and what for."""


_homes = itertools.count()
SECRETS = ("ASSISTANT_", "OPENAI_", "ANTHROPIC_", "LANGCHAIN_", "LANGSMITH_")


@pytest.fixture
def library_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of the kept copy itself: each load reads it from the disk, as each start of the program does."""
    monkeypatch.setattr(store, "_kept", _read_copy)


@pytest.fixture(scope="session")
def fonts() -> None:
    """For tests that draw letters into pictures of dots: skipped, and so said, where the machine has none."""
    from assistant.bpmn.picture import picture
    from assistant.errors import UsageError

    try:
        picture("<svg xmlns='http://www.w3.org/2000/svg'/>", "png")
    except UsageError as error:
        pytest.skip(error.what)


@pytest.fixture
def meanings_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """For hundreds of short stories of which only steps and figures are looked at: what their sentences mean to the
    sentence model is asked for remarks alone, and takes longer than all the rest."""
    import numpy as np

    from assistant.language import reading
    from assistant.language.evidence_cues import windows

    def nowhere(texts: Sequence[str]) -> Any:
        return np.zeros((len(texts), windows.WIDTH), dtype=np.float32)

    monkeypatch.setattr(windows, "sentence_places", nowhere)
    monkeypatch.setattr(reading, "_by_rules", functools.lru_cache(reading._by_rules.__wrapped__))  # none other hears it


@pytest.fixture
def written_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the test that what is acknowledged is on the disk."""
    monkeypatch.setattr(journal, "_durable", _durable)


@pytest.fixture
def short_plays(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests in which a redesign is played and its figures are not what is looked at: few cases, played twice."""
    from assistant.redesign import ranges

    monkeypatch.setattr(ranges, "DRAWS", 0)  # what the ranges say is looked at where redesigns are, with `redesigned`
    (own_home / "config.toml").write_text(SHORT_PLAYS, encoding="utf-8")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has its own data folder and an environment without keys, models or addresses."""
    for name in list(os.environ):
        if name.startswith(SECRETS) or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    # Counted here: pytest would look through all homes there are for the next number, thousands of times.
    home = tmp_path_factory.mktemp(f"own-home-{next(_homes)}", numbered=False)
    monkeypatch.setenv("ASSISTANT_HOME", str(home))
    # One copy of the library for all tests: a fresh one for each home would be read anew hundreds of times.
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path_factory.getbasetemp().parent / "assistant-cache"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    return home
