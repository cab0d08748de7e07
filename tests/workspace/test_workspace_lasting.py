"""What was found is there again in the next sitting; a file that is not what it should be is as good as none."""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.app import App
from assistant.cli.main import cli as commands
from assistant.redesign.customers import CUSTOMERS_SAY
from assistant.redesign.result import Redesign
from assistant.redesign.shapes import Evidence
from assistant.workspace.session import Session

STORY = (
    "A customer sends an order, about 40 a day. The sales clerk checks the order, which takes 10 minutes. If the order "
    "is incomplete, which happens in 15 % of the cases, the clerk calls the customer. Then the warehouse packs the "
    "goods, which takes 25 minutes. The order lies two days before packing."
)


@pytest.fixture
def app(own_home: Path, short_plays: None) -> App:
    return App.build(os.environ)


@pytest.fixture
def found(app: App) -> Redesign:
    """What was found in a sitting that is over."""
    session = app.session("orders")
    session.tell(STORY)
    return session.redesign(goal="faster", keep=["packing"])


def test_the_next_sitting_goes_on_with_what_was_found_and_decides_on_it(app: App, found: Redesign) -> None:
    session, other = app.session("orders"), app.session("orders")
    assert session.latest == found
    title = session.proposals()[0].title
    session.accept(1)
    other.refresh()
    assert other.latest == found, "what was decided is in the process, and what was found stays what it was"
    assert any(title == getattr(entry.what, "title", "") for entry in other.state.entries)
    again = session.redesign()
    other.refresh()
    assert other.latest == again
    assert other.listed == session.listed
    assert app.session("elsewhere").latest is None


def test_a_file_that_is_not_what_it_should_be_is_as_good_as_none(
    app: App, found: Redesign, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = app.found / "orders.found"
    assert file.stat().st_mode & 0o077 == 0
    whole = file.read_bytes()

    def seen(data: bytes) -> Redesign | None:
        file.write_bytes(data)
        return app.session("orders").latest

    assert seen(whole) == found
    assert seen(whole[:-1]) is None
    assert seen(b"") is None
    assert seen(whole.replace(b"order", b"0rder", 1)) is None
    assert seen(whole) == found
    monkeypatch.setattr("assistant.workspace.last_redesign.__version__", "0.0.1")
    assert app.session("orders").latest is None, "another version finds anew"


@pytest.mark.parametrize("reached", ["io FileIO", "assistant.workspace.last_redesign io.FileIO"])
def test_a_file_that_would_do_something_does_nothing(app: App, found: Redesign, tmp_path: Path, reached: str) -> None:
    file = app.found / "orders.found"
    first, second, _ = file.read_bytes().split(b"\n", 2)
    # Protocol 4 reads a dotted name as a way through what the module holds.
    module, name = reached.split()
    data = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(part)]) + part.encode() for part in (module, name)) + b"\x93"
    data += pickle.dumps((str(tmp_path / "done"), "w"), protocol=2)[2:-1] + b"R."
    digest = hashlib.sha256(data).hexdigest().encode()
    file.write_bytes(b"\n".join((first, second.split()[0] + b" " + digest, data)))
    assert app.session("orders").latest is None
    assert not (tmp_path / "done").exists()


def test_what_customers_said_is_not_kept(app: App, found: Redesign) -> None:
    session: Session = app.session("orders")
    said = Evidence("3 comments; a customer: “slow as a snail”", 3, CUSTOMERS_SAY)
    first = found.findings[0]
    session.latest = replace(found, findings=(replace(first, because=(*first.because, said)), *found.findings[1:]))
    session._lasting.written(session.state.entries)
    assert b"snail" not in (app.found / "orders.found").read_bytes()
    assert app.session("orders").latest == found


def test_it_goes_with_its_project(app: App, found: Redesign) -> None:
    assert CliRunner().invoke(commands, ["project", "rename", "orders", "bestellungen"]).exit_code == 0
    assert app.session("bestellungen").latest == found
    assert CliRunner().invoke(commands, ["project", "delete", "bestellungen", "--yes"]).exit_code == 0
    assert list(app.found.iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_next_look(app: App) -> None:
    app.found.write_text("a file where the folder should be")
    session = app.session("orders")
    session.tell(STORY)
    assert session.redesign() is session.latest
    assert app.session("orders").latest is None
