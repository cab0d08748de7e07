"""A reply with mistakes goes back once with all of them, and only the blocks that are wrong are sent again."""

from __future__ import annotations

import pytest
from fake_models import FixedModel
from redesign_kit import process
from stub_server import StubServer

from assistant.gateway.gateway import connect
from assistant.gateway.mending import patched, repair_words
from assistant.gateway.port import Budget, ReplyFault
from assistant.language.by_model.diagnosis import diagnose
from assistant.language.by_model.judgements import propose
from assistant.language.by_model.proposals_reply import Proposals
from assistant.settings import Settings

FLOW = """
roles: [{id: clerk, name: Clerk}]
flow:
  - task: {id: take, name: Take order, role: clerk}
  - choice:
      id: way
      question: way in?
      branches:
        - {id: way.1, when: portal, do: [{task: {id: read, name: Read portal, role: clerk}}]}
        - {id: way.2, when: fax, do: [{task: {id: type, name: Type fax, role: clerk}}]}
  - task: {id: sign, name: Sign order, role: clerk}
"""
BLOCK = """PROPOSAL {title} | {code} | because P1
  WHY It is quicker.
  RISK None that we know | we look again
  EFFECT + 0 0 0
  {command}
"""
DECIDE = "DECIDE The fax is closed | brings less typing\n"
GOOD = BLOCK.format(title="Close the fax", code="H29 H05", command="DELETE way.2")
LOST = BLOCK.format(title="Sign later", code="H06", command="DELETE nowhere")
MUTE = BLOCK.format(title="Say nothing", code="H06", command="DELETE sign").replace(
    "  RISK None that we know | we look again\n", ""
)
MENDED = BLOCK.format(title="Sign later", code="H06", command="DELETE sign")
PRACTICES = ["H29", "H05", "H06"]


def proposed(*replies: str):
    return propose(process(FLOW), {"P1": "slow"}, PRACTICES, FixedModel(replies), budget=Budget(repairs=2))


def test_all_that_is_wrong_is_said_at_once_and_only_that_is_sent_again() -> None:
    mute = MUTE.replace("  EFFECT", "  RISK A slip | we look again\n  EFFECT")
    found = proposed(DECIDE + GOOD + LOST + MUTE, MENDED + mute)
    assert [own.lines.title for own in found.proposals] == ["Close the fax", "Sign later", "Say nothing"]
    assert found.reply.value.decide, "what was right is kept"
    assert found.reply.repairs == 1
    assert found.unread == ()


def test_a_whole_reply_sent_again_is_taken_as_such() -> None:
    found = proposed(DECIDE + GOOD + LOST, DECIDE + MENDED)
    assert [own.lines.title for own in found.proposals] == ["Sign later"]


def test_what_stays_wrong_is_named_and_the_rest_counts() -> None:
    found = proposed(GOOD + LOST + MUTE, LOST + MUTE)
    assert [own.lines.title for own in found.proposals] == ["Close the fax"]
    assert [lines.title for lines, _ in found.unread] == ["Sign later"]
    assert "no RISK line" in found.broken[0]


def test_of_two_codes_the_first_leads_and_a_branch_can_be_deleted() -> None:
    (own,) = proposed(GOOD).proposals
    assert own.lines.practice == "H29"
    assert [edit.op for edit in own.edits] == ["remove_branch"]


def test_the_words_of_a_repair_ask_for_the_blocks_alone() -> None:
    told = repair_words(ReplyFault("'Sign later': no such step.", (1,)), Proposals)
    assert "only the PROPOSAL block named above" in told
    assert "whole reply again" in repair_words(ReplyFault("no PROPOSAL line"), Proposals)
    fenced = f"```\n{GOOD}{LOST}```"
    assert "nowhere" not in patched(fenced, MENDED, Proposals, (1,))


def test_a_pain_with_words_of_nobody_is_sent_again_with_why_its_sum_was_lost() -> None:
    story = "The clerk takes 900 orders a year and types each fax, 20 minutes each."
    good = 'PAIN Each fax is typed | H26 | at type | "types each fax"\n  SUM 900 a year x 20 min = 900 h a year\n'
    bad = 'PAIN The boss sleeps all day | H20 | at sign | "the boss sleeps all day long"\n'
    mended = 'PAIN It takes long | H20 | at sign | "20 minutes each"\n'
    asked: list[str] = []

    from fake_models import FunctionModel

    def answer(prompt, attempt):
        asked.append(prompt.name)
        right = good.replace("= 900 h", "= 300 h")
        return right + mended if attempt else good + bad

    found, reply = diagnose(process(FLOW), story, {}, ["H26", "H20"], FunctionModel(answer))
    assert reply.repairs == 1
    assert [pain.text for pain in found.pains] == ["Each fax is typed", "It takes long"]
    assert found.pains[0].sums[0][0].result == "300 h a year"


def test_a_repair_that_comes_back_empty_takes_nothing_with_it_that_was_right(monkeypatch: pytest.MonkeyPatch) -> None:
    with StubServer([DECIDE + GOOD + LOST, ""]) as server:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
        model = connect("openai:stub", Settings(base_url=server.url))
        found = propose(process(FLOW), {"P1": "slow"}, PRACTICES, model, budget=Budget(repairs=2))
    assert [own.lines.title for own in found.proposals] == ["Close the fax"]
