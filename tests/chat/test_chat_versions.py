"""Going back by what was said, today beside what was decided, and the first questions everybody asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk

STORY = (
    "A customer orders a cake at the counter. The shop girl writes the order in a book, 5 minutes. The baker bakes the "
    "cake, 2 hours. The cake waits two days in the cold room. The confectioner decorates the cake, 45 minutes. The "
    "owner checks every cake, 10 minutes. The customer picks it up. "
    "We have two bakers, one confectioner and 4 cakes a day."
)
DRIVER = "The driver brings the cakes to the branch, 40 minutes."
ASKED = (
    "what hurts most?", "what would you change?", "where do we lose money?", "what should I do first?",
    "who is the bottleneck?", "is that right?", "turns", "where does the time go?", "what does a case cost?",
    "what if we had one more baker?", "who does what?", "compare", "how sure are the prices?", "what did I decide?",
)  # fmt: skip
FIGURE = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?: ?(?P<unit>%|days|h|min|s|EUR)(?![a-z]))?")


@pytest.fixture
def talk(own_home: Path, short_plays: None) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize("words", ASKED)
def test_every_number_of_an_answer_is_a_fact_with_its_unit(talk: Talk, words: str) -> None:
    reply = talk.turn(words)
    known = {(figure["n"], figure["unit"] or "")
             for fact in reply.facts for figure in FIGURE.finditer(f"{fact.value} {fact.unit}")}  # fmt: skip
    for line in reply.lines:
        for figure in FIGURE.finditer(re.sub(r"“[^”]*”", "", line)):
            assert (figure["n"], figure["unit"] or "") in known, (figure[0], line)


@pytest.mark.parametrize("words", ASKED[:6])
def test_the_first_questions_change_nothing_and_say_what_to_do_next(talk: Talk, words: str) -> None:
    before = talk.session.process
    reply = talk.turn(words)
    assert reply.kinds == ("question",)
    assert talk.session.process == before
    assert "`" in reply.lines[-1] or "“" in reply.lines[-1]


def test_what_hurts_names_the_place_and_the_figure(talk: Talk) -> None:
    lines = talk.turn("what hurts most?").lines
    assert lines[0].startswith("What hurts most")
    assert re.search(r"\d", lines[1])


@pytest.mark.parametrize(
    "words", ["go back to turn 1", "go back to before turn 2", "go back to before I said the thing about the driver",
              "take that driver thing out again please"],
)  # fmt: skip
def test_a_turn_is_gone_back_to(talk: Talk, words: str) -> None:
    before = names(talk)
    talk.turn(DRIVER)
    assert names(talk) != before
    talk.turn(words)
    assert names(talk) == before


@pytest.mark.parametrize("words", ["go back to turn 99", "go back to where I said the thing about the astronaut",
                                   "go back to before I accepted"])  # fmt: skip
def test_where_there_is_no_such_turn_nothing_is_taken_back(talk: Talk, words: str) -> None:
    talk.turn(DRIVER)
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


def test_today_stays_as_it_was_told_when_a_proposal_is_taken_over(talk: Talk) -> None:
    today = talk.session.process
    talk.turn("what would you change?")
    talk.turn("accept 1")
    talk.turn("in the new process the shop girl checks every cake")
    assert doer(talk, "check") == "Shop girl"
    assert talk.session.today() == today
    assert any("Shop girl" in line for line in talk.turn("compare").lines)
    assert any("Check cake — Owner" in line for line in talk.turn("show today").lines)
    assert any("Check cake — Shop girl" in line for line in talk.turn("show the new one").lines)
    assert "turn 3" in talk.turn("go back to before I accepted that").lines[0]
    assert talk.session.process == today


def test_of_a_new_process_that_is_not_there_nothing_is_written(talk: Talk) -> None:
    before = talk.session.process
    talk.turn("in the new process the shop girl checks every cake")
    assert talk.session.process == before


@pytest.mark.parametrize(
    "words", ["is it really the owner who slows us down or is it more the cold room",
              "was it the baker or the confectioner who waits the longest for his work"],
)  # fmt: skip
def test_a_question_without_its_mark_is_never_written(talk: Talk, words: str) -> None:
    before = talk.session.process
    assert talk.turn(words).kinds[0] == "question"
    assert talk.session.process == before


def test_one_step_back_is_undo(talk: Talk) -> None:
    before = talk.session.process
    talk.turn(DRIVER)
    talk.turn("One step back, please.")
    assert talk.session.process == before


def test_all_that_is_on_offer_is_taken_over(talk: Talk) -> None:
    talk.turn("what would you change?")
    assert talk.session.proposals()
    assert talk.turn("fine by me, all of them").kinds[0] == "decision"
    assert not talk.session.undecided()


@pytest.mark.parametrize("words", ["gotta run, back in ten minutes", "back in 20 minutes", "sorry, I have to dash"])
def test_who_leaves_for_a_while_tells_nothing(talk: Talk, words: str) -> None:
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


def test_who_does_it_instead_is_told_in_two_halves(talk: Talk) -> None:
    talk.turn("the cake isn't decorated by the confectioner, the baker does it")
    assert doer(talk, "decorate") == "Baker"


def test_only_an_order_takes_a_thing_said_back(talk: Talk) -> None:
    before = talk.session.process
    talk.turn(DRIVER)
    told = talk.session.process
    assert "Taken back:" not in talk.turn("oh the driver part, that is how it is").lines
    assert talk.session.process == told
    assert "Taken back:" in talk.turn("take that driver part out again").lines
    assert talk.session.process == before


@pytest.mark.parametrize("words", ["undo the last two", "go back two", "take back the last two things I said"])
def test_several_turns_are_taken_back_and_no_more(talk: Talk, words: str) -> None:
    story = names(talk)
    talk.turn(DRIVER)
    talk.turn("Then the shop girl sweeps the yard.")
    assert "2 turns" in talk.turn(words).lines[0]
    assert names(talk) == story
    assert "Nothing was taken back" in talk.turn(words).lines[0]
    assert names(talk) == story


@pytest.mark.parametrize("words", ["go back one", "wipe that last sentence", "no no, take that back, he doesn't"])
def test_the_last_turn_is_taken_back_however_it_is_put(talk: Talk, words: str) -> None:
    story = names(talk)
    talk.turn(DRIVER)
    talk.turn(words)
    assert names(talk) == story


def test_a_number_to_go_back_to_is_none_of_turns(talk: Talk) -> None:
    talk.turn(DRIVER)
    before = names(talk)
    talk.turn("drop 2")
    assert names(talk) == before
