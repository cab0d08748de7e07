"""Plain talk about a story that was told: corrections, places, conditions and figures, as people put them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.process.blocks import Choice, Task
from assistant.process.tree import tasks, walk

STORY = (
    "A guest rings the farm. The farmer takes down the order, five minutes. The picker picks the apples, which takes "
    "40 minutes. Then the driver delivers the crate. The bookkeeper writes the bill, eight minutes."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    "words", ["it's the farmer who picks the apples", "picking is the farmer's job, not the picker's",
              "the picker doesnt pick the apples, the farmer does", "sorry, the farmer picks the apples"],
)  # fmt: skip
def test_who_does_it_is_corrected(talk: Talk, words: str) -> None:
    before = names(talk)
    talk.turn(words)
    assert doer(talk, "pick apples") == "Farmer"
    assert names(talk) == before


@pytest.mark.parametrize("words", ["picking takes 55 minutes, not 40", "picking: 55 min", "no, picking is 55 minutes"])
def test_a_figure_goes_to_the_step_that_is_named(talk: Talk, words: str) -> None:
    talk.turn(words)
    times = {task.name: task.work.mean_seconds for task in tasks(talk.session.process) if task.work}
    assert times["Pick apples"] == 55 * 60
    assert times["Write bill"] == 8 * 60


def test_a_new_step_goes_where_its_words_say(talk: Talk) -> None:
    talk.turn("before the delivery the picker washes the apples")
    assert names(talk).index("Wash apples") < names(talk).index("Deliver crate")
    talk.turn("First of all the farmer checks the weather.")
    assert names(talk)[0] == "Check weather"


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("Then the packers wrap and label the crates, twenty-five minutes.", ["Wrap crates", "Label crates"]),
        ("Then the helpers load the van, ten minutes.", ["Load van"]),
        ("After that the cleaners sweep the barn, half an hour.", ["Sweep barn"]),
    ],
)
def test_what_several_people_do_with_its_time_is_telling_and_no_time_of_another_step(
    talk: Talk, words: str, new: list[str]
) -> None:
    before = {task.name: task.work for task in tasks(talk.session.process)}
    talk.turn(words)
    after = {task.name: task.work for task in tasks(talk.session.process)}
    assert {name: after[name] for name in before} == before
    assert [name for name in after if name not in before] == new


def test_a_sentence_that_begins_with_when_is_telling_among_others(own_home: Path) -> None:
    with told(own_home, "The order desk takes the order out of the mailbox and re-keys it into SAP.") as talk:
        talk.turn(
            "Then the clerk checks that the order is complete. When everything is there, Maria in accounts checks the "
            "credit of the customer."
        )
        assert "Check credit of customer" in names(talk)


def test_order_and_forgetting(talk: Talk) -> None:
    talk.turn("the bill comes before the delivery")
    assert names(talk).index("Write bill") < names(talk).index("Deliver crate")
    talk.turn("forget the delivery")
    assert "Deliver crate" not in names(talk)


def test_a_condition_with_its_share(talk: Talk) -> None:
    talk.turn("the driver only delivers above 20 kilos, that's about 30 percent of them")
    choice = next(step for step in walk(talk.session.process) if isinstance(step, Choice))
    assert choice.branches[0].p == pytest.approx(0.3)
    assert [step.name for step in choice.branches[0].do.items if isinstance(step, Task)] == ["Deliver crate"]


def test_head_counts_hours_and_prices(talk: Talk) -> None:
    talk.turn("3 pickers and one driver, they work 7 to 3")
    roles = {role.name: role for role in talk.session.process.roles}
    assert (roles["Picker"].capacity, roles["Driver"].capacity) == (3, 1)
    assert roles["Picker"].calendar is not None
    talk.turn("the driver costs 21.50 an hour, the picker 14")
    roles = {role.name: role for role in talk.session.process.roles}
    assert (roles["Driver"].cost_per_hour, roles["Picker"].cost_per_hour) == (21.5, 14)


@pytest.mark.parametrize(
    "words", ["sounds good, take 1", "I don't want number 1, we tried that", "read me the steps", "yes that's right",
              "cleaning the barn: 20 minutes", "gut, danke schön", "The farmer takes down the order, five minutes."],
)  # fmt: skip
def test_what_is_not_meant_is_not_written(talk: Talk, words: str) -> None:
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


def test_the_map_is_drawn_in_text(talk: Talk) -> None:
    lines = talk.turn("can you show me the map?").lines
    assert any("Pick apples — Picker (40 min work)" in line for line in lines)


def test_sentences_told_before_there_is_a_process_are_read_with_what_follows(own_home: Path) -> None:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    talk = Talk(app.session("q"), lambda session, folder, force: [])
    for sentence in STORY.split(". "):
        talk.turn(sentence.rstrip(".") + ".")
    assert {"Take down order", "Pick apples", "Deliver crate", "Write bill"} <= set(names(talk))
    app.store.close()
