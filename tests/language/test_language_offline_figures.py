"""Figures said in a story, on the step, role, branch or process they speak of."""

import pytest
from reading_kit import choices, task_named

from assistant.language.reading import read_story
from assistant.process.blocks import Wait
from assistant.process.durations import Basis, Fixed, Uniform
from assistant.process.tree import tasks, walk

CHECK = "The clerk checks the order. "
END = " The manager signs the letter."


def read(text):
    return read_story(text).process


@pytest.mark.parametrize(
    ("words", "task", "work", "wait"),
    [
        ("This takes ten minutes.", "Check order", 600, None),
        ("The check takes two hours.", "Check order", 7200, None),
        ("The order lies in her inbox for half a day.", "Check order", None, 43200),
        ("She is busy, so it waits two days for her.", "Check order", None, 172800),
        ("It takes three days until the manager reads the letter.", "Read letter", None, 259200),
        ("After two days the manager reads the letter.", "Read letter", None, 172800),
        ("It takes her five days of work.", "Check order", 5 * 8 * 3600, None),
    ],
)
def test_work_and_waiting_go_to_the_step_they_speak_of(words, task, work, wait):
    found = task_named(read(CHECK + words + END), task)
    assert (found.work.mean_seconds if found.work else None) == work
    assert (found.wait.mean_seconds if found.wait else None) == wait


def test_a_figure_is_stated_and_points_at_its_words():
    text = CHECK + "That takes about ten minutes." + END
    work = task_named(read(text), "Check order").work
    assert work.basis is Basis.STATED
    assert text[work.span.start : work.span.end] == "about ten minutes"


def test_a_range_is_uniform_and_a_single_figure_fixed():
    process = read(CHECK + "This takes five to ten minutes. The manager signs the letter, two minutes.")
    assert isinstance(task_named(process, "Check order").work, Uniform)
    assert isinstance(task_named(process, "Sign letter").work, Fixed)


@pytest.mark.parametrize(
    "words",
    [
        "The clerk has to do it within two days.",
        "If no answer comes after two weeks, the clerk calls the customer.",
        "It often takes a while.",
    ],
)
def test_deadlines_timeouts_and_vague_words_are_no_durations(words):
    process = read(CHECK + words + END)
    assert all(task.work is None and task.wait is None for task in walk(process) if task.block == "task")


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("It lies there for two days because the customer never answers.", "external"),
        ("It waits two days, they are swamped and the queue is long.", "contention"),
        ("It lies there for three days because she works part-time.", "unavailability"),
        ("It lies there for a week because they collect them.", "batching"),
    ],
)
def test_the_cause_of_a_wait(words, cause):
    assert task_named(read(CHECK + words + END), "Check order").wait_cause == cause


def test_waiting_for_somebody_is_a_wait_of_its_own():
    process = read(CHECK + "She calls the customer and it takes two days until we hear from him." + END)
    wait = next(step for step in walk(process) if isinstance(step, Wait))
    assert (wait.event, wait.contact, wait.duration.mean_seconds) == ("message", "Customer", 172800)


@pytest.mark.parametrize(
    ("words", "p"),
    [
        ("If it is incomplete, which happens in 20 % of the cases, she calls the customer.", 0.2),
        ("About one in five orders is incomplete. Then she calls the customer.", 0.2),
        ("In 30 percent of cases she calls the customer.", 0.3),
        ("If it is incomplete, she calls the customer. That is about one order in ten.", 0.1),
        ("Roughly a quarter of the orders is incomplete. In that case she calls the customer.", 0.25),
    ],
)
def test_chances_go_to_their_branch_and_the_rest_to_the_other(words, p):
    choice = choices(read(CHECK + words + END))[0]
    assert choice.branches[0].p == pytest.approx(p)
    assert choice.branches[1].p == pytest.approx(1 - p)
    assert choice.branches[0].p_basis is Basis.STATED
    assert [step.name for step in choice.branches[0].do.items] == ["Call customer"]


def test_what_was_not_said_stays_unknown():
    process = read(CHECK + "If it is incomplete, she calls the customer." + END)
    assert [branch.p for branch in choices(process)[0].branches] == [None, None]
    assert process.volume is None
    assert all(role.capacity is None and role.cost_per_hour is None and role.calendar is None for role in process.roles)


def test_a_chance_of_error_is_an_error_rate():
    process = read("The clerk types the order into SAP, and one in ten is typed in wrong." + END)
    assert task_named(process, "Type order").error_rate == pytest.approx(0.1)
    assert choices(process) == []


def test_volume_with_and_without_working_hours():
    plain = read("We get about 40 orders a day. " + CHECK + END)
    assert plain.volume.between.mean_seconds == pytest.approx(86400 / 40)
    hours = read("We get 40 orders a day, Monday to Friday from eight to five. " + CHECK + END)
    assert hours.volume.between.mean_seconds == pytest.approx(9 * 3600 / 40)
    assert [(line.days, line.from_, line.to) for line in hours.volume.calendar] == [("mon-fri", "08:00", "17:00")]
    assert hours.role("clerk").calendar == hours.volume.calendar


