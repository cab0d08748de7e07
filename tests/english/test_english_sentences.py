"""Sentences have places: what says alike lies near, alone or among others, whatever the text holds."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.english import sentences
from assistant.english.sentences import MOST_PIECES, WIDTH, pieces_of, sentence_places


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


def test_what_was_read_before_is_not_read_again_and_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_kept", {})
    monkeypatch.setattr(sentences, "MOST_KEPT", 2)
    read: list[list[str]] = []
    monkeypatch.setattr(sentences, "_read", lambda texts: [read.append(list(texts)), np.ones((len(texts), WIDTH))][1])
    for texts in (["a", "b"], ["b", "c", "b"], ["a", "c"], []):
        places = sentence_places(texts)
        assert places.shape == (len(texts), WIDTH)
        places += 1  # whoever asked may write over them
    assert [texts for texts in read if texts] == [["a", "b"], ["c"], ["a"]]
    assert (sentence_places(["a"]) == 1).all()
    assert len(sentences._kept) == 2


def test_any_text_is_read_within_its_bound() -> None:
    for text in ("x" * 1_000_000, "😀" * 8000, "word " * 5000, "\u202e=cmd|' /C calc'!A0", "東京 été ÉTÉ"):
        assert len(pieces_of(text)) < MOST_PIECES
        assert np.isfinite(sentence_places([text])).all()
    assert pieces_of("ÉTÉ") == pieces_of("ete")
