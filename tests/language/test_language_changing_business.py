"""Change requests as business people type them: steps meant by verb or object, sentences, figures, roles and wishes."""

from __future__ import annotations

import pytest

from assistant.language.changing import read_change
from assistant.process.apply import apply
from assistant.process.blocks import AnyOf, Block, Choice, Loop, Parallel, Sequence
from assistant.process.codec import from_data
from assistant.process.model import Process
from assistant.process.tree import branches, by_id, ids


def step(id_: str, name: str, role: str) -> dict[str, object]:
    return {"task": {"id": id_, "name": name, "role": role}}


WAIT = {"wait": {"id": "w", "name": "Wait in lobby", "duration": {"kind": "fixed", "value": 20, "unit": "min"}}}
GUESTS: Process = from_data({
    "schema": "process/1", "name": "Guests",
    "roles": [{"id": "rec", "name": "Receptionist"}, {"id": "sec", "name": "Security"},
              {"id": "it", "name": "IT desk"}],
    "flow": [
        step("reg", "Register", "rec"), step("call", "Call host", "rec"),
        {"choice": {"id": "c", "branches": [
            {"id": "away", "when": "host does not answer", "do": [WAIT]}, {"id": "there", "when": "otherwise"}]}},
        step("pass", "Print pass", "sec"), step("wifi", "Activate wifi account", "it"),
    ],
})  # fmt: skip


def drawn(sequence: Sequence) -> str:
    return "; ".join(_one(item) for item in sequence.items) or "-"


def _one(item: Block) -> str:
    if isinstance(item, Choice | AnyOf | Parallel):
        sign = "+" if isinstance(item, Parallel) else "?"
        return f"{sign}({' | '.join(f'{b.when}: ' * bool(b.when) + drawn(b.do) for b in item.branches)})"
    if isinstance(item, Loop):
        return f"*({drawn(item.do)})"
    return str(getattr(item, "name", ""))


def done(request: str) -> Process:
    reading = read_change(GUESTS, request)
    assert not reading.question, reading.question
    return apply(GUESTS, reading.edits)


AWAY = "?(host does not answer: Wait in lobby | otherwise: -)"
FLOWS = [
    ("add Check id card before Register",
     f"Check id card; Register; Call host; {AWAY}; Print pass; Activate wifi account"),
    ("please insert a step Register luggage after Register",
     f"Register; Register luggage; Call host; {AWAY}; Print pass; Activate wifi account"),
    ("insert a step Check id card before the receptionist registers",
     f"Check id card; Register; Call host; {AWAY}; Print pass; Activate wifi account"),
    ("remove the call", f"Register; {AWAY}; Print pass; Activate wifi account"),
    ("get rid of the registration", f"Call host; {AWAY}; Print pass; Activate wifi account"),
    ("we no longer need the pass and the wifi", f"Register; Call host; {AWAY}"),
    ("remove the call step and the pass step", f"Register; {AWAY}; Activate wifi account"),
    ("move the pass to after the registration", f"Register; Print pass; Call host; {AWAY}; Activate wifi account"),
    ("activate the wifi before you register", f"Activate wifi account; Register; Call host; {AWAY}; Print pass"),
    ("don't print the pass before the wifi is activated",
     f"Register; Call host; {AWAY}; Activate wifi account; Print pass"),
    ("call the host first, then register", f"Call host; Register; {AWAY}; Print pass; Activate wifi account"),
    ("security checks the bag after registration",
     f"Register; Check bag; Call host; {AWAY}; Print pass; Activate wifi account"),
    ("after registering the receptionist takes a photo",
     f"Register; Take photo; Call host; {AWAY}; Print pass; Activate wifi account"),
    ("the receptionist should also offer coffee",
     f"Register; Call host; Offer coffee; {AWAY}; Print pass; Activate wifi account"),
    ("finally a cleaner collects the cups",
     f"Register; Call host; {AWAY}; Print pass; Activate wifi account; Collect cups"),
    ("the bag must be scanned by security before the pass is printed",
     f"Register; Call host; {AWAY}; Scan bag; Print pass; Activate wifi account"),
    ("there should be a safety briefing before printing the pass",
     f"Register; Call host; {AWAY}; Safety briefing; Print pass; Activate wifi account"),
    ("if the host does not answer, call the deputy",
     "Register; Call host; ?(host does not answer: Wait in lobby; Call deputy | otherwise: -); Print pass; "
     "Activate wifi account"),
    ("if the host does answer, offer a drink",
     "Register; Call host; ?(host does not answer: Wait in lobby | otherwise: Offer drink); Print pass; "
     "Activate wifi account"),
    ("nobody should have to wait in the lobby",
     "Register; Call host; ?(host does not answer: - | otherwise: -); Print pass; Activate wifi account"),
    ("skip the wifi for short visits",
     f"Register; Call host; {AWAY}; Print pass; ?(otherwise: Activate wifi account | short visits: -)"),
    ("hand out a badge instead of printing a pass",
     f"Register; Call host; {AWAY}; Hand out badge; Activate wifi account"),
    ("printing the pass and activating the wifi can run in parallel",
     f"Register; Call host; {AWAY}; +(Print pass | Activate wifi account)"),
    ("split Print pass into Print pass and Hand over pass",
     f"Register; Call host; {AWAY}; Print pass; Hand over pass; Activate wifi account"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "result"), FLOWS, ids=[request for request, _ in FLOWS])
