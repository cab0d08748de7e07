"""Whatever the process, the engine's parts hold: no crash, every offer sound and guarded, protected steps untouched."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from redesign_kit import process
from strategies import processes

from assistant.process.apply import apply
from assistant.process.tree import by_id
from assistant.process.unsound_trees import flaws
from assistant.redesign.estimates import complete, resting
from assistant.redesign.findings import find_in
from assistant.redesign.guards import outcomes
from assistant.redesign.proposals import offers
from assistant.redesign.view import View
from assistant.settings import RedesignSettings


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(processes(max_steps=12))
def test_every_offer_is_sound_and_leaves_protected_steps_alone(process):
    view = View(complete(process).process, RedesignSettings())
    findings = find_in(view)
    known = set(view.steps) | set(view.roles)
    for finding in findings:
        assert set(finding.elements) <= known, finding
        assert finding.because
        assert 0 <= finding.confidence <= 1
        assert finding.share is None or 0 <= finding.share <= 1
    for offer in offers(view, findings).offers:
        after = apply(view.process, offer.proposal.edits)
        assert after == offer.process
        assert not flaws(after)
        assert outcomes(after) == outcomes(view.process)
        then = by_id(after)
        assert all(then.get(name) == view.steps[name] for name in view.protection.reasons if name in view.steps)
        assert set(offer.proposal.because) <= {one.id for one in findings}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(processes(max_steps=12))
def test_completed_process_is_the_process_with_its_edits_and_lists_them(process):
    done = complete(process)
    assert apply(process, done.edits) == done.process
    again = [one for one in complete(done.process).filled if not one.field.endswith("_hours")]
    assert again == [one for one in done.filled if one.value is None]
    assert all(0 <= share <= 1 + 1e-9 for share in resting(done.process))


def test_a_loop_that_always_goes_round_has_no_rounds_to_reckon():
    told = process("""
roles: [{id: r, name: Clerk}]
flow:
  - loop:
      id: l
      while: anything is missing
      p: 1.0
      p_basis: stated
      do:
        - task: {id: d, name: Write the reply, role: r, work: 12 min}
        - task: {id: c, name: Check the reply, role: r, work: 5 min, control: true}
        - choice:
            id: x
            question: Is it right?
            branches:
              - {id: y, when: "yes", p: 0.5, do: [{end: {id: e, outcome: Reply sent}}]}
              - {id: n, when: "no", p: 0.5, do: []}
""")
    assert "rework_loop" not in {finding.kind for finding in find_in(View(complete(told).process, RedesignSettings()))}
