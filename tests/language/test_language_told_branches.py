"""Branches as people in a business tell them: who is sent home is done, what fits goes on, "half the week" is none."""

from __future__ import annotations

import pytest
from reading_kit import FRAME, choices, shape

from assistant.language.reading import read_story
from assistant.process.blocks import End, Loop
from assistant.process.expected import visit_rates
from assistant.process.tree import tasks, walk


@pytest.mark.parametrize(
    "words",
    [
        "One in five needs no repair and goes home with a tip.",
        "In 1 of 12 cases the patient has eaten and is sent home again.",
        "About a fifth are told no.",
        "In one of ten cases the doctor finds a fever and sends the patient home.",
    ],
)
def test_who_is_sent_home_or_told_no_is_through(words):
    process = read_story(f"Ann weighs the patient, ten minutes. {words} Ben takes the blood, five minutes.").process
    (choice,) = choices(process)
    assert isinstance(choice.branches[0].do.items[-1], End)
    assert not choice.branches[1].do.items
    assert list(tasks(process))[-1].name == "Take blood"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("If it fits she sends him home with a smile, one in five. Otherwise she sews it.", "Send him home"),
        ("if it fits she sends the client home, otherwise she sews it", "Send client home"),
        ("If it fits she sends her home, otherwise she sews it.", "Send home"),
    ],
)
def test_who_is_sent_home_is_through_and_what_was_looked_at_stays_it(words: str, step: str) -> None:
    process = read_story(f"The tailor pins the dress. {words}. Lena irons the dress. Lena writes the bill.").process
    (choice,) = choices(process)
    sent, over = choice.branches[0].do.items
    assert sent.name.startswith(step)
    assert isinstance(over, End)
    assert [step.name for step in choice.branches[1].do.items] == ["Sew dress"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("The groom leads the horse in, brushes its mane and notes what it weighs.", "Note what horse weighs"),
        ("the nurse receives the baby, checks its eyes and ears and writes down how it sleeps", "how baby sleeps"),
    ],
)
def test_a_piece_of_a_thing_is_not_what_it_does(told: str, name: str) -> None:
    assert list(tasks(read_story(told).process))[-1].name.endswith(name)


@pytest.mark.parametrize(
    "words",
    [
        "so if he is at lunch the guard rings the office",
        "so if the yard is full the guard rings the office",
        "but if he is at lunch the guard rings the office",
    ],
)
def test_what_is_told_before_so_if_is_done_in_every_case(words: str) -> None:
    told = f"The driver brings the crate. The keeper weighs every crate, {words}. The clerk files the note."
    process = read_story(told).process
    assert [task.name for task in tasks(process)] == ["Bring crate", "Weigh crate", "Ring office", "File note"]
    (choice,) = choices(process)
    assert [step.name for step in choice.branches[0].do.items] == ["Ring office"]


@pytest.mark.parametrize("words", ["and I'm on the road half the week", "and Tom is at the market half the day"])
def test_when_somebody_is_away_is_no_branch(words):
    assert not choices(read_story(FRAME.format(f"Kofi and I look it over, {words} selling old ones.")).process)


@pytest.mark.parametrize("words", ["pinch somewhere", "sit crooked", "jam at the edge"])
def test_another_try_is_made_after_what_went_back_is_put_right(words):
    process = read_story(
        f"Mia grinds the lens. Mia looks how it fits. Three out of ten {words} and go back to Ben, who reworks them, "
        "about an hour, and then they have to come for another fitting. Mia writes the bill."
    ).process
    (loop,) = [step for step in walk(process) if isinstance(step, Loop)]
    assert loop.p == pytest.approx(0.3)
    assert [task.name for task in loop.do.items] == ["Look how it fits"]
    assert [(task.role, task.work.value) for task in loop.redo.items] == [("ben", 1.0)]


@pytest.mark.parametrize(
    ("words", "rate"), [("everything fits", 1.0), ("all is well", 1.0), ("the bank approves it", 0.5)]
)
def test_the_good_case_told_alone_is_always_so(words, rate):
    process = read_story(f"Ann mends the bike, one hour. If {words}, Ben hands over the bike.").process
    assert visit_rates(process)["hand_over_bike"] == rate


def test_a_no_at_the_end_of_a_sentence_ends_it_and_a_number_does_not():
    told = "Ann checks the form. A third are told no. Ben files form No. B17."
    assert [getattr(step, "name", "") for step in read_story(told).process.flow.items][::2] == [
        "Check form",
        "File form No B 17",
    ]


@pytest.mark.parametrize("words", ["nobody else may", "no one else is allowed to", "somebody else never would"])
def test_nobody_else_opens_no_other_way(words):
    told = (
        f"Mia types it. If a page is missing, she rings the tenant. Then Mia writes the lease. Tom signs it, {words}."
    )
    (choice,) = choices(read_story(told).process)
    assert [node.name for node in choice.branches[0].do.items] == ["Ring tenant"]
    assert not choice.branches[1].do.items


