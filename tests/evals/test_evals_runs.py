"""A verdict is only given where the cases carry it, and the scorers tell better from worse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.errors import UnreadableFile
from assistant.evals.calibration import calibrate
from assistant.evals.maps import score_map
from assistant.evals.runner import Case, Suite, compare_runs, run_suite
from assistant.evals.shortform import form, short_process
from assistant.evals.statistics import detectable, estimate, weighted_kappa
from assistant.evals.suites import suites


def fake(values: list[float]) -> Suite:
    cases = [Case(str(number), number, None) for number in range(len(values))]
    return Suite("fake", "a list of numbers", "right", lambda: cases, lambda case, model: {"right": values[case.given]})


def run(values: list[float]) -> dict[str, object]:
    return run_suite(fake(values), None, "built-in rules")


def test_better_worse_and_no_evidence() -> None:
    low = [0.2, 0.3, 0.1, 0.4, 0.2, 0.3, 0.2, 0.1]
    high = [value + 0.4 for value in low]
    assert compare_runs(run(low), run(high))["verdict"] == "better"
    assert compare_runs(run(high), run(low))["verdict"] == "worse"
    mixed = [value + (0.1 if n % 2 else -0.1) for n, value in enumerate(low)]
    assert compare_runs(run(low), run(mixed))["verdict"] == "no evidence"
    assert compare_runs(run(low), run(low))["verdict"] == "no evidence"


def test_runs_on_other_cases_or_too_few_cannot_be_compared() -> None:
    assert compare_runs(run([0.1] * 3), run([0.9] * 3))["verdict"] == "cannot tell"
    assert compare_runs(run([0.1] * 8), run([0.9] * 9))["verdict"] == "cannot tell"


def test_more_pairs_show_smaller_differences() -> None:
    noise = [0.1, -0.1, 0.05, -0.05]
    assert detectable(noise * 10) < detectable(noise * 2)


def test_an_interval_holds_its_mean() -> None:
    found = estimate([0.0, 1.0, 1.0, 0.5])
    assert found["low"] <= found["mean"] <= found["high"]


def test_kappa_is_one_for_agreement_and_near_zero_for_chance() -> None:
    scale = [1, 2, 3, 4, 5] * 10
    assert weighted_kappa(scale, scale) == 1
    assert abs(weighted_kappa(scale, [3, 1, 5, 2, 4] * 10)) < 0.6
    assert weighted_kappa(scale, list(reversed(scale))) < 0


def test_a_judge_is_accepted_only_when_it_agrees(tmp_path: Path) -> None:
    good, bad, few = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "few.csv"
    good.write_text("human,judge\n" + "\n".join(f"{n % 5 + 1},{n % 5 + 1}" for n in range(40)))
    bad.write_text("human,judge\n" + "\n".join(f"{n % 5 + 1},{(n * 3) % 5 + 1}" for n in range(40)))
    few.write_text("human,judge\n1,1\n5,5\n")
    assert calibrate(good)["verdict"] == "accepted"
    assert calibrate(bad)["verdict"] == "not accepted"
    assert calibrate(few)["verdict"] == "cannot tell"
    with pytest.raises(UnreadableFile):
        calibrate(tmp_path / "none.csv")


def test_a_map_equals_itself_and_loses_with_every_step_lost() -> None:
    gold = short_process(
        ["Receive order", {"choice": {"question": "Ok?", "branches": [["Pack goods"], []]}}, "Send bill"]
    )
    less = short_process(["Receive order", "Send bill"])
    whole, part = score_map(gold, gold), score_map(gold, less)
    assert whole["task_f1"] == whole["flow_f1"] == whole["split_f1"] == 1
    assert part["task_f1"] == pytest.approx(0.8)
    assert part["split_f1"] == 0


def test_a_form_ignores_ids_and_the_order_of_branches_only() -> None:
    one = short_process([{"parallel": {"branches": [["Pack goods"], ["Send bill"]]}}])
    other = short_process([{"parallel": {"branches": [["Send bill"], ["Pack goods"]]}}])
    assert form(one.flow, True) == form(other.flow, True)
    assert form(one.flow, True) != form(short_process(["Pack goods", "Send bill"]).flow, True)


@pytest.mark.parametrize("name", [suite.name for suite in suites()])
def test_every_suite_has_cases_with_their_own_ids(name: str) -> None:
    cases = next(suite for suite in suites() if suite.name == name).load()
    assert len(cases) >= 5
    assert len({case.id for case in cases}) == len(cases)


def test_the_command_compares_with_the_blessed_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    assert main(["eval", "run", "search", "--only", "8", "--out", str(old)]) == 0
    assert main(["eval", "bless", str(old)]) == 0
    document = json.loads(old.read_text())
    for row in document["rows"]:
        row["scores"]["first_five"] = 0.0
    new.write_text(json.dumps(document))
    assert main(["eval", "compare", str(old)]) == 4
    assert main(["eval", "compare", str(new)]) == 1
    assert main(["eval", "compare", str(new), str(old)]) == 0
    assert main(["eval", "report", str(old)]) == 0
    capsys.readouterr()
    assert main(["eval", "run", "nothing"]) == 2
    assert main(["eval", "compare", str(tmp_path / "x.json")]) == 2
    assert "Traceback" not in capsys.readouterr().err
