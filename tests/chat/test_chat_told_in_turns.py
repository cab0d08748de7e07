"""A story told one sentence a turn, by people who talk: what each turn adds, and what it leaves alone."""

from __future__ import annotations

import pytest
from chat_kit import doer, names, told

from assistant.language.reading import read_story
from assistant.process.blocks import Loop
from assistant.process.tree import tasks, walk

PUMPS = (
    "A farmer brings a pump. Lena writes a ticket, five minutes. Paul mends the pump in about 2 hours. "
    "Lena posts the pump."
)


@pytest.mark.parametrize(
    "words", ["the price of the mail is 9 euros a piece", "the postage is 9 euros", "we pay 9 euros postage per parcel"]
)
def test_what_a_thing_costs_is_a_cost_of_the_step_and_nobodys_hour(words, tmp_path):
    with told(tmp_path, PUMPS) as talk:
        talk.turn(words)
        assert {task.name: task.cost for task in tasks(talk.session.process) if task.cost} == {"Post pump": 9.0}
        assert [role.cost_per_hour for role in talk.session.process.roles] == [None] * 3


def test_a_new_step_has_the_price_told_with_it(tmp_path):
    with told(tmp_path, PUMPS.replace(" Lena posts the pump.", "")) as talk:
        talk.turn("then it's sent by courier, 12 euros")
        assert (names(talk)[-1], tasks(talk.session.process)[-1].cost) == ("Send pump", 12.0)
        assert "12 EUR a case" in "\n".join(talk.turn("show").lines)
        talk.turn("Paul 35 euros, Lena 28")
        assert [role.cost_per_hour for role in talk.session.process.roles][1:3] == [28.0, 35.0]


def test_who_is_there_on_some_days_does_their_steps_on_those(tmp_path):
    with told(tmp_path, f"{PUMPS} I sign the bills.") as talk:
        for words in ("I only come in on Fridays to sign the bills", "Paul only works Tuesdays and Thursdays"):
            talk.turn(words)
        every = {task.name: task.batch.every.value for task in tasks(talk.session.process) if task.batch}
        assert every == {"Mend pump": 0.5, "Sign bills": 1.0}
        assert (talk.session.process.volume, [role.name for role in talk.session.process.roles][-1]) == (None, "Me")


def test_days_of_somebody_whose_work_nobody_told_are_no_number_of_cases(tmp_path):
    with told(tmp_path, PUMPS) as talk:
        talk.turn("I only come in on Fridays to sign the bills")
        assert talk.session.process.volume is None


@pytest.mark.parametrize(
    "over", ["one in five is never heard of again", "most say yes, maybe one in five never comes back"]
)
def test_a_share_that_never_comes_back_ends_and_the_next_step_is_for_the_others(over, tmp_path):
    with told(tmp_path, "A farmer brings a pump. Lena looks at the pump. Lena tells him a price, ten minutes.") as talk:
        talk.turn(over)
        talk.turn("then she looks for a mechanic, half an hour and up to two days until somebody answers")
        talk.turn("Paul mends the pump in about 3 hours, but it takes five days until it is ready")
        talk.turn("the farmer has to pay before we start, we wait 4 days for the money")
        flow = talk.session.process.flow.items
        ends = [type(step).__name__ for way in flow[3].branches for step in way.do.items]
        waits = [getattr(step, "wait", None) or getattr(step, "duration", None) for step in flow[4:]]
    assert ends == ["End"]
    assert [wait.mean_seconds / 86400 for wait in waits if wait] == [2, 5, 4]
    assert names(talk)[3:] == ["Look for mechanic", "Mend pump", "Pay"]


def test_who_tells_runs_the_house_and_does_it_in_no_pronoun(tmp_path):
    with told(tmp_path, f"I run a small workshop for pumps. {PUMPS}") as talk:
        talk.turn("I paint it, half an hour")
        assert (names(talk)[-1], talk.session.process.roles[-1].name) == ("Paint pump", "Owner")


def test_answers_to_no_question_are_asked_for_their_step(tmp_path):
    with told(tmp_path, PUMPS) as talk:
        talk.shown = ()
        talk.asked = ()
        reply = talk.turn("25 minutes, Paul, no idea")
        assert "Of which step" in reply.lines[0]
        assert not any(task.work and task.work.mean_seconds == 1500 for task in tasks(talk.session.process))


def test_hands_are_not_changed_by_words_that_tell_another_step(tmp_path):
    with told(tmp_path, PUMPS) as talk:
        talk.turn("then the box gets a ribbon")
        talk.turn("Lena calls the farmer because of the price and the door is always open and then she packs it")
        assert [name.split()[0] for name in names(talk)[-2:]] == ["Call", "Pack"]


