"""What is said of told stories: whose waits are touched, what is called without value, why one way is recommended."""

from __future__ import annotations

import pytest
from redesign_kit import process, quick, redesigned

from assistant.handover.inputs import cases_a_day, cases_a_working_day
from assistant.language.reading import read_story
from assistant.process.edits import Delete, SetValue
from assistant.process.model import Measure
from assistant.process.tree import by_id, tasks
from assistant.redesign.detectors.causes import cause_of, spoken, waits
from assistant.redesign.findings import find
from assistant.redesign.recommending import recommend, same_changes
from assistant.redesign.view import View
from assistant.redesign.what_edits_move import same_odds
from assistant.settings import RedesignSettings, bundled

STORIES = [
    bundled("templates") / "demo" / "order_to_cash.txt",
    *(bundled("evals") / "stories" / f"{name}.txt" for name in ("claims", "permits", "telecom")),
    *(bundled("evals") / "told" / f"{name}.txt" for name in ("union_membership", "solar_installation")),
]

ORDERS = """
roles:
  - {id: desk, name: Order desk, kind: group, capacity: 5, cost_per_hour: 34, calendar: mon-fri 08:00-17:00}
  - {id: credit, name: Credit clerk, capacity: 1, cost_per_hour: 30, calendar: mon-fri 08:00-17:00}
  - {id: books, name: Bookkeeper, cost_per_hour: 30}
  - {id: carrier, name: Carrier, kind: external}
  - {id: buyer, name: Customer, kind: external}
volume: 1 per h
flow:
  - task: {id: key, name: Re-key order into the system, role: desk, work: 12 min, medium: email, error_rate: 0.08}
  - task: {id: check, name: Check credit, role: credit, work: 6 min, wait: 1 d, control: true,
           wait_cause: unavailability}
  - task: {id: note, name: Print delivery note, role: desk, work: 3 min, medium: paper}
  - task: {id: bring, name: Deliver goods, role: carrier, work: 10 min, wait: 2 d, wait_cause: transfer,
           contact: Customer}
  - task: {id: type, name: Type data from paper delivery note, role: books, work: 10 min, medium: paper}
  - wait: {id: term, name: Wait for payment of customer, duration: 4 d}
  - task: {id: pay, name: Pay, role: buyer, work: 2 min}
  - end: {id: done, outcome: Order paid}
"""


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_nobody_promises_what_others_do_and_nothing_is_deleted_by_its_name(path):
    result = redesigned(path)
    now = by_id(result.as_is)
    outside = {role.id for role in result.as_is.roles if role.kind == "external"}
    view = View(result.as_is, RedesignSettings())
    for one in result.alternatives:
        then = by_id(one.process)
        for name, step in now.items():
            if getattr(step, "role", None) in outside and name in then:
                assert then[name].wait == step.wait, f"{step.name} is not ours to promise away"
        gone = {step.id for step in tasks(result.as_is)} - set(then)
        assert all(view.tasks[name].value_class == "NVA" or name.startswith("t") for name in gone), gone
    for finding in result.findings:
        assert " 0 departments" not in finding.title
        lines = [one.text for one in finding.because]
        assert len(lines) == len(set(lines))
    waiting = [one for one in result.findings if one.kind == "low_flow_efficiency"]
    for one in waiting:
        places = [line.text.split(":")[0] for line in one.because if line.text.startswith("waiting before")]
        assert len(places) == len(set(places)), "each wait is told once"
    assert result.recommended is None or "recommended" in result.why_recommended


def test_waits_of_others_are_named_apart_and_asked_about():
    result = quick(process(ORDERS))
    low = next(one for one in result.findings if one.kind == "low_flow_efficiency")
    assert low.elements == ("check",), "only what the house can change leads"
    apart = [line.text for line in low.because if line.text.startswith("not in your hands")]
    assert any("Deliver goods" in text for text in apart)
    assert any("payment" in text for text in apart)
    kinds = [one.id for one in result.findings]
    asked = {question.id: question.text for question in result.questions}
    assert "long_wait:bring" in kinds or "long_wait:term" in kinds
    assert "agreed term" in asked["practice:H02:long_wait:term"]
    steps = {name: cause_of(View(result.as_is, RedesignSettings()), by_id(result.as_is)[name])[0]
             for name in ("check", "bring", "term")}  # fmt: skip
    assert steps == {"check": "unavailability", "bring": "external", "term": "external"}


def test_retyping_ends_by_taking_the_data_over_and_keeps_people_for_the_rest():
    result = quick(process(ORDERS))
    rethink = result.alternative("rethink")
    taken = {one.elements[0]: one for one in rethink.proposals if one.practice == "H25"}
    assert set(taken) == {"key", "type"}
    assert "Print delivery note" in taken["type"].title, "the data are in the house already"
    assert any("30 %" in figure.text for figure in taken["key"].figures), "people keep three in ten"
    assert any("8 % becomes 4 %" in figure.text for figure in taken["key"].figures), "half of the typing errors"
    assert "H25" not in {one.practice for one in result.alternative("small steps").proposals}
    assert rethink.effects["cost"].better
    assert "software costs" in result.why_recommended


