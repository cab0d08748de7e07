"""The balanced rule, the effects and the comparison of two processes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from redesign_kit import SHORT, process, quick
from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.language.reading import read_story
from assistant.process.codec import dumps
from assistant.redesign import ranges
from assistant.redesign.compare import compare
from assistant.redesign.effects import flexibility, paid_more
from assistant.redesign.recommending import recommend
from assistant.redesign.shapes import Alternative, Effect
from assistant.redesign.verdict import dominated, judge, worth
from assistant.settings import RedesignSettings

LIMITS = RedesignSettings()


def effect(name: str, before: float, after: float, sure: bool = True, measure: str = "") -> Effect:
    change = after - before
    half = abs(change) * (0.1 if sure else 2)
    down = name in ("time", "cost") or measure == "rework"
    better = None if not sure or change == 0 else (change < 0) == down
    return Effect(name, measure or {"quality": "error_free"}.get(name, name), "", before, after, change, change - half,
                  change + half, better, "simulated", "stated", "")  # fmt: skip


def four(time=(100, 100), cost=(10, 10), quality=(0.98, 0.98), sure=True) -> dict[str, Effect]:
    return {
        "time": effect("time", *time, sure=sure),
        "cost": effect("cost", *cost, sure=sure),
        "quality": effect("quality", *quality, sure=sure),
        "flexibility": effect("flexibility", 50, 50),
    }


@pytest.mark.parametrize(
    ("effects", "word"),
    [
        (four(time=(100, 70)), "better"),
        (four(time=(100, 70), cost=(10, 10.1)), "better"),
        (four(time=(100, 70), cost=(10, 11)), "mixed"),
        (four(time=(100, 70), quality=(0.98, 0.96)), "worse"),
        (four(time=(100, 70), quality=(0.998, 0.996)), "worse"),
        (four(cost=(10, 11)), "worse"),
        (four(time=(100, 70), sure=False), "no evidence"),
        (four(time=(100, 99.9)), "no evidence"),
        (four(), "no evidence"),
        (four(time=(100, 110), quality=(0.9, 0.99)), "mixed"),
    ],
)  # fmt: skip
def test_a_gain_that_costs_another_dimension_is_called_that(effects, word):
    verdict = judge(effects, LIMITS)
    assert verdict.word == word
    assert verdict.why


def test_worse_says_what_it_costs_and_what_it_gains():
    assert str(judge(four(time=(100, 70), quality=(0.98, 0.96)), LIMITS)).startswith(
        "worse: errors 2.0 times as often, although 30 % faster"
    )


def test_ranking_follows_the_goal():
    quick_dear, slow_cheap = four(time=(100, 60), cost=(10, 13)), four(time=(100, 90), cost=(10, 7))
    assert worth(quick_dear, "faster") > worth(slow_cheap, "faster")
    assert worth(slow_cheap, "save cost") > worth(quick_dear, "save cost")


def test_one_alternative_may_dominate_another():
    assert dominated(four(time=(100, 80)), four(time=(100, 70)))
    assert not dominated(four(time=(100, 70)), four(time=(100, 80)))
    assert not dominated(four(time=(100, 80)), four(time=(100, 70), cost=(10, 11)))


def test_what_costs_a_little_in_all_and_gains_nothing_is_not_called_worth_trying():
    def one(effects, word):
        change = SimpleNamespace(id="a", practice="H06", keeps_roles=True, own=False, assumes="they agree")
        return Alternative("rethink", "rethink", (change,), process("flow: []"), effects, word, word, ())

    dearer = four(time=(1000, 1001), cost=(100, 101))
    assert "worth trying" not in recommend([one(dearer, "no evidence")])[1]
    assert "worth trying" not in recommend([one(four(cost=(10, 12)), "worse")])[1]
    assert "worth trying" in recommend([one({}, "no evidence")])[1]


def test_nothing_is_recommended_when_nothing_is_better():
    def one(name, effects, word):
        change = SimpleNamespace(id=name, practice="H06", keeps_roles=True, own=False, assumes="")
        return Alternative(name, name, (change,), process("flow: []"), effects, f"{word}: x", word, ())

    worse, better = four(cost=(10, 12)), four(time=(100, 70))
    assert recommend([one("small steps", worse, "worse"), one("rethink", worse, "worse")])[0] is None
    assert recommend([one("small steps", better, "better"), one("rethink", worse, "worse")])[0] == "small steps"
    much = four(time=(100, 30))
    assert recommend([one("small steps", better, "better"), one("rethink", much, "better")])[0] == "rethink"
    little = four(time=(100, 69))
    assert recommend([one("small steps", better, "better"), one("rethink", little, "better")])[0] == "small steps"

    told, why = recommend([one("small steps", worse, "worse"), one("technology first", much, "better")])
    assert told is None
    assert "No alternative is better" not in why
    assert why.startswith("“Technology first” comes out better in the play")


SHOP = """
roles: [{id: r, name: Clerk, capacity: 5, cost_per_hour: 30}]
volume: 100 per h
flow:
  - task: {id: a, name: Serve the customer, role: r, work: 1..4 min}
  - end: {id: e, outcome: Customer served}
