"""Sentences with every irregular verb of work, told plainly, as a passive and in the past: a step or a note, never
silence."""

from __future__ import annotations

import pytest

from assistant.english.classes import verbs
from assistant.english.forms import participle, past, third_person
from assistant.english.tables import classed, rows
from assistant.language.reading import Reading, read_story
from assistant.process.tree import tasks

pytestmark = pytest.mark.usefixtures("meanings_unread")
PRIVATE = classed("reading", "private")  # "they eat cake" is no step
IRREGULAR = sorted({base for base, form, *_ in rows("irregular") if form in ("ed", "en")} & verbs("work") - PRIVATE)


def read(sentence: str) -> Reading:
    return read_story(f"{sentence} The manager signs the contract.")


def test_the_suite_is_over_the_whole_table() -> None:
    assert len(IRREGULAR) >= 150


@pytest.mark.parametrize("verb", IRREGULAR)
def test_an_irregular_verb_makes_a_step_and_in_the_past_a_step_or_a_note(verb: str) -> None:
    for sentence in (f"The clerk {third_person(verb)} the part.", f"The part is {participle(verb)} by the clerk."):
        names = [task.name.lower() for task in tasks(read(sentence).process)]
        assert any(verb in name.split() for name in names), f"{sentence} gave {names}"
    told = read(f"The clerk {past(verb)} the part.")
    noted = any(f"The clerk {past(verb)} the part" in note for note in told.notes)
    assert noted or len(list(tasks(told.process))) == 2


SENTENCES = """
The insurer has underwritten the policy.
The invoice was transmitted to the tax office by the bookkeeper.
The goods were resold by the dealer.
The letter was rewritten by the secretary.
The account is frozen by the bank.
The application was withdrawn by the applicant.
The samples are ground by the laboratory.
The visit was overseen by the foreman.
The keys are withheld by the landlord.
The claims are dealt with by the clerk.
The parcels are bound by the packer.
The password is reset by the help desk.
The machine is rewound by the mechanic.
The tenders are sought by the buyer.
The texts are proofread by the editor.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_work_is_never_passed_over_in_silence(sentence: str) -> None:
    told = read(sentence)
    assert len(list(tasks(told.process))) == 2 or any(sentence.rstrip(".") in note for note in told.notes)
