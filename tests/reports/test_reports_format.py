"""Figures in words: units, signs, intervals, badges and tones."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.handover.shapes import UNKNOWN, Figure
from assistant.handover.words import say
from assistant.process.codec import from_data
from assistant.process.figures import amount, count, interval, listed, share
from assistant.process.values_in_words import value_in_words
from assistant.reports.format import badge, basis_of, change, relative, sure, tone
from assistant.reports.quoted_names import Names

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (0, "s", "0 s"), (59, "s", "59 s"), (90, "s", "1.5 min"), (3600, "s", "1 h"), (86400, "s", "1 day"),
        (3.4 * 86400, "s", "3.4 days"), (-5 * 3600, "s", "−5 h"), (0.125, "share", "12 %"), (0.034, "share", "3.4 %"),
        (0.0004, "share", "0.04 %"), (12.4, "EUR", "EUR 12.40"), (1254, "EUR", "EUR 1,250"), (79, "cases", "79 cases"),
        (4, "", "4"), (None, "s", UNKNOWN), (math.nan, "s", UNKNOWN), (math.inf, "s", UNKNOWN),
    ],
)  # fmt: skip
def test_an_amount_has_its_unit_and_no_more_figures_than_mean_something(value, unit, told):
    assert amount(value, unit).replace(NB, " ") == told


@pytest.mark.parametrize(
    ("low", "high", "unit", "told"),
    [
        (3.1 * 86400, 3.4 * 86400, "s", "3.1 to 3.4 days"), (72000, 3 * 86400, "s", "0.8 to 3.0 days"),
        (-0.354, -0.29, "share", "−35 to −29 %"), (10, 10.2, "EUR", "EUR 10.00 to 10.20"), (60, 60, "s", "1 min"),
        (2, 8, "h", "2 to 8 h"), (None, 3, "s", ""), (1, None, "s", ""), (math.nan, 1, "s", ""),
    ],
)  # fmt: skip
def test_an_interval_is_told_in_one_unit_with_both_ends_apart(low, high, unit, told):
    assert interval(low, high, unit).replace(NB, " ") == told


@settings(max_examples=60, deadline=None)
@given(st.floats(1e-3, 1e8), st.sampled_from(["s", "share", "EUR", "cases"]))
def test_an_amount_reads_back_within_its_rounding(value, unit):
    text = amount(value, unit).replace(NB, " ").replace(",", "").replace("EUR ", "")
    number, _, rest = text.partition(" ")
    size = {"days": 86400, "day": 86400, "h": 3600, "min": 60, "%": 0.01}.get(rest, 1)
    assert float(number) * size == pytest.approx(value, rel=0.06, abs=0.006 * size)


def test_a_change_carries_its_sign_and_shares_change_in_points():
    assert change(-86400 * 4.2, "s").replace(NB, " ") == "−4.2 days"
    assert change(0.03, "share").replace(NB, " ") == "+3 points"
    assert change(None, "s") == UNKNOWN
    assert relative(-4.2, 12.3).replace(NB, " ") == "−34 %"
    assert relative(1.0, 0.0) == ""
    assert sure(-4.6, -3.9, "EUR", 12.3).replace(NB, " ") == "32 to 37 % less"
    assert sure(-6.98, -6.96, "EUR").replace(NB, " ") == "EUR 6.97 less"
    assert sure(-86400 * 5.8, -86400 * 5.4, "s", rough=True).replace(NB, " ") == "5 to 6 days less"
    assert sure(-86400, 86400 * 2, "s").replace(NB, " ") == "from 1 day less to 2 days more"
    assert sure(None, 1.0, "s") == ""


def test_a_tone_says_better_only_when_the_judgement_does():
    assert tone(True).word == "better"
    assert tone(False).word == "worse"
    assert tone(None, -5.0).word == "no evidence of a change"
    assert tone(None, 0.0).word == "unchanged"
    assert len({tone(x, 1.0).sign for x in (True, False, None)}) == 3


def test_every_basis_has_a_sign_of_its_own_and_the_unknown_is_called_unknown():
    keys = ("measured", "stated", "estimated", "library", "computed", "unknown")
    assert len({badge(key).sign for key in keys}) == len(keys)
    assert badge("simulated").key == "computed"
    assert badge("made up").key == badge(None).key == "unknown"
    assert basis_of(Figure(value=1, basis="computed", rests_on="library")).endswith("that are typical elsewhere")
    assert basis_of(Figure(value=1, basis="stated", rests_on="stated")) == "told"


def test_figures_in_sentences():
    assert say(Figure()) == UNKNOWN
    assert say(Figure(low=2, high=8, unit="h")).replace(NB, " ") == "2 to 8 h"
    assert count(1, "step") == f"1{NB}step"
    assert count(1200, "case").replace(NB, " ") == "1,200 cases"
    assert listed(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and 2 more"
    assert listed([]) == "none"
    assert share(0.5).replace(NB, " ") == "50 %"


def test_a_finding_that_begins_with_the_name_of_a_step_has_all_names_in_marks() -> None:
    names = Names(from_data({"schema": "process/1", "name": "P", "flow": [
        {"task": {"id": "a", "name": "Bag cuts"}}, {"task": {"id": "b", "name": "Seal cuts"}}]}))  # fmt: skip
    said = names.everywhere({"findings": {"shown": [{"title": "Bag cuts and Seal cuts are small steps"}]}})
    assert said["findings"]["shown"] == [{"title": "“Bag cuts” and “Seal cuts” are small steps"}]
    assert names.title("Bag cuts on the day they come") == "Bag cuts on the day they come", "says what is done"


def test_everyday_words_that_a_wait_is_called_by_stand_without_marks() -> None:
    names = Names(from_data({"schema": "process/1", "name": "P", "flow": [
        {"wait": {"id": "a", "name": "test run"}}, {"task": {"id": "b", "name": "Test run"}}]}))  # fmt: skip
    assert names.quoted("No test run is done before Test run") == "No test run is done before “Test run”"


@pytest.mark.parametrize(
    ("batch", "told"),
    [
        ({"every": {"kind": "fixed", "value": 1, "unit": "d"}, "on": None}, "every day"),
        ({"every": {"kind": "fixed", "value": 3.5, "unit": "d"}, "on": "tue,thu"}, "on Tuesdays and Thursdays"),
        ({"size": 20, "every": {"kind": "fixed", "value": 2, "unit": "d"}}, "every 2 days, 20 at a time"),
    ],
)
def test_when_collected_work_is_done_is_said_as_people_say_it(batch: dict[str, object], told: str) -> None:
    assert value_in_words(batch) == told
