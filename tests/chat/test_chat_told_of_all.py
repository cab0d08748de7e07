"""Times that are told of no single step of one case: of the whole, and of a heap of cases."""

from __future__ import annotations

import pytest
from chat_kit import told

from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk

POST = "Forty letters come in a day. Lena sorts the letter. Then Paul mends the seal, 5 minutes."


def works(talk) -> list[float | None]:
    return [task.work.mean_seconds if task.work else None for task in tasks(talk.session.process)]


@pytest.mark.parametrize(
    ("heap", "minutes"),
    [
        ("40 minutes for all of them", 1.0),
        ("an hour for all twenty", 3.0),
        ("an hour for 30 letters", 2.0),
        ("six minutes for three pages", 6.0),
    ],
)
def test_a_time_told_for_a_heap_in_a_story_is_shared_among_its_cases(heap, minutes, tmp_path):
    with told(tmp_path, POST.replace("sorts the letter.", f"sorts the letters, {heap}.")) as talk:
        assert works(talk) == [pytest.approx(60 * minutes), 300.0]
        assert tasks(talk.session.process)[0].name == "Sort letters"


def test_for_how_many_a_heap_is_told_is_asked_and_offered_as_those_of_a_day(tmp_path):
    with told(tmp_path, POST) as talk:
        lines = talk.turn("sorting takes an hour for all of them").lines
        assert lines[0].startswith("1 h for how many?")
        assert works(talk)[0] is None
        assert "1.5 min a case, for 40 at once" in lines[1]
        talk.turn("1")
        assert works(talk)[0] == pytest.approx(90.0)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("it takes three days from start to end", 3.0),
        ("the whole thing takes a week", 7.0),
        ("the letter is back the next morning", 1.0),
        ("a letter takes 8 working days from arrival to delivery", 8.0),
        ("the letter needs about two weeks from the first call to the bill.", 14.0),
    ],
)
def test_a_time_of_the_whole_is_no_time_of_a_step(words, days, tmp_path):
    with told(tmp_path, POST) as talk:
        before = works(talk)
        talk.turn(words)
        measure = talk.session.process.measures[0]
        assert (measure.id, measure.value * {"d": 1, "w": 7}[measure.unit]) == ("cycle_time", days)
        assert works(talk) == before


def test_what_was_told_of_the_whole_is_held_against_the_result(tmp_path):
    with told(tmp_path, POST) as talk:
        talk.turn("it takes three days from start to end")
        assert "You said it takes 3 days in all" in "\n".join(talk.turn("where does the time go?").lines)
        for words in ("sorting takes an hour", "Lena is alone", "there is one Lena"):
            talk.turn(words)
        assert "You said a case takes 3 days in all." in "\n".join(talk.turn("where does the time go?").lines)


@pytest.mark.parametrize("words", ["then it's washed, one hour", "then it gets washed, one hour"])
def test_what_is_done_to_it_next_is_a_step_and_no_time_of_the_one_before(words, tmp_path):
    with told(tmp_path, "The driver picks up the linen. Then Lena sorts the linen, 40 minutes.") as talk:
        talk.turn(words)
        assert works(talk)[1:] == [2400.0, 3600.0]
        assert tasks(talk.session.process)[-1].name == "Wash linen"


def test_what_the_firm_does_at_all_is_no_step_and_who_carries_is_not_served(tmp_path):
    story = "We wash linen for hotels. The driver picks up the linen. Then Lena sorts it. The driver takes it out."
    with told(tmp_path, story) as talk:
        assert tasks(talk.session.process)[0].name == "Pick up linen"
        assert talk.session.process.customers == ()


@pytest.mark.parametrize(
    ("words", "a_week"),
    [
        ("that happens about three times a week", 3),
        ("we do this twice a day", 14),
        ("so about ten times a week", 10),
        ("in summer we get forty letters a week, in winter ten, so twenty five on average", 25),
        ("between 20 and 40 letters a week, so let's say 30", 30),
    ],
)
def test_how_often_it_all_happens_is_how_many_come(words, a_week, tmp_path):
    story = "A letter comes in. Lena sorts the letter. Then Paul mends the seal, 5 minutes."
    with told(tmp_path, story) as talk:
        talk.turn(words)
        volume = talk.session.process.volume
        assert volume is not None
        assert round(7 * 86400 / volume.between.mean_seconds) == a_week
        assert len(works(talk)) == 2
    if words.startswith(("that", "we do", "so")):
        with told(tmp_path / "in-one", f"{story} {words.capitalize()}.") as talk:
            volume = talk.session.process.volume
            assert volume is not None
            assert round(7 * 86400 / volume.between.mean_seconds) == a_week


