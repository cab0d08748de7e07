"""Golden cases on whole logs: carriers that vary, and a log that must not be believed; through the command line."""

from __future__ import annotations

import csv
import json
import math
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.cli.main import main
from assistant.english.alike import distance
from assistant.errors import UnreadableFile, UsageError
from assistant.eventlog.gate import Limits, gate
from assistant.eventlog.labels import alike, variants
from assistant.eventlog.read_log import read_log
from assistant.eventlog.stamps import day_first, read_stamp
from assistant.eventlog.study import document, lines, study
from assistant.eventlog.times import measure

HEADER = ("case_id", "activity", "start", "complete", "resource", "role", "carrier")
STEPS = (
    ("Take order", 0.1, "ann", "Sales"),
    ("Pack goods", 0.3, "bob", "Store"),
    ("Ship goods", 0.5, "cy", "Dispatch"),
    ("Confirm delivery", 0.1, "dee", "Sales"),
)
Rows = list[list[str]]


def rows(spreads: dict[str, float], cases: int = 180, seed: int = 4) -> Rows:
    """Orders by carriers with the same median (60 h) and the given spread of log durations; half of it is waiting."""
    draw, found = random.Random(seed), []
    for number in range(cases):
        carrier = list(spreads)[number % len(spreads)]
        at = datetime(2026, 1, 5, 8, 3, 7) + timedelta(hours=9.37 * number, seconds=draw.random() * 3000)
        hours = 60 * math.exp(draw.gauss(0, spreads[carrier]))
        for name, part, who, role in STEPS:
            start, end = at + timedelta(hours=hours * part / 2), at + timedelta(hours=hours * part)
            stamps = [moment.isoformat(timespec="seconds") for moment in (start, end)]
            found.append([f"c{number}", name, *stamps, who, role, carrier])
            at = end
    return found


def write(path: Path, lines: Rows, header: tuple[str, ...] = HEADER) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


@pytest.fixture
def carriers(tmp_path: Path) -> Path:
    return write(tmp_path / "log.csv", rows({"A": 0.2, "B": 0.6, "C": 0.2}))


def test_golden_carriers_that_vary_lead_to_the_carrier_or_coordinator_decision(
    carriers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", str(carriers), "--by", "carrier"]) == 0
    told = capsys.readouterr().out
    assert "carrier B varies" in told
    assert "Look for a reason there first" in told
    assert "Decide between carriers" in told
    assert "4PL" in told
    assert "carrier A varies" not in told
    found = study(read_log(carriers), by="carrier")
    b = next(one for one in found.segments if one.name == "B")
    assert 2 < b.variation.value < 4
    assert b.variation.low > 1
    assert not b.level.differs  # the same median: it is variation, not level
    assert all(one.chart.high - one.chart.low < b.chart.high - b.chart.low for one in found.segments if one is not b)


def test_like_carriers_are_not_told_apart(tmp_path: Path) -> None:
    found = study(read_log(write(tmp_path / "log.csv", rows({"A": 0.3, "B": 0.3, "C": 0.3}))), by="carrier")
    told = "\n".join(lines(found))
    assert "do not differ beyond chance" in told
    assert "Decide" not in told


def test_golden_missing_events_and_label_variants_fire_the_gate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = rows({"A": 0.2, "B": 0.2})
    for at in range(0, len(broken), 9):
        broken[at][3] = ""
    for at in range(1, len(broken), 12):
        broken[at][1] = "pack  Goods"
    for at in range(2, len(broken), 40):
        broken[at][1] = "Ship gods"
    path = write(tmp_path / "log.csv", [row for row in broken if row[1] != "Take order"])
    process = tmp_path / "p.md"
    process.write_text(outline_of([name for name, *_ in STEPS]), encoding="utf-8")
    assert main(["log", str(path), "--process", str(process), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    checks = {check["id"]: check for check in told["gate"]["checks"]}
    assert {key for key, check in checks.items() if check["state"] == "fail"} >= {
        "missing_end", "label_variants", "missing_activities"
    }  # fmt: skip
    assert checks["missing_activities"]["value"] == 25.0
    assert "Take order" in checks["missing_activities"]["detail"]
    assert "Ship gods" in checks["label_variants"]["detail"]
    assert told["gate"]["confidence"] == "low"
    assert "confidence low" in told["figures"]["confidence"]
    assert main(["log", str(path), "--process", str(process)]) == 1
    assert "cycle time" in (out := capsys.readouterr().out)
    assert all("confidence low" in line for line in out.splitlines() if line.startswith("  cycle time"))


def outline_of(names: list[str]) -> str:
    from assistant.process.blocks import Sequence, Task
    from assistant.process.model import Process
    from assistant.process.outline import to_outline

    steps = tuple(Task(id=f"t{at}", name=name) for at, name in enumerate(names))
    return to_outline(Process(name="Orders", flow=Sequence(items=steps)))


def test_a_clean_log_passes_and_columns_are_compared(carriers: Path) -> None:
    log = read_log(carriers)
    assert gate(log).confidence == "as recorded"
    changed = gate(log, declared=("Case ID", "activity", "start", "complete", "resource", "role", "region"))
    assert [check.id for check in changed.failed] == ["schema_change"]
    assert "gone: region; new: carrier" in changed.failed[0].detail
    assert changed.confidence == "reduced"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, set[str]]:
    """A log without fault, and what is said against it all the same."""
    sound = rows({"A": 0.2}, cases=40)
    path = write(tmp_path_factory.mktemp("clean") / "clean.csv", sound)
    return sound, {fired.id for fired in gate(read_log(path)).failed}


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("duplicates", lambda row, at: [row, row] if at % 20 == 0 else [row]),
        ("midnight", lambda row, at: [[*row[:2], "", row[3][:10], *row[4:]]]),
        (
            "whole_hour",
            lambda row, at: [[*row[:3], row[3][:13] + ":00:00", *row[4:]]] if at % 2 and "T00" not in row[3] else [row],
        ),
        ("missing_start", lambda row, at: [[*row[:2], "", *row[3:]]] if at % 5 == 0 else [row]),
        ("out_of_order", lambda row, at: [[*row[:2], row[3], row[2], *row[4:]]]),
        ("system_share", lambda row, at: [[*row[:4], "SYSTEM", *row[5:]]]),
        ("handoff_gaps", lambda row, at: [[*row[:4], "", "", row[6]]]),
        ("clock_zones", lambda row, at: [[*row[:3], row[3] + ("Z" if at % 2 else ""), *row[4:]]]),
        ("missing_key", lambda row, at: [["", *row[1:]]] if at % 10 == 0 else [row]),
    ],
)
def test_each_fault_fires_its_check(tmp_path: Path, clean: tuple[Rows, set[str]], check: str, change) -> None:
    sound, failed = clean
    assert check not in failed
    spoilt = [new for at, row in enumerate(sound) for new in change(row, at)]
    log = read_log(write(tmp_path / "spoilt.csv", spoilt))
    assert check in {fired.id for fired in gate(log).failed}
    assert gate(log, limits=Limits(*[1e9] * len(Limits()))).passed


