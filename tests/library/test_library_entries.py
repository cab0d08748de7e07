"""The bundled entries keep the promises of the library: shape, references, words people use, grounds of numbers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.library.audit import check_folder
from assistant.library.entries import ESTIMATE, MODELS, LibraryStep, ProcessEntry, entry_schema
from assistant.library.store import Library, load_library
from assistant.process.durations import Basis
from assistant.settings import bundled

FIRST = {"P01", "P09", "P10", "P15", "P22", "P26", "P30", "P43", "P44", "P50", "P56", "P58"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load_library(tmp_path_factory.mktemp("none"))


def test_the_catalogue_is_there(library: Library) -> None:
    codes = [entry.code for entry in library.processes]
    assert FIRST < set(codes) <= {f"P{n:02d}" for n in range(1, 75)}
    assert codes == sorted(set(codes))
    assert [entry.code for entry in library.practices] == [f"H{n:02d}" for n in range(1, 30)]
    assert [entry.code for entry in library.enablers] == [f"E{n:02d}" for n in range(1, 19)]
    assert len(library.figures) == 21


def test_nothing_is_wrong_with_the_bundled_library() -> None:
    """Shape, references, and what a complete entry has: reasons, separations, measures, shares the flow agrees with."""
    assert check_folder(bundled("library"), strict=True) == []


def test_a_share_the_flow_contradicts_is_named(tmp_path: Path) -> None:
    text = (bundled("library") / "processes" / "collections.yaml").read_text(encoding="utf-8")
    file = tmp_path / "processes" / "collections.yaml"
    file.parent.mkdir()
    file.write_text(text.replace("share: 0.017", "share: 0.5"), encoding="utf-8")
    found = check_folder(tmp_path, strict=True)
    assert [problem.field for problem in found] == ["hand_over.share"]
    assert "50%" in found[0].text
    assert "2%" in found[0].text


def test_a_sum_that_is_divided_stands_in_brackets(library: Library) -> None:
    for entry in library.processes:
        for kpi in entry.kpis:
            above = re.sub(r"\([^()]*\)", "", kpi.formula.split("÷")[0])
            assert "÷" not in kpi.formula or " + " not in above, f"{entry.code} {kpi.id}: {kpi.formula}"


def test_an_entry_is_found_by_id_and_code(library: Library) -> None:
    assert library.get("order-to-cash") is library.get("P01") is library.get("p01") is library.process("P01")
    assert library.get("nothing of the kind") is None
    assert library.process("H22") is None
    assert [figure.id for figure in library.figures_for("P30")] == ["F01", "F02"]


def test_every_number_rests_on_something(library: Library) -> None:
    known = {figure.id for figure in library.figures}
    for entry in library.processes:
        grounds = known | {source.id for source in entry.sources}
        times = [time for step in entry.steps for time in (step.work, step.wait) if time]
        bases = [time.basis for time in times] + [
            branch.basis for question in entry.questions for branch in question.branches
        ]
        for basis in bases + [item.basis for item in (*entry.exceptions, *entry.kpis, *entry.steps)]:
            assert basis == ESTIMATE or set(re.findall(r"[SF]\d+", basis)) & grounds, (entry.code, basis)


def test_processes_are_complete_enough_to_borrow_times(library: Library) -> None:
    for entry in library.processes:
        assert len(entry.steps) >= 8, entry.code
        timed = [step for step in entry.steps if step.work or step.wait]
        assert len(timed) == len(entry.steps), entry.code
        assert any(step.control for step in entry.steps)
        assert entry.exceptions
        assert {kpi.kind for kpi in entry.kpis} >= {"time", "quality"} or entry.code == "P01", entry.code
        assert len(entry.kpis) <= 7
        assert all(role in {r.id for r in entry.roles} for row in entry.raci() for role in row[1:3])


def test_most_processes_name_the_law_that_holds_a_step(library: Library) -> None:
    held = [any(step.legal_basis for step in entry.steps) for entry in library.processes]
    assert sum(held) >= 0.8 * len(held)


def test_most_processes_measure_the_customer_and_keep_duties_apart(library: Library) -> None:
    processes = library.processes
    assert sum(any(kpi.kind == "customer" for kpi in entry.kpis) for entry in processes) >= 0.85 * len(processes)
    assert sum(bool(entry.separations) for entry in processes) >= 0.9 * len(processes)


def test_people_say_is_how_people_speak(library: Library) -> None:
    for entry in library.entries:
        assert len(entry.people_say) >= 8, entry.code
        assert len(set(entry.people_say)) == len(entry.people_say), entry.code


def test_a_figure_names_publisher_year_and_sample(library: Library) -> None:
    for figure in library.figures:
        assert figure.publisher
        assert figure.year
        assert figure.sample


def test_each_practice_is_named_by_some_process_or_says_how_it_fails(library: Library) -> None:
    for practice in library.practices:
        assert practice.guards
        assert practice.could_fail
        assert practice.questions
    assert {code for entry in library.processes for code in entry.practices} > {"H01", "H06", "H10", "H11", "H22"}


def test_a_typical_time_becomes_a_duration_that_says_where_it_comes_from(library: Library) -> None:
    entry = library.process("P01")
    assert entry is not None
    step = entry.step("check_credit")
    assert step is not None
    assert step.work is not None
    duration = step.work.duration(f"{entry.code} {step.id}")
    assert (duration.low, duration.mode, duration.high, duration.unit) == (2, 5, 20, "min")
    assert duration.basis is Basis.LIBRARY
    assert duration.note == "P01 check_credit (author estimate)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2-5-15 min", (2, 5, 15, "min", ESTIMATE)),
        ("10 min", (10, 10, 10, "min", ESTIMATE)),
        ("0.5-1-3 d (around F02)", (0.5, 1, 3, "d", "around F02")),
    ],
)
def test_a_range_is_read(text: str, expected: tuple[Any, ...]) -> None:
    work = LibraryStep.model_validate({"id": "a", "name": "Do it", "role": "r", "work": text}).work
    assert work is not None
    assert (work.low, work.mode, work.high, work.unit, work.basis) == expected


@pytest.mark.parametrize("text", ["5-2-15 min", "2-5 min", "soon", "2-5-15 months", "-1-5-7 min", "1e999-2-3 h"])
def test_a_range_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        LibraryStep.model_validate({"id": "a", "name": "Do it", "role": "r", "work": text})


def test_an_entry_without_sources_says_so(library: Library) -> None:
    data = library.processes[0].document()
    with pytest.raises(ValidationError, match="grade D"):
        ProcessEntry.model_validate({**data, "sources": [], "grade": "A"})


def test_chances_of_a_question_add_up(library: Library) -> None:
    data = library.process("P01").document()
    data["flow"] = [
        {"choice": {"question": "Good?", "branches": [{"when": "yes", "p": 0.9}, {"when": "no", "p": 0.3}]}}
    ]
    with pytest.raises(ValidationError, match=r"add up to 1\.20"):
        ProcessEntry.model_validate(data)


@pytest.mark.parametrize("kind", list(MODELS))
def test_the_schema_can_be_published(kind: str) -> None:
    assert "people_say" in json.dumps(entry_schema(kind))


@pytest.mark.parametrize(("line", "told"), [
    ("choice: {question: Is it?, branches: [{when: 'yes', p: 3}, {when: 'no', p: 0.5}]}", "0.p: must be at most"),
    ("choise: {question: Is it?}", "must be the id of a step, or one block"),
    ("loop: {while: again, p: 1.0, do: [a]}", "the loop never ends"),
])  # fmt: skip
def test_a_slip_in_a_flow_is_told_once_and_as_what_it_is(tmp_path: Path, line: str, told: str) -> None:
    text = (bundled("library") / "processes" / "collections.yaml").read_text(encoding="utf-8")
    file = tmp_path / "processes" / "collections.yaml"
    file.parent.mkdir()
    file.write_text(text.replace("\nflow:\n", f"\nflow:\n  - {line}\n"), encoding="utf-8")
    (problem,) = check_folder(file)
    assert problem.field.startswith("flow.0")
    assert told in str(problem)
