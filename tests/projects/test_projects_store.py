"""The journal keeps what it has acknowledged, whatever happens to the program, the disk or a second writer."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import StorageError, UsageError
from assistant.projects.journal import Branch, Edits, New, Note, Redo, Said, Undo
from assistant.projects.replay import replay
from assistant.projects.store import Store

WRITER = """
import sys
from assistant.projects.journal import New, Note
from assistant.projects.store import Store
store = Store.open(sys.argv[1])
turn = 0
while True:
    turn += 1
    entries = store.append("p", [New(what=Note(text="x" * 500))], turn=turn)
    print(entries[0].seq, flush=True)
"""


def note(text: str) -> New:
    return New(what=Note(text=text))


def test_what_is_appended_is_read_back_in_order(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a" / "projects.db") as store:
        store.append("p", [note("one"), note("two")], turn=1)
        store.append("p", [note("three")], turn=2)
        store.append("q", [note("other")], turn=1)
        assert [entry.what.text for entry in store.entries("p")] == ["one", "two", "three"]
        assert {summary.id: summary.turns for summary in store.projects()} == {"p": 2, "q": 1}


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "projects.db"
    for _ in range(2):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        seen = [int(writer.stdout.readline()) for _ in range(25)]
        writer.send_signal(signal.SIGKILL)
        seen += [int(line) for line in writer.stdout.read().split("\n")[:-1] if line.strip().isdigit()]
        writer.wait()
        with Store.open(path) as store:
            kept = {entry.seq for entry in store.entries("p")}
        assert set(seen) <= kept


@pytest.mark.usefixtures("written_through")
def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path / "projects.db") as store, store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"


def test_two_writers_at_once_both_keep_everything(tmp_path: Path) -> None:
    path = tmp_path / "projects.db"
    Store.open(path).close()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    seen: set[int] = set()
    for writer in writers:
        assert writer.stdout is not None
        seen |= {int(writer.stdout.readline()) for _ in range(15)}
    for writer in writers:
        writer.kill()
        writer.wait()
    with Store.open(path) as store:
        kept = [entry.seq for entry in store.entries("p")]
    assert seen <= set(kept)
    assert len(kept) == len(set(kept))


def test_a_writer_that_missed_something_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "projects.db") as store:
        first = store.append("p", [note("one")], turn=1, after=0)[0]
        store.append("p", [note("from elsewhere")], turn=2)
        with pytest.raises(StorageError, match="changed by another program"):
            store.append("p", [note("late")], turn=2, after=first.seq)
        assert [entry.what.text for entry in store.entries("p")] == ["one", "from elsewhere"]


def test_a_full_disk_is_told_and_earlier_entries_stay(tmp_path: Path) -> None:
    path = tmp_path / "projects.db"
    with Store.open(path) as store:
        store.append("p", [note("kept")], turn=1)
    script = WRITER.replace("store = Store", "import resource\nstore = Store").replace(
        "turn = 0", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\nturn = 0",
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert "StorageError" in done.stderr
    acknowledged = {int(line) for line in done.stdout.split()}
    with Store.open(path) as store:
        entries = store.entries("p")
    assert acknowledged <= {entry.seq for entry in entries}
    assert entries[0].what.text == "kept"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError):
        Store.open(tmp_path / "sub" / "projects.db")
    tmp_path.chmod(0o700)


def test_a_journal_that_may_only_be_read_is_told_and_can_be_read(tmp_path: Path) -> None:
    with Store.open(tmp_path / "projects.db") as store:
        store.append("p", [note("kept")], turn=1)
    with Store.open(f"sqlite:///file:{tmp_path / 'projects.db'}?mode=ro&uri=true") as store:
        assert [entry.what.text for entry in store.entries("p")] == ["kept"]
        with pytest.raises(StorageError) as caught:
            store.append("p", [note("more")], turn=2)
    assert "readonly" in caught.value.why
    assert "may write" in caught.value.remedy


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("no folder")
    with pytest.raises(StorageError, match="cannot be used"):
        Store.open(tmp_path / "x" / "projects.db")


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "projects.db"
    path.write_bytes(b"this is no database at all, but long enough to look at" * 50)
    before = path.read_bytes()
    with pytest.raises(StorageError):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "projects.db"
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE assistant_version SET version = 99")
    with pytest.raises(StorageError, match="newer version"):
        Store.open(path)


def test_an_unknown_project_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "projects.db") as store, pytest.raises(UsageError, match="no project"):
        store.entries("nobody")


def test_a_password_in_the_address_is_not_shown() -> None:
    with pytest.raises(StorageError) as caught:
        Store.open("nosuchdialect://ann:secret@db/journal")
    assert "secret" not in str(caught.value)


def insert(task: str, place: dict[str, str]) -> New:
    edit = {"op": "insert", "blocks": [{"task": {"id": task, "name": f"Do {task}"}}], "place": place}
    return New(what=Edits(edits=(edit,), source="request"))


def test_undo_redo_and_branches_are_replays(tmp_path: Path) -> None:
    with Store.open(tmp_path / "projects.db") as store:
        store.append("p", [insert("a", {"into": "flow"})], turn=1)
        store.append("p", [insert("b", {"after": "a"})], turn=2)
        store.append("p", [New(what=Undo(turn=2))], turn=3)
        undone = replay("p", store.entries("p"))
        assert [task.id for task in undone.process.flow.items] == ["a"]
        assert undone.last_undone() == 2
        store.append("p", [New(what=Redo(turn=2))], turn=4)
        assert [task.id for task in replay("p", store.entries("p")).process.flow.items] == ["a", "b"]
        store.append("p", [New(what=Branch(name="bold", from_turn=4))], turn=5)
        store.append("p", [insert("c", {"after": "b"})], turn=6, branch="bold")
        bold, main = replay("p", store.entries("p")), replay("p", store.entries("p"), "main")
        assert bold.branch == "bold"
        assert [task.id for task in bold.process.flow.items] == ["a", "b", "c"]
        assert [task.id for task in main.process.flow.items] == ["a", "b"]


def test_a_turn_cut_off_after_the_words_is_known(tmp_path: Path) -> None:
    with Store.open(tmp_path / "projects.db") as store:
        store.append("p", [New(what=Said(text="first we check"))], turn=1)
        pending = replay("p", store.entries("p")).pending
        assert [said.what.text for said in pending] == ["first we check"]
        store.append("p", [insert("a", {"into": "flow"})], turn=1)
        assert not replay("p", store.entries("p")).pending
