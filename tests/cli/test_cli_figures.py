"""Figures that must not contradict each other: one way of completing a process; what is unknown decides nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main

PLAY = ["--cases", "100", "--replications", "4"]
DEMO = Path(__file__).parents[2] / "templates" / "demo" / "order_to_cash.txt"


def minutes(value: float) -> dict[str, Any]:
    return {"kind": "fixed", "value": value, "unit": "min", "basis": "stated"}


def step(name: str, role: str = "clerk", **more: Any) -> dict[str, Any]:
    return {"task": {"id": re.sub(r"\W+", "_", name.lower()), "name": name, "role": role, **more}}


def written(folder: Path, name: str, *steps: dict[str, Any], **more: Any) -> str:
    roles = more.pop("roles", [{"id": "clerk", "name": "Case clerk"}])
    data = {"schema": "process/1", "name": "Handle cases", "roles": roles, "flow": {"sequence": list(steps)}, **more}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(data))
    return str(path)


def test_the_tutorials_path_says_one_cost_of_a_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, short_plays: None
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["redesign", str(DEMO), "--out", "redesign", *PLAY, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert main(["simulate", "redesign/as-is.json", *PLAY, "--json"]) == 0
    played = json.loads(capsys.readouterr().out)
    cost = report["alternatives"][0]["effects"]["cost"]["before"]
    assert played["cost_per_case"]["mean"] == pytest.approx(cost, rel=1e-6)
    assert len(played["filled"]) == len(report["filled"])
    assert main(["simulate", "redesign/as-is.json", *PLAY]) == 0
    assert "filled in" in capsys.readouterr().out
    assert main(["simulate", "redesign/as-is.json", *PLAY, "--as-given", "--json"]) == 0
    bare = json.loads(capsys.readouterr().out)
    assert bare["filled"] == []
    assert bare["cost_per_case"]["mean"] < cost / 2


def test_without_a_single_time_what_is_missing_is_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "bare", step("Check order"), step("Pack order"))
    assert main(["simulate", path]) == 0
    shown = capsys.readouterr().out
    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert "“Check order”, Case clerk" in shown
    assert sum("hands-on time" in row for row in rows) == 2
    assert any("how many cases come" in row for row in rows)
    assert len({len(row) for row in rows}) == 1
    assert not re.search(r"Throughput|100 %|\b0 s\b", shown)
    assert main(["what-if", path]) == 0
    assert "how many cases come" in capsys.readouterr().out
    assert main(["simulate", path, *PLAY, "--json"]) == 0
    assert {row["field"] for row in json.loads(capsys.readouterr().out)["missing"]} >= {"work", "volume"}


def test_prices_on_one_side_decide_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task = step("Check order", work=minutes(10))
    before = written(tmp_path, "before", task)
    after = written(tmp_path, "after", task, roles=[{"id": "clerk", "name": "Case clerk", "cost_per_hour": 40}])
    assert main(["compare", before, after, *PLAY]) == 4
    shown = capsys.readouterr().out
    assert "dearer" not in shown
    assert "nobody gave a price in the process before" in shown


def test_times_on_one_side_decide_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = (
        written(tmp_path, "a", step("Check order")),
        written(tmp_path, "b", step("Check order", work=minutes(90))),
    )
    assert main(["compare", before, after, *PLAY, "--json"]) == 4
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "cannot tell"
    assert found["effects"]["time"]["change"] is None


def test_a_step_nobody_timed_makes_nothing_slower_by_a_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = step("Check order", work=minutes(10))
    before, after = written(tmp_path, "a", check), written(tmp_path, "b", check, step("Pack order"))
    assert main(["compare", before, after, *PLAY]) == 4
    shown = capsys.readouterr().out
    assert "Added “Pack order”" in shown
    assert "cannot tell: the difference lies in figures alone that nobody gave" in shown


def test_what_differs_is_told_also_of_unrelated_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = written(tmp_path, "a", step("Check order"), {"end": {"id": "e", "outcome": "Sent"}})
    end = {"end": {"id": "z", "outcome": "Happy guest"}}
    b = written(tmp_path, "b", step("Cook soup", "cook"), end, roles=[{"id": "cook", "name": "Cook"}])
    assert main(["compare", a, b, *PLAY]) == 4
    shown = capsys.readouterr().out
    assert "Cook soup" in shown
    assert "Removed “Check order”" in shown
    assert main(["compare", a, a, *PLAY]) == 4
    assert "nothing: the two are the same" in capsys.readouterr().out


def test_what_people_cannot_reach_is_said_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = {"kind": "fixed", "value": 6, "unit": "d", "basis": "stated"}
    path = written(
        tmp_path, "slow", step("Check order", "order_desk", work=minutes(10), wait=long),
        roles=[{"id": "order_desk", "name": "Order desk", "capacity": 2}],
        volume={"between": minutes(30), "basis": "stated"},
    )  # fmt: skip
    assert main(["what-if", path, "--within", "5 d", *PLAY]) == 4
    told = capsys.readouterr()
    assert "waiting at “Check order” (6 days a case)" in told.err
    assert "order_desk" not in told.err + told.out
    assert "Looking for the people needed" in told.err


def test_a_request_and_its_reply_stay_two_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(
        tmp_path, "print", step("Build list"), step("Ask for the copies", contact="Copy shop"),
        step("Get the copies", contact="Copy shop"),
    )  # fmt: skip
    assert main(["redesign", path, "--out", str(tmp_path / "out"), *PLAY, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["recommended"] is None
    assert "repeated_contacts" not in {one["kind"] for one in found["findings"]}
    assert not any(one["proposals"] for one in found["alternatives"])
    assert sorted(path.name for path in (tmp_path / "out").glob("*.json")) == ["as-is.json"]


def sometimes(chance: float | None, days: float) -> dict[str, Any]:
    """A wait that comes in some cases only: told with its length, and with how often where somebody said."""
    told = {} if chance is None else {"p": chance, "p_basis": "stated"}
    rest = {} if chance is None else {"p": 1 - chance, "p_basis": "stated"}
    wait = {"wait": {"id": "reminder", "name": "Reminder", "duration": minutes(days * 1440)}}
    ways = [
        {"id": "late", "when": "payment is late", "do": {"sequence": [wait]}, **told},
        {"id": "paid", "when": "payment is there", "do": {"sequence": []}, **rest},
    ]
    return {"choice": {"id": "in_time", "question": "Paid in time?", "branches": ways}}


def test_a_difference_that_rests_on_shares_nobody_gave_decides_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sizes = ["--cases", "60", "--replications", "3", "--json"]
    send = step("Send bill", work=minutes(10))
    before = written(tmp_path, "before", send, sometimes(None, 30))
    after = written(tmp_path, "after", step("Check bill", work=minutes(10)), sometimes(0.3, 10))
    assert main(["compare", before, after, *sizes]) == 4
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "cannot tell"
    assert "payment is late" in found["why"]
    assert found["effects"]["time"]["basis"] == "unknown"
    told = written(tmp_path, "told", send, sometimes(0.5, 30))
    assert main(["compare", told, after, *sizes]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "better"


def test_what_the_play_says_nothing_about_is_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "bare", step("Check order", work=minutes(10)))
    assert main(["simulate", path, "--as-given", *PLAY]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"Cost per case: +not known: no price is known", shown)
    assert re.search(r"Error-free cases: +not known: no error rate is known", shown)
    assert re.search(r"Cases with rework: +not known", shown)
    roles = [{"id": "clerk", "name": "Case clerk", "cost_per_hour": 30}]
    path = written(tmp_path, "told", step("Check order", work=minutes(10), error_rate=0.1), roles=roles)
    assert main(["simulate", path, *PLAY]) == 0
    assert "not known" not in capsys.readouterr().out
    assert main(["simulate", path, *PLAY, "--json"]) == 0
    assert {"mean", "low", "high"} <= set(json.loads(capsys.readouterr().out)["cost_per_case"])


def test_what_is_played_beside_today_leaves_the_figures_of_today_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = {"kind": "exponential", "mean": 15, "unit": "min", "basis": "stated"}
    between = {"kind": "exponential", "mean": 30, "unit": "min"}
    path = written(
        tmp_path,
        "queue",
        step("Check order", work=work),
        roles=[{"id": "clerk", "name": "Case clerk", "capacity": 1, "cost_per_hour": 30}],
        volume={"between": between},
    )
    sizes = ["--cases", "300", "--replications", "3"]
    for busier in ("1.6", "1"):
        assert main(["what-if", path, "--volume", busier, "--errors", "1", "--json", *sizes]) == 0
        beside = json.loads(capsys.readouterr().out)["scenarios"][0]
        assert main(["simulate", path, "--json", *sizes]) == 0
        alone = json.loads(capsys.readouterr().out)
        for name in ("cycle_time", "cost_per_case"):
            assert beside[name]["mean"] == alone[name]["mean"]


ODD = [
    r"(?<![\d.,])1 (?:people|comments|cases|events|rows|steps|persons|findings|roles|variants|days)\b",
    r"\bOnly 1 \w+: read them all",
    r"(?<![\d.,])1 \w+ (?:were|are|have|hold)\b",
    r"\d\.\d{4,} %",
    r"No alternative could be made[^\n]*No alternative is better",
    r"\bnan\b|\bNone\b",
]


def test_sentences_about_one_thing_read_as_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small = ["--cases", "30", "--replications", "2"]
    hourly = {"between": {"kind": "fixed", "value": 60, "unit": "min"}}
    check = step("Check order", work=minutes(60))
    one = written(tmp_path, "one", check, sometimes(2 / 3, 1), volume=hourly)
    other = written(tmp_path, "other", step("Sort order", work=minutes(60)), volume=hourly)
    bare = written(tmp_path, "bare", {"task": {"id": "sort", "name": "Sort order"}}, roles=[])
    Path("said.csv").write_text("comment\nThe delivery came late and nobody called me back.\n", encoding="utf-8")
    rows = ["case,activity,time", *(f"c{n},{name},2024-01-0{n} 0{hour}:00" for n in (1, 2)
            for hour, name in ((1, "Check"), (2, "Pack")))]  # fmt: skip
    Path("log.csv").write_text("\n".join([*rows, rows[-1]]) + "\n", encoding="utf-8")
    shown = ""
    for command in (
        ["simulate", one, "--as-given", *small],
        ["what-if", one, *small],
        ["redesign", bare, "--out", "out", *small],
        ["compare", one, other, *small],
        ["feedback", "said.csv"],
        ["log", "log.csv"],
    ):
        code = main(command)
        told = capsys.readouterr()
        assert code in (0, 1, 4), told.err
        shown += told.out + told.err
    assert main(["convert", one, "one.md"]) == 0
    shown += Path("one.md").read_text(encoding="utf-8")
    found = [match[0] for odd in ODD for match in re.finditer(odd, shown)]
    assert not found, found
    assert main(["convert", "one.md", "again.json"]) == 0
    ways = json.loads(Path("again.json").read_text(encoding="utf-8"))["flow"]["sequence"][1]["choice"]["branches"]
    assert ways[0]["p"] == 2 / 3
    assert "1 person at work on average" in shown
    assert "Only 1 comment: read it;" in shown
    assert "1 event recorded twice was counted once" in shown
    assert "No alternative could be made" in shown


def test_findings_say_of_today_what_the_play_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], short_plays: None
) -> None:
    play = ["--cases", "300", "--replications", "2"]
    lies = {"kind": "fixed", "value": 2, "unit": "d", "basis": "stated"}
    path = written(
        tmp_path, "queue", step("Check order", work=minutes(50)),
        step("File order", "desk", work=minutes(5), wait=lies),
        roles=[{"id": "clerk", "name": "Case clerk", "capacity": 2}, {"id": "desk", "name": "Desk"}],
        volume={"between": {"kind": "exponential", "mean": 40, "unit": "min"}, "basis": "stated"},
    )  # fmt: skip
    assert main(["simulate", path, *play, "--json"]) == 0
    played = json.loads(capsys.readouterr().out)
    assert main(["redesign", path, "--out", str(tmp_path / "out"), *play, "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    (share,) = [
        line["value"] for one in findings if one["kind"] == "low_flow_efficiency" for line in one["because"]
        if line["text"].startswith("somebody works")
    ]  # fmt: skip
    assert share == pytest.approx(played["flow_efficiency"]["mean"], rel=0.05)


def test_without_queues_too_findings_say_of_today_what_the_play_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], short_plays: None
) -> None:
    play = ["--cases", "200", "--replications", "2"]
    lies = {"kind": "fixed", "value": 3, "unit": "d", "basis": "stated"}
    refused = {"sequence": [{"end": {"id": "no", "outcome": "Refused"}}]}
    ways = [{"id": "bad", "when": "bad", "p": 0.6, "p_basis": "stated", "do": refused},
            {"id": "good", "when": "good", "p": 0.4, "p_basis": "stated", "do": {"sequence": []}}]  # fmt: skip
    path = written(
        tmp_path, "day", step("Check order", work=minutes(50)),
        {"choice": {"id": "asked", "question": "Good?", "branches": ways}},
        step("Sign contract", "boss", work=minutes(5), wait=lies),
        roles=[{"id": "clerk", "name": "Case clerk"}, {"id": "boss", "name": "Boss"}],
        volume={"between": {"kind": "exponential", "mean": 90, "unit": "min"}, "per": "day", "basis": "stated"},
    )  # fmt: skip
    assert main(["redesign", path, "--out", str(tmp_path / "out"), *play, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    before = {name: one["before"] for name, one in report["alternatives"][0]["effects"].items()}
    (low,) = [found for found in report["findings"] if found["kind"] == "low_flow_efficiency"]
    share, work, wait, *_ = low["because"]
    assert work["value"] == pytest.approx(before["cost"], abs=1)
    assert share["value"] == pytest.approx(before["cost"] / before["time"], abs=1e-4)
    assert "as 40 % of the cases get there" in wait["text"]


def test_compare_gives_a_change_the_range_that_the_redesign_gives_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], short_plays: None
) -> None:
    play = ["--cases", "100", "--replications", "2"]
    out = tmp_path / "out"
    lies = {"kind": "fixed", "value": 4, "unit": "d", "basis": "stated"}
    plain = written(
        tmp_path, "plain", step("Take order", work=minutes(20)),
        step("Write invoice", "desk", work=minutes(15), wait=lies, wait_cause="batching"),
        step("Approve invoice", "boss", wait=lies),
        roles=[{"id": "clerk", "name": "Clerk"}, {"id": "desk", "name": "Desk"}, {"id": "boss", "name": "Boss"}],
        volume={"between": {"kind": "exponential", "mean": 4, "unit": "h"}, "basis": "stated"},
    )  # fmt: skip
    assert main(["redesign", plain, "--out", str(out), *play, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    changed = [one for one in report["alternatives"] if (out / f"{one['name'].replace(' ', '-')}.json").is_file()]
    ranged = 0
    for one in changed:
        name = one["name"].replace(" ", "-")
        assert main(["compare", str(out / "as-is.json"), str(out / f"{name}.json"), *play, "--json"]) in (0, 1, 4)
        beside = json.loads(capsys.readouterr().out)["effects"]
        for dimension in ("time", "cost"):
            effect = one["effects"][dimension]
            assert not any(change["assumes"] for change in one["proposals"])
            assert effect["change"] == pytest.approx(beside[dimension]["change"], rel=1e-9)
            assert (beside[dimension]["low"], beside[dimension]["high"]) == (effect["low"], effect["high"])
            ranged += effect["low"] != effect["high"]
    assert ranged
