"""Where something is done, said in front of it, or only in the next turn; and figures typed in haste."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk

STORY = (
    "A farmer delivers apples. The presser washes the apples, 20 minutes. Then the presser presses the juice, 1 hour. "
    "The bottler fills the bottles, 30 minutes. The clerk writes the invoice, 5 minutes."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    "lead", ["last of all", "at the very last", "when all is done", "once thats all done", "to finish off",
             "after everything", "and then right at the end"],
)  # fmt: skip
def test_what_is_done_last_of_all_stands_at_the_end(lead: str, talk: Talk) -> None:
    talk.turn(f"{lead} the driver loads the crates for the market")
    assert "load" in names(talk)[-1].lower()
    assert doer(talk, "load") == "Driver"


@pytest.mark.parametrize(
    "lead", ["first of all", "before all that", "before any of this happens", "before everything else", "to start with"]
)
def test_what_is_done_before_all_else_stands_at_the_start(lead: str, talk: Talk) -> None:
    talk.turn(f"{lead} the inspector checks the scales")
    assert "check" in names(talk)[0].lower()
    assert not any("?" in str(getattr(item, "question", "")) for item in talk.session.process.flow.items)


def test_about_is_typed_short(talk: Talk) -> None:
    talk.turn("before filling the bottles the bottler heats the juice, takes abt 1h")
    (heat,) = (task for task in tasks(talk.session.process) if "heat" in task.name.lower())
    assert heat.work is not None
    assert heat.work.mean_seconds == 3600
    assert not any("abt" in name.lower() or "take" in name.lower() for name in names(talk))


@pytest.mark.parametrize(
    ("place", "behind"),
    [("right after the apples are washed", "Wash"), ("straight after the washing", "Wash"),
     ("before he fills the bottles", "Press"), ("before the filling starts", "Press"),
     ("only once the juice is pressed", "Press"), ("at the very start", "")],
)  # fmt: skip
def test_the_place_of_a_step_is_said_in_the_next_turn(place: str, behind: str, talk: Talk) -> None:
    talk.turn("the presser tests the sugar")
    talk.turn(place)
    order = names(talk)
    at = next(n for n, name in enumerate(order) if "sugar" in name)
    assert order[at - 1].startswith(behind) if behind else at == 0
    assert len(order) == 6


@pytest.mark.parametrize(
    ("said", "then"),
    [("Someone has to check the bottles for cracks too.", "the bottler, before he fills them"),
     ("somebody also labels the crates", "bottler, before he fills the bottles"),
     ("the caps have to be washed as well", "the bottler does that before the filling")],
)  # fmt: skip
def test_who_does_it_and_where_is_said_in_the_next_turn(said: str, then: str, talk: Talk) -> None:
    talk.turn(said)
    new = names(talk)[-1]
    assert new not in ("Write invoice", "Fill bottles")
    talk.turn(then)
    order = names(talk)
    assert order.index(new) == order.index("Fill bottles") - 1
    assert doer(talk, new.lower()) == "Bottler"


@pytest.mark.parametrize("words", ["somebody is always ill", "someone forgets the caps", "after the lunch"])
def test_what_nobody_works_at_and_no_place_change_nothing(words: str, talk: Talk) -> None:
    before = names(talk)
    talk.turn(words)
    assert names(talk) == before


@pytest.mark.parametrize(
    "words", ["filling of bottles is not with the bottler, Ravi only is doing that",
              "filling isnt the bottlers job, its Ravi",
              "filling the bottles is not up to the bottler, ravi does it"],
)  # fmt: skip
def test_who_it_is_not_with_and_who_does_it(words: str, talk: Talk) -> None:
    before = names(talk)
    talk.turn(words)
    assert doer(talk, "fill").lower() == "ravi"
    assert names(talk) == before


def test_a_figure_behind_a_sign_is_told(talk: Talk) -> None:
    talk.turn("pressing the juice = 45 min")
    (press,) = (task for task in tasks(talk.session.process) if "Press" in task.name)
    assert press.work is not None
    assert press.work.mean_seconds == 45 * 60


def test_of_two_steps_who_does_which_is_put_right(talk: Talk) -> None:
    before = names(talk)
    talk.turn("I mixed that up - the junior bottler washes the apples, the presser only presses the juice")
    assert (doer(talk, "wash"), doer(talk, "press")) == ("Junior bottler", "Presser")
    assert names(talk) == before


def test_the_time_of_one_step_leaves_the_rest_at_the_other(own_home: Path) -> None:
    story = "The cook peels the carrots and boils the soup, 50 minutes. The waiter serves the soup, 5 minutes."
    with told(own_home, story) as talk:
        talk.turn("hang on. peeling the carrots alone is 20 min, the 50 was for both")
        work = {task.name: task.work.mean_seconds / 60 for task in tasks(talk.session.process) if task.work}
    assert work == {"Peel carrots": 20, "Boil soup": 30, "Serve soup": 5}


@pytest.mark.parametrize(
    "words",
    ["when the seeds come in bea counts them, 4 minutes", "as soon as the seeds are here, Bea counts them, 4 minutes",
     "once the seeds have arrived bea counts them, 4 minutes", "when the goods are delivered bea counts them, 4 min"],
)  # fmt: skip
def test_what_is_done_when_something_comes_stands_behind_its_order(own_home: Path, words: str) -> None:
    story = (
        "Ole plans the beds, 30 minutes. Bea orders the seeds, and they come after six days. Ole sows the seeds, "
        "2 hours. Ole waters the seeds, 20 minutes."
    )
    with told(own_home, story) as talk:
        talk.turn(words)
        order = names(talk)
        assert order.index("Order seeds") < order.index(next(name for name in order if "Count" in name)) == 2
        assert not any(isinstance(step, Choice) for step in walk(talk.session.process))
