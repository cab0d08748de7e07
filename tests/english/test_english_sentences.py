"""Sentences have places: what says alike lies near, alone or among others, whatever the text holds."""

from __future__ import annotations

import numpy as np

from assistant.english.sentences import MOST_PIECES, pieces_of, sentence_places


def test_what_says_the_same_in_other_words_lies_nearer_than_what_shares_a_word() -> None:
    asked, same, word = sentence_places(
        ["when do I get my money back?", "waiting for a refund", "the back door of the bank"]
    )
    assert asked @ same > asked @ word + 0.1


def test_a_sentence_has_the_same_place_alone_and_among_others() -> None:
    texts = ["late again", "the parcel came late", "", "so kind", "the parcel came late"]
    together = sentence_places(texts)
    assert np.allclose(together[3], sentence_places(["so kind"])[0], atol=1e-5)
    assert np.array_equal(together[1], together[4])
    assert not together[2].any()
    assert np.allclose(np.linalg.norm(together[[0, 1, 3]], axis=1), 1, atol=1e-5)


def test_any_text_is_read_within_its_bound() -> None:
    for text in ("x" * 1_000_000, "😀" * 8000, "word " * 5000, "\u202e=cmd|' /C calc'!A0", "東京 été ÉTÉ"):
        assert len(pieces_of(text)) < MOST_PIECES
        assert np.isfinite(sentence_places([text])).all()
    assert pieces_of("ÉTÉ") == pieces_of("ete")
