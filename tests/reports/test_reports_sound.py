"""A process that a model found sound: no finding is made by machine against that, and the page says why."""

from __future__ import annotations

import re
from html import unescape

from fake_models import FunctionModel
from redesign_kit import process, quick

from assistant.handover.package import package
from assistant.redesign.engine import Redesign
from assistant.reports.report import html, markdown
from assistant.reports.terminal import summary

STORY = (
    "The guard checks the pass each evening. At six the auctioneer sells the lots, all buyers are there then, and when "
    "they are not all there, there is no price. The student wanted us to sell each box at once. The vet looks at five "
    "boxes a day, she must. In nine years we had four complaints."
)
FLOW = """
roles: [{id: guard, name: Guard}, {id: seller, name: Auctioneer}, {id: vet, name: Vet}]
flow:
  - task: {id: pass, name: Check pass, role: guard, batch: {every: 1 d}}
  - task: {id: sell, name: Sell lots, role: seller, work: 45 min, batch: {every: 1 d}}
  - task: {id: vet, name: Check box, role: vet, is_control: true, batch: {every: 1 d}}
  - end: {id: e, outcome: Fish sold}
"""
REPLY = """
NONE | The waits are wanted and nothing is done that nobody needs | "In nine years we had four complaints"
MUST STAY sell | The price needs all buyers at once | "when they are not all there, there is no price"
WISH To sell each box at once | does not hold | There would be no price | "wanted us to sell each box at once"
ASK Has a box ever failed at the vet? | if so, she looks before the sale; if not, leave it
"""


def sound(reply: str = REPLY) -> tuple[Redesign, list[str]]:
    asked: list[str] = []

    def answer(prompt, attempt):
        asked.append(prompt.name)
        return reply if prompt.name == "diagnose" else "NONE"

    return quick(process(FLOW), model=FunctionModel(answer), story=STORY), asked


def test_detectors_find_waits_in_it_that_are_no_findings_once_a_model_says_none() -> None:
    assert quick(process(FLOW), story=STORY).findings, "by the rules alone the rhythm is a wait"
    result, asked = sound()
    assert result.findings == ()
    assert result.recommended is None
    assert asked[0] == "diagnose"
    assert "propose" not in asked, "where nothing hurts nothing is to be proposed"


def test_the_page_says_that_it_is_sound_and_why_what_stays_and_what_to_ask() -> None:
    result, _ = sound()
    pages = (
        " ".join(unescape(re.sub(r"<[^>]+>", " ", html(result, package(result)).split("</style>")[1])).split()),
        markdown(result, package(result)),
        summary(result),
    )
    for page in pages:
        assert "The process is sound: there is nothing to decide." in page
        assert "The waits are wanted and nothing is done that nobody needs." in page
        assert "The price needs all buyers at once" in page
        assert "There would be no price" in page
        assert "Has a box ever failed at the vet?" in page
        assert "of the time is work" not in page
    assert result.document()["sound"].startswith("The waits are wanted")
    for words in (
        "Training",
        "hours once",
        "KPI",
        "No alternative could be made",
        "No change is recommended",
        "## Plan",
    ):
        assert words not in pages[0] + pages[1], "where nothing is to be changed nobody is trained or tried"


def test_without_a_reason_it_is_still_no_riddle() -> None:
    result, _ = sound("NONE\n")
    assert "Nothing in the story shows" in summary(result)


def test_a_wait_of_a_rhythm_at_steps_that_must_stay_is_no_pain_beside_those_told() -> None:
    pain = 'PAIN The pass is checked each evening | H05 | at pass | "checks the pass each evening"\n'
    result, _ = sound(pain + REPLY.replace("NONE", "SCOPE"))
    assert [finding.title for finding in result.findings] == ["The pass is checked each evening"]


def test_a_share_of_hours_is_no_share_of_cases() -> None:
    from assistant.reports.evidence import OF_NO_CASES

    assert OF_NO_CASES.search("a third of her hours goes into typing it again")
    assert OF_NO_CASES.search("20 % of the working time is spent on it")
    assert not OF_NO_CASES.search("one in five orders is typed again by hand")
    assert not OF_NO_CASES.search("a third of the orders is typed again")


def test_a_paper_can_say_that_the_flow_stays_as_it_is() -> None:
    fill = " ".join(["The lots wait because the buyers must be there together, and that makes the price."] * 9)
    paper = f"# The auction stays as it is\n\nIn nine years there were four complaints.\n\n{fill}"

    def answer(prompt, attempt):
        return {"diagnose": REPLY, "paper": paper}.get(prompt.name, "NONE")

    result = quick(process(FLOW), model=FunctionModel(answer), story=STORY)
    assert result.recommended is None
    page = html(result, package(result))
    assert "<h1>The auction stays as it is</h1>" in page
    assert 'id="now-then"' not in page
    assert markdown(result, package(result)).startswith("# The auction stays as it is")
    assert summary(result).startswith("The auction stays as it is")
