"""What whoever writes the paper is given: what will be drawn, what must stay; and what became of the proposals."""

from __future__ import annotations

import re
from functools import cache

import pytest
from fake_models import FunctionModel
from redesign_kit import process, quick
from test_redesign_story_read import DIAGNOSIS, FLOW, MARKS, STORY, idea, told

from assistant.handover.package import package
from assistant.process.model import Assumption
from assistant.process.questions import LEFT_OPEN
from assistant.process.tree import by_id
from assistant.redesign.facts import facts
from assistant.redesign.paper import totals
from assistant.reports.boss import boss
from assistant.reports.paper import sums
from assistant.reports.report import html, markdown
from assistant.reports.terminal import summary

TWICE = (
    "PROPOSAL Sign every day | H22 | because P1\n  WHY it waits\n  RULE The boss signs at four\n"
    "  UNLESS the boss is away | the clerk signs\n  RISK a slip | he looks again\n  RISK a queue | the clerk calls\n"
    "  BRINGS 900 x 1 min = 900 min a year | the walk\n  BRINGS 900 - 3 = 897 orders sooner | a year\n"
    "  FIRST day 3 | The clerk asks the boss\n" + MARKS + "  RHYTHM sign | every 1 d\n"
)


@cache
def given(*proposals: str) -> str:
    """What the last prompt of a redesign holds."""

    def answer(prompt, attempt):
        if prompt.name in ("draft", "review"):
            return "# No\n"
        return DIAGNOSIS if prompt.name == "diagnose" else "".join(proposals)

    model = FunctionModel(answer)
    quick(process(FLOW), model=model, story=STORY)
    return next(prompt.user for prompt in model.asked if prompt.name == "review")


def test_what_the_drawing_shows_and_what_must_stay_are_passed_on():
    text = given(TWICE)
    assert "What colleagues would change" in text
    assert "1. Sign every day: The boss signs at four. Unless the boss is away: the clerk signs." in text
    assert "Must stay: " in text
    assert "- 900 x 1 min = 900 min a year, the walk" in text, "what was worked out is not asked for in vain"


PAGE = "# Sign every day\n\nThe boss signs at noon." + " Then the clerk sends the order." * 60


def written(review: str, proposed: str = TWICE):
    replies = {"diagnose": DIAGNOSIS, "propose": proposed, "draft": PAGE, "review": review}
    return quick(process(FLOW), model=FunctionModel(lambda prompt, _: replies[prompt.name]), story=STORY)


def test_the_changes_are_told_as_the_page_has_them():
    result = written("RULE 1: The boss signs at noon\nMORE: Read the stamp aloud\nUNLESS 1: nobody | he signs later")
    best = result.alternative(result.recommended)
    (signing,) = [proposal for proposal in best.proposals if proposal.title == "Sign every day"]
    assert signing.plan.rules == ("The boss signs at noon",)
    assert signing.plan.unless == (("nobody", "he signs later"),)
    page = boss(result)
    assert page["changes"][0]["steps"][0]["rules"] == ["The boss signs at noon"]
    assert page["more"] == ["Read the stamp aloud"]


def test_a_change_that_the_page_does_without_is_said_with_why():
    result = written("NOT 1: The boss is there on Thursdays only.")
    assert boss(result)["changes"][0]["steps"][0]["left"] == "The boss is there on Thursdays only."
    assert result.alternative(result.recommended).proposals[0].plan.rules == ("The boss signs at four",)


def test_a_change_that_the_page_does_without_is_on_no_map_where_others_are_left():
    both = TWICE + idea("Let the clerk sign", "GIVE sign: Clerk")
    drawn = written("FIGURES", both)
    titles = [one.title for one in drawn.alternative(drawn.recommended).proposals]
    assert "Let the clerk sign" in titles
    result = written(f"NOT {titles.index('Let the clerk sign') + 1}: The law names the boss.", both)
    assert all(one.title != "Let the clerk sign" for way in result.alternatives for one in way.proposals)
    signs = by_id(result.alternative(result.recommended).process)["sign"]
    assert signs.role == "boss"
    (fate,) = (fate for fate in result.proposals if fate.proposal.title == "Let the clerk sign")
    assert (fate.became, fate.reason) == ("refused", "The first page does without it: The law names the boss.")
    assert result.paper.markdown.startswith("# Sign every day")


