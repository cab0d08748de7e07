"""Names of themes: a verb with its object or a noun phrase somebody would say, else a typical comment in quotes."""

from __future__ import annotations

import pytest

from assistant.feedback.phrasing import named_in
from assistant.feedback.shapes import Comment
from assistant.feedback.summary import summarise


@pytest.mark.parametrize(
    ("clause", "words", "name"),
    [
        ("please send it as soon as possible", "soon as possible", ""),
        ("how long til my parcel arrives", "long til", ""),
        ("the hall smells of paint", "smells of paint", "smells of paint"),
        ("how do i return my helmet", "return my helmet", "return my helmet"),
        ("we could not log in", "not log in", "could not log in"),
        ("nobody reads the letters", "reads the letters", "nobody reads the letters"),
        ("the site throws me out", "site throws", "site throws me out"),
        ("a couple of weeks noticed", "couple of weeks", ""),
        ("i got the wrong invoice number", "wrong invoice", ""),
        ("i got the wrong invoice number", "wrong invoice number", "wrong invoice number"),
        ("how long does delivery take from spain", "delivery take from spain", ""),
    ],
)
def test_a_run_of_words_is_a_name_only_where_it_reads_as_one(clause: str, words: str, name: str) -> None:
    assert named_in(clause, words) == name


def test_without_a_common_phrase_the_theme_is_called_by_a_typical_comment_in_quotes() -> None:
    texts = ["Slow, slow", "Slow!", "So slow here", "Too slow", "Slow as ever"]
    theme = summarise([Comment(str(at), text) for at, text in enumerate(texts)]).themes[0]
    assert theme.name[0] == "“"
    assert theme.name[-1] == "”"
    assert any(theme.name[1:-1] in text for text in texts)


def test_what_one_customer_said_names_no_theme_of_many() -> None:
    texts = [f"The heating is {word}" for word in ("cold", "off", "cold again", "off at night", "cold since May")]
    texts.append("The heating is cold and my uncle plays the tuba")
    theme = summarise([Comment(str(at), text) for at, text in enumerate(texts)]).themes[0]
    assert "heating" in theme.name.lower()
    assert "tuba" not in theme.name