def test_paper_from_outside_is_asked_about():
    text = ORDERS.replace(
        "  - task: {id: note, name: Print delivery note, role: desk, work: 3 min, medium: paper}\n", ""
    )
    result = quick(process(text))
    assert not any(p.practice == "H25" and "type" in p.elements for a in result.alternatives for p in a.proposals)
    assert any(q.id == "practice:H25:rekeyed_document:type" for q in result.questions)


def test_all_errors_found_makes_repeated_work_the_measure_of_quality():
    text = ORDERS.replace("error_rate: 0.08", "error_rate: 0.08, found_at: check")
    quality = quick(process(text)).alternatives[0].effects["quality"]
    assert quality.measure == "rework"
    assert 0 < quality.before < 0.2


def test_a_change_too_small_to_count_is_neither_better_nor_worse():
    from assistant.redesign.compare import compare

    before = process("""
roles: [{id: r, name: Clerk, cost_per_hour: 30}]
volume: 4 per h
flow:
  - task: {id: a, name: Handle the case, role: r, work: 20 min, wait: 2 d}
  - end: {id: e, outcome: Case done}
""")
    after = before.model_validate_json(before.model_dump_json(by_alias=True).replace('"value":20.0', '"value":20.1'))
    found = compare(before, after, cases=200, replications=5)
    cost = found.effects["cost"]
    assert cost.change > 0
    assert cost.low > 0, "more than chance"
    assert cost.better is None
    assert cost.small
    assert found.word == "no evidence"


def test_forwarding_is_asked_about_and_not_deleted():
    result = quick(process(ORDERS.replace("  - task: {id: note", "  - task: {id: fwd, name: Forward order to the "
                                          "warehouse, role: desk, work: 4 min}\n  - task: {id: note")))  # fmt: skip
    assert any(question.id == "practice:H05:no_value_work:fwd" for question in result.questions)
    assert all("fwd" in by_id(one.process) for one in result.alternatives)


def test_steps_of_which_nobody_said_who_does_them_are_asked_about_and_nothing_is_sized():
    text = ORDERS.replace("name: Print delivery note, role: desk,", "name: Print delivery note,")
    text = text.replace("name: Type data from paper delivery note, role: books,", "name: Type data,")
    result = quick(process(text))
    found = [one for one in result.findings if one.kind == "unowned_step"]
    assert [one.elements for one in found] == [("note", "type")]
    assert not [
        p
        for one in result.alternatives
        for p in one.proposals
        if set(p.elements) & {"note", "type"} and p.practice == "H16"
    ]
    assert any("Who does “Print delivery note” and “Type data”?" in question.text for question in result.questions)


def test_a_told_total_that_the_figures_contradict_is_the_first_question():
    text = """
roles: [{id: r, name: Planner, cost_per_hour: 30}, {id: s, name: Billing clerk, cost_per_hour: 30}]
volume: 1 per h
flow:
  - task: {id: a, name: Plan the visit, role: r, work: 20 min, wait: 200 d, wait_cause: batching, batch: {every: 400 d}}
  - task: {id: b, name: Write the invoice, role: s, work: 5 min}
"""
    told = process(text)
    told = told.model_copy(update={"measures": (Measure(id="m", name="Cycle time", value=12, unit="d"),)})
    result = quick(told)
    assert result.recommended is None
    assert "12 days" in result.why_recommended
    assert result.questions[0].id == "contradiction:m"
    agreed = told.model_copy(update={"measures": (Measure(id="m", name="Cycle time", value=210, unit="d"),)})
    assert not quick(agreed).questions[0].id.startswith("contradiction")


@pytest.mark.parametrize(("told_load", "asked"), [(90, False), (2, True)])
def test_people_who_have_other_work_too_contradict_nothing(told_load: int, asked: bool):
    text = """
roles: [{id: r, name: Planner, capacity: 1, cost_per_hour: 30}]
volume: 1 per h
flow:
  - task: {id: a, name: Plan the visit, role: r, work: 20 min}
"""
    load = Measure(id="m", name="Utilisation of Planner", value=told_load, unit="%")
    result = quick(process(text).model_copy(update={"measures": (load,)}))
    assert any(question.id.startswith("contradiction") for question in result.questions) is asked


def test_a_change_of_who_works_is_not_blamed_for_errors_that_only_chance_brings():
    moved = SetValue(id="a", field="role", value="s")
    assert same_odds([moved])
    assert not same_odds([moved, SetValue(id="a", field="error_rate", value=0.1)])
    assert not same_odds([Delete(ids=("a",))])


