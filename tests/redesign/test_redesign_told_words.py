"""Findings that rest on the teller's words: quoted, tied to practices, sized only where a figure was given."""

from __future__ import annotations

import json

import pytest
from redesign_kit import process as tree
from redesign_kit import quick

from assistant.cli.main import main
from assistant.evals.suites.reading import story_file
from assistant.language.offline.story import read
from assistant.language.reading import read_story
from assistant.process.figures import agreeing
from assistant.process.remarks import Remark
from assistant.redesign.brief import brief_of
from assistant.redesign.detectors.causes import waits
from assistant.redesign.detectors.meanings import MEANINGS
from assistant.redesign.detectors.told_waits import told_at_length
from assistant.redesign.engine import redesign
from assistant.redesign.estimates import complete
from assistant.redesign.findings import find, find_in, thresholds
from assistant.redesign.proposals import offers
from assistant.redesign.software import suited
from assistant.redesign.view import View
from assistant.reports.evidence import findings
from assistant.reports.terminal import summary

SMALL = {"cases": 40, "replications": 3}
OFFICE = (
    "The clerk registers the claim. The clerk checks the form. The surveyor inspects the roof. "
    "The lawyer reads the contract. The manager signs the claim. {} The cashier pays the claim. "
    "The clerk writes the weekly list. {}"
)


def found(first: str = "", last: str = "") -> list:
    return find(read(OFFICE.format(first, last)).process)


@pytest.mark.parametrize(
    ("first", "last", "code", "name"),
    [
        ("Of the last 500 claims she turned down three.", "", "H22", "Sign claim"),
        ("", "Nobody has read the weekly list in years.", "H05", "Write weekly list"),
        ("", "The surveyor and the lawyer need nothing from each other.", "H10", "Inspect roof"),
        ("", "Nobody is responsible for the whole claim.", "H19", "Register claim"),
    ],
)
def test_what_is_said_becomes_a_finding_with_its_words(first: str, last: str, code: str, name: str):
    text = OFFICE.format(first, last)
    process = read(text).process
    names = {task.id: task.name for task in process.flow.items}
    one = next(one for one in find(process) if code in one.practices and one.quotes)
    assert name in [names.get(element) for element in one.elements]
    assert [text[quote.start : quote.end] for quote in one.quotes] == [first or last]
    assert "told:" in one.because[-1].text


def test_what_the_law_asks_for_is_not_called_needless():
    text = OFFICE.format("That is required by law. She has never refused a claim.", "")
    assert not [one for one in find(read(text).process) if one.kind == "habitual_approval"]


def test_a_name_left_out_in_the_telling_is_no_finding():
    text = OFFICE.format("", "") + " The letter is posted."
    assert "unowned_step" not in {one.kind for one in find(read(text).process)}


def test_independent_steps_are_done_at_once_on_the_tellers_word():
    text = OFFICE.format("", "The surveyor and the lawyer need nothing from each other.")
    done = redesign(read(text).process, brief=brief_of({"story": text, **SMALL}))
    assert [one for one in done.proposals if one.proposal.practice == "H10"]


def test_no_proposal_vanishes_and_all_findings_quote(tmp_path, capsys: pytest.CaptureFixture[str]):
    story = tmp_path / "claims.txt"
    text = OFFICE.format("Of the last 500 claims she turned down three.", "Nobody has read the weekly list in years.")
    story.write_text(text, encoding="utf-8")
    assert main(["redesign", str(story), "--json", "--cases", "40", "--replications", "3"]) == 0
    told = json.loads(capsys.readouterr().out)
    for finding in told["findings"]:
        assert finding["quotes"]
        for quote in finding["quotes"]:
            assert text[quote["start"] : quote["end"]] == quote["text"]
    assert {row["kind"] for row in told["remarks"]} >= {"empty_approval", "unused_result"}
    taken = {one["id"] for alternative in told["alternatives"] for one in alternative["proposals"]}
    fates = {one["id"]: one for one in told["proposals"]}
    assert taken <= set(fates)
    assert {one["became"] for one in fates.values()} <= {"adopted", "other alternative", "question", "refused"}
    assert all(one["reason"] or one["where"] for one in fates.values())


def test_the_titles_of_findings_agree_in_number_with_their_steps():
    one, two = (agreeing(MEANINGS["one_person"].title, n).format(steps="X") for n in (1, 2))
    assert (one, two) == ("X waits for one person", "X wait for one person")
    assert not [meaning.kind for meaning in MEANINGS.values() if "<" in agreeing(meaning.title, 2)]
    text = (
        "The clerk checks the order. The manager approves the order. The manager signs the contract. Approving the "
        "order and signing the contract always wait for one person, Mr Miller, and when he is away nobody can do it."
    )
    found = quick(read_story(text).process, story=text).findings
    titles = [one.title for one in found if one.kind == "one_person"]
    assert titles
    assert [title for title in titles if " and " in title and " waits " in title] == []


