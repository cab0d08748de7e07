"""`chat --json`: one line of input is one turn, and one object comes out for each."""

from __future__ import annotations

import json
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
