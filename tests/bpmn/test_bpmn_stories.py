"""What is read from stories is sound, valid by the OMG schema, and comes back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from geometry import faults
from lxml import etree

from assistant.bpmn.layout import lay_out
from assistant.bpmn.read import read
from assistant.bpmn.write import write
from assistant.evals.shapes import Case
from assistant.evals.suites.reading import SUITES
from assistant.language.reading import read_story
from assistant.process.checks import check

pytestmark = pytest.mark.usefixtures("meanings_unread")
SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "xsd" / "BPMN20.xsd")))
CASES = [case for case in SUITES[0].load() if case.id.startswith(("stories/", "told/"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_story_becomes_valid_bpmn(case: Case) -> None:
    process = read_story(case.given["story"]).process
    assert [issue for issue in check(process) if issue.severity == "error"] == []
    data = write(process)
    assert SCHEMA.validate(etree.fromstring(data)), SCHEMA.error_log
    assert faults(lay_out(process)) == []
    assert read(data).process == process
