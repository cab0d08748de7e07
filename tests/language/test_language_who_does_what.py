"""Who does what in sentences as people tell them: each pair is a piece of a story and its steps."""

from __future__ import annotations

import pytest

from assistant.language.offline.story import read
from assistant.language.turn.by_rules import read_turn
from assistant.language.turn.kinds import Context, Story
from assistant.process.tree import tasks

CASES = (
    ("Ben opens the file. He writes to the printer and asks what paper they have.",
     ["Ben: Open file", "Ben: Ask printer what paper they have"]),
    ("Ben fills the jar on Mondays.", ["Ben: Fill jar"]),
    ("the customer files the form. customer pays cash or gets a bill.",
     ["Customer: File form", "Customer: Pay cash", "Customer: Get bill"]),
    ("The slip my wife writes sundays.", ["Wife: Write slip"]),
    ("The vet takes the slip. Ben cuts and folds, forty minutes.", ["Vet: Take slip", "Ben: Cut", "Ben: Fold"]),
    ("Ben writes the slip from the list. Ben writes the slip, ten minutes.", ["Ben: Write slip from list"]),
    ("The vet reads the slip. A third is missing. Ben asks for it.", ["Vet: Read slip", "Ben: Ask for slip"]),
    ("Then the mechanic does the repair.", ["Mechanic: Repair"]),
    ("Reception opens the bags and sticks a barcode on every tube.",
     ["Reception: Open bags", "Reception: Stick barcode on tube"]),
    ("The parents send back the slip with the money.", ["Parent: Send back slip with money"]),
    ("When the work's done the firm sends an invoice.", ["Firm: Send invoice"]),
    ("The form is long; above that three quotes have to be obtained, and then the head of sales and the finance "
     "director both have to sign.", [": Obtain three quotes", "Head of sales: Sign"]),
    ("The clerk opens a file. A fitter goes to the house to measure.",
     ["Clerk: Open file", "Fitter: Measure at house"]),
    ("The secretary prints the report, scans it and mails it to the practice.",
     ["Secretary: Print report", "Secretary: Scan report", "Secretary: Mail report to practice"]),
    ("The teacher fills in the form and puts it in the headmaster's tray. He signs it.",
     ["Teacher: Fill in form", "Teacher: Put form in headmaster's tray", "Headmaster: Sign form"]),
    ("Mrs. Okafor in the office books the bus. She writes to the parents.",
     ["Mrs Okafor (office): Book bus", "Mrs Okafor (office): Write to parents"]),
    ("Jonas mills the crown. Then it goes to Mrs Vogt. She builds up the ceramic.",
     ["Jonas: Mill crown", "Mrs Vogt: Build up ceramic"]),
    ("The clerk who opens the post sorts it into trays.", ["Clerk: Sort post into trays"]),
    ("The storeman unpacks the parts, checks them against the note and repacks them.",
     ["Storeman: Unpack parts", "Storeman: Check parts against note", "Storeman: Repack parts"]),
    ("The letters are folded, stuffed into envelopes and stamped by the trainee.",
     ["Trainee: Fold letters", "Trainee: Stuff letters into envelopes", "Trainee: Stamp letters"]),
    ("One technician locks the turbine, and a second one verifies the lock.",
     ["Technician: Lock turbine", "Second technician: Verify lock"]),
    ("The mattress Yusuf inspects by eye.", ["Yusuf: Inspect mattress"]),
    ("The smith wraps the blade in paper with oil.", ["Smith: Wrap blade in paper"]),
    ("The cook fetches the flour in a sack from the miller.", ["Cook: Fetch flour from miller"]),
    ("The baker scrapes the tins at the sink with a knife.", ["Baker: Scrape tins"]),
    ("The nurse compares the label with the list.", ["Nurse: Compare label with list"]),
    ("The fitter replaces the valve with a new one.", ["Fitter: Replace valve with new one"]),
    ("The clerk agrees the date with the customer.", ["Clerk: Agree date with customer"]),
    ("The clerk asks the owner to sign the form.", ["Clerk: Ask owner to sign form"]),
)  # fmt: skip
END = " The manager signs the letter."


def told(text: str) -> list[str]:
    process = read(text + END).process
    names = {role.id: role.name for role in process.roles}
    return [f"{names.get(task.role or '', '')}: {task.name}" for task in tasks(process)][:-1]


@pytest.mark.parametrize("case", CASES, ids=[text[:40] for text, _ in CASES])
def test_who_does_what_is_read_from_a_sentence_as_people_tell_it(case: tuple[str, list[str]]) -> None:
    text, steps = case
    assert told(text) == steps


NOT_DONE = (
    "He never signs what he has made himself.",
    "For the brake pads we have a shelf.",
    "The rule that two adults must come along is from the authority.",
    'Hansen: "by then they have bought it themselves"',
    "Eleven files a week cannot be found.",
    "It's cooled and it's fresh.",
    "This is prescribed by law.",
)


@pytest.mark.parametrize("words", NOT_DONE)
def test_what_only_describes_is_no_step(words: str) -> None:
    assert told(f"The clerk checks the order. {words}") == ["Clerk: Check order"]


def test_notes_with_arrows_and_colons_say_who_does_what() -> None:
    text = (
        "- slip -> team secretary, collects them till Friday\n"
        "- invoice: checked by procurement (against order), then by the store, then by accounts\n"
    )
    steps = told(text + "-")
    assert steps[:2] == ["Team secretary: Collect slip", "Procurement: Check invoice"]


