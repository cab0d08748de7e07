"""What customers say reaches the redesign: as evidence with theme ids, as complaints a change removes, as an answer."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.errors import UnreadableFile
from assistant.feedback.asked import customers_say
from assistant.feedback.links import Linker
from assistant.feedback.shapes import Comment
from assistant.feedback.summary import summarise
from assistant.process.codec import dumps, from_data
from assistant.redesign.brief import brief_of
from assistant.redesign.engine import redesign

PROCESS = from_data(
    {
        "schema": "process/1",
        "name": "Building permit",
        "roles": [{"id": "clerk", "name": "Clerk", "kind": "person", "capacity": 2, "cost_per_hour": 40}],
        "volume": {"between": {"kind": "exponential", "mean": 2, "unit": "h"}, "basis": "stated"},
        "flow": [
            {"task": {"id": "register", "name": "Register application", "role": "clerk",
                      "work": {"kind": "fixed", "value": 20, "unit": "min", "basis": "stated"}}},
            {"task": {"id": "approve", "name": "Approve plans", "role": "clerk",
                      "work": {"kind": "fixed", "value": 30, "unit": "min", "basis": "stated"},
                      "wait": {"kind": "fixed", "value": 9, "unit": "d", "basis": "stated"}, "wait_cause": "batching"}},
            {"task": {"id": "send", "name": "Send letter", "role": "clerk",
                      "work": {"kind": "fixed", "value": 5, "unit": "min", "basis": "stated"}}},
        ],
    }
)  # fmt: skip
SLOW = [
    f"{who} waited {n} weeks for the approval of {what}, far too slow and late"
    for who in ("I", "We", "My builder") for n in (6, 8, 9) for what in ("the plans", "my plans", "our garage")
]  # fmt: skip
NICE = [f"The person at the counter was friendly {tail}" for tail in ("", "today", "and kind", "as always", "again")]
COMMENTS = [Comment(str(n), text) for n, text in enumerate([*SLOW, *NICE])]


def test_findings_name_the_themes_of_customers_with_a_quote_beside_the_step() -> None:
    feedback = summarise(COMMENTS, PROCESS)
    about = {theme.id for theme in feedback.at_step("approve")}
    assert about
    found = redesign(PROCESS, brief=brief_of({"complaints": feedback, "cases": 60, "replications": 3}))
    here = [finding for finding in found.findings if "approve" in finding.elements]
    assert here
    assert set(here[0].themes) <= about
    told = " ".join(evidence.text for evidence in here[0].because)
    assert "comments of customers" in told
    assert any(theme.quotes[0].text in told for theme in feedback.at_step("approve"))


def test_complaints_a_change_removes_are_bounded_by_those_there_are() -> None:
    feedback = summarise(COMMENTS, PROCESS)
    found = redesign(PROCESS, brief=brief_of({"complaints": feedback, "cases": 60, "replications": 3}))
    assert found.complaints
    for relief in found.complaints:
        assert 0 <= relief.low <= relief.removed <= relief.high <= relief.count
        assert relief.theme in {theme.id for theme in feedback.themes}
        assert relief.basis
    assert json.dumps(found.document()["complaints_removed"])


def test_the_report_says_which_complaints_a_change_spares_and_quotes_customers_beside_the_finding(
    tmp_path: Path,
) -> None:
    story, comments = tmp_path / "permit.json", tmp_path / "c.csv"
    story.write_text(dumps(PROCESS), encoding="utf-8")
    comments.write_text("id,comment\n" + "".join(f'{c.id},"{c.raw}"\n' for c in COMMENTS), encoding="utf-8")
    out = tmp_path / "out"
    given = ["redesign", str(story), "--feedback", str(comments), "--cases", "60", "--replications", "3"]
    run = CliRunner().invoke(cli, [*given, "--out", str(out)])
    assert run.exit_code == 0, run.output
    for name in ("report.md", "report.html"):
        text = html.unescape((out / name).read_text(encoding="utf-8"))
        assert "Would have spared about" in text, name
        assert "if complaints about waiting fall as the time at the step falls" in text
        assert re.search(r"of 27 comments about “[^”]+” \(\d+ to \d+\)", text), name
        assert re.search(r"Customers:(?:</strong>)? \d+ comments of customers are about .*; a customer: “", text), name


def test_praise_is_no_evidence_for_a_finding() -> None:
    glad = [Comment(str(n), f"My plans {how} approved, excellent") for n, how in enumerate(("are", "were", "got"))]
    feedback = summarise(glad, PROCESS)
    assert feedback.at_step("approve")
    found = redesign(PROCESS, brief=brief_of({"complaints": feedback, "cases": 60, "replications": 3}))
    assert not any(finding.themes for finding in found.findings)


def test_what_customers_say_about_a_step_is_answered_with_counts_and_quotes() -> None:
    feedback = summarise(COMMENTS, PROCESS)
    lines = customers_say(feedback, "what do customers say about the approval?", PROCESS)
    assert "27 comments of 32" in lines[0]
    assert any("approval" in line for line in lines[1:])
    assert "None" in customers_say(feedback, "what do customers say about the parking?", PROCESS)[0]


def test_a_comment_that_says_nothing_of_a_step_is_tied_to_none() -> None:
    linker = Linker(PROCESS)
    assert linker.link("waited weeks for approval of my plans".split()).step == "approve"
    assert linker.link("the weather was fine today".split()).step == ""
    assert 0 < linker.link("my application was not registered".split()).confidence <= 1


def test_the_command_writes_its_files_and_compares_with_the_last_run(tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text(
        "id,comment,segment\n" + "".join(f'{c.id},"{c.raw}",{"new" if int(c.id) % 2 else "old"}\n' for c in COMMENTS)
    )
    run = CliRunner().invoke(cli, ["feedback", str(file), "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    for name in ("themes.html", "themes.csv", "assignments.csv", "feedback.json"):
        assert (tmp_path / "out" / name).stat().st_size > 0
    page = (tmp_path / "out" / "themes.html").read_text()
    assert "://" not in page
    assert "Share of negative comments by segment" in page
    again = CliRunner().invoke(cli, ["feedback", str(file), "--since", str(tmp_path / "out"), "--json"])
    assert again.exit_code == 0, again.output
    said = json.loads(again.stdout)
    assert all(theme["before"] == theme["count"] for theme in said["themes"])
    refused = CliRunner().invoke(cli, ["feedback", str(file), "--since", str(file)])
    assert isinstance(refused.exception, UnreadableFile)