"""


def test_a_process_against_itself_gives_no_evidence():
    one = process(SHOP)
    found = compare(one, one, cases=200, replications=5)
    assert found.word == "no evidence"
    assert found.edits == ()


def test_a_difference_smaller_than_chance_gives_no_evidence():
    noisy = SHOP.replace("1..4 min", "30+-90 min").replace("capacity: 5, ", "")
    before, after = process(noisy), process(noisy.replace("30+-90", "30.2+-90"))
    found = compare(before, after, cases=60, replications=4)
    assert found.effects["time"].change is not None
    assert found.word == "no evidence"
    assert found.document()["verdict"] == "no evidence"


def test_people_added_cost_money_whether_they_work_or_not():
    before, after = process(SHOP), process(SHOP.replace("capacity: 5", "capacity: 7"))
    assert paid_more(before, after) == pytest.approx(2 * 30 / 100)
    found = compare(before, after, cases=200, replications=5)
    assert found.effects["cost"].change == pytest.approx(0.6, abs=0.02)


def test_preventing_refusals_is_a_gain_and_looking_away_is_not():
    text = """
roles: [{id: r, name: Clerk, cost_per_hour: 30}]
volume: 10 per h
flow:
  - task: {id: a, name: Check the form, role: r, work: 5 min, control: true}
  - choice: {id: c, question: "Complete?", branches: [
      {when: "no", p: 0.3, do: {end: {id: gone, outcome: Form rejected, negative: true}}},
      {when: "yes", p: 0.7, do: []}]}
  - task: {id: b, name: Do the work, role: r, work: 20 min}
  - end: {id: e, outcome: Work done}
"""
    prevented = process(text.replace("p: 0.3", "p: 0.03").replace("p: 0.7", "p: 0.97"))
    found = compare(process(text), prevented, cases=300, replications=5)
    assert found.effects["quality"].measure == "ends_well"
    assert found.word == "better"
    unseen = text.replace("{id: a, name: Check the form", "{id: z, name: Glance at the form")
    blind = process(unseen.replace("p: 0.3,", "p: 0.03,").replace("p: 0.7", "p: 0.97"))
    assert compare(process(text), blind, cases=300, replications=5).effects["quality"].measure != "ends_well"


def test_flexibility_is_a_share_of_what_several_can_do():
    one = process("""
roles: [{id: x, name: Only one, capacity: 1}, {id: y, name: Many, capacity: 4}]
volume: 1 per h
flow:
  - task: {id: a, name: Do this, role: x, work: 10 min}
  - task: {id: b, name: Do that, role: y, work: 30 min}
