"""Judging steps, proposing, wording and naming: answers are checked against what was given."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fake_models import FixedModel, FunctionModel
from prompt_stories import lending

from assistant.errors import ModelAnswerInvalid
from assistant.gateway.port import Budget, Prompt
from assistant.language.by_model.judgements import judge_steps, propose
from assistant.language.by_model.proposals_reply import Proposals
from assistant.language.by_model.short_ids import ShortIds
from assistant.language.quotations import Evidence
from assistant.process.apply import apply
from assistant.process.tree import by_id, ids, tasks

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
  EFFECT + 0 - 0
  PARALLELISE order / inform
PROPOSAL Drop the reminder | because F1
  WHY Nobody reads it.
  RISK Books come back later.
  EFFECT + + - 0
  DELETE remind
"""
FINDINGS, PRACTICES = {"F1": "inform waits for order"}, ["H10"]


def test_own_proposals_come_as_edits_that_fit() -> None:
    found = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([PROPOSAL]), budget=ONCE).proposals
    assert [(one.lines.practice, one.lines.because) for one in found] == [("H10", ("F1",)), ("", ("F1",))]
    assert found[0].lines.effects == {"time": "+", "cost": "0", "quality": "-", "flexibility": "0"}
    assert all(apply(PROCESS, one.edits) != PROCESS for one in found)
    assert len(propose(PROCESS, FINDINGS, PRACTICES, FixedModel([PROPOSAL]), most=1, budget=ONCE).proposals) == 1


def test_no_proposal_is_an_answer_too() -> None:
    assert propose(PROCESS, FINDINGS, PRACTICES, FixedModel(["NONE"]), budget=ONCE).proposals == ()


@pytest.mark.parametrize(("old", "new", "words"), [
    ("  EFFECT + 0 - 0\n", "", "no EFFECT line"), ("+ 0 - 0", "+ 0", "four signs"),
    ("  PARALLELISE order / inform\n", "", "at least one command"),
])  # fmt: skip
def test_a_proposal_of_another_shape_is_named_and_the_others_count(old: str, new: str, words: str) -> None:
    found = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([PROPOSAL.replace(old, new, 1)]), budget=ONCE)
    assert [own.lines.title for own in found.proposals] == ["Drop the reminder"]
    assert words in found.broken[0]


def test_a_reply_of_another_shape_is_refused() -> None:
    wrong = PROPOSAL.replace("PROPOSAL Drop", "Drop", 1)
    with pytest.raises(ModelAnswerInvalid, match="no known word"):
        propose(PROCESS, FINDINGS, PRACTICES, FixedModel([wrong]), budget=ONCE)


@pytest.mark.parametrize(("old", "new", "words"), [
    ("F1", "F9", "finding 'F9'"), ("| H10", "| H99", "practice 'H99'"),
    ("order / inform", "order / nobody", "no step 'nobody'"),
])  # fmt: skip
def test_a_proposal_that_does_not_fit_goes_back_once_and_is_then_kept_apart(old: str, new: str, words: str) -> None:
    broken = PROPOSAL.replace(old, new, 1)
    mended = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([broken, PROPOSAL]), budget=Budget())
    assert len(mended.proposals) == 2
    assert mended.unread == ()
    given_up = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([broken, broken]), budget=Budget())
    assert [lines.title for lines, _ in given_up.unread] == ["Inform reader while book is ordered"]
    assert words in given_up.unread[0][1]
    assert [own.lines.title for own in given_up.proposals] == ["Drop the reminder"]


def changed(commands: str, story: str = "") -> Any:
    """What a proposal with these commands does to the process, and what is unknown in it."""
    reply = PROPOSAL.split("  PARALLELISE")[0] + "".join(f"  {line}\n" for line in commands.splitlines())
    found = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([reply]), story=story, budget=ONCE)
    assert found.unread == ()
    return apply(PROCESS, found.proposals[0].edits), found.proposals[0]


def test_a_shorter_wait_is_a_figure_where_the_words_say_it_and_a_range_where_nobody_does() -> None:
    said, one = changed("SHORTEN arrives | to 1 d", "The wholesaler next door delivers within one day.")
    assert by_id(said)["arrives"].duration.mean_seconds == 86_400
    assert one.ranges == ()
    for words, days in (("to unknown", 2.0), ("to 6 h", 0.25)):  # a figure of the proposal's own is an estimate
        open_, one = changed(f"SHORTEN arrives | {words}")
        lasts = by_id(open_)["arrives"].duration
        assert (lasts.mean_seconds, lasts.basis) == (days * 86_400, "estimated")
        assert [(r.element, r.field, r.low, r.high) for r in one.ranges] == [("arrives", "duration", 0.0, 4 * 86_400)]


