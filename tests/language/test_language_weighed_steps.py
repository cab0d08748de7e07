"""Which actions of a told story are steps, by weights; and sentences whose verbs were taken for nouns."""

from __future__ import annotations

import pytest

from assistant.language.offline.meaning.step_cues import cues, whole
from assistant.language.offline.meaning.steps import CUT, FEW, KEPT, least_of, likely, weights
from assistant.language.offline.story import read
from assistant.process.tree import tasks, walk

BINDERY = """
I run the bindery of a small printing house, with Nora and old Falk. My uncle set it up in the sixties.

The library sends the books on Mondays. Nora unpacks the boxes and writes each book in the ledger. Then I look at the
spines. My daughter plays the cello and says I should record the noise of the press. Falk cuts the boards, and Nora
sews the sheets. When the glue is dry I press the gold on the cover. Nora checks every page against the list. If a page
is missing she phones the library and the librarian sends a copy. Falk wraps the books and takes them back on Friday.
I write the bill.

What I'd like is a second press. I saw one at the fair in Leipzig and my wife laughed at the price. The apprentices
take naps in the yard at noon. Last winter a pipe burst and we dried eighty books with hair dryers.
"""


def names(text: str) -> list[str]:
    return [task.name for task in tasks(read(text).process)]


def test_a_teller_keeps_the_work_and_loses_the_talk():
    told = read(BINDERY)
    found = names(BINDERY)
    assert not any(name.startswith("Run ") for name in found)
    assert {"Unpack boxes", "Write book in ledger", "Look at spines", "Cut boards", "Sew sheets"} <= set(found)
    assert {"Press gold on cover", "Check page against list", "Wrap books", "Write bill"} <= set(found)
    assert not any(word in name for name in found for word in ("cello", "naps", "fair", "dry", "Set up"))
    left = " ".join(told.left_out)
    assert "The apprentices take naps in the yard at noon." in left
    assert "I saw one at the fair in Leipzig" in left


def test_weights_take_out_what_no_rule_does():
    rules_alone = read(BINDERY, piece=True)
    assert "Take naps in yard" in [act.name for said in rules_alone.told for act in said.acts()]
    assert "Take naps in yard" not in [act.name for said in read(BINDERY).told for act in said.acts()]


@pytest.mark.parametrize("text", [
    "The baker kneads the dough. The oven breaks down every week, which annoys us a lot. The baker shapes the rolls.",
    "The nurse weighs the child, and two people must sign the form by law. She writes the weight in the card.",
])  # fmt: skip
def test_a_piece_has_the_same_steps_and_no_remarks(text: str) -> None:
    piece, whole = read(text, piece=True).process, read(text).process
    assert piece.flow.items
    assert piece.flow == whole.flow
    assert piece.roles == whole.roles
    assert whole.remarks
    assert not piece.remarks


def test_what_is_told_from_when_on_is_weighed_too():
    text = BINDERY.replace("Falk wraps", "Once she asked a printer in Leipzig he laughed. Falk wraps")
    assert "Ask printer in Leipzig" not in names(text)


def test_what_somebody_gets_or_sees_is_part_of_what_is_done_with_it():
    text = BINDERY.replace("Falk wraps", "Nora gets the green slip from the van and sees the number on it. Falk wraps")
    assert names(text) == names(BINDERY)


def test_what_the_words_of_an_action_mean_is_a_cue():
    from assistant.language.evidence_cues.remarks_heard import asides
    from assistant.language.offline.meaning.roles import RoleBook

    text = "The tanner rinses the hide. The tanner washes the skin. The dean praises the choir."
    told = read(text, piece=True)
    about = asides(text, [(said.span.start, said.span.end) for said in told.told])
    story = whole(text, told.told, RoleBook(), about)
    alike, unlike = story.places[0] @ story.places[1], story.places[0] @ story.places[2]
    assert alike > unlike
    assert cues(story, 0, "")["means 0"] == pytest.approx(4 * float(story.places[0][0]))


def test_a_plain_description_keeps_every_step():
    sentences = [
        "The guard opens the gate.", "The porter brings the crate.", "The clerk counts the bottles.",
        "The apprentices take naps in the yard at noon.", "The brewer tastes the beer.", "The clerk writes the slip.",
        "The driver loads the van.", "The guard closes the gate.", "The clerk files the slip.",
    ]  # fmt: skip
    assert "Take naps in yard" in names(" ".join(sentences))


def test_what_an_aside_was_about_is_not_meant_later():
    glued = BINDERY.replace("Falk cuts the boards", "Then Nora glues it. Falk cuts the boards")
    text = glued.replace("the\nspines", "the spine")
    assert {"Glue spine", "Glue book"} & set(names(text))  # each may be meant; the noise, the aside's thing, is not


def test_what_is_done_again_on_a_condition_stays_a_way_back():
    text = BINDERY.replace("I write the bill.", "If a seam is open, Nora sews the sheets again. I write the bill.")
    found = [type(block).__name__ for block in walk(read(text).process)]
    assert "Loop" in found
    assert names(text).count("Sew sheets") == 1


def test_a_teller_nobody_learnt_from_loses_only_a_part():
    assert least_of([-3.0] * 12 + [-2.0] * 8, 20) == -3.0
    assert least_of([1.0] * 20, 20) == CUT
    ranked = [-float(at) for at in range(1, 11)]
    assert sum(value >= least_of(ranked, 10) for value in ranked) == KEPT * 10
    assert least_of([], 0) == CUT


