"""A template of the library is good practice: a redesign of it finds next to nothing until somebody tells their own."""

from __future__ import annotations

import pytest

from assistant.library.entries import ProcessEntry
from assistant.library.store import load_library
from assistant.library.template import template
from assistant.process.apply import apply
from assistant.process.durations import Basis
from assistant.process.edits import SetValue
from assistant.process.tree import tasks
from assistant.redesign.brief import Brief, Play
from assistant.redesign.engine import redesign
from assistant.redesign.estimates import complete
from assistant.redesign.findings import find, thresholds
from assistant.redesign.software import suited
from assistant.redesign.typical import AS_IT_STANDS
from assistant.redesign.view import View
from assistant.simulation.run import simulate

LIBRARY = load_library(None)
SAMPLE = LIBRARY.processes[::6]


@pytest.mark.parametrize("entry", SAMPLE, ids=lambda entry: entry.id)
def test_a_template_simulates_and_no_pain_is_invented_in_it(entry: ProcessEntry) -> None:
    process = template(entry)
    played = complete(process, entry).process
    result = simulate(played, cases=20, replications=2, seed=1)
    assert result.cycle_time.mean > 0
    assert len(find(process)) <= 1
    assert len(find(played, run=result)) <= 1
    assert not list(suited(View(process, thresholds(None), None, ()), ())), "software is no remedy where nothing hurts"


def test_what_somebody_tells_of_their_own_house_can_hurt() -> None:
    entry = LIBRARY.process("P30")
    assert entry is not None
    process = template(entry)
    task = next(task for task in tasks(process) if task.id == "approve_invoice")
    assert task.wait is not None
    mine = task.wait.model_copy(update={"low": 20.0, "mode": 30.0, "high": 40.0, "basis": Basis.STATED})
    found = find(apply(process, [SetValue(id=task.id, field="wait", value=mine.document())]))
    assert any("approve_invoice" in finding.elements for finding in found)


def test_a_template_as_it_stands_is_no_case_for_a_redesign() -> None:
    entry = LIBRARY.process("P58")
    assert entry is not None
    made = redesign(template(entry), LIBRARY, brief=Brief(play=Play(cases=20, replications=2)))
    assert made.document()["findings"] == []
    assert made.why_recommended == AS_IT_STANDS
