"""Corrections reach the step that is meant, in the words in which people put them; what was not read is listed once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from chat_kit import told

from assistant.language.change.read_change import Outcome
from assistant.language.correct import correction
from assistant.language.offline.story import read
from assistant.language.reading import not_read, read_story
from assistant.process.apply import apply
from assistant.process.blocks import Choice, Task
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

CLINIC = (
    "An owner rings. The receptionist notes the visit. The vet examines the animal. The vet writes a care plan. The "
    "head nurse looks over the care plan. The nurse gives the injection. The receptionist writes the bill."
)
REMOVAL = (
    "A customer asks for a removal. Tina fills in the enquiry form. The surveyor visits the house and counts the "
    "boxes. Tina works out a quote. The boss signs the quote. Tina sends the quote to the customer. The customer "
    "decides. If the customer accepts, Marek books a van and a crew. Otherwise Tina files the enquiry. The crew loads "
    "the van. Tina writes the invoice."
)
GLASSES = (
    "A customer asks for glasses. The optician tests the eyes, which takes twenty minutes. The optician writes a lens "
    "prescription. The assistant orders the lenses. The workshop grinds the lenses and fits the glasses. The assistant "
    "calls the customer."
)
CAKES = (
    "A couple asks for a wedding cake. The confectioner notes the wishes. The baker draws a sketch. The couple "
    "approves the sketch. The baker bakes the cake. The apprentice ices the cake. The driver delivers the cake."
)


@cache
def process(story: str) -> Process:
    return read(story).process


def after(story: str, words: str) -> Process:
    found = correction.read(process(story), words)
    assert isinstance(found, Outcome), found
    return apply(process(story), found.edits)


def task(now: Process, name: str) -> Any:
    return next(each for each in tasks(now) if each.name == name)


@pytest.mark.parametrize(
    ("story", "words", "step", "days"),
    [
        (CLINIC, "the care plan lies three days", "Look over care plan", 3),
        (REMOVAL, "the quote lies two days", "Sign quote", 2),
        (REMOVAL, "The enquiry form lies a week in the tray", "Visit house", 7),
        (GLASSES, "the prescription lies two days", "Order lenses", 2),
        (CAKES, "the sketch sits there for four days", "Approve sketch", 4),
        (GLASSES, "the lenses lie four days before anybody grinds them", "Grind lenses", 4),
    ],
)
def test_what_lies_about_waits_behind_the_step_that_made_it(story: str, words: str, step: str, days: float) -> None:
    now = after(story, words)
    waits = {each.name: each.wait.mean_seconds / 86400 for each in tasks(now) if each.wait is not None}
    assert waits == {step: days}


def test_what_some_cases_get_is_their_step_with_its_time() -> None:
    now = after(CLINIC, "only one in ten gets the injection, and that's a quarter of an hour")
    choice = next(step for step in walk(now) if isinstance(step, Choice))
    assert choice.branches[0].p == pytest.approx(0.1)
    assert [each.name for each in choice.branches[0].do.items if isinstance(each, Task)] == ["Give injection"]
    assert task(now, "Give injection").work.mean_seconds == 900


@pytest.mark.parametrize(
    ("story", "words"),
    [
        (GLASSES, "only one in six needs the pressure test, and that's ten minutes"),
        (REMOVAL, "about a third need the piano lift, that takes an hour"),
        (REMOVAL, "half of the customers need the second visit, that's an hour"),
        (CAKES, "only every fifth cake gets a figure on top, that's an hour's work"),
        (REMOVAL, "every tenth customer gets a crate, which takes twenty minutes"),
    ],
)
def test_what_no_step_is_yet_gives_no_other_step_its_figures(story: str, words: str) -> None:
    assert correction.read(process(story), words) is None


@pytest.mark.parametrize(
    ("story", "words", "step", "doers"),
    [
        (REMOVAL, "It's Tina or Marek who fills in the enquiry form", "Fill in enquiry form", ["Tina", "Marek"]),
        (GLASSES, "It's Rosa or Ben who orders the lenses", "Order lenses", ["Rosa", "Ben"]),
        (CAKES, "it is the apprentice that draws the sketch", "Draw sketch", ["Apprentice"]),
        (CLINIC, "no, it's always the vet who looks over the care plan", "Look over care plan", ["Vet"]),
        (REMOVAL, "it's Marek who loads the van, not the crew", "Load van", ["Marek"]),
        (CAKES, "It's the baker or the confectioner who ices the cake", "Ice cake", ["Baker", "Confectioner"]),
    ],
)
def test_who_it_is_is_no_new_step(story: str, words: str, step: str, doers: list[str]) -> None:
    now = after(story, words)
    names = {role.id: role.name for role in now.roles}
    assert len(list(tasks(now))) == len(list(tasks(process(story))))
    assert [names[role] for role in (task(now, step).role, *task(now, step).or_roles)] == doers


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("the boss doesn't need to sign under 500", "from 500 up"),
        ("below 300 euros no signature is needed", "from 300 euros up"),
        ("the boss doesn't have to sign anything below 800 euros", "from 800 euros up"),
        ("up to 1,000 pounds the boss need not sign", "above 1,000 pounds"),
        ("no signature is needed for orders under 200", "from 200 up"),
        ("He doesn't need to sign under 800, by the way", "from 800 up"),
    ],
)
def test_what_need_not_be_done_under_a_limit_is_done_above_it(words: str, limit: str) -> None:
    now = after(REMOVAL, words)
    way = next(way for step in walk(now) if isinstance(step, Choice) for way in step.branches if way.when == limit)
    assert [each.name for each in way.do.items if isinstance(each, Task)] == ["Sign quote"]


def test_a_limit_in_a_story_is_read_as_one() -> None:
    now = read_story(f"{REMOVAL} The boss doesn't need to sign under 800 euros.").process
    assert "from 800 euros up" in [way.when for step in walk(now) if isinstance(step, Choice) for way in step.branches]


@pytest.mark.parametrize(
    ("words", "way", "step"),
    [
        ("If they accept, Tina also orders the boxes", 0, "Order boxes"),
        ("When they say yes, the boss rings the insurer", 0, "Ring insurer"),
        ("if the customer agrees, Marek writes to the crew", 0, "Write to crew"),
        ("if he says yes, the surveyor rents a lift", 0, "Rent lift"),
        ("if they refuse, Tina rings the boss", 1, "Ring boss"),
        ("If the customer says no, Tina tells the surveyor", 1, "Tell surveyor"),
    ],
)
def test_what_is_done_after_a_decision_stands_on_its_way(words: str, way: int, step: str) -> None:
    now = after(REMOVAL, words)
    choices = [each for each in walk(now) if isinstance(each, Choice)]
    assert len(choices) == 1
    assert step in [each.name for each in choices[0].branches[way].do.items if isinstance(each, Task)]


def test_sentences_without_a_step_are_all_listed() -> None:
    words = "Tina and Marek talk about the old days. He once noted a loose screw in eighty visits."
    assert " ".join(not_read(f"{REMOVAL} {words}")) != ""


def test_ready_says_what_is_told_and_what_was_not_understood_is_asked_for(own_home: Path) -> None:
    aside = "He once noted a loose screw in eighty visits."
    with told(own_home, f"{REMOVAL} About 40 come a month. {aside}") as talk:
        ready = "\n".join(talk.turn("Are we ready?").lines)
        assert "say how many cases come" not in ready
        assert "on average told" in ready
        assert aside in "\n".join(talk.turn("What did you not understand?").lines)
        again = "\n".join(talk.turn("Then the foreman brings back the papers.").lines)
        assert aside not in again