def test_the_flow_a_plain_sentence_gives(request_, result):
    after = done(request_)
    assert drawn(after.flow) == result
    kept = {item for item in by_id(GUESTS) if getattr(by_id(GUESTS)[item], "name", "") in result}
    assert kept - {"pass"} <= ids(after)


WHO = [
    ("security does the wifi instead of the IT desk", "wifi", "Security"),
    ("let security call the host", "call", "Security"),
    ("registering should be done by a kiosk", "reg", "Kiosk"),
    ("the receptionist is replaced by a kiosk", "call", "Kiosk"),
    ("the wifi is outsourced to a provider", "wifi", "Provider"),
    ("rename the receptionist to front desk team", "reg", "Front desk team"),
    ("visitors register themselves", "reg", "Visitors"),
]


@pytest.mark.parametrize(("request_", "id_", "role"), WHO, ids=[request for request, _, _ in WHO])
def test_who_does_a_step(request_, id_, role):
    after = done(request_)
    assert after.role(by_id(after)[id_].role).name == role
    assert drawn(after.flow) == drawn(GUESTS.flow)


def test_a_role_that_is_replaced_goes_and_a_machine_is_one():
    after = done("replace the receptionist by a kiosk")
    assert after.role("rec") is None
    assert after.role("kiosk").kind == "system"


TIMES = [
    ("calling the host takes five minutes", "call", "work", 300),
    ("registering should take 2 minutes", "reg", "work", 120),
    ("the pass takes half an hour", "pass", "work", 1800),
    ("guests wait an hour for the wifi", "wifi", "wait", 3600),
    ("the wait in the lobby takes 10 minutes", "w", "duration", 600),
]


@pytest.mark.parametrize(("request_", "id_", "field", "seconds"), TIMES, ids=[row[0] for row in TIMES])
def test_how_long_a_step_takes_is_stated(request_, id_, field, seconds):
    found = getattr(by_id(done(request_))[id_], field)
    assert (found.mean_seconds, found.basis) == (seconds, "stated")


def test_several_figures_are_taken_together_or_not_at_all():
    after = done("registration takes 3 minutes and the wifi takes an hour")
    assert [by_id(after)[id_].work.mean_seconds for id_ in ("reg", "wifi")] == [180, 3600]
    half = read_change(GUESTS, "registration takes 3 minutes and the moon takes an hour")
    assert half.edits == ()


def test_chances_people_cases_and_systems():
    ways = branches(done("one in ten hosts does not answer"))
    assert [ways[id_][1].p for id_ in ("away", "there")] == [0.1, 0.9]
    staffed = done("there are three receptionists and 2 people in security")
    assert [staffed.role(id_).capacity for id_ in ("rec", "sec")] == [3, 2]
    assert done("we get 50 visitors a day").volume.between.mean_seconds == pytest.approx(1728)
    assert done("guests arrive every 10 minutes").volume.between.mean_seconds == pytest.approx(600)
    assert by_id(done("registration happens in SAP"))["reg"].system == "SAP"
    assert by_id(done("the pass should be printed automatically"))["pass"].automation == "automatic"


OPEN = [
    "make it faster", "this is too slow", "improve it", "make it cheaper", "too many handovers", "it happens in SAP",
    "remove security", "if it rains, offer an umbrella", "security inspects bags above 20 litres",
    "the call is annoying", "change the registration", "we need a second briefing",
    "move it to after the call", "a guard does the badges instead of the receptionist", "a guide welcomes the guest",
]  # fmt: skip


@pytest.mark.parametrize("request_", OPEN)
def test_what_is_left_open_becomes_a_question_whose_readings_differ(request_):
    reading = read_change(GUESTS, request_)
    assert reading.question.endswith("?") or "?" in reading.question
    assert reading.edits == ()
    results = [apply(GUESTS, one.edits) for one in reading.readings]
    assert 2 <= len(results) <= 3
    assert all(one != GUESTS and results.count(one) == 1 for one in results)


NOTHING = [
    "undo that", "who does the registration?", "move that after the moon",
    "two people should print", "the lobby costs 40 euros an hour", "visitors sometimes forget things",
    "security does the pass and the IT desk the lobby", "if nobody answers after 10 minutes, the guest leaves",
    "5% of guests fail the security check", "everything is fine", "the weather is bad for guests today, is it?",
]  # fmt: skip


@pytest.mark.parametrize("request_", NOTHING)
def test_what_is_not_understood_is_never_carried_out(request_):
    assert read_change(GUESTS, request_).edits == ()
