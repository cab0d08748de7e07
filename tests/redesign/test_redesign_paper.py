"""What whoever writes the paper is given: all that was proposed, each sum and risk, and what became of the rest."""

from __future__ import annotations

from functools import cache

import pytest
from fake_models import FunctionModel
from redesign_kit import process, quick
from test_redesign_story_read import DIAGNOSIS, FLOW, MARKS, STORY, idea, told

from assistant.redesign.facts import facts
from assistant.redesign.paper import clashes, totals

TWICE = (
    "PROPOSAL Sign every day | H22 | because P1\n  WHY it waits\n  RULE The boss signs at four\n"
    "  UNLESS the boss is away | the clerk signs\n  RISK a slip | he looks again\n  RISK a queue | the clerk calls\n"
    "  BRINGS 900 x 1 min = 900 min a year | the walk\n  BRINGS 900 - 3 = 897 orders sooner | a year\n"
    "  FIRST day 3 | The clerk asks the boss\n" + MARKS + "  RHYTHM sign | every 1 d\n"
)
LARGE = idea("Let the clerk sign", "GIVE sign: Clerk", " | instead of 1")


@cache
def given(*proposals: str) -> str:
    """What the last prompt of a redesign holds."""

    def answer(prompt, attempt):
        if prompt.name in ("draft", "second", "review"):
            return "# No\n"
        return DIAGNOSIS if prompt.name == "diagnose" else "".join(proposals)

    model = FunctionModel(answer)
    quick(process(FLOW), model=model, story=STORY)
    return next(prompt.user for prompt in model.asked if prompt.name == "review")


def test_every_sum_and_every_risk_of_a_change_is_passed_on():
    text = given(TWICE)
    assert "brings: 900 x 1 min = 15 h a year (the walk)" in text or "900 x 1 min = 900 min a year (the walk)" in text
    assert "brings: 900 - 3 = 897 orders sooner (a year)" in text
    assert "risk: a slip; then: he looks again" in text
    assert "risk: a queue; then: the clerk calls" in text


def test_a_proposal_the_guards_refuse_is_told_to_whoever_made_it_with_the_reason():
    seen: list[int] = []

    def answer(prompt, attempt):
        if prompt.name == "diagnose":
            return DIAGNOSIS
        if prompt.name != "propose":
            return "# No\n"
        seen.append(attempt)
        if attempt == 0:
            return idea("No passport", "DELETE proof") + idea("Let the clerk sign", "GIVE sign: Clerk")
        return idea("Passport first", "MOVE proof BEFORE take")

    result = quick(process(FLOW), model=FunctionModel(answer), story=STORY)
    assert seen == [0, 1], "sent back once"
    titles = {fate.proposal.title for fate in result.proposals if fate.proposal.own}
    assert titles == {"Passport first", "Let the clerk sign"}


def test_a_proposal_refused_twice_is_kept_with_its_reason_and_told_to_whoever_writes_the_paper():
    both = (idea("No passport", "DELETE proof"), idea("Let the clerk sign", "GIVE sign: Clerk"))
    (fate,) = (fate for fate in told(*both).proposals if fate.proposal.title == "No passport")
    assert fate.became == "refused"
    assert "would be removed" in fate.reason
    text = given(*both)
    assert "What else was proposed" in text
    assert "would be removed" in text.partition("- No passport.")[2]


def test_a_change_that_speaks_of_a_step_another_takes_out_is_named_as_a_clash():
    result = told(
        idea("No stamp", "DELETE stamp"),
        idea("Let the clerk sign", "GIVE sign: Clerk").replace(
            "  RISK", "  RULE The clerk may stamp the order when it is signed\n  RISK"
        ),
    )
    own = [fate.proposal for fate in result.proposals if fate.proposal.own]
    (line,) = clashes(own, result.as_is)
    assert line == "Clash: “Let the clerk sign” speaks of “Stamp order”, which “No stamp” takes out."
    assert not list(clashes(own[:1], result.as_is))


def test_rounds_are_counted_and_a_count_keeps_its_clause():
    again = process("""
roles: [{id: clerk, name: Clerk}]
measures: [{id: m, name: Complaints, value: 4, unit: "", basis: stated, span: {start: 11, end: 26}}]
flow:
  - loop:
      id: l
      while: it is refused
      p: 0.33
      p_basis: stated
      do: [{task: {id: show, name: Show flat, role: clerk}}]
  - end: {id: e, outcome: Done}
""")
    story = "In 9 years four complaints were right. The rest is fine."
    lines = list(facts(again, story).values())
    assert "Complaints: 4 (stated: “In 9 years four complaints were right”)" in lines
    assert any(line.endswith("so 1.5 rounds in an average case") for line in lines)


@pytest.mark.parametrize(("share", "told"), [("0.3", "0.3 times"), ("null", "in a share of cases nobody told")])
def test_a_total_is_made_only_where_the_shares_it_rests_on_were_told(share: str, told: str):
    way = process(f"""
roles: [{{id: clerk, name: Clerk}}]
flow:
  - choice:
      id: c
      question: "Which kind?"
      branches:
        - {{id: a, when: small, p: {share}, do: [{{task: {{id: bake, name: Bake bread, role: clerk, wait: 3 d}}}}]}}
        - {{id: b, when: large, do: [{{task: {{id: sell, name: Sell bread, role: clerk}}}}]}}
""")
    (line,) = totals(way, None).values()
    assert told in line
    assert ("no total can be made" in line) is (share == "null")
