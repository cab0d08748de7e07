"""A model that read the whole story leads: its pains, its proposals, what must stay; guesses are no figures."""

from __future__ import annotations

from typing import Any

from fake_models import FunctionModel
from redesign_kit import process, quick

from assistant.process.tree import by_id
from assistant.redesign.consulting import LEFT_ALONE
from assistant.redesign.engine import Redesign
from assistant.redesign.recommending import BY_WORDS
from assistant.redesign.unknown_effects import SOME_LEAVE

STORY = (
    "The clerk takes the order. The clerk looks at the passport, that is the law. Then the clerk stamps the order. "
    "The boss signs every order on Thursdays, he refused three of 900 last year. The bakery boy brings the bread."
)
FLOW = """
roles: [{id: clerk, name: Clerk}, {id: boss, name: Boss}]
flow:
  - task: {id: take, name: Take order, role: clerk}
  - task: {id: proof, name: Check passport, role: clerk, is_control: true}
  - task: {id: stamp, name: Stamp order, role: clerk}
  - task: {id: sign, name: Sign order, role: boss}
  - end: {id: e, outcome: Order taken}
"""
DIAGNOSIS = """
PAIN Every order waits for the boss on Thursdays though he refused three of 900 | H22 | at sign | "he refused three of 900 last year"
  EFFECT 900 orders wait for a signature | "signs every order on Thursdays"
  CURE Let the clerk release what is usual
  MEASURE orders the boss sees before they go out | 900 | down
MUST STAY proof | the law wants the passport looked at | "looks at the passport, that is the law"
WISH A new stamp | does not hold | nobody waits for the stamp | "stamps the order"
SCOPE The bread
STEP stamp | NVA | hands | only a habit
ASK Above which amount would the boss still want to see an order? | the signature
"""  # noqa: E501
HEAD = "\n  WHY it waits\n  RISK a slip\n  NEEDS a written limit\n  FIRST The clerk notes what the boss changes\n"
MARKS = "  EFFECT + + 0 0\n"


def told(*proposals: str, **wishes: Any) -> Redesign:
    def answer(prompt, attempt):
        return DIAGNOSIS if prompt.name == "diagnose" else "".join(proposals)

    return quick(process(FLOW), model=FunctionModel(answer), story=STORY, **wishes)


def idea(title: str, command: str, more: str = "") -> str:
    return f"PROPOSAL {title} | H22 | because P1{more}{HEAD}{MARKS}  {command}\n"


def test_its_pains_are_the_findings_and_symptoms_beside_them_are_left_out():
    result = told(idea("Let the clerk sign", "GIVE sign: Clerk"))
    assert [finding.title[:18] for finding in result.findings] == ["Every order waits "]
    assert result.findings[0].details["measure"] == ("orders the boss sees before they go out", "900", "down")
    assert result.findings[0].quotes[0].text == "he refused three of 900 last year"
    assert any(question.id.startswith("consultant") for question in result.questions)
    assert any(note.startswith("“A new stamp” does not hold") for note in result.notes)
    assert f"{LEFT_ALONE}The bread." in result.notes
    assert result.unread == ()


def test_its_proposals_come_before_those_of_the_rules_and_small_ones_are_small_steps():
    small, large = idea("Sign every day", "RHYTHM sign | every 1 d"), idea("Let the clerk sign", "GIVE sign: Clerk")
    result = told(large, small)
    assert result.alternative("rethink").proposals[0].title == "Let the clerk sign"
    assert all(proposal.id != "own-H22-sign" for proposal in result.alternative("small steps").proposals), (
        "it moves the work"
    )
    assert result.alternative("rethink").proposals[0].first == "The clerk notes what the boss changes"


def test_no_idea_of_the_rules_stands_in_the_small_step_for_a_large_change_of_the_story():
    large, small = idea("Let the clerk sign", "GIVE sign: Clerk"), idea("No stamp", "DELETE stamp").replace("P1", "P2")
    answers = {"diagnose": DIAGNOSIS.replace("MUST", TWO, 1), "propose": large + small.replace("H22", "H05")}
    result = quick(process(FLOW), model=FunctionModel(lambda prompt, _: answers.get(prompt.name, "")), story=STORY)
    assert [proposal.title for proposal in result.alternative("small steps").proposals] == ["No stamp"]
    assert all(proposal.own for one in result.alternatives for proposal in one.proposals)
    assert result.recommended == "rethink"


def test_of_two_forms_of_one_idea_the_first_is_taken():
    result = told(
        idea("Let the clerk sign", "GIVE sign: Clerk"), idea("No signature", "DELETE sign", " | instead of 1")
    )
    assert {proposal.id for proposal in result.alternative("rethink").proposals} == {"own-H22-sign"}


def test_what_was_turned_down_is_known_again_wherever_it_stands_in_another_reply():
    sign, every_day = (
        idea("Let the clerk sign", "GIVE sign: Clerk"),
        idea("No stamp", "DELETE stamp").replace("H22", "H05"),
    )
    turned = {"own-H22-sign": "It was turned down: the boss wants to."}
    again = told(every_day, idea("The clerk signs from now on", "GIVE sign: Clerk"), decided=turned)
    offered = {proposal.id for proposal in again.alternative("rethink").proposals}
    assert "own-H05-stamp" in offered
    assert "own-H22-sign" not in offered
    (fate,) = [fate for fate in again.proposals if fate.proposal.id == "own-H22-sign"]
    assert (fate.became, fate.reason) == ("refused", "It was turned down: the boss wants to.")
    assert "own-H22-sign" in {proposal.id for proposal in told(sign, every_day).alternative("rethink").proposals}


