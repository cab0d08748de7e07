"""What stands on the map is told when asked for it; who the customer and the owner are is taken in so many words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "Petra takes the calls and writes the address on a slip. Jan tunes the piano, two hours. Petra writes the bill. "
    "Olaf checks the bill."
)


@pytest.fixture(scope="module")
def pianos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with told(tmp_path_factory.mktemp("pianos"), STORY) as talk:
        yield talk


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("who is our customer?", "Nobody said who the customer is."),
        ("what does the customer need?", "Nobody said what the customer needs."),
        ("what starts it?", "What starts it was not told. The first step is “Take calls”."),
        ("when does it end?", "It ends behind “Check bill”."),
        ("how many steps are there", "5 steps on the map of today."),
        ("who checks the bill?", "“Check bill” is done by “Olaf”."),
        ("how long does the tuning take?", "“Tune piano” takes 2 h of work, as you told."),
        ("how long does it take to write the bill", "Nobody told how long “Write bill” takes."),
        ("who is responsible for it?", "Nobody is named who answers for the whole."),
    ],
)
def test_plain_questions_are_answered_from_the_map(pianos: Talk, asked: str, answer: str) -> None:
    assert pianos.turn(asked).lines[0].startswith(answer)


def test_the_answer_to_who_the_customer_is_may_be_the_next_thing_said(tmp_path: Path) -> None:
    with told(tmp_path, STORY) as talk:
        talk.turn("who is the customer")
        talk.turn("the piano owner of course")
        assert [customer.name for customer in talk.session.process.customers] == ["Piano owner"]
        talk.turn("Olaf owns it")
        assert talk.session.process.owner == "Olaf"
        talk.turn("our customers are schools and churches")
        assert [customer.name for customer in talk.session.process.customers] == ["Schools", "Churches"]
        before = talk.session.process
        talk.turn("the customers are satisfied")
        assert talk.session.process == before
        assert len(names(talk)) == 5


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("I, Brandt, head of the workshop, answer for it", "Brandt"),
        ("i, lena, am responsible for the whole thing", "Lena"),
        ("the shop manager, my sister, is in charge of it", "Shop manager"),
        ("Olaf, the master, owns it all.", "Olaf"),
    ],
)
def test_who_answers_for_it_may_be_said_with_what_they_are(tmp_path: Path, words: str, owner: str) -> None:
    with told(tmp_path, STORY) as talk:
        talk.turn(words)
        assert talk.session.called.back(talk.session.process).owner == owner


def test_who_the_customer_is_can_be_put_right_where_it_was_gathered(tmp_path: Path) -> None:
    with told(tmp_path, "The guest orders a room. The clerk books it. The guest pays.") as talk:
        assert talk.turn("who is the customer?").lines == (
            "The customer is “Guest”, as far as I understood you. If it is somebody else, say “the customer is …”.",
        )
        talk.turn("the customer is the travel agency")
        assert [customer.name for customer in talk.session.process.customers] == ["Travel agency"]


@pytest.mark.parametrize("asked", ["What was the last thing I said?", "what did i tell you last"])
def test_what_was_said_last_is_the_last_turn(tmp_path: Path, asked: str) -> None:
    with told(tmp_path, STORY) as talk:
        talk.turn("Jan dusts the piano after the tuning.")
        assert talk.turn(asked).lines == ("The last you told:", "“Jan dusts the piano after the tuning.”")


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        (
            "Who is the customer here, and how sure are you of all that?",
            ("Nobody said who the customer is.", "Not very"),
        ),
        (
            "what does a piano cost us? who answers for the whole?",
            ("A case costs about", "Nobody is named who answers"),
        ),
        ("where does most of the time go and what did you not understand", ("A case takes about", "I made something")),
        ("what does Jan do and how long does it take him?", None),
        ("what happens if Jan is ill and how much would that cost?", None),
    ],
)
def test_two_questions_in_one_breath_have_two_answers(
    pianos: Talk, short_plays: None, asked: str, begins: tuple[str, str] | None
) -> None:
    lines = pianos.turn(asked).lines
    if begins is None:
        assert "" not in lines
    else:
        assert lines[0].startswith(begins[0])
        assert lines[lines.index("") + 1].startswith(begins[1])


def test_what_a_wait_for_a_round_includes_is_said(tmp_path: Path, short_plays: None) -> None:
    story = (
        "Nina measures the window, an hour. Otto cuts the glass on Mondays, 20 minutes each. "
        "Nina fits the pane, 2 hours. We get 8 windows a week."
    )
    with told(tmp_path, story) as talk:
        for asked in ("where does most of the time go?", "what waits most?"):
            line = next(line for line in talk.turn(asked).lines if line.startswith("- “Cut glass”"))
            assert "(3.5 days for its round; the rest is nights, weekends and queues)" in line


RETURNS = (
    "A buyer sends a lamp back. Nora opens the parcel, 5 minutes. If the glass is broken, which happens in 20 percent "
    "of the cases, Nora writes to the carrier and Emil makes a new glass. Otherwise Emil cleans the lamp. Emil tests "
    "the lamp. If the lamp flickers, it goes back to Emil. Nora sends the lamp. We get 10 lamps a week."
)


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with told(tmp_path_factory.mktemp("lamps"), RETURNS) as talk:
        yield talk


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (
            "what happens if the glass is broken?",
            "When “glass is broken”: “Write to carrier” by “Nora” and “Make new glass",
        ),
        ("and what if it's not broken", "When it is not so that “glass is broken”: “Clean lamp” by “Emil”."),
        ("what happens when the lamp flickers?", "When “lamp flickers”, it is done again:"),
        (
            "how often is the glass broken?",
            "“glass is broken” in 20% of the cases that come there, as you told: about 2 a",
        ),
        ("how often does the lamp flicker", "Nobody told how often it is that “lamp flickers”."),
        ("and what if the glass isnt broken", "When it is not so that “glass is broken”: “Clean lamp” by “Emil”."),
        ("what share has broken glass", "“glass is broken” in 20% of the cases that come there, as you told"),
        ("how many of them need the carrier?", "“glass is broken” in 20% of the cases that come there, as you told"),
        ("does anybody test the lamp at all?", "Yes: “Test lamp” by “Emil”."),
        ("does anyone phone the dentist?", "Nobody does, as far as you told."),
        ("so what does Nora actually do?", "“Nora” does this: “Open parcel”, “Write to carrier” and “Send lamp”."),
    ],
)
def test_what_is_done_on_a_way_and_by_whom_is_answered_from_the_map(lamps: Talk, asked: str, answer: str) -> None:
    before = lamps.session.process
    assert lamps.turn(asked).lines[0].startswith(answer)
    assert lamps.session.process == before


def test_a_change_asked_about_is_played_and_not_looked_up(lamps: Talk) -> None:
    lines = lamps.turn("what happens if the glass is broken in 40 percent of the cases?").lines
    assert not lines[0].startswith("When “")


@pytest.mark.parametrize(
    "asked", ["where does the window lie around and for how long?", "on whose desk does it lie", "who does it wait for"]
)
def test_where_it_lies_is_answered_as_it_was_told(asked: str, tmp_path: Path) -> None:
    story = "Nina measures the window, an hour. The window waits for Otto for 3 days. Otto cuts the glass, 20 minutes."
    with told(tmp_path, story) as talk:
        lines = talk.turn(asked).lines
    assert lines[0] == "Where it lies, as you told:"
    assert lines[1].endswith(": 3 days")
    assert len(lines) == 2


def test_how_many_come_is_counted_in_the_time_asked_for(lamps: Talk) -> None:
    assert lamps.turn("how many lamps a year is that?").lines[1] == "That is about 521 a year."
    assert lamps.turn("how many lamps a day is that").lines[1] == (
        "That is about 1.4 a day, weekends included; with 5 working days a week 2 on each."
    )
    assert len(lamps.turn("how many lamps do we get a week").lines) == 1


def test_a_wait_told_beside_a_round_is_said_to_be_counted_with_it(own_home: Path) -> None:
    story = (
        "Every morning the porter sorts the mail, 15 minutes. The average wait before the sorting is 9 h. The clerk "
        "answers the letter, 2 hours. 20 letters a week. 2 clerks, 1 porter."
    )
    with told(own_home, story) as talk:
        line = next(line for line in talk.turn("where does the time go").lines if line.startswith("- “Sort mail”"))
        assert "(you told 9 h and that it is done in rounds: both are counted; " in line
        talk.turn("no wait before Sort mail")
        assert next(task for task in tasks(talk.session.process) if task.name == "Sort mail").wait is None
