"""What scripts rely on: one document on standard output, exit codes, nothing kept of what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from assistant.app import App
from assistant.cli.main import main
from assistant.process.codec import dumps, from_data

PROCESS = from_data(
    {
        "schema": "process/1",
        "name": "Orders",
        "roles": [{"id": "clerk", "name": "Clerk"}],
        "flow": [
            {"task": {"id": "a", "name": "Check order", "role": "clerk"}},
            {"task": {"id": "b", "name": "Pack goods", "role": "clerk"}},
        ],
    }
)


@pytest.fixture
def orders(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert own_home
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.json").write_text(dumps(PROCESS), encoding="utf-8")
    return tmp_path


def test_a_change_whose_file_is_there_is_refused_before_it_is_kept(
    orders: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (orders / "new.bpmn").write_text("mine", encoding="utf-8")
    assert main(["change", "orders.json", "remove Check order", "--out", "new.bpmn"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (orders / "new.bpmn").read_text(encoding="utf-8") == "mine"
    with App.build({"ASSISTANT_HOME": str(own_home)}).store as store:
        assert store.projects() == []
    assert main(["change", "orders.json", "remove Check order", "--out", "new.bpmn", "--force"]) == 0
    assert "definitions" in (orders / "new.bpmn").read_text(encoding="utf-8")


def batch(folder: Path, *cases: dict[str, str]) -> str:
    (folder / "cases.jsonl").write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    return "cases.jsonl"


def case(name: str, before: str = "orders.json", request: str = "remove Check order") -> dict[str, str]:
    return {"id": name, "before": before, "request": request}


def test_a_batch_does_what_it_can_and_names_the_rest(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = batch(orders, case("good"), case("lost", before="nowhere.bpmn"))
    assert main(["change", "--batch", cases, "--out", "done", "--json"]) == 0
    told = capsys.readouterr()
    rows = {row["id"]: row for row in json.loads(told.out)["cases"]}
    assert "error" not in rows["good"]
    assert "nowhere.bpmn" in rows["lost"]["error"]
    assert (orders / "done" / "good.bpmn").is_file()
    assert not (orders / "done" / "lost.bpmn").exists()


@pytest.mark.parametrize("cases", [(), (case("lost", before="nowhere.bpmn"),), (case("../evil"),)])
def test_a_batch_of_which_nothing_can_be_made_ends_with_two(
    orders: Path, cases: tuple[dict[str, str], ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["change", "--batch", batch(orders, *cases), "--out", "done"]) == 2
    assert capsys.readouterr().out == ""
    assert not list(orders.glob("**/*.bpmn"))


def test_a_batch_does_not_overwrite_and_stops_before_it_begins(orders: Path) -> None:
    (orders / "done").mkdir()
    (orders / "done" / "second.bpmn").write_text("mine", encoding="utf-8")
    words = ["change", "--batch", batch(orders, case("first"), case("second")), "--out", "done"]
    assert main(words) == 2
    assert not (orders / "done" / "first.bpmn").exists()
    assert main([*words, "--force"]) == 0
    assert (orders / "done" / "second.bpmn").read_text(encoding="utf-8") != "mine"


def test_a_project_of_a_name_nearly_right_is_offered(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "import", "orders.json", "--project", "order_to_cash"]) == 0
    capsys.readouterr()
    assert main(["project", "show", "order-to-cash"]) == 2
    assert "Did you mean order_to_cash?" in capsys.readouterr().err


COMMENTS = "id{0}comment\n1{0}The delivery was late\n2{0}Late delivery again\n"


@pytest.mark.parametrize(
    "data",
    [
        COMMENTS.format(",").encode(),
        COMMENTS.format(";").encode("utf-8-sig"),
        COMMENTS.format("\t").encode("utf-16"),
        COMMENTS.format(",").replace("delivery", "Zustellung für").encode("cp1252"),
        COMMENTS.format(",").replace("\n", "\r\n").encode(),
    ],
)
def test_comments_as_spreadsheets_export_them(orders: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (orders / "said.csv").write_bytes(data)
    assert main(["feedback", "said.csv", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["comments"] == 2


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00\x01\x02", b"a,b\n1,2\n", "﻿".encode()])
def test_files_without_comments_are_refused_in_few_words(
    orders: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (orders / "said.csv").write_bytes(data)
    assert main(["feedback", "said.csv", "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert 1 <= len(told.err.strip().splitlines()) <= 3


JSON_COMMANDS = (
    ["check", "orders.json", "--json"],
    ["simulate", "orders.json", "--cases", "20", "--replications", "2", "--json"],
    ["redesign", "orders.json", "--cases", "20", "--replications", "2", "--json"],
    ["change", "orders.json", "remove Check order", "--json"],
    ["project", "list", "--json"],
    ["eval", "list", "--json"],
    ["config", "--json"],
    ["schema", "process"],
    ["library", "show", "P01", "--json"],
)


@pytest.mark.parametrize("words", JSON_COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_json_is_one_document_and_nothing_else(
    orders: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    told = capsys.readouterr()
    assert isinstance(json.loads(told.out), dict | list)
    assert "\x1b" not in told.out + told.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check", "-"], 0),
        (["simulate", "-", "--cases", "20", "--replications", "2", "--json"], 0),
        (["convert", "-", "new.bpmn"], 0),
        (["change", "-", "remove Check order", "--json"], 0),
        (["redesign", "-", "--cases", "20", "--replications", "2", "--json"], 0),
    ],
)
def test_a_dash_reads_standard_input(
    orders: Path, words: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (orders / "orders.json").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    assert main(words) == code


@pytest.mark.parametrize("command", ["check", "simulate"])
def test_an_empty_input_is_refused(orders: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert orders
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b""), encoding="utf-8"))
    assert main([command, "-"]) == 2
