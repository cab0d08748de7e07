"""What people give by mistake or malice ends in a clear error with its exit code, and nothing is written."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest

from assistant.cli.main import main

POEM = """The leaves are falling, gold and red,
The evening lies upon the hill,
And all the words we left unsaid
Are singing in the silence still."""
PROJECT = """In May we will move to the new office. First we have to hire a moving company, then pack all boxes, and
on the 12th of May everybody moves. After the move we will celebrate once with a big party and close the project."""
BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><task id="t" name="&c;"/></process>
</definitions>"""


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"\0" + b"\xff\0\0" * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 1, 8, 2, 0, 0, 0)) + chunk(b"IDAT", pixels)


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t \n",
    "noise.txt": bytes((n * 7919 + n // 13) % 251 for n in range(50_000)) * 100,
    "letters.txt": b"qwx zrt plk mnb " * 320_000,
    "poem.txt": POEM.encode(),
    "project.txt": PROJECT.encode(),
    "picture.txt": png(),
    "broken.bpmn": b'<?xml version="1.0"?><definitions><process>',
    "bomb.bpmn": BOMB.encode(),
    "other.bpmn": b"<html><body>hello</body></html>",
    "broken.json": b'{"schema": "process/1", "name": ',
    "other.json": b'{"hello": "world"}',
    "list.json": b"[1, 2, 3]",
    "deep.json": b'{"schema": "process/1", "name": "x", "flow": ' + b'{"sequence": [' * 5000 + b"]}" * 5000 + b"}",
    "fake.docx": b"PK\x03\x04 this is no document",
    "fake.pdf": b"%PDF-1.7 this is no document",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_and_nothing_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / name, tmp_path / "out"
    source.write_bytes(BAD[name])
    command = "redesign" if name.endswith((".bpmn", ".json")) else "map"
    assert main([command, str(source), "--out", str(out)]) == 2
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert "fault of the program" not in told.err
    assert 1 <= len(told.err.strip().splitlines()) <= 4
    assert told.out == ""
    assert not out.exists() or not list(out.iterdir())
    assert main(["project", "list"]) == 0
    assert "No projects yet" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["poem.txt", "project.txt"])
def test_what_is_no_process_is_said_with_the_reason(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    assert main(["map", str(tmp_path / name)]) == 2
    assert "because" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["simulate", "check", "convert", "compare"])
def test_every_reader_of_processes_refuses_the_bomb(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = tmp_path / "bomb.bpmn"
    bomb.write_bytes(BAD["bomb.bpmn"])
    second = {"convert": [str(tmp_path / "x.json")], "compare": [str(bomb)]}.get(command, [])
    assert main([command, str(bomb), *second]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "story.txt"
    story.write_text("A customer sends an order. The clerk checks the order. The warehouse ships the goods.")
    (tmp_path / "taken").write_text("a file, no folder")
    assert main(["map", str(story), "--out", str(tmp_path / "taken" / "out")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_files_that_are_there_are_kept_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story, out = tmp_path / "story.txt", tmp_path / "out"
    story.write_text("A customer sends an order. The clerk checks the order. The warehouse ships the goods.")
    assert main(["map", str(story), "--out", str(out)]) == 0
    (out / "story.json").write_text("mine")
    assert main(["map", str(story), "--out", str(out)]) == 2
    assert (out / "story.json").read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert main(["map", str(story), "--out", str(out), "--force"]) == 0
    assert json.loads((out / "story.json").read_text())["schema"] == "process/1"


def test_one_bad_story_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("A customer sends an order. The clerk checks the order. The warehouse ships the goods.")
    bad.write_text("")
    assert main(["map", str(bad), str(good), "--out", str(tmp_path / "out")]) == 2
    assert (tmp_path / "out" / "good.bpmn").is_file()
    assert "bad.txt" in capsys.readouterr().err


def test_a_compiled_file_cut_short_by_a_full_disk_is_told_from_a_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def cut_short(**_: object) -> None:
        raise EOFError("marshal data too short")

    monkeypatch.setattr("assistant.cli.common.app", cut_short)
    assert main(["library", "index"]) == 2
    assert "__pycache__" in capsys.readouterr().err


NO_ADDRESS = ("HOST[::1", "HOST127.0.0.1:abc/v1", "HOST127.0.0.1:99999/v1", "HOST", "HOSTa..b/v1", "HOST127.0.0.1/\n")


@pytest.mark.parametrize("written", NO_ADDRESS)
@pytest.mark.parametrize(
    ("setting", "scheme", "command", "code"),
    [
        ("OPENAI_BASE_URL", "http://", ["map", "told.txt", "--model", "openai:stub"], 3),
        ("OPENAI_BASE_URL", "http://", ["library", "search", "goods", "--embeddings", "openai:stub"], 3),
        ("ASSISTANT_STORE", "postgresql://geheim:", ["project", "list"], 2),
        ("", "sc://", ["log", "told.csv", "--engine", "spark", "--url"], 2),
    ],
    ids=["model", "embeddings", "store", "spark"],
)
def test_an_address_that_is_none_is_said_to_be_none(
    setting: str, scheme: str, command: list[str], code: int, written: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    Path("told.txt").write_text("A customer sends an order. The clerk checks the order.", encoding="utf-8")
    Path("told.csv").write_text("case,activity,time\n1,Check,2024-01-01 10:00\n", encoding="utf-8")
    address = written.replace("HOST", scheme)
    if setting:
        monkeypatch.setenv(setting, address)
    assert main([*command, *([] if setting else [address])]) == code
    told = capsys.readouterr().err
    assert "address" in told
    assert "fault of the program" not in told
    assert "geheim" not in told
