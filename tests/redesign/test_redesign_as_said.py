"""What a model said of a told process reaches the findings and figures as it was said."""

from __future__ import annotations

from dataclasses import replace

from redesign_kit import process

from assistant.redesign.consulting import merged
from assistant.redesign.findings import find

COPYING = """
roles: [{id: c, name: Clerk}]
volume: 20 per d
flow:
  - task: {id: copy, name: Copy values into the book, role: c, work: 11 min, value_class: NVA}
  - task: {id: send, name: Send the values, role: c, work: 5 min}
  - end: {id: e, outcome: Values sent}
"""


def test_a_detector_that_would_only_ask_makes_no_sure_pain_unsure():
    (seen,) = [one for one in find(process(COPYING)) if one.kind == "no_value_work"]
    pain = replace(seen, kind="told", id="told:copy", details={"told": True})
    (joined,) = merged([pain], [replace(seen, details={**seen.details, "asked": True})])
    assert joined.kind == "no_value_work"
    assert not joined.details.get("asked")
