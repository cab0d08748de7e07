"""Sums a model writes out: believed when their figures were told or marked as assumed, and when they come out."""

from __future__ import annotations

import time

import pytest

from assistant.language.paper.figures_stated import sums
from assistant.language.paper.sums import checked, worked
from assistant.language.paper.told_figures import PROPOSED, UNTOLD, Told, without_facts

KNOWN = frozenset({1400.0, 7.0, 12.0, 300.0, 22.0, 31.5, 18.0, 45.0})


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1,400 parcels a year x 12 min = 280 h a year", "280 h a year"),
        ("12 h x 3,600 / 1,400 parcels = 31 seconds a parcel", "31 seconds a parcel"),
        ("1,400 a year x 93% x 12 min = 260 hours a year", "260 hours a year"),
        ("1,400 x 22 / 300 = 103 parcels a year", "103 parcels a year"),
        ("EUR 31.5 - EUR 18 = EUR 13.5 a part", "EUR 13.5 a part"),
        ("18 a month x 45 min = 162 h a year", "162 h a year"),
        ("18 a week x 45 min = 702 h a year", "702 h a year"),
        ("300 boxes a year x 3 = 900 boxes a year", "900 boxes a year"),
        ("22 x 7 / 300 = 0.5 days", "0.5 days"),
        ("1,400 a year x (22 - 7) min = 350 h a year", "350 h a year"),
        ("300 x ((18 - 7) x 2) = 6,600 boxes", "6,600 boxes"),
        ("1,400 x 12 min / 60 = 280 hours a year", "280 hours a year"),
        ("45 min x 5 days x 52 weeks / 60 = 195 hours a year", "195 hours a year"),
        ("5 x 52 weeks = 260 days", "260 days"),
        ("45 days / 7 = 6.4 weeks", "6.4 weeks"),
        ("1,400 h / 7 h = 200 days", "200 days"),
        ("1,400 x 31.5% / 12 = 37 boxes a month", "37 boxes a month"),
        ("18 of 300 = 6%", "6%"),
        ("45% of 1,400 = 630 parcels", "630 parcels"),
        ("22 - 18 = about 4 of the 7 pallets", "about 4 of the 7 pallets"),
        ("45 - 12 = 33 minutes a parcel instead of 45", "33 minutes a parcel instead of 45"),
        ("1,400 x 12 min = 16,800 min, 280 hours a year at the gate", "16,800 min, 280 hours a year at the gate"),
        ("1,400 x 12 min = 16,800 min = 280 hours a year", "280 hours a year"),
        ("1,400 a year / 12 = 117 a month, about 27 a week", "117 a month, about 27 a week"),
        ("45 days / 5 = 9 weeks", "9 weeks"),
        ("(45 - 12) d / 5 = 6.6 w", "6.6 w"),
        ("300 h / 8 h = 37.5 days", "37.5 days"),
        ("300 days / 30 = 10 months", "10 months"),
        ("7 weeks + 12 days = 61 days", "61 days"),
        ("7 weeks - 12 days = 23 days of work", "23 days of work"),
        ("7 weeks x 5 - 12 days = 23 days", "23 days"),
    ],
)
def test_a_sum_of_told_figures_that_comes_out_is_believed(text: str, result: str) -> None:
    found = checked(text, KNOWN)
    assert found is not None
    assert (found.result, found.assumed) == (result, ())


@pytest.mark.parametrize(
    "text",
    [
        "1,400 a year x 12 min = 400 h a year",
        "22 x 7 / 300 = 1 day",
        "1,400 a year x (22 - 19) min = 70 h a year",
        "1,400 a year x 19 min = 443 h a year",
        "1,400 a year x 8 min = 187 h a year",
        "1,400 a year x 12 min = 16,800 h a year",
        "1,400 a year x 5% = 70 a year",
        "45 days x 5 = 9 weeks",
        "7 weeks + 12 days = 19 days",
        "300 h / 9 h = 33 days",
        "280 h a year",
        "1,400 a year",
        "",
    ],
)
def test_a_sum_with_a_figure_of_nobody_or_that_does_not_come_out_is_not(text: str) -> None:
    assert checked(text, KNOWN) is None


def test_what_is_assumed_is_named_and_its_mark_is_not_shown() -> None:
    found = checked("1,400 a year x 12 min x 80% [assumed] = 224 h a year", KNOWN)
    assert found is not None
    assert found.assumed == ("80%",)
    assert found.text == "1,400 a year x 12 min x 80% = 224 h a year"
    assert checked("40 [assumed] x 50 [assumed] x 60 [assumed] = 120,000", KNOWN) is None
    assert checked("300 boxes x 2 [assumed] looks x 3 [assumed] min = 30 h", KNOWN) is not None


