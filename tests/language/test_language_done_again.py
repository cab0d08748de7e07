"""What is done again in some of the cases is a way back, and what is fetched then a branch: no work of every case."""

from __future__ import annotations

import pytest
from reading_kit import shape

from assistant.language.reading import read_story
from assistant.process.blocks import Choice, End, Loop

HEAD = "Olga writes the label, five minutes. Ben fills the jar, ten minutes. Eva tests the jar, two minutes."
TAIL = "The driver delivers the jar."


@pytest.mark.parametrize(
    "told",
    [
        "4 percent are rejected and filled again.",
        "4 % rejected -> fill again.",
        "One jar in nine is too light, and then Ben fills it again.",
        "In 4 % of cases the jar has a crack. Then the jar is thrown away and Ben starts over.",
        "One in nine comes back because the lid is loose.",
        "Eva notices when a jar is cracked, about one in thirty, and then Ben has to fill it all over again.",
        "About every ninth shop wants the jar filled again, and Ben does it over.",
    ],
)
def test_what_is_done_again_goes_back_to_that_step(told: str) -> None:
    assert shape(f"{HEAD} {told} {TAIL}") == ["Write label", ("loop", ["Fill jar", "Test jar"], []), "Deliver jar"]


@pytest.mark.parametrize(
    "told",
    [
        "The patient comes again and the nurse gives the injection, ten minutes.",
        "Then she comes back and the nurse gives the injection, ten minutes.",
        "the patient comes back, and the nurse gives the injection, ten minutes",
    ],
)
def test_the_next_visit_does_nothing_again(told: str) -> None:
    front = "The nurse takes the blood. The lab tests the blood."
    assert shape(f"{front} {told}. The clerk writes the bill.") == [
        "Take blood", "Test blood", "Give injection", "Write bill",
    ]  # fmt: skip


def test_who_comes_back_because_something_is_wrong_has_it_done_again() -> None:
    told = "The tailor pins the dress. If it pinches the bride comes back. Ina sews the seam."
    assert shape(told)[0] == ("loop", ["Pin dress"], [])


def test_a_way_back_holds_none_that_says_neither_when_nor_how_often() -> None:
    told = (
        "People come in with a shoe, and Otto at the desk makes a note and opens a file.\n\n"
        "They wear it for two weeks, and then they come back and we fine-tune it, thirty minutes, "
        "and hardly anyone is happy the first time: seven "
        "in ten come back at least once more."
    )
    assert shape(told) == ["Make note", "Open file", ("loop", ["Fine-tune file"], [])]


def test_a_share_that_ends_in_a_note_ends_there() -> None:
    assert shape(f"{HEAD} 30 % say no -> end. {TAIL}")[3:] == [("choice", [("end", "Say no")], []), "Deliver jar"]


@pytest.mark.parametrize(
    "told",
    [
        "In 6 % of orders something is forgotten and the driver drives back, one hour.",
        "Quite often a lid is missing, say in one of nine orders, and then one drives back, an hour.",
    ],
)
def test_who_drives_back_for_what_is_missing_does_so_in_these_cases_only(told: str) -> None:
    assert shape(f"{HEAD} {told} {TAIL}")[3:] == [("choice", ["Go back for it"], []), "Deliver jar"]


def test_a_time_that_holds_if_nobody_disturbs_is_no_decision() -> None:
    told = "Olga packs the jar, that's an hour if nobody rings."
    assert shape(f"{HEAD} {told} {TAIL}")[3:] == ["Pack jar", "Deliver jar"]


def test_what_is_made_again_goes_back_behind_its_mail() -> None:
    told = (
        "Ida makes a drawing. Ida mails the drawing to the family. One in three wants it new, and then she draws again."
    )
    assert shape(f"{told} Ben builds it.")[0] == ("loop", ["Make drawing", "Mail drawing to family"], [])


def test_what_stands_before_an_arrow_is_no_step() -> None:
    told = "In 25 % of orders number changes after shopping -> Olga packs a bigger box."
    assert shape(f"{HEAD} {told} {TAIL}")[3:] == [("choice", ["Pack bigger box"], []), "Deliver jar"]