def test_a_wait_is_no_finding_where_an_outspoken_teller_does_not_complain_of_it() -> None:
    told = "The clerk opens the file. The cheese lies four weeks before the master tastes it. The clerk sends the bill."
    process = read_story(told).process
    beside = tuple(
        Remark(id=f"remark_{n}", kind="cost", elements=("send_bill",), text="It costs 3 euros.") for n in range(6)
    )
    kinds = [{one.kind for one in find(process.model_copy(update={"remarks": said}))} for said in ((), beside)]
    assert "long_wait" in kinds[0] - kinds[1]


def test_a_wait_nobody_named_is_told_by_the_step_that_follows_for_the_case() -> None:
    told = (
        "The clerk opens the file. If the customer is abroad, the clerk writes a letter and waits two weeks. "
        "After that the manager signs the contract."
    )
    titles = [finding.title for finding in quick(read_story(told).process, story=told).findings]
    assert any("Sign contract" in title for title in titles if "wait" in title)
    assert not any("goes on" in title or "“Wait”" in title for title in titles)


def test_what_is_collected_is_one_finding_whether_told_or_seen() -> None:
    told = (
        "The customer sends an order. The clerk types the order, 10 minutes. Orders are collected and the buyer buys "
        "the parts every Thursday, all together. The mechanic mounts the parts, one hour. We get 10 orders a week."
    )
    found = quick(read_story(told).process, story=told).findings
    runs = [one for one in found if one.kind == "batched" or one.details.get("cause") == "batching"]
    assert len(runs) == 1
    assert runs[0].quotes


def test_no_software_does_what_takes_somebody_at_the_place() -> None:
    told = (
        "Repairs in our housing association. A tenant rings the hotline or writes a mail, the hotline girl takes it "
        "down and opens a ticket. Every ticket goes to the caretaker first, who drives out and has a look. He can fix "
        "about 40% of things himself. For everything else he writes a note, and the technical office calls a firm. "
        "The firm sends an invoice, then accounting pays. In total some 9,000 tickets a year, six caretakers."
    )
    result = quick(read_story(told).process, story=told)
    titles = [proposal.title for one in result.alternatives for proposal in one.proposals]
    titles += [fate.proposal.title for fate in result.proposals]
    assert titles
    assert not [title for title in titles if "software" in title.lower() and "Drive" in title]


def test_a_step_that_stands_twice_is_named_once_and_its_verb_is_in_number() -> None:
    assert MEANINGS["one_person"].titled(["Cut frame", "Cut frame"]) == "Cut frame waits for one person"


AT_LENGTH = (
    "The clerk opens the parcel. She writes the number into the list. The tester cleans the meter. {} The tester tests "
    "the meter on the bench. The chief signs the sheet. The clerk packs the meter. The carrier fetches the crate. My "
    "brother has a bakery. It smells nice there. The street is quiet. "
    "My aunt liked it too. It was hot in July. Nobody minds. The bus is blue. Rain is good. It is late. "
    "Ask my cousin. The clerk closes the order. That is all."
)


@pytest.mark.parametrize(
    ("told", "lies"),
    [("He dries the meter for six days.", False), ("On average it lies on the rack for six days.", True)],
)
def test_days_told_at_length_are_a_wait_only_where_somebody_says_so(told: str, lies: bool):
    text = AT_LENGTH.format(told)
    view = View(complete(read(text).process, None).process, thresholds(None), story=text)
    assert bool(waits(view)) is lies
    assert not any("between two roles" in one.title for one in find_in(view))
    assert not list(suited(view, ())), "nobody said that software could do a step"


@pytest.mark.parametrize(("chance", "title"), [(0.9, "Pay claim waits for one person"), (0.3, "Cases wait for one")])
def test_a_step_that_is_hardly_meant_is_not_named_but_asked_about(chance: float, title: str):
    process = read(OFFICE.format("", "")).process
    said = Remark(id="said", kind="one_person", elements=("pay_claim",), placed=(chance,), text="Only he may do it.")
    view = View(complete(process.model_copy(update={"remarks": (said,)}), None).process, thresholds(None))
    (one,) = [one for one in find_in(view) if one.kind == "one_person"]
    assert one.title.startswith(title)
    which = [asked.text for asked in offers(view, [one]).questions if "which step is that" in asked.text]
    assert bool(which) == (chance < 0.5)


