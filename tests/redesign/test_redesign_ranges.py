"""The range of an effect: what nobody told widens it, what was told does not, and it holds the truth."""

from __future__ import annotations

from pathlib import Path

import pytest
from redesign_kit import process, quick

from assistant.evals.ranges import coverage
from assistant.language.reading import read_story
from assistant.process.apply import apply
from assistant.process.edits import SetValue
from assistant.redesign.effects import effects
from assistant.redesign.ranges import Ranges
from assistant.redesign.unknowns import Unknowns, firm
from assistant.settings import RedesignSettings
from assistant.simulation.run import simulate

ROOT = Path(__file__).parents[2]
TOLD = """
roles: [{id: clerk, name: Clerk, capacity: null, cost_per_hour: 30, cost_basis: stated}]
flow:
- task: {id: take, name: Take application, role: clerk, work: {kind: fixed, value: 20, unit: min, basis: stated}}
- task: {id: lie, name: Write decisions, role: clerk, work: {kind: fixed, value: 10, unit: min, basis: stated},
         wait: {kind: fixed, value: 4, unit: d, basis: stated}, wait_cause: batching, batch: {size: 10}}
- task: {id: send, name: Send decision, role: clerk, work: {kind: fixed, value: 5, unit: min, basis: stated}}
"""
VOLUME = {"volume": {"between": {"kind": "exponential", "mean": 2, "unit": "h"}, "basis": "stated"}}


def moved(result):
    return [
        (one, effect)
        for one in result.alternatives
        for effect in one.effects.values()
        if one.proposals and effect.change and effect.low is not None
    ]


def test_every_range_holds_its_figure_and_the_chance_alone_is_the_narrower():
    text = (ROOT / "evals" / "told_pains" / "03-library-acquisitions.txt").read_text(encoding="utf-8")
    result = quick(read_story(text).process, story=text, draws=None)
    found = moved(result)
    assert found
    for _, effect in found:
        assert effect.low <= effect.chance_low <= effect.change <= effect.chance_high <= effect.high
        assert {"low", "high", "chance_low", "chance_high", "depends"} <= set(effect.document())
    assert any(effect.high - effect.low > 2 * (effect.chance_high - effect.chance_low) for _, effect in found)


def test_where_every_figure_was_told_the_range_is_chance_alone():
    result = quick(process(TOLD, **VOLUME), draws=None)
    times = [effect for _, effect in moved(result) if effect.dimension == "time"]
    assert times
    for effect in times:
        wide, chance = effect.high - effect.low, effect.chance_high - effect.chance_low
        assert wide <= chance + 0.05 * abs(effect.change)


def test_a_share_nobody_gave_is_drawn_over_all_it_could_be_and_not_played_as_even():
    one = process(
        TOLD
        + """
- choice: {id: c, question: "Is it simple?", branches: [
    {id: yes_, when: simple, p: 0.5, p_basis: estimated, do: []},
    {id: no_, when: hard, p: 0.5, p_basis: estimated, do: []}]}
"""
    )
    unknowns = Unknowns(one)
    seen = []
    for number in range(20):
        drawn = unknowns.drawn(one, lambda _: (number + 0.5) / 20)  # noqa: B023
        choice = drawn.flow.items[-1]
        seen.append(choice.branches[0].p)
        assert sum(branch.p for branch in choice.branches) == pytest.approx(1)
    assert min(seen) < 0.1
    assert max(seen) > 0.9
    assert any("simple" in words for words in unknowns.names(one).values())


def test_taking_away_is_firm_and_a_figure_of_its_own_is_not():
    from assistant.process.edits import EDITS

    work = {"kind": "fixed", "value": 1, "unit": "min", "basis": "library"}
    assert firm(EDITS.validate_python([{"op": "delete", "ids": ["send"]}]))
    assert not firm(EDITS.validate_python([{"op": "set", "id": "send", "field": "work", "value": work}]))
    assert not firm(EDITS.validate_python([{"op": "set_condition", "id": "c", "p": 0.1, "basis": "estimated"}]))


def test_nothing_is_promised_where_somebody_has_more_work_than_time():
    busy = TOLD.replace("capacity: null", "capacity: 1, capacity_basis: stated")
    volume = {"volume": {"between": {"kind": "exponential", "mean": 20, "unit": "min"}, "basis": "stated"}}
    untold = busy.replace("wait: {kind: fixed, value: 4, unit: d, basis: stated}, wait_cause: batching, ", "")
    result = quick(process(untold, **volume), draws=None)
    for one in result.alternatives:
        if one.proposals:
            assert one.effects["time"].change is None
            assert "busy" in one.effects["time"].reason
    assert any(question.id.startswith("overload") for question in result.questions)


def test_a_told_wait_is_the_queue_of_somebody_who_cannot_keep_up():
    busy = TOLD.replace("capacity: null", "capacity: 1, capacity_basis: stated")
    volume = {"volume": {"between": {"kind": "exponential", "mean": 20, "unit": "min"}, "basis": "stated"}}
    given = process(busy, **volume)
    result = quick(given, draws=None)
    today = result.results["as-is"]
    assert today.cycle_time.mean < 5 * 86400, "the four days that were told, and no queue on top of them"
    assert any("the wait told is played" in note for note in today.notes)
    assert any(question.id.startswith("overload") for question in result.questions)


@pytest.mark.parametrize("name", ["told_pains/10-school-lunch"])
def test_the_ranges_hold_the_truth_when_the_unknown_figures_are_drawn(name):
    text = (ROOT / "evals" / f"{name}.txt").read_text(encoding="utf-8")
    found = coverage(quick(read_story(text).process, story=text, draws=None), draws=20, cases=40)
    assert sum(one.inside for one in found) >= 0.9 * sum(one.draws for one in found)


NEARLY_FULL = """
roles: [{id: sewer, name: Sewer, capacity: 1, capacity_basis: stated}]
flow:
- choice: {id: c, question: "Is it torn?", branches: [
    {id: torn, when: torn, p: 0.5, p_basis: estimated, do: [
      {task: {id: sew, name: Sew net, role: sewer, work: {kind: fixed, value: 11, unit: h, basis: stated},
              wait: {kind: fixed, value: 6, unit: d, basis: stated}}}]},
    {id: sound, when: sound, p: 0.5, p_basis: estimated, do: []}]}
- end: {id: e, outcome: Net sewn}
"""


def test_a_draw_in_which_somebody_is_over_full_makes_no_shorter_wait_a_longer_case():
    today = process(NEARLY_FULL, volume={"between": {"kind": "exponential", "mean": 8, "unit": "h"}})
    shorter = {"kind": "uniform", "low": 0, "high": 6, "unit": "d", "basis": "estimated"}
    edits = [SetValue(id="sew", field="wait", value=shorter)]
    after = apply(today, edits)
    ranges = Ranges(today, (), 1, RedesignSettings())
    runs = tuple(simulate(one, cases=60, replications=2, seed=1) for one in (today, after))
    time = ranges.of(effects(today, after, runs), after, edits)["time"]
    assert time.low < time.change < 0
    assert time.high < 0.2 * time.before
