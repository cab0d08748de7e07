"""The blessed run: the one later runs are compared with, who made it so, when and why; a file of the repository."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path
from typing import Any

from assistant.errors import StorageError, UsageError
from assistant.evals.asked_otherwise import in_a_sentence
from assistant.evals.comparing import compare_runs
from assistant.evals.runfile import Run, load_run, write_run
from assistant.evals.stamp import checkout, now
from assistant.settings import bundled

NAME, LOG = "baseline.jsonl", "blessings.jsonl"


def place(home: Path) -> Path:
    """The folder of the baseline: evals/baseline of the repository, else a folder of one's own."""
    root = checkout()
    own = os.environ.get("ASSISTANT_EVAL_BASELINE")
    if own:
        return Path(own)
    return root / "evals" / "baseline" if root is not None else home / "evals"


def blessed(home: Path) -> Run:
    """The blessed run: one's own, else the one that came with the program. Raises UsageError when there is none."""
    path = place(home) / NAME
    if not path.is_file() and "ASSISTANT_EVAL_BASELINE" not in os.environ:
        path = bundled("evals") / "baseline" / NAME
    if not path.is_file():
        raise UsageError(
            "No run was blessed yet.", f"{path} is not there.", "`assistant eval bless RUN --why …` does that."
        )
    return load_run(path)


def bless(run: Run, home: Path, why: str, who: str | None = None, although_worse: bool = False) -> dict[str, Any]:
    """Make a run the baseline; returns who, when and why, and its verdict `against` the one before.

    Suites the run does not hold stay in the baseline as they were. Raises UsageError for a run that is not whole, and
    unless `although_worse` for one that is worse or holds cases of one's own alone.
    """
    if not why.strip():
        raise UsageError("A blessing needs a reason.", remedy='Add --why "…".')
    if not run.whole:
        raise UsageError(f"{len(run.rows)} of {run.planned} cases were played: half a run is no baseline.",
                         remedy="Run it again with the same --out; it goes on where it stopped.")  # fmt: skip
    compared = _compared(run, home)
    against = f"{compared['verdict']}: {compared['why']}" if compared else ""
    if not although_worse:
        _refuse_worse(run, against)
        _refuse_unseen(compared)
    note: dict[str, Any] = {
            "who": who or _me(), "when": now(), "why": why.strip(), "suite": run.suite, "model": run.head.get("model"),
            "commit": run.head.get("commit"), "code": run.head.get("code"), "cases": len(run.cases),
            "errors": len(run.errors), "against": against}  # fmt: skip
    folder = place(home)
    kept = _with_the_rest(run, folder / NAME)
    note["stay"] = len(kept.cases) - len(run.cases)
    kept.head = {**kept.head, "blessed": note}
    write_run(kept, folder / NAME)
    try:
        with (folder / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StorageError(f"{folder / LOG} cannot be written.", str(error.strerror or error)) from None
    return note


def _compared(run: Run, home: Path) -> dict[str, Any]:
    """The run against the blessed one; empty where none was blessed."""
    try:
        return compare_runs(blessed(home), run)
    except UsageError:
        return {}


def _refuse_worse(run: Run, against: str) -> None:
    sure = "Mend it first; or add --although-worse and say under --why what makes up for it."
    if against.startswith("worse"):
        raise UsageError("This run is worse than the blessed one, and was not blessed.", f"{against}.", sure)
    if run.head.get("own_cases"):
        raise UsageError(
            "This run holds cases of your own alone, and was not blessed.",
            "Blessed, they would stand in place of all cases of their suites.",
            "Keep the file and compare with it: `assistant eval compare OLD NEW`. Or add --although-worse.",
        )


def _refuse_unseen(compared: dict[str, Any]) -> None:
    """A guarded score that fell where a case is asked something else is in no pair, so nobody would see it."""
    if lower := in_a_sentence(compared.get("asked_otherwise", [])):
        raise UsageError(
            "What is guarded is lower in this run, and it was not blessed.", lower,
            "Look whether the new question is harder or the program worse (`assistant eval report RUN`); then add "
            "--although-worse and say under --why which.",
        )  # fmt: skip


def _with_the_rest(run: Run, path: Path) -> Run:
    """The run, with the suites of the old baseline that it does not hold."""
    if not path.is_file():
        return Run(dict(run.head), dict(run.cases), list(run.rows))
    old = load_run(path)
    mine = {suite for suite, _ in run.cases}
    if old.head.get("model") != run.head.get("model") or {suite for suite, _ in old.cases} <= mine:
        return Run(dict(run.head), dict(run.cases), list(run.rows))
    cases = {key: case for key, case in old.cases.items() if key[0] not in mine}
    rows = [row for row in old.rows if row.suite not in mine]
    guarded = sorted({*old.guarded, *run.guarded})
    head = {**run.head, "suite": old.suite, "guarded": guarded}
    return Run(head, {**cases, **run.cases}, [*rows, *run.rows])


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
