"""What people say in a conversation besides the story: corrections, several answers at once, not knowing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import App
from assistant.chat.answers import match_answers
from assistant.chat.sentences import NOTHING_OF_IT
from assistant.chat.turn import Talk
from assistant.language.turn.intent import looks_like_a_correction, unknown
from assistant.process.codec import from_data
from assistant.process.questions import open_questions
from assistant.process.tree import tasks
from assistant.workspace.session import Session

STORY = (
    "A customer sends an order. The sales clerk checks the order, which takes two minutes. "
    "Then the warehouse packs the goods. After that the driver delivers the parcel to the customer."
)


@pytest.fixture
def conversation(own_home: Path) -> Iterator[Talk]:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    talk = Talk(app.session("p"), lambda session, folder, force: [])
    talk.turn(STORY)
    yield talk
    app.store.close()


def work(session: Session) -> dict[str, float]:
    return {task.name: task.work.mean_seconds for task in tasks(session.process) if task.work}


def who(session: Session) -> dict[str, str]:
    names = {role.id: role.name for role in session.process.roles}
    return {task.name: names.get(task.role or "", "") for task in tasks(session.process)}


@pytest.mark.parametrize(
    "words",
    [
        "it takes two hours not two minutes",
        "No, it takes two hours, not two minutes!",
        "not two minutes but two hours",
        "I meant two hours instead of two minutes",
    ],
)
def test_another_figure_goes_to_the_step_that_had_the_wrong_one(conversation: Talk, words: str) -> None:
    before = work(conversation.session)
    wrong = [name for name, seconds in before.items() if seconds == 120]
    assert len(wrong) == 1
    conversation.turn(words)
    assert work(conversation.session) == {**before, wrong[0]: 7200}
    conversation.turn("undo")
    assert work(conversation.session) == before


def test_a_figure_that_is_not_there_changes_nothing_and_says_so(conversation: Talk) -> None:
    before = conversation.session.process
    reply = conversation.turn("it takes two hours, not seven minutes")
    assert "do not find" in reply.lines[0]
    assert conversation.session.process == before


def test_a_step_told_with_somebody_else_changes_hands(conversation: Talk) -> None:
    before = who(conversation.session)
    conversation.turn("no, the team lead checks the order")
    after = who(conversation.session)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"Check order"}
    assert after["Check order"] == "Team lead"


def test_where_several_steps_may_be_meant_the_user_is_asked(conversation: Talk) -> None:
    before = conversation.session.process
    reply = conversation.turn("no, the manager does that")
    assert conversation.session.process == before
    assert any(line.startswith("(1)") for line in reply.lines)
    conversation.turn("1")
    assert list(who(conversation.session).values()).count("Manager") == 1
    assert conversation.session.process.owner != "No, the manager"


def test_i_meant_takes_the_last_words_back(conversation: Talk) -> None:
    conversation.turn("Finally accounting sends the invoice to the customer.")
    conversation.turn("I meant that finally accounting sends a reminder to the customer.")
    names = " ".join(who(conversation.session)).lower()
    assert "reminder" in names
    assert "invoice" not in names


@pytest.mark.parametrize("words", ["No stock is left in one of ten cases, then we call.", "Wait three days", "Nobody"])
def test_a_story_that_begins_with_no_is_no_correction(words: str) -> None:
    assert not looks_like_a_correction(words)


@pytest.mark.parametrize("words", ["no idea", "I don't know", "not sure", "it depends", "hard to say, really", "skip"])
def test_not_knowing_is_taken_as_that(conversation: Talk, words: str) -> None:
    before = conversation.session.process
    assert unknown(words)
    assert "typical figures" in conversation.turn(words).lines[0]
    assert conversation.session.process == before


PROCESS = from_data(
    {
        "schema": "process/1",
        "name": "P",
        "roles": [{"id": "clerk", "name": "Clerk"}, {"id": "driver", "name": "Driver"}],
        "flow": [
            {"task": {"id": "a", "name": "Check order", "role": "clerk"}},
            {"task": {"id": "b", "name": "Deliver parcel", "role": "driver"}},
        ],
    }
)
QUESTIONS = {question.id: question for question in open_questions(PROCESS)}
ASKED = [QUESTIONS[name] for name in QUESTIONS]


def fields(words: str) -> list[tuple[str, tuple[str, ...]]]:
    found = match_answers(words, ASKED, PROCESS)
    return sorted((one.question.field, one.question.elements) for one in found if one.edits)


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("about 30 a day", [("volume", ())]),
        ("we get forty orders per week", [("volume", ())]),
        ("two drivers", [("capacity", ("driver",))]),
        ("about 30 a day, two drivers", [("capacity", ("driver",)), ("volume", ())]),
        ("five minutes each", [("work", ("a",)), ("work", ("b",))]),
        ("check order 5 min", [("work", ("a",))]),
        ("Then the manager approves the order and signs it, which takes two days.", []),
        ("Finally the customer picks up the parcel.", []),
        ("Anna is cheap", []),
        ("No, the clerk does that", []),
        ("yes", []),
        ("Maria from sales", [("customers", ())]),
    ],
)
def test_each_answer_goes_to_the_question_it_fits(words: str, answered: list[tuple[str, tuple[str, ...]]]) -> None:
    assert fields(words) == answered


def test_numbered_answers_go_to_their_numbers_and_a_wrong_one_is_named(conversation: Talk) -> None:
    asked = conversation.asked
    place = {question.field: number for number, question in enumerate(asked, 1)}
    reply = conversation.turn(f"{place['volume']}: 30 a day\n{place['work']}: banana")
    assert any(asked[place["work"] - 1].text in line for line in reply.lines)
    assert conversation.session.process.volume is not None


def test_redo_brings_back_in_the_order_of_undoing(conversation: Talk) -> None:
    session = conversation.session
    conversation.turn("no, the team lead checks the order")
    middle = session.process
    conversation.turn("it takes two hours not two minutes")
    last = session.process
    for _ in range(2):
        conversation.turn("undo")
    conversation.turn("redo")
    assert session.process == middle
    conversation.turn("redo")
    assert session.process == last


def test_a_turn_that_found_nothing_is_not_what_undo_takes_back(conversation: Talk) -> None:
    session = conversation.session
    before = session.process
    conversation.turn("no, the team lead checks the order")
    changed = session.process
    conversation.turn("Anna is cheap.")
    assert conversation.turn("undo").lines == (NOTHING_OF_IT,)
    assert session.process == changed
    conversation.turn("undo")
    assert session.process == before


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("checking the order takes twenty minutes, no, thirty", 1800),
        ("checking the order takes ninety, scratch that, a hundred and ten minutes", 6600),
        ("the check takes 8 minutes, sorry, 7", 420),
        ("Checking the order takes 50 minutes, no wait, 45.", 2700),
        ("checking the order takes an hour, sorry, three quarters of an hour", 2700),
        ("checking the order takes three quarters of an hour", 2700),
    ],
)
def test_the_last_figure_of_one_breath_holds(conversation: Talk, words: str, seconds: int) -> None:
    conversation.turn(words)
    assert work(conversation.session) == {"Check order": seconds}
