"""Names on the screen and in the own report as they were told; in the journal, in prompts and in exports never."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from fake_models import FunctionModel
from typer.testing import CliRunner

from assistant.app import App
from assistant.cli.main import cli
from assistant.language.reading import read_story
from assistant.process.outline import to_plain_outline
from assistant.workspace.family_names import Called

STORY = (
    "Every order is taken by Mr Adler. Then Mrs Albrecht checks the order, which takes 10 minutes. If the order is "
    "wrong, Mr Adler calls the customer. Mr Adler's list waits two days for Dr. O'Neil. At the end Miss Brandl sends "
    "the goods."
)
MAP = """PROCESS Orders
FLOW
TASK Mr A: take order | "taken by Mr A"
TASK Miss B: send goods | "sends the goods"
END done
"""
FAMILY = ("Adler", "Albrecht", "O'Neil", "Brandl")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path


def run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_report_holds_the_names_as_told_and_the_journal_never(home: Path) -> None:
    out = home / "out"
    shown = run("redesign", home / "story.txt", "--project", "orders", "--out", out)
    for name in ("report.md", "report.html", "as-is.svg", "as-is.json", "as-is.bpmn"):
        text = (out / name).read_text(encoding="utf-8")
        assert "Mr Adler" in text, name
        assert "Mr A " not in text, name
    assert "Adler" in shown
    data = (home / "home" / "projects.db").read_bytes()
    run("project", "export", "orders", home / "all.journal")
    journal = (home / "all.journal").read_text(encoding="utf-8")
    assert "Mr A" in journal
    assert not any(name in journal or name.encode() in data for name in FAMILY)
    assert "by: Mrs Albrecht" in run("project", "show", "orders")
    assert "Mr Adler" in run("map", home / "story.txt", "--out", home / "map") + (home / "map" / "story.md").read_text()


@pytest.mark.parametrize("project", [(), ("--project", "orders")])
def test_quotations_are_the_words_of_the_story_at_their_place(home: Path, project: tuple[str, ...]) -> None:
    told = (
        "Mr. Brown writes the order on paper for Maria Lopez (a@shop.com). Then Dr. Weber types the order again; this "
        "takes 20 minutes. The manager signs every order and it lies 3 days because Dr. Weber is away.\n"
    )
    (home / "told.txt").write_text(told, encoding="utf-8")
    found = json.loads(CliRunner().invoke(cli, ["redesign", str(home / "told.txt"), "--json", *project]).stdout)[
        "findings"
    ]
    quotes = [quote for finding in found for quote in finding["quotes"]]
    assert any("Weber" in quote["text"] for quote in quotes)
    for quote in quotes:
        assert told[quote["start"] : quote["end"]].replace("a@shop.com", "[EMAIL_1]") == quote["text"]
        assert quote["text"].endswith(("away.", "minutes.", "[EMAIL_1]).", "again"))


def test_the_table_is_for_its_owner_alone_and_goes_with_the_project(home: Path) -> None:
    run("map", home / "story.txt", "--project", "orders", "--out", home / "map")
    file = home / "home" / "names" / "orders.json"
    assert json.loads(file.read_text()) == {"Adler": "A", "Albrecht": "AA", "O'Neil": "O", "Brandl": "B"}
    assert os.stat(file).st_mode & 0o077 == 0
    run("project", "rename", "orders", "sales")
    assert "Mr Adler" in run("project", "show", "sales")
    run("project", "delete", "sales", "--yes")
    assert not list((home / "home" / "names").iterdir())
    run("map", home / "story.txt", "--out", home / "again")
    assert not list((home / "home" / "names").iterdir()), "without a project nothing is kept"


def test_no_name_reaches_a_model(home: Path) -> None:
    asked: list[str] = []

    def answer(prompt, attempt):
        asked.append(prompt.user)
        return MAP if prompt.name == "map" else "NONE all is well\n" if prompt.name == "diagnose" else "# No\n"

    app = replace(App.build(os.environ), handed=FunctionModel(answer))
    session = app.start_story("orders", STORY)
    shown = session.called.back(session.redesign())
    assert [role.name for role in shown.as_is.roles] == ["Mr Adler", "Miss Brandl"]
    assert len(asked) > 2
    assert not any(name in text for text in asked for name in FAMILY)


def test_what_is_said_later_keeps_one_letter_for_one_name() -> None:
    called = Called(None, "p")
    first = called.mask("Mr Adler takes it. Mr Adler's list is long.")
    later = called.mask("Mrs Albrecht helps Mr Adler, and Dr. Anders too.")
    assert (first, later) == ("Mr A takes it. Mr A's list is long.", "Mrs AA helps Mr A, and Dr. AAA too.")
    assert called.back(f"{first} {later}") == (
        "Mr Adler takes it. Mr Adler's list is long. Mrs Albrecht helps Mr Adler, and Dr. Anders too."
    )


@pytest.mark.parametrize("text", [
    "Grade A or B, plan B, a Mr Aachen, Mr ABC, section A.", "A man. Mr and Mrs do it.", "mr_a calls", "Mr a, Mr O'B",
])  # fmt: skip
def test_only_a_kept_name_is_put_back(text: str) -> None:
    called = Called(None, "p")
    called.mask("Mr Adler and Miss Brandl do it.")
    assert called.back(text) == text


def test_a_letter_the_story_uses_itself_is_not_given_to_somebody_else() -> None:
    called = Called(None, "p")
    kept = called.mask("Mr A calls Mr Adler.")
    assert kept == "Mr A calls Mr AA."
    assert called.back(kept) == "Mr A calls Mr Adler."


def test_a_story_is_read_the_same_with_its_names_masked() -> None:
    words, names = Called(None, "p").masked(STORY)
    kept = to_plain_outline(read_story(words, None).process)
    told = to_plain_outline(read_story(STORY, None).process)
    for name, letter in names.items():
        told = told.replace(name, letter)
    assert kept == told


def test_a_name_typed_as_it_is_shown_is_the_person_that_is_known(home: Path) -> None:
    said = "Mr Adler takes every order. Then Mrs Brandl checks the order.\nMr Adler checks the order, not Mrs Brandl\n"
    result = CliRunner().invoke(cli, ["chat", "talk"], input=said)
    assert "Gave “Check order” to Mr Adler." in result.output
    assert "Added the role Mr Adler.\n- Gave" not in result.output
    data = (home / "home" / "projects.db").read_bytes()
    assert b"Adler" not in data
    assert b"Brandl" not in data
    assert "by: Mrs" not in run("project", "show", "talk").partition("## Roles")[0]
