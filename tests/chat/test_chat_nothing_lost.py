"""What stood stands when more is told; what changes names its words; and words of which nothing came are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.language.what_stands import with_what_stands
from assistant.process.blocks import Choice, Task, Wait
from assistant.process.durations import Fixed, Span
from assistant.process.model import Process, Role
from assistant.process.tree import tasks, walk


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    with told(tmp_path, "ben cuts the board") as opened:
        yield opened


def say(talk: Talk, lines: Sequence[str]) -> str:
    return "\n".join("\n".join(talk.turn(line).lines) for line in lines)


def of(*blocks: Task | Wait, name: str = "Boards", roles: tuple[str, ...] = ("Ben",)) -> Process:
    return Process.model_validate(
        {
            "name": name,
            "roles": [Role(id=role.lower(), name=role).document() for role in roles],
            "flow": [{block.block: block.document()} for block in blocks],
        }
    )


def test_a_step_that_is_not_seen_any_more_stays_where_it_stood_with_who_does_it() -> None:
    before = of(Task(id="cut", name="Cut", role="ben"), Task(id="glue", name="Glue"), Task(id="sand", name="Sand"))
    read = of(Task(id="glue", name="Glue"), Task(id="oil", name="Oil"), name="Oils", roles=())
    kept = with_what_stands(before, read, "then it is oiled", 90, 80)
    assert [(task.name, task.role) for task in tasks(kept)] == [
        ("Cut", "ben"), ("Glue", None), ("Sand", None), ("Oil", None)
    ]  # fmt: skip
    assert kept.name == "Boards"


def test_a_time_goes_only_where_the_new_words_say_another() -> None:
    ten, six = (Fixed(value=value, unit="min", span=Span(start=at, end=at + 5)) for value, at in ((10, 20), (6, 95)))
    before = of(Task(id="cut", name="Cut boards", work=ten), Task(id="glue", name="Glue", work=ten))
    read = of(Task(id="cut", name="Cut boards"), Task(id="glue", name="Glue", work=six))
    kept = {task.id: task.work for task in tasks(with_what_stands(before, read, "gluing is six minutes", 90, 80))}
    assert (kept["cut"], kept["glue"]) == (ten, six)


def test_a_step_read_from_the_same_words_keeps_its_name() -> None:
    span = Span(start=10, end=30)
    before = of(Task(id="type_results", name="Type results", span=span))
    read = of(Task(id="type_tubes", name="Type tubes", span=span), Task(id="call", name="Call"))
    assert [task.name for task in tasks(with_what_stands(before, read, "he calls", 40, 40))] == ["Type results", "Call"]


def test_what_was_said_a_moment_ago_is_read_with_what_comes_next_as_in_one_go() -> None:
    before = of(
        Task(id="cut", name="Cut", span=Span(start=0, end=9)), Task(id="look", name="Look", span=Span(start=60, end=70))
    )
    read = of(Task(id="oil", name="Oil", span=Span(start=95, end=99)))
    kept = with_what_stands(before, read, "then it is oiled", 90, 50)
    assert [task.name for task in tasks(kept)] == ["Cut", "Oil"]


def test_words_taken_back_stay_gone_until_they_are_brought_back(talk: Talk) -> None:
    said = ("Ines packs the box.", "half the buyers do not pick up, then Ines", "Ines writes the bill.")
    say(talk, [*said, "go back to turn 2", "Olga writes the bill."])
    assert not any(step.block == "choice" for step in walk(talk.session.process))
    assert names(talk) == ["Cut board", "Pack box", "Write bill"]


def test_curt_lines_are_steps_conditions_and_waits(talk: Talk) -> None:
    lines = ["a lorry takes the boards to the painter", "the painter needs 3 days", "ines packs the boards 20 min",
             "if bad ines calls the buyer same day", "bill goes out end of month, office does it, 10 min"]  # fmt: skip
    say(talk, lines)
    expected = ["Cut board", "Take boards to painter", "Pack boards", "Call buyer", "Send out bill"]
    assert (names(talk), doer(talk, "bill")) == (expected, "Office")
    assert [step.name for step in walk(talk.session.process) if isinstance(step, Wait)] == ["Wait for painter"]


def test_what_comes_by_post_is_waited_for_and_who_drives_out_does_so(talk: Talk) -> None:
    say(
        talk,
        ["ben drives out. plans come by post", "ines packs the boards", "the bill goes out at the end of the month"],
    )
    assert names(talk) == ["Cut board", "Drive out", "Pack boards", "Send out bill"]
    assert [step.name for step in walk(talk.session.process) if isinstance(step, Wait)] == ["Wait for plans"]
    assert next(step for step in tasks(talk.session.process) if "bill" in step.name).batch is not None


def test_what_comes_of_earlier_words_names_them_and_of_what_nothing_came_is_said(talk: Talk) -> None:
    said = say(talk, ["Ines packs the board.", "half the buyers do not pick up", "Then Ines calls them."])
    assert "I could make no step, figure or change of “half the buyers do not pick up”" in said
    assert "From your words before, “half the buyers do not pick up”" in said
    say(talk, ["Ines writes the bill."])
    [decision] = [step for step in walk(talk.session.process) if isinstance(step, Choice)]
    inside = [getattr(step, "name", "") for branch in decision.branches for step in branch.do.items]
    assert (inside, names(talk)[-1]) == (["Call buyers"], "Write bill"), "who picks up pays, too"


def test_a_decision_is_taken_out_as_one(talk: Talk) -> None:
    say(talk, ["If the board is split, Ines glues it.", "Ines packs the board."])
    assert "(2) remove “Board is split?”" in say(talk, ['take out the question "The board is split?"'])
    say(talk, ["1"])
    assert names(talk) == ["Cut board", "Glue", "Pack board"]


def test_what_is_done_again_on_a_condition_is_a_way_back_and_no_wait_for_all(talk: Talk) -> None:
    say(talk, ["Ines measures the board.", "if it is too wet, we measure again after two weeks"])
    assert any(step.block == "loop" for step in walk(talk.session.process))
    assert all(task.wait is None for task in tasks(talk.session.process))


def test_head_counts_and_cases_are_told_in_one_line_and_who_is_said_to_be_the_customer_is(talk: Talk) -> None:
    say(talk, ["ines packs the boards", "4 a day, 2 ben, 1 ines", "the owner of the house is the customer, not me"])
    process = talk.session.process
    assert [role.capacity for role in process.roles] == [2, 1]
    assert process.volume is not None
    assert [customer.name for customer in process.customers] == ["Owner"]


def test_two_steps_get_their_names_in_one_breath(talk: Talk) -> None:
    say(talk, ["ines packs the boards", 'Rename "Cut board" to "Saw board" and "Pack boards" to "Wrap boards".'])
    assert names(talk) == ["Saw board", "Wrap boards"]


def test_a_wait_that_is_none_goes(talk: Talk) -> None:
    say(talk, ["the painter takes it", "the painter needs 3 days", "ines packs the boards"])
    say(talk, ['no wait before "Pack boards"'])
    assert not any(isinstance(step, Wait) for step in walk(talk.session.process))
    assert "I know no wait before “Pack boards”" in say(talk, ['there is no wait before "Pack boards"'])


@pytest.mark.parametrize(
    "words",
    [
        "Whoever stands nearest the saw is one of us, so let's say Ben does that.",
        "i drill the leg, not the drawer",
    ],
)
def test_what_came_to_nothing_in_the_conversation_stands_in_the_report(
    tmp_path: Path, short_plays: None, words: str
) -> None:
    with told(tmp_path, "Ben cuts the board, 10 minutes. Mia sands it, an hour. Ben packs the shelf.") as talk:
        before = talk.session.process
        talk.turn(words)
        assert talk.session.process == before
        assert talk.session.redesign(cases=20, replications=2).unread == (words,)


def test_what_was_settled_by_a_number_is_not_named_as_unread(tmp_path: Path) -> None:
    with told(tmp_path, "Anna writes the order, 5 minutes. Tom packs the goods. Tom drives the parcel home.") as talk:
        assert "(1)" in say(talk, ["plans come by post"])
        assert len(talk.session.state.came_to_nothing()) == 1
        talk.turn("1")
        assert talk.session.state.came_to_nothing() == []
