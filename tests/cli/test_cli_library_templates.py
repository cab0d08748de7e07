"""Starting from a template: a project, a file, the chat, and the comparison with it, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.cli.main import cli
from assistant.process.tree import tasks
from assistant.workspace.session import Session


def run(*words: str) -> str:
    result = CliRunner().invoke(cli, list(words), catch_exceptions=True)
    assert result.exit_code == 0, result.output
    return result.output


def session(name: str) -> Session:
    import os

    return App.build(os.environ).session(name)


def test_a_project_starts_from_a_template_once() -> None:
    assert "mine" in run("project", "start", "--from", "P30", "mine")
    assert next(task.name for task in tasks(session("mine").process)) == "Receive invoice"
    again = CliRunner().invoke(cli, ["project", "start", "--from", "P43", "mine"])
    assert again.exit_code != 0
    assert next(task.name for task in tasks(session("mine").process)) == "Receive invoice"
    assert "invoice-to-pay" in run("project", "start", "--from", "supplier invoices")


@pytest.mark.parametrize(("words", "said"), [("H22", "practice"), ("carrot cake", "no template"), ("../../etc", "no")])
def test_what_is_no_template_begins_nothing(words: str, said: str) -> None:
    from assistant.errors import UsageError
    from assistant.workspace.templates import named_template

    app = App.build({"ASSISTANT_HOME": "/nowhere"})
    with pytest.raises(UsageError, match=said):
        named_template(app.library, words)
    result = CliRunner().invoke(cli, ["project", "start", "--from", words, "empty"])
    assert result.exit_code != 0
    assert session("empty").empty


@pytest.mark.parametrize("ending", ["svg", "bpmn", "md", "json"])
def test_an_entry_stands_where_a_file_can(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    run("convert", "p30", str(target))
    assert "Receive invoice" in target.read_text(encoding="utf-8").replace("</tspan>", " ").replace("\n", " ") or (
        "Receive" in target.read_text(encoding="utf-8")
    )


def test_a_file_of_that_name_goes_before_the_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("P30").write_text("# Mine\n\n## Steps\n1. Bake bread\n", encoding="utf-8")
    run("convert", "P30", "out.md")
    assert "Bake bread" in Path("out.md").read_text(encoding="utf-8")


def talk(name: str) -> Talk:
    return Talk(session(name), lambda *_: [])


def names(room: Talk) -> list[str]:
    return [task.name for task in tasks(room.session.process)]


@pytest.mark.parametrize(
    "words",
    [
        "start from the template for supplier invoices",
        "Start from P30",
        "please use the template for paying supplier invoices.",
        "let's begin with the template called invoice-to-pay",
    ],
)
def test_the_chat_starts_from_a_template_and_fits_it(words: str) -> None:
    room = talk("fit")
    reply = room.turn(words)
    assert "P30" in reply.lines[0]
    assert "Receive invoice" in names(room)
    room.turn("we don't scan invoices and we do not remind approvers")
    assert not {"Scan invoice", "Remind approver"} & set(names(room))
    questions = [block.question for block in room.session.process.flow.items if hasattr(block, "question")]
    assert "Is it on paper?" not in questions  # nothing was left to decide
    room.turn("the office manager approves invoices")
    approval = next(task for task in tasks(room.session.process) if task.name == "Approve invoice")
    assert approval.role == "office_manager"
    room.turn("receiving takes 10 minutes")
    assert "10 min" in "\n".join(room.turn("show").lines)
    told = "\n".join(room.turn("compare mine with it").lines)
    assert "Beside the template P30" in told
    room.turn("undo")
    room.turn("undo")
    room.turn("undo")
    assert "Scan invoice" in names(room)


def test_a_decision_goes_with_its_only_step_whatever_was_said_before() -> None:
    room = talk("fit")
    room.turn("start from P30")
    listed = room.turn("which of these steps do you have?").lines
    assert any("Scan invoice (Mailroom)" in line for line in listed)
    room.turn("we do not scan invoices")
    assert "Is it on paper?" not in "\n".join(room.turn("show").lines)
    asked = room.turn("which steps do we have?").lines
    assert "Left out: “Scan invoice”." in asked
    assert not any("Scan invoice (" in line for line in asked)


def test_another_word_for_a_step_leaves_out_that_step_and_no_other() -> None:
    room = talk("files")
    room.turn("start from P30")
    before = names(room)
    room.turn("we do not file the invoice")
    assert [name for name in before if name not in names(room)] == ["Archive invoice"]


def test_a_question_about_a_way_out_names_its_decision() -> None:
    room = talk("asked")
    room.turn("start from P30")
    asked = [question for question in room.open_questions() if question.id.startswith("rejected:")]
    assert asked
    assert all(question.text.startswith("“") for question in asked)
    told = " ".join(question.text for question in asked)
    assert "Are the bank details new?" not in told  # “no” to that turns nobody down
    assert "Is it approved?" in told


def test_a_story_goes_on_as_before() -> None:
    room = talk("told")
    room.turn("The clerk opens the letter. Then the clerk scans the letter. The manager signs the letter.")
    before = names(room)
    room.turn("we start from the template on the intranet and fill it in")
    assert set(before) <= set(names(room))


def test_library_compare_reads_stories_and_files(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "The post room receives the invoice. The clerk types the invoice into the system. The boss signs the invoice. "
        "The clerk pays the invoice.",
        encoding="utf-8",
    )
    document = json.loads(run("library", "compare", "P30", str(story), "--json"))
    assert len(document["shared"]) >= 3
    assert any(item["kind"] == "control" for item in document["missing"])
    assert "Missing" in run("library", "compare", "P30", str(story))


def test_the_talk_asks_what_fits_a_template_and_takes_a_limit() -> None:
    room = talk("limit")
    told = "\n".join(room.turn("start from the template for supplier invoices").lines)
    for question in ("Which of these steps do you have", "Who does it in your house", "What is your limit?"):
        assert question in told
    room.turn("our limit is 5,000 euro")
    assert "Is it above the limit of 5,000 euro?" in "\n".join(room.turn("show").lines)
    room.turn("the limit is 8,000 euro")
    told = "\n".join(room.turn("show").lines)
    assert "Is it above the limit of 8,000 euro?" in told
    assert "5,000" not in told


def test_of_two_limits_the_one_named_is_meant() -> None:
    room = talk("two")
    room.turn("start from P25")
    room.turn("the buyer's limit is 20,000 euro")
    told = "\n".join(room.turn("show").lines)
    assert "Is the award above the buyer's limit of 20,000 euro?" in told
    assert "Is it above the requester's limit?" in told
