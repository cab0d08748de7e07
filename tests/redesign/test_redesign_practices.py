"""What each practice makes of its finding: the structure and the figures of the process it leads to."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redesign_kit import process

from assistant.evals.planted import load_planted
from assistant.library.store import load_library
from assistant.process.apply import apply
from assistant.process.blocks import Call, Choice, Parallel
from assistant.process.durations import Basis
from assistant.process.edits import WrapInChoice
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks, walk
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.detectors.causes import prescribed
from assistant.redesign.enablers import fit, misfit
from assistant.redesign.estimates import complete
from assistant.redesign.findings import find_in
from assistant.redesign.practices.base import Draft, scaled
from assistant.redesign.practices.operation import two_means
from assistant.redesign.proposals import LIBRARY_ONLY, offers
from assistant.redesign.shapes import Finding
from assistant.redesign.shelf import BARE, Shelf
from assistant.redesign.view import View
from assistant.settings import RedesignSettings

SET = {one.name[:2]: one.process for one in load_planted()}
LIMITS = RedesignSettings()


def view_of(one: Process) -> View:
    return View(complete(one).process, LIMITS)


def made(one: Process, code: str) -> tuple[Draft, Process]:
    """The draft of a practice for the first finding it answers, and the process of today with its edits."""
    view = view_of(one)
    for finding in find_in(view):
        answer = PRACTICES[code].answers.get(finding.kind)
        if code in finding.practices and answer and (draft := answer(view, finding)):
            return draft, apply(one, draft.edits)
    raise AssertionError(f"{code} has nothing to say")


def test_the_29_practices_are_all_there_with_what_a_reader_needs():
    assert list(PRACTICES) == [f"H{number:02d}" for number in range(1, 30)]
    for one in PRACTICES.values():
        assert one.answers or one.asks
        assert set(one.against) <= set(PRACTICES)


def test_what_is_said_of_a_practice_stands_in_its_entry_alone():
    library = load_library(Path("nowhere"))
    for code, practice in PRACTICES.items():
        entry = Shelf(library).practice(code)
        assert entry == BARE.practice(code)
        assert entry.name.lower() == practice.name
        assert entry.tier == practice.tier
        assert entry.risks
    changed = library.practices[0].model_copy(update={"risks": ("our own risk",)})
    ours = Shelf(library.model_copy(update={"practices": (changed, *library.practices[1:])}))
    assert ours.practice(changed.code).risks == ("our own risk",)


def test_control_relocation_checks_at_entry_and_keeps_the_inner_check():
    draft, after = made(SET["05"], "H01")
    entry = next(task for task in tasks(after) if task.id not in by_id(SET["05"]))
    assert entry.is_control
    assert entry.role == "cust"
    assert by_id(after)["l1"].p == pytest.approx(0.03)
    assert by_id(after)["m1"] == by_id(SET["05"])["m1"]
    assert all(figure.basis == "estimated" for figure in draft.figures)


def test_contact_reduction_merges_what_is_asked_of_one_party():
    _, after = made(SET["37"], "H02")
    assert [task.id for task in tasks(after)] == ["ab1", "ab2", "ab3"]
    assert by_id(after)["ab3"].work.mean_seconds == pytest.approx(13 * 60 * 0.7)


def test_another_case_type_and_an_exception_become_calls():
    for number, code in (("15", "H04"), ("14", "H12")):
        _, after = made(SET[number], code)
        call = next(step for step in walk(after) if isinstance(step, Call))
        assert call.process == after.subprocesses[0].id
        assert {task.id for task in tasks(after)} == {task.id for task in tasks(SET[number])}


def test_elimination_moves_what_was_found_at_the_step_that_goes():
    one = process("""
roles: [{id: a, name: Clerk}]
data: [{id: d, name: Form}]
flow:
  - task: {id: w, name: Fill in the form, role: a, work: 5 min, writes: [d], error_rate: 0.02, found_at: second}
  - task: {id: first, name: Check the form, role: a, work: 5 min, reads: [d], control: true}
  - task: {id: second, name: Verify the form, role: a, work: 5 min, reads: [d], control: true}
""")
    draft, after = made(one, "H05")
    assert "second" not in by_id(after)
    assert by_id(after)["w"].found_at is None
    assert any("Fill in the form" in line for line in draft.caught)


def test_what_others_read_is_not_dropped_but_asked_about():
    one = process("""