def test_a_proposal_whose_commands_change_nothing_goes_back_and_is_told():
    result = told(idea("Wait less for the boss", "SHORTEN sign | to unknown"))
    assert not [proposal for one in result.alternatives for proposal in one.proposals if proposal.own]
    assert any("Wait less for the boss" in line and "change nothing" in line for line in result.notes)


def test_what_no_command_draws_stands_as_a_change_with_its_rules_and_is_asked_about():
    arranged = idea("Usual orders first", "ASK How many are usual?").replace(
        HEAD, f"{HEAD}  RULE Usual ones go first\n"
    )
    result = told(f"DECIDE Usual first | costs nothing\nDECIDE A new tray | brings order | costs a tray\n{arranged}")
    (proposal,) = result.alternative("rethink").proposals
    assert (proposal.title, proposal.plan.rules) == ("Usual orders first", ("Usual ones go first",))
    assert "How many are usual?" in {question.text for question in result.questions}
    assert result.decision is not None
    assert (result.decision.text, result.decision.costs) == ("Usual first; A new tray", "a tray")


def test_what_a_proposal_answers_is_not_asked_by_a_template_beside_it():
    result = told(idea("Let the clerk sign", "GIVE sign: Clerk"))
    assert not [question for question in result.questions if question.id.startswith("practice:H22")]


def test_what_the_story_protects_may_move_but_not_go():
    moved = told(idea("Passport first", "MOVE proof BEFORE take"))
    assert "proof" in by_id(moved.alternative("rethink").process)
    assert moved.alternative("rethink").proposals
    gone = told(idea("No passport", "DELETE proof"))
    assert all("proof" in by_id(one.process) for one in gone.alternatives)
    given = told(idea("The boss checks", "GIVE proof: Boss"))
    (proposal,) = given.alternative("rethink").proposals
    assert any("have the new way confirmed" in risk for risk in proposal.risks)
    (quicker,) = told(idea("Look at it sooner", "SET proof | work 2 min")).alternative("rethink").proposals
    assert not any("have the new way confirmed" in risk for risk in quicker.risks), "it is done as it was"
    kept = told(idea("The boss checks", "GIVE proof: Boss"), keep=("check passport",))
    assert not kept.alternative("rethink").proposals, "what the user keeps stays as it is"


def test_a_saving_of_nearly_all_of_the_told_time_is_no_saving_and_the_fuller_way_is_taken():
    week = FLOW.replace("role: boss}", "role: boss, batch: {every: 1 w}}").replace(
        "role: clerk}", "role: clerk, work: 1 h}"
    )
    total = "measures: [{id: c, name: Cycle time, value: 4, unit: d, basis: stated}]\n"

    def redesigned(first: str) -> Redesign:
        told = idea("Sign every day", "RHYTHM sign | each case") + idea("The boss stamps", "GIVE stamp: Boss")
        answers = {
            "diagnose": DIAGNOSIS.replace("MUST", TWO, 1),
            "propose": told.replace("P1", "P2", 2).replace("P2", "P1", 1),
        }
        return quick(
            process(first + week), model=FunctionModel(lambda prompt, _: answers.get(prompt.name, "")), story=STORY
        )

    assert redesigned("").alternative("small steps").effects["time"].change
    assert redesigned(total).alternative("small steps").effects["time"].change is None
    assert redesigned("").recommended == "rethink"


TWO = 'PAIN The stamp lies with the clerk | H14 | at stamp | "the clerk stamps the order"\nMUST'


def test_without_told_times_the_pains_carry_the_recommendation_and_no_saving_is_shown():
    result = told(idea("Let the clerk sign", "GIVE sign: Clerk"))
    assert result.recommended == "rethink"
    assert BY_WORDS in result.why_recommended
    effects = result.alternative("rethink").effects
    assert effects["time"].change is None
    assert effects["cost"].change is None


def test_rules_that_no_command_draws_stand_also_where_another_change_takes_their_step_away():
    gone = idea("Let the clerk sign", "REPLACE sign\n    TASK Clerk: release order")
    ruled = idea("Serve urgent orders first", "ASK Which are urgent?").replace("  RISK", "  RULE Urgent first\n  RISK")
    result = told(gone, ruled.replace("because P1", "because P1 | with 1"))
    assert {fate.proposal.title: fate.became for fate in result.proposals if fate.proposal.own} == {
        "Let the clerk sign": "adopted",
        "Serve urgent orders first": "adopted",
    }


def test_where_an_untold_share_ends_early_no_average_is_told():
    early = "INSERT AFTER take\n    CHOICE is it a gift?\n      WHEN a gift\n        END Gift\n      WHEN no gift"
    times = "name: Sign order, role: boss, wait: 3 d"
    timed = process(FLOW.replace("name: Sign order, role: boss", times))
    replies = {"diagnose": DIAGNOSIS, "propose": idea("Gifts end at once", early)}
    model = FunctionModel(lambda prompt, attempt: replies.get(prompt.name, ""))
    result = quick(timed, model=model, story=f"{STORY} It lies there three days.")
    assert result.alternative("rethink").effects["time"].reason == SOME_LEAVE
