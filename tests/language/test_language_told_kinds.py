"""Kinds of English in which people tell a step: each gives the step with its name and its doer."""

from __future__ import annotations

import pytest
from reading_kit import framed

KINDS = {
    "a name right behind a time": [
        ("After two days Mr Brook counts the lambs.", [("Count lambs", "Mr Brook")]),
        ("On Monday Ms Hale types the chart into the tablet.", [("Type chart into tablet", "Ms Hale")]),
    ],
    "a phrase with him or her in front": [
        ("After him Greta fits a bridle.", [("Fit bridle", "Greta")]),
        ("After them the smith welds the gate.", [("Weld gate", "Smith")]),
    ],
    "a cue inside the passive": [
        ("The permit is thereupon posted to the tenant.", [("Post permit to tenant", "")]),
        ("The skiff is then rinsed with cold water.", [("Rinse skiff with cold water", "")]),
    ],
    "short for is, where a cue says that it is done": [
        ("The usher copies the score. After that it's laminated.", [("Copy score", "Usher"), ("Laminate score", "")]),
        ("The usher copies the score. Then it's bound.", [("Copy score", "Usher"), ("Bind score", "")]),
    ],
    "a doer in front of how something is": [
        ("Reception checks the lids are tight.", [("Check lids are tight", "Reception")]),
        ("The auditor checks the seals are whole and stamps the sheet.",
         [("Check seals are whole", "Auditor"), ("Stamp sheet", "Auditor")]),
    ],
    "a verb turned round behind only": [
        ("Only when the tank is full does Ms Hale order the diesel.", [("Order diesel", "Ms Hale")]),
        ("Only once the glue is dry may the joiner sand the lid.", [("Sand lid", "Joiner")]),
    ],
    "nothing goes on until it is done": [
        ("Nobody leaves the hall until the marshal counts the riders.", [("Count riders", "Marshal")]),
        ("You don't start until the boss looks over the harness.", [("Look over harness", "Boss")]),
    ],
    "what must be done as the reason": [
        ("It can't go yet, because the dean has to sign the waiver.", [("Sign waiver", "Dean")]),
        ("That takes ages, because Ms Hale must approve the quote.", [("Approve quote", "Ms Hale")]),
    ],
    "what is worked on in front as a clause": [
        ("What he has noticed he writes on his slate.", [("Write what he has noticed on slate", "Clerk")]),
        ("What she has sorted she puts in the crate.", [("Put what she has sorted in crate", "Clerk")]),
    ],
    "which one it is between commas": [
        ("The panel, which by the rules must have four members, decides.", [("Decide", "Panel")]),
        ("The second, Greta, tests the axle.", [("Test axle", "Greta")]),
    ],
    "whoever": [
        ("Whoever is on the desk that day logs the parcel.", [("Log parcel", "Whoever")]),
        ("Whoever has the key opens the gate.", [("Open gate", "Whoever")]),
    ],
    "what gets a mark": [
        ("Every crate gets its number.", [("Give number to crate", "")]),
        ("The puppy gets a collar.", [("Give collar to puppy", "")]),
    ],
    "the chore with the": [
        ("Greta does the cuttings on the long bench.", [("Do cuttings on long bench", "Greta")]),
        ("The porter does the labels.", [("Do labels", "Porter")]),
    ],
    "notes without a verb": [
        ("The usher grinds the lens. Then coating.", [("Grind lens", "Usher"), ("Coat lens", "")]),
        ("Then power check.", [("Check power", "")]),
        ("The usher folds the map. Stamped, posted.", [("Fold map", "Usher"), ("Stamp map", ""), ("Post map", "")]),
    ],
    "a row that goes on": [
        ("The intern sits at the scope and looks for cracks.", [("Look for cracks", "Intern")]),
        ("Both sign in the ledger.", [("Sign in ledger", "")]),
    ],
    "verbs of the trades": [
        ("The luthier planes the neck and inlays the pearl.", [("Plane neck", "Luthier"), ("Inlay pearl", "Luthier")]),
        ("The bailiff initials the writ.", [("Initial writ", "Bailiff")]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), [case for cases in KINDS.values() for case in cases])
def test_each_kind_of_telling_gives_its_step(words: str, expected: list[tuple[str, str]]) -> None:
    assert framed(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The clerk bakes a loaf in its own oven.", ["Bake loaf in own oven"]),
        ("The clerk takes down the order, so many crates of plums.", ["Take down order"]),
        ("The clerk looks over the harness, frayed straps.", ["Look over harness"]),
        ("The clerk unpacks everything and tips it on the bench.", ["Unpack everything", "Tip file on bench"]),
        ("We call it the blue book.", []),
        ("City hall sends the road works notice.", ["Send road works notice"]),
    ],
)
def test_a_name_holds_what_is_worked_on_and_no_more(words: str, expected: list[str]) -> None:
    assert [name for name, _ in framed(words)] == expected


def test_where_somebody_sits_while_he_tells_is_no_firm() -> None:
    assert ("Weigh crate", "Our team") in framed("I'm in the car, so it's loud. We weigh the crate.")
