"""Golden cases: 25 disconnected measures are pruned; without an owner a redesign goes back to step 1."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.errors import UnreadableFile
from assistant.handover.kpi_lint import ABOUT, MOST, Listed, about, key, prune, read_list, summary
from assistant.handover.readiness import blocked
from assistant.intake.tables.table_opened import read_table
from assistant.process.model import Process

ABLE = ["Cycle time", "Order errors", "Cost per order", "Customer complaints", "Lead time to ship", "Time to quote",
        "Delay at customs", "Time to invoice", "Backlog age", "First-time-right rate"]  # fmt: skip
LOOSE = ["Log-ins", "Pages printed", "Meetings held", "E-mails sent", "Slides made"]


def twenty_five() -> list[Listed]:
    sound = [Listed(name, "Ines Roth", "staffing of the week") for name in ABLE]
    unowned = [Listed(f"Waiting time at desk {at}", "", "staffing") for at in range(5)]
    idle = [Listed(f"Error rate of form {at}", "Ines Roth", "") for at in range(3)]
    doubles = [Listed("Rate of order errors", "Tom", "training"), Listed("cycle times", "Tom", "staffing")]
    return [*sound, *unowned, *idle, *doubles, *(Listed(name, "Tom", "review") for name in LOOSE)]


def test_golden_25_disconnected_measures_are_pruned_each_with_a_reason() -> None:
    listed = twenty_five()
    assert len(listed) == 25
    verdicts = prune(listed)
    kept = [verdict for verdict in verdicts if verdict.keep]
    assert len(kept) == MOST
    assert {verdict.about for verdict in kept} == set(ABOUT)  # time does not push out the customer
    assert all(verdict.reasons for verdict in verdicts)
    said = {verdict.kpi.name: " ".join(verdict.reasons) for verdict in verdicts}
    assert "nobody owns it" in said["Waiting time at desk 2"]
    assert "no decision" in said["Error rate of form 1"]
    assert "same as “Order errors”" in said["Rate of order errors"]
    assert "neither time, quality, cost" in said["Slides made"]
    assert "more than 7" in said["Backlog age"]
    assert summary(verdicts).startswith("25 measures, more than the 7 people act on: keep 7, drop 18.")


def test_a_double_is_no_reason_where_the_first_is_dropped_itself() -> None:
    verdicts = prune([Listed("Cycle time", "", ""), Listed("Cycle times", "Tom", "staffing")])
    assert [verdict.keep for verdict in verdicts] == [False, True]
    assert "Nothing is left for customer, quality, cost." in summary(verdicts)


def test_what_a_measure_is_about_and_when_two_are_one() -> None:
    assert about(Listed("Complaints per 100 orders")) == "customer"
    assert about(Listed("Index 7", formula="days from order to cash")) == "time"
    assert key("The number of errors") == key("Error rate")


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("Proofs with a mistake", "quality"),
        ("calls asking for the date", "customer"),
        ("Families' thank-you letters", "customer"),
        ("cakes redone", "quality"),
        ("Scrapped sheets", "quality"),
        ("compliments from guests", "customer"),
        ("Unpaid invoices", "cost"),
        ("overdue books", "time"),
        ("Trucks washed", ""),
        ("letters typed", ""),
    ],
)
def test_what_a_measure_is_about_in_the_words_of_a_small_firm(name: str, dimension: str) -> None:
    assert about(Listed(name)) == dimension


def test_the_command_says_keep_or_drop_and_blocks_to_step_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kpis.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("KPI", "Owner", "Decision"), *(kpi[:3] for kpi in twenty_five())])
    process = tmp_path / "p.json"
    process.write_text(Process(name="Orders").model_dump_json(by_alias=True))
    assert main(["kpis", str(path), "--process", str(process), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert sum(measure["keep"] for measure in told["measures"]) == MOST
    assert told["blocked"]["step"] == 1
    assert main(["kpis", str(path)]) == 1
    assert "drop  Slides made" in capsys.readouterr().out


def test_a_list_without_names_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        read_list(read_table(b"owner,decision\nTom,x\n"))
    with pytest.raises(UnreadableFile):
        read_list(read_table(b""))


@pytest.mark.parametrize("owner", [None, "", " TBD ", "Nobody", "Process  owner"])
def test_golden_without_an_owner_it_goes_back_to_step_1(owner: str | None) -> None:
    block = blocked(Process(name="Orders", owner=owner))
    assert block is not None
    assert block.step == 1
    assert "nothing may go beyond a trial" in block.text


def test_with_an_owner_it_may_go_on() -> None:
    assert blocked(Process(name="Orders", owner="Ines Roth")) is None
