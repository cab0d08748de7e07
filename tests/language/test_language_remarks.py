"""What tellers say about the work besides its steps: read as remarks, tied to steps, never drawn as steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.english.sentences import sentence_places
from assistant.language.evidence_cues.hearing import is_denied
from assistant.language.evidence_cues.patterns import compiled, flat
from assistant.language.evidence_cues.remarks_heard import heard_in, remarks_in
from assistant.language.offline.story import read
from assistant.language.offline.words.tokens import sentences
from assistant.process.apply import apply
from assistant.process.codec import dumps, loads
from assistant.process.edits import DropRemark, PutRemark
from assistant.process.model import Process
from assistant.process.remarks import Remark
from assistant.process.tree import tasks
from assistant.settings import plain_yaml

SPOKEN: dict[str, list[str]] = plain_yaml(Path(__file__).with_name("spoken.yaml").read_text(encoding="utf-8"))
GROUNDS = {"control", "limit", "cost", "season", "total_time", "complaint"}
SHOP = (
    "The clerk registers the order. The clerk checks the stock. The director approves the order. "
    "The warehouse packs the goods. The clerk writes the daily report. "
)


def kinds(text: str) -> set[str]:
    spans = [(one.start, one.end) for one in sentences(text)]
    return {remark.kind for remark in remarks_in(text, spans, Process(name="Work")) if remark.sure}


@pytest.fixture(scope="module")
def read_at_once() -> None:
    """What hundreds of short texts mean, in one go: one by one takes three times as long."""
    sentence_places([text[one.start : one.end] for told in SPOKEN.values() for text in told for one in sentences(text)])


@pytest.mark.usefixtures("read_at_once")
def test_most_of_what_people_say_is_heard():
    asked = [(kind, said) for kind, told in SPOKEN.items() if kind != "none" for said in told]
    heard = [kind for kind, said in asked if kind in kinds(said)]
    assert len(heard) >= 0.7 * len(asked)


@pytest.mark.usefixtures("read_at_once")
def test_plain_work_is_no_remark():
    false = [said for said in SPOKEN["none"] if kinds(said) - GROUNDS]
    assert len(false) <= 1, false


@pytest.mark.parametrize(
    ("said", "kind", "step"),
    [
        ("Nobody has read the report in the last year.", "unused_result", "Write daily report"),
        ("Of the last 400 orders he turned down two.", "empty_approval", "Approve order"),
    ],
)
def test_a_remark_is_tied_to_its_step_and_is_none_itself(said: str, kind: str, step: str):
    place = SHOP.index("The warehouse") if kind == "empty_approval" else len(SHOP)
    text = f"{SHOP[:place]}{said} {SHOP[place:]}"
    process = read(text).process
    names = {task.id: task.name for task in tasks(process)}
    remark = next(one for one in process.remarks if one.kind == kind)
    assert [names[name] for name in remark.elements] == [step]
    assert remark.span is not None
    assert text[remark.span.start : remark.span.end] == said
    assert len(names) == 5


def test_a_remark_speaks_of_the_step_told_last_and_not_of_the_one_it_is_compared_with():
    text = (
        "The clerk writes the weekly report. The clerk fills in the yellow card for the cupboard. The same things as "
        "in the report stand on it, by hand, and nobody has taken one out for years. The manager signs the order."
    )
    process = read(text).process
    names = {task.id: task.name for task in process.flow.items}
    remark = next(one for one in process.remarks if one.kind == "unused_result")
    assert names[remark.elements[0]].startswith("Fill in yellow card")


def test_counts_become_figures():
    process = read(SHOP + "Of the last 400 orders the director turned down two.").process
    remark = next(one for one in process.remarks if one.kind == "empty_approval")
    assert {(figure.value, figure.unit) for figure in remark.figures} >= {(0.005, "share"), (400, "cases")}


def test_a_refusal_that_is_frequent_is_no_empty_approval():
    assert "empty_approval" not in kinds("Of the last 400 orders the director turned down 130.")
    assert "empty_approval" not in kinds("The director approves them, he stopped 9 of 80 last year and he was right.")


def test_what_the_teller_calls_right_is_not_held_against_the_work():
    assert kinds("Orders are collected until Friday, and rightly so, the van costs the same full or empty.") <= GROUNDS


def test_remarks_are_put_dropped_and_kept_in_json():
    process = read(SHOP).process
    remark = Remark(id="remark_9", kind="habit", text="We have always done it that way.")
    more = apply(process, [PutRemark(remark=remark)])
    assert loads(dumps(more)).remarks == more.remarks
    assert more.remarks[-1] == remark
    assert apply(more, [DropRemark(id="remark_9")]) == process
    assert "remarks" not in dumps(process)


def test_patterns_read_forms_gaps_and_what_must_not_be():
    test = compiled("@nobody .. read & report|list & !before", {"nobody": ("nobody", "no one")})
    hears = lambda words: test(flat(words), 999)  # noqa: E731
    assert hears("Nobody has ever read those lists.")
    assert hears("No one is reading the report")
    assert not hears("Nobody reads the report before Friday")
    assert not hears("Everybody reads the report")
    with pytest.raises(ValueError, match="no group"):
        compiled("@missing", {})


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        (
            "If photos are missing, which happens with one in four, she calls the driver, and that takes two days.",
            False,
        ),
        ("One of the three pickers picks the goods, which takes 9 minutes.", False),
        ("Only one in ten gets the shot, and that's a quarter of an hour.", False),
        ("One in six needs the pressure test, which takes half an hour.", False),
        ("Two out of three jobs need the big van, which is half an hour more.", False),
        ("About one in four coffins is made to measure, which takes most of a day.", False),
        ("The next parcel waits until the driver is back.", False),
        ("The other one waits in the hall until it is collected.", False),
        ("The plain ones lie there when the polisher is out.", False),
        ("When one such order comes in, everything else stops.", True),
        ("Those three odd jobs hold up all the rest.", True),
        ("A handful of forty claims swallow a third of our hours.", True),
        ("Six in a hundred are disputed and take half of our week.", True),
        ("One in twenty is foreign but eats 40 percent of our time.", True),
    ],
)
def test_a_few_hold_up_the_rest_only_where_they_take_a_share_of_it(words: str, heard: bool) -> None:
    assert ("held_up_by_few" in heard_in(words)) is heard


def test_of_words_that_may_tell_two_pains_one_is_claimed_and_the_other_asked_about() -> None:
    words = "The boss signs every delivery note without reading it; in six years she has sent back none."
    text = f"The clerk takes the order. The fitter builds the rack. {words} The driver brings the rack."
    remarks = remarks_in(text, [(one.start, one.end) for one in sentences(text)], Process(name="Work"))
    assert [remark.kind for remark in remarks if remark.sure] == ["empty_approval"]
    assert any(not remark.sure and remark.text == words for remark in remarks)


WORK = (
    "The porter takes the harp. The tuner loosens the strings. The tuner cleans the frame. The joiner glues the neck. "
    "The varnisher paints the neck. The tuner puts on new strings. The tuner tunes the harp. "
    "The porter brings it back. My uncle played the horn. We moved here in spring. Our yard is small. "
    "The boss signs every bill, and in six years she has changed none. "
)
REASSURED = (
    "The varnish needs nine days to harden. You can't hurry it. Nobody's harp has ever been late. "
    "Two helpers for the summer are booked since January. He leaves the glue overnight on purpose. "
)


def sure_of(text: str) -> list[tuple[float, bool]]:
    remarks = remarks_in(text, [(one.start, one.end) for one in sentences(text)], Process(name="Work"))
    return [(remark.likely or 0.0, remark.sure) for remark in remarks if remark.kind == "empty_approval"]


def test_a_story_that_reassures_is_believed() -> None:
    (complained, claimed), *_ = sure_of(WORK)
    assert claimed
    assert all(likely < complained and not sure for likely, sure in sure_of(WORK + REASSURED))


@pytest.mark.parametrize("words", REASSURED.split(". "))
def test_what_reassures_tells_no_pain(words: str) -> None:
    assert not heard_in(words)


def test_what_the_teller_takes_back_is_not_heard() -> None:
    assert is_denied("I thought one too many, since he always says yes.", "He doesn't.")
    assert not is_denied("Does he ever say no?", "He doesn't.")
    assert not is_denied("He always says yes.", "He doesn't read it.")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Twice a month a guest gets the wrong coat because the tag has fallen off.", True),
        ("Now and then two coats are mixed up.", True),
        ("The guest gets the right coat.", False),
    ],
)
def test_what_is_mixed_up_is_an_error_made_early(said: str, heard: bool) -> None:
    assert ("error_at_source" in kinds(said)) is heard


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Rita asks the supplier for the price each time, as it changes nearly every day.", "steady_data"),
        ("The boss signs every order, and nearly always he changes something.", "empty_approval"),
        ("Small orders do not wait behind the big ones.", "one_pile"),
        ("Most people ring up because they are moving house.", "work_for_nothing"),
        ("The list is no legal duty.", "control"),
    ],
)
def test_the_contrary_of_a_pain_or_a_rule_is_none(said: str, kind: str) -> None:
    assert kind not in heard_in(said)
