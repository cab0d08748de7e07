"""Logs as real exports write them, through the command: read rightly, or refused with the reason."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.errors import UnreadableFile
from assistant.eventlog.persons import is_person
from assistant.intake.tables import separated
from assistant.intake.tables.shapes import Bounds
from assistant.intake.tables.table_opened import read_table

Run = pytest.CaptureFixture[str]
START = datetime(2026, 3, 2, 8, 3, 7)


def events(cases: int = 40, refused: int = 3) -> list[tuple[str, str, datetime]]:
    """Orders that end with Pay, every `refused`-th with Check; the last begins long before the log ends."""
    found = []
    for number in range(cases):
        at = START + timedelta(hours=5.21 * number)
        steps = ("Enter", "Check") if number % refused == 0 and number < cases - 6 else ("Enter", "Check", "Pay")
        for place, step in enumerate(steps):
            found.append((f"C{number}", step, at + timedelta(minutes=61 * place)))
    return found


def csv_of(rows: list[tuple[str, str, datetime]], form: str = "%Y-%m-%d %H:%M:%S", mark: str = ",") -> str:
    return "\n".join([mark.join(("case", "activity", "complete")), *(
        mark.join((case, step, at.strftime(form))) for case, step, at in rows
    )])  # fmt: skip


GERMAN = csv_of(events(), "%d.%m.%Y %H:%M:%S").replace("case,activity,complete", "Fall,Tätigkeit,Zeitstempel")


def told(path: Path, capsys: Run, *options: str) -> dict:
    assert main(["log", str(path), "--json", *options]) in (0, 1)
    return json.loads(capsys.readouterr().out)


def put(tmp_path: Path, content: str | bytes, name: str = "log.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def failed(document: dict) -> set[str]:
    return {check["id"] for check in document["gate"]["checks"] if check["state"] == "fail"}


def test_refusals_are_ends_and_ends_can_be_set(tmp_path: Path, capsys: Run) -> None:
    path = put(tmp_path, csv_of(events()))
    found = told(path, capsys)
    assert (found["closed"], found["open"]["n"]) == (40, 0)
    assert {end["activity"] for end in found["ends"]} == {"Pay", "Check"}
    assert told(path, capsys, "--end", "pay")["closed"] == 28
    assert told(path, capsys, "--end", "Pay", "--end", "Check")["closed"] == 40
    assert main(["log", str(path), "--end", "Paid"]) == 2
    assert "Check, Enter, Pay" in capsys.readouterr().err


def test_the_order_of_rows_does_not_matter(tmp_path: Path, capsys: Run) -> None:
    rows = [(case, step, at.replace(minute=7, second=3) if step == "Pay" else at) for case, step, at in events()]
    rows += [(case, "Book", at) for case, step, at in rows if step == "Pay"]
    first = told(put(tmp_path, csv_of(rows)), capsys)
    random.Random(2).shuffle(rows)
    second = told(put(tmp_path, csv_of(rows)), capsys)
    assert first == second
    assert "out_of_order" not in failed(second)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", csv_of(events()).encode("utf-16")),
        ("b.csv", ("sep=;\n" + csv_of(events(), mark=";")).encode()),
        ("c.csv", ("Report of orders\nexported 2026\n\n" + csv_of(events(), mark="\t")).encode()),
        ("d.csv.gz", gzip.compress(csv_of(events()).encode())),
        ("e.csv", csv_of(events()).replace("Check", "Prüfen").encode("cp1252")),
        ("f.csv", GERMAN.encode()),
        ("g.csv", csv_of(events(), "%m/%d/%Y %I:%M:%S %p").encode()),
        ("h.csv", csv_of(events()).replace("case,activity,complete", "patient,handling,time").encode()),
        ("i.csv", csv_of(events()).replace("case,activity,complete", "Order Number,Activity Name,Event Time").encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_dialects_encodings_and_names(tmp_path: Path, capsys: Run, name: str, content: bytes) -> None:
    found = told(put(tmp_path, content, name), capsys)
    assert (found["events"], found["closed"]) == (108, 40)
    assert found["figures"]["cycle_time"]["p50"] == 2 * 61 * 60
    assert "day_or_month" not in failed(found)


def test_excel_parquet_and_xes_say_the_same(tmp_path: Path, capsys: Run) -> None:
    base = told(put(tmp_path, csv_of(events())), capsys)["figures"]
    assert told(put(tmp_path, workbook(events()), "log.xlsx"), capsys)["figures"] == base
    assert told(put(tmp_path, xes(events()), "log.xes"), capsys)["figures"] == base
    assert told(put(tmp_path, gzip.compress(xes(events())), "log.xes.gz"), capsys)["figures"] == base
    import duckdb

    source, target = put(tmp_path, csv_of(events())), tmp_path / "log[1].parquet"
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{source}')) TO '{tmp_path}/x' (FORMAT parquet)")
    (tmp_path / "x").rename(target)
    assert told(target, capsys)["figures"] == base


def workbook(rows: list[tuple[str, str, datetime]]) -> bytes:
    main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = ["<row><c t='inlineStr'><is><t>case</t></is></c><c t='inlineStr'><is><t>activity</t></is></c>"
             "<c t='inlineStr'><is><t>complete</t></is></c></row>"]  # fmt: skip
    for case, step, at in rows:
        days = (at - datetime(1899, 12, 30)) / timedelta(days=1)
        lines.append(f"<row><c t='inlineStr'><is><t>{case}</t></is></c><c t='inlineStr'><is><t>{step}</t></is></c>"
                     f"<c s='1'><v>{days:.8f}</v></c></row>")  # fmt: skip
    book = f"<workbook xmlns='{main_ns}' xmlns:r='{links}'><sheets><sheet name='S' r:id='r1'/></sheets></workbook>"
    target = "<Relationship Id='r1' Target='worksheets/sheet1.xml'/>"
    styles = "<cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs>"
    parts = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f"<Relationships>{target}</Relationships>",
        "xl/styles.xml": f"<styleSheet xmlns='{main_ns}'>{styles}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main_ns}'><sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def xes(rows: list[tuple[str, str, datetime]]) -> bytes:
    cases: dict[str, list[str]] = {}
    for case, step, at in rows:
        cases.setdefault(case, []).append(
            f"<event><string key='concept:name' value='{step}'/>"
            f"<date key='time:timestamp' value='{at.isoformat()}'/></event>"
        )
    traces = "".join(
        f"<trace><string key='concept:name' value='{case}'/>{''.join(steps)}</trace>" for case, steps in cases.items()
    )
    return f"<?xml version='1.0'?><log xmlns='http://www.xes-standard.org/'>{traces}</log>".encode()


def test_days_that_could_be_months_fail_the_gate_until_said(tmp_path: Path, capsys: Run) -> None:
    path = put(tmp_path, csv_of(events(), "%d/%m/%Y %H:%M:%S"))
    assert "day_or_month" in failed(told(path, capsys))
    said = told(path, capsys, "--day-first")
    assert "day_or_month" not in failed(said)
    assert said["figures"]["cycle_time"]["p50"] == 2 * 61 * 60
    assert main(["log", str(path), "--day-first", "--month-first"]) == 2


@pytest.mark.parametrize("year", ["1970", "2206", "0001"])
def test_absurd_years_fail_the_gate_and_are_left_out(tmp_path: Path, capsys: Run, year: str) -> None:
    text = csv_of(events())
    at = text.index("Check,2026") + len("Check,")
    found = told(put(tmp_path, f"{text[:at]}{year}{text[at + 4 :]}"), capsys)
    assert "absurd_years" in failed(found)
    assert found["figures"]["cycle_time"]["p90"] < 86_400


def test_serial_numbers_clock_changes_and_empty_starts(tmp_path: Path, capsys: Run) -> None:
    rows = [
        f"{case};{step};{(at - datetime(1899, 12, 30)) / timedelta(days=1):.5f}".replace(".", ",")
        for case, step, at in events()
    ]
    found = told(put(tmp_path, "\n".join(["case;activity;complete", *rows])), capsys)
    assert found["figures"]["cycle_time"]["p50"] == pytest.approx(2 * 61 * 60, abs=2)
    assert any("serial numbers" in note for note in found["notes"])
    summer = "case,activity,complete\n" + "".join(
        f"{n},Open,2026-03-28 20:0{n}:11+01:00\n{n},Close,2026-03-29 05:0{n}:11+02:00\n" for n in range(9)
    )
    assert told(put(tmp_path, summer), capsys)["figures"]["cycle_time"]["p50"] == 8 * 3600
    empty = csv_of(events()).replace("complete", "complete,start").replace("\nC", "\nC")
    assert "missing_start" not in failed(told(put(tmp_path, empty), capsys))


def test_names_that_differ_on_purpose_are_no_variants(tmp_path: Path, capsys: Run) -> None:
    rows = [
        (case, f"Release {'DDDABC'[int(case[1:]) % 6]}" if step == "Pay" else step, at) for case, step, at in events()
    ]
    assert "label_variants" not in failed(told(put(tmp_path, csv_of(rows)), capsys))


def test_one_row_a_case_is_read(tmp_path: Path, capsys: Run) -> None:
    cases: dict[str, dict[str, str]] = {}
    for case, step, at in events():
        cases.setdefault(case, {})[step] = f"{at:%Y-%m-%d %H:%M:%S}"
    lines = [
        ",".join((case, *(stamps.get(step, "") for step in ("Enter", "Check", "Pay"))))
        for case, stamps in cases.items()
    ]
    found = told(put(tmp_path, "\n".join(["case,Enter,Check,Pay", *lines])), capsys)
    assert (found["events"], found["closed"]) == (108, 40)
    assert any("Each row is a case" in note for note in found["notes"])


def test_quiet_months_do_not_turn_the_chart_into_single_cases(tmp_path: Path, capsys: Run) -> None:
    lines = ["case,activity,complete"]
    for month in range(48):
        year, number = 2021 + month // 12, month % 12 + 1
        for case in range(2 if number == 8 else 20):
            day = f"{year}-{number:02}-{case + 5:02}"
            lines += [f"{month}-{case},Open,{day} 09:01:13", f"{month}-{case},Close,{day} 1{case % 9}:31:07"]
    found = told(put(tmp_path, "\n".join(lines)), capsys)
    assert found["chart"]["unit"] == "month"
    assert found["quiet"] == {"periods": 4, "cases": 8}


@pytest.mark.parametrize("column", ["responsible", "handled_by", "agent", "Sachbearbeiter", "attribute 7"])
def test_people_are_never_set_apart(tmp_path: Path, capsys: Run, column: str) -> None:
    names = ("A. Berg", "B. Cole", "Anna Smith")
    text = csv_of(events()).split("\n")
    rows = [f"{text[0]},{column}", *(f"{row},{names[at % 3]}" for at, row in enumerate(text[1:]))]
    path = put(tmp_path, "\n".join(rows))
    assert main(["log", str(path), "--by", column]) == 2
    assert "single people" in capsys.readouterr().err


def test_teams_and_carriers_are_no_people() -> None:
    assert not any(map(is_person, ("Desk", "Team A", "DHL", "Sales", "Hermes & Co", "North 2", "Back office")))
    assert all(map(is_person, ("A. Berg", "Berg, Anna", "anna.berg@example.org", "Dr. Berg", "User_17", "Anna Berg")))


def test_columns_that_cannot_be_told_are_named_with_the_way_out(tmp_path: Path, capsys: Run) -> None:
    rows = csv_of(events()).replace("case,activity,complete", "k1,k2,k3")
    several = rows.replace("Enter", "7,5").replace("Check", "8,5").replace("Pay", "9,5").replace(",5,", "5,")
    assert main(["log", str(put(tmp_path, several))]) == 2
    error = capsys.readouterr().err
    assert "“k1”, “k2”, “k3”" in error
    assert "--activity" in error
    path = put(tmp_path, rows)
    assert told(path, capsys, "--case", "k1", "--activity", "k2", "--time", "k3")["closed"] == 40
    assert main(["log", str(path), "--case", "zz"]) == 2


def test_since_keeps_whole_cases_and_out_writes_files(tmp_path: Path, capsys: Run) -> None:
    path, out = put(tmp_path, csv_of(events())), tmp_path / "out"
    found = told(path, capsys, "--since", "2026-03-05", "--out", str(out))
    assert 0 < found["closed"] < 40
    assert json.loads((out / "log.json").read_text()) == found
    assert "closed cases" in (out / "log.txt").read_text()
    assert main(["log", str(path), "--since", "2030-01-01"]) == 2
    assert main(["log", str(path), "--since", "soon"]) == 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("b.csv", b"<!DOCTYPE html><html><table></table>", "web page"),
        ("c.csv", b"case,activity\0\0\0,complete\n1,a,b\n", "no text"),
        ("d.csv", ",".join(f"c{n}" for n in range(1_000)).encode(), "columns"),
        ("e.csv", b"x," * 1_000_000, "line of more than"),
        ("g.csv.gz", gzip.compress(b"case,activity,complete\n" * 99, mtime=0)[:40], "cannot be unpacked"),
        ("h.xlsx", b"PK\x03\x04 broken", "no Excel workbook"),
        ("i.xls", b"\xd0\xcf\x11\xe0" + b"0" * 99, "old Excel"),
        ("j.xes", b"<?xml version='1.0'?><!DOCTYPE log [<!ENTITY a 'b'>]><log>&a;</log>", "document type"),
        ("k.xes", b"<?xml version='1.0'?><log><trace>", "cut off"),
        ("s.xes", b"<log><trace></event></trace></log>", "broken XML"),
        ("t.xes.gz", gzip.compress(b"<log><trace>" + b"<event/>" * 999, mtime=0), "cut off"),
        ("u.xes.gz", gzip.compress(b"<log><trace>" + b"<event/>" * 999, mtime=0)[:-9], "cannot be unpacked"),
        ("l.xes", b"<log><trace><event/></trace></log>", "Its 1 event says nothing"),
        ("l.xml", b"<?xml version='1.0'?><definitions/>", "is a process"),
        ("o.xml", b"<?xml version='1.0'?><orders/>", "no XES log"),
        ("p.drawio", b'<mxfile host="x"><diagram/></mxfile>', "a drawing of draw.io"),
        ("q.eml", b"From: a@b.example\nSubject: the log\n\nHere it is, as you asked.\n", "is a mail"),
        ("r.txt", b"The clerk checks the order.\nThe manager signs it.\n", "Nothing divides its lines"),
        ("m.parquet", b"PAR1 nothing", "no Parquet"),
        ("n.json", b'{"a": 1}', "JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)  # fmt: skip
def test_hostile_and_broken_files_are_refused_with_the_reason(
    tmp_path: Path, capsys: Run, name: str, content: bytes, reason: str
) -> None:
    assert main(["log", str(put(tmp_path, content, name))]) == 2
    error = capsys.readouterr().err
    assert reason in error
    assert "Traceback" not in error


def test_what_unpacks_to_too_much_is_refused_when_the_limit_is_reached() -> None:
    bomb = gzip.compress(b"case,activity,complete\n" * 100_000)
    with pytest.raises(UnreadableFile, match="too large"):
        read_table(bomb, Bounds(size=100_000))


def test_the_size_is_looked_at_before_a_file_is_read(tmp_path: Path, capsys: Run, monkeypatch) -> None:
    path = tmp_path / "log.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    assert main(["log", str(path)]) == 2
    assert "50,000,000,000 bytes" in capsys.readouterr().err


def test_a_quote_that_is_never_closed_loses_nothing(tmp_path: Path, capsys: Run) -> None:
    text = csv_of(events()).replace("C0,Enter", 'C0,"Enter')
    found = told(put(tmp_path, text), capsys)
    assert found["events"] == 108
    assert any("never closed" in note for note in found["notes"])


def test_control_characters_do_not_reach_the_screen(tmp_path: Path, capsys: Run) -> None:
    main(["log", str(put(tmp_path, csv_of(events()).replace("Pay", "Pay\x1b[31m=1+1")))])
    assert "\x1b" not in capsys.readouterr().out


def test_a_large_table_that_is_no_log_is_refused_by_its_first_rows(tmp_path, monkeypatch, capsys):
    read: list[int] = []
    monkeypatch.setattr("assistant.intake.tables.table_opened.LARGE", 1000)
    tabled = separated.tabled

    def counted(*given):
        table = tabled(*given)
        read.append(len(table.rows))
        return table

    monkeypatch.setattr("assistant.intake.tables.separated.tabled", counted)
    path = tmp_path / "stock.csv"
    path.write_text("article,shelf\n" + "".join(f"{n},{n % 7}\n" for n in range(9000)))
    for command in ("log", "feedback"):
        read.clear()
        assert main([command, str(path)]) == 2
        assert "column" in capsys.readouterr().err
        assert sum(read) <= 3000


def test_an_event_without_an_end_stands_at_its_start(tmp_path: Path, capsys: Run) -> None:
    rows = ["case,activity,start,complete,resource"]
    for case, step, at in events():
        end = "" if step == "Pay" and case.endswith("5") else f"{at + timedelta(minutes=9)}"
        rows.append(f"{case},{step},{at},{end},{'' if step == 'Enter' else 'Desk'}")
    found = told(put(tmp_path, "\n".join(rows)), capsys)
    assert {end["activity"]: end["closed"] for end in found["ends"]} == {"Pay": 28, "Check": 12}
    gap = next(check for check in found["gate"]["checks"] if check["id"] == "missing_end")
    assert "they stand there" in gap["detail"]
    assert failed(found) == {"missing_end"}  # nobody enters: that is no gap at a change of hands


def test_what_a_lifecycle_never_starts_is_a_moment(tmp_path: Path, capsys: Run) -> None:
    rows = ["case,activity,complete,lifecycle"]
    for case, step, at in events():
        if step != "Pay":
            rows.append(f"{case},{step},{at},start")
        rows.append(f"{case},{step},{at + timedelta(minutes=9)},complete")
        if step == "Check":  # a moment at the same second as the end of the step before it, always in this order
            rows.append(f"{case},Checked,{at + timedelta(minutes=9)},complete")
    found = told(put(tmp_path, "\n".join(rows)), capsys)
    assert failed(found) == set()
    assert found["figures"]["working_time"]["n"] == 40
    assert any("“Checked”, “Pay”" in note for note in found["notes"])


def test_what_a_clock_starts_is_no_habit_of_writing_down(tmp_path: Path, capsys: Run) -> None:
    rows = [
        (case, step, at.replace(hour=22, minute=0, second=0) if step == "Pay" else at) for case, step, at in events()
    ]
    assert failed(told(put(tmp_path, csv_of(rows)), capsys)) == set()
