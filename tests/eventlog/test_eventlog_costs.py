"""What cases cost, from a log's own column; handoffs by pair, arrivals of open cases, and ends seen too seldom."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main

Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Read:
    """The JSON document of a log written with these lines."""

    def reading(head: str, lines: Sequence[str], *options: str) -> dict[str, Any]:
        path = tmp_path / "log.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        main(["log", str(path), "--json", *options])
        document: dict[str, Any] = json.loads(capsys.readouterr().out)
        return document

    return reading


def bakery(cost: Callable[[int, str], str], mark: str = ",") -> list[str]:
    """Six cases of two steps; what each step costs."""
    return [
        mark.join((f"B{number}", step, f"2026-03-0{day} 08:0{number}", cost(number, step)))
        for number in range(6)
        for day, step in enumerate(("Knead", "Bake"), 2)
    ]


def test_a_case_costs_the_sum_of_its_events(read: Read) -> None:
    prices = {"Knead": 4.5, "Bake": 10}
    found = read("case,activity,time,cost (EUR)", bakery(lambda number, step: f"{prices[step] + number:.2f}"))["costs"]
    assert (found["unit"], found["per"], found["case"]["n"]) == ("EUR", "event", 6)
    assert found["case"]["p50"] == pytest.approx(14.5 + 5)
    assert found["total"] == pytest.approx(6 * 14.5 + 30)
    assert [(step["activity"], step["n"], step["total"]) for step in found["steps"]] == [
        ("Bake", 6, pytest.approx(75.0)), ("Knead", 6, pytest.approx(42.0)),
    ]  # fmt: skip


def test_what_is_the_same_all_through_a_case_counts_once(read: Read) -> None:
    lines = bakery(lambda number, _: f"1.{number}00,50 €", ";")
    found = read("case;activity;time;Kosten", lines)["costs"]
    assert (found["per"], found["unit"], found["steps"]) == ("case", "€", [])
    assert found["total"] == pytest.approx(6 * 1000.5 + 1500)


def test_what_follows_an_end_and_what_is_written_twice_costs_nothing(read: Read) -> None:
    lines = bakery(lambda number, step: str(5 + number + len(step)))
    late = [f"B{number},Complain,2026-03-09 08:00,1000" for number in range(6)]
    whole = read("case,activity,time,cost", lines, "--end", "Bake")["costs"]
    assert read("case,activity,time,cost", [*lines, lines[0], *late], "--end", "Bake")["costs"] == whole


def test_what_the_end_row_of_a_pair_costs_counts_and_every_case_is_written_with_it(read: Read, tmp_path: Path) -> None:
    lines = [
        line
        for number in range(6)
        for day, step in enumerate(("Knead", "Bake"), 2)
        for line in (
            f"B{number},{step},2026-03-0{day} 08:0{number},start,",
            f"B{number},{step},2026-03-0{day} 09:0{number},complete,{10 * day + number}",
        )
    ]
    out = tmp_path / "out"
    found = read("case,activity,time,lifecycle,cost (EUR)", lines, "--out", str(out))["costs"]
    assert found["total"] == pytest.approx(6 * 50 + 2 * 15)
    rows = list(csv.DictReader((out / "cases.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["case"]: float(row["cost_EUR"]) for row in rows} == {f"B{n}": 50 + 2 * n for n in range(6)}


def test_a_cost_centre_is_no_cost_and_currencies_are_not_added_up(
    read: Read, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read("case,activity,time,cost center", bakery(lambda number, _: str(4000 + number)))["costs"] is None
    mixed = bakery(lambda number, _: f"{number + 1} {'EUR' if number % 2 else 'USD'}")
    assert read("case,activity,time,cost", mixed)["costs"] is None
    assert main(["log", str(tmp_path / "log.csv"), "--cost", "cost"]) == 2
    assert "several currencies" in capsys.readouterr().err


def test_a_pair_is_handed_over_where_people_change_and_unknown_where_nobody_is_recorded(read: Read) -> None:
    lines = [
        line
        for number in range(6)
        for line in (
            f"C{number},Take,2026-03-02 08:0{number},ann",
            f"C{number},Check,2026-03-02 09:0{number},ben",
            f"C{number},Note,2026-03-02 10:0{number},ben",
            f"C{number},Sent,2026-03-02 11:0{number},",
        )
    ]
    between = read("case,activity,time,resource", lines)["recorded"]["between"]
    assert {row["after"]: row["handed"] for row in between} == {"Check": 1.0, "Note": 0.0, "Sent": None}


def test_open_cases_have_begun_too(read: Read) -> None:
    lines = [f"D{number},Ask,2026-03-02 08:{number:02},x" for number in range(12)]
    lines += [f"D{number},Answer,2026-03-03 09:{number:02},x" for number in range(5)]
    found = read("case,activity,time,role", lines, "--end", "Answer")
    assert (found["closed"], found["open"]["n"]) == (5, 7)
    assert found["recorded"]["arrivals_by_day"] == [{"day": 0, "cases": 12}]
    assert found["recorded"]["starts"] == [{"activity": "Ask", "cases": 5}]


def test_two_cases_that_just_came_so_far_are_not_over(read: Read) -> None:
    """A young log: of many cases two have come to the last step seen so far, a moment ago."""
    lines = [f"E{number},Order,2026-03-{2 + number // 4:02} 08:0{number % 4},x" for number in range(40)]
    lines += [f"E{number},Pay,2026-03-{4 + number // 4:02} 09:0{number % 4},x" for number in range(32)]
    lines += [f"E{number},Pack,2026-03-11 16:0{number},x" for number in range(2)]
    found = read("case,activity,time,role", lines)
    assert {end["activity"]: end["closed"] for end in found["ends"]}["Pack"] == 0


def test_how_often_cases_begin_is_measured_on_all_of_them(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Open cases have begun too, and of a large log only some cases are looked at one by one."""
    (tmp_path / "told.md").write_text("# Letters\n\n## Steps\n1. Ask\n2. Answer\n", encoding="utf-8")
    lines = [f"F{number},Ask,2026-03-02 {8 + number // 6:02}:{number % 6}0,x" for number in range(37)]
    lines += [f"F{number},Answer,2026-03-03 09:{number:02},x" for number in range(20)]
    for most in (200_000, 10):
        monkeypatch.setattr("assistant.eventlog.times.LOOKED_AT", most)
        told = read(
            "case,activity,time,role", lines, "--end", "Answer", "--process", str(tmp_path / "told.md")
        )["recorded"]["told_against_recorded"]  # fmt: skip
        begin = next(figure for figure in told["measured"] if figure["name"] == "cases begin")
        assert (begin["n"], begin["value"]) == (37, "one every 10 min on average")