def test_title_and_risk_of_a_change_are_those_of_the_page_and_that_it_was_drawn_otherwise_is_said():
    result = written("RULE 1: The boss signs at noon\nTITLE 1: Sign at noon\nRISK 1: he eats | he signs at two")
    step = boss(result)["changes"][0]["steps"][0]
    assert (step["title"], step["otherwise"]) == ("Sign at noon", True)
    assert step["risks"] == [["he eats", "he signs at two"]]
    assert not boss(written("FIGURES"))["changes"][0]["steps"][0]["otherwise"]


def test_whoever_could_not_say_what_hurts_is_not_asked_what_to_do_about_it():
    model = FunctionModel(lambda prompt, _: "I do not know.")
    result = quick(process(FLOW), model=model, story=STORY)
    assert {prompt.name for prompt in model.asked} == {"diagnose"}
    assert any(note.startswith("What hurts was looked for by the rules alone") for note in result.notes)


def test_a_rule_that_takes_away_what_must_stay_is_not_taken():
    result = written("RULE 1: The boss signs at noon and we drop check passport")
    assert result.alternative(result.recommended).proposals[0].plan.rules == ("The boss signs at four",)


def test_a_change_that_only_notes_its_rules_notes_them_as_the_page_has_them():
    ruled = idea("Urgent first", "ASK Which are urgent?").replace("  RISK", "  RULE Urgent first\n  RISK")
    replies = {"diagnose": DIAGNOSIS, "propose": ruled, "draft": PAGE, "review": "RULE 1: Old ones first"}
    model = FunctionModel(lambda prompt, _: replies[prompt.name])
    result = quick(process(FLOW), model=model, story=STORY)
    assert by_id(result.alternative(result.recommended).process)["sign"].note == "Old ones first."


def test_sums_behind_the_page_that_do_not_come_out_are_told_as_not_taken():
    result = written("FIGURES\n900 - 3 = 897 orders\n900 x 3 = 2,000 orders")
    assert result.paper.sums == ("900 - 3 = 897 orders",)
    (lost,) = [line for line in sums(result) if line.startswith("Not taken: ")]
    assert "900 x 3 = 2,000 orders" in lost
    assert "it comes to 2,700" in lost


def test_a_sum_of_a_change_that_does_not_come_out_is_told_as_not_taken_too():
    wrong = TWICE.replace("900 - 3 = 897", "900 x 50 [assumed] = 897")
    replies = {"diagnose": DIAGNOSIS, "propose": wrong, "draft": PAGE, "review": "FIGURES\n900 - 3 = 897 orders"}
    result = quick(process(FLOW), model=FunctionModel(lambda prompt, _: replies[prompt.name]), story=STORY)
    (lost,) = [line for line in sums(result) if line.startswith("Not taken: ")]
    assert "900 x 50 (assumed) = 897 orders sooner" in lost
    assert "it comes to 45,000" in lost


def test_a_sum_that_holds_with_the_sums_behind_the_page_is_not_told_as_not_taken():
    wrong = TWICE.replace("900 - 3 = 897 orders sooner", "1,794 x 3 = 5,382 min sooner")
    lost = [line for line in sums(written("FIGURES\n900 - 3 = 897 orders", wrong)) if line.startswith("Not taken: ")]
    assert len(lost) == 1
    page = "FIGURES\n900 - 3 = 897 orders\n897 orders x 2 = 1,794 looks"
    assert not [line for line in sums(written(page, wrong)) if line.startswith("Not taken: ")]


def test_whoever_reckons_is_given_how_many_come_and_what_was_told_of_whole_cases():
    counted = process(
        """
volume: {text: 60 orders a week, between: {kind: fixed, value: 2, unit: h, basis: stated}}
measures: [{id: m, name: Cycle time, value: 9, unit: d, basis: stated}]
"""
        + FLOW
    )
    replies = {"diagnose": DIAGNOSIS, "propose": TWICE}
    model = FunctionModel(lambda prompt, _: replies.get(prompt.name, "# No\n"))
    quick(counted, model=model, story=STORY)
    for name in ("diagnose", "propose"):
        asked = next(prompt.user for prompt in model.asked if prompt.name == name)
        assert "VOLUME 60 orders a week\nTOTAL Cycle time | 9 d\n" in asked


def test_a_sum_of_a_change_may_go_on_with_that_of_another_change():
    other = idea("Let the clerk sign", "GIVE sign: Clerk").replace("  RISK", "  BRINGS 897 x 2 = 1,794 looks\n  RISK")
    result = told(other, TWICE)
    (fate,) = (fate for fate in result.proposals if fate.proposal.title == "Let the clerk sign")
    assert [shown.text for shown in fate.proposal.plan.brings] == ["897 x 2 = 1,794 looks"]


