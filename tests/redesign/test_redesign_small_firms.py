"""What hurts in small firms, told in a few sentences: it is found by its own name, and what is none is not claimed."""

from __future__ import annotations

import pytest
from redesign_kit import SHORT, process, quick

from assistant.language.reading import read_story
from assistant.redesign.engine import Redesign


def told(text: str) -> Redesign:
    return quick(read_story(text).process, settings=SHORT, story=text, cases=40, replications=2)


def ideas(result: Redesign) -> str:
    offered = [proposal.title for made in result.alternatives for proposal in made.proposals]
    return "\n".join([*offered, *(asked.text for asked in result.questions)])


@pytest.mark.parametrize(
    ("text", "kind", "idea"),
    [
        ("Bo mows the lawn, two hours. I write the bill only four weeks later, ten minutes. Ten lawns a week.",
         "long_wait", "Do Write bill right after Mow lawn"),
        ("Bo repairs the boiler, two hours. In half the cases the tenant is not there, so he drives there again.",
         "not_reached", "Agree the time of “Repair boiler” beforehand"),
        ("Ida calls the tenant for the key. Often she reaches nobody and the repair stands for a day. Ole repairs it.",
         "not_reached", "Agree the time of Call tenant for key beforehand"),
        ("Ann works out the offer, two hours. She sends the offer. Six out of ten never answer. Tom sends a contract.",
         "work_ahead", "Give a rough price first, and do “Work out offer” only"),
        ("Ann writes to the couple. We go back and forth about a date, five mails each time. Ann takes the pictures.",
         "many_contacts", "Offer three dates"),
        ("Ann makes the quote. It lies there for a day because she has to ask Ole which wood we have. Ole cuts it.",
         "long_wait", "she has to ask Ole which wood we have”: could that be known"),
        ("Ann enters the job. In one job out of six the size is not on the slip, so she phones the shop. Ole cuts it.",
         "error_at_source", "Say beforehand what has to be there for “Enter job”"),
        ("Ole notes the meter on a form. Ann types it into the file, but she can't read every tenth one and has to "
         "ring Ole. Ann files it.", "error_at_source", "Look for gaps at “Note meter on form”"),
        ("The results come by fax. Ann types them into the file, ten minutes each. The vet reads the results.",
         "rekeyed_document", "come as data"),
    ],
)  # fmt: skip
def test_a_pain_is_called_by_its_name_and_has_its_idea(text: str, kind: str, idea: str):
    result = told(text)
    assert kind in [finding.kind for finding in result.findings]
    assert idea in ideas(result)


@pytest.mark.parametrize(
    "text",
    [
        "Ann loads the wood. Bo drives it out, two hours there and back. Ann writes the bill.",
        "Ann writes the job ticket. Ole prints the job, an hour. Bo packs it. We do thirty jobs a week.",
        "Ann calls the customer, he is always at home. Ole prints the poster. Bo brings it.",
    ],
)
def test_what_only_sounds_like_a_pain_is_none(text: str):
    assert told(text).findings == ()


def test_a_check_that_sends_back_is_not_asked_whether_it_finds_anything():
    text = (
        "Ole types the return. I review each return, it has to be me. About one in five goes back to Ole. Ann files it."
    )
    assert "finds nothing" not in " ".join(finding.title for finding in told(text).findings)


SIDE_BY_SIDE = """
roles: [{id: a, name: Ann}, {id: b, name: Bo}]
volume: 2 per d
data: [{id: plan, name: Plan}, {id: map, name: Map}]
flow:
  - task: {id: draw, name: Draw plan, role: a, work: 2 h, writes: [plan]}
  - task: {id: survey, name: Survey site, role: b, work: 2 h, writes: [map]}
  - end: {id: e, outcome: Done}
"""


def test_two_who_work_at_once_work_no_less_and_nobody_claims_it_of_a_story():
    result = quick(process(SIDE_BY_SIDE))
    made = next(each for each in result.alternatives if any(one.practice == "H10" for one in each.proposals))
    assert made.effects["time"].better is True
    assert made.effects["cost"].better is None
    assert abs(made.effects["cost"].change or 0.0) < 60
    story = "Ann writes the letter, twenty minutes. Bo sends the contract, twenty minutes. Eve books the date."
    assert "H10" not in [each.practice for other in told(story).alternatives for each in other.proposals]


@pytest.mark.parametrize(
    "text",
    [
        "Bo visits the flat and notes the damage on a pad. Ann types the notes into the program, half an hour.",
        "Bo fills in the sheet on paper. Back in the office he types the sheet into our program, ten minutes.",
    ],
)
def test_what_the_house_writes_by_hand_and_types_is_written_once(text: str):
    result = told(f"{text} Ann sends the report.")
    typed = next(finding for finding in result.findings if finding.kind == "rekeyed_document")
    assert typed.title.startswith("Type ")
    assert "Write it once, straight into the program at" in ideas(result)


def test_in_a_firm_of_two_nobody_else_has_the_case():
    text = (
        "My husband and I clean windows. I take the call. My husband cleans the windows, two hours. I write the bill. "
        "Often the customer has somebody else on the phone each time and explains it again."
    )
    assert "changing_hands" not in [finding.kind for finding in told(text).findings]


def test_work_done_again_is_a_finding_also_where_no_check_was_told():
    result = told("Ole cuts the board, one hour. Every fifth board is too short and he cuts it again. Bo delivers it.")
    assert "20 % of cases go round again after Cut board" in [each.title for each in result.findings]


@pytest.mark.parametrize("then", ["writes the bill", "decorates the cake"])
def test_nobody_is_asked_whether_a_thing_could_be_billed_or_finished_before_it_is_made(then: str):
    assert "at the same time" not in ideas(
        told(f"Paul bakes the cake, one hour. Eve {then}. Bo brings it. All is well.")
    )
