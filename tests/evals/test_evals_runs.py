"""Runs are kept, go on after a kill, can be replayed to the byte, and are told with their errors and their making."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from fake_models import FunctionModel

from assistant.app import App
from assistant.cli.main import main
from assistant.errors import ModelUnreachable, UnreadableFile, UsageError
from assistant.evals.baseline import bless
from assistant.evals.calibration import calibrate, judge_hash, keep, may_gate
from assistant.evals.casefile import own_cases
from assistant.evals.maps import score_map
from assistant.evals.runfile import Run, load_run
from assistant.evals.runner import Plan, Playing, play
from assistant.evals.schema import FORMS, case_schema
from assistant.evals.shapes import Case, Row, Suite
from assistant.evals.shortform import form, short_process
from assistant.evals.statistics import weighted_kappa
from assistant.evals.suites import NOT_PLAYED, suites
from assistant.folders import bundled
from assistant.gateway.prompts import prompt_names


def numbers(count: int, wrong: frozenset[int] = frozenset()) -> Suite:
    """A suite of numbers that are played as they are; those in `wrong` end in an error of a service."""

    def play(door: Any, case: Case) -> Any:
        if case.given in wrong:
            raise ModelUnreachable("Nobody answers.")
        return {"value": case.given}

    cases = [Case(str(number), number, number, guards="numbers stay") for number in range(count)]
    return Suite(
        "numbers", "numbers", lambda: cases, play, lambda case, output: {"right": float(output["value"] % 3 > 0)}
    )


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App.build({"ASSISTANT_HOME": str(tmp_path / "home")})


def plan(suite: Suite, repeats: int = 1) -> Plan:
    return Plan(suite.name, ((suite, tuple(suite.load())),), repeats)


def without_time(path: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text().split("\n") if line]
    return [{key: value for key, value in row.items() if key not in ("seconds", "date")} for row in rows]


def test_a_run_says_what_it_was_made_with_and_keeps_what_came_out(app: App, tmp_path: Path):
    out = tmp_path / "run.jsonl"
    Playing(plan(numbers(4), 2), app, out=out).run()
    kept = load_run(out)
    assert {"date", "commit", "version", "code", "model", "prompts", "library", "settings", "seed"} <= set(kept.head)
    assert len(kept.rows) == 8
    assert kept.rows[0].output == {"value": 0}
    assert kept.cases[("numbers", "1")].expected == 1
    assert kept.head["asks_a_model"] == {"numbers": False}
    assert kept.head["prompts"]["map"].startswith("map@")


def test_a_run_killed_anywhere_goes_on_to_the_same_result(app: App, tmp_path: Path):
    whole = tmp_path / "whole.jsonl"
    Playing(plan(numbers(6), 2), app, out=whole).run()
    text = whole.read_bytes()
    head = text.index(b'"line":"row"') - 1
    begun = text.rindex(b"\n", 0, head) + 1
    for cut in (begun, *random.Random(1).sample(range(begun, len(text)), 10)):  # bench/killed_runs.py kills for real
        part = tmp_path / "part.jsonl"
        part.write_bytes(text[:cut])
        Playing(plan(numbers(6), 2), app, out=part).run()
        assert without_time(part) == without_time(whole), cut


def test_another_question_is_not_mixed_into_a_run(app: App, tmp_path: Path):
    from assistant.errors import UsageError

    out = tmp_path / "run.jsonl"
    Playing(plan(numbers(4)), app, out=out).run()
    with pytest.raises(UsageError, match="another run"):
        Playing(plan(numbers(5)), app, out=out).run()


def test_errors_are_counted_apart_and_all_in_error_is_no_success(app: App):
    from assistant.cli.evals import exit_code

    some = Playing(plan(numbers(10, frozenset({3}))), app).run()
    assert len(some.document()["errors"]) == 1
    assert exit_code(some) == 0
    every = Playing(plan(numbers(3, frozenset(range(3)))), app).run()
    assert exit_code(every) == 3


def test_means_written_into_a_file_are_not_believed(app: App, tmp_path: Path):
    out = tmp_path / "run.jsonl"
    Playing(plan(numbers(6)), app, out=out).run()
    lines = out.read_text().splitlines()
    head = json.loads(lines[0])
    head["scores"] = {"right": {"mean": 1.0}}
    out.write_text("\n".join([json.dumps(head), *lines[1:]]) + "\n")
    assert load_run(out).document()["scores"]["right"]["mean"] == pytest.approx(4 / 6, abs=1e-3)


def test_what_is_no_run_is_said_with_its_line(tmp_path: Path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"line":"head","format":2,"suite":"x"}\n{"line":"row"}\n')
    with pytest.raises(UnreadableFile, match="no eval run"):
        load_run(bad)


@pytest.mark.parametrize("name", [suite.name for suite in suites()])
def test_every_suite_has_cases_with_their_own_ids_and_a_published_shape(name: str):
    cases = next(suite for suite in suites() if suite.name == name).load()
    assert len(cases) >= 3
    assert len({case.id for case in cases}) == len(cases)
    assert name in FORMS
    assert name in json.dumps(case_schema())


ONE_EACH = {
    "reading": {"story": "The clerk opens the mail. Then the clerk sorts the mail. The manager reads the letters."},
    "pieces": {"story": "The clerk opens the mail. The manager reads it.", "pieces": ["The clerk opens the mail."]},
    "turns": {"before": ["The clerk opens the mail. The manager reads it."], "say": "drop the second step please"},
    "conversation": {"turns": ["The clerk opens the mail. The manager reads it. The boss signs it.", "redesign"]},
    "changing": {"before": ["Open mail", "Read mail"], "request": "the boss signs it at the end of all"},
    "pains": {"story": "The clerk opens the mail. Then the clerk sorts the mail. The manager reads the letters."},
    "proposals": {"story": "The clerk opens the mail. Then the clerk sorts the mail. The manager reads the letters."},
    "report": {"story": "The clerk opens the mail. Then the clerk sorts the mail. The manager reads the letters."},
    "retrieval": {"query": "bills lie around"},
    "feedback": {"comments": ["The parcel came late.", "Too late again, the parcel!", "late parcel", "It came late."]},
    "safety": {"door": "story", "text": "The clerk opens the mail. The manager reads the letters."},
}  # fmt: skip
"""For each suite that says it asks a model, something it gives the assistant."""


def test_a_suite_asks_the_prompts_it_names_and_no_others(app: App):
    every = {name for suite in suites() for name in suite.prompts}
    assert every | set(NOT_PLAYED) == set(prompt_names())
    assert {suite.name for suite in suites() if suite.asks} == set(ONE_EACH)
    for suite in suites():
        if not suite.asks:
            continue
        model = FunctionModel(lambda prompt, attempt: ModelUnreachable("Nobody answers."))
        play(replace(app, handed=model), suite, Case("one", ONE_EACH[suite.name], {}))
        asked = {prompt.name for prompt in model.asked}
        assert asked, f"{suite.name} says that it asks a model"
        assert asked <= set(suite.prompts), suite.name


def test_a_suite_that_asks_no_model_plays_the_rules_whatever_is_chosen(app: App):
    model = FunctionModel(lambda prompt, attempt: ModelUnreachable("Nobody answers."))
    quiet = next(suite for suite in suites() if suite.name == "figures")
    row = play(replace(app, handed=model), quiet, quiet.load()[0])
    assert not row.error
    assert model.asked == []


def test_recorded_answers_are_heard_through_the_gateway_and_one_that_does_not_pass_or_lacks_is_told(app: App):
    told = 'PROCESS Post\nFLOW\nTASK Clerk: open mail | "The clerk opens the mail"\n'
    more = "KIND told\nEXPLAIN Then the mail is sorted.\nINSERT AT END\n  TASK Clerk: sort mail | work 5 min"
    turns = [
        {"say": "The clerk opens the mail.", "answers": {"map": told}},
        {"say": "and then sorts it", "answers": {}},
    ]
    suite = next(suite for suite in suites() if suite.name == "recorded")

    def heard(*answers: str) -> tuple[float, Any]:
        turns[1]["answers"] = {"turn": list(answers)}
        row = play(app, suite, Case("one", {"turns": turns}, {"end": {"steps": 2}}))
        assert not row.error
        return row.scores["heard"], row

    assert heard(more.replace(" | work 5 min", ""))[0] == 1
    invented, row = heard(more)
    assert (invented, row.output["missing"]) == (0, ["turn"]), "a figure nobody said is sent back"
    left, row = heard(*[more.replace(" | work 5 min", "")] * 2)
    assert (left, row.output["left"]) == (0, ["turn"])
    assert row.calls == 0, "no model was asked"


def test_ones_own_cases_are_played_and_a_slip_is_told_with_file_and_line(tmp_path: Path, capsys: Any):
    path = tmp_path / "mine.yaml"
    row = {"id": "mine", "given": {"query": "order-to-cash"}, "expect": {"any_of": ["P01"]}}
    path.write_text(yaml.safe_dump({"schema": "case/1", "suite": "retrieval", "cases": [row]}))
    assert main(["eval", "run", "retrieval", "--cases", str(tmp_path), "--jobs", "1"]) == 0
    assert own_cases(tmp_path)["retrieval"][0].expected == {"any_of": ["P01"]}
    path.write_text(
        "schema: case/1\nsuite: retrieval\ncases:\n- id: mine\n  givn: {query: x}\n  expect: {any_of: []}\n"
    )
    capsys.readouterr()
    assert main(["eval", "run", "retrieval", "--cases", str(path)]) == 2
    told = capsys.readouterr().err
    assert "mine.yaml:5" in told
    assert "givn" in told


def test_a_case_begun_from_a_story_plays_as_it_was_read(tmp_path: Path):
    story, out = tmp_path / "s.txt", tmp_path / "own" / "case.yaml"
    story.write_text("The clerk opens the mail. Then the clerk sorts the mail. The manager reads the letters.")
    assert main(["eval", "new-case", str(out), "--story", str(story)]) == 0
    run = tmp_path / "run.jsonl"
    assert main(["eval", "run", "reading", "--cases", str(out), "--out", str(run), "--jobs", "1"]) == 0
    assert load_run(run).document()["scores"]["task_f1"]["mean"] == 1.0


def test_what_stands_in_the_way_of_a_new_case_is_told(tmp_path: Path, capsys: Any):
    story, out = tmp_path / "s.txt", tmp_path / "case.yaml"
    story.write_text("Maria Lopez opens the mail. Then the clerk sorts the mail.")
    assert main(["eval", "new-case", str(out), "--story", str(story)]) == 0
    assert "1 name: take them out" in capsys.readouterr().err
    assert main(["eval", "run", "reading", "--cases", str(out), "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "one case: no range" in told
    assert "1.000 and 1.000" not in told


def test_a_case_begun_from_a_chat_turn_names_the_steps_it_added_and_plays(tmp_path: Path, monkeypatch: Any):
    turns = "The clerk opens the mail. The manager reads it.\nthe boss signs it (twice) at the end, if it is large\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(turns))
    assert main(["chat", "mail"]) == 0
    out, run = tmp_path / "talk.yaml", tmp_path / "run.jsonl"
    assert main(["eval", "new-case", str(out), "--project", "mail", "--turn", "2"]) == 0
    (row,) = yaml.safe_load(out.read_text())["cases"]
    assert row["expect"]["steps"] == 3
    assert "Sign" in row["expect"]["task"][0]["like"], "also inside a decision"
    assert "no_task" in out.read_text().splitlines()[0], "what a case may expect stands above it"
    assert main(["eval", "run", "turns", "--cases", str(out), "--out", str(run), "--jobs", "1"]) == 0
    assert load_run(run).document()["scores"]["hold"]["mean"] == 1.0


def test_bless_needs_a_reason_and_says_who_and_when(tmp_path: Path, monkeypatch: Any, capsys: Any):
    monkeypatch.setenv("ASSISTANT_EVAL_BASELINE", str(tmp_path / "baseline"))
    run = tmp_path / "run.jsonl"
    assert main(["eval", "run", "prompts", "--out", str(run), "--jobs", "1"]) == 0
    assert main(["eval", "bless", str(run)]) == 2
    assert main(["eval", "bless", str(run), "--why", "first", "--who", "Rita"]) == 0
    note = json.loads((tmp_path / "baseline" / "blessings.jsonl").read_text())
    assert (note["who"], note["why"]) == ("Rita", "first")
    assert main(["eval", "compare", str(run)]) == 4
    worse = run.read_text().replace('"fenced":1.0', '"fenced":0.0')
    run.write_text(worse)
    capsys.readouterr()
    assert main(["eval", "compare", str(run), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "worse"
    assert main(["eval", "bless", str(run), "--why", "second"]) == 2
    assert "fenced" in capsys.readouterr().err, "it is told what was lost"
    page = tmp_path / "r.html"
    assert main(["eval", "report", str(run), "--blessed", "--out", str(page), "--out", str(tmp_path / "r.xml")]) == 0
    assert "may not go out" in page.read_text()
    assert f'failures="{len(prompt_names())}"' in (tmp_path / "r.xml").read_text()


def test_bless_refuses_what_fell_in_a_case_that_is_asked_something_else(app: App, tmp_path: Path, monkeypatch: Any):
    monkeypatch.setenv("ASSISTANT_EVAL_BASELINE", str(tmp_path))
    first = Playing(plan(numbers(3)), app).run()
    key = next(iter(first.cases))
    guarded = {**first.head, "guarded": [f"{key[0]}.{name}" for name in first.rows[0].scores]}
    bless(Run(guarded, first.cases, first.rows), tmp_path, "first")
    cases = {**first.cases, key: replace(first.cases[key], given={"other": 1})}
    rows = [replace(row, scores={name: value - 0.5 for name, value in row.scores.items()}) for row in first.rows[:1]]
    rows += first.rows[1:]
    later = Run(guarded, cases, rows)
    with pytest.raises(UsageError, match="What is guarded is lower"):
        bless(later, tmp_path, "second")
    assert bless(later, tmp_path, "the question is harder", although_worse=True)["why"] == "the question is harder"


def test_a_run_of_cases_of_ones_own_is_no_baseline(app: App, tmp_path: Path):
    run = Playing(replace(plan(numbers(3)), own=True), app).run()
    with pytest.raises(UsageError, match="cases of your own"):
        bless(run, tmp_path, "first")


def test_suites_play_the_library_that_ships_and_own_cases_ones_own_too(app: App, tmp_path: Path):
    own = app.home / "library" / "processes"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text((bundled("library") / "processes" / "order-to-cash.yaml").read_text())
    seen: list[int] = []
    suite = replace(numbers(1), play=lambda door, case: {"value": seen.append(len(door.app.library.left_out)) or 1})
    heads = [Playing(replace(plan(suite), own=mine), app).run().head for mine in (False, True)]
    assert seen[0] == 0
    assert [list(head["own_entries"]) for head in heads] == [[], ["mine"]]
    out = tmp_path / "run.jsonl"
    Playing(replace(plan(suite), own=True), app, out=out).run()
    (own / "mine.yaml").unlink()
    with pytest.raises(UsageError, match=r"library \(entries of yours: mine\)"):
        Playing(replace(plan(suite), own=True), app, out=out).run()


def test_hostile_text_of_a_case_stays_text_in_the_page(app: App):
    from assistant.evals.report import page

    evil = "<script>alert(1)</script><img src=http://x.example/a onerror=alert(1)>"
    hidden = "gnp\u202eexe\x00\x07"
    suite = Suite("s", evil, lambda: [Case(evil, {"story": evil}, {"x": evil}, evil, evil)],
                  lambda door, case: {"said": evil + hidden}, lambda case, output: {"right": 0.0})  # fmt: skip
    text = page(Playing(plan(suite), app).run(), None, None)
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text
    assert 'src="http' not in text
    assert not set("\u202e\x00\x07") & set(text), "what steers a terminal or turns text round is left out"


def test_a_page_stays_small_whatever_the_cases_hold_and_says_what_it_leaves_out(app: App):
    from assistant.evals.report import page

    suite = Suite("s", "s", list, lambda door, case: {}, lambda case, output: {})
    run = Playing(plan(suite), app).run()
    for number in range(900):
        run.cases["s", f"{number}"] = Case(f"{number}", {"story": "<" * 2000}, {"x": "&" * 1000}, "<" * 300)
        run.rows.append(Row("s", f"{number}", 1, {"right": number / 900}, {"said": '"' * 1000}))
    text = page(run, None, None)
    assert len(text.encode()) < 1_000_000
    assert "more that are not shown" in text
    assert text.count("&lt;" * 2000) > 10, "the worst are shown whole"


def test_a_calibration_holds_for_its_judge_alone(tmp_path: Path):
    good, middling = tmp_path / "good.csv", tmp_path / "middling.csv"
    good.write_text("human,judge\n" + "\n".join(f"{n % 5 + 1},{n % 5 + 1}" for n in range(40)))
    rows = [(n % 5 + 1, n % 5 + 1 if n % 3 else (n * 7) % 5 + 1) for n in range(60)]
    rows = [(a, b if n % 2 else 6 - b) for n, (a, b) in enumerate(rows)]
    middling.write_text("human,judge\n" + "\n".join(f"{a},{b}" for a, b in rows))
    accepted, refused = calibrate(good), calibrate(middling)
    assert accepted["verdict"] == "accepted"
    assert accepted["auc"] == 1.0
    assert accepted["base_rate"] == pytest.approx(0.4)
    assert refused["verdict"] == "not accepted"
    mine, other = judge_hash("m", "prompt", "rubric"), judge_hash("m", "prompt!", "rubric")
    keep(tmp_path, mine, accepted)
    assert may_gate(tmp_path, mine)
    assert not may_gate(tmp_path, other)
    keep(tmp_path, other, refused)
    assert not may_gate(tmp_path, other)


def test_a_judge_is_not_accepted_on_a_few_ratings(tmp_path: Path):
    few = tmp_path / "few.csv"
    few.write_text("human,judge\n1,1\n5,5\n")
    assert calibrate(few)["verdict"] == "cannot tell"
    with pytest.raises(UnreadableFile):
        calibrate(tmp_path / "none.csv")


def test_kappa_is_one_for_agreement_and_near_zero_for_chance():
    scale = [1, 2, 3, 4, 5] * 10
    assert weighted_kappa(scale, scale) == 1
    assert abs(weighted_kappa(scale, [3, 1, 5, 2, 4] * 10)) < 0.6
    assert weighted_kappa(scale, list(reversed(scale))) < 0


def test_a_map_equals_itself_and_loses_with_every_step_lost():
    gold = short_process(
        ["Receive order", {"choice": {"question": "Ok?", "branches": [["Pack goods"], []]}}, "Send bill"]
    )
    whole, part = score_map(gold, gold), score_map(gold, short_process(["Receive order", "Send bill"]))
    assert whole["task_f1"] == whole["flow_f1"] == whole["split_f1"] == 1
    assert part["task_f1"] == pytest.approx(0.8)
    assert part["split_f1"] == 0


def test_a_form_ignores_ids_and_the_order_of_branches_only():
    one = short_process([{"parallel": {"branches": [["Pack goods"], ["Send bill"]]}}])
    other = short_process([{"parallel": {"branches": [["Send bill"], ["Pack goods"]]}}])
    assert form(one.flow, True) == form(other.flow, True)
    assert form(one.flow, True) != form(short_process(["Pack goods", "Send bill"]).flow, True)


def test_the_commands_refuse_what_is_not_there(tmp_path: Path, capsys: Any):
    assert main(["eval", "run", "nothing"]) == 2
    assert main(["eval", "compare", str(tmp_path / "x.jsonl")]) == 2
    assert main(["eval", "run", "prompts", "--record", str(tmp_path / "t")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_progress_names_the_suite_and_how_far_it_and_the_whole_run_are(app: App):
    told: list[str] = []
    Playing(plan(numbers(3)), app, tell=told.append).run()
    assert sorted(told)[-1] == "numbers: 3 of 3 played, 0 in error …"
    two = plan(numbers(3))
    ((suite, cases),) = two.parts
    both = replace(two, parts=((suite, cases), (replace(suite, name="more"), cases[:2])), jobs=1)
    told.clear()
    Playing(both, app, tell=told.append).run()
    assert told[-1] == "more 2 of 2; 5 of 5 played, 0 in error …"
