"""What is brought to the page leads to what its command would do; what is taken from it is what the commands write."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from page_kit import STORY, Browser, hidden

ORDERS = "/p/orders"
COMMENTS = b"id,comment\n1,The delivery was late\n2,late again!\n3,the invoice was wrong\n4,so late\n"


def rows(*steps: str) -> bytes:
    """An event log of eight cases that go through these steps."""
    lines = [f"{case},{step},2026-03-{case:02} {8 + at:02}:00" for case in range(1, 9) for at, step in enumerate(steps)]
    return "\n".join(["case,activity,timestamp", *lines]).encode()


def test_comments_open_their_themes_with_quotes_and_can_be_taken_along(page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    shown = page.upload(ORDERS, "c.csv", COMMENTS).text
    assert 'data-tab="feedback"' in shown
    assert "<blockquote>“The delivery was late”" in shown
    assert page.get(f"{ORDERS}/files/assignments.csv").text.count("\n") >= 5
    assert "late" in page.get(f"{ORDERS}/files/themes.html").text


def test_a_log_at_a_told_process_says_where_they_differ(page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    shown = page.upload(ORDERS, "log.csv", rows("Check order", "Pack goods", "Stamp parcel")).text
    assert "Stamp parcel" in shown
    assert "8 cases" in shown


@pytest.mark.usefixtures("fonts")
def test_everything_is_one_download_and_holds_what_the_command_writes(page: Browser, tmp_path: Path) -> None:
    from assistant.reports.files import write_outputs

    assert page.get(f"{ORDERS}/files/all.zip").status_code == 422
    page.post(f"{ORDERS}/say", {"words": STORY})
    names = zipfile.ZipFile(io.BytesIO(page.get(f"{ORDERS}/files/all.zip").content)).namelist()
    assert {"orders.bpmn", "orders.png", "share.html"} <= set(names)
    page.post(f"{ORDERS}/propose")
    page.upload(ORDERS, "c.csv", COMMENTS)
    archive = zipfile.ZipFile(io.BytesIO(page.get(f"{ORDERS}/files/all.zip").content))
    session = page.app.session("orders")
    result = session.redesign()
    from assistant.handover.package import package

    written = {path.name for path in write_outputs(result, package(result, page.app.library), tmp_path)}
    assert {name.removeprefix("redesign/") for name in archive.namelist() if name.startswith("redesign/")} == written
    assert "feedback/themes.csv" in archive.namelist()
    assert all(archive.read(name) for name in archive.namelist())


def test_the_share_file_holds_the_report_and_each_alternative_can_be_commented_on(page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    assert "srcdoc" not in page.get(f"{ORDERS}/files/share.html").text
    page.post(f"{ORDERS}/propose")
    shared = page.get(f"{ORDERS}/files/share.html").text
    assert "<iframe sandbox" in shared
    assert "&lt;h1&gt;" in shared or "&lt;h1" in shared
    assert 'data-comment="alternative:' in shared
    assert 'data-comment="report"' in shared
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "check_order", "value": "Vet order"})
    assert "srcdoc" not in page.get(f"{ORDERS}/files/share.html").text, "a report on what is no longer so"


def test_a_process_is_laid_beside_one_of_the_library(page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    entry = page.get(f"{ORDERS}/entry/P01").text
    assert "Start from it" not in entry
    words = next(part.split('"')[0] for part in entry.split('value="') if part.startswith("compare"))
    assert "Beside the template P01" in page.post(f"{ORDERS}/say", {"words": words}).text
    assert "compare" not in page.get("/p/new/entry/P01").text
    assert hidden(page.get("/p/new/entry/P01").text, "entry")


def test_where_no_letters_can_be_drawn_everything_else_is_in_the_download(
    page: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.bpmn.picture._drawn", lambda png: False)
    page.post(f"{ORDERS}/say", {"words": STORY})
    names = set(zipfile.ZipFile(io.BytesIO(page.get(f"{ORDERS}/files/all.zip").content)).namelist())
    assert {"orders.bpmn", "orders.svg", "share.html"} <= names
    assert not names & {"orders.png", "orders.pdf"}
    alone = page.get(f"{ORDERS}/files/process.png")
    assert alone.status_code == 422
    assert "Install a font" in alone.text


def test_what_is_taken_away_bears_names_and_what_is_mailed_their_letters(page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": "A clerk opens the mail. Then Mr. Osei signs the letter."})
    assert "Osei" not in page.app.session("orders").process.model_dump_json()
    archive = zipfile.ZipFile(io.BytesIO(page.get(f"{ORDERS}/files/all.zip").content))
    assert b"Osei" in archive.read("orders.bpmn")
    assert b"Osei" not in archive.read("share.html"), "it travels"