def test_what_a_story_leaves_open_is_asked_in_the_report_and_known_to_whoever_writes_the_page():
    drawn = process(FLOW)
    open_ = (Assumption(text=f"{LEFT_OPEN}Does the stamp expire?"),)
    answers = {"diagnose": DIAGNOSIS, "propose": TWICE}
    model = FunctionModel(lambda prompt, _: answers.get(prompt.name, "# No\n"))
    result = quick(drawn.model_copy(update={"assumptions": open_}), model=model, story=STORY)
    assert "Does the stamp expire?" in [question.text for question in result.questions]
    assert "- Does the stamp expire?" in next(prompt.user for prompt in model.asked if prompt.name == "review")


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


def test_a_proposal_refused_twice_is_kept_with_its_reason_and_is_not_drawn():
    both = (idea("No passport", "DELETE proof"), idea("Let the clerk sign", "GIVE sign: Clerk"))
    (fate,) = (fate for fate in told(*both).proposals if fate.proposal.title == "No passport")
    assert fate.became == "refused"
    assert "would be removed" in fate.reason
    asked = given(*both)
    assert "- Not drawn: No passport: Check passport would be removed" in asked
    assert ". No passport" not in asked, "it is not drawn"


def test_a_proposal_whose_commands_fit_nowhere_is_named_with_the_reason_in_the_words_of_the_map():
    lost = idea("Stamp at the door", "MOVE stamp AFTER door_step").replace("because P1", "because P1 P7")
    wide = idea("Fetch it", "DELETE stamp nowhere_at_all") + idea("Let the clerk sign", "GIVE sign: Clerk")
    asked = given(lost, wide)
    assert "- Not drawn: Stamp at the door: It names a finding that is not there." in asked
    assert "- Not drawn: Fetch it: There is no such step." in asked
    result = written("FIGURES", lost + wide)
    became = {fate.proposal.title: fate.became for fate in result.proposals if fate.proposal.own}
    assert became["Stamp at the door"] == became["Fetch it"] == "refused"
    assert "Stamp at the door" in markdown(result, package(result)) + html(result, package(result))


def test_what_a_change_needs_is_as_the_page_has_it():
    needed = TWICE.replace("  FIRST", "  NEEDS a second pen\n  FIRST")
    drawn = given(needed)
    assert "Unless the boss is away: the clerk signs. Needs: a second pen." in drawn
    step = boss(written("NEEDS 1: a bell at the counter", needed))["changes"][0]["steps"][0]
    assert (step["needs"], step["rules"]) == ("a bell at the counter", ["The boss signs at four"])
    assert boss(written("NEEDS 1: nothing", needed))["changes"][0]["steps"][0]["needs"] == ""
    assert boss(written("FIGURES", needed))["changes"][0]["steps"][0]["needs"] == "a second pen"


@pytest.mark.parametrize(("kept", "called"), [("again_1", "the repetition of “Sift flour”"), ("rest_1", "the wait")])
def test_what_stays_and_has_no_name_is_called_by_what_it_is(kept: str, called: str):
    mill = process("""
roles: [{id: miller, name: Miller}]
flow:
  - loop: {id: again_1, do: [{task: {id: sift_1, name: Sift flour, role: miller}}]}
  - wait: {id: rest_1, duration: 2 d}
  - task: {id: sack_1, name: Fill sack, role: miller, wait: 3 d}
  - end: {id: e, outcome: Flour sold}
""")
    story = "The miller sifts the flour again until it is fine. It rests two days, that is the rule. Sacks wait 3 days."
    hurts = (
        f'PAIN Sacks wait | H06 | at sack_1 | "Sacks wait 3 days."\nMUST STAY {kept} | the rule | "that is the rule"\n'
    )
    change = "PROPOSAL Fill at once | H06 | because P1\n  RISK r | d\n" + MARKS + "  SHORTEN sack_1 | to 1 d\n"
    replies = {"diagnose": hurts, "propose": change, "draft": PAGE, "review": "FIGURES"}
    result = quick(mill, model=FunctionModel(lambda prompt, _: replies[prompt.name]), story=story)
    shown = markdown(result, package(result)) + html(result, package(result)) + summary(result, ())
    assert any(line.startswith(called) for line in result.stays)
    assert f"{called}" in shown
    assert kept not in re.sub(r"<[^>]*>|```.*?```", "", shown, flags=re.S)


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
