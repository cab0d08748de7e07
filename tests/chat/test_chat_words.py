"""What the conversation says and takes: folders for `export`, names instead of ids, a help that fits the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import App
from assistant.chat.help import HELP
from assistant.chat.screen import Screen
from assistant.chat.turn import Talk
from assistant.cli.main import main
from assistant.process.tree import tasks
from assistant.process.with_names import with_names

STORY = "A customer sends an order. The sales clerk checks the order. Then the warehouse packs the goods."
SMALL = ("--cases", "20", "--replications", "2")


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    written: list[tuple[Path, bool]] = []

    def export(session: object, folder: Path, force: bool) -> list[Path]:
        written.append((folder, force))
        return [folder / "report.html"]

    made = Talk(app.session("p"), export)
    made.turn(STORY)
    made.written = written  # type: ignore[attr-defined]
    yield made
    app.store.close()


@pytest.mark.parametrize(
    ("words", "folder", "force"),
    [
        ("export out/x", "out/x", False),
        ("export out/x --force", "out/x", True),
        ("export --force out/x", "out/x", True),
        ("export 'my folder'", "my folder", False),
        ("export --force", "out/p", True),
    ],
)
def test_export_takes_a_folder_and_force(talk: Talk, words: str, folder: str, force: bool) -> None:
    talk.turn(words)
    assert talk.written == [(Path(folder), force)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["export report.html", "export out/x.bpmn", "export out --forse"])
def test_export_refuses_what_is_no_folder(talk: Talk, words: str) -> None:
    reply = talk.turn(words)
    assert not talk.written  # type: ignore[attr-defined]
    assert any("export " in line for line in reply.lines)


def test_help_fits_a_screen_of_sixty_columns() -> None:
    shown = Screen(width=60).lines((HELP,)).split("\n")
    assert max(map(len, shown)) < 60
    rows = [line for line in shown if line.startswith("  ")]
    assert all(line[2:17].strip() == "" or line[16] == " " for line in rows)
    assert len([line for line in shown if line and not line.startswith(" ")]) <= 8


def test_messages_name_steps_and_not_their_ids(talk: Talk) -> None:
    process = talk.session.process
    task = next(task for task in tasks(process) if "_" in task.id)
    told = with_names(f"There is no place after {task.id}. '{process.roles[0].id}' has work.", process)
    assert task.id not in told
    assert f"after “{task.name}”" in told
    assert f"“{process.roles[0].name}” has work" in told
    assert with_names("Nothing is named here.", process) == "Nothing is named here."


def test_questions_of_an_earlier_sitting_can_still_be_answered(talk: Talk) -> None:
    app_session = type(talk.session)(talk.session.bench, "p")
    again = Talk(app_session, talk.export)
    again.greet()
    again.turn("about 30 a day")
    assert again.session.process.volume is not None


@pytest.mark.parametrize("command", ["map", "change", "check", "redesign"])
def test_a_file_keeps_nothing_unless_a_project_is_named(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("orders.txt").write_text(STORY, encoding="utf-8")
    assert main(["map", "orders.txt", "--out", "maps"]) == 0
    words = {
        "map": ["map", "orders.txt", "--force", "--out", "maps"],
        "change": ["change", "maps/orders.json", "rename Check order to Verify order"],
        "check": ["check", "maps/orders.json"],
        "redesign": ["redesign", "orders.txt", *SMALL],
    }[command]
    assert main(words) in (0, 1)
    capsys.readouterr()
    assert main(["project", "list"]) == 0
    assert "No projects yet" in capsys.readouterr().out
    if command == "check":
        return
    assert main([*words, "--project", "Orders", *(["--force"] if command == "redesign" else [])]) == 0
    capsys.readouterr()
    assert main(["project", "show", "orders"]) == 0
    assert "order" in capsys.readouterr().out
