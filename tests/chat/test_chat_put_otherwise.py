"""Turns as people put them: contrasts, names, order, hands, what must stay, and what is never written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "A reader asks for a book. The librarian searches the catalogue, six minutes. The porter fetches the book, "
    "20 minutes. Then the binder repairs the cover, one hour. The librarian hands over the book."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


def minutes(talk: Talk, like: str) -> float:
    task = next(task for task in tasks(talk.session.process) if like in task.name.lower())
    assert task.work is not None
    return task.work.mean_seconds / 60


@pytest.mark.parametrize(
    "words", ["20 min is too long, he does it in 12", "fetching: 20 minutes is optimistic. twelve... 12 minutes",
              "fetching 20 minutes? more like 12", "not 20 minutes, 12"],
)  # fmt: skip
def test_a_new_figure_goes_where_the_old_one_stands(talk: Talk, words: str) -> None:
    talk.turn(words)
    assert minutes(talk, "fetch") == 12
    assert minutes(talk, "search") == 6


@pytest.mark.parametrize(
    "words", ["the porter, we say runner", "please write runner instead of porter", "we call the porter runner",
              "the porter is really called runner", "nobody here says porter, it's the runner",
              "we'd never say porter, we call him the runner"],
)  # fmt: skip
def test_another_name_is_taken_over(talk: Talk, words: str) -> None:
    talk.turn(words)
    assert doer(talk, "fetch").lower() == "runner"


@pytest.mark.parametrize(
    "words", ["no one here says book, it's the volume", "i wouldn't say book, we call it a volume",
              "book isn't the word, they say volume", "in our house nobody calls that a book, it is a volume"],
)  # fmt: skip
def test_a_thing_nobody_calls_so_is_called_otherwise_in_every_step(talk: Talk, words: str) -> None:
    talk.turn(words)
    assert {"Fetch volume", "Hand over volume"} <= set(names(talk))
    assert not any("book" in name.lower().split() for name in names(talk)[1:])


def test_an_act_nobody_calls_so_is_called_otherwise(talk: Talk) -> None:
    talk.turn("i would not say cover, we call it mending the spine")
    assert "Mend spine" in names(talk)
    assert "Repair cover" not in names(talk)


@pytest.mark.parametrize(
    "words", ["the trainee fetches the book, the porter hasnt done that in years",
              "the porter doesn't fetch the book any more, the trainee does",
              "it's the trainee fetching the book not the porter",
              "fetching isn't the porters job any more, thats the trainee now",
              "the porter doesn't fetch the book, the binder - I mean the trainee"],
)  # fmt: skip
def test_who_does_it_now_and_who_no_more(talk: Talk, words: str) -> None:
    before = names(talk)
    talk.turn(words)
    assert doer(talk, "fetch") == "Trainee"
    assert names(talk) == before


def test_what_is_done_instead_stands_in_the_old_place(talk: Talk) -> None:
    talk.turn("the binder doesn't repair the cover any more, he orders a new copy, 10 minutes")
    assert "Repair cover" not in names(talk)
    order = next(name for name in names(talk) if "order" in name.lower())
    assert names(talk).index(order) == names(talk).index("Hand over book") - 1
    assert doer(talk, "order") == "Binder"


@pytest.mark.parametrize(
    ("words", "gone", "new", "who"),
    [
        ("nobody repairs the cover, we glue it. the trainee does", "Repair cover", "Glue cover", "Trainee"),
        ("no one searches the catalogue any more, the librarian asks the website", "Search catalogue",
         "Ask website", "Librarian"),
        ("we've stopped fetching books, the lift carries them up", "Fetch book", "Carry the book up", "Lift"),
    ],
)  # fmt: skip
def test_what_nobody_does_gives_way_to_what_is_done(talk: Talk, words: str, gone: str, new: str, who: str) -> None:
    before = names(talk)
    talk.turn(words)
    assert gone not in names(talk)
    assert doer(talk, new.lower()) == who
    assert names(talk).index(new) == before.index(gone)


def test_with_nobody_to_hand_it_to_it_is_done_otherwise(own_home: Path) -> None:
    story = "A shop sends an order. Lena roasts the beans. Ben hands the bags to the carrier. Lena writes the bill."
    for words in ("there's no carrier, ben drives himself", "there is no carrier any more, ben drives them over"):
        with told(own_home / words[:12].replace(" ", "-"), story) as talk:
            talk.turn(words)
            assert not any("carrier" in name for name in names(talk))
            assert doer(talk, "drive") == "Ben"


@pytest.mark.parametrize("words", ["nobody repairs any cover, scratch that", "we don't repair the cover, drop that"])
def test_what_nobody_does_goes_where_it_is_said_to(talk: Talk, words: str) -> None:
    before = names(talk)
    talk.turn(words)
    assert names(talk) == [name for name in before if name != "Repair cover"]


@pytest.mark.parametrize(
    "words",
    [
        "the repair stays in by regulation, you can write that down",
        "By law the repair has to be done by a sworn restorer, so that stays with us.",
        "nobody is ever allowed to remove the repair, the museum insists on it. lock it please",
        "dont ever cut the repair step pls",
        "make sure the repair never gets dropped",
        "the repair cannot go, the insurer wants it",
        "lock the repair please",
    ],
)
def test_a_step_that_must_stay_is_kept(words: str, talk: Talk) -> None:
    reply = talk.turn(words)
    assert "restorer" not in doer(talk, "repair").lower()
    kept = [one.id for one in talk.session.process.protected]
    assert kept == [task.id for task in tasks(talk.session.process) if task.name == "Repair cover"]
    assert "Repair cover" in " ".join(reply.lines)


@pytest.mark.parametrize(
    "words", ["its always such a rush on fridays", "stop asking questions please", "you can write that down",
              "the porter never dusts the shelves", "suppose the binder is ill, what then"],
)  # fmt: skip
def test_what_tells_no_work_is_not_written(talk: Talk, words: str) -> None:
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


@pytest.mark.parametrize(
    "words", ["nope scrap that last bit", "nvm forget what i just typed", "please strike that sentence"]
)
def test_what_was_said_last_is_taken_back(talk: Talk, words: str) -> None:
    before = names(talk)
    talk.turn("Then the librarian counts the coins.")
    assert len(names(talk)) == len(before) + 1
    talk.turn(words)
    assert names(talk) == before


def test_while_a_step_runs_another_runs_beside_it(talk: Talk) -> None:
    talk.turn("While the cover is being repaired, the librarian writes the loan slip.")
    assert "Write loan slip" in names(talk)
    assert any(step.block == "parallel" for step in talk.session.process.flow.items)


def test_who_answers_for_the_whole_is_the_owner(talk: Talk) -> None:
    talk.turn("Vera is the one who answers for the whole process")
    assert talk.session.process.owner == "Vera"
