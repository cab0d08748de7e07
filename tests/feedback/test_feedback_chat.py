"""Comments of customers in a conversation: taken in, asked about, weighed by proposals; figures and quotes hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import told

from assistant.chat.turn import Talk

STORY = (
    "The customer sends the goods back. The returns clerk inspects the goods for 20 minutes. Then accounting pays the "
    "refund, 10 minutes, after waiting three days. Then the clerk informs the customer."
)
ROWS = [
    "Waited three weeks for the refund", "The refund never came", "Where is my refund?", "Refund took ages, awful",
    "Nice people at the counter", "Friendly staff", "Staff was friendly and quick", "Staff friendly as always",
    "The charger burned my hand", "I will take you to court if my refund does not come", "Parcel came late",
    "The parcel arrived two weeks late", "Parcel late again, call Mr Miller on 0171 2345678",
]  # fmt: skip


@pytest.fixture
def talk(tmp_path: Path):
    file = tmp_path / "comments.csv"
    file.write_text("id,comment\n" + "".join(f'k{n},"{row}"\n' for n, row in enumerate(ROWS)))
    with told(tmp_path / "home", STORY) as talk:
        talk.turn(f"comments {file}")
        yield talk


def said(talk: Talk, words: str) -> str:
    return "\n".join(talk.turn(words).lines)


def test_what_customers_say_about_a_step_is_answered_from_the_comments_taken_in(talk: Talk) -> None:
    answer = talk.turn("what do customers say about the refund?")
    assert "comments of 13" in answer.lines[0]
    assert "“Pay refund”" in answer.lines[1]
    assert any(row in answer.lines[1] for row in ROWS)
    assert {fact.basis for fact in answer.facts} == {"counted from the comments"}


def test_whom_to_answer_now_names_the_comments_harm_first(talk: Talk) -> None:
    lines = talk.turn("whom should we answer now?").lines
    assert "2 customers of 13" in lines[0]
    assert "(k8)" in lines[1]
    assert "court" in lines[2]


def test_praise_and_complaints_are_told_apart_when_asked_for(talk: Talk) -> None:
    assert "friendly" in said(talk, "what do customers praise?").lower()
    assert "friendly" not in said(talk, "what do customers complain about?").lower()


def test_what_no_comment_is_about_is_said_so(talk: Talk) -> None:
    assert said(talk, "what do customers say about the parking?").startswith("None of the")


def test_comments_are_weighed_by_proposals_and_their_words_stay_out_of_the_journal(talk: Talk) -> None:
    asked = "which complaints would this change remove?"
    assert said(talk, asked) == "`propose` first: then I can say which complaints each way would spare."
    talk.turn("propose")
    assert talk.session.latest is not None
    spares = {relief.name for relief in talk.session.latest.complaints}
    answer = said(talk, asked)
    assert all(name.strip("“”") in answer for name in spares) if spares else answer.startswith("None that I can reckon")
    assert any(finding.themes for finding in talk.session.latest.findings)
    kept = " ".join(entry.model_dump_json() for entry in talk.session.state.entries)
    assert "burned my hand" not in kept
    assert "13 comments of customers read from comments.csv." in kept


def test_without_comments_it_is_said_how_to_give_them(tmp_path: Path) -> None:
    with told(tmp_path, STORY) as talk:
        assert "`comments FILE`" in said(talk, "what do customers say about the refund?")
        assert "has no column" in said(talk, f"comments {_log(tmp_path)}")


def _log(folder: Path) -> Path:
    file = folder / "log.csv"
    file.write_text("case,activity\n1,a\n")
    return file
