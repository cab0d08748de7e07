"""A run with a language model is recorded and played again to the byte without it, its turns of conversation too."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from fake_models import FunctionModel
from stub_server import StubServer

from assistant.app import App
from assistant.cli.main import main
from assistant.errors import ModelUnreachable
from assistant.evals.door import CapReached, Purse
from assistant.evals.runfile import load_run
from assistant.evals.runner import Plan, Playing, play
from assistant.evals.shapes import Case, Row
from assistant.evals.suites import suites
from assistant.gateway.port import Prompt

STORY = 'PROCESS Post\nFLOW\nTASK Clerk: open mail | "The clerk opens the mail"\n'
ANSWERS = {
    "The clerk opens the mail.": STORY,
    "and then sorts it": "KIND told\nEXPLAIN Then the mail is sorted.\nINSERT AT END\n  TASK Clerk: sort mail",
    "who does what?": "KIND question\nQUESTION people: Who does what?",
    "The question:": "The clerk does both.",
}
"""What a model says, by what stands in the request; the last that fits counts."""


@pytest.fixture(autouse=True)
def only_here(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-proj-Zx81kQvB4rT0mN6yP3aS")
    (own_home / "config.toml").write_text('[language]\nrequests = "loopback"\n')


def answered(body: dict[str, Any]) -> str:
    asked = str(body["messages"][-1]["content"])
    said = asked.partition("The user says now:")[2] or asked
    return next(text for words, text in reversed(ANSWERS.items()) if words in said)


def test_turns_that_a_model_heard_are_played_again_to_the_byte_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
):
    case = {"id": "one", "given": {"turns": list(ANSWERS)[:3]}, "expect": {"end": {"steps": 2}}}
    own, tape = tmp_path / "own.yaml", tmp_path / "tape.jsonl"
    own.write_text(yaml.safe_dump({"schema": "case/1", "suite": "conversation", "cases": [case]}))
    once, again = tmp_path / "once.jsonl", tmp_path / "again.jsonl"
    words = ["eval", "run", "conversation", "--cases", str(own), "--jobs", "1"]
    with StubServer(answered) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert main([*words, "--model", "openai:stub", "--record", str(tape), "--out", str(once)]) == 0
        asked = len(server.requests)
    run = load_run(once)
    assert asked >= 4
    assert run.rows[0].calls == asked
    assert {label.partition("@")[0] for label in run.rows[0].prompts} == {"map", "turn", "answer"}
    assert run.rows[0].scores["end_state"] == 1
    assert any("The clerk does both." in line for line in run.rows[0].output["turns"][2]["lines"])
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")
    assert main([*words, "--replay", str(tape), "--out", str(again)]) == 0
    assert again.read_bytes() == once.read_bytes()
    assert "sk-proj" not in tape.read_text() + once.read_text()
    own.write_text(own.read_text().replace("and then sorts it", "and then she sorts it"))
    capsys.readouterr()
    assert main([*words, "--replay", str(tape)]) == 3, "nothing else is taken for an answer"
    assert "was not recorded" in capsys.readouterr().out


def test_a_call_nobody_answered_is_an_error_of_the_case_though_the_chat_goes_on(tmp_path: Path):
    suite = next(suite for suite in suites() if suite.name == "conversation")
    app, case = App.build({"ASSISTANT_HOME": str(tmp_path)}), Case("one", {"turns": list(ANSWERS)[:3]}, {})

    def played(model: FunctionModel, purse: Purse | None = None) -> Row:
        return play(replace(app, handed=model), suite, case, purse=purse)

    silent = FunctionModel(lambda prompt, _: STORY if prompt.name == "map" else ModelUnreachable("Nobody answers."))
    row = played(silent)
    assert (row.error_kind, row.scores) == ("ModelUnreachable", {})
    babbling = FunctionModel(lambda prompt, _: STORY if prompt.name == "map" else "As you like.")
    assert not played(babbling).error, "what cannot be read is a fail of the model and no error of the service"
    with pytest.raises(CapReached):
        played(silent, Purse(most=0.0))


def test_a_model_that_errs_on_a_tenth_is_told_so_where_the_program_goes_on_without_it(tmp_path: Path):
    suite = next(suite for suite in suites() if suite.name == "retrieval")
    cases = tuple(
        Case(f"{number}", {"query": f"bills lie around {number}"}, {"any_of": ["E02"]}) for number in range(10)
    )

    def answer(prompt: Prompt, attempt: int) -> str | ModelUnreachable:
        return ModelUnreachable("Nobody answers.") if "around 7" in prompt.user else "no form at all"

    app = replace(App.build({"ASSISTANT_HOME": str(tmp_path)}), handed=FunctionModel(answer))
    run = Playing(Plan("retrieval", ((suite, cases),)), app).run()
    assert [row.case for row in run.errors] == ["7"]
    assert run.document()["scores"]["answered"]["mean"] == 0.9


def test_a_run_keeps_its_cap_also_where_answers_could_not_be_read(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
):
    rows = [{"id": f"{number}", "given": {"query": f"bills lie around {number}"}, "expect": {"any_of": []}}
            for number in range(9)]  # fmt: skip
    own, out = tmp_path / "own.yaml", tmp_path / "out.jsonl"
    own.write_text(yaml.safe_dump({"schema": "case/1", "suite": "retrieval", "cases": rows}))
    with (own_home / "config.toml").open("a") as config:
        config.write('[language.prices]\n"openai:stub" = [1000.0, 1000.0]\n')
    with StubServer(lambda body: "no form at all") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        words = ["eval", "run", "retrieval", "--cases", str(own), "--jobs", "1", "--model", "openai:stub"]
        assert main([*words, "--most-cost", "9", "--out", str(out)]) == 4
        spent = len(server.requests) * (100 + 20) * 1000 / 1e6
    assert 0 < len(load_run(out).rows) < 9
    assert 0 < spent <= 9, "what could not be read was paid for, too"


def test_a_case_begun_from_a_turn_that_a_model_heard_holds_its_answers_and_plays_without_it(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
):
    out, run = tmp_path / "heard.yaml", tmp_path / "run.jsonl"
    (own_home / "config.toml").write_text('[language]\nrequests = "loopback"\ncache = true\n')
    new_case = ["eval", "new-case", str(out), "--project", "post", "--turn", "2"]
    with StubServer(answered) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setattr("sys.stdin", io.StringIO("The clerk opens the mail.\nand then sorts it\nwho does what?\n"))
        assert main(["chat", "post", "--model", "openai:stub"]) == 0
        asked = len(server.requests)
        assert main([*new_case[:-1], "1"]) == 0, "by the built-in rules"
        assert "--model openai:stub" in capsys.readouterr().err
        out.unlink()
        assert main([*new_case, "--model", "openai:stub"]) == 0
        assert len(server.requests) == asked, "what it answered before is kept"
    monkeypatch.delenv("OPENAI_API_KEY")
    (row,) = yaml.safe_load(out.read_text())["cases"]
    assert [turn["answers"] for turn in row["given"]["turns"]] == [
        {"map": STORY}, {"turn": ANSWERS["and then sorts it"]}
    ]  # fmt: skip
    assert row["expect"]["end"]["steps"] == 2
    assert main(["eval", "run", "recorded", "--cases", str(out), "--jobs", "1", "--out", str(run)]) == 0
    assert set(load_run(run).rows[0].scores.values()) == {1.0}