roles: [{id: a, name: Clerk}]
data: [{id: d, name: Form}, {id: l, name: List}]
flow:
  - task: {id: c, name: Copy the form, role: a, work: 5 min, reads: [d], writes: [l]}
  - task: {id: u, name: Use the list, role: a, work: 5 min, reads: [l], value_class: VA}
""")
    draft, _ = made(one, "H05")
    assert draft.doubt
    assert not draft.edits


BATCH = """
roles: [{{id: a, name: Clerk}}]
volume: 20 per d
flow:
  - task: {{id: b, name: Post the letters, role: a, work: 1 min, {extra}}}
"""


def test_batches_go_unless_a_set_up_or_a_cut_off_keeps_them():
    _, after = made(process(BATCH.format(extra="batch: {size: 40}")), "H06")
    assert by_id(after)["b"].batch is None
    _, after = made(process(BATCH.format(extra="batch: {size: 40}, setup: 20 min")), "H06")
    assert by_id(after)["b"].batch.size == 10
    draft, _ = made(process(BATCH.format(extra="batch: {size: 40, reason: customs cut-off at noon}")), "H06")
    assert "customs" in draft.doubt


@settings(max_examples=50, deadline=None)
@given(st.floats(1, 1000), st.floats(0.6, 3), st.floats(0.5, 0.95))
def test_kinds_of_cases_together_have_the_mean_of_today(mean, cv, share):
    low, high = two_means(mean, cv * mean, share)
    assert share * low + (1 - share) * high == pytest.approx(mean)
    assert 0 < low <= mean <= high


def test_triage_splits_by_the_shares_of_the_kinds():
    _, after = made(SET["16"], "H07")
    choice = next(step for step in walk(after) if isinstance(step, Choice))
    assert [branch.p for branch in choice.branches] == pytest.approx([0.8, 0.2])
    both = [branch.do.items[0].work.mean_seconds for branch in choice.branches]
    assert 0.8 * both[0] + 0.2 * both[1] == pytest.approx(45 * 60, rel=1e-3)


def test_same_variants_become_one_task_with_the_weighed_mean():
    _, after = made(SET["17"], "H07")
    assert [task.name for task in tasks(after)] == ["Prepare the letter", "Send the letter"]
    assert tasks(after)[0].work.mean_seconds == pytest.approx(10.5 * 60)


def test_composition_adds_up_and_loses_nothing():
    _, after = made(SET["18"], "H08")
    merged = by_id(after)["x1"]
    assert merged.work.mean_seconds == pytest.approx(8 * 60)
    assert merged.name == "Enter claim header and claim lines" or "claim" in merged.name
    assert "x2" not in by_id(after)


def test_resequencing_and_parallelism_change_no_time():
    for number, code in (("19", "H09"), ("06", "H10"), ("03", "H11"), ("38", "H11")):
        _, after = made(SET[number], code)
        assert {t.id: t.work for t in tasks(after)} == {t.id: t.work for t in tasks(SET[number])}
    _, after = made(SET["19"], "H09")
    choice = by_id(after)["c1"]
    assert choice.branches[0].do.items[0].id == "z2"
    _, after = made(SET["06"], "H10")
    block = next(step for step in walk(after) if isinstance(step, Parallel))
    assert [branch.do.items[0].id for branch in block.branches] == ["p2", "p3"]


def test_deciding_below_a_limit_leaves_no_other_work_out():
    one = process("""
roles: [{id: a, name: Clerk}, {id: b, name: Boss}]
flow:
  - task: {id: q, name: Type offer, role: a, work: 40 min}
  - task: {id: s, name: Sign offer, role: b, work: 2 min}
  - choice: {id: c, question: Wanted?, branches: [
      {when: unwanted, p: 0.95, do: [{task: {id: n, name: File it, role: a}}]},
      {when: wanted, p: 0.05, do: []}]}
