"""Plain lines that once wrote something false: nothing of them is written, or what they say."""

from __future__ import annotations

import pytest
from chat_kit import doer, names, told

from assistant.process.blocks import Choice, Task, Wait
from assistant.process.tree import tasks, walk

BREAD = (
    "Ina mixes the dough, 5 minutes. Tim bakes the bread, 60 minutes. Udo packs the bread, 20 minutes. "
    "Ina writes the bill, 10 minutes. 30 loaves a day."
)


@pytest.mark.parametrize(
    "words",
    [
        "The bill is written for every customer; one in eight pays late.",
        "the bread is packed for everybody, one in ten complains",
        "the oven only holds one bread at a time",
        "The mixer takes 4 doughs at once.",
        "the bread must be baked within 24 hours, that is the law",
        "the bill has to be written no later than two days after the delivery",
        "in summer we have 50 loaves a day, in winter none",
        "archive: Tim, every Friday, half an hour",
        "drop the dough? no, keep it.",
        "a bread takes 3 working days",
        "customers ring 12 times a day to ask where their bread is, 5 minutes each",
    ],
)
def test_a_plain_line_writes_nothing_it_does_not_say(words, tmp_path):
    with told(tmp_path, BREAD) as talk:
        before = talk.session.process
        talk.turn(words)
        after = talk.session.process
        assert after.flow == before.flow
        assert after.volume == before.volume


@pytest.mark.parametrize(
    ("words", "name", "who", "minutes", "behind"),
    [
        ("the glazing is done by Eva after the baking, half an hour", "glazing", "Eva", 30.0, "Bake bread"),
        ("tasting: Udo, 15 min each", "tasting", "Udo", 15.0, "Write bill"),
        ("receipt: Ms Hahn, once a month, 5 min each", "receipt", "Ms H", 5.0, "Write bill"),
        ("reminder: ina, once a month, 5 min each", "reminder", "Ina", 5.0, "Write bill"),
        ("the slicing is done by tim before the packing, 10 minutes.", "slicing", "Tim", 10.0, "Bake bread"),
    ],
)
def test_what_is_done_by_somebody_is_a_step_of_its_own(words, name, who, minutes, behind, tmp_path):
    with told(tmp_path, BREAD) as talk:
        lengths = {task.name: task.work for task in tasks(talk.session.process)}
        talk.turn(words)
        made = [task for task in tasks(talk.session.process) if task.name not in lengths]
        assert [name in task.name.lower() for task in made] == [True]
        assert made[0].work is not None
        assert made[0].work.mean_seconds == 60 * minutes
        assert doer(talk, name) == who
        assert names(talk)[names(talk).index(made[0].name) - 1] == behind
        assert all(task.work == lengths[task.name] for task in tasks(talk.session.process) if task.name in lengths)


@pytest.mark.parametrize(
    ("words", "name", "before"),
    [
        ("Udo may only pack after the customer has paid the deposit", "Pay deposit", "Pack bread"),
        ("tim can only bake the bread once the boss has signed the order, that must stay", "Sign order", "Bake bread"),
    ],
)
def test_what_has_to_be_there_first_stands_before_and_is_no_case(words, name, before, tmp_path):
    with told(tmp_path, BREAD) as talk:
        talk.turn(words)
        assert names(talk)[names(talk).index(before) - 1] == name
        assert not any(isinstance(step, Choice) for step in walk(talk.session.process))
        assert bool(talk.session.process.protected) == ("must stay" in words)


@pytest.mark.parametrize(
    "words",
    [
        "the first loaf is tasted by Tim, this must stay because of the guild",
        "after the baking Udo weighs the bread, that has to stay",
    ],
)
def test_a_new_step_that_must_stay_is_kept(words, tmp_path):
    with told(tmp_path, BREAD) as talk:
        talk.turn(words)
        new = names(talk)[-1] if "first" in words else names(talk)[2]
        kept = {task.id: task.name for task in tasks(talk.session.process)}
        assert [kept[pinned.id] for pinned in talk.session.process.protected] == [new]
        assert names(talk)[0] == "Mix dough"


