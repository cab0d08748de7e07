"""What a comment feels and which step it speaks of, where a single word would mislead."""

from __future__ import annotations

import pytest

from assistant.feedback.corpus import corpus_of
from assistant.feedback.links import Linker
from assistant.feedback.sentiment import feeling_word, judged
from assistant.feedback.shapes import Comment
from assistant.process.codec import from_data


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("They spoke to me like a child", 0),
        ("It looks like cardboard", 0),
        ("We like the new counter", 1),
        ("I really like it", 1),
        ("I wrote to you three times", -1),
        ("My solicitor has been told", -1),
    ],
)
def test_the_feeling_of_words_that_mislead(text: str, sign: int) -> None:
    feeling = judged(text).feeling
    assert (feeling > 0.05) - (feeling < -0.05) == sign


def test_what_is_wrong_with_a_paper_belongs_to_the_step_that_makes_it() -> None:
    tasks = [("approve", "Approve receipt"), ("write", "Write receipt"), ("file", "File receipt"), ("call", "Call van")]
    flow = [{"task": {"id": id_, "name": name, "role": "clerk"}} for id_, name in tasks]
    clerk = {"id": "clerk", "name": "Clerk", "kind": "person"}
    process = from_data({"schema": "process/1", "name": "Sale", "roles": [clerk], "flow": flow})
    assert Linker(process).link("the receipt shows an old address".split()).step == "write"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Three weeks until the plumber had time", -1),
        ("It took them a month to read one page", -1),
        ("Two hours on hold", -1),
        ("I had to explain it to four people", -1),
        ("The stove was fixed in ten minutes", 1),
        ("How long does it take, three weeks?", 0),
        ("It would be nice to pick the hour myself", 0),
        ("The shop is open on Sundays", 0),
    ],
)
def test_what_took_long_or_went_in_circles_is_no_praise_and_a_wish_praises_nothing(text: str, sign: int) -> None:
    feeling = judged(text).feeling
    assert (feeling > 0.05) - (feeling < -0.05) == sign


def _linker(*names: str) -> Linker:
    flow = [{"task": {"id": name.split()[0].lower(), "name": name, "role": "clerk"}} for name in names]
    clerk = {"id": "clerk", "name": "Clerk", "kind": "person"}
    return Linker(from_data({"schema": "process/1", "name": "Work", "roles": [clerk], "flow": flow}))


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("nobody picked up the phone", ""),  # how a step is done is not what it is about
        ("the report had my name wrong", "complete"),
        ("paying me back takes for ever", "refund"),  # a turn of phrase with a little word in it
        ("the mechanic did not show up", "drive"),
        ("the noise is terrible at night", "judge"),  # “opinion on noise”: the topic, not the way
        ("the weather was fine", ""),
    ],
)
def test_a_step_is_known_by_its_thing_and_by_what_people_call_it(text: str, step: str) -> None:
    linker = _linker("Complete report on the phone", "Refund price", "Drive to site", "Judge opinion on noise")
    assert linker.link(text.split()).step == step


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("could only come on a weekday and had to take leave", "arrange"),  # no word of the step in it
        ("two men dumped the carton on the kerb", "bring"),
        ("the drawer hangs crooked and there is sawdust everywhere", "assemble"),
        ("they debited me twice", "collect"),
        ("the kitchen smells of roses", ""),
    ],
)
def test_a_step_is_known_by_the_moment_in_which_customers_meet_it(text: str, step: str) -> None:
    linker = _linker(
        "Arrange visit", "Bring furniture to flat", "Assemble furniture", "Collect payment", "Order fabric"
    )
    assert linker.link(text.split()).step == step


def test_booking_a_repair_is_no_repair() -> None:
    linker = _linker("Book repair", "Repair clock")
    assert linker.link("the same fault is back again and it rattles".split()).step == "repair"


def test_the_noun_of_an_act_speaks_of_the_act() -> None:
    linker = _linker("Deliver goods", "Print delivery note", "Check stock")
    assert linker.link("the delivery was a disgrace".split()).step == "deliver"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Great, fourth visit and the tap still drips", -1),
        ("Well done, my cellar is a pond", -1),
        ("Perfect, the second key does not fit either", -1),
        ("Brilliant, seated at once and served with a smile", 1),
        ("Less than quoted, because the wall was in good order", 1),
        ("Our dog needed stitches after your gate slammed", -1),
    ],
)
def test_a_cry_of_praise_says_what_is_told_after_it(text: str, sign: int) -> None:
    feeling = float(corpus_of([Comment("1", text)]).feeling[0])
    assert (feeling > 0.05) - (feeling < -0.05) == sign


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The ladder slid and he lay there with his knee the wrong way round", 3),
        ("My kitten came home from your kennel limping and torn", 3),
        ("You have had my last euro, I buy elsewhere now", 2),
        ("Does the plaster wall hold a shelf?", 0),
    ],
)
def test_harm_and_lost_money_are_known_without_their_usual_words(text: str, severity: int) -> None:
    assert corpus_of([Comment("1", text)]).severity[0] == severity


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("three weeks for a tube!!", "negative"),
        ("3 weeks to get a key cut", "negative"),
        ("two months until the boiler man came", "negative"),
        ("Six days!", "negative"),
        ("only two days for a whole kitchen", "neutral"),
        ("three weeks for the roof, great work", "positive"),
        ("two days and it was done", "neutral"),
    ],
)
def test_a_length_of_time_told_alone_complains(text: str, feeling: str) -> None:
    assert feeling_word(judged(text).feeling) == feeling
