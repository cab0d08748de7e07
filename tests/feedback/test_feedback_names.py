"""Names of themes: what many say in the same words, else the topic they speak of, at last a comment in quotes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assistant.feedback.phrasing import named_in
from assistant.feedback.shapes import Comment
from assistant.feedback.summary import summarise
from assistant.feedback.titles import Titles, Told
from assistant.feedback.topics import topics


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


def _told(likely: dict[str, float], **known: Any) -> Told:
    shares = np.array([likely.get(topic.id, 0.0) for topic in topics()])
    return Told(shares, **{"praise": 0.0, "trouble": 1.0, "asked": 0.0, **known})


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (_told({"late": 0.6}), "Long waits and delays"),
        (_told({"late": 0.6}, praise=1.0, trouble=0.0), "Quick and on time"),
        (_told({"late": 0.6}, asked=1.0, trouble=0.0), "Questions: waiting times"),
        (_told({"late": 0.6}, praise=0.5, trouble=0.5), "Waiting times, good and bad"),
        (_told({"late": 0.6}, step="Alter dress"), "Alter dress: long waits and delays"),
        (_told({"late": 0.3, "price": 0.1}), "Mostly long waits and delays"),
        (_told({"late": 0.2, "price": 0.15}), "Long waits and delays, too expensive"),
        (_told({"late": 0.2}), "Long waits and delays and other things"),
        (_told({"late": 0.05}, step="Alter dress"), "Alter dress: “Slow, slow”"),
        (_told({"late": 0.05}), "“Slow, slow”"),
    ],
)
def test_a_theme_is_called_by_its_topic_as_surely_as_it_is_known_and_by_a_quote_only_where_nothing_is(
    told: Told, name: str
) -> None:
    texts = ["Slow, slow"]
    assert Titles(texts).title(texts, told) == name


def test_a_shared_thing_is_part_of_the_name_and_no_two_themes_are_called_the_same() -> None:
    texts = ["the dress is late", "when will the dress come", "dress forgotten", "waiting for my dress"]
    titles = Titles([*texts, "rude man", "nice place", "dear pizza"])
    names = [titles.title(texts, _told({"late": 0.6}, step="Order cloth")) for _ in range(3)]
    assert names[0] == "Order cloth: long wait for the dress"
    assert len(set(names)) == len(names)
    assert all(len(name) <= 60 for name in names)


def test_what_one_customer_said_names_no_theme_of_many() -> None:
    texts = [f"The heating is {word}" for word in ("cold", "off", "cold again", "off at night", "cold since May")]
    texts.append("The heating is cold and my uncle plays the tuba")
    theme = summarise([Comment(str(at), text) for at, text in enumerate(texts)]).themes[0]
    assert "heating" in theme.name.lower()
    assert "tuba" not in theme.name


def test_a_quote_is_the_whole_of_a_short_comment_and_says_what_the_name_says() -> None:
    sour = [f"The {what} came at 8.30 and not at seven. Pity." for what in ("sofa", "bed", "chair", "lamp", "shelf")]
    sweet = ["The table came early, wonderful"]
    theme = summarise([Comment(str(at), text) for at, text in enumerate(sweet + sour)]).themes[0]
    assert theme.quotes
    assert {quote.text for quote in theme.quotes} <= set(sour)
