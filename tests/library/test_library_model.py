"""The library with a language model at hand: it widens the question, orders the few found, writes an entry's words."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from fake_models import FixedModel
from stub_server import Bad, StubServer
from typer.testing import CliRunner

from assistant.app import App
from assistant.cli.main import cli
from assistant.errors import ModelUnreachable
from assistant.library.entries import ProcessEntry
from assistant.library.store import load_library
from assistant.library.template import template
from assistant.settings import load_settings
from assistant.workspace import finding
from assistant.workspace.generating import asking, generated

DOWN = ModelUnreachable("The model cannot be reached.")


def app(tmp_path: Path, *answers: Any) -> App:
    texts = [answer if isinstance(answer, Exception) else json.dumps(answer) for answer in answers]
    return App(load_settings({}), tmp_path, lambda text: None, FixedModel(texts))


def test_the_question_is_asked_in_the_fields_terms_too_and_the_few_found_are_ordered(tmp_path: Path) -> None:
    question = "my trip to Lyon was in March and I am still out of pocket"
    asked = app(tmp_path, {"terms": ["expense reimbursement"]}, {"order": ["expense-to-reimbursement"]})
    strange = asked.search(question, 5)
    assert [hit.code for hit in strange.results][:1] == ["P31"]
    assert "expense reimbursement" in strange.ranking
    assert "fake:fixed" in strange.ranking


def test_an_order_of_entries_that_were_not_found_is_refused_and_the_built_in_one_stands(tmp_path: Path) -> None:
    question = "chasing people for the money they owe us"
    wrong = [{"order": ["made-up"]}, {"order": ["collections", "collections"]}, {"order": "P33"}]
    found = app(tmp_path, {"terms": []}, *wrong).search(question, 3)
    assert found.results[0].code == "P33"
    assert "built-in search" in found.notes[-1]


def test_a_model_that_is_away_is_a_note(tmp_path: Path) -> None:
    found = app(tmp_path, DOWN).search("chasing people for the money they owe us", 3)
    assert [len(found.results), found.results[0].code] == [3, "P33"]
    assert found.notes == ("The model cannot be reached: the order is that of the built-in search.",)


def test_a_search_waits_for_a_model_a_short_while_only(tmp_path: Path) -> None:
    class Waited(FixedModel):
        budgets: tuple[Any, ...] = ()

        def ask(self, prompt: Any, shape: Any, budget: Any) -> Any:
            self.budgets = (*self.budgets, budget)
            return super().ask(prompt, shape, budget)

    model = Waited([json.dumps({"terms": []}), json.dumps({"order": ["collections"]})])
    App(load_settings({}), tmp_path, lambda text: None, model).search("chasing people for the money they owe us", 3)
    assert len(model.budgets) == 2
    assert all(budget.seconds is not None and budget.seconds <= 20 for budget in model.budgets)


def test_a_model_that_is_not_set_up_stops_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL", "openai:gpt-4o-mini")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    ran = CliRunner().invoke(cli, ["library", "search", "chasing people for the money they owe us", "--json"])
    assert ran.exit_code == 0, ran.output
    document = json.loads(ran.stdout)
    assert document["results"][0]["code"] == "P33"
    assert "built-in search" in document["notes"][-1]


def test_a_model_may_say_that_nothing_is_close(tmp_path: Path) -> None:
    found = app(tmp_path, {"terms": []}, {"order": []}).search("who signs this bill", 3)
    assert found.results == ()
    assert found.nearest
    assert found.notes[-1].startswith("Nothing close")


WORDS: dict[str, Any] = {
    "also_called": ["dunning at Meyer GmbH"], "people_say": [f"they owe us money since {n} days, {w}" for n, w in
    enumerate("one two three four five six seven eight".split())], "function": "Finance", "trigger": "A bill is due",
    "end": "The 500 euro have come", "scope_out": ["credit"], "whys": [], "pains": [
    {"pattern": f"Pain {w}", "shows_as": "somebody waits", "practices": ["H02"]} for w in ("a", "b", "c")],
}  # fmt: skip


def test_a_new_entry_gets_its_words_in_one_call_without_names_and_figures() -> None:
    library = load_library()
    entry = library.process("P33")
    assert entry is not None
    steps = [step.id for step in ProcessEntry.model_validate(yaml.safe_load(generated(template(entry)))).steps][:3]
    whys = [{"step": step, "why": f"Without {step.replace('_', ' ')} 20 cases lie"} for step in steps]
    model = FixedModel([json.dumps({**WORDS, "whys": whys})])
    text = generated(template(entry), words=asking(model, library, print))
    made = ProcessEntry.model_validate(yaml.safe_load(text))
    assert made.function == "Finance"
    assert "500" not in made.end
    assert len(made.people_say) >= 8
    assert "Meyer" not in text
    assert not any(char.isdigit() for line in made.people_say for char in line)
    assert len(model.asked) == 1
    assert [bool(made.step(step) and made.step(step).why) for step in steps] == [True, True, True]


@pytest.mark.parametrize("answer", [DOWN, "no json", json.dumps({**WORDS, "whys": [{"step": "x", "why": "none"}] * 3})])
def test_without_an_answer_the_draft_says_todo_and_why(answer: Any) -> None:
    library, said = load_library(), list[str]()
    entry = library.process("P33")
    assert entry is not None
    model = FixedModel([answer] * 4)
    text = generated(template(entry), words=asking(model, library, said.append))
    assert "TODO: how a colleague would ask for it" in text
    assert "TODO" in said[0]


QUESTION = "chasing people for the money they owe us"


def searched(server: StubServer, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the search says with the language model of a server at hand."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("ASSISTANT_MODEL", "openai:stub")
    ran = CliRunner().invoke(cli, ["library", "search", QUESTION, "--json", "--top", "3"])
    assert ran.exit_code == 0, ran.output
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


@pytest.mark.parametrize(
    "answers",
    [
        [Bad("hang")],
        [Bad("server")],
        [json.dumps({"terms": ["collections"]}), Bad("hang")],
        [json.dumps({"terms": []}), json.dumps({"order": ["made-up", "collections"]})],
        [json.dumps({"terms": []}), json.dumps({"order": ["P33"]})],
        [json.dumps({"terms": []}), json.dumps({"order": ["collections", "collections"]})],
    ],
    ids=["hangs", "down", "down at the second call", "an invented id", "a code for an id", "an id twice"],
)
def test_a_server_that_is_down_or_mixes_up_ids_leaves_the_built_in_answer_and_says_so(
    answers: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "PATIENCE", 0.5)
    with StubServer(answers) as server:
        found = searched(server, monkeypatch)
        asked = len(server.requests)
    assert asked >= 1
    assert [len(found["results"]), found["results"][0]["code"]] == [3, "P33"]
    assert found["notes"][-1].endswith("the order is that of the built-in search.")


def test_both_questions_to_a_model_share_one_short_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter((100.0, 100.0, 111.0))
    monkeypatch.setattr(finding, "time", SimpleNamespace(monotonic=lambda: next(now, 111.0)))  # no other thread's clock
    budgets: list[float] = []

    class Slow(FixedModel):
        def ask(self, prompt: Any, shape: Any, budget: Any) -> Any:
            budgets.append(budget.seconds)
            return super().ask(prompt, shape, budget)

    model = Slow([json.dumps({"terms": []}), json.dumps({"order": ["collections"]})])
    App(load_settings({}), tmp_path, lambda text: None, model).search(QUESTION, 3)
    assert budgets == [14.0, 3.0]