def test_family_that_works_with_the_things_of_the_work_is_at_work() -> None:
    told = (
        "Orders come by phone. My wife writes the orders in a book. The baker bakes the bread. The driver packs the "
        "orders. My aunt knits a jumper. The driver delivers the bread."
    )
    process = read(told).process
    names = {task.name: task.role for task in tasks(process)}
    assert any(name.startswith("Write orders") and role == "wife" for name, role in names.items())
    assert not any("jumper" in name for name in names)


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (
            "My sister takes the order. Petra delivers the flowers. Tom writes the invoice.",
            ["Sister: Take order", "Petra: Deliver flowers", "Tom: Write invoice"],
        ),
        (
            "My wife answers the phone. My son drives the van. I do the books.",
            ["Wife: Answer phone", "Son: Drive van", "Me: Do books"],
        ),
        (
            "I do weddings. My sister takes the order. Petra phones everybody again to agree a date.",
            ["Sister: Take order", "Petra: Agree date"],
        ),
    ],
)
def test_a_family_firm_is_a_firm(words: str, steps: list[str]) -> None:
    assert told(words) == steps


@pytest.mark.parametrize("first", ["My aunt opens the mail.", "The wife takes the order.", "My son bakes the bread."])
def test_a_telling_may_begin_with_family_at_work(first: str) -> None:
    assert isinstance(read_turn(first, Context(empty=True)), Story)


def test_the_next_translator_is_a_translator() -> None:
    words = "The dispatcher gives the job to the next translator on the list. The next translator translates the text."
    assert [role.name for role in read(words).process.roles] == ["Dispatcher", "Translator"]


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (
            "Rita writes the bill, and the owner pays in cash. On Sundays she types all the bills.",
            ["Rita: Write bill", "Owner: Pay in cash", "Rita: Type bills"],
        ),
        (
            "tom fills the tank, the buyer signs. in the evening he counts the cans.",
            ["Tom: Fill tank", "Buyer: Sign", "Tom: Count cans"],
        ),
        (
            "I run a stable. The owner brings the horse. I groom the horse. The owner pays.",
            ["Owner: Bring horse", "Me: Groom horse", "Owner: Pay"],
        ),
        (
            "i am the owner of the garage. the owner brings the car. Ben repairs the car. i write the bill",
            ["Owner: Bring car", "Ben: Repair car", "Me: Write bill"],
        ),
        (
            "I run a bakery. The seller takes the order. I bake the bread.",
            ["Seller: Take order", "Owner: Bake bread"],
        ),
    ],
)
def test_who_owns_the_firm_and_who_owns_the_horse_are_two(words: str, steps: list[str]) -> None:
    assert told(words) == steps
    assert [role.kind for role in read(words).process.roles if role.name == "Me"] in ([], ["person"])


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (
            "The keeper weighs the horse. While the horses are with us the keepers feed them twice a day, walk them, "
            "and clean the boxes.",
            ["Keeper: Weigh horse", "Keeper: Feed horse", "Keeper: Walk horse", "Keeper: Clean boxes"],
        ),
        (
            "The clerk takes the bike. while the bike is with him the mechanics test it. Ann writes the bill",
            ["Clerk: Take bike", "Mechanic: Test bike", "Ann: Write bill"],
        ),
        (
            "The clerk takes the parcel. Whoever has the early shift opens the shop and counts the cash.",
            ["Clerk: Take parcel", "Our team: Open shop", "Our team: Count cash"],
        ),
        (
            "The clerk opens the mail. whoever is free sorts the letters. we answer the letters",
            ["Clerk: Open mail", "Our team: Sort letters", "Our team: Answer letters"],
        ),
    ],
)
def test_who_acts_behind_a_clause_without_a_comma_and_whoever_is_free(words: str, steps: list[str]) -> None:
    assert told(words) == steps
    assert len({role.name for role in read(words).process.roles}) == len(read(words).process.roles)


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (
            "The clerk takes the call. Then the tester, that's a man from the sailing club, goes and checks the pump.",
            ["Clerk: Take call", "Tester: Check pump"],
        ),
        (
            "the clerk takes the call. then the mason, that is an old man from the next village, mixes the mortar",
            ["Clerk: Take call", "Mason: Mix mortar"],
        ),
    ],
)
def test_who_somebody_is_may_be_told_between_him_and_what_he_does(words: str, steps: list[str]) -> None:
    assert told(words) == steps


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("Ann writes the card. Before it goes out the clerk checks whether the guest has paid.",
         ["Ann: Write card", "Clerk: Check whether guest has paid"]),
        ("ann opens the hall. when the bus comes back tom cleans the seats.", ["Ann: Open hall", "Tom: Clean seats"]),
        ("Ann opens the hall. When the parcel comes in the porter weighs it.",
         ["Ann: Open hall", "Porter: Weigh parcel"]),
        ("Ann bakes the cake. Before the cake leaves the shop Tom weighs the cake.",
         ["Ann: Bake cake", "Tom: Weigh cake"]),
    ],
)  # fmt: skip
def test_who_acts_behind_before_and_when_needs_no_comma(words: str, steps: list[str]) -> None:
    assert told(words) == steps
