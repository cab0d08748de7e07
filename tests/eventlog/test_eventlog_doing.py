"""Who really does a step, how long it really takes, and which shares a log can tell: through the command."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from recorded_logs import Plant, log_rows, write_log

from assistant.cli.main import main
from assistant.eventlog.discovery.costing import rank_score
from assistant.eventlog.discovery.staff import hours, moment
from assistant.process.codec import dumps
from assistant.process.outline import from_outline

TOLD = """# Loans

## Steps
1. Take in request [take]
   by: Clerk
   work: 10 min (stated)
2. Check credit [credit]
   by: Clerk
   work: 20 min (stated)
3. Choose: Is it refused at once? [refused]
   - if yes (10 %) [refused_yes]:
     1. End: Refused [end_refused]
   - if no (90 %) [refused_no]: nothing
4. Choose: Which size? [size]
   - if large (30 %) [large]:
     1. Approve loan [approve]
        by: Manager
        work: 15 min (stated)
   - if small (60 %) [small]: nothing
   - if urgent (10 %) [urgent]: nothing
5. Pay out [pay]
   by: Clerk
   work: 5 min (stated)

## Roles
- Clerk [clerk]
  capacity: 4
  calendar: mon-fri 08:00-17:00
- Manager [manager]
  capacity: 1
  calendar: mon-fri 08:00-17:00

## Volume
between: exponential, mean 20 min
calendar: mon-fri 08:00-17:00
"""


def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], plant: Plant, *options: str) -> dict[str, Any]:
    (tmp_path / "told.md").write_text(TOLD, encoding="utf-8")
    log = write_log(log_rows(from_outline(TOLD), 300, 1, plant), tmp_path / "log.csv")
    capsys.readouterr()
    main(["log", str(log), "--process", str(tmp_path / "told.md"), "--json", *options])
    document: dict[str, Any] = json.loads(capsys.readouterr().out)["recorded"]["told_against_recorded"]
    return document


def said(document: dict[str, Any]) -> dict[str, str]:
    return {deviation["id"]: deviation["text"] for deviation in document["deviations"]}


def test_who_really_does_it_and_how_long_it_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant = Plant(by={"approve": ("clerk", 0.5)}, longer={"credit": 3})
    texts = said(told(tmp_path, capsys, plant))
    assert set(texts) == {"who:approve", "time:credit"}
    assert texts["who:approve"].startswith("You said that Manager does “Approve loan”: recorded is Clerk in ")
    assert texts["time:credit"].startswith(
        "You said that “Check credit” takes 20 min of work: recorded are 1 h on average"
    )
    assert "3.0 times as long" in texts["time:credit"]  # the nights in between are no work


def test_what_a_deviation_costs_is_its_work_at_the_price_of_the_role(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process = from_outline(TOLD)
    roles = tuple(role.model_copy(update={"cost_per_hour": 60.0}) for role in process.roles)
    (tmp_path / "told.json").write_text(dumps(process.model_copy(update={"roles": roles})), encoding="utf-8")
    rows = []
    for number in range(40):
        day = f"2026-01-{1 + number % 28:02}"
        times = [
            ("Take in request", "09:00", "09:10"),
            ("Check credit", "10:00", "10:20"),
            ("Pay out", "15:00", "15:05"),
        ]
        times[2:2] = [("Check credit", "11:00", "11:20")] if number < 12 else []
        rows += [
            f"{number},{name},{day} {start},{end_}" for name, start, end in times for end_ in [f"{day} {end},Clerk"]
        ]
    (tmp_path / "log.csv").write_text("\n".join(["case,activity,start,complete,role", *rows]))
    main(["log", str(tmp_path / "log.csv"), "--process", str(tmp_path / "told.json"), "--json", "--end", "Pay out"])
    texts = said(json.loads(capsys.readouterr().out)["recorded"]["told_against_recorded"])
    # 12 times 20 minutes at 60 an hour, within less than a month.
    assert "doing it again costs 240 EUR in all (at 60 EUR an hour)" in texts["repeated:credit"]


def test_what_a_log_cannot_tell_apart_is_not_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Small and urgent loans leave the same trace, and so does a refusal once “Pay out” is not recorded."""
    assert said(told(tmp_path, capsys, Plant())) == {}
    assert set(said(told(tmp_path, capsys, Plant(never={"pay"})))) == {"never:pay"}


def test_hours_are_told_from_stamps() -> None:
    monday = datetime(2026, 1, 5, 8)
    office = [
        moment(monday + timedelta(days=day, minutes=30 * half)) for day in (0, 1, 2, 3, 4, 7, 8) for half in range(19)
    ]
    calendar = hours(office)
    assert calendar is not None
    assert [(line.days, line.from_, line.to) for line in calendar] == [("mon-fri", "08:00", "17:00")]
    assert hours([at * 3600 for at in range(24 * 14)]) is None  # around the clock
    assert hours(office[:20]) is None  # too few to tell


def test_the_rank_sum_by_hand() -> None:
    """Ranks 1, 2, 3 against 4, 5, 6: the sum is 6, expected 10.5, with a standard deviation of the root of 5.25."""
    assert rank_score([1, 2, 3], [4, 5, 6]) == pytest.approx((6 - 10.5) / 5.25**0.5)
    assert rank_score([1, 1], [1, 1]) == 0
