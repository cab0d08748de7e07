"""Exports of ticket systems, shops, hospitals and offices with their own columns: read without an option."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.eventlog.read_log import Log, read_log
from assistant.eventlog.times import measure

STEPS = ("Raised", "Looked at", "Approved", "Paid")
PEOPLE = ("Anna Berg", "Tom Lee", "Eva Lind", "Jo Smith")
Rows = list[tuple[int, str, datetime, str]]


def moves(cases: int = 60, seed: int = 3) -> Rows:
    """Cases of a few steps, a fifth looked at twice, the rows of all cases mixed by time."""
    draw, rows = random.Random(seed), []
    for case in range(cases):
        at = datetime(2026, 3, 2, 9, 13, 7) + timedelta(hours=3.1 * case)
        steps = [STEPS[0], *[STEPS[1]] * draw.choices((1, 2), (4, 1))[0], *STEPS[2:]]
        for step in steps:
            rows.append((case, step, at, draw.choice(PEOPLE)))
            at += timedelta(minutes=draw.uniform(20, 900))
    return sorted(rows, key=lambda row: row[2])


def read(tmp_path: Path, header: Sequence[str], rows: Sequence[Sequence[object]], mark: str = ",") -> Log:
    path = tmp_path / "export.csv"
    lines = [header, *([str(cell) for cell in row] for row in rows)]
    path.write_text("\n".join(mark.join(line) for line in lines), encoding="utf-8")
    return read_log(path)


def test_a_history_of_states_with_the_newest_row_first_and_twelve_hours(tmp_path: Path) -> None:
    rows = [
        (f"INC{10_000 + case}", "3 - Moderate", step, f"{at:%m/%d/%Y %I:%M:%S %p}", person)
        for case, step, at, person in reversed(moves())
    ]
    log = read(tmp_path, ("Number", "Priority", "State", "Updated", "Assigned to"), rows)
    assert (log.columns["case"], log.columns["activity"], log.columns["complete"]) == ("Number", "State", "Updated")
    assert log.columns["resource"] == "Assigned to"
    assert len(measure(log).cases) == 60


def test_a_history_of_all_fields_is_read_by_the_changes_of_state(tmp_path: Path) -> None:
    rows = []
    for case, step, at, person in moves():
        rows.append((f"PAY-{case}", person, f"{at:%Y-%m-%dT%H:%M:%S}.000+0100", "status", step))
        rows.append((f"PAY-{case}", person, f"{at:%Y-%m-%dT%H:%M:%S}.000+0100", "assignee", person))
    log = read(tmp_path, ("Issue key", "Author", "Created", "Field", "To String"), rows)
    assert log.size == len(rows) // 2
    assert {event.activity for event in log.events} == set(STEPS)
    assert any("“Field” is “status”" in note for note in log.notes)


@pytest.mark.parametrize("clock", ["%H:%M:%S", "%I:%M %p"])
def test_date_and_clock_in_two_columns_and_numbers_that_could_be_stamps(tmp_path: Path, clock: str) -> None:
    rows = [
        (4_500_017_000 + case, step, f"{at:%d.%m.%Y}", f"{at:{clock}}", f"L{case % 7:04}", "323,64")
        for case, step, at, _ in moves()
    ]
    log = read(tmp_path, ("Einkaufsbeleg", "Vorgang", "Datum", "Uhrzeit", "Lieferant", "Nettowert"), rows, ";")
    assert (log.columns["case"], log.columns["activity"]) == ("Einkaufsbeleg", "Vorgang")
    first = min(event.complete for event in log.events if event.complete)
    assert (first.hour, first.minute) == (9, 13)


def test_a_stay_is_the_case_where_patients_come_again(tmp_path: Path) -> None:
    rows = [
        (f"P{case // 2:05}", f"E-{case:06}", step, f"{at:%-m/%-d/%Y %-I:%M %p}", person)
        for case, step, at, person in moves()
    ]
    log = read(tmp_path, ("Patient No", "Encounter ID", "Event", "Event time", "Clinician"), rows, "\t")
    assert (log.columns["case"], log.columns["resource"]) == ("Encounter ID", "Clinician")
    log = read(tmp_path, ("Order ID", "Order ID of line", "Event", "Event time", "Clinician"), rows, "\t")
    assert log.columns["case"] == "Order ID"
    assert any("--case 'Order ID of line'" in note for note in log.notes)


def test_a_time_that_stays_the_same_in_a_case_is_not_when_the_step_was_done(tmp_path: Path) -> None:
    opened = {case: at for case, step, at, _ in reversed(moves()) if step == STEPS[0]}
    rows = [(f"T{case}", step, opened[case], at) for case, step, at, _ in moves()]
    log = read(tmp_path, ("Ticket ID", "Event", "Date", "Changed"), rows)
    assert log.columns["complete"] == "Changed"


def test_columns_of_milestones_lose_the_word_date(tmp_path: Path) -> None:
    rows = [(f"C{case}", "2026-03-02 09:05", "2026-03-03 10:15", "2026-03-09 11:25") for case in range(20)]
    log = read(tmp_path, ("Claim No", "Received Date", "Approved Date", "paid_at"), rows)
    assert {event.activity for event in log.events} == {"Received", "Approved", "paid"}


def test_a_zone_in_each_stamp_makes_offices_comparable(tmp_path: Path) -> None:
    berlin, kolkata = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
    rows = [
        (f"T{case}", step, at.replace(tzinfo=berlin).astimezone(kolkata if place % 2 else berlin).isoformat())
        for place, (case, step, at, _) in enumerate(moves())
    ]
    plain = read(tmp_path, ("ticket id", "event", "time"), [(f"T{case}", step, at) for case, step, at, _ in moves()])
    expected = [case.cycle for case in measure(plain).cases]
    assert [case.cycle for case in measure(read(tmp_path, ("ticket id", "event", "time"), rows)).cases] == expected
