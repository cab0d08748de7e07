"""Kinds of telling that lost steps: two sentences a kind."""

from __future__ import annotations

import pytest

from assistant.language.offline.story import read
from assistant.language.reading import read_story
from assistant.process.tree import tasks

ENDED = {
    "on the main line": (
        "The clerk enters the form in the list. On the red list: refused, that's the end. "
        "Then the clerk works out the fee. The boss signs the letter.",
        {"Work out fee", "Sign letter"},
    ),
    "in a branch": (
        "The clerk checks the loan. If the book is here, the clerk lends it out, and that is the end. "
        "The buyer writes to the shop. If the book is not here, the clerk orders it. The porter shelves the book.",
        {"Write to shop", "Shelve book"},
    ),
}


@pytest.mark.parametrize("kind", ENDED)
def test_steps_told_behind_an_end_go_on(kind: str) -> None:
    text, wanted = ENDED[kind]
    assert wanted <= {task.name for task in tasks(read_story(text).process)}


@pytest.mark.parametrize(
    "place", ["the boarding kennels, thirty dogs on a good week", "two small bakeries in town", "a bindery"]
)
def test_what_somebody_runs_is_a_place_of_work_and_no_step_also_in_the_plural(place: str) -> None:
    text = f"I run {place}. Petra writes the booking. The handler weighs the dog. The owner fetches the dog."
    assert [task.name for task in tasks(read_story(text).process)] == ["Write booking", "Weigh dog", "Fetch dog"]


