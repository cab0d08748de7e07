"""A process entry is a process: its flow is checked, drawn, simulated and read back like any other."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.bpmn.svg import svg
from assistant.errors import InvalidLibrary
from assistant.library.checks import references
from assistant.library.entries import ProcessEntry
from assistant.library.flow import steps_in
from assistant.library.store import Library, load_library
from assistant.library.template import template
from assistant.process.codec import dumps, loads
from assistant.process.durations import Basis
from assistant.process.tree import tasks
from assistant.process.unsound_trees import flaws
from assistant.redesign.estimates import complete
from assistant.redesign.findings import find
from assistant.settings import load_settings
from assistant.simulation.run import simulate

LIBRARY = load_library(None)


@pytest.fixture(name="library")
def _library() -> Library:
    return LIBRARY


@pytest.mark.parametrize("entry", LIBRARY.processes, ids=lambda entry: entry.code or entry.id)
def test_every_entry_is_a_sound_process_with_all_its_steps(entry: ProcessEntry) -> None:
    process = template(entry)
    assert [task.id for task in tasks(process)] == steps_in(entry.flow)
    assert flaws(process) == []
    assert loads(dumps(process)) == process
    assert all(task.basis is Basis.LIBRARY for task in tasks(process))
    assert all(task.role in {role.id for role in process.roles} for task in tasks(process))
    drawing = svg(process)
    assert "<svg" in drawing
    assert not {">Again?<", ">Done<"} & set(re.findall(r">[^<]*<", drawing))


@pytest.mark.parametrize("entry", LIBRARY.processes, ids=lambda entry: entry.code or entry.id)
def test_every_entry_simulates_and_best_practice_is_left_in_peace(entry: ProcessEntry) -> None:
    process = template(entry)
    found = find(process, load_settings({}))
    assert len(found) <= 1, [f"{finding.kind}: {finding.elements}" for finding in found]
    result = simulate(complete(process, entry).process, cases=10, replications=2, seed=1)
    assert 0 < result.cycle_time.mean < 400 * 86_400


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (["receive_order"], "stands nowhere in it"),
        (["receive_order", "receive_order"], "used 2 times"),
        (["fly_to_the_moon"], "there is no step 'fly_to_the_moon'"),
        ([], "is missing"),
    ],
)
def test_a_flow_that_does_not_hold_each_step_once_is_named(library: Library, flow: list[Any], words: str) -> None:
    entry = ProcessEntry.model_validate({**library.process("P01").document(), "flow": flow})
    told = " ".join(str(problem) for problem in references(entry, set(), set()))
    assert words in told


def test_an_end_beside_parallel_work_is_named(library: Library) -> None:
    order = library.process("P01")
    steps = [step.id for step in order.steps]
    flow = [*steps[2:], {"parallel": [[steps[0]], [steps[1], {"end": {"outcome": "Refused"}}]]}]
    entry = ProcessEntry.model_validate({**order.document(), "flow": flow})
    assert any("still run" in str(problem) for problem in references(entry, set(), set()))


def test_an_entry_without_a_flow_says_so(library: Library) -> None:
    entry = ProcessEntry.model_validate({**library.process("P01").document(), "flow": []})
    with pytest.raises(InvalidLibrary, match="has no flow"):
        template(entry)
