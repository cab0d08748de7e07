"""Work that is done for a run of cases, on which days, and which steps share a run: as a model writes it."""

from __future__ import annotations

import pytest

from assistant.language.by_model.change_outline import outline
from assistant.language.by_model.proposal_commands import made_of
from assistant.language.by_model.proposals_reply import Proposals
from assistant.language.by_model.story import build
from assistant.language.by_model.story_reply import StoryReply
from assistant.process.apply import apply
from assistant.process.expected import expected
from assistant.process.model import Process
from assistant.process.tree import by_id
from assistant.redesign.estimates import complete
from assistant.simulation.run import simulate

STORY = """We wash 600 shirts a week. On Mondays the shops send them. On Mondays the office rings the shops, half a day
for all of them. The list takes twelve minutes a trolley. On Thursdays the van brings them. I bill them each month."""
REPLY = """PROCESS Wash shirts
VOLUME 600 per w | "600 shirts a week"
FLOW
TASK Shop: send shirt | work 1 min | on Mondays | "On Mondays the shops send them"
TASK Office: ring shops | work 0.5 d per run | on Monday | "the office rings the shops"
TASK Office: write list | work 12 min per run | "twelve minutes a trolley"
TASK Driver: bring shirt | work 1 min | on Thursday | "On Thursdays the van brings them"
TASK Boss: bill shops | work 1 min | every 1 month | no wait | "I bill them each month"
"""


@pytest.fixture(scope="module")
def told() -> Process:
    return build(StoryReply.parse(REPLY), STORY).process


def commanded(process: Process, commands: str) -> Process:
    words = "PROPOSAL Mend | because P1\n  WHY y\n  RISK r\n  EFFECT + + + +\n"
    reply = Proposals.parse(words + commands)
    return apply(process, made_of(process, reply.proposals[0].commands, None).edits)


def test_a_runs_work_is_shared_by_its_cases_and_left_out_where_nobody_told_how_many(told: Process) -> None:
    run = simulate(complete(told).process, cases=300, replications=6)
    assert run.effort.mean == pytest.approx(3 * 60 + 4 * 3600 / 600, rel=0.1)
    assert expected(told).work.value == pytest.approx(3 * 60 + 4 * 3600 / 600)
    assert told.assumptions[-1].text.startswith("“Write list” takes 12 min a run, and nobody told how many")
    known = build(
        StoryReply.parse(REPLY.replace("12 min per run", "12 min per run | 30 at a time")), STORY + " Thirty."
    )
    assert len(known.process.assumptions) == len(told.assumptions) - 1
    assert expected(known.process).work.value == pytest.approx(3 * 60 + 4 * 3600 / 600 + 24)


def test_a_row_of_runs_takes_from_monday_to_thursday_and_nobody_waits_for_the_bill(told: Process) -> None:
    waits = {name: task.wait.mean for name, task in simulate(complete(told).process, cases=300).tasks.items()}
    assert waits["bring_shirt"] == pytest.approx(3 * 86400, rel=0.02)
    assert waits["ring_shops"] == waits["bill_shops"] == 0
    assert "[bill_shops] TASK Boss: Bill shops | work 1 min | no wait | every 30 d" in outline(told)


def test_the_outline_can_be_written_back_and_a_run_can_be_moved_to_other_days(told: Process) -> None:
    moved = commanded(told, "  RHYTHM ring_shops | on tue, fri\n  SET write_list | work 2 min\n")
    assert by_id(moved)["ring_shops"].batch.on == "tue,fri"
    assert by_id(moved)["ring_shops"].batch.every.mean_seconds == 3.5 * 86400
    assert "[ring_shops] TASK Office: Ring shops | work 4 h per run | on tue,fri" in outline(moved)
    assert by_id(moved)["write_list"].setup is None


def test_half_a_day_on_each_of_hundreds_of_cases_a_week_is_meant_for_all_of_them() -> None:
    reply = REPLY.replace("0.5 d per run", "0.5 d")
    process = build(StoryReply.parse(reply), STORY).process
    assert expected(process).work.value == pytest.approx(3 * 60 + 4 * 3600 / 600)
    assert any("taken as the work on a whole run" in one.text for one in process.assumptions)
