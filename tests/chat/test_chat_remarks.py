"""What was said besides the steps is told in words, and asked about where it may be meant otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.main import cli

STORY = (
    "When a customer brings a bike, the clerk registers the repair in the system. The mechanic inspects the bike. "
    "The workshop manager approves every quote, but he never refuses one. The mechanic repairs the bike. We always "
    "type the same data again into the accounting system. Then the clerk calls the customer. Customers complain that "
    "they wait too long. By law the brakes must be checked by a second person."
)
pytestmark = pytest.mark.usefixtures("short_plays")
RAW = ("{'", '"id"', "remark_")


def run(*words: str, told: str | None = None) -> str:
    result = CliRunner().invoke(cli, list(words), input=told)
    assert result.exit_code == 0, result.output
    return result.output


def said(project: str, *turns: str) -> list[dict[str, Any]]:
    output = run("chat", project, "--json", told="".join(f"{turn}\n" for turn in turns))
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("way", ["chat", "show", "map", "convert"])
def test_no_raw_data_is_shown_of_what_was_heard(way: str, tmp_path: Path) -> None:
    if way in ("chat", "show"):
        shown = run("chat", "bikes", told=f"{STORY}\nshow\nundo\nredo\n")
        shown = run("project", "show", "bikes") if way == "show" else shown
    else:
        story = tmp_path / "bikes.txt"
        story.write_text(STORY, encoding="utf-8")
        run("map", str(story), "--out", str(tmp_path / "out"))
        shown = (tmp_path / "out" / "bikes.md").read_text(encoding="utf-8")
        if way == "convert":
            run("convert", str(tmp_path / "out" / "bikes.json"), str(tmp_path / "x.md"))
            shown = (tmp_path / "x.md").read_text(encoding="utf-8")
            run("convert", str(tmp_path / "x.md"), str(tmp_path / "y.json"))
            assert (tmp_path / "y.json").read_text() == (tmp_path / "out" / "bikes.json").read_text()
    assert not [mark for mark in RAW if mark in shown], shown
    assert "Customers complain that they wait too long." in shown or way == "chat"
    if way == "chat":
        assert "Heard: “" in shown
        assert "typed again)" in shown


DOUBT = "It goes round and round between the two."
DOUBTED = f"{STORY.replace('Then the clerk calls the customer. ', '')} {DOUBT}"


@pytest.mark.parametrize(("answer", "sure"), [("yes", True), ("1: Yes, it does.", True), ("no", None)])
def test_a_yes_to_what_may_be_meant_makes_it_count_and_a_no_takes_it_away(answer: str, sure: bool | None) -> None:
    documents = said("bikes", DOUBTED, "about 20 a day", "propose", answer, "The clerk then files the invoice.")
    (question,) = documents[3]["questions"]
    assert question["text"].startswith(f"You said “{DOUBT}”: does that mean")
    assert "answer" in documents[4]["kind"]
    assert documents[4]["changed"]
    remarks = json.loads(run("project", "show", "bikes", "--json"))["remarks"]
    found = [remark.get("sure", True) for remark in remarks if remark["text"] == DOUBT]
    assert found == ([] if sure is None else [sure])


@pytest.mark.parametrize("words", ["add --force", "--force", "yes, overwrite them"])
def test_force_after_a_refused_export_repeats_it(words: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    documents = said("bikes", STORY, f"export {folder}", f"export {folder}", words, "add --force")
    assert "Written:" in documents[2]["lines"]
    assert any("already holds" in line for line in documents[3]["lines"])
    assert "Written:" in documents[4]["lines"]
    assert not any(document["changed"] for document in documents[2:])
    assert "Written:" not in documents[5]["lines"]


def test_a_second_report_lies_beside_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said("bikes", STORY, "export", "export")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"bikes", "bikes-2"}


def test_nothing_is_written_by_a_yes_to_a_refusal_that_never_was(tmp_path: Path) -> None:
    words = ("yes, overwrite them", "overwrite the report", "ok, you may overwrite the files", "force", "replace them")
    _, _, *documents = said("bikes", STORY, *words, f"export {tmp_path / 'out'}", *words)
    assert "Written:" in documents.pop(len(words))["lines"]
    assert len(documents) == 2 * len(words)
    for document in documents:
        assert not document["changed"]
        assert document["lines"] == [
            "Nothing waits to be overwritten: no `export` was just refused. Nothing was changed."
        ]
    assert "verwrite" not in run("project", "show", "bikes", "--json")