""")
    for besides in ("q", "c"):
        told = Finding("f", "habitual_approval", "", ("s", besides), (), ("H22",), 0.8, details={"told": True})
        draft = PRACTICES["H22"].answers[told.kind](view_of(one), told)
        wrapped = next(edit for edit in draft.edits if isinstance(edit, WrapInChoice))
        assert wrapped.ids == ("s",)


def test_help_pools_and_people():
    _, after = made(SET["21"], "H14")
    assert by_id(after)["y1"].or_roles == ("spec",)
    _, after = made(SET["22"], "H15")
    assert [(role.id, role.capacity) for role in after.roles] == [("east", 4)]
    _, after = made(SET["13"], "H20")
    assert after.role("ana").capacity == math.ceil(0.925 * 2 / 0.75)


def test_a_handover_gets_a_promised_time_and_a_shared_step_one_owner():
    _, after = made(SET["11"], "H16")
    assert by_id(after)["h2"].wait.mean_seconds < by_id(SET["11"])["h2"].wait.mean_seconds
    view = view_of(SET["08"])
    shared = next(one for one in find_in(view) if one.kind == "shared_responsibility")
    draft = PRACTICES["H16"].answers["shared_responsibility"](view, shared)
    assert by_id(apply(SET["08"], draft.edits))["o2"].accountable == ("it",)


def test_a_check_at_the_source_must_cost_less_than_the_late_repair():
    dear = SET["26"].model_dump_json(by_alias=True).replace('"error_rate":0.12', '"error_rate":0.051')
    cheap, _ = made(SET["26"], "H23")
    assert cheap.edits
    one = Process.model_validate_json(
        dear.replace('"value":40.0', '"value":1.0').replace('"value":30.0', '"value":1.0')
    )
    draft, _ = made(one, "H23")
    assert "dearer than its repair" in draft.doubt


def test_a_local_copy_ends_the_wait_and_keeps_the_work():
    _, after = made(SET["07"], "H24")
    task = by_id(after)["a3"]
    assert (task.wait, task.contact) == (None, None)
    assert task.work == by_id(SET["07"])["a3"].work


def test_automation_leaves_exceptions_to_people_and_says_what_its_figures_rest_on():
    view = view_of(SET["28"])
    found = offers(view, find_in(view))
    proposal = next(offer.proposal for offer in found.offers if offer.proposal.practice == "H25")
    assert LIBRARY_ONLY in proposal.notes
    assert proposal.confidence < 0.5
    after = apply(SET["28"], proposal.edits)
    choice = next(step for step in walk(after) if isinstance(step, Choice))
    assert choice.branches[0].p == pytest.approx(0.03)
    assert choice.branches[0].do.items[0] == by_id(SET["28"])["mr1"]
    auto = choice.branches[1].do.items[0]
    assert auto.automation == "automatic"
    assert auto.work.basis == Basis.LIBRARY
    assert auto.work.mean_seconds == pytest.approx(30)


def test_one_channel_moves_cases_and_keeps_the_sum():
    _, after = made(SET["09"], "H29")
    shares = [branch.p for branch in by_id(after)["c1"].branches]
    assert sum(shares) == pytest.approx(1)
    assert shares[2] == pytest.approx(0.2 + 0.7 * 0.8)


def test_what_the_law_prescribes_is_not_shortened():
    one = process("""
roles: [{id: a, name: Clerk}]
volume: 1 per d
flow:
  - task: {id: n, name: Publish the plan, role: a, work: 1 h}
  - wait: {id: w, name: Wait for objections, duration: 30 d, wait_cause: prioritisation}
  - task: {id: d, name: Decide on the plan, role: a, work: 2 h, value_class: VA}
""")
    view = view_of(one)
    assert prescribed(view, by_id(one)["w"])
    assert offers(view, find_in(view)).offers == ()


def test_scaling_keeps_the_shape_and_says_what_it_rests_on():
    work = by_id(SET["16"])["q1"].work
    half = scaled(work, 0.5, "half of it", Basis.LIBRARY)
    assert half["kind"] == work.kind
    assert (half["mean"], half["sd"]) == (work.mean / 2, work.sd / 2)
    assert (half["basis"], half["note"]) == ("library", "half of it")


def test_enablers_say_where_they_do_not_fit():
    view = view_of(SET["28"])
    assert fit(view, "E04").elements == ("mr1",)
    assert not fit(view, "E17").fits
    assert "judgement" in (misfit("E04", by_id(SET["28"])["mr2"]) or "")
    assert misfit("E04", by_id(SET["28"])["mr1"]) is None


def test_the_guards_answer_once_for_the_same_idea_on_the_same_process(monkeypatch) -> None:
    from assistant.redesign import proposals

    asked: list[int] = []
    guard = proposals.faults
    monkeypatch.setattr(proposals, "faults", lambda *given: asked.append(1) or guard(*given))
    view = view_of(SET["28"])
    findings = find_in(view)
    first = offers(view, findings)
    once = len(asked)
    again = offers(view, findings, bold=True)
    assert once
    assert len(asked) == once
    assert {offer.key for offer in again.offers} == {offer.key for offer in first.offers}
