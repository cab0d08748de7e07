"""What was measured stands on the page: the blessed run score by score, and one's own runs beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_kit import PORT, Browser, browser

from assistant.evals.runfile import Run, write_run
from assistant.evals.shapes import Case, Row
from assistant.page.guard import DOCUMENT_POLICY, Door

HOSTILE = "<script>alert(1)</script>"


def written(path: Path, model: str, *right: float) -> None:
    cases = {("reading", str(at)): Case(str(at), {"story": HOSTILE}, {}) for at in range(len(right))}
    rows = [Row("reading", str(at), 0, {"task": score}, {}) for at, score in enumerate(right)]
    head = {"suite": "reading", "repeats": 1, "model": model, "guarded": [], "about": {"reading": "Stories."}}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_run(Run({**head, "date": "2026-11-29T05:06:00"}, cases, rows), path)


@pytest.fixture
def runs(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_EVAL_BASELINE", str(own_home / "blessed"))
    written(own_home / "blessed" / "baseline.jsonl", "built-in rules", 1.0, 0.5, 1.0)
    written(own_home / "evals" / f"{HOSTILE.replace('/', '')}.jsonl", HOSTILE, 1.0, 0.0, 1.0)
    (own_home / "evals" / "broken.jsonl").write_text("no run\n", encoding="utf-8")
    return own_home


def test_the_owner_sees_runs_and_scores_and_each_run_beside_the_blessed_one(page: Browser, runs: Path) -> None:
    assert 'href="/evals"' in page.get("/").text
    told = page.get("/evals").text
    assert "0.83" in told
    assert "3 cases" in told
    assert "Share of cases that did not end in an error" in told, "each score says what it means"
    assert "broken.jsonl" in told
    assert "<script" not in told
    report = page.get("/evals/blessed")
    assert "compared with nothing" in report.text
    assert report.headers["content-security-policy"] == DOCUMENT_POLICY
    mine = page.get("/evals/%3Cscript%3Ealert(1)%3Cscript%3E")
    assert "What got worse" in mine.text
    assert "<script" not in mine.text
    assert page.get("/evals/..%2Fblessed").status_code in (404, 422)
    assert page.get("/evals/nothing").status_code == 422


def test_nobody_who_was_invited_sees_what_was_measured(page: Browser, runs: Path) -> None:
    door = Door("127.0.0.1", PORT)
    guest = browser(page.app, door, door.people.invite("Ada", "editor", "orders"))
    assert guest.get("/evals").status_code == guest.get("/evals/blessed").status_code == 403
