"""After which step a case is over: that way ends there, and nothing is taken out."""

from __future__ import annotations

import pytest
from chat_kit import told

from assistant.process.blocks import Branch, Choice, End
from assistant.process.tree import walk

PLATES = (
    "Ida checks the plate. If the plate is cracked, Ida throws it away. Otherwise Sam glazes the plate. "
    "Sam packs the plate. Ida writes the bill."
)
DOOR = (
    "Ann calls the customer. The driver brings the box. If the customer is not at home, the driver leaves a card, "
    "then the driver calls the office. Otherwise the driver hands over the box. Ann writes the bill."
)


def _way(process, when: str) -> Branch:
    choices = [step for step in walk(process) if isinstance(step, Choice)]
    return next(branch for choice in choices for branch in choice.branches if branch.when == when)


@pytest.mark.parametrize(
    ("story", "words", "when", "steps"),
    [
        (PLATES, "after throwing it away it is over", "plate is cracked", ["Throw away plate", "Ended"]),
        (PLATES, "it ends after throwing the plate away.", "plate is cracked", ["Throw away plate", "Ended"]),
        (DOOR, "After the driver has called the office, the case is over.", "customer is not at home",
         ["Leave card", "Call office", "Ended"]),
        (DOOR, "once the box is handed over we are done", "otherwise", ["Hand over box", "Ended"]),
    ],
)  # fmt: skip
def test_a_way_ends_after_the_step_that_is_named(story, words, when, steps, tmp_path):
    with told(tmp_path, story) as talk:
        talk.turn(words)
        inside = _way(talk.session.process, when).do.items
        assert [step.outcome if isinstance(step, End) else step.name for step in inside] == steps


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("once Ida has written the bill it is finished", "That is how I have it already"),
        ("after the packing we are done", "Then “Write bill” would never be done."),
        ("after 5 pm we are done", "Nothing changed"),
    ],
)
def test_what_would_leave_steps_undone_is_asked(words, begins, tmp_path):
    with told(tmp_path, PLATES) as talk:
        before = talk.session.process
        assert talk.turn(words).lines[0].startswith(begins)
        assert talk.session.process.flow == before.flow


def test_the_way_that_ends_there_is_so_already(tmp_path):
    story = (
        "Ben tests the ear. If the loss is small, Ben sends the client home, about one in five. Otherwise Ben orders "
        "the device. Eva unpacks the device."
    )
    with told(tmp_path, story) as talk:
        before = talk.session.process
        for words in ("after sending him home it is over", "the small loss ends there, he does not get a device"):
            assert talk.turn(words).lines[0].startswith("That is how I have it already")
        assert talk.turn("after ordering the device it is over").lines[0].startswith("Then no case would go on")
        assert talk.session.process == before


OFFER = "Ann measures the roof. Ben writes the offer. Carl lays the tiles. Ann writes the bill. 60 roofs a year."


@pytest.mark.parametrize(
    ("words", "behind", "share"),
    [
        ("60 % of the customers accept the offer, the others drop out", "Write offer", 0.4),
        ("a quarter of the owners take the offer, the rest go elsewhere.", "Write offer", 0.75),
        ("80 % accept the offer; others: job ends", "Write offer", 0.2),
        ("After the offer 30 % of the customers say yes, the rest never call back.", "Write offer", 0.7),
    ],
)
def test_those_who_do_not_go_on_drop_out_behind_what_is_spoken_of(words, behind, share, tmp_path):
    with told(tmp_path, OFFER) as talk:
        talk.turn(words)
        items = talk.session.process.flow.items
        at = next(n for n, step in enumerate(items) if isinstance(step, Choice))
        assert items[at - 1].name == behind
        first = items[at].branches[0]
        assert isinstance(first.do.items[0], End)
        assert first.p == pytest.approx(share)
        assert {role.name for role in talk.session.process.roles} == {"Ann", "Ben", "Carl"}


def test_behind_which_step_it_is_over_is_asked_where_none_is_named(tmp_path):
    with told(tmp_path, OFFER) as talk:
        before = talk.session.process
        assert talk.turn("60 % of the customers say yes, the others drop out").lines[0].startswith("Behind which step")
        assert talk.session.process.flow == before.flow
        talk.turn("2")
        assert isinstance(talk.session.process.flow.items[2], Choice)


def test_in_a_story_those_who_do_not_go_on_drop_out_there(tmp_path):
    story = "Ann writes the offer, 25 min. 55 % accept, others: job ends. Ben checks the roof, 20 min."
    with told(tmp_path, story) as talk:
        items = talk.session.process.flow.items
        assert isinstance(items[1], Choice)
        assert items[1].branches[0].p == pytest.approx(0.45)


def test_what_was_told_of_those_who_drop_out_is_known(tmp_path):
    with told(tmp_path, OFFER) as talk:
        talk.turn("60 % of the customers accept the offer, the others drop out")
        before = talk.session.process
        assert talk.turn("60 % accept the offer; others: job ends").lines[0].startswith("That is how I have it already")
        assert talk.session.process == before
