"""A turn is one transaction: kept whole or not at all, also when the program is killed or two work at once."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

import assistant.language.reading as reading_room
from assistant.app import App
from assistant.chat.turn import Talk
from assistant.cli.main import main
from assistant.errors import StorageError
from assistant.process.edits import Delete, Rename
from assistant.process.tree import tasks
from assistant.projects.journal import Edits, Said, Unread
from assistant.projects.replay import replay
from assistant.projects.store import Conflict, Store

STORY = "A customer sends an order. The sales clerk checks the order. Then the warehouse packs the goods."
MORE = "After that the driver delivers the parcel to the customer."
LAST = "Finally accounting sends the invoice to the customer."


@pytest.fixture
def app(own_home: Path) -> Iterator[App]:
    made = App.build({"ASSISTANT_HOME": str(own_home)})
    yield made
    made.store.close()


def talk(app: App) -> Talk:
    return Talk(app.session("p"), lambda session, folder, force: [])


def whole(app: App) -> None:
    """Every turn with words has what came of it, and every journal replays to what a session holds."""
    entries = app.store.entries("p")
    kinds: dict[int, Counter[str]] = {}
    for entry in entries:
        kinds.setdefault(entry.turn, Counter())[entry.kind] += 1
    assert all(set(found) != {"said"} for found in kinds.values()), kinds


def test_several_answers_in_one_breath_are_one_turn_and_one_undo(app: App) -> None:
    conversation = talk(app)
    conversation.turn(STORY)
    before, turns = conversation.session.process, conversation.session.state.turn
    number = {question.field: at for at, question in enumerate(conversation.asked, 1)}
    words = f"{number['work']}: ten minutes each; {number['volume']}: about 30 a day"
    conversation.turn(words)
    assert conversation.session.process != before
    assert conversation.session.process.volume is not None
    assert conversation.session.state.turn == turns + 1
    kinds = Counter(entry.kind for entry in app.store.entries("p") if entry.turn == turns + 1)
    assert kinds["said"] == 1
    assert kinds["edits"] == kinds["answered"] == 2
    conversation.turn("undo")
    assert conversation.session.process == before


def test_a_correction_of_the_whole_story_is_one_turn_and_one_undo(app: App) -> None:
    conversation = talk(app)
    conversation.turn(STORY)
    conversation.turn("Then the boss signs the invoice.")
    before, turns = conversation.session.process, conversation.session.state.turn
    conversation.turn("I meant that the accountant files the invoice.")
    assert conversation.session.state.turn == turns + 1
    assert conversation.session.process != before
    conversation.turn("undo")
    assert conversation.session.process == before
    conversation.turn("redo")
    assert conversation.session.process != before
    assert app.session("p").process == conversation.session.process


def test_words_of_which_nothing_came_say_why(app: App) -> None:
    conversation = talk(app)
    conversation.turn(STORY)
    for words in ("no idea", "change something", "It takes 20 minutes, not 11 minutes", "remove the moon landing"):
        conversation.turn(words)
    said = [entry.what.text for entry in app.store.entries("p") if isinstance(entry.what, Said)]
    assert said[1:] == ["no idea", "change something", "It takes 20 minutes, not 11 minutes", "remove the moon landing"]
    whole(app)
    assert not app.session("p").state.pending


def test_halves_of_letters_and_other_encodings_are_read(app: App, own_home: Path) -> None:
    conversation = talk(app)
    assert conversation.turn(STORY + " \udcff\ud800").lines
    conversation.turn("rename 'Check order' to 'Verify\ud83d order'")
    assert app.session("p").process == conversation.session.process
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "chat", "q"],
        input=STORY.replace("clerk", "Käufer").encode("cp1252") + b"\n\xff\xfe\xed\xa0\x80\n",
        capture_output=True, timeout=300, check=False, env={**os.environ, "ASSISTANT_HOME": str(own_home)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Käufer" in app.store.entries("q")[0].what.text


# --- two at once -------------------------------------------------------------------------------------------------


def crossing(monkeypatch: pytest.MonkeyPatch, meanwhile: Any) -> None:
    """Let something happen once while the next story or request is being read."""
    import assistant.language.changing as changing_room

    for room, name in ((reading_room, "read_story"), (changing_room, "read_change")):
        real = getattr(room, name)

        def read(*given: Any, real: Any = real, **named: Any) -> Any:
            if not done:
                done.append(True)
                meanwhile()
            return real(*given, **named)

        monkeypatch.setattr(room, name, read)
    done: list[bool] = []


def test_what_was_said_while_another_wrote_is_taken_in_on_the_new_state(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = talk(app), talk(app)
    one.turn(STORY)
    crossing(monkeypatch, lambda: two.turn("rename 'Check order' to 'Verify order'"))
    reply = one.turn(MORE)
    assert "Somebody else" in reply.lines[0]
    names = [task.name for task in tasks(one.session.process)]
    assert "Verify order" in names
    assert any("eliver" in name for name in names)
    assert app.session("p").process == one.session.process
    whole(app)


def test_what_no_longer_fits_is_offered_and_can_be_taken_in(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    one = talk(app)
    one.turn(STORY)
    step = next(task for task in tasks(one.session.process) if task.name == "Check order")
    other = app.session("p")

    def edits(*_: Any) -> Any:
        one.session.hear("call it Verify order", "correction")
        if other.state.last_change() == one.session.state.last_change():
            other.change([Delete(ids=(step.id,))], "request", "built-in rules")
        one.session.change([Rename(id=step.id, name="Verify order")], "correction", "built-in rules")

    monkeypatch.setattr(Talk, "_said", edits)
    reply = one.turn("call it Verify order")
    assert "while somebody else changed" in reply.lines[0]
    assert step.id not in reply.lines[0]
    assert [said.what.text for said in app.session("p").state.pending] == ["call it Verify order"]
    other.undo()
    monkeypatch.undo()
    monkeypatch.setattr(
        Talk, "_said", lambda self, words: self.changed(
            self.session.change([Rename(id=step.id, name="Verify order")], "correction", "built-in rules")
        ),
    )  # fmt: skip
    one.turn("again")
    assert "Verify order" in [task.name for task in tasks(app.session("p").process)]
    assert not app.session("p").state.pending


def test_a_turn_under_way_elsewhere_is_not_taken_up(app: App, own_home: Path) -> None:
    talk(app).turn(STORY)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    session = app.session("p")
    session.hear(MORE, "story")
    entry = app.store.entries("p")[-1]
    writer = entry.what.writer.split("@")[1]  # type: ignore[union-attr]
    body = {**entry.what.body(), "writer": f"{child.pid}@{writer}"}
    import sqlite3

    with sqlite3.connect(own_home / "projects.db") as connection:
        connection.execute("UPDATE entries SET body = ? WHERE seq = ?", (json.dumps(body), entry.seq))
    try:
        assert "cut off" not in talk(app).greet().lines[0]
    finally:
        child.kill()
        child.wait()
    assert "cut off" in talk(app).greet().lines[0]


def chat(words: Path) -> None:
    """A conversation fed from a file, in a process of its own."""
    with words.open(encoding="utf-8") as sys.stdin, Path(os.devnull).open("w") as sys.stdout:
        sys.exit(main(["chat", "p"]))


def copied(work: Callable[..., None], words: Path, lines: Sequence[str], *more: int) -> BaseProcess:
    """A copy of this process that hears these lines: the program need not be loaded anew for each."""
    words.write_text("\n".join(lines) + "\n", encoding="utf-8")
    child = multiprocessing.get_context("fork").Process(target=work, args=(words, *more))
    child.start()
    return child


def test_two_programs_on_one_project_lose_no_word(app: App, tmp_path: Path) -> None:
    talk(app).turn(STORY)
    sides = [[f"Then the {who} the {what}." for what in ("form", "card")]
             for who in ("planner files", "auditor stamps")]  # fmt: skip
    children = [copied(chat, tmp_path / f"{number}.txt", side) for number, side in enumerate(sides)]
    for child in children:
        child.join(300)
        assert child.exitcode == 0
    said = [entry.what.text for entry in app.store.entries("p") if isinstance(entry.what, Said)]
    assert all(words in said for side in sides for words in side)
    talk(app).greet()  # takes up what had to wait, if anything
    session = app.session("p")
    names = [task.name for task in tasks(session.process)]
    assert all(any(what in name for name in names) for what in ("form", "card"))
    assert sorted(session.state.said()) == sorted([STORY, *sides[0], *sides[1]])
    whole(app)


# --- killed ------------------------------------------------------------------------------------------------------

TURNS = (STORY, MORE, "about 30 a day, two people", "no, the clerk does that", LAST, "undo", "redo",
         "1: ten minutes; 2: 20 a day", "rename 'Check order' to 'Verify order'")  # fmt: skip


def killed_while_writing(words: Path, after: int) -> None:
    """Runs in a process of its own, which kills itself as hard as can be when it is about to write once too often."""
    import assistant.projects.store as room

    plain, left = room._insert, itertools.count(after, -1)

    def insert(*given: Any) -> Any:
        if next(left) <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(*given)

    room._insert = insert
    with words.open(encoding="utf-8") as sys.stdin, Path(os.devnull).open("w") as sys.stdout:
        main(["chat", "p"])


@pytest.mark.parametrize("after", random.Random(8).sample(range(18), 6))  # the turns write some twenty rows
def test_killed_in_the_middle_of_writing_a_turn_is_whole_or_not_at_all(app: App, tmp_path: Path, after: int) -> None:
    child = copied(killed_while_writing, tmp_path / "words.txt", TURNS, after)
    child.join(180)
    assert child.exitcode == -signal.SIGKILL
    entries = app.store.entries("p") if app.store.exists("p") else []
    state = replay("p", entries)
    assert len(state.pending) <= 1
    conversation = talk(app)
    conversation.greet()
    assert not conversation.session.state.pending
    assert conversation.turn(LAST + " Then the archivist stores the file.").lines
    assert any("store" in task.name.lower() for task in tasks(app.session("p").process))
    whole(app)


# --- the disk ----------------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_is_told_and_the_next_turn_works(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = talk(app)
    conversation.turn(STORY)
    before, real = conversation.session.process, Store.append
    left = [1]  # what is said fits, what came of it does not

    def full(self: Store, *given: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise StorageError("The journal cannot be used.", "database or disk is full", "Free some space.")
        return real(self, *given, **named)

    monkeypatch.setattr(Store, "append", full)
    reply = conversation.turn(MORE)
    assert any("disk is full" in line for line in reply.lines)
    assert conversation.session.process == before
    monkeypatch.undo()
    assert [said.what.text for said in app.session("p").state.pending] == [MORE]
    assert "I have taken it up now" in talk(app).greet().lines[0]
    assert any("eliver" in task.name for task in tasks(app.session("p").process))


def test_what_was_stopped_by_hand_is_kept_and_named(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = talk(app)
    conversation.turn(STORY)

    def stop(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading_room, "read_story", stop)
    with pytest.raises(KeyboardInterrupt):
        conversation.turn(MORE)
    monkeypatch.undo()
    assert isinstance(app.store.entries("p")[-1].what, Unread)
    assert conversation.turn(LAST).lines[0] == "What changed:"
    whole(app)


def test_a_project_that_was_deleted_or_renamed_is_not_begun_again(app: App) -> None:
    conversation = talk(app)
    conversation.turn(STORY)
    app.store.rename("p", "q")
    assert "is gone" in conversation.turn(MORE).lines[0]
    assert [summary.id for summary in app.store.projects()] == ["q"]
    with pytest.raises(StorageError):
        conversation.session.write([*[]] or _note())
    app.store.delete("q")
    assert app.store.projects() == []


def _note() -> list[Any]:
    from assistant.projects.journal import New, Note

    return [New(what=Note(text="x"))]


def test_a_writer_that_is_late_is_a_conflict(app: App) -> None:
    app.store.append("p", _note())
    with pytest.raises(Conflict):
        app.store.append("p", _note(), after=0)


def test_delete_asks_and_rename_keeps_all(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    talk(app).turn(STORY)
    process = app.session("p").process
    assert main(["project", "delete", "p"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert main(["project", "rename", "p", "Sales Orders"]) == 0
    assert app.session("sales-orders").process == process
    assert main(["project", "rename", "nobody", "x"]) == 2
    assert main(["project", "delete", "sales-orders", "--yes"]) == 0
    assert app.store.projects() == []


def test_a_reading_that_a_model_offered_is_the_models(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    import assistant.language.changing as changing_room

    conversation = talk(app)
    conversation.turn(STORY)
    real = changing_room.read_change

    def by_model(process: Any, words: str, model: Any = None) -> Any:
        from dataclasses import replace

        return replace(real(process, words, None), made_by="openai:stub", prompt="change 1 (abc)")

    monkeypatch.setattr(changing_room, "read_change", by_model)
    reply = conversation.turn("add 'Check order' after 'Pack goods'")
    assert any(line.startswith("(1)") for line in reply.lines), reply.lines
    conversation.turn("1")
    edits = [entry for entry in app.store.entries("p") if isinstance(entry.what, Edits)][-1]
    assert (edits.made_by, edits.prompt) == ("openai:stub", "change 1 (abc)")