TOLD = {
    "The clerk opens the file. When the key's there I hand the room to a guest.": "Hand room to guest",
    "The porter opens the crate. If the test's good Maria hands out the cards.": "Hand out cards",
    "The clerk opens the file. She thereupon copies the names into the list.": "Copy names into list",
    "The clerk fills in the form. Petra looks on the map whether the road is ours.": "Look on map whether road is ours",
    "The porter opens the crate. You weigh each parcel.": "Weigh parcel",
    "The porter opens the crate. Weigh the crate.": "Weigh crate",
    "The porter opens the crate. Weigh what is left.": "Weigh what is left",
    "The porter opens the crate. Then look at every label: name, date.": "Look at label",
    "The clerk opens the file. The nurse takes the blood, results next morning.": "Take blood",
    "The clerk counts the sheets. Those I throw out.": "Throw out sheets",
    "The clerk opens the file. She then X-rays a sample.": "X-ray sample",
    "The clerk opens the file. Bruno does the contract.": "Do contract",
    "The clerk opens the file. The owner has the boat re-rigged.": "Have boat re-rigged",
    "The clerk opens the file. The smith breaks the seal.": "Break seal",
    "The clerk opens the file. The cook reads the thermometer morning and night.": "Read thermometer",
    "The clerk opens the file. First to Mr Lind on the second floor, who searches the registers.": "Search registers",
    "The clerk opens the file. The bailiff calls on the tenant.": "Call on tenant",
    "The clerk opens the file. Ask where it was bought.": "Ask where it was bought",
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_work_told_in_passing_is_read_by_its_name(text: str) -> None:
    assert TOLD[text] in {act.name for said in read(text, piece=True).told for act in said.acts()}


def test_should_he_find_one_is_a_condition() -> None:
    said = read("The clerk opens the box. Should she find a knife, she locks it away.", piece=True).told[1]
    assert [item.kind for item in said.items] == ["if", "act"]


IT = {
    "of the same number": "The tailor measures the coat. The buttons lie in a drawer. Then the tailor presses it."
    " The coat goes on a rail.",
    "not who does it": "The nurse wraps the bandages. The laboratory boils them.",
}


@pytest.mark.parametrize(
    ("text", "name"), [(IT["of the same number"], "Press coat"), (IT["not who does it"], "Boil bandages")]
)
def test_it_is_the_likeliest_of_the_things_told_of(text: str, name: str) -> None:
    assert name in {task.name for task in tasks(read_story(text).process)}


NOTES = {
    "Nurse checks and signs the form (5 min)": [("Check form", "Nurse"), ("Sign form", "Nurse")],
    "Cook peels and chops the onions": [("Peel onions", "Cook"), ("Chop onions", "Cook")],
    "Clerk weighs and labels the parcel": [("Weigh parcel", "Clerk"), ("Label parcel", "Clerk")],
    "Nurse watches the animal wake up (90 min)": [("Watch animal wake", "Nurse")],
}


@pytest.mark.parametrize("note", NOTES)
def test_a_note_says_who_does_both_of_two_things(note: str) -> None:
    process = read_story(f"How we work\n\n- Owner brings the animal\n- {note}\n- Clerk writes the bill\n").process
    done = [(task.name, getattr(process.role(task.role or ""), "name", "")) for task in tasks(process)]
    assert done[1:-1] == NOTES[note]


def test_a_place_of_work_does_plain_work_as_people_do() -> None:
    text = "Anna opens the letter. She signs the form. The clinic tests the blood. The station washes the soil."
    assert {"Test blood", "Wash soil"} <= {task.name for task in tasks(read_story(text).process)}


KINDS = {
    "A guest leaves the tumbler on the bar and the cook carries it up.": ["Leave tumbler on bar", "Carry up tumbler"],
    "The guest puts the strainer in the sink and the cook washes it.": ["Put strainer in sink", "Wash strainer"],
    "The boiler gets cleaned by us. Then the smith weighs it.": ["Clean boiler", "Weigh boiler"],
    "Tom brings the coat. It comes in the door, and Ann washes it.": ["Bring coat", "Wash coat"],
    "The form is passed to the Tax Liaison, which checks the sums.": ["Pass form to Tax Liaison", "Check sums"],
    "The plan is sent to the Fire Desk, which examines the exits. Then it is sent to the Art Desk, which stamps it.": [
        "Send plan to Fire Desk", "Examine exits", "Send plan to Art Desk", "Stamp plan",
    ],
    "The tenant posts the form. She can also fax the form or drop it in the box.": ["Post form"],
    "The rider sends the log. He may also hand it to the porter.": ["Send log"],
    "The nurse packs the bag. She can also give the patient a leaflet.": ["Pack bag", "Give leaflet to patient"],
    "We count the tickets that came back, and lock the safe.": ["Count tickets", "Lock safe"],
    "The nurse compares the chart with the patients that arrived, and signs the list.": [
        "Compare chart with patients", "Sign list",
    ],
    "The porter packs the trunk, and someone who did not pack it locks the trunk.": ["Pack trunk", "Lock trunk"],
    "Leak test, one hour, that's the rule.": ["Test leak"],
    "Second thing, brake check, ten minutes.": ["Check brake"],
    "Delivery, two days.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", KINDS)
def test_who_gets_it_what_it_is_and_who_else_does_it_is_heard(text: str) -> None:
    told = read(f"The clerk opens the file. {text}", piece=True).told[1:]
    assert [act.name for said in told for act in said.acts()] == KINDS[text]


NOTED = {
    "The porter brings the crates. Then rinsed, then dried, then Joe counts them.": [
        "Bring crates", "Rinse crates", "Dry crates", "Count crates",
    ],
    "Tom brings the rug. First washed, then pressed, then when Eva folds it, the fitter opens the lid.": [
        "Bring rug", "Wash rug", "Press rug", "Fold rug", "Open lid",
    ],
    "Petra answers with an offer.": ["Send offer"],
    "The broker responds with a contract.": ["Send contract"],
    "The customer gets a letter saying refused.": ["Send letter to customer"],
    "The applicant receives a bill.": ["Send bill to applicant"],
    "Every suit gets the same fitting slot with Petra.": ["Fit suit"],
    "All bikes get a brake check by Joe.": ["Check bikes"],
    "Every parcel gets a stamp.": ["Give stamp to parcel"],
    "I am in the van, so if it goes quiet that's the ferry.": [],
    "If the bell rings it's the goods lift, never mind.": [],
    "We test the jars one by one.": ["Test jars"],
    "The binder counts the sheets, page by page, and glues them.": ["Count sheets", "Glue sheets"],
    "Takes ages and stinks.": [],
    "Then she asks the lab (= Pia, mornings + fri only) if the blood is in.": ["Ask lab whether blood is in"],
}  # fmt: skip


@pytest.mark.parametrize("text", NOTED)
def test_notes_without_a_doer_and_turns_of_phrase_are_the_plain_steps(text: str) -> None:
    told = read(f"The clerk knocks. {text}", piece=True).told[1:]
    assert [act.name for said in told for act in said.acts()] == NOTED[text]
    assert text.startswith("Then she asks") or not any(item.kind == "if" for said in told for item in said.items)


@pytest.mark.parametrize("words", ["About 6 in 100 come back damaged", "Every tenth comes back torn"])
def test_what_comes_back_in_pieces_is_no_way_back(words: str) -> None:
    told = read(f"The clerk checks the drill. {words}, we lost a lot of money. The clerk files the card.").told
    assert not any(item.kind == "back" for said in told for item in said.items)


def test_a_share_of_hires_are_things_and_nothing_is_hired() -> None:
    said = read("The clerk opens the file. 8 of 10 hires are schools, and Petra packs them.", piece=True).told[1]
    assert [item.condition.text for item in said.items if item.condition] == ["hires are schools"]


def test_somebody_who_asks_first_is_the_customer() -> None:
    process = read_story("Somebody mails a list to us. Ann packs the box. Tom drives it to the shop.").process
    assert "Customer" in {role.name for role in process.roles} | {each.name for each in process.customers}


@pytest.mark.parametrize("words", ["Joe orders the parts together", "We cook the soup together"])
def test_what_is_done_together_is_no_other_deed(words: str) -> None:
    told = read(f"The clerk knocks. {words}. Ann glues the box together.", piece=True).told[1:]
    names = [act.name for said in told for act in said.acts()]
    assert names in (["Order parts", "Glue together box"], ["Cook soup", "Glue together box"])