def test_every_weight_is_that_of_a_cue_a_story_can_have():
    told = read(BINDERY, piece=True)
    assert len(told.told) > FEW
    assert "*" in weights()
    assert likely({"*": 1.0}) == weights()["*"]
    assert likely({"no such cue": 1.0}) == 0.0


def test_an_act_told_again_is_seen():
    from assistant.language.evidence_cues.remarks_heard import asides
    from assistant.language.offline.meaning.roles import RoleBook

    text = "The clerk weighs the parcel. The clerk signs the slip. Later the clerk weighs the parcel."
    told = read(text, piece=True)
    about = asides(text, [(said.span.start, said.span.end) for said in told.told])
    story = whole(text, told.told, RoleBook(), about)
    first, _, again = (cues(story, at, "") for at in range(3))
    assert first["told again"] == 1.0
    assert "told before" not in first
    assert again["told before"] == again["like one before"] == 1.0
    assert first["place first"] == first["own word parcel"] == again["place last"] == 1.0
    assert "own word slip" not in first


def test_what_is_done_elsewhere_and_once_more_is_seen():
    from assistant.language.evidence_cues.remarks_heard import asides
    from assistant.language.offline.meaning.roles import RoleBook

    text = "The clerk weighs the parcel. In Norway a robot weighs the parcel. In May the clerk weighs the parcel again."
    told = read(text, piece=True)
    about = asides(text, [(said.span.start, said.span.end) for said in told.told])
    story = whole(text, told.told, RoleBook(), about)
    here, there, again = (cues(story, at, "") for at in range(3))
    assert there["opens in a place"] == there["own elsewhere"] == again["own once more"] == 1.0
    assert not {"opens in a place", "own elsewhere", "own once more"} & here.keys()


BEHIND = " The porter closes the gate. The clerk writes the list."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A glazier from the next village is here by nine, cuts the pane, fills the groove and sends us the bill.",
         ["Cut pane", "Fill groove", "Send bill"]),
        ("The vet is in the stable at six, weighs the calf and marks the ear.", ["Weigh calf", "Mark ear"]),
        ("The dock men take the crate home.", ["Take crate home"]),
        ("The stage women take the curtain home.", ["Take curtain home"]),
        ("A senior checks the drawing before it goes out.", ["Check drawing"]),
        ("A junior opens the parcel after it is weighed.", ["Open parcel"]),
        ("Then Ruth, she's the cashier, types them into the till.", ["Type into till"]),
        ("Then Marek, he's the smith, sharpens the chisel.", ["Sharpen chisel"]),
        ("The captain completes the log, which the harbour master signs.", ["Complete log", "Sign log"]),
        ("The tailor sews the coat, which the customer collects.", ["Sew coat", "Collect coat"]),
        ("Paul soaks the skin, next morning scrapes it, looks at the grain under the lamp.",
         ["Soak skin", "Scrape skin", "Look at grain under lamp"]),
        ("The keeper and one of us walk to the cage together and count the eggs against the card.",
         ["Count eggs against card"]),
        ("At seven Dr Hansen does the round and decides who needs a scan.", ["Do round", "Decide who needs scan"]),
        ("The painter writes the offer, one for each house, three hundred and something a year.",
         ["Write offer for house"]),
        ("The studio draws the plans, five very clever people.", ["Draw plans"]),
        ("An auditor from outside tests the valves.", ["Test valves"]),
        ("And before he hands them over he measures the tyre.", ["Measure tyre"]),
        ("Ivo layers ceramic.", ["Layer ceramic"]),
    ],
)  # fmt: skip
def test_verbs_that_look_like_nouns(sentence, expected):
    found = names(sentence + BEHIND)
    assert [name for name in found if name in expected] == expected


@pytest.mark.parametrize(
    "sentence",
    ["In the end somebody gets tired.", "Whoever gets fed up first.", "They look clean.", "Three weeks are taken.",
     "The sheets sound hollow."],
)  # fmt: skip
def test_moods_looks_and_times_are_no_work(sentence):
    assert names(sentence + BEHIND) == ["Close gate", "Write list"]


def test_what_has_to_be_done_again_names_its_thing():
    assert "Mend coats" in names("The porter hangs up the coats. Ada mends what has to be mended." + BEHIND)


def test_lines_that_begin_with_an_arrow_are_lines_of_their_own():
    text = "how it runs:\n→ Mia washes the jars\n→ Otto fills the jars\n→ Mia sticks on the labels\n"
    assert names(text) == ["Wash jars", "Fill jars", "Stick on labels"]


def test_what_is_typed_once_more_is_work_of_its_own():
    text = (
        "I run the plant office. Ute takes the form. She types the form into our list, and in the evening"
        " she types it one more time in the portal of the ministry, because the two do not talk to each other. My"
        " brother laughs. Ute prints the label. Olaf fetches the plant. Olaf looks at roots. Olaf washes the"
        " pot. Then Olaf sprays the plant. Ute writes the bill. The gardener pays the bill. Ute files the card. My"
        " aunt bought a palm last year. Then Olaf loads the van. I lock the gate."
    )
    assert "Type form in portal of ministry" in names(text)
