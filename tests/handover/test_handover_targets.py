"""Targets lie between what is needed and what is possible, are never ten times better and never a trifle."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.handover.shapes import Figure
from assistant.handover.targets import LARGEST_FACTOR, SMALLEST_SHARE, Aim, Need, seconds_in, target, time_need
from assistant.process.model import Customer, Measure, Process

DAY = 86400.0
SHARES, TIMES = st.floats(0.01, 0.99), st.floats(60, 90 * DAY)


def aimed(now, possible, need=None, unit="s", lower=True):
    figure = Figure(value=possible, unit=unit, basis="computed", rests_on="stated")
    return target(Aim(now, possible, unit, lower), figure, Need(need, "a customer"))


def test_halfway_between_need_and_possibility_when_the_need_can_be_met():
    found = aimed(10 * DAY, 4 * DAY, 6 * DAY)
    assert found.figure.value == pytest.approx(5 * DAY)
    assert not found.hold
    assert "6\u00a0days" in found.reason
    assert "4\u00a0days" in found.reason


def test_all_that_is_possible_when_the_need_cannot_be_met_and_that_is_said():
    found = aimed(10 * DAY, 4 * DAY, 2 * DAY)
    assert found.figure.value == pytest.approx(4 * DAY)
    assert "not enough" in found.reason


def test_four_fifths_of_the_gain_when_nobody_said_what_is_needed():
    found = aimed(10 * DAY, 5 * DAY)
    assert found.figure.value == pytest.approx(6 * DAY)
    assert "Nobody has said" in found.reason


def test_a_trifle_is_no_target_but_a_guard():
    found = aimed(10 * DAY, 9.8 * DAY)
    assert found.hold
    assert found.figure.value == 10 * DAY


def test_what_gets_worse_is_called_a_price():
    found = aimed(10.0, 12.0, unit="EUR")
    assert found.hold
    assert found.figure.value == 12.0
    assert "price of the gains" in found.reason


def test_what_may_be_chance_is_no_price():
    figure = Figure(value=0.90, low=0.85, high=0.95, unit="share", basis="computed", rests_on="stated")
    found = target(Aim(0.91, 0.85, "share", False), figure, Need(None, "nobody"))
    assert found.hold
    assert found.figure.value == 0.91
    assert "price" not in found.reason


def test_ninety_days_to_two_is_not_promised_at_once():
    assert aimed(90 * DAY, 2 * DAY).figure.value >= 90 * DAY / LARGEST_FACTOR


@settings(max_examples=100, deadline=None)
@given(TIMES, TIMES, st.none() | TIMES)
def test_a_target_for_a_time_stays_between_its_ends(now, possible, need):
    found = aimed(now, possible, need)
    value = found.figure.value
    if found.hold:
        assert value in (now, possible)
        return
    assert possible <= value < now
    assert now / value <= LARGEST_FACTOR * 1.06
    assert now - possible >= SMALLEST_SHARE * now
    if need is not None and possible <= need < now:
        assert value <= need + 1e-6 or value == pytest.approx(now / LARGEST_FACTOR, rel=0.1)


@settings(max_examples=100, deadline=None)
@given(SHARES, SHARES, st.none() | SHARES)
def test_a_target_for_a_share_stays_between_its_ends(now, possible, need):
    found = aimed(now, possible, need, "share", lower=False)
    value = found.figure.value
    assert 0 <= value <= 1
    if not found.hold:
        assert now < value <= possible + 1e-9
        assert value <= LARGEST_FACTOR * now * 1.06


@settings(max_examples=50, deadline=None)
@given(TIMES)
def test_a_rounded_target_reads_with_two_figures(now):
    assume(now > 3600)
    value = aimed(now, now / 2).figure.value
    for size in (DAY, 3600, 60):
        if value >= size:
            scaled = value / size
            digits = 1 - math.floor(math.log10(scaled))
            assert scaled == pytest.approx(round(scaled, digits), rel=1e-6)
            break


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("an answer within 5 days", 5 * DAY), ("2 working days at most", 2 * DAY), ("3.5 h", 12600),
        ("1,5 hours", 5400),
        ("20 min", 1200), ("2 weeks", 14 * DAY), ("soon", None), ("5 people", None), ("", None), ("10 mins", 600),
    ],
)  # fmt: skip
def test_times_are_read_from_what_people_say(text, seconds):
    assert seconds_in(text) == seconds


def test_a_need_comes_from_a_stated_target_then_the_goal_then_a_customer():
    customer = Customer(name="Trader", needs=("a friendly voice", "an answer within 5 days"))
    measure = Measure(id="m", name="cycle time", value=90, unit="d", target=30)
    both = Process(name="p", customers=(customer,), measures=(measure,))
    assert time_need(both, "within 10 days", 90 * DAY).value == 30 * DAY
    with_customer = Process(name="p", customers=(customer,))
    assert time_need(with_customer, "answer within 10 days", 90 * DAY).value == 10 * DAY
    assert time_need(with_customer, "cut the waiting time by 30 %", 90 * DAY).value == pytest.approx(63 * DAY)
    assert time_need(with_customer, "halve the lead time", 90 * DAY).value == 45 * DAY
    assert time_need(with_customer, "fewer errors, by 30 %", 90 * DAY).value == 5 * DAY
    nobody = time_need(Process(name="p"), None, 90 * DAY)
    assert nobody.value is None
    assert "ask" in nobody.text
