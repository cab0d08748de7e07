"""What a model said of a told process reaches the findings and figures as it was said."""

from __future__ import annotations

import json
from dataclasses import replace

from fake_models import FunctionModel
from redesign_kit import process, quick

from assistant.process.tree import by_id
from assistant.redesign.consulting import merged
from assistant.redesign.findings import find
from assistant.redesign.planning import Planner
from assistant.redesign.shapes import Shown

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


TESTED = """
roles: [{id: jo, name: Jo, cost_per_hour: 30}, {id: al, name: Al, cost_per_hour: 30}]
volume: 5 per d
flow:
  - task: {id: first, name: Test pump, role: jo, work: 10 min, wait: 6 h}
  - task: {id: again, name: Test whole pump, role: jo, work: 10 min}
  - task: {id: pack, name: Pack pump, role: al, work: 10 min}
  - end: {id: e, outcome: Pump packed}
"""
STEPS = [{"id": name, "value": "NVA" if name == "first" else "BVA", "control": False, "legal": "", "needs": [],
          "decides": "none", "contact": False, "confidence": 0.9, "why": "x"}
         for name in ("first", "again", "pack")]  # fmt: skip
BOTH = """PROPOSAL Let both test | H14 | because P1
  WHY nobody waits for one
  RISK they differ
  EFFECT + 0 0 +
  POOL Jo, Al: Testers
PROPOSAL Test once | H05 | because P1
  WHY one test is enough
  RISK a leak is missed
  EFFECT + + 0 0
  DELETE first | wait to again
"""


def test_a_wait_that_stays_at_its_place_is_the_one_that_was_shortened_before():
    def answer(prompt, attempt):
        return json.dumps({"steps": STEPS}) if prompt.name == "judge_steps" else BOTH

    result = quick(process(TESTED), model=FunctionModel(answer))
    waits = {one.name: by_id(one.process)["again"].wait.mean_seconds / 3600 for one in result.alternatives}
    assert (waits["small steps"], waits["rethink"]) == (6, 3)


POOLED = """PROPOSAL Small pumps first | H07 | because P1
  WHY a small pump does not lie behind the large ones
  RISK two are taken for small
  EFFECT + 0 0 +
  SHORTEN first | to unknown
PROPOSAL Let both test | H14 | because P1
  WHY nobody waits for one
  RISK they differ
  EFFECT + 0 0 +
  POOL Jo, Al: Testers
"""


def test_a_shared_queue_leaves_a_wait_that_another_change_has_shortened_and_stays():
    def answer(prompt, attempt):
        return json.dumps({"steps": STEPS}) if prompt.name == "judge_steps" else POOLED

    rethink = next(one for one in quick(process(TESTED), model=FunctionModel(answer)).alternatives
                   if one.name == "rethink")  # fmt: skip
    assert [one.title for one in rethink.proposals if one.own] == ["Small pumps first", "Let both test"]
    assert {by_id(rethink.process)[name].role for name in ("first", "again", "pack")} == {"testers"}


def test_a_reason_keeps_what_stands_before_a_figure_that_nobody_gave_and_what_a_sum_comes_to():
    sums = [Shown("34 d / 3 = 11.3 d an order", "11.3 d an order")]
    pain = replace(find(process(COPYING))[0], details={"sums": sums})
    planner = Planner(process(COPYING), "Three answers take 34 days.", {}, [pain])
    assert planner.sound("The customer answers once, and work begins eleven days sooner.").endswith(
        "eleven days sooner."
    )
    assert planner.sound("The customer answers once, and work begins 19 days sooner.") == "The customer answers once."
    assert planner.struck
