"""A model as judge, through the commands: it decides only when people agree with it, for this prompt and rubric."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from stub_server import StubServer

from assistant.cli.main import main
from assistant.evals.judging import ANSWER, TODAY
from assistant.evals.runfile import Run, write_run
from assistant.evals.shapes import Case, Row

KEY = "sk-proj-Zx81kQvB4rT0mN6yP3aS"
POINTS = ("cause", "clear")


def judging(wrong: Sequence[str] = ()) -> Callable[[dict[str, Any]], str]:
    """A judge that prefers the answer that says it is good; where the words of `wrong` stand, it says the other."""

    def answer(body: dict[str, Any]) -> str:
        text = str(body["messages"][-1]["content"])
        first, _, second = text.partition("second:")
        better = "first" if "good answer" in first else "second" if "good answer" in second else "neither"
        if any(word in text for word in wrong):
            better = {"first": "second", "second": "first", "neither": "neither"}[better]
        marks = dict.fromkeys(POINTS, 3)
        return json.dumps({"first": marks, "second": marks, "better": better})

    return answer


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ASSISTANT_EVAL_BASELINE", str(tmp_path / "baseline"))
    return tmp_path


def pairs(path: Path, count: int = 40) -> Path:
    """Pairs as people marked them: each second one has the good answer second, a fifth are as good."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("human", "today", "first", "second"))
        for number in range(count):
            good = number % 5
            texts = ("plain answer", "good answer") if good in (0, 1) else ("good answer", "plain answer")
            texts = ("plain answer", "plain words") if good == 4 else texts
            rows.writerow(((5, 5, 1, 1, 3)[good], f"Case {number}.", *texts))
    return path


def answers(path: Path, says: str) -> Path:
    """A run of 12 redesigns that all say the same."""
    cases = {("proposals", str(n)): Case(str(n), {"n": n}, {}) for n in range(12)}
    rows = [Row("proposals", str(n), 1, {"sound": 1.0}, {ANSWER: f"{says} {n}", TODAY: "Today."}) for n in range(12)]
    write_run(Run({"suite": "proposals", "repeats": 1, "model": "fake:x", "guarded": []}, cases, rows), path)
    return path


def command(server: StubServer, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    return main(["eval", *words])


def test_a_judge_people_agree_with_decides_and_only_with_its_prompt_and_rubric(
    place: Path, monkeypatch: Any, capsys: Any
):
    old, new = answers(place / "old.jsonl", "good answer"), answers(place / "new.jsonl", "plain answer")
    compare = ("compare", str(old), str(new), "--judge", "openai:stub")
    with StubServer(judging()) as server:
        assert command(server, monkeypatch, *compare) == 4
        assert "only advises" in capsys.readouterr().out
        asked = len(server.requests)
        assert asked == 24, "each pair is asked in both orders"
        assert command(server, monkeypatch, "calibrate", str(pairs(place / "p.csv")), "--model", "openai:stub") == 0
        assert "accepted: weighted kappa 1.00" in capsys.readouterr().out
        assert command(server, monkeypatch, *compare, "--json") == 1
        found = json.loads(capsys.readouterr().out)
        assert found["verdict"] == "worse"
        assert "judged_better" in found["why"]
        rubric = place / "rubric.txt"
        rubric.write_text("- short: shorter is better")
        assert command(server, monkeypatch, *compare, "--rubric", str(rubric)) == 4
        assert "only advises" in capsys.readouterr().out
        assert command(server, monkeypatch, *compare[:-1], "openai:another") == 4


def test_a_judge_with_kappa_of_four_tenths_cannot_decide(place: Path, monkeypatch: Any, capsys: Any):
    old, new = answers(place / "old.jsonl", "good answer"), answers(place / "new.jsonl", "plain answer")
    wrong = [f"Case {number}." for number in range(0, 40, 3)]
    with StubServer(judging(wrong)) as server:
        ratings = str(pairs(place / "p.csv"))
        assert command(server, monkeypatch, "calibrate", ratings, "--model", "openai:stub", "--json") == 1
        found = json.loads(capsys.readouterr().out)
        assert 0.3 < found["kappa"] < 0.5
        assert found["verdict"] == "not accepted"
        assert command(server, monkeypatch, "compare", str(old), str(new), "--judge", "openai:stub", "--json") == 4
        told = json.loads(capsys.readouterr().out)
        assert told["verdict"] == "no evidence"
        assert told["advice"][0]["after"] == 0


def test_marks_that_are_there_are_weighed_and_nobody_is_asked(place: Path, capsys: Any):
    file = place / "marks.csv"
    file.write_text("human,judge\n" + "\n".join(f"{mark},{mark}" for mark in (1, 2, 3, 4, 5) * 6))
    assert main(["eval", "calibrate", str(file), "--model", "openai:stub"]) == 0
    assert "accepted" in capsys.readouterr().out
    file.write_text("human,judge\n9,9\n")
    assert main(["eval", "calibrate", str(file)]) != 0
    assert "outside 1 to 5" in capsys.readouterr().err


def test_a_judge_that_likes_what_comes_first_prefers_nothing(place: Path, monkeypatch: Any, capsys: Any):
    old, new = answers(place / "old.jsonl", "an answer"), answers(place / "new.jsonl", "another answer")
    marks = dict.fromkeys(POINTS, 3)
    with StubServer([json.dumps({"first": marks, "second": marks, "better": "first"})]) as server:
        command(server, monkeypatch, "compare", str(old), str(new), "--judge", "openai:stub", "--json")
        assert json.loads(capsys.readouterr().out)["advice"][0]["after"] == 0.5


def test_answers_that_are_the_same_are_not_asked_about_and_rules_judge_nothing(
    place: Path, monkeypatch: Any, capsys: Any
):
    old = answers(place / "old.jsonl", "an answer")
    with StubServer(judging()) as server:
        command(server, monkeypatch, "compare", str(old), str(old), "--judge", "openai:stub")
        assert server.requests == []
        assert command(server, monkeypatch, "calibrate", str(pairs(place / "p.csv"))) == 2
        assert "judge no answer" in capsys.readouterr().err
