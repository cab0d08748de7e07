"""A story told one sentence a turn gives what it gives in one go; what speaks of what is there still puts it right."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.language.reading import read_story
from assistant.process.edits import SetProcess
from assistant.process.tree import tasks

PIECES = (
    "I run the kennel, so basically every dog comes past me first.",
    "The owner brings the dog in.",
    "I look the dog up in the book.",
    "With most there is a card, but one in five has none and I have got to ring the vet.",
    "If the vet has never seen the dog I send them home, nicely of course, and that's the end of it.",
    "Otherwise Petra bathes the dog, forty minutes, and while she's busy with that I print the bill.",
    "The dryer is older than my daughter, don't ask me why nobody replaces it.",
    "When the owner comes back I hand over the dog and Petra sweeps the room.",
)


def _steps(process: object) -> list[tuple[str, str]]:
    return [(task.name, task.role or "") for task in tasks(process)]  # type: ignore[arg-type]


def test_told_sentence_by_sentence_the_map_is_that_of_one_go(tmp_path: Path) -> None:
    whole = read_story(" ".join(PIECES)).process
    with told(tmp_path, PIECES[0]) as talk:
        for piece in PIECES[1:]:
            talk.turn(piece)
        assert _steps(talk.session.process) == _steps(whole)


def test_typed_without_capitals_and_full_stops_it_is_the_same_story(tmp_path: Path) -> None:
    pieces = ("a customer brings a clock in", "rita looks at it, ten minutes", "then karl mends it, 2 hours",
              "rita phones the customer")  # fmt: skip
    with told(tmp_path, pieces[0]) as talk:
        for piece in pieces[1:]:
            talk.turn(piece)
        assert names(talk) == ["Bring in clock", "Look at clock", "Mend clock", "Phone customer"]
        assert doer(talk, "mend") == "Karl"


@pytest.mark.parametrize(
    ("words", "step", "who"),
    [("No, Olaf looks the dog up, not me.", "look up", "Olaf"), ("It's Olaf who brings the dog in.", "bring", "Olaf")],
)
def test_who_does_a_step_told_in_pieces_is_put_right(tmp_path: Path, words: str, step: str, who: str) -> None:
    with told(tmp_path, PIECES[0]) as talk:
        for piece in PIECES[1:3]:
            talk.turn(piece)
        before = len(names(talk))
        talk.turn(words)
        assert len(names(talk)) == before
        assert doer(talk, step) == who


@pytest.mark.parametrize(
    ("words", "step", "who"),
    [
        ("I write the bill, not Mia.", "write bill", "Owner"),
        ("Mia doesn't write the bill, I do.", "write bill", "Owner"),
        ("No, the bill is written by me, not Mia.", "write bill", "Owner"),
        ("Paul writes the bill, not me.", "write bill", "Paul"),
    ],
)
def test_whoever_tells_takes_a_step_or_gives_it_away(tmp_path: Path, words: str, step: str, who: str) -> None:
    story = (
        "I run a small workshop. Mia looks at the chair. I write an estimate. Mia writes the bill. Paul sews the cover."
    )
    with told(tmp_path, story) as talk:
        before = names(talk)
        talk.turn(words)
        assert names(talk) == before
        assert doer(talk, step) == who


def test_the_story_goes_on_behind_a_step_that_came_in_as_a_change(tmp_path: Path) -> None:
    with told(tmp_path, "Petra takes the call. She types the slips into the computer.") as talk:
        talk.turn("add “Clean desk” after “Type slips into computer”")
        talk.turn("Jan tunes the piano, two hours.")
        assert names(talk)[-2:] == ["Clean desk", "Tune piano"]
        talk.turn("add “File papers” at the very end")
        talk.turn("Petra writes the bill.")
        assert names(talk)[-2:] == ["Write bill", "File papers"], "what was said to come last stays last"
        talk.turn("undo")
        assert names(talk)[-2:] == ["Tune piano", "File papers"]


def test_the_number_of_a_list_line_is_no_figure_and_what_tells_a_step_answers_nothing(tmp_path: Path) -> None:
    with told(tmp_path, "The cook fries the fish, 10 minutes. The cook cleans the pan. 30 orders a day.") as talk:
        volume = talk.session.process.volume
        for line in (
            "2. waiter carries plate (5 min)",
            "3) the cook peels potatoes, 20 min",
            "9. boss signs bills monthly",
        ):
            talk.turn(line)
        process = talk.session.process
        assert process.volume == volume
        told_of = {task.name: task.work.mean_seconds for task in tasks(process) if task.work}
        assert told_of == {"Fry fish": 600, "Carry plate": 300, "Peel potatoes": 1200}
        assert [role.capacity for role in process.roles] == [None] * len(process.roles)


def test_an_answer_with_the_number_of_its_question_stays_an_answer(tmp_path: Path) -> None:
    with told(tmp_path, "The cook fries the fish, 10 minutes. The cook cleans the pan. 30 orders a day.") as talk:
        number = next(n for n, question in enumerate(talk.asked, 1) if question.field == "work")
        talk.turn(f"{number}. about 7 minutes")
        assert next(task for task in tasks(talk.session.process) if "pan" in task.name).work.mean_seconds == 420


@pytest.mark.parametrize(
    ("first", "named", "then", "after"),
    [
        ("We are a garage, two fitters, and on Saturdays a trainee. The trainee opens the hall. The trainee sweeps the "
         "hall. The fitter repairs the car, an hour.", "",
         "Then the fitter cleans the car and the trainee drives it out. In all we get 20 cars a week.", "cars"),
        ("The cook cuts the bread. The cook spreads the bread. The waiter carries the plate.", "Lunch",
         "The waiter clears the plate. We serve 90 plates a day.", "Lunch"),
    ],
)  # fmt: skip
def test_what_is_counted_names_the_whole_unless_somebody_named_it(
    tmp_path: Path, first: str, named: str, then: str, after: str
) -> None:
    with told(tmp_path, first) as talk:
        if named:
            talk.session.change([SetProcess(field="name", value=named)], "request", "built-in rules")
        before = talk.session.process.name
        talk.turn(then)
        assert talk.session.process.volume is not None
        assert after in talk.session.process.name, before


def test_who_does_it_not_is_nothing_that_is_done(tmp_path: Path) -> None:
    with told(tmp_path, "ann draws the plan") as talk:
        for piece in ("tom brings the plan to the bank", "the bank refuses one in eight", "bea files the plan"):
            talk.turn(piece)
        before = talk.session.process
        assert talk.turn("the bank refuses, not the customer").lines[0].startswith("That is how I have it already")
        assert talk.session.process.flow == before.flow
        talk.turn("the guest pays, not the boss")
        assert [task.name for task in tasks(talk.session.process)][-1] == "Pay"