def test_what_is_only_asked_about_is_no_finding_on_screen():
    likely = Remark(id="r1", kind="unused_result", elements=("a",), text="It goes on a pile.", sure=False, likely=0.4)
    sure = likely.model_copy(update={"id": "r2", "kind": "typed_again", "sure": True, "likely": 0.9, "text": "Again."})
    office = tree("flow: [{task: {id: a, name: Enter order}}, {task: {id: b, name: Send order}}]")
    result = quick(office.model_copy(update={"remarks": (likely, sure)}))
    shown = findings(result)
    first = shown["shown"][0]
    assert first["title"].endswith("is typed again")
    assert first["confidence"] == "sure"
    assert all("perhaps" not in one["title"] for one in shown["shown"])
    assert ["It goes on a pile" in line for line in shown["perhaps"]] == [True]
    assert "a word from you settles each:\n  - You said “It goes on a pile.”" in summary(result)


def test_what_the_teller_says_of_waiting_in_the_whole_stands_though_nobody_complains():
    aside = "My brother has a bakery. It smells nice. The street is quiet. My aunt liked it. It was hot in July. "
    text = f"{story_file('telecom').read_text('utf-8')} {aside * 4}"
    view = View(complete(read(text).process, None).process, thresholds(None), story=text)
    assert told_at_length(view)
    assert find_in(view)[0].kind == "low_flow_efficiency"


def test_the_name_of_a_step_alone_makes_no_typing_again_of_what_is_told_at_length():
    short = "The board sends the exam. The reader transcribes the exam into braille. The binder binds the copies. "
    aside = "My brother has a bakery. It smells nice. The street is quiet. My aunt liked it. It was hot in July. "
    told = [{one.kind for one in find_in(View(read(text).process, thresholds(None), story=text))}
            for text in (short, short + aside * 4)]  # fmt: skip
    assert ["rekeyed_document" in kinds for kinds in told] == [True, False]


def test_a_question_is_asked_once():
    check = "{task: {id: ID, name: Check form, is_control: true}}"
    office = tree(
        f"flow: [{check.replace('ID', 'a')}, {{task: {{id: b, name: File form}}}}, {check.replace('ID', 'c')}]"
    )
    asked = [question.text for question in quick(office).questions]
    assert asked.count("How often does “Check form” find something wrong?") == 1


FRAMES = (
    "My grandfather founded the frame shop in 1931. He had a dog that slept in the window. People bring us a picture. "
    "Forty pictures a day come in. Lena measures the picture. It smells of glue in here, and I like that. "
    "There are two joiners in the shop. The joiner cuts the frame, three hours a frame. {} My wife says that I talk "
    "too much. The summer was wet. We had a film crew in the yard once. Lena puts the picture in the frame. "
    "Then she calls the customer. The town wants to move the market."
)


@pytest.mark.parametrize(
    ("said", "claimed"), [("", False), ("The frames pile up in front of the joiner, who cannot keep up.", True)]
)
def test_an_unlikely_load_is_asked_about_unless_the_teller_speaks_of_it(said: str, claimed: bool):
    text = FRAMES.format(said)
    view = View(complete(read(text).process).process, thresholds(None), story=text)
    loads = [one for one in find_in(view) if one.kind == "overloaded_role" and not one.details.get("asked")]
    assert bool(loads) is claimed


WITH_HIDES = (
    "The farmer brings the hides. My uncle had a parrot. The river is low. The tanner soaks the hides. {} "
    "The tanner scrapes the hides. "
    "He looks at each of them twice{}. The town built a bridge. The clerk calls the farmer{}. "
    "The roof leaks. The mayor is new. {}"
)
CONTENT = WITH_HIDES.format(
    "A visitor asked why they collect them in the yard till Thursday and then soak them all in one go. Lime needs two "
    "days, and nobody has ever waited for a hide. A tanner over the border took them out early, and half went bad.",
    ", and twice last year the two looks differed",
    " the same evening",
    "There were two complaints, both about the smell.",
)
PLAIN = WITH_HIDES.format(
    "They collect them in the yard till Thursday and then soak them all in one go. My aunt keeps bees. A tanner over "
    "the border has a bigger yard.",
    "",
    "",
    "It rained in May.",
)


@pytest.mark.parametrize(("text", "asks"), [(CONTENT, False), (PLAIN, True)])
def test_somebody_content_is_not_asked_what_hurts(text: str, asks: bool):
    assert bool(find_in(View(read(text).process, thresholds(None), story=text))) is asks


def test_work_that_has_to_be_done_is_put_under_no_limit_of_approval() -> None:
    told = (
        "The customer rings, Lena writes the booking in a book. In the evening she types the bookings into the "
        "computer, half an hour altogether. My brother checks the bike, ten minutes, and hands it over. One in ten "
        "bikes comes back with a flat tyre, then I mend it, twenty minutes. Lena writes the bills at the end of the "
        "month and my brother signs every one of them, he has never found a mistake. We get 15 bookings a day."
    )
    made = quick(read(told).process, story=told)
    assert any(finding.kind == "habitual_approval" for finding in made.findings)
    titles = [proposal.title for alternative in made.alternatives for proposal in alternative.proposals]
    assert not [title for title in titles if "only above it" in title and "Sign" not in title]
