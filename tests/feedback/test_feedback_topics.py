"""General topics of comments: told by the sentence where texts are few, by words where they are many."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.feedback.corpus import corpus_of
from assistant.feedback.learnt import Meant
from assistant.feedback.shapes import Comment
from assistant.feedback.summary import summarise
from assistant.feedback.topics import likely, topics

SAID = {
    "way": "Nowhere to leave the car, drove round the block five times",
    "reply": "I phoned and phoned, nobody ever picked up",
    "food": "The soup was cold and the coffee undrinkable",
    "manners": "The woman at reception was rude and unfriendly",
    "clean": "The toilets were filthy and it smelled",
}


@pytest.mark.parametrize("read", [True, False])
def test_which_topic_a_plain_comment_speaks_of_is_told_with_and_without_reading_it(read: bool) -> None:
    meant = corpus_of([Comment(id_, text) for id_, text in SAID.items()]).meant
    shares = likely(meant if read else Meant(meant.texts), np.arange(len(SAID)))
    assert [topics()[at].id for at in shares.argmax(axis=1)] == list(SAID)
    assert np.allclose(shares.sum(axis=1), 1)


def test_two_severe_comments_are_a_theme_of_their_own_beside_larger_ones() -> None:
    texts = ["The ladder broke and my wife had to go to hospital", "The ladder fell on my foot and I broke two toes"]
    texts += [f"{who} waited weeks for the {what}" for who in ("We", "I", "Mum") for what in ("sofa", "lamp", "bed")]
    texts += [f"The {what} was far too expensive" for what in ("sofa", "lamp", "bed", "desk", "chair", "rug")]
    texts += [f"Nobody answers my mails about the {what}" for what in ("sofa", "lamp", "bed", "desk", "chair", "rug")]
    texts += [f"The {who} was so rude to me" for who in ("driver", "man", "girl", "boss", "fitter", "lady", "clerk")]
    found = summarise([Comment(str(at), text) for at, text in enumerate(texts)])
    worst = max(found.themes, key=lambda theme: theme.severity)
    assert set(worst.members) == {"0", "1"}