def test_a_figure_in_a_rule_that_nobody_told_is_called_proposed() -> None:
    told = Told("The clerk checks orders above 500 euros.")
    assert told.proposed("Up to 500 euros the clerk decides.") == "Up to 500 euros the clerk decides."
    assert told.proposed("Up to 750 euros the clerk decides.").endswith(PROPOSED)
    assert told.proposed("Tried for 30 days") == "Tried for 30 days"


def test_only_whoever_the_story_or_the_roles_name_is_named() -> None:
    told = Told("Our boss wants it, and Marta types.")
    assert told.names("the boss")
    assert told.names("Front desk", ["Front desk"])
    assert not told.names("Head of operations", ["Front desk"])


def test_a_rate_without_a_yearly_figure_is_kept_as_such() -> None:
    found = checked("14 - 1 = 13 queries fewer per 100 registrations", {14.0, 1.0})
    assert found is not None
    assert found.result == "13 queries fewer per 100 registrations"
    assert checked("14 per 100 - 1 per 100 = 13 per 100", {14.0, 1.0}) is not None
    assert checked("14 - 1 = 15 queries fewer per 100 registrations", {14.0, 1.0}) is None


def test_a_sum_that_does_not_hold_says_why() -> None:
    assert "nobody told 77" in str(worked("77 a year x 20 min = 26 h a year", {20.0}))
    assert "it comes to 400" in str(worked("20 x 20 = 500 boxes", {20.0}))
    assert "one result" in str(worked("20 x 20", {20.0}))


def test_a_time_of_the_day_counts_in_hours_before_and_after_noon() -> None:
    told = Told("The vans are out at half past four, the kitchens start at 7:15, lunch is at quarter to twelve.")
    assert {4.5, 16.5, 7.25, 19.25, 11.75} <= told.known
    assert 4.25 not in told.known


@pytest.mark.parametrize(("text", "known"), [
    ("4 days - 0 days = 4 days an offer", {4.0}), ("900 a year x 2.17 h = 1,953 h a year", {900.0, 2 + 1 / 6}),
    ("118 / 310 - 20% = 18 per 100 visits", {118.0, 310.0, 20.0}),
])  # fmt: skip
def test_nothing_left_a_rounded_time_and_a_rate_in_a_hundred_are_believed(text: str, known: set[float]) -> None:
    assert checked(text, known)
    assert not checked(text.replace("=", "= 1"), known)


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("At 45 poles a day, one rotten in ten, are 340 changed after 76 days?", ""),
        ("If 725 loads are 27 a day, who drives?", ""),
        ("Does the press need all of the 7.2 minutes?", ""),
        ("Who serves 238 new ones a year?", ""),
        ("Who serves 611 new ones a year, and who the 45?", "611"),
    ],
)
def test_a_question_stays_and_only_a_figure_that_no_sum_of_told_ones_gives_is_marked(
    question: str, marked: str
) -> None:
    told = Told(
        "45 poles a day; one in ten is rotten; 340 are changed a year, 7 in ten new. 725 loads in July. "
        "It runs from half past six until six and breaks 96."
    )
    assert told.asked(question) == (f"{question} ({marked}: {UNTOLD})" if marked else question)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("EUR 45 - EUR 18 = EUR 27 a part x 1,400 = 37,800 EUR", "(EUR 45 - EUR 18) x 1,400 = 37,800 EUR"),
        ("1,400 x 1/7 = 200 trips x 45 EUR = 9,000 EUR a year", "(1,400 x 1/7) x 45 EUR = 9,000 EUR a year"),
        ("1,400 x 22% = 308 / 52 = 5.9 a week", "(1,400 x 22%) / 52 = 5.9 a week"),
        ("31.5 h / 300 = 6.3 min a cube, 31.5 h / 22 = 86 min: too long", "31.5 h / 300 = 6.3 min a cube"),
        ("EUR 45 - EUR 18 = EUR 20 a part x 1,400 = 28,000 EUR", None),
        ("1,400 x 1/7 = 200 trips = 9,000 EUR a year", None),
    ],
)
def test_a_sum_that_goes_on_with_its_result_is_one_sum_each_part_of_which_holds(text: str, shown: str | None) -> None:
    found = checked(text, KNOWN)
    assert (found.text if found else None) == shown


def test_codes_are_no_words_of_a_sentence() -> None:
    assert without_facts("It waits (H06, H16) for 3 days F2.") == "It waits for 3 days."