BAGS = "Ben takes the bag. Mia sews the bag, an hour. Ben posts the bag."


@pytest.mark.parametrize(
    "told",
    [
        "One in five comes back because a seam opens. Then Mia sews it again.",
        "1 in 5 comes back, and Mia sews it again.",
    ],
)
def test_what_comes_back_to_be_done_again_is_one_loop(told: str) -> None:
    assert shape(f"{BAGS} {told}") == ["Take bag", ("loop", ["Sew bag", "Post bag"], [])]


@pytest.mark.parametrize("told", ["If he says no he takes it home.", "if the customer says no, he takes it home"])
def test_who_says_no_and_takes_it_home_ends_the_case(told: str) -> None:
    story = read_story(f"Ben takes the bag. Ben tells the customer the price. {told}. Mia sews the bag.").process
    (choice,) = [item for item in story.flow.items if isinstance(item, Choice)]
    assert (choice.question, [type(step) for step in choice.branches[0].do.items]) == ("Customer says no?", [End])


def test_what_was_sent_away_is_not_handed_over() -> None:
    told = "Mia sews the bag. Ben sends the bill to the bank. Mia hands it over to the customer."
    assert shape(told) == ["Sew bag", "Send bill to bank", "Hand over bag to customer"]


@pytest.mark.parametrize(
    "told",
    [
        "Once in ten bags he reads the slip wrong and we get the wrong leather. Then he has to drive to the shop.",
        "In one bag out of ten he gets the size wrong and has to drive to the shop.",
        "One in ten sizes is wrong, then he drives to the shop.",
    ],
)
def test_what_goes_wrong_and_is_put_right_is_a_way_of_its_own(told: str) -> None:
    process = read_story(f"Ben cuts the bag. {told} Mia sews the bag.").process
    _, choice, sew = process.flow.items
    assert [step.name for step in choice.branches[0].do.items] == ["Drive to shop"]
    assert (choice.branches[0].p, sew.name) == (0.1, "Sew bag")


@pytest.mark.parametrize(
    "told",
    [
        "She sends a third of them back to Jonas. Jonas corrects them.",
        "She gives one in three back to Jonas. He corrects it and she reads it again.",
    ],
)
def test_what_is_sent_back_is_corrected_on_the_way_and_read_again(told: str) -> None:
    steps = shape(f"Jonas writes the deed. The notary reads the deed. {told} Mia files the deed.")
    back, right = steps[1][2]
    assert (steps[0], steps[1][1], steps[2]) == ("Write deed", ["Read deed"], "File deed")
    assert (back[:5], right[:7]) in {("Send ", "Correct"), ("Give ", "Correct")}


def test_whoever_reads_it_again_is_not_he_who_corrected_it() -> None:
    told = "If the notary finds a slip, it goes back to Jonas, who corrects the deed, and then she reads it again."
    steps = shape(f"Jonas writes the deed. The notary reads the deed. {told} Mia files the deed.")
    assert steps == ["Write deed", ("loop", ["Read deed"], ["Correct deed"]), "File deed"]


@pytest.mark.parametrize(
    ("told", "chance"),
    [
        ("Eva reads the letter; in 20 % it is wrong and goes back to Olga.", 0.2),
        ("Eva reads the letter. In one of five it is wrong and it goes back to Olga.", 0.2),
        ("eva reads the letter. in 8 percent the date is wrong and it goes back to olga.", 0.08),
        ("Eva reads the letter; in 5 % it is too long and Olga types it again; Ben stamps the letter.", 0.05),
        ("eva reads the letter; in 5 % it is too long and olga types it again; ben stamps the letter.", 0.05),
    ],
)
def test_what_is_wrong_in_a_share_goes_back_to_whoever_made_it(told: str, chance: float) -> None:
    process = read_story(f"Olga types the letter, ten minutes. {told} The porter takes the letter to the post.").process
    loop = process.flow.items[0]
    assert isinstance(loop, Loop)
    assert loop.p == chance
    assert [step.name for step in loop.do.items] == ["Type letter", "Read letter"]
    rest = ["Stamp letter", "Take letter to post"] if "stamps" in told else ["Take letter to post"]
    assert [step.name for step in process.flow.items[1:]] == rest