def test_what_of_a_turn_was_not_taken_is_told(tmp_path):
    with told(tmp_path, PUMPS) as talk:
        reply = talk.turn("Lena needs two minutes for writing the ticket, but the phone on the blue shelf rings")
        assert "Not taken from that: “the phone on the blue shelf rings”" in reply.lines
        assert "Not taken" not in "\n".join(talk.turn("Paul mends the pump in 3 hours").lines)


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("farmers with a contract dont have to pay the bill at all", "not farmers with a contract"),
        ("the clerk with the glasses does not pay the bill", None),
    ],
)
def test_a_kind_of_cases_that_need_not_go_through_a_step(words, when, tmp_path):
    with told(tmp_path, f"{PUMPS} The farmer pays the bill.") as talk:
        talk.turn(words)
        ways = [way.when for step in talk.session.process.flow.items for way in getattr(step, "branches", ())]
    assert ways[:1] == ([when] if when else [])


def test_a_bare_number_answers_what_was_asked_first_and_its_unit_is_asked(tmp_path):
    with told(tmp_path, PUMPS) as talk:
        assert talk.shown[0].field == "volume"
        assert talk.turn("about 20").lines[1:3] == ("(1) 20 a day", "(2) 20 a week")
        assert talk.session.process == talk.before
        talk.turn("2")
        assert talk.session.process.volume.text == "20 a week"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("tickets only on mondays", "Write ticket"),
        ("he only does that on Mondays", "Mend pump"),
        ("cakes only on mondays", None),
    ],
)
def test_what_is_done_on_some_days_only_is_the_step_named_or_spoken_of_last(words, step, tmp_path):
    with told(tmp_path, PUMPS) as talk:
        talk.turn("Paul needs 3 hours to mend the pump, not 2")
        talk.turn(words)
        assert [task.name for task in tasks(talk.session.process) if task.batch] == ([step] if step else [])
        assert "He" not in {role.name for role in talk.session.process.roles}


BIKES = "Ben takes the bike, 5 minutes. Karl welds the frame, an hour. Mia paints the frame, an hour."


def test_what_is_done_before_somebody_starts_and_on_whose_days(tmp_path):
    for later in (False, True):
        with told(tmp_path / str(later), BIKES if later else f"{BIKES} Before he starts, Ina takes photos.") as talk:
            for words in ["Before he starts Ina takes photos"] if later else []:
                talk.turn(words)
            assert names(talk) == ["Take bike", "Take photos", "Weld frame", "Paint frame"]
            talk.turn("karl is there on tuesdays only")
            assert [task.name for task in tasks(talk.session.process) if task.batch] == ["Weld frame"]
    assert [
        task.name for task in tasks(read_story(f"{BIKES} Karl is there on Tuesdays only.").process) if task.batch
    ] == ["Weld frame"]


@pytest.mark.parametrize(
    "words",
    ["one in five comes back because it peels. then karl welds it again", "1 in 5 comes back and Karl welds it again"],
)
def test_what_comes_back_is_done_again_in_one_loop(words, tmp_path):
    with told(tmp_path, BIKES) as talk:
        talk.turn(words)
        (loop,) = [step for step in walk(talk.session.process) if isinstance(step, Loop)]
        assert ([step.name for step in loop.do.items], loop.p) == (["Weld frame", "Paint frame"], 0.2)
        assert len(names(talk)) == 3


@pytest.mark.parametrize(
    ("words", "name", "who", "work", "wait"),
    [
        ("I forgot: before the carrier brings the frame he sends a notice, that takes two days", "notice", 1, None, 48),
        ("before the carrier brings the frame, he washes the van, five minutes", "wash", 1, 5 / 60, None),
        ("after the carrier brings the frame he signs the slip", "sign", 1, None, None),
        ("before Mia paints the frame she cleans it, 6 minutes", "clean", 0, 0.1, None),
    ],
)
def test_he_is_who_the_words_beside_name_and_a_time_is_told_once(words, name, who, work, wait, tmp_path):
    with told(tmp_path, "Ben writes the order. The carrier brings the frame. Mia paints the frame.") as talk:
        talk.turn(words)
        task = next(task for task in tasks(talk.session.process) if name in task.name.lower())
        assert doer(talk, name) == ("Mia", "Carrier")[who]
        hours = [told_time and told_time.mean_seconds / 3600 for told_time in (task.work, task.wait)]
        assert hours == [work and pytest.approx(work), wait and pytest.approx(wait)]


def test_two_weeks_told_before_the_next_visit_are_waited(tmp_path):
    with told(tmp_path, "Ben tests the eyes. Karl fits the lens, an hour. Mia calls the customer.") as talk:
        talk.turn("he wears it two weeks at home")
        talk.turn("then he comes back and karl adjusts it")
        assert not any(isinstance(step, Loop) for step in walk(talk.session.process))
        assert sum("adjust" in name.lower() for name in names(talk)) == 1
