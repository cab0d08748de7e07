"""What was decided is not offered again, and what is left is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.handover.package import package
from assistant.process.tree import tasks
from assistant.reports.report import markdown
from assistant.settings import bundled
from assistant.workspace.deciding import handed_out
from assistant.workspace.entries import decided_in_words


@pytest.fixture
def conversation(own_home: Path, short_plays: None) -> Iterator[Talk]:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    story = (bundled("templates") / "demo/order_to_cash.txt").read_text(encoding="utf-8")
    yield Talk(app.start_story("orders", story), lambda session, folder, force: [])
    app.store.close()


def test_what_was_decided_is_not_offered_again(conversation: Talk) -> None:
    session = conversation.session
    conversation.turn("propose")
    first = session.proposals()
    assert len(first) >= 2
    taken = conversation.turn("accept 1")
    assert f"  2. {first[1].title}" in taken.lines
    assert not any(first[0].title == line.split(". ")[-1] for line in taken.lines)
    turned = conversation.turn("reject 2 not with our people")
    assert first[1].title in turned.lines[0]
    again = conversation.turn("propose")
    kept = [session.number(proposal) for proposal in session.proposals() if proposal.id in {one.id for one in first}]
    assert kept == list(range(3, 3 + len(kept)))  # what is left keeps its number, and 1 and 2 are nobody else's
    assert "no longer on offer" in " ".join(conversation.turn("why 1").lines)
    decided = {first[0].id, first[1].id}
    assert not decided & {proposal.id for proposal in session.proposals()}
    assert any("1 taken over, 1 turned down" in line for line in again.lines)
    assert session.latest
    for alternative in session.latest.alternatives:
        assert not decided & {proposal.id for proposal in alternative.proposals}
        assert alternative.name in session.latest.results


def test_all_that_is_on_offer_is_decided_on_at_once(conversation: Talk) -> None:
    session = conversation.session
    conversation.turn("propose")
    shown = [proposal.id for proposal in session.proposals()]
    conversation.turn("no to all of them, we have no money")
    assert {session.state.decided[each] for each in shown} == {"rejected"}
    conversation.turn("undo")
    conversation.turn("propose")
    taken = conversation.turn("ok, take them all please")
    assert "Taken over:" in taken.lines
    assert not session.undecided()
    assert "it stays in the process" in conversation.turn("reject 1 no").lines[0]


def test_the_report_sets_what_was_decided_beside_today(conversation: Talk) -> None:
    session = conversation.session
    today = session.process
    for words in ("propose", "accept 1", "reject 2 we tried that"):
        conversation.turn(words)
    found = handed_out(session)
    assert (found.as_is, found.alternatives[0].process) == (today, session.process)
    text = markdown(found, package(found))
    titles = [proposal.title for proposal in session.proposals()]
    assert [(one.title, one.became) for one in found.decided[:2]] == [
        (titles[0], "taken over"), (titles[1], "turned down")
    ]  # fmt: skip
    assert all(one.why for one in found.decided[:2])
    assert all(words in text for words in ("Turned down", "we tried that", "Still open"))
    assert "“What was decided” stands below" in text  # two short plays show no time for sure
    conversation.turn("propose")  # a look that leaves out what was turned down
    conversation.turn("undo")
    assert (titles[1], "still open") in [(one.title, one.became) for one in handed_out(session).decided]
    assert handed_out(session).as_is == today


def test_a_decision_taken_back_is_offered_again(conversation: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    session = conversation.session
    conversation.turn("propose")
    offered = session.proposals()[0].id
    assert session.redesign_as_decided() is session.latest
    conversation.turn("reject 1 tried before")
    assert offered not in {proposal.id for proposal in session.undecided()}
    assert decided_in_words(session.state)[offered] == "It was turned down: tried before."
    with monkeypatch.context() as patched:
        patched.setattr(session, "redesign", lambda: "anew")
        assert session.redesign_as_decided() == "anew", "what was turned down is not handed out"
    conversation.turn("undo")
    conversation.turn("propose")
    assert offered in {proposal.id for proposal in session.proposals()}


def test_reasons_are_told_in_units_a_reader_knows(conversation: Talk) -> None:
    conversation.turn("propose")
    text = "\n".join(conversation.turn("why 1").lines)
    assert "Because:" in text
    assert "e+0" not in text
    assert "1 share" not in text


@pytest.mark.parametrize("words", ["show", "propose", "check", "export somewhere", "accept 1", "questions",
                                   "how could we be faster?", "how can we save time"])  # fmt: skip
def test_commands_before_anything_is_told_say_so_plainly(own_home: Path, words: str) -> None:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    reply = Talk(app.session("empty"), lambda session, folder, force: []).turn(words)
    assert "Nothing is told yet" in reply.lines[0]
    app.store.close()


def test_a_proposal_is_taken_over_with_a_change_of_ones_own(conversation: Talk) -> None:
    session = conversation.session
    conversation.turn("propose")
    proposal, before = session.proposals()[0], session.process
    refused = conversation.turn("accept 1 but make it nicer somehow")
    assert any("not plain enough" in line for line in refused.lines)
    assert session.process == before
    conversation.turn('accept 1 but rename "Check stock" to "Reserve stock"')
    assert "Reserve stock" in [task.name for task in tasks(session.process)]
    assert proposal.id in session.state.decided
    conversation.turn("undo")
    assert session.process == before


def test_one_change_whose_edits_two_alternatives_share_in_part_is_listed_once(conversation: Talk) -> None:
    session = conversation.session
    conversation.turn("propose")
    assert session.latest
    titles = [proposal.title for proposal in session.proposals()]
    one = next(alternative for alternative in session.latest.alternatives if alternative.proposals)
    first = one.proposals[0]
    shorter = replace(one, name="the same again", proposals=(replace(first, edits=first.edits[:-1]),))
    session.latest = replace(session.latest, alternatives=(*session.latest.alternatives, shorter))
    assert [proposal.title for proposal in session.proposals()] == titles
    assert session.number(shorter.proposals[0]) == titles.index(first.title) + 1


def test_where_nothing_can_be_proposed_the_reason_is_told(own_home: Path, short_plays: None) -> None:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    story = "The baker kneads the dough. The boy forms the loaves. They lie two days before the driver takes them out."
    talk = Talk(app.start_story("loaves", story), lambda session, folder, force: [])
    lines = talk.turn("propose").lines
    assert any("does the case just lie" in line for line in lines)
    assert "The last look found nothing to propose." in talk.turn("accept 1").lines
    app.store.close()


def test_why_is_told_of_a_proposal_that_is_taken_over_already(own_home: Path, short_plays: None) -> None:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    told = (
        "A guest rents a bike. Tom checks the bike, 10 minutes. If there's damage, which is one in ten, we take "
        "pictures and argue with the guest, an hour. We keep the deposit and Tom writes a bill, 15 minutes. Tom takes "
        "the bike to the workshop. Otherwise Tom gives the deposit back. Tom cleans the bike, 15 minutes. We have 20 "
        "rentals a day."
    )
    talk = Talk(app.start_story("bikes", told), lambda session, folder, force: [])
    talk.turn("propose")
    numbers = sorted(talk.session.numbers())
    assert numbers
    for number in numbers:
        talk.turn(f"accept {number}")
        assert "is used already" not in " ".join(talk.turn(f"why {number}").lines)
    app.store.close()
