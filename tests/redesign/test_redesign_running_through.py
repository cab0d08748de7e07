"""The time of the cases that run through, where others end on the way."""

from __future__ import annotations

from fake_models import FunctionModel
from redesign_kit import process, quick

from assistant.process.expected import expected
from assistant.process.tree import branches
from assistant.redesign.running_through import run_through
from assistant.reports.terminal import effect_lines

DAY = 86400
FLOW = """
volume: {between: {kind: fixed, value: 1, unit: d, basis: stated}}
roles: [{id: desk, name: Desk}, {id: baker, name: Baker}]
flow:
  - task: {id: take, name: Take loan request, role: desk, work: 5 min}
  - choice:
      id: known
      question: member?
      branches:
        - {id: known.1, when: stranger, p: 0.5, do: [{end: {id: gone, outcome: Turned away, negative: true}}]}
        - {id: known.2, when: member, p: 0.5}
  - task: {id: weigh, name: Weigh up loan, role: baker, wait: 10 d,
           work: 5 min}
  - end: {id: e, outcome: Loan paid}
"""
STORY = (
    "The desk takes the loan request, five minutes. Half are strangers and are turned away. Then the baker weighs "
    "up the loan, five minutes. It lies ten days before he does."
)
DIAGNOSIS = 'PAIN Requests lie ten days | H06 | at weigh | "lies ten days before he does."\n'
SOONER = (
    "PROPOSAL Weigh up loans each week | H06 | because P1\n  RULE The baker weighs up loans on Fridays\n"
    "  RISK a slip | he looks again\n  EFFECT + 0 0 0\n  SHORTEN weigh | to 5 d\n"
)


def test_no_case_ends_on_the_way_of_those_that_run_through() -> None:
    told = process(FLOW)
    through = run_through(told)
    assert {name: way.p for name, (_, way) in branches(through).items()} == {"known.1": 0.0, "known.2": 1.0}
    assert expected(told).elapsed.value < 6 * DAY
    assert expected(through).elapsed.value > 10 * DAY
    assert run_through(through) is through


def test_of_ways_that_all_end_a_case_the_bad_ends_are_left_out() -> None:
    ends = FLOW.replace("p: 0.5}\n", "p: 0.5, do: [{end: {id: good, outcome: Helped}}]}\n")
    through = run_through(process(ends))
    assert {name: way.p for name, (_, way) in branches(through).items()} == {"known.1": 0.0, "known.2": 1.0}


def test_the_effect_on_time_is_told_for_those_who_run_through_as_well() -> None:
    replies = {"diagnose": DIAGNOSIS, "propose": SOONER}
    model = FunctionModel(lambda prompt, _: replies.get(prompt.name, ""))
    told = STORY + " With a rule of five days it would be half."
    result = quick(process(FLOW), model=model, story=told)
    time = result.alternatives[0].effects["time"]
    assert time.change is not None
    assert time.through is not None
    assert -3.2 * DAY < time.change < -1.8 * DAY
    assert -5.2 * DAY < time.through < -4.8 * DAY
    (line,) = effect_lines([time])
    assert "for cases that run through about 5 days less" in line.replace("\u00a0", " ")


def test_where_all_run_through_the_mean_says_it_all() -> None:
    straight = FLOW.replace("p: 0.5, do: [{end: {id: gone, outcome: Turned away, negative: true}}]", "p: 0.5")
    replies = {"diagnose": DIAGNOSIS, "propose": SOONER}
    model = FunctionModel(lambda prompt, _: replies.get(prompt.name, ""))
    result = quick(process(straight), model=model, story=f"{STORY} With a rule of five days it would be half.")
    assert result.alternatives[0].effects["time"].through is None
