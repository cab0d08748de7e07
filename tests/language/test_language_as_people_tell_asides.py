"""Stories as people tell them: what is no work, and what is work beside an aside."""

from __future__ import annotations

import pytest
from reading_kit import framed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Then the guest arrives, and at the desk Paula checks the passport.",
            [("Check passport", "Paula")],
        ),
        (
            "The fitter cleans the pump, and in the evening Olaf drives it back to the depot.",
            [("Clean pump", "Fitter"), ("Drive back pump to depot", "Olaf")],
        ),
        (
            "A quote is needed: the roofer goes out, looks at the roof and writes a quote.",
            [("Look at roof", "Roofer"), ("Write quote", "Roofer")],
        ),
        (
            "The porter opens the crate, looks at the label and writes the number on the sheet.",
            [("Open crate", "Porter"), ("Look at label", "Porter"), ("Write number on sheet", "Porter")],
        ),
        (
            "Before the driver gets anything, the foreman has to weigh every sack, as six years ago one was short.",
            [("Weigh sack", "Foreman")],
        ),
        ("Then I tell the head nurse.", [("Tell head nurse", "Me")]),
        (
            "We tell the haulier, he fetches the pallet.",
            [("Tell haulier", "Our team"), ("Fetch pallet", "Haulier")],
        ),
        ("The sample goes in the fridge.", [("Put sample in fridge", "")]),
        ("The form is signed and the copy sent to accounts.", [("Sign form", ""), ("Send copy to accounts", "")]),
        (
            "She asks the bank for the sum needed to redeem the loan.",
            [("Ask bank for sum to redeem loan", "Clerk")],
        ),
    ],
)  # fmt: skip
def test_work_is_read_where_it_stands_beside_something_else(words, expected):
    assert framed(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Nadia starts at six, and the girls who pack come at three.",
        "About one day in ten I misread the label.",
        "They eat cake.",
        "All three nurses are also dispensing.",
        "She takes it home. Another week is gone.",
        "It goes back to an instruction of the old boss.",
        "He once noted a loose screw in eighty visits.",
        "You wrote that guests are late and that you are considering a fee.",
        "It takes her all of January.",
        "All four of us vets are also on the phone.",
        "The lawyer has access to the register and I don't.",
        "I could sing you zinc paste.",
        "The telephone hardly stops.",
    ],
)
def test_what_is_no_work_is_no_step(words):
    names = [name for name, _ in framed(words)]
    assert [name for name in names if not name.startswith("Take file home")] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Everyone gets a letter. The porter files it.", [("File letter", "Porter")]),
        (
            "Lena explains the contract, the guest signs it, and she hands over the key.",
            [("Explain contract", "Lena"), ("Sign contract", "Guest"), ("Hand over key", "Lena")],
        ),
        ("On Friday the van comes back. The porter cleans the van.", [("Clean van", "Porter")]),
    ],
)
def test_who_is_meant_and_what_moves_by_itself(words, expected):
    assert framed(words) == expected