""")
    parts = flexibility(one)
    assert parts["work more than one can do"] == pytest.approx(0.75)
    assert parts["roles that do more than one step"] == 0
    assert parts["free capacity at the busiest role"] == pytest.approx(1 - 1 / 6)


def test_a_price_on_one_side_only_cannot_be_judged_and_no_verdict_speaks_of_cost(tmp_path):
    for name, text in {"before": SHOP.replace(", cost_per_hour: 30", ""), "after": SHOP}.items():
        (tmp_path / f"{name}.json").write_text(dumps(process(text)), "utf-8")
    found = CliRunner().invoke(cli, ["compare", str(tmp_path / "before.json"), str(tmp_path / "after.json")])
    verdict = next(line for line in found.stdout.splitlines() if line.startswith("Verdict:"))
    assert verdict.startswith("Verdict: cannot tell: the cost is not known: nobody gave a price in the process before")
    assert found.exit_code == 4


def test_no_difference_is_said_only_of_what_is_known():
    unknown = Effect("quality", "", "", None, None, None, None, None, None, "unknown", "", "no error rate is known")
    told = judge({**four(), "quality": unknown}, LIMITS).why
    assert told == "no difference in time or cost that is more than chance or worth naming; quality is not known"


DESK = """
roles: [{id: x, name: Clerk, kind: person, capacity: 2}, {id: y, name: Manager, kind: person, capacity: 1}]
volume: 4 per h
flow:
  - task: {id: a, name: Check the form, role: x}
  - task: {id: b, name: Sign the form, role: y}
  - task: {id: c, name: File the form, role: x, work: 5 min}
  - end: {id: e, outcome: Form filed}
"""


def test_flexibility_is_not_judged_where_it_goes_either_way_with_figures_nobody_gave():
    other = DESK.replace("Sign the form, role: y", "Sign the form, role: x").replace(
        "File the form, role: x", "File the form, role: y"
    )
    found = compare(process(DESK), process(other), cases=30, replications=3).effects["flexibility"]
    assert (found.basis, found.better, found.before) == ("unknown", None, None)
    assert "nobody gave" in found.reason


def test_flexibility_is_not_judged_by_a_number_of_people_that_one_side_lacks():
    found = compare(process(DESK.replace("capacity: 1", "capacity: 3")), process(DESK.replace(", capacity: 1", "")),
                    cases=30, replications=3).effects["flexibility"]  # fmt: skip
    assert found.better is None
    assert "Manager" in found.reason


def test_flexibility_that_follows_from_what_was_told_is_judged():
    told = DESK.replace("role: x}", "role: x, work: 5 min}").replace("role: y}", "role: y, work: 5 min}")
    better = told.replace("Sign the form, role: y", "Sign the form, role: x")
    assert compare(process(told), process(better), cases=30, replications=3).effects["flexibility"].better is True


def test_an_error_rate_that_a_proposal_brings_is_drawn_in_a_comparison_as_in_its_redesign(monkeypatch):
    monkeypatch.setattr(ranges, "CASES", 20)
    monkeypatch.setattr(ranges, "DRAWS", 12)
    story = (
        "The translator translates the text, 2 hours. The office sends the text to the customer, 5 minutes. 12 percent "
        "of the texts that the translator delivers are wrong, and the customer sends them back. The clerk writes the "
        "bill, 10 minutes. We get 400 texts a year."
    )
    result = quick(read_story(story).process, settings=SHORT, draws=12, cases=30, replications=3)
    one = result.alternatives[0]
    assert one.effects["quality"].low < one.effects["quality"].chance_low, "nothing was drawn"
    found = compare(result.as_is, one.process, cases=30, replications=3)
    for name, effect in one.effects.items():
        mine = found.effects[name]
        assert (mine.measure, mine.low, mine.high) == (effect.measure, effect.low, effect.high)
        assert mine.better is effect.better


def test_testing_fewer_cases_is_no_gain_in_quality_and_failing_less_often_is():
    tested = "{loop: {id: again, do: [{task: {id: test, name: Test box, work: 10 min}}], while: it fails, p: 0.3}}"
    some = "{choice: {id: way, question: Sticker?, branches: [{when: 'no', p: 0.5, do: [%s]}, {when: 'yes', do: []}]}}"
    flows = (tested, some % tested, tested.replace("0.3", "0.1"))
    before, fewer, better = (process(f"flow: [{flow}, {{end: {{id: e, outcome: Ready}}}}]") for flow in flows)
    found = [compare(before, after, cases=150, replications=4).effects["quality"] for after in (fewer, better)]
    assert [(one.measure, one.better) for one in found] == [("rework", None), ("rework", True)]
    assert "no gain in quality" in found[0].reason
