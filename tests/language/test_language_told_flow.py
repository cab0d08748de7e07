"""How it flows and how much, in stories as people tell them: totals, shares, limits, a no, what waits."""

import pytest
from reading_kit import shape

from assistant.language.offline.story import read as read_story
from assistant.process.blocks import Choice, End, Loop, Parallel, Task, Wait
from assistant.process.tree import tasks, walk

OPENING = "The clerk checks the order. "
CLOSING = " The manager signs the letter."


def read(words):
    return read_story(OPENING + words + CLOSING).process


def of(process, kind):
    return [step for step in walk(process) if isinstance(step, kind)]


def task(process, name):
    return next(step for step in of(process, Task) if step.name.startswith(name))


@pytest.mark.parametrize(
    "words",
    [
        "On average it takes us eleven days.",
        "Everything takes 5-6 weeks.",
        "From idea to bus it takes seven weeks or so.",
    ],
)
def test_a_told_total_is_a_measure_and_no_step_waits_it(words):
    process = read(words)
    assert [measure.name for measure in process.measures] == ["Cycle time"]
    assert not of(process, Wait)
    assert all(step.wait is None and step.work is None for step in of(process, Task))


def test_hours_a_month_and_times_ahead_are_no_time_of_a_step():
    process = read("She types everything into the list (1.5 h per month). The permit is applied for eight weeks ahead.")
    assert all(step.wait is None and step.work is None for step in of(process, Task))


def test_days_of_two_men_are_work():
    step = task(read("The fitter installs the kitchen, 2 men 2 days."), "Install")
    assert step.work is not None
    assert step.wait is None


def test_a_limit_in_front_makes_one_choice_of_two_ways_and_the_work_goes_on_for_all():
    process = read("Below 500 euros the office orders the part, above that the director approves the quote.")
    (choice,) = of(process, Choice)
    assert [branch.when for branch in choice.branches] == ["below 500 euros", "above 500 euros"]
    assert [branch.do.items[0].name for branch in choice.branches] == ["Order part", "Approve quote"]
    assert process.flow.items[-1].name == "Sign letter"


def test_a_share_of_the_cases_has_the_words_it_was_told_in():
    words = "The firm visits the tenant; every third time the tenant isn't at home and the office writes a note."
    (choice,) = of(read(words), Choice)
    assert choice.branches[0].when == "tenant is not at home"
    assert choice.branches[0].p == pytest.approx(1 / 3, abs=0.001)


def test_coming_again_is_a_way_back_with_its_share():
    words = "The firm visits the tenant; every third time the tenant isn't at home and they come again."
    (loop,) = of(read(words), Loop)
    assert loop.p == pytest.approx(1 / 3, abs=0.001)


def test_who_forgets_is_reminded_and_the_rest_goes_on():
    words = "The customer sends back the slip. About a quarter forget and have to be reminded, usually twice."
    process = read(words)
    (choice,) = of(process, Choice)
    assert (choice.branches[0].when, choice.branches[0].p) == ("customer forgets", 0.25)
    assert [step.name for step in choice.branches[0].do.items] == ["Remind customer"]
    assert process.flow.items[-1].name == "Sign letter"


def test_what_falls_through_ends_badly():
    words = "If the fee is too high, the clerk calls the agent, and about one in three falls through at that point."
    process = read(words)
    (end,) = of(process, End)
    assert end.negative
    assert process.flow.items[-1].name == "Sign letter"


def test_a_no_ends_the_case_where_the_work_goes_on_otherwise():
    words = "If the customer says no, he picks up the bike and we've earned nothing. Otherwise the clerk orders parts."
    process = read(words)
    (end,) = of(process, End)
    assert end.negative


def test_a_share_found_by_a_check_is_no_share_of_the_check():
    words = "Tom checks every bike afterwards, takes five minutes, he finds something in maybe one in fifty."
    process = read(words)
    assert not of(process, Choice)
    assert task(process, "Check bike").work.mean_seconds == 300


def test_whichever_way_a_case_comes_in_is_no_decision():
    process = read_story("A tenant rings the hotline or writes a mail. The clerk opens a ticket." + CLOSING).process
    assert not of(process, Choice)
    assert process.flow.items[0].name == "Open ticket"


def test_what_things_lie_for_is_told_next():
    words = "The tubes stand in the fridge until the morning, it is only run once a day. The nurse loads the tubes."
    process = read(words)
    assert task(process, "Load").batch is not None
    assert task(process, "Check order").batch is None


def test_a_law_protects_the_step_its_sentence_speaks_of():
    process = read("The clerk pays the deposit. The law says that the order has to be checked.")
    assert task(process, "Check order").legal_basis
    assert task(process, "Pay deposit").legal_basis is None


def test_while_somebody_else_does_more_runs_beside_it():
    process = read("The groomer washes the dog, while the apprentice cleans the table.")
    (parallel,) = of(process, Parallel)
    assert len(parallel.branches) == 2


def test_when_somebody_is_away_it_waits_in_that_case_only():
    process = read("When Tom is off, the cards just wait, sometimes four days.")
    (choice,) = of(process, Choice)
    assert isinstance(choice.branches[0].do.items[0], Wait)


@pytest.mark.parametrize("head", ["Subject: RE: RE: the firm", "Voice memo, 3 March", "MINUTES of 12 May"])
def test_a_process_is_not_called_after_the_kind_of_paper(head: str) -> None:
    told = "The clerk enters the clock. The clockmaker cleans the clock. The clerk returns the clock."
    assert read_story(f"{head}\n\n{told}").process.name == "Handle clocks"


def test_a_way_back_to_somebody_begins_with_what_he_did_in_one_go():
    told = (
        "Ada cuts the stone. The polisher washes and polishes the stone; we've only got the one, Otto. "
        "Bo checks every stone. One in twelve goes back to Otto because it is dull. The driver takes the stone out."
    )
    assert shape(told)[1] == ("loop", ["Wash stone", "Polish stone", "Check stone"], [])


def test_what_a_laboratory_takes_is_its_work_and_no_wait_before():
    told = "The nurse takes the sample. The laboratory tests the sample, that takes two days. The doctor reads it."
    test = next(task for task in tasks(read_story(told).process) if task.name == "Test sample")
    assert test.wait is None
    assert test.work.value == 2.0
