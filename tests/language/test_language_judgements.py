"""Judging steps, proposing, wording and naming: answers are checked against what was given."""

from __future__ import annotations

import json
from typing import Any

import pytest
from prompt_stories import lending

from assistant.errors import ModelAnswerInvalid
from assistant.language.fakes import FixedModel
from assistant.language.judgements import judge_steps, name_themes, propose, word_proposals
from assistant.language.port import Budget
from assistant.process.apply import apply
from assistant.process.tree import tasks

PROCESS = lending()
ONCE = Budget(repairs=0)


def judged(**changes: Any) -> str:
    """A judgement of every task, the first one changed."""
    one = {"value": "VA", "control": False, "legal": "", "decides": "none", "needs": [], "contact": False,
           "confidence": 0.5, "why": "because"}  # fmt: skip
    steps = [{"id": task.id, **one} for task in tasks(PROCESS)]
    steps[0] |= changes
    return json.dumps({"steps": steps})


def test_every_task_is_judged_once() -> None:
    found = judge_steps(PROCESS, FixedModel([judged(value="BVA", control=True)]), ONCE).value.steps
    assert [one.id for one in found] == [task.id for task in tasks(PROCESS)]
    assert (found[0].value, found[0].control) == ("BVA", True)


@pytest.mark.parametrize(("changes", "words"), [
    ({"id": "nobody"}, "'find' is missing"), ({"id": "lend"}, "is missing"), ({"needs": ["nobody"]}, "no other task"),
    ({"needs": ["find"]}, "no other task"), ({"value": "good"}, "steps.0.value"), ({"confidence": 2}, "confidence"),
    ({"control": "yes"}, "control"), ({"extra": 1}, "extra"),
])  # fmt: skip
def test_a_judgement_that_does_not_fit_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelAnswerInvalid, match=words):
        judge_steps(PROCESS, FixedModel([judged(**changes)]), ONCE)


PROPOSAL = """\
PROPOSAL Inform reader while book is ordered | H10 | because F1
  WHY The two do not need one another.
  RISK The reader hears of a book that cannot be had.
  NEEDS nothing
  TIME +
  COST 0
  QUALITY -
  FLEXIBILITY 0
  PARALLELISE order / inform
PROPOSAL Drop the reminder | because F1
  WHY Nobody reads it.
  RISK Books come back later.
  TIME +
  COST +
  QUALITY -
  FLEXIBILITY 0
  DELETE remind
"""
FINDINGS, PRACTICES = {"F1": "inform waits for order"}, ["H10 parallelism: at the same time"]


def test_own_proposals_come_as_edits_that_fit() -> None:
    found = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([PROPOSAL]), budget=ONCE).proposals
    assert [(one.lines.practice, one.lines.because) for one in found] == [("H10", ("F1",)), ("", ("F1",))]
    assert found[0].lines.effects == {"time": "+", "cost": "0", "quality": "-", "flexibility": "0"}
    assert all(apply(PROCESS, one.edits) != PROCESS for one in found)
    assert len(propose(PROCESS, FINDINGS, PRACTICES, FixedModel([PROPOSAL]), most=1, budget=ONCE).proposals) == 1


def test_no_proposal_is_an_answer_too() -> None:
    assert propose(PROCESS, FINDINGS, PRACTICES, FixedModel(["NONE"]), budget=ONCE).proposals == ()


@pytest.mark.parametrize(("old", "new", "words"), [
    ("F1", "F9", "finding 'F9'"), ("| H10", "| H99", "practice 'H99'"), ("  TIME +\n", "", "no TIME line"),
    ("QUALITY -", "QUALITY much", "each"), ("order / inform", "order / nobody", "no step 'nobody'"),
    ("  PARALLELISE order / inform\n", "", "at least one command"), ("PROPOSAL Drop", "Drop", "no known word"),
])  # fmt: skip
def test_a_proposal_that_does_not_fit_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(ModelAnswerInvalid, match=words):
        propose(PROCESS, FINDINGS, PRACTICES, FixedModel([PROPOSAL.replace(old, new, 1)]), budget=ONCE)


def worded(summary: str, name: str = "P1") -> str:
    return json.dumps({"items": [{"id": name, "title": "Inform at once", "summary": summary}]})


def test_proposals_are_worded_with_the_figures_given_and_no_others() -> None:
    facts = {"P1": "time 90 d to 30 d (estimated)"}
    said = "Readers wait 30 days instead of 90 (estimated)."
    assert word_proposals(PROCESS, facts, FixedModel([worded(said)]), ONCE).value.items[0].summary == said
    for broken, words in ((worded("Readers wait 67 % less, which is good."), "67"), (worded(said, "P2"), "is missing")):
        with pytest.raises(ModelAnswerInvalid, match=words):
            word_proposals(PROCESS, facts, FixedModel([broken]), ONCE)


def named(**changes: Any) -> str:
    one = {"kind": "complaint", "clear": True, "same_as": "", "step": ""}
    themes = [{"id": "T1", "name": "card has not arrived", **one}, {"id": "T2", "name": "refund takes long", **one}]
    themes[1] |= changes
    return json.dumps({"themes": themes})


def test_groups_are_named_all_of_them() -> None:
    groups, steps = {"T1": "12 comments", "T2": "9 comments"}, {"lend": "Lend book"}
    found = name_themes(groups, FixedModel([named(step="lend", same_as="T1")]), steps, ONCE).value.themes
    assert [one.name for one in found] == ["card has not arrived", "refund takes long"]
    for changes, words in (({"id": "T3"}, "'T2' is missing"), ({"same_as": "T2"}, "no earlier group"),
                           ({"step": "fly"}, "no step 'fly'"), ({"name": "ask [NAME_1]"}, "placeholder")):  # fmt: skip
        with pytest.raises(ModelAnswerInvalid, match=words):
            name_themes(groups, FixedModel([named(**changes)]), steps, ONCE)