def test_a_yearly_volume_falls_on_working_days():
    process = read("We handle 1,040 claims a year, Monday to Friday from 8:00 to 16:00. " + CHECK + END)
    weekly = 1040 / 365 * 7
    assert process.volume.between.mean_seconds == pytest.approx(5 * 8 * 3600 / weekly, rel=1e-3)


@pytest.mark.parametrize(
    ("words", "role", "capacity"),
    [
        ("There are three clerks.", "clerk", 3),
        ("We have seven pickers.", "pickers", 7),
        ("There are five clerks on the order desk.", "order_desk", 5),
    ],
)
def test_how_many_people_there_are(words, role, capacity):
    text = "The order desk takes the order. The clerk checks the order. The pickers pack the goods. "
    text = text.replace("The clerk checks", "The order desk checks") if role == "order_desk" else text
    assert read(text + words).role(role).capacity == capacity


def test_prices_and_currency():
    process = read(CHECK + "A clerk costs us 35 dollars an hour." + END)
    assert (process.role("clerk").cost_per_hour, process.currency) == (35, "USD")
    assert process.role("manager").cost_per_hour is None


def test_runs_are_batches():
    process = read(CHECK + "Every Friday the treasurer runs the payments. The clerk files the list in batches of 20.")
    assert task_named(process, "Run payments").batch.every.mean_seconds == 604800
    assert task_named(process, "File list").batch.size == 20


def test_legal_grounds():
    process = read(CHECK + "By law the manager has to approve the order." + END)
    task = task_named(process, "Approve order")
    assert task.is_control
    assert "By law" in task.legal_basis
    assert task_named(process, "Check order").legal_basis is None


def test_the_whole_is_a_measure_and_unplaced_time_is_spread_and_marked():
    text = (
        "From order to delivery it takes 30 days, of which about 6 are work. "
        + CHECK
        + "The planner plans the tour."
        + END
    )
    process = read(text)
    assert {(m.id, m.value, m.unit) for m in process.measures} == {("cycle_time", 30, "d"), ("work_time", 6, "d")}
    works = [task.work for task in walk(process)]
    assert sum(work.mean_seconds for work in works) == pytest.approx(6 * 86400, rel=1e-4)
    assert {work.basis for work in works} == {Basis.ESTIMATED}
    assert len(process.assumptions) == 2


def test_people_of_one_list_each_get_their_number():
    text = (
        "We have 3 sales clerks, 2 credit officers, 5 experienced drivers and 4 pickers. The sales clerk enters the "
        "order. The credit officer checks the credit. The picker packs the goods. The driver delivers the goods."
    )
    roles = {role.name: role.capacity for role in read(text).roles}
    assert roles == {"Sales clerk": 3, "Credit officer": 2, "Picker": 4, "Driver": 5}


def test_a_wait_stands_before_the_step_it_is_said_to_wait_for():
    process = read("The clerk checks the order, ten minutes; the order lies two days before that." + END)
    assert task_named(process, "Check order").wait.mean_seconds == 2 * 86400
    assert task_named(process, "Sign letter").wait is None
    process = read(CHECK + "The order waits two days for the manager." + END)
    assert task_named(process, "Check order").wait is None
    assert task_named(process, "Sign letter").wait.mean_seconds == 2 * 86400


@pytest.mark.parametrize(
    ("words", "work"),
    [
        ("The porter opens each parcel in 4 minutes.", 240),
        ("The porter must open each parcel in 4 minutes.", None),
        ("The porter opens each parcel in two days.", None),
        ("The porter opens each parcel in about 3 hours, but it takes five days until we have it.", 3 * 3600),
    ],
)
def test_minutes_in_which_somebody_does_it_are_work_and_a_promise_is_none(words, work):
    task = task_named(read(f"{CHECK}{words}{END}"), "Open parcel")
    assert (task.work.mean_seconds if task.work else None) == work


def test_somebody_called_after_the_work_does_it_in_a_time_of_its_own():
    process = read(f"{CHECK}The baker does it in 2 hours, but it takes a day until it is cold.{END}")
    own = next(task for task in tasks(process) if task.name.startswith("Bake"))
    assert (own.work.mean_seconds, own.wait.mean_seconds) == (2 * 3600, 86400)
    assert task_named(process, "Check order").work is None


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("Lea rings the first five, ten minutes each.", 10),
        ("lea rings the last two, 3 minutes each", 3),
        ("The boss rings the last one, 2 hours.", 120),
        ("Lea rings the guests, two, three hours.", 150),
    ],
)
def test_a_count_before_a_comma_is_no_end_of_a_range(told, minutes):
    process = read_story(f"Lea lists the guests. {told} Tom prints the list.").process
    assert tasks(process)[1].work.mean_seconds == minutes * 60