@pytest.mark.parametrize(
    "line",
    [
        "That is 570 legs (620 less the children's 50) x 40% x 1.5 hours = 342 hours a year.",
        "So (620 - 50) x 40% x 1.5 hours = 342 hours.",
    ],
)
def test_a_sum_goes_on_behind_its_bracket(line: str) -> None:
    results, wrong = sums([line], {620.0, 50.0, 40.0, 1.5})
    assert 342.0 in results
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "22 - 18 = 5 of the 7 pallets",
        "22 - 18 = 4 of 61 pallets",
        "1,400 x 12 min = 16,800 min, 310 hours a year",
        "1,400 x 12 min = 16,000 min = 280 hours",
    ],
)
def test_words_behind_a_result_hold_no_figure_of_their_own(text: str) -> None:
    assert checked(text, KNOWN) is None


@pytest.mark.parametrize(
    ("text", "result", "assumed"),
    [
        ("7 to 12 x 45 min = 315 to 540 min", "315 to 540 min", ()),
        ("12 to 18% of 1,400 = 168 to 252 parcels", "168 to 252 parcels", ()),
        ("300 - 18 to 22 = 278 to 282 crates", "278 to 282 crates", ()),
        ("1,400 / 7 to 10 = 140 to 200 loads", "140 to 200 loads", ()),
        ("18 to 22 x 45 to 60 [assumed] min = 810 to 1,320 min", "810 to 1,320 min", ("45 to 60 min",)),
        ("between 7 and 12 x 300 = between 2,100 and 3,600 bags", "2,100 to 3,600 bags", ()),
        ("7–12 x 45 = 315–540", "315–540", ()),
        ("7 to 12 x 45 = up to 540 bags", "up to 540 bags", ()),
        ("7 to 12 x 300 = 2,100 to 3,600 bags x 12 min = 420 to 720 h", "420 to 720 h", ()),
        ("300-22 = 278 crates", "278 crates", ()),
    ],
)
def test_a_sum_of_ranges_holds_where_both_its_ends_do(text: str, result: str, assumed: tuple[str, ...]) -> None:
    found = checked(text, KNOWN | {10.0})
    assert found is not None
    assert (found.result, found.assumed) == (result, assumed)


@pytest.mark.parametrize(
    "text",
    [
        "7 to 12 x 45 = 315 to 600",
        "7 to 12 x 45 = 540",
        "7 to 17 x 45 = 315 to 765",
        "18 to 22 x 7 to 12 = 154 to 216",
        "300 - 18 to 22 = 282 to 278 crates",
        "7 x 45 = 315 to 400",
    ],
)
def test_a_sum_of_ranges_with_an_end_that_does_not_come_out_holds_not(text: str) -> None:
    assert checked(text, KNOWN) is None


def test_a_sum_of_ranges_within_a_sentence_is_worked_out_whole() -> None:
    results, wrong = sums(["They look for 7 to 12 x 45 min = 315 to 540 min a day."], KNOWN)
    assert {315.0, 540.0} <= results.keys()
    assert not wrong


@pytest.mark.parametrize("piece", ["12 bags x ", "12 x ", "7 to 12 x ", "7 % of them - ", "7 to 12 "])
def test_signs_without_an_end_cost_no_time(piece: str) -> None:
    begun = time.monotonic()
    assert sums([piece * 150], KNOWN) == ({}, {})
    assert checked(f"{piece * 150}= 4", KNOWN) is None
    assert time.monotonic() - begun < 2


def test_a_sum_may_rest_on_another_whichever_stands_first() -> None:
    told = Told("Eighteen crates a week, 45 minutes each.")
    written = ["702 h x 2 = 1,404 h", "18 x 45 min x 52 / 60 = 702 h a year", "95 x 3 = 285"]
    assert {702.0, 1404.0} <= told.results(written)
    assert 285.0 not in told.results(written)


@pytest.mark.parametrize(
    ("story", "written", "shown"),
    [
        (
            "A hoof bath costs us 140 at the vet's, the farm shop asks 85. We buy 60 of them.",
            "60 baths x 55 = 3,300 a year",
            "60 baths x (140 - 85) = 3,300 a year",
        ),
        (
            "Each lamp takes 47 minutes by hand. On the bench it was 31. We make 900 a year.",
            "900 lamps x 16 min = 240 h a year",
            "900 lamps x (47 - 31) min = 240 h a year",
        ),
    ],
)
def test_what_lies_between_two_figures_told_together_is_spelled_out(story: str, written: str, shown: str) -> None:
    found = Told(story).sum(written)
    assert found is not None
    assert found.text == shown


def test_what_lies_between_figures_told_far_apart_is_nobodys() -> None:
    story = "It costs 140. The shop is far. Nobody likes the road. The vet asks 85. We buy 60 of them."
    assert Told(story).sum("60 baths x 55 = 3,300 a year") is None
