"""Waits and repetitions put right in a conversation: where a wait stands, whom it is for, what is done only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice, Loop, Task, Wait
from assistant.process.tree import tasks, walk

HOUR, DAY = 3600.0, 86400.0
STORY = (
    "Bruno washes the hides, an hour. Bruno tans the hides, two hours. If a hide has holes, Bruno tans it again. "
    "Rita mails the sketch to the client, ten minutes. Rita orders the buckles, five minutes. "
    "The client collects the bag."
)


@pytest.fixture
def tannery(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


def waits(talk: Talk) -> list[tuple[str, float]]:
    """Where something waits, and how long: the step a wait is before, or the name of the wait."""
    found = []
    for step in walk(talk.session.process):
        length = step.wait if isinstance(step, Task) else step.duration if isinstance(step, Wait) else None
        if isinstance(step, Task | Wait) and length:
            found.append((step.name, length.mean_seconds))
    return found


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("the hides just lie there for three hours before the washing, that's not work", ("Wash hides", 3 * HOUR)),
        ("nobody works on them, the hides stand three hours till washing begins", ("Wash hides", 3 * HOUR)),
        ("the hides lie for three hours, then they are washed", ("Wash hides", 3 * HOUR)),
        ("it's not two hours but three that the hides lie before the washing", ("Wash hides", 3 * HOUR)),
        ("the client takes two days to answer the sketch", ("Wait for answer of client", 2 * DAY)),
        ("before the washing the hides stand three hours", ("Wash hides", 3 * HOUR)),
        ("between tanning and mailing the hides stand for two days", ("Mail sketch to client", 2 * DAY)),
        ("after the washing they keep it at home for two days", ("Wait for customer", 2 * DAY)),
        ("the client takes two days, give or take", ("Wait for client", 2 * DAY)),
        ("after the sketch we wait two days for the agency", ("Wait for agency", 2 * DAY)),
        ("ordering the buckles takes another two days till they arrive", ("Wait for buckles", 2 * DAY)),
    ],
)
def test_a_wait_stands_where_it_is_said_and_is_no_work(tannery: Talk, words: str, where: tuple[str, float]) -> None:
    work = {step.name: step.work for step in walk(tannery.session.process) if isinstance(step, Task)}
    tannery.turn(words)
    assert waits(tannery) == [where]
    assert {step.name: step.work for step in walk(tannery.session.process) if isinstance(step, Task)} == work


@pytest.mark.parametrize(
    "words",
    [
        "the hides lie in the yard till the drum is free",
        "the hides lie three hours before the softening",
        "the loops are muddled: first Bruno tans, then he washes",
        "we wait two days for the bank, not the client",
    ],
)
def test_what_is_not_plain_of_a_wait_or_a_repetition_is_asked(tannery: Talk, words: str) -> None:
    before = tannery.session.process
    reply = tannery.turn(words)
    assert tannery.session.process == before
    assert "unclear" in reply.kinds


def test_what_is_no_repetition_is_done_once(tannery: Talk) -> None:
    steps = names(tannery)
    assert [step for step in walk(tannery.session.process) if isinstance(step, Loop)]
    tannery.turn("it's not a repetition, the hides just lie in the yard for an hour before the tanning")
    assert not [step for step in walk(tannery.session.process) if isinstance(step, Loop)]
    assert names(tannery) == steps
    assert waits(tannery) == [("Tan hides", HOUR)]


def test_only_whom_a_wait_is_for_changes(tannery: Talk) -> None:
    tannery.turn("the client takes two days to answer the sketch")
    tannery.turn("it isn't the client we wait those two days for, it's the agency")
    [wait] = [step for step in walk(tannery.session.process) if isinstance(step, Wait)]
    assert (wait.contact, wait.duration and wait.duration.mean_seconds) == ("Agency", 2 * DAY)


def test_a_wait_of_some_leaves_the_step_to_all(tannery: Talk) -> None:
    tannery.turn("only a third of the clients leave their bag for two days, the others collect it right away")
    [choice] = [step for step in tannery.session.process.flow.items if isinstance(step, Choice)]
    assert [type(step) for branch in choice.branches for step in branch.do.items] == [Wait]
    assert getattr(tannery.session.process.flow.items[-1], "name", "") == "Collect bag"


def test_a_wait_that_goes_with_its_step_is_told(tannery: Talk) -> None:
    tannery.turn("the hides lie three hours before the washing")
    assert "wait of 3 h" in " ".join(tannery.turn('remove "Wash hides"').lines)


@pytest.mark.parametrize(
    ("words", "wait", "work"),
    [
        ("then Jo orders the paint, four days", 4, None),
        ("if the paint is gone Jo asks the maker for it, two days", 2, None),
        ("if a part is missing Jo orders it, 10 minutes", None, 600),
        ("if a part is missing jo orders it, four days", 4, None),
        ("when a bolt is gone, max orders it, three days", 3, None),
        ("if a bolt is bent max files it again, 20 minutes", None, 1200),
    ],
)
def test_what_is_asked_for_in_minutes_is_waited_for_in_days(words, wait, work, tmp_path):
    with told(tmp_path, "Jo writes a card. Max repairs the bike, an hour. Jo rings the customer.") as talk:
        talk.turn(words)
        step = tasks(talk.session.process)[-1]
        behind = [block.duration for block in walk(talk.session.process) if isinstance(block, Wait)]
        waits = step.wait or next(iter(behind), None)
        assert (waits and waits.mean_seconds / 86400, step.work and step.work.mean_seconds) == (wait, work)


@pytest.mark.parametrize(
    ("words", "ahead", "days"),
    [
        ("she wears it two weeks at home before the sewing of the hem", "Sew hem", 14),
        ("the customer keeps it 3 days before Mia writes the bill", "Write bill", 3),
        ("Before the sewing of the hem he tries it ten days at home.", "Sew hem", 10),
        ("after cutting the coat they wear it a week", "Sew hem", 7),
        ("he uses it four days before he pays", "Pay", 4),
    ],
)
def test_how_long_the_customer_has_it_is_a_wait_where_the_words_say(
    tmp_path: Path, words: str, ahead: str, days: int
) -> None:
    story = "Mia cuts the coat, an hour. Ole sews the hem. Mia writes the bill. The customer pays."
    with told(tmp_path, story) as talk:
        talk.turn(words)
        row = talk.session.process.flow.items
        place = next(n for n, step in enumerate(row) if isinstance(step, Task) and step.name == ahead)
        assert isinstance(row[place - 1], Wait)
        assert row[place - 1].duration.mean_seconds == days * DAY
        assert len(row) == 5