def test_a_clock_of_whole_hours_is_told_and_is_no_fault(tmp_path: Path) -> None:
    steps = (("Register", "09:00:00"), ("Check", "11:00:00"), ("Pay", "15:00:00"))
    lines = [f"{day},{name},2026-03-{day:02} {at}" for day in range(2, 28) for name, at in steps]
    (tmp_path / "hours.csv").write_text("\n".join(["case,activity,complete", *lines]), encoding="utf-8")
    checked = gate(read_log(tmp_path / "hours.csv"))
    whole = next(check for check in checked.checks if check.id == "whole_hour")
    assert (whole.state, checked.passed) == ("not checked", True)
    assert "whole hours" in whole.detail


def test_a_handful_of_stamps_at_whole_hours_is_not_judged(tmp_path: Path) -> None:
    days = [
        f"{case},{step},2026-03-{2 + case:02} {at}"
        for case in range(3)
        for step, at in (("A", "08:00"), ("B", "16:30"))
    ]
    (tmp_path / "few.csv").write_text("\n".join(["case,activity,complete", *days]), encoding="utf-8")
    checked = gate(read_log(tmp_path / "few.csv"))
    whole = next(check for check in checked.checks if check.id == "whole_hour")
    assert (whole.state, checked.passed) == ("not checked", True)
    assert "too few" in whole.detail


def test_times_by_hand(tmp_path: Path) -> None:
    lines = [
        ["1", "Do", "2026-03-02 08:00", "2026-03-02 10:00", "a", "X", ""],
        ["1", "Check", "2026-03-02 09:00", "2026-03-02 11:00", "b", "Y", ""],
        ["1", "Do", "2026-03-02 14:00", "2026-03-02 15:00", "a", "X", ""],
        ["1", "Do", "2026-03-02 14:00", "2026-03-02 15:00", "a", "X", ""],
    ]
    measured = measure(read_log(write(tmp_path / "log.csv", lines)))
    (case,) = measured.cases
    assert (case.cycle, case.work, case.wait) == (7 * 3600, 4 * 3600, 3 * 3600)  # 8–11 is a union, not a sum
    assert (case.rework, case.handoffs, case.ping_pong) == (True, 2, 1)
    assert case.latencies == (0.0, 3 * 3600)
    assert "recorded twice" in measured.notes[0]
    assert not measure(read_log(tmp_path / "log.csv"), planned=["do"]).cases[0].rework


