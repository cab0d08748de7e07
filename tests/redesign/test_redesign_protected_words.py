"""Words that protect: the step they speak of, not the one beside it; what names no step is kept as words and shown."""

from __future__ import annotations

import pytest

from assistant.language.reading import read_story
from assistant.redesign.protection import Protection

FENCE = (
    "Olga writes the offer. The town has to approve it. {} Ben builds the fence. Olga has the slip signed and sends "
    "the bill."
)


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("We can't begin before they have approved, that's the law really.", "approve_offer"),
        ("Nothing about the bill is required by law, what the law wants is the approval.", "approve_offer"),
        ("That's compulsory, the fire brigade insists on it.", "approve_offer"),
    ],
)
def test_the_step_the_words_speak_of_is_protected_and_no_other(words, step):
    assert list(Protection(read_story(FENCE.format(words)).process).reasons) == [step]


@pytest.mark.parametrize(
    "words",
    [
        "We can't begin before all is settled, that's in the contract, it's the law really",
        "Without their signature we may not order, that is the law",
        "There must always be two people in the yard, that's what the guild wants",
    ],
)
def test_what_names_no_step_stays_as_words(words):
    protection = Protection(read_story(FENCE.format(words + ".")).process, ("two people",))
    assert not protection.reasons
    assert f"Must stay: “{words}”." in protection.stays


def test_what_was_asked_to_be_kept_is_found_in_the_words_told_or_shown():
    told = (
        "- Diver checks the gear (10 min)\n"
        "- Diver welds the pile (60 min), second diver must be there - required by our guild"
    )
    protection = Protection(read_story(told).process, ("second diver must be there", "the green folder"))
    assert list(protection.reasons) == ["weld_pile"]
    assert [line for line in protection.stays if "as you asked" in line] == [
        "Must stay, as you asked: “the green folder”. No step is called so: look at each change whether it holds."
    ]