def test_the_share_of_a_new_branch_that_nobody_gave_is_left_open() -> None:
    command = "WRAP CHOICE order: book above 50 euros? | when above 50 euros | else up to 50 euros | 12.5%"
    said, _ = changed(command, "One in eight books costs more than 50 euros.")
    assert {branch.p for branch in by_id(said)["book_above_50_euros"].branches} == {0.125, 0.875}
    open_, _ = changed(command)
    assert {branch.p for branch in by_id(open_)["book_above_50_euros"].branches} == {None}
    branch = (
        "INSERT AFTER find\n  CHOICE loan allowed?\n    WHEN no | 7%\n      TASK Librarian: refuse loan | work 9 min"
    )
    new, _ = changed(branch)
    choice = next(step for step in by_id(new).values() if getattr(step, "question", "") == "loan allowed?")
    assert choice.branches[0].p is None
    assert next(task for task in tasks(new) if task.name == "Refuse loan").work is None


def test_rarer_rhythm_owner_and_the_same_person_become_edits() -> None:
    rarer, one = changed("RARER house.2 | to unknown")
    assert [branch.p for branch in by_id(rarer)["house"].branches] == [0.85, 0.15]
    assert one.ranges[0].high == pytest.approx(0.3)
    rhythm, _ = changed("RHYTHM inform | every 1 d")
    assert by_id(rhythm)["inform"].batch.every.mean_seconds == 86_400
    person, _ = changed("SAME PERSON find fetch lend")
    assert [by_id(person)[name].same_performer_as for name in ("fetch", "lend")] == ["find", "find"]
    owner, _ = changed("OWNER Head librarian")
    assert owner.owner == "Head librarian"


def test_a_time_that_is_set_without_being_told_is_an_estimate() -> None:
    said, _ = changed("SET find | work 4 min", "Finding a book takes four minutes with the new list.")
    guessed, _ = changed("SET find | work 4 min")
    assert [by_id(one)["find"].work.basis for one in (said, guessed)] == ["stated", "estimated"]


def test_two_steps_with_a_wait_between_that_goes_become_one() -> None:
    merged, _ = changed("MERGE order inform\n  TASK Librarian: order book and tell reader\nDELETE arrives")
    assert "Order book and tell reader" in [task.name for task in tasks(merged)]
    assert "arrives" not in by_id(merged)


def test_a_decision_named_with_a_step_that_it_holds_goes_with_it() -> None:
    gone, _ = changed("DELETE house fetch")
    assert {"house", "fetch"}.isdisjoint(by_id(gone))


def test_what_two_proposals_add_can_be_made_together() -> None:
    changes = [f"WRAP CHOICE {step}: needed? | when it is needed | else it is not | 20%" for step in ("remind", "find")]
    answer = PROPOSAL.replace("PARALLELISE order / inform", changes[0]).replace("DELETE remind", changes[1])
    found = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([answer]), budget=ONCE).proposals
    assert len(found) == 2
    together = apply(apply(PROCESS, found[0].edits), found[1].edits)
    assert len(ids(together)) >= len(ids(PROCESS)) + 4


def test_pooled_roles_share_one_queue() -> None:
    pooled, _ = changed("POOL Librarian, Reader: Front desk")
    desk = next(role for role in pooled.roles if role.name == "Front desk")
    assert {by_id(pooled)[name].role for name in ("find", "lend")} == {desk.id}


def test_what_only_people_can_settle_is_a_question() -> None:
    _, one = changed("ASK Would the city library take over the lending of maps?")
    assert one.edits == ()
    assert one.lines.question.startswith("Would the city library")


def test_of_the_story_whoever_proposes_is_given_what_stands_around_where_it_hurts() -> None:
    story = (
        "We lend books. A reader asks. Informing waits. Two days! Nobody knows why. It rains. Forty come a day. Bye."
    )
    asked: list[str] = []

    def answer(prompt: Prompt, attempt: int) -> str:
        asked.append(prompt.user)
        return "NONE"

    at = [(story.index(words), story.index(words) + len(words)) for words in ("Informing waits", "Forty come")]
    propose(PROCESS, FINDINGS, PRACTICES, FunctionModel(answer), story=story, hurts_at=at[:1], budget=ONCE)
    propose(PROCESS, FINDINGS, PRACTICES, FunctionModel(answer), story=story, budget=ONCE)
    assert "\nA reader asks. Informing waits. Two days! Nobody knows why.\n" in asked[0]
    assert f"\n{story}\n" in asked[1]
    assert Evidence(story).passages(at[1:]) == "It rains. Forty come a day. Bye."
    assert Evidence(story).passages([(0, 2), at[1]]).startswith("We lend books. A reader asks. Informing waits. … It")