def test_open_cases_are_left_out_and_aged(tmp_path: Path) -> None:
    lines = rows({"A": 0.2}, cases=30)[:-2]
    measured = measure(read_log(write(tmp_path / "log.csv", lines)))
    assert (len(measured.cases), measured.open, measured.ends) == (29, 1, ("confirm delivery",))


def test_start_and_end_lines_become_one_event(tmp_path: Path) -> None:
    header = ("case:concept:name", "concept:name", "time:timestamp", "lifecycle:transition")
    lines = [["1", "Do", "2026-03-02T08:00:00Z", "start"], ["1", "Do", "2026-03-02T10:00:00Z", "complete"]]
    log = read_log(write(tmp_path / "log.csv", lines, header))
    assert len(log.events) == 1
    (case,) = measure(log).cases
    assert (case.work, case.handoffs) == (7200, None)  # nobody is recorded: unknown, not none


@pytest.mark.parametrize("text", ["02.03.2026 14:05", "2/3/2026 2:05 PM", "2026-03-02 14:05", "2026/03/02 14:05"])
def test_stamps_as_exports_write_them(text: str) -> None:
    assert read_stamp(text).at.strftime("%Y-%m-%d %H:%M") == "2026-03-02 14:05"


def test_the_column_says_whether_days_come_first() -> None:
    assert day_first(["03/04/2026", "03/25/2026"]) == (False, True)
    assert day_first(["03/04/2026"]) == (True, False)
    assert read_stamp("31.02.2026") is None
    assert read_stamp("soon") is None


def test_labels_that_are_meant_are_no_variants() -> None:
    both = {at: {name: 50} for at, name in enumerate(("Load truck", "Unload truck", "Check 1", "Check 2"))}
    assert variants(both, lambda rare, usual: 1.0) == ()
    assert alike("check invoice", "chekc invoice")
    assert not alike("step 1 of it", "step 2 of it")
    assert distance("ab", "ba") == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"case,activity,complete\n", b"\0\1\2", b"case,activity\n1,x\n", b"\xff\xfe"],
)
def test_what_is_no_log_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_log(path)


def test_nothing_readable_is_told_not_crashed(tmp_path: Path) -> None:
    log = read_log(write(tmp_path / "log.csv", [["1", "Do", "", "never", "", "", ""]]))
    found = study(log, by="carrier")
    assert not found.gate.passed
    assert "unknown (n = 0)" in "\n".join(lines(found))
    assert document(found)["closed"] == 0


def test_figures_carry_their_n_and_their_confidence(carriers: Path) -> None:
    told = lines(study(read_log(carriers)))
    first = next(at for at, line in enumerate(told) if line.startswith("  cycle time"))
    assert told[first].endswith("[as recorded]")
    figures = told[first : told.index("", first)]
    assert len(figures) == 7
    assert all("n = 180" in line or "of 180" in line or "n = 540" in line for line in figures)


def test_many_cases_are_charted_by_period_and_few_one_by_one(tmp_path: Path) -> None:
    many = [[*row[:6], ""] for row in rows({"A": 0.2}, cases=900)]
    assert study(read_log(write(tmp_path / "many.csv", many))).unit == "week"
    assert study(read_log(write(tmp_path / "few.csv", many[:80]))).unit == "case"


CELLS = st.sampled_from(
    ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01", "2026-01-01T10:00", "13/13/2026", "", "x",
     "20260101", '"q', "é", "=1+1", "SYSTEM", "1e9", "start", "complete", "1", "2")
)  # fmt: skip
COLUMNS = st.lists(
    st.sampled_from(("start", "resource", "role", "carrier", "lifecycle", "loaded", "x", "")), max_size=6
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COLUMNS, st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=20))
def test_any_table_is_studied_or_refused(tmp_path: Path, columns: list[str], cells: list[list[str]]) -> None:
    path = tmp_path / "log.csv"
    path.write_text("\n".join(map(",".join, [["case", "activity", "complete", *columns], *cells])), encoding="utf-8")
    try:
        found = study(read_log(path), by="Carrier" if "carrier" in columns else None)
    except UnreadableFile:  # what is empty, or a column of stamps that is called a case
        assert all(not cell.strip() or cell[4:5] == "-" for row in cells for cell in row[:1])
        return
    assert json.loads(json.dumps(document(found)))["closed"] == len(found.measured.cases)
    assert lines(found)


def test_people_are_not_charted_one_by_one(carriers: Path) -> None:
    log = read_log(carriers)
    with pytest.raises(UsageError, match="not a segment"):
        study(log, by="resource")
    with pytest.raises(UsageError, match="no column"):
        study(log, by="region")
