"""A journal lasts: what any version wrote is read, what is damaged is told, and the state goes on without replaying."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import durations

from assistant.app import App
from assistant.cli.main import main
from assistant.errors import EditRefused, StorageError
from assistant.process.codec import dumps
from assistant.process.durations import Basis
from assistant.process.edits import PutRole, SetValue, edit_document
from assistant.projects import upcasts
from assistant.projects.journal import (
    WHAT,
    Asked,
    AskedQuestion,
    Branch,
    Edits,
    Entry,
    New,
    Note,
    Redo,
    Rejected,
    Said,
    Switch,
    Undo,
    What,
)
from assistant.projects.replay import State, replay
from assistant.projects.store import Store
from assistant.projects.transfer import read_journal
from assistant.workspace.session import Bench, Session

GOLDEN = Path(__file__).parents[1] / "golden" / "journals"
KINDS = {shape.model_fields["kind"].default for shape in get_args(get_args(What)[0])}
NEW_SINCE = {"unread", "recorded", "promised"}
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def told(state: State) -> dict[str, Any]:
    """A state as the files under tests/golden/journals hold it."""
    pending = [said.what.text for said in state.pending if isinstance(said.what, Said)]
    return {
        "branch": state.branch, "process": json.loads(dumps(state.process)), "turn": state.turn,
        "entries": [entry.seq for entry in state.entries], "branches": list(state.branches),
        "undone": sorted(state.undone), "pending": pending[0] if pending else None, "asked": sorted(state.asked),
        "answered": sorted(state.answered), "decided": state.decided, "said": [*state.said(), *pending],
        "last_change": state.last_change(), "last_undone": state.last_undone(),
    }  # fmt: skip


@pytest.mark.parametrize("branch", ["main", "bold"])
def test_a_journal_of_0_1_0_replays_to_the_same_state(branch: str) -> None:
    name, entries = read_journal((GOLDEN / "0.1.0.journal").read_bytes())
    wanted = json.loads((GOLDEN / "0.1.0.state.json").read_text(encoding="utf-8"))[branch]
    assert {entry.kind for entry in entries} == KINDS - NEW_SINCE
    assert told(replay(name, entries, branch)) == wanted


def test_a_database_of_0_1_0_is_opened_and_gone_on_with(own_home: Path) -> None:
    with sqlite3.connect(own_home / "projects.db") as connection:
        connection.executescript((GOLDEN / "0.1.0.sql").read_text(encoding="utf-8"))
    wanted = json.loads((GOLDEN / "0.1.0.state.json").read_text(encoding="utf-8"))["main"]
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    session = app.session("orders")
    assert told(session.state) == wanted
    session.redo()
    assert len(session.process.flow.items) >= len(wanted["process"]["flow"])
    assert app.session("orders").state == session.state
    app.store.close()


def test_an_older_version_is_raised_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(upcasts.STEPS, ("note", 0), lambda body: {"text": body["words"]})
    assert upcasts.from_body("note", {"words": "as it was called once"}) == Note(text="as it was called once")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ANY_TEXT = st.text(st.characters(), max_size=40)  # halves of surrogate pairs and control characters too
ENTRIES = st.one_of(
    st.builds(Said, text=ANY_TEXT, source=ANY_TEXT),
    st.builds(Note, text=ANY_TEXT, usage=st.none() | st.just({"calls": 1, "cost": None, "exact": True})),
    st.builds(Edits, edits=st.lists(st.dictionaries(ANY_TEXT, JSON, max_size=4), max_size=3).map(tuple)),
    st.builds(Rejected, proposal=ANY_TEXT, practice=ANY_TEXT, title=ANY_TEXT, reason=ANY_TEXT),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.passing() as made:
        yield made


@settings(max_examples=80, deadline=None)
@given(whats=st.lists(ENTRIES, min_size=1, max_size=3))
def test_whatever_is_written_is_read_back(store: Store, whats: list[Any]) -> None:
    written = store.append("p", [New(what=what) for what in whats])
    assert store.entries("p", after=written[0].seq - 1) == written
    assert [entry.what for entry in written] == whats
    document = json.loads(json.dumps([entry.document() for entry in written]))
    assert [upcasts.from_body(row["kind"], row["body"]) for row in document] == whats


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), object(), 10**5000], ids=["nan", "inf", "object", "huge"]
)
def test_what_has_no_json_is_refused_before_it_is_written(value: Any) -> None:
    with Store.passing() as store:
        store.append("p", [New(what=Note(text="first"))])
        with pytest.raises(StorageError, match="cannot be written"):
            store.append("p", [New(what=Edits(edits=({"value": value},)))])
        assert len(store.entries("p")) == 1


@pytest.fixture
def session(own_home: Path) -> Any:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    yield app.session("p")
    app.store.close()


STORY = "A customer sends an order. The sales clerk checks the order. Then the warehouse packs the goods."


def test_an_edit_that_could_not_be_read_again_is_refused_and_the_project_opens(session: Session) -> None:
    session.tell(STORY)
    role = session.process.roles[0]
    unread = role.model_copy(update={"cost_per_hour": 8.1e23, "cost_basis": Basis.STATED})
    with pytest.raises(EditRefused, match="cannot be kept"):
        session.change([PutRole(role=unread)], "answer", "built-in rules")
    again = Session(Bench(session.bench.settings, session.bench.store, lambda: None, lambda: None), "p")  # type: ignore[arg-type,return-value]
    assert again.state == session.state
    assert again.process.role(role.id) == role


# --- the state goes on -------------------------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """A journal of a project: edits, words, undo and redo of any turn that can be, branches begun and taken up."""
    journal: list[Entry] = []
    state = replay("p", [])
    for number in range(draw(st.integers(1, 16))):
        kinds = ["insert", "rename", "story", "open", "ask", "undo", "undo", "redo", "instead", "branch", "switch"]
        new = _entries(state, _step(draw, draw(st.sampled_from(kinds)), number, state))
        try:
            state = replay("p", [*journal, *new])
        except StorageError:
            continue
        journal += new
    return journal


def _entries(state: State, new: list[New]) -> list[Entry]:
    place = {"project": "p", "branch": state.branch, "turn": state.turn + 1, "at": WHEN}
    return [Entry(**dict(item), **place, seq=state.seen + number) for number, item in enumerate(new, 1)]


def _step(draw: st.DrawFn, kind: str, number: int, state: State) -> list[New]:
    turns = st.integers(1, max(1, state.turn))
    last = state.process.flow.items[-1].id if state.process.flow.items else None  # type: ignore[union-attr]
    place = {"after": last} if last else {"into": "flow"}
    insert = {"op": "insert", "blocks": [{"task": {"id": f"t{number}", "name": f"Do {number}"}}], "place": place}
    said = New(what=Said(text=f"words {number}", writer="1@x"))
    whats: dict[str, list[Any]] = {
        "insert": [Edits(edits=(insert,), source="request")],
        "rename": [Edits(edits=({"op": "rename", "id": last or "none", "name": f"Name {number}"},), source="request")],
        "story": [said.what, Edits(edits=(insert,), source="story")],
        "open": [said.what],
        "ask": [Asked(questions=(AskedQuestion(id=f"q{number % 5}", text="How long?"),))],
        "undo": [Undo(turn=draw(turns))],
        "redo": [Redo(turn=draw(turns))],
        "instead": [said.what, Undo(turn=draw(turns), within=True), Note(text="instead")],
        "branch": [Branch(name=f"b{number}", from_turn=state.turn)],
        "switch": [Switch(name=draw(st.sampled_from(state.branches)))],
    }
    return [New(what=what) for what in whats[kind]]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.data())
def test_a_state_that_goes_on_is_the_state_of_the_whole_journal(journal: list[Entry], data: st.DataObject) -> None:
    state, at = replay("p", []), 0
    while at < len(journal):
        size = data.draw(st.integers(1, 4))
        state = state.advanced(journal[at : at + size])
        at += size
        whole = replay("p", journal[:at])
        for field in ("process", "story", "entries", "lineage", "gone", "open", "asked", "answered", "decided"):
            assert getattr(state, field) == getattr(whole, field), field
        assert (state.branch, state.turn, state.seen, state.branches) == (
            whole.branch, whole.turn, whole.seen, whole.branches,
        )  # fmt: skip
        assert (state.last_change(), state.last_undone(), state.pending) == (
            whole.last_change(), whole.last_undone(), whole.pending,
        )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(duration=durations())
def test_a_duration_of_any_kind_survives_the_journal(store: Store, duration: Any) -> None:
    edit = SetValue(id="a", field="work", value=duration.document())
    written = store.append("d", [New(what=Edits(edits=(edit_document(edit),)))])
    what = store.entries("d", after=written[0].seq - 1)[0].what
    assert isinstance(what, Edits)
    assert what.edits[0]["value"] == duration.document()


# --- damage ------------------------------------------------------------------------------------------------------


def broken(home: Path, statement: str, *values: Any) -> None:
    with sqlite3.connect(home / "projects.db") as connection:
        connection.execute(statement, values)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("edits", "{not json"),
        ("edits", '{"version": 1, "edits": [{"op": "no-such-edit"}]}'),
        ("edits", '{"version": 99, "edits": []}'),
        ("edits", '{"version": 1, "edits": "none"}'),
        ("strange", '{"version": 1}'),
        ("edits", "[" * 100_000),
    ],
)
def test_an_entry_that_cannot_be_read_names_the_remedy_and_the_remedy_works(
    own_home: Path, session: Session, kind: str, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    session.tell(STORY)
    good = session.process
    session.write([New(what=Note(text="to be broken"))])
    turn = session.state.turn
    broken(own_home, "UPDATE entries SET kind = ?, body = ? WHERE turn = ?", kind, body, turn)
    assert main(["project", "show", "p"]) == 2
    told_ = capsys.readouterr().err
    assert f"project undo p --turn {turn}" in told_
    assert "Traceback" not in told_
    assert main(["project", "undo", "p", "--turn", str(turn + 5)]) == 2
    assert f"--turn {turn}" in capsys.readouterr().err
    assert main(["project", "log", "p"]) == 0
    assert main(["project", "undo", "p", "--turn", str(turn)]) == 0
    capsys.readouterr()
    assert main(["project", "show", "p", "--json"]) == 0
    assert capsys.readouterr().out == dumps(good).rstrip() + "\n"
    journal = own_home / "p.journal"
    assert main(["project", "export", "p", str(journal)]) == 0
    assert main(["project", "import", str(journal), "--project", "q"]) == 0


@pytest.mark.parametrize("column", ["at", "turn"])
def test_a_row_that_is_no_entry_is_told_without_a_traceback(
    own_home: Path, session: Session, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    session.tell(STORY)
    broken(own_home, f"UPDATE entries SET {column} = 'nonsense' WHERE seq = 2")
    assert main(["project", "show", "p"]) == 2
    assert "fault of the program" not in capsys.readouterr().err


def test_every_kind_has_a_version() -> None:
    assert all("version" in shape.model_fields for shape in get_args(get_args(What)[0]))
    assert WHAT.validate_python({"kind": "note", "text": "x"}).body() == {"version": 1, "text": "x", "usage": None}
