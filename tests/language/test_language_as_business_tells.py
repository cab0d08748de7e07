"""Ways in which people in a business tell their work that the rules once lost: who is meant, the whole, asides."""

from __future__ import annotations

import pytest
from reading_kit import framed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The fitter who works in the yard loads the van.", [("Load van", "Fitter")]),
        ("The nurse who is on duty takes the sample.", [("Take sample", "Nurse")]),
        (
            "Once a week, Mondays, Mrs Lund who looks after the plants goes through the rows and checks the soil.",
            [("Go through rows", "Mrs Lund"), ("Check soil", "Mrs Lund")],
        ),
        ("The person who takes the call fills in the form.", [("Fill in form", "Person")]),
        ("The two women who sit at the front stamp the ticket.", [("Stamp ticket", "Women")]),
        ("The teacher who has the class has to mark the tests.", [("Mark tests", "Teacher")]),
        ("The man who keeps the record books in order checks the list.", [("Check list", "Man")]),
        ("She rings the man who has the key and Tom opens the door.", [("Ring man", "Clerk"), ("Open door", "Tom")]),
        ("The porter who opens the post sorts it.", [("Sort post", "Porter")]),
        ("The girls who pack come at three.", []),
    ],
)  # fmt: skip
def test_who_is_meant_hides_no_step(words, expected):
    assert framed(words) == expected