def test_work_on_nothing_named_stands_behind_a_branch():
    told = "If the gate is shut, he rings the owner and drives there again. In the garden he mows and rakes."
    (choice,) = choices(read_story(f"Ben loads the van. {told} Mia writes the bill.").process)
    assert [node.name for node in choice.branches[0].do.items] == ["Ring owner", "Drive there"]


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        ("Half of the plates we have on file. Ben fits the plate.", ["Fit plate"]),
        ("One slip in four can't be read. Ben fits the plate.", ["Fit plate"]),
        ("One tray in ten is burnt. Ben fits the plate.", ["Fit plate"]),
        ("One plate in ten has no hole. Ben rings the shop.", [("choice", ["Ring shop"], [])]),
    ],
)
def test_a_share_takes_onto_its_way_only_what_deals_with_it(words, flow):
    assert shape(f"Olga writes the slip. {words} Eva signs every one of the letters.")[1:] == [*flow, "Sign letters"]


def test_they_who_say_no_are_not_the_one_who_acted_last():
    told = "I ring back with a price. Ben drives out the wood. If they say no, that's it. Eva writes the bill."
    assert [choice.question for choice in choices(read_story(told).process)] == ["Customer says no?"]


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        (
            "Ben looks at the plate. If it is bad Ben rings the shop. If it is ok the nurse rings next day.",
            ["Look at plate", ("choice", ["Ring shop"], ["Ring shop"])],
        ),
        ("When the shop says yes, Ben fits the plate.", ["Fit plate"]),
        (
            "When the shop says yes, Ben fits the plate. When the shop says no, Ben sells the plate.",
            [("choice", ["Fit plate"], ["Sell plate"])],
        ),
        (
            "Ben cuts the plate. Often wrong length, about 1 in 12. Then he has to ring the shop.",
            ["Cut plate", ("choice", ["Ring shop"], [])],
        ),
        ("If a plate is missing, Ben comes and asks me.", [("choice", ["Ask back"], [])]),
    ],
)
def test_what_an_answer_leads_to(words, flow):
    assert shape(f"Olga writes the slip. {words} Eva signs the letter.")[1:] == [*flow, "Sign letter"]


def test_what_is_given_back_after_a_no_is_given_back_to_those_who_say_it() -> None:
    told = (
        "Anna rings the customers, every third says no. Then we give the watch back unrepaired. If yes, Max repairs it."
    )
    process = read_story(f"Anna takes the watch. {told} Anna packs it.").process
    [decision] = [block for block in walk(process) if block.block == "choice"]
    assert [getattr(step, "name", step.block) for step in decision.branches[0].do.items] == ["Give back watch", "end"]
    assert [task.name for task in tasks(process)][-2:] == ["Repair watch", "Pack watch"]


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("The insurer refuses one in ten. Then Ann writes an objection.", "Write objection"),
        ("The bank takes three weeks to answer. They refuse one in ten. Then Ann writes an appeal.", "Write appeal"),
        ("the insurer rejects one in ten. then ann writes a protest", "Write protest"),
    ],
)
def test_an_answer_to_a_refusal_is_given_where_it_was_refused(told: str, answer: str) -> None:
    process = read_story(f"Ben checks the claim. Ann sends the claim. {told}. Ann files the claim.").process
    (choice,) = choices(process)
    assert choice.branches[0].p == pytest.approx(0.1)
    assert [step.name for step in choice.branches[0].do.items][1:] == [answer]
    assert not choice.branches[1].do.items
    assert list(tasks(process))[-1].name == "File claim"


@pytest.mark.parametrize("name", ["Tanja", "Ben"])
def test_they_are_not_one_who_is_known_to_be_he_or_she(name: str) -> None:
    told = (
        f"The clerk opens the file. {name} sends the claim to the fund. They refuse one in eight. The clerk closes it."
    )
    refusal = next(task for task in tasks(read_story(told).process) if task.name.startswith("Refuse"))
    assert refusal.role != name.lower()


@pytest.mark.parametrize(
    ("told", "when", "step"),
    [
        ("when one is sold out tom calls the maker.", "one is sold out", "Call maker"),
        ("When the oil is sold out, Tom calls the maker.", "oil is sold out", "Call maker"),
        ("if the paint is used up olga orders a tin.", "paint is used up", "Order tin"),
        ("when the hall is booked out eva rings the guest.", "hall is booked out", "Ring guest"),
    ],
)
def test_who_acts_behind_what_is_gone_acts_only_then(told: str, when: str, step: str) -> None:
    process = read_story(f"ivan reads the slip. {told} ivan paints the door.").process
    (choice,) = choices(process)
    assert choice.branches[0].when == when
    assert [task.name for task in choice.branches[0].do.items] == [step]
    assert [task.name for task in tasks(process)] == ["Read slip", step, "Paint door"]
