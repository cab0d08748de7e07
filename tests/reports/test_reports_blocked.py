"""A redesign with no owner is held back before rollout, and the report says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.process.codec import dumps, from_data


@pytest.mark.parametrize(("owner", "held"), [(None, True), ("Dana Reed, head of operations", False)])
def test_no_owner_no_rollout(owner: str | None, held: bool, tmp_path: Path) -> None:
    flow = [
        {"task": {"id": "a", "name": "Check order", "wait": {"kind": "fixed", "value": 2, "unit": "d"}}},
        {"task": {"id": "b", "name": "Ship goods", "work": {"kind": "fixed", "value": 1, "unit": "h"}}},
    ]
    data = {"schema": "process/1", "name": "Orders", "flow": flow} | ({"owner": owner} if owner else {})
    source = tmp_path / "p.json"
    source.write_text(dumps(from_data(data)), encoding="utf-8")
    out = tmp_path / "out"
    assert main(["redesign", str(source), "--out", str(out), "--cases", "30", "--replications", "3"]) == 0
    for name in ("report.html", "report.md"):
        assert ("nothing may go beyond a trial" in (out / name).read_text(encoding="utf-8")) is held