def test_what_is_thought_aloud_and_left_is_not_taken_out(tmp_path):
    with told(tmp_path, BREAD) as talk:
        talk.turn("remove the dough? no, leave it, but it waits for the miller every morning")
        assert "Mix dough" in names(talk)
        assert not any(step.batch for step in walk(talk.session.process) if isinstance(step, Task))


@pytest.mark.parametrize(
    ("story", "steps"),
    [
        ("Ina types the slips. Then Ina writes the bill, ten minutes, and one in eight pays late.",
         ["Type slips", "Write bill"]),
        ("Anyone on call takes the details, 15 minutes. Ina writes the bill, 10 minutes.",
         ["Take details", "Write bill"]),
        ("Tom sends the form to the licensing office, 5 minutes. The licensing office answers after 3 weeks. Ina "
         "writes the bill.", ["Send form to licensing office", "Write bill"]),
        ("Tom sends the sample to the lab, that takes 3 weeks, used to be two. Ina writes the bill.",
         ["Send sample to lab", "Write bill"]),
        ("The coach holds 10 sessions of an hour. Ina writes the bill, 10 minutes.", ["Hold sessions", "Write bill"]),
        ("Jo washes the shirts. The drum takes 20 shirts at once. Jo irons the shirts.",
         ["Wash shirts", "Iron shirts"]),
    ],
)  # fmt: skip
def test_the_steps_of_a_plain_story(story, steps, tmp_path):
    with told(tmp_path, story) as talk:
        assert names(talk) == steps
        assert not any(isinstance(step, Choice) for step in walk(talk.session.process))


@pytest.mark.parametrize(
    ("words", "hours"),
    [("32 lessons of 45 minutes", 24.0), ("ten lessons of an hour each", 10.0), ("2 lessons of 15 minutes", 0.5)],
)
def test_so_many_of_one_length_take_all_of_it(words, hours, tmp_path):
    with told(tmp_path, f"The teacher gives {words}. Ina writes the bill.") as talk:
        first = tasks(talk.session.process)[0]
        assert first.name == "Give lessons"
        assert first.work is not None
        assert first.work.mean_seconds == pytest.approx(3600 * hours)


@pytest.mark.parametrize(
    ("words", "step", "kind"),
    [
        ("no, Ina bakes the bread for the small parties", "Bake bread", "small parties"),
        ("for the big hotels tim packs the bread.", "Pack bread", "big hotels"),
        ("Udo writes the bill for the private customers", "Write bill", "private customers"),
    ],
)
def test_who_does_it_for_one_kind_does_it_for_no_other(words, step, kind, tmp_path):
    with told(tmp_path, BREAD) as talk:
        before = next(task for task in tasks(talk.session.process) if task.name == step)
        talk.turn(words)
        (choice,) = (made for made in walk(talk.session.process) if isinstance(made, Choice))
        kinds = [way.when for way in choice.branches]
        assert kinds == [f"for the {kind}", "otherwise"]
        here, there = (way.do.items[0] for way in choice.branches)
        assert there.role == before.role
        assert here.role != before.role
        assert here.work == there.work == before.work


@pytest.mark.parametrize(
    "words",
    [
        "Tom sends the form to the tax office, that takes six weeks, used to be four.",
        "tom posts the sample to the lab, which takes six weeks.",
    ],
)
def test_what_those_outside_take_is_waited_for_behind_the_sending(words, tmp_path):
    with told(tmp_path, f"{words} Ina writes the bill, 10 minutes.") as talk:
        sent, waited, billed = talk.session.process.flow.items
        assert isinstance(waited, Wait)
        assert waited.duration is not None
        assert waited.duration.mean_seconds == 6 * 7 * 86400
        assert sent.wait is None
        assert billed.wait is None