def test_steps_named_without_a_slash_are_groups_and_one_that_several_do_is_told_by_its_rule() -> None:
    plain = PROPOSAL.split("PROPOSAL Drop")[0]
    (found,) = propose(
        PROCESS, FINDINGS, PRACTICES, FixedModel([plain.replace("order / inform", "order inform")]), budget=ONCE
    ).proposals
    assert found.edits[0].document()["groups"] == [["order"], ["inform"]]
    each = plain.replace("  WHY", "  RULE All three clerks inform readers on the same day\n  WHY")
    (found,) = propose(
        PROCESS, FINDINGS, PRACTICES, FixedModel([each.replace("order / inform", "inform")]), budget=ONCE
    ).proposals
    assert (found.edits, found.lines.rules) == ((), ("All three clerks inform readers on the same day",))


def test_elements_are_named_by_short_ids_and_meant_by_their_own() -> None:
    asked: list[str] = []

    def answer(prompt: Prompt, attempt: int) -> str:
        asked.append(prompt.user)
        ids_now = dict(re.findall(r"\[(s[\d.]+)\] \w+ [^:\n]*: (\w+ \w+)", prompt.user))
        order, inform = (next(id_ for id_, name in ids_now.items() if name.startswith(w)) for w in ("Order", "Inform"))
        return PROPOSAL.split("PROPOSAL Drop")[0].replace("order / inform", f"{order} / {inform}")

    found = propose(PROCESS, {"F1": "It waits [inform, order] here [often]"}, PRACTICES, FunctionModel(answer))
    assert re.search(r"It waits \[s\d+, s\d+\] here \[often\]", asked[0])
    assert "[inform]" not in asked[0]
    assert [edit.op for edit in found.proposals[0].edits] == ["parallelise"]


def test_ids_that_are_short_already_stay_and_a_way_is_named_by_its_block() -> None:
    short = ShortIds("FLOW\n  [a_b] CHOICE x?\n    [a_b.1] WHEN y\n      [c] END z")
    assert short.outline == "FLOW\n  [s1] CHOICE x?\n    [s1.1] WHEN y\n      [s3] END z"
    assert short.meant("INTO s1.1, s3.redo, s9 and form s1x") == "INTO a_b.1, c.redo, s9 and form s1x"
    own = "  [s4] TASK a: b\n  [ask_c] TASK a: c"
    assert ShortIds(own).outline == own
    assert ShortIds(own).meant("s4 s1") == "s4 s1"


@pytest.mark.parametrize(
    ("head", "practice", "because"),
    [
        ("| H10 | because P4 P5", "H10", ("P4", "P5")),
        ("| H10 | because P4, P5 and P6.", "H10", ("P4", "P5", "P6")),
        ("| H10 | because: P4/P5", "H10", ("P4", "P5")),
        ("| H10 because P4 P5", "H10", ("P4", "P5")),
        ("| H10 | P4 P5 | with 2", "H10", ("P4", "P5")),
        ("| because P4 | because P5", "", ("P4", "P5")),
    ],
)
def test_every_pain_a_proposal_names_is_read_however_they_are_written(
    head: str, practice: str, because: tuple[str, ...]
) -> None:
    read = Proposals.parse(f"PROPOSAL Mend the gate {head}\n  RISK r | d\n  EFFECT + + + +\n  DELETE s1\n")
    (lines,) = read.proposals
    assert (lines.practice, lines.because) == (practice, because)


def test_a_proposal_that_answers_nothing_and_one_too_many_are_kept_apart_with_the_reason() -> None:
    bare = PROPOSAL.replace("Drop the reminder | because F1", "Drop the reminder")
    found = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([bare]), budget=ONCE)
    assert "names no finding" in found.unread[0][1]
    found = propose(PROCESS, FINDINGS, PRACTICES, FixedModel([PROPOSAL]), most=1, budget=ONCE)
    assert [(lines.title, why) for lines, why in found.unread] == [("Drop the reminder", "more than 1 were proposed.")]
