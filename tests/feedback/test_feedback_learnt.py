"""What words mean, and what was learnt from lines: the moment a comment speaks of and how it feels."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.english.meanings import placed
from assistant.feedback.corpus import corpus_of
from assistant.feedback.learnt import Meant, learnt
from assistant.feedback.links import Linker
from assistant.feedback.moments import moment_names
from assistant.feedback.nearness import beyond_usual
from assistant.feedback.shapes import Comment
from assistant.feedback.texts import Texts
from assistant.process.codec import from_data


def meant(*texts: str) -> Meant:
    found = Texts()
    for text in texts:
        found.append(text.lower().split())
    return Meant(found)


def test_words_that_mean_alike_lie_near_one_another() -> None:
    sofa, couch, invoice, unknown = placed(["sofa", "couch", "invoice", "xqzzy"])

    def alike(one: np.ndarray, other: np.ndarray) -> float:
        return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    assert alike(sofa, couch) > alike(sofa, invoice) + 0.2
    assert not unknown.any()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("forty minutes on hold and nobody picked up", "reach"),
        ("the card reader would not take my card", "pay"),
        ("someone stole my bicycle from your cellar", "theft"),
        ("nowhere to park and no lift", "premises"),
    ],
)
def test_the_moment_is_told(text: str, moment: str) -> None:
    by = meant(text)
    assert by.by.moments[int(by.moments(np.array([0]))[0].argmax())] == moment


def test_a_text_says_the_same_alone_and_among_others() -> None:
    texts = ("the parcel came late", "", "so kind and gentle", "xqzzy")
    together = meant(*texts)
    rows = np.array([2, 0])
    alone = np.vstack([meant(texts[row]).moments(np.array([0])) for row in rows])
    assert np.allclose(together.moments(rows), alone, atol=1e-5)


def test_every_moment_that_was_learnt_is_one_of_the_table() -> None:
    assert set(learnt().moments) <= set(moment_names())


def test_what_holds_no_word_that_judges_is_judged_by_its_meaning_and_praise_is_no_harm() -> None:
    texts = (
        "Rang eleven times on Monday morning, engaged each time.",
        "Strong as oxen and gentle with the old clock",
        "Lovely nurse, she saw I was bleeding and looked after me so gently",
        "There was glass in my soup and I had to go to hospital",
        "Do you take new customers at the moment?",
    )
    found = corpus_of([Comment(str(at), text) for at, text in enumerate(texts)])
    assert [row.kind for row in found.judged] == ["complaint", "praise", "praise", "complaint", "question"]
    assert list(found.severity) == [1, 0, 0, 3, 0]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("rang a dozen times and then somebody hung up on me", "answer_phone"),
        ("they want a third more than the estimate said and nobody can say for which hours", "write_invoice"),
        ("ended up on the neighbour's doorstep in the pouring rain", "deliver_goods"),
        ("no place for my car anywhere near you", ""),
        ("lovely folks, all of you, keep going", ""),
    ],
)
def test_a_comment_that_is_read_is_tied_to_its_step_without_a_word_of_it_or_to_none(text: str, step: str) -> None:
    names = ("Answer phone", "Write invoice", "Deliver goods", "Sign contract", "Check in guest")
    flow = {"sequence": [{"task": {"id": name.lower().replace(" ", "_"), "name": name}} for name in names]}
    process = from_data({"schema": "process/1", "name": "Work", "flow": flow})
    ties = Linker(process).ties(Meant(meant(text).texts, [text]))
    assert ties.links[0].step == step
    assert ties.shares.shape == (1, len(names) + 1)
    assert np.isclose(ties.shares.sum(), 1)


def test_comments_too_many_to_be_read_are_tied_by_what_is_spoken_of_at_steps_like_theirs() -> None:
    names = ("Alter garment", "Collect fare", "Sign contract")
    flow = {"sequence": [{"task": {"id": name.lower().replace(" ", "_"), "name": name}} for name in names]}
    linker = Linker(from_data({"schema": "process/1", "name": "Work", "flow": flow}))
    others = ["it was a grey day and my dog slept"] * 30
    links = linker.ties(meant("the seam is crooked and a button came off at the zip", *others)).links
    assert links[0].step == "alter_garment"
    assert {link.step for link in links[1:]} == {""}


def test_what_all_comments_sound_like_tells_none_from_another_but_one_alone_keeps_what_it_says() -> None:
    alone = beyond_usual(np.array([[2.0, 1.0]]))
    many = beyond_usual(np.array([[2.0, 1.0]] * 200 + [[2.0, 3.0]]))
    assert alone[0, 0] > alone[0, 1]
    assert abs(many[0]).max() < 0.25
    assert many[-1].argmax() == 1
