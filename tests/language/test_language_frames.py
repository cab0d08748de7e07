"""Frames: broad patterns of meaning for what people say of the pains of their work."""

from __future__ import annotations

import pytest

from assistant.language.evidence_cues.cue_frames import features, known, places_in
from assistant.language.evidence_cues.hearing import is_confirmed
from assistant.language.evidence_cues.patterns import flat
from assistant.language.evidence_cues.remarks_heard import heard_in
from assistant.language.evidence_cues.windows import learnt
from assistant.language.offline.story import read
from assistant.process.durations import Span
from assistant.process.remarks import KINDS, Remark
from assistant.process.tree import tasks
from assistant.redesign.findings import find


def shown(text: str) -> set[str]:
    sentences = [places_in(flat(part)) for part in text.split(". ")]
    return set().union(*(features(sentences, index) for index in range(len(sentences))))


def test_each_frame_holds_in_its_example():
    deaf = [(frame.written, frame.example) for frame in known().frames if frame.written not in shown(frame.example)]
    assert not deaf


def test_frames_and_weights_name_only_known_kinds():
    named = {frame.kind for frame in known().frames} | set(learnt().kinds)
    assert named <= {*KINDS, "none", "reassured"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Both shifts are in charge of the store, so each relies on the other and nobody locks it.", "shared_duty"),
        ("Nurses copy the temperatures from the slip into the hospital's program by hand.", "typed_again"),
        ("The loan papers are collected and entered once a week, on Wednesdays.", "batch"),
        ("Parents ring us every day to ask where their child's place is.", "chasing"),
        ("Ada inspects each jar, a minute. She found a crack perhaps once last year.", "empty_check"),
        ("They get through thirty a day, but forty come in.", "overloaded"),
        ("Whoever is free takes the next patient, and each reads the file from page one.", "changing_hands"),
    ],
)
def test_pains_of_trades_nobody_wrote_for_are_heard(said: str, kind: str):
    assert kind in heard_in(said)


@pytest.mark.parametrize(
    "said",
    [
        "The baker takes the loaves out of the oven and the boy carries them to the shop.",
        "The judge reads the file and sets a date.",
        "The porter weighs the luggage and hands over the ticket.",
    ],
)
def test_plain_work_says_nothing(said: str):
    assert not heard_in(said)


def test_what_is_only_written_by_hand_is_not_typed_again():
    assert not is_confirmed("typed_again", "I write the card by hand, in blue chalk, on slate, and hang it up.")
    assert is_confirmed("typed_again", "I write the card by hand from the list in the office.")


CLINIC = (
    "The receptionist registers the patient. The nurse measures the blood pressure. "
    "The assistant prints the form. The secretary types the values into the hospital system. "
    "The doctor examines the patient. The clerk writes the bill. "
)


def test_a_remark_names_the_step_told_beside_it():
    story = read(CLINIC.replace("The doctor", "She copies them from the paper by hand. The doctor")).process
    names = {task.id: task.name for task in tasks(story)}
    remark = next(one for one in story.remarks if one.kind == "typed_again")
    assert any("Type" in names[name] for name in remark.elements)


def test_words_that_only_sound_of_trouble_are_quoted_and_asked_about():
    story = read(CLINIC).process
    said = "Twice a week somebody goes down to the cellar for it, and that takes half the day."
    remark = Remark(
        id="r", kind="paper", elements=(tasks(story)[0].id,), text=said, span=Span(start=0, end=9), sure=False
    )
    found = [one for one in find(story.model_copy(update={"remarks": (remark,)})) if one.kind == "told_trouble"]
    assert [one.practices for one in found] == [("H26",)]
    assert said in found[0].title
    assert found[0].title.endswith("?")
    assert found[0].confidence <= 0.3


@pytest.mark.parametrize(
    ("kind", "said", "is_heard"),
    [
        ("overloaded", "If the hatch sticks the crew drown.", False),
        ("overloaded", "In February we drown and in July nothing.", True),
        ("unused_result", "Two men fold the tent, and one who isn't one of them looks it over.", False),
        ("unused_result", "Not one of them looks at the list.", True),
        ("late_check", "So all that sawing was for the cat, 50 minutes each.", True),
    ],
)
def test_people_who_drown_and_one_who_is_another_are_no_pain(kind: str, said: str, is_heard: bool) -> None:
    assert (kind in heard_in(said)) is is_heard
