"""Other people's tools read what we write: bpmn-moddle and bpmnlint in node, bpmn-js in a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import drawn
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from strategies import processes

from assistant.bpmn.read import read
from assistant.bpmn.write import write
from assistant.evals.suites.reading import story_cases
from assistant.language.reading import read_story

FOREIGN = Path(__file__).parent.parent / "foreign"
sys.path.insert(0, str(FOREIGN))
import page  # noqa: E402

installed = (FOREIGN / "node_modules").is_dir()
node = pytest.mark.skipif(not installed or not shutil.which("node"), reason="node or its tools are not installed")
browser = pytest.mark.skipif(not installed or not page.CHROMIUM.exists(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Files of ours: one with everything, those read from our stories, and some drawn by chance."""
    found = {"order.bpmn": write(drawn.ORDER)}
    for case in story_cases():
        found[f"story-{Path(case.id).name}.bpmn"] = write(read_story(case.given["story"]).process)

    @settings(
        max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    @given(processes())
    def collect(process) -> None:
        found[f"{len(found)}.bpmn"] = write(process)

    collect()
    return found


@pytest.mark.node
@node
def test_moddle_and_lint_find_no_error(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    run = subprocess.run(
        ["node", "lint.mjs", str(tmp_path)], cwd=FOREIGN, capture_output=True, text=True, check=True, timeout=300
    )
    found = json.loads(run.stdout)
    assert set(found) == set(files)
    assert {name: told for name, told in found.items() if told["warnings"] or told["errors"]} == {}


@pytest.mark.browser
@node
@browser
def test_bpmn_js_opens_without_a_warning_and_saves_without_loss(files: dict[str, bytes], tmp_path: Path) -> None:
    found = page.open_and_save(files, tmp_path)
    assert set(found) == set(files)
    for name, told in found.items():
        assert told["warnings"] == [], name
        assert told["drawn"] > 2, name
        assert read(told["saved"]).process == read(files[name]).process
