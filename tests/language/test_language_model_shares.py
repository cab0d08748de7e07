"""Shares as a model writes them: counted a year, some of many, in words; and a wait that outlives its step."""

from __future__ import annotations

import pytest

from assistant.language.by_model.proposal_commands import Made, made_of
from assistant.language.by_model.proposals_reply import Proposals
from assistant.language.by_model.story import build
from assistant.language.by_model.story_reply import StoryReply
from assistant.language.figures.stated import said_in
from assistant.process.apply import apply
from assistant.process.model import Process
from assistant.process.tree import branches, by_id
from assistant.redesign.estimates import complete
from assistant.redesign.unknowns import Unknowns

STORY = """Some 6,000 pumps a year come in. One in ten is not ours. Maybe thirty a year of the others are radioactive.
The rest Jo tests twice, and before the first test they lie six hours. Hardly any comes with its papers."""
REPLY = """PROCESS Mend pumps
VOLUME 6000 per y | "6,000 pumps a year"
FLOW
CHOICE ours? | "is not ours"
  WHEN not ours | 10% | "One in ten"
    END sent back | bad
  WHEN ours
CHOICE radioactive? | "are radioactive"
  WHEN radioactive | 30 per y | "Maybe thirty a year"
    TASK Jo: seal pump
  WHEN neither
CHOICE papers there? | "comes with its papers"
  WHEN with papers | hardly any | "Hardly any comes"
  WHEN without
    TASK Jo: look for papers
TASK Jo: test pump | wait 6 h | "Jo tests twice"
TASK Jo: test pump again | "Jo tests twice"
"""


@pytest.fixture(scope="module")
def told() -> Process:
    return build(StoryReply.parse(REPLY), STORY).process


def made(process: Process, commands: str) -> Made:
    words = "  WHY y\n  RISK r\n  EFFECT + + + +\n"
    reply = Proposals.parse(f"PROPOSAL Mend | because P1\n{words}{commands}")
    return made_of(process, reply.proposals[0].commands, said_in(STORY))


def test_a_count_a_year_is_a_share_of_the_cases_that_come_there_and_told(told: Process) -> None:
    way = branches(told)["radioactive.1"][1]
    assert way.p == pytest.approx(30 / (6000 * 0.9))
    assert way.p_basis == "stated"


def test_a_word_narrows_the_range_and_stays_an_estimate(told: Process) -> None:
    way = branches(told)["papers_there.1"][1]
    assert (way.p, way.p_basis) == (0.03, "estimated")
    assert any("“Hardly any” is played as 3 % of cases" in one.text for one in told.assumptions)
    played = complete(told).process
    drawn = [branches(Unknowns(played).drawn(played, lambda _, at=at: at))["papers_there.1"][1].p for at in (0.0, 1.0)]
    assert 0.01 < min(drawn) <= max(drawn) < 0.07


@pytest.mark.parametrize(
    ("share", "p", "basis"),
    [("30 per y", 30 / (6000 * 0.9), "stated"), ("30 of 6000", 0.005, "stated"), ("nearly all", 0.95, "estimated"),
     ("40 per y", None, None), ("17%", None, None)],
)  # fmt: skip
def test_a_new_branch_says_its_share_in_figures_of_the_story_or_in_a_word(
    told: Process, share: str, p: float | None, basis: str | None
) -> None:
    after = apply(told, made(told, f"  WRAP CHOICE test_pump: odd? | when odd | else fine | {share}\n").edits)
    (way,) = [way for _, way in branches(after).values() if way.when == "odd"]
    assert (way.p, way.p_basis) == (pytest.approx(p) if p else None, basis)


def test_a_wait_stays_at_its_place_when_its_step_goes(told: Process) -> None:
    replaced = "  REPLACE test_pump test_pump_again | wait to test_pump_again\n    KEEP test_pump_again\n"
    for commands in ("  DELETE test_pump | wait to test_pump_again\n", replaced):
        after = by_id(apply(told, made(told, commands).edits))
        assert "test_pump" not in after
        assert after["test_pump_again"].wait.mean_seconds == 6 * 3600


KINDS = (
    """Of bikes we mend four hundred a year, and we build sixty. Of those that we build, two a month fail the test."""
)


def kinds(build_line: str) -> Process:
    reply = f"""PROCESS Bikes
FLOW
CHOICE mend or build? | "we mend four hundred"
  WHEN mend | 400 per y
  WHEN build | {build_line}
    CHOICE good? | "two a month fail"
      WHEN fails | 2 per month
        TASK ?: build again
      WHEN good
"""
    return build(StoryReply.parse(reply), KINDS).process


def test_counts_of_all_ways_of_a_decision_come_to_the_volume() -> None:
    process = kinds("60 per y")
    assert process.volume is not None
    assert (process.volume.text, process.volume.rests_on) == ("460 a year", "stated")
    shares = {way.when: way.p for _, way in branches(process).values()}
    assert shares["mend"] == pytest.approx(400 / 460)
    assert shares["fails"] == pytest.approx(2 * 365 / 30 / 60, rel=0.01)


def test_where_one_way_is_not_counted_there_is_no_volume() -> None:
    assert kinds("13%").volume is None
    rests = kinds("70 per y").volume
    assert rests is not None
    assert rests.rests_on == "estimated", "nobody told 70"


def test_a_wait_between_steps_that_are_made_one_comes_behind_them() -> None:
    reply = """PROCESS Rent halls
FLOW
TASK Ann: ask for day
WAIT 3 d: day
TASK Ann: ask for hall
WAIT 3 d: hall
TASK Ann: ask for deposit
WAIT 3 d: deposit
TASK Ann: write contract
"""
    process = build(StoryReply.parse(reply), "Ann rents out halls.").process
    merge = "  MERGE ask_day ask_hall ask_deposit\n    TASK Ann: ask for all three\n"
    for gone, left in (("wait_hall wait_deposit", ["wait_day"]), ("wait_day", ["wait_hall", "wait_deposit"])):
        after = apply(process, made(process, f"{merge}  DELETE {gone}\n").edits)
        assert list(by_id(after)) == ["ask_all_three", *left, "write_contract"]
