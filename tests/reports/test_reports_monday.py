"""Page one of the built-in rules leads with the heaviest pain in the teller's words and what to do on Monday."""

from __future__ import annotations

from functools import cache

from redesign_kit import quick

from assistant.handover.package import package
from assistant.language.reading import read_story
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.engine import Redesign
from assistant.reports.front import front
from assistant.reports.monday import MONDAY
from assistant.reports.report import html, markdown
from assistant.reports.terminal import summary

STORY = (
    "The clerk enters the claim. The clerk asks the doctor for a report, which comes after three days. Then the clerk "
    "asks the garage for a report, which comes after five days. None of the two needs anything from the other. The "
    "boss pays the claim."
)


@cache
def made() -> Redesign:
    return quick(read_story(STORY, None).process, story=STORY)


def test_page_one_leads_with_the_words_and_monday() -> None:
    result = made()
    lead = front(result, package(result))["lead"]
    assert lead["quote"] == "None of the two needs anything from the other."
    assert lead["monday"] == MONDAY["H10"]
    for text in (markdown(result, package(result)), html(result, package(result)), summary(result)):
        top = text[text.index("You said") :]
        assert lead["quote"] in top[:200]
        assert MONDAY["H10"] in top[:900]
    assert summary(result).index("On Monday") < summary(result).index("What hurts")


def test_every_practice_has_something_to_do_on_monday() -> None:
    assert {code for code in PRACTICES if code.startswith("H")} <= set(MONDAY)


def test_where_nothing_was_told_that_hurts_the_headline_stands() -> None:
    result = quick(read_story("The clerk takes the order. The clerk packs the goods.", None).process)
    assert front(result, package(result))["lead"] == {}
    assert "On Monday" not in summary(result)
