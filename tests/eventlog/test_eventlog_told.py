"""Told against recorded: what was planted is said in plain sentences, what is as told is not, and the log measures."""

from __future__ import annotations

import csv
import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main
from assistant.process.codec import loads
from assistant.process.outline import from_outline
from assistant.simulation.run import simulate

TOLD = """# Orders

## Steps
1. Record order [record]
   by: Clerk
2. Check credit [credit]
   by: Finance
3. Pack goods [pack]
   by: Picker
4. Print label [label]
5. Choose: Express? [express]
   - if yes (10 %) [express_yes]:
     1. Ship express [fast]
   - if no (90 %) [express_no]:
     1. Ship standard [slow]
6. Send invoice [invoice]
7. Archive file [archive]

## Roles
- Clerk [clerk]
- Finance [finance]
- Picker [picker]
"""
MEANS = {
    "Record order": (5, 0), "Check credit": (12, 2880), "Call customer back": (8, 60), "Pack goods": (20, 120),
    "Print label": (2, 60), "Express ship": (30, 30), "Standard ship": (30, 600), "Send invoice": (6, 1000),
}  # fmt: skip


def log_of(path: Path, cases: int = 300, **plant: float) -> Path:
    """A log of orders as told, but for what is planted, each with its share of the cases."""
    draw = random.Random(3)
    rows: list[list[str]] = []
    begin = datetime(2026, 1, 5, 8)

    def hits(name: str) -> bool:
        return draw.random() < plant.get(name, 0)

    for number in range(cases):
        begin += timedelta(minutes=draw.expovariate(1 / 60))
        way = ["Record order"] + ([] if hits("skip") else ["Check credit"])
        way += ["Call customer back"] if hits("untold") else []
        way += ["Print label", "Pack goods"] if hits("order") else ["Pack goods", "Print label"]
        way += ["Pack goods"] if hits("again") else []
        way += ["Express ship" if draw.random() < plant.get("express", 0.1) else "Standard ship", "Send invoice"]
        at = begin
        for name in way:
            work, wait = MEANS[name]
            start = at + timedelta(minutes=draw.expovariate(1 / wait) if wait else 0)
            at = start + timedelta(minutes=draw.uniform(0.6, 1.4) * work)
            rows.append([f"C{number}", name, f"{start:%Y-%m-%d %H:%M:%S}", f"{at:%Y-%m-%d %H:%M:%S}"])
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["case", "activity", "start", "complete"], *rows])
    return path


def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str, **plant: float) -> dict[str, Any]:
    (tmp_path / "told.md").write_text(TOLD, encoding="utf-8")
    log = log_of(tmp_path / "log.csv", **plant)
    capsys.readouterr()
    main(["log", str(log), "--process", str(tmp_path / "told.md"), "--json", *options])
    return json.loads(capsys.readouterr().out)["recorded"]["told_against_recorded"]


def deviations(document: dict[str, Any]) -> dict[str, str]:
    return {deviation["id"]: deviation["text"] for deviation in document["deviations"]}


def test_each_planted_difference_is_said_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(tmp_path, capsys, skip=0.3, untold=0.2, order=0.1, again=0.15, express=0.4)
    said = deviations(found)
    assert set(said) == {
        "never:archive", "skipped:credit", "untold:Call customer back", "order:pack", "repeated:pack",
        "chance:express_yes",
    }  # fmt: skip
    assert said["never:archive"] == "You told “Archive file”; the log shows nothing of that name or one like it."
    assert "skip it; they are" in said["skipped:credit"]
    assert "faster in the median" in said["skipped:credit"]
    assert "mostly after “Check credit”" in said["untold:Call customer back"]
    assert "after “Print label”" in said["order:pack"]
    assert "you told no repetition" in said["repeated:pack"]
    assert "You said 10 % for “yes” at “Express?”: recorded are" in said["chance:express_yes"]


def test_a_log_that_runs_as_told_differs_only_in_what_is_never_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(tmp_path, capsys)
    assert set(deviations(found)) == {"never:archive"}
    assert found["fitness"] == 1
    left = told(tmp_path, capsys, "--accept", "never:archive")
    assert (left["deviations"], left["accepted"]) == ([], 1)


def test_unsure_names_are_asked_and_what_is_said_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "told.md").write_text(TOLD.replace("Print label", "Print the parcel slip"), encoding="utf-8")
    log = log_of(tmp_path / "log.csv", cases=40)
    command = ["log", str(log), "--process", str(tmp_path / "told.md")]
    main(command)
    asked = capsys.readouterr().out
    assert (
        "“Print label” happens in 100 % of the cases (40 of 40) and was not told" in asked
        or "Is “Print label”" in asked
    )
    main([*command, "--match", "Print label=Print the parcel slip"])
    assert "Print label” happens" not in capsys.readouterr().out
    assert main([*command, "--match", "Nothing=Pack goods"]) == 2
    assert "no activity “Nothing”" in capsys.readouterr().err


def test_the_log_measures_the_process(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    told(tmp_path, capsys, "--out", str(out), skip=0.3, express=0.4)
    whole = json.loads((out / "log.json").read_text(encoding="utf-8"))
    recorded = whole["figures"]["cycle_time"]
    for name in ("measured", "mined"):
        played = simulate(
            loads((out / f"{name}.json").read_text(encoding="utf-8")), cases=2000, replications=5
        ).cycle_time
        assert played.p50 == pytest.approx(recorded["p50"], rel=0.05), name
        assert played.p90 == pytest.approx(recorded["p90"], rel=0.10), name
    measured = loads((out / "measured.json").read_text(encoding="utf-8")).document()
    assert '"basis": "measured", "note": "n = 300"' in json.dumps(measured)
    assert [step["task"]["id"] for step in from_outline(TOLD).flow.document()["sequence"] if "task" in step][
        -1
    ] == "archive"


def test_where_the_time_goes_and_which_ways_are_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = log_of(tmp_path / "log.csv", skip=0.3, again=0.15)
    main(["log", str(log)])
    said = capsys.readouterr().out
    assert "Most time passes between “Record order” and “Check credit”: " in said
    assert "→ Check credit → Pack goods → Print label → Standard ship → Send invoice (median" in said
    assert "“Pack goods” is done again in 1" in said
    main(["log", str(log), "--json"])
    recorded = json.loads(capsys.readouterr().out)["recorded"]
    credit = next(step for step in recorded["steps"] if step["activity"] == "Check credit")
    cases = {row[0] for row in csv.reader(log.open(encoding="utf-8")) if row[1] == "Check credit"}
    assert (credit["n"], credit["cases"]) == (len(cases), len(cases))
    assert all(row["n"] >= 5 for row in recorded["between"])  # nothing is told of fewer than five