def test_how_often_a_case_of_its_own_happens_is_its_share(tmp_path):
    with told(tmp_path, "We get 40 letters a week. Lena sorts the letter. If the seal is broken, Paul mends the seal. "
              "That happens twice a week. Lena posts the letter.") as talk:  # fmt: skip
        volume = talk.session.process.volume
        assert volume is not None
        assert round(7 * 86400 / volume.between.mean_seconds) == 40
        choice = next(block for block in walk(talk.session.process) if isinstance(block, Choice))
        assert choice.branches[0].p == pytest.approx(0.05)
        assert not any(task.batch for task in tasks(talk.session.process))


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("sorting takes 20 minutes in summer and 40 in winter, so say half an hour", [30, 5]),
        ("sorting takes 10 to 20 minutes, let's say 15", [15, 5]),
        ("mending the seal takes 1/4 less than sorting, so six minutes", [None, 6]),
    ],
)
def test_the_figure_settled_on_is_the_one_that_counts(words, minutes, tmp_path):
    with told(tmp_path, POST) as talk:
        talk.turn(words)
        assert [None if work is None else work / 60 for work in works(talk)] == minutes


def test_what_two_people_need_is_not_what_it_comes_to(tmp_path):
    with told(tmp_path, POST) as talk:
        talk.turn("Lena needs 10 minutes, Paul 20 minutes, so 30 minutes")
        assert 1800.0 not in works(talk)


def test_whom_a_step_is_done_to_does_not_do_it(tmp_path):
    with told(tmp_path, "The herdsman rings the vet. The vet examines the cow.") as talk:
        talk.turn("ringing the vet takes 10 minutes")
        steps = tasks(talk.session.process)
        assert [step.role for step in steps] == ["herdsman", "vet"]
        assert steps[0].work.mean_seconds == 600


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("A hundred and ten letters a day, not forty.", 110),
        ("it is a hundred and twenty letters a day", 120),
        ("we get two hundred and fifty letters a day, not forty", 250),
        ("it's more like thirty five a day", 35),
    ],
)
def test_a_number_of_several_words_is_one_number(words, number, tmp_path):
    with told(tmp_path, POST) as talk:
        lines = talk.turn(words).lines
        assert f"- Set how often a case comes: {number} a day on average (stated)." in lines
        assert not any("no place" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("we work in two shifts from 5 to 21, also on Saturdays", "mon-sat 05:00-21:00"),
        ("we work 5 to 21 in two shifts, also on Saturday", "mon-sat 05:00-21:00"),
        ("three crews from 6 to 20", "mon-fri 06:00-20:00"),
        ("we are here from 7 to 15, weekends too", "mon-sun 07:00-15:00"),
    ],
)
def test_the_number_of_shifts_is_no_time_of_the_day_and_a_further_day_counts(words, hours, tmp_path):
    with told(tmp_path, POST) as talk:
        talk.turn(words)
        told_hours = [role.calendar[0] for role in talk.session.process.roles]
        assert {f"{line.days} {line.from_}-{line.to}" for line in told_hours} == {hours}


def test_two_beginnings_are_no_working_hours(tmp_path):
    with told(tmp_path, POST) as talk:
        talk.turn("sorting happens at 6:30 and Paul starts at 6:00")
        assert [role.calendar for role in talk.session.process.roles] == [None, None]
        talk.turn("Paul starts at 6:00 and finishes at 14:00")
        assert [bool(role.calendar) for role in talk.session.process.roles] == [False, True]


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Ann is in from 9 till half past 12", {"Ann": ["mon-fri 09:00-12:30"]}),
        ("ben's only there from half past 8 to quarter past 1", {"Ben": ["mon-fri 08:30-13:15"]}),
        ("ben works mon to wed 7 to 3 and thursdays 10 to 6", {"Ben": ["mon-wed 07:00-15:00", "thu 10:00-18:00"]}),
        ("ben works mon to fri 8 to 5 and saturdays 9 to 12", {"Ben": ["mon-fri 08:00-17:00", "sat 09:00-12:00"]}),
    ],
)
def test_hours_of_a_person_and_of_every_part_of_the_week(words, hours, tmp_path):
    with told(tmp_path, "Ann takes the call, 5 minutes. Ben mends the pump, an hour. Ann rings the customer.") as talk:
        talk.turn(words)
        roles = talk.session.process.roles
        calendars = {r.name: [f"{line.days} {line.from_}-{line.to}" for line in r.calendar or ()] for r in roles}
        assert {name: lines for name, lines in calendars.items() if lines} == hours
        assert all(role.capacity_basis is None for role in roles)
