"""A saving is said of the time that was told for the whole of a case, where the steps told come to less of it."""

from __future__ import annotations

from redesign_kit import process, quick

from assistant.reports.evidence import trust

LITTLE_TOLD = """
roles: [{id: clerk, name: Clerk, capacity: null}]
measures: [{id: whole, name: cycle time, value: 100, unit: d, basis: stated}]
flow:
- task: {id: take, name: Take application, role: clerk, work: {kind: fixed, value: 20, unit: min, basis: stated}}
- task: {id: lie, name: Write decision, role: clerk, work: {kind: fixed, value: 10, unit: min, basis: stated},
         wait: {kind: fixed, value: 8, unit: d, basis: stated}, wait_cause: batching, batch: {size: 10}}
- end: {id: e, outcome: Decision sent}
"""


def test_what_eight_days_of_a_hundred_save_is_no_large_share():
    result = quick(process(LITTLE_TOLD, volume={"between": {"kind": "exponential", "mean": 2, "unit": "h"}}))
    moved = [time for one in result.alternatives if (time := one.effects["time"]).change]
    assert moved
    assert all(time.before == 100 * 86400 and -0.1 < time.relative < 0 for time in moved)
    assert "of the time told step by step" in trust(result)["text"]
    assert "the steps told add up to" in trust(result)["advice"]