def test_no_saving_is_sized_where_the_cause_of_a_wait_is_our_guess():
    text = """
roles: [{id: r, name: Drafter, cost_per_hour: 30}, {id: s, name: Inspector, cost_per_hour: 30}]
volume: 1 per h
flow:
  - task: {id: a, name: Correct the drawing, role: r, work: 20 min}
  - task: {id: b, name: Inspect the sample, role: s, work: 5 min, wait: 3 d}
"""
    result = quick(process(text))
    assert not [p for one in result.alternatives for p in one.proposals if p.practice in ("H16", "H19")]
    assert any("Why do cases wait 3 days before Inspect the sample" in question.text for question in result.questions)


def test_what_may_be_one_person_gets_no_finding_of_changing_hands():
    text = """
roles: [{id: n, name: Nina}, {id: d, name: Developer}, {id: t, name: Support team}]
flow:
  - task: {id: a, name: Sort the bug, role: n, work: 5 min}
  - task: {id: b, name: Ask the reporter, role: t, work: 5 min}
  - task: {id: c, name: Fix the bug, role: d, work: 50 min}
  - task: {id: e, name: Tell the reporter, role: t, work: 5 min}
  - task: {id: f, name: Close the ticket, role: n, work: 5 min}
"""
    found = next(one for one in find(process(text)) if one.kind == "ping_pong")
    assert set(found.details["returns"]) == {"t"}, "Nina is one person as far as anybody said"
    assert all(line.basis != "stated" for line in found.because), "nobody said how many they are"


def test_a_wait_nobody_explained_is_a_question():
    text = """
roles: [{id: r, name: Clerk, cost_per_hour: 30, capacity: 9}]
volume: 1 per h
flow:
  - task: {id: a, name: Take the key back, role: r, work: 20 min}
  - wait: {id: w, name: Wait, duration: 21 d}
  - task: {id: b, name: Pay out the deposit, role: r, work: 5 min}
  - end: {id: e, outcome: Deposit paid out}
"""
    result = quick(process(text))
    view = View(result.as_is, RedesignSettings())
    assert spoken(view, "w") == "Pay out the deposit"
    assert [one.cause for one in waits(view)] == ["other"]
    assert all(by_id(one.process)["w"] == by_id(result.as_is)["w"] for one in result.alternatives)
    assert any("before Pay out the deposit" in question.text for question in result.questions)


def test_the_choice_follows_the_goal_and_is_explained():
    result = quick(process(ORDERS))
    small, rethink = result.alternatives[:2]
    assert not same_changes(small, rethink), "a rethink differs in kind"
    name, why = recommend(result.alternatives, "we must save cost")
    assert name == "rethink"
    assert why.startswith("As you put cost first: “Rethink” is recommended")
    assert "cheaper" in why


def test_forty_orders_a_working_day_stay_forty():
    text = (
        "We get about 40 orders a day, Monday to Friday from eight to five. A clerk checks each order. Then a planner "
        "books a truck. After that the driver delivers the goods."
    )
    one = read_story(text).process
    assert cases_a_working_day(one) == pytest.approx(40)
    assert cases_a_day(one) == pytest.approx(40 * 5 / 7)


def test_what_is_collected_is_changed_where_it_is_said_to_lie() -> None:
    text = (
        "A customer brings a bike. Tom writes a ticket, 5 minutes. Thirty bikes a week come in. The bikes lie four "
        "days until Ana looks at them on Tuesdays, 20 minutes each. In a third of the cases a part is missing and Tom "
        "orders it, which takes a week. Then Ana repairs the bike, an hour. Tom calls the customer, 5 minutes."
    )
    result = quick(read_story(text).process, story=text)
    assert [finding.kind for finding in result.findings if finding.title.startswith("Cases wait 7 days")]
    best = next(alternative for alternative in result.alternatives if alternative.name == result.recommended)
    assert [proposal.title for proposal in best.proposals] == [
        "Do Look at bikes for each case when it arrives, not in batches"
    ]


@pytest.mark.parametrize(
    ("told", "prescribed"),
    [
        ("Edda sends the deed to the buyer, who has to have it for fourteen days.", True),
        ("Edda sends the deed, and it lies there for fourteen days, that is the law.", True),
        ("Edda sends the deed, and it lies on her desk for fourteen days.", False),
    ],
)
def test_a_time_that_a_rule_or_a_right_sets_is_nobodys_to_cut(told: str, prescribed: bool) -> None:
    story = f"Anna writes the deed. {told} Then Tom files the deed. Nobody answers for the whole case."
    one = read_story(story).process
    view = View(one, RedesignSettings(), story=story)
    assert [wait.cause == "prescribed" for wait in waits(view) if wait.seconds > 86400] == [prescribed]
