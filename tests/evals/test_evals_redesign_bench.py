"""The bench's judge: the best answer gets all, today's process nothing, what must stay or a trap makes it nothing."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.bpmn.read import read
from assistant.bpmn.write import write
from assistant.cli.main import main
from assistant.evals.redesignbench import BenchCase, best_answer, judged, load_bench
from assistant.evals.suites.exchange import without_extras
from assistant.process.apply import apply
from assistant.process.codec import from_data
from assistant.process.edits import Delete, SetRole
from assistant.process.tree import tasks

CASES = load_bench()
NOTHING_TO_GAIN = "06-runs-well"


def step(case: BenchCase, name: str) -> str:
    return next(task.id for task in tasks(from_data(case.as_is)) if task.name == name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_best_answer_gets_all_and_what_must_stay_is_missed_when_it_is_gone(case: BenchCase):
    best = judged(case, best_answer(case))
    assert best["gained"] == 1.0, best
    assert best["broken"] == []
    for name in case.keep:
        without = judged(case, apply(best_answer(case), [Delete(ids=(step(case, name),))]))
        assert without["gained"] == 0.0, name
        assert f"{name} is gone" in without["broken"]


@pytest.mark.parametrize("case", [case for case in CASES if case.name != NOTHING_TO_GAIN], ids=lambda case: case.name)
def test_todays_process_gains_nothing(case: BenchCase):
    today = judged(case, from_data(case.as_is))
    assert today["gained"] == 0.0
    assert today["broken"] == []


@pytest.mark.parametrize("case", [case for case in CASES if case.name != NOTHING_TO_GAIN], ids=lambda case: case.name)
def test_todays_steps_without_their_figures_gain_nothing(case: BenchCase):
    bare = without_extras(write(from_data(case.as_is)))
    assert judged(case, read(bare).process)["gained"] == 0.0, "plain BPMN knows no waits, so it cuts none"


def test_another_doer_in_plain_bpmn_cuts_the_wait_for_one_person():
    case = next(case for case in CASES if case.name == "05-fake-bottleneck")
    handed_on = apply(from_data(case.as_is), [SetRole(ids=("t2",), role="v")])
    assert judged(case, read(without_extras(write(handed_on))).process)["gained"] == 1.0


def test_a_trap_makes_it_nothing_and_made_up_steps_cost():
    case = next(case for case in CASES if case.name == "10-two-pairs-of-eyes")
    same_person = apply(best_answer(case), [SetRole(ids=("t2",), role="e")])
    assert judged(case, same_person)["broken"] == ["who enters also releases"]
    made_up = best_answer(case).model_dump()
    assert made_up
    data: dict[str, Any] = json.loads(json.dumps(case.as_is))
    data["flow"].append({"task": {"id": "extra", "name": "Hold a meeting about it"}})
    assert "1 step more than today" in judged(case, from_data(data))["told"]


def test_any_command_that_writes_a_process_is_tried_and_what_breaks_is_told(tmp_path: Path, capsys: Any):
    tool = tmp_path / "tool.py"
    tool.write_text(
        "import pathlib, sys\n"
        "today, out = map(pathlib.Path, sys.argv[1:])\n"
        "if today.name.startswith('03'): sys.exit('no idea')\n"
        "out.write_text('nonsense' if today.name.startswith('04') else today.read_text())\n"
    )
    words = f"{shlex.quote(sys.executable)} {shlex.quote(str(tool))} {{process}} {{out}}"
    assert main(["eval", "bench", "--system", words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    rows = {row["case"]: row for row in found["cases"]}
    assert found["errors"] == 2
    assert "no idea" in rows["03-approval-habit"]["error"]
    assert rows["01-order-check-late"]["gained"] == 0.0
    assert rows[NOTHING_TO_GAIN]["gained"] == 1.0
    assert main(["eval", "bench", "--system", "tool"]) == 2
    assert "{story} or {process}" in capsys.readouterr().err
    assert main(["eval", "bench", "--system", 'tool {story} {out} "']) == 2
    assert "Close its quotes" in capsys.readouterr().err
    assert main(["eval", "bench", "--system", "no-such-tool {story} {out}"]) == 1, "it answered no case"
