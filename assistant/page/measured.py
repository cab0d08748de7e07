"""What was measured of this program and of one's own changes to it: the runs of the evals, for the page's owner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from assistant.errors import AssistantError, UsageError
from assistant.page.guard import DOCUMENT_POLICY
from assistant.page.rendering import render

if TYPE_CHECKING:
    from assistant.app import App
    from assistant.evals.runfile import Run

BLESSED = "blessed"
MOST_RUNS = 20
NOT_YOURS = "Only the owner of the page sees what was measured."


class Measured:
    """The addresses of the evals: which runs there are, and the report of each."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._read: dict[tuple[Path, int], Run] = {}
        self._told: dict[tuple[Path, int], str] = {}

    def add(self, web: FastAPI) -> None:
        """Open the addresses."""
        web.get("/evals")(self.show)
        web.get("/evals/{name}")(self.report)

    def show(self, request: Request) -> Response:
        """The blessed run score by score, and the runs that can be read beside it."""
        if request.scope["link"].role != "owner":
            return Response(NOT_YOURS, 403)
        runs, faults = [], []
        for name, path in places(self.app.home).items():
            try:
                runs.append(_row(name, self._run(path)))
            except AssistantError as error:
                faults.append(str(error))
        best = runs[0] if runs and runs[0]["name"] == BLESSED else None
        folder = self.app.home / "evals"
        return HTMLResponse(render("evals.html.j2", runs=runs, best=best, faults=faults, folder=str(folder)))

    def report(self, request: Request, name: str) -> Response:
        """The report of one run as `assistant eval report` writes it; all but the blessed one beside that one."""
        if request.scope["link"].role != "owner":
            return Response(NOT_YOURS, 403)
        known = places(self.app.home)
        if name not in known:
            raise UsageError("There is no such run.", "", "Choose one of those that are listed.")
        key = _stamp(known[name])
        if key not in self._told:
            self._told = {key: self._written(name, known)}  # of a megabyte each only the last one is kept
        return HTMLResponse(self._told[key], headers={"content-security-policy": DOCUMENT_POLICY})

    def _written(self, name: str, known: dict[str, Path]) -> str:
        from assistant.evals.comparing import compare_runs
        from assistant.evals.report import page

        run = self._run(known[name])
        if name == BLESSED or BLESSED not in known:
            return page(run, None, None)
        old = self._run(known[BLESSED])
        return page(run, old, compare_runs(old, run))

    def _run(self, path: Path) -> Run:
        from assistant.evals.runfile import load_run

        key = _stamp(path)
        if key not in self._read:
            self._read = {known: run for known, run in self._read.items() if known[0] != path}
            self._read[key] = load_run(path)
        return self._read[key]


def _stamp(path: Path) -> tuple[Path, int]:
    try:
        return path, path.stat().st_mtime_ns
    except OSError:
        return path, 0


def places(home: Path) -> dict[str, Path]:
    """The runs there are, by name: the blessed one of this version, what `make eval` wrote, and those in one's own
    folder of runs, the newest first."""
    from assistant.evals.baseline import NAME, place
    from assistant.evals.stamp import checkout
    from assistant.settings import bundled

    blessed = place(home) / NAME
    if not blessed.is_file():
        blessed = bundled("evals") / "baseline" / NAME
    root = checkout()
    made = sorted((home / "evals").glob("*.jsonl"), key=lambda path: _stamp(path)[1], reverse=True)
    found = {BLESSED: blessed}
    if root is not None:
        found["make eval"] = root / "out" / "eval" / "run.jsonl"
    found |= {path.stem: path for path in made if path.name not in (NAME, "blessings.jsonl") and path.stem not in found}
    there = {name: path for name, path in found.items() if path.is_file()}
    return dict(list(there.items())[:MOST_RUNS])


def _row(name: str, run: Run) -> dict[str, Any]:
    """One run as the list shows it; its scores by suite, each with its mean and how far people agree."""
    from assistant.evals.report import told_scores

    suites: dict[str, list[dict[str, Any]]] = {}
    for score in told_scores(run, None):
        suite, _, what = score["name"].partition(".")
        suites.setdefault(suite, []).append({**score, "what": what.replace("_", " ")})
    about = run.head.get("about", {})
    return {
        "name": name, "made_by": str(run.head.get("model")), "date": str(run.head.get("date"))[:16].replace("T", " "),
        "cases": len(run.cases), "errors": len(run.errors), "whole": run.whole, "planned": run.planned,
        "why": (run.head.get("blessed") or {}).get("why", ""),
        "suites": [{"name": suite, "about": about.get(suite, ""), "scores": rows} for suite, rows in suites.items()],
    }  # fmt: skip
