"""`chat --json`: one line of input is one turn, and one object comes out for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from assistant.cli.main import cli

STORY = "A guest orders a cake. The baker bakes the cake, which takes 40 minutes. Then the clerk sells the cake."


def said(project: str, *turns: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(cli, ["chat", project, "--json"], input="".join(f"{turn}\n" for turn in turns))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_turn_gives_one_object_and_the_greeting_is_turn_0() -> None:
    documents = said("cakes", STORY, "", "help", "accept 9", "quit", "never read")
    assert [document["turn"] for document in documents] == [0, 1, 2, 3, 4]
    keys = {"turn", "kind", "changed", "edits", "lines", "questions", "facts", "made_by"}
    assert all(set(document) == keys for document in documents)
    assert documents[1]["kind"] == ["story"]
    assert documents[1]["changed"]
    assert documents[1]["edits"]
    assert {"id", "text"} == set(documents[1]["questions"][0])
    assert documents[2]["kind"] == ["command"]
    assert not documents[2]["changed"]
    assert documents[2]["edits"] == []
    assert "no proposal 9" in " ".join(documents[3]["lines"])


def test_a_redesign_shows_that_it_works_beside_the_conversation_and_not_in_documents() -> None:
    plain = CliRunner().invoke(cli, ["chat", "p"], input=f"{STORY}\npropose\n")
    assert "Looking for what hurts" in plain.stderr
    assert "Looking for what hurts" not in plain.stdout
    documents = CliRunner().invoke(cli, ["chat", "q", "--json"], input=f"{STORY}\npropose\n")
    assert "Looking for what hurts" not in documents.stderr + documents.stdout


def test_a_dropped_path_is_never_taken_for_a_story(tmp_path: Path) -> None:
    """Whatever stands there is read or refused by what it is; the words of the path are no part of the story."""
    drawn, folder, told = tmp_path / "drawn.json", tmp_path / "folder", tmp_path / "how 'it' runs"
    drawn.write_text('{"schema": "process/1", "name": "P", "flow": [{"task": {"id": "a", "name": "Check order"}}]}')
    folder.mkdir()
    (tmp_path / "log.csv").write_text("case;activity;time\n1;Check;2026-11-02\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    told.write_text(STORY)
    paths = [drawn, folder, tmp_path / "log.csv", tmp_path / "picture.png"]
    *refused, read = said("p", *map(str, paths), str(told).replace(" ", "\\ ").replace("'", "\\'"))[1:]
    for document, word in zip(refused, ("drawn already", "a folder", "assistant log", "a picture"), strict=True):
        assert word in " ".join(document["lines"])
        assert not document["changed"]
    assert read["changed"]
    assert "how" not in json.dumps(read["edits"]).lower()


def test_a_line_that_begins_with_a_tilde_is_told_and_no_path() -> None:
    documents = said("p", "The clerk checks the order.", "~40 orders a day")
    assert documents[-1]["lines"], "nobody is called 40"
