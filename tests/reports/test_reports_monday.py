"""Page one of the built-in rules leads with the heaviest pain in the teller's words and what to do on Monday."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

from redesign_kit import quick

from assistant.handover.monday import WAYS, sized, way_of
from assistant.handover.package import package
from assistant.language.reading import read_story
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.engine import Redesign
from assistant.redesign.practices.batches import on_few_days
from assistant.reports.front import asks_leave, front
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
    assert lead["monday"] == WAYS["H10"].monday
    for text in (markdown(result, package(result)), html(result, package(result)), summary(result)):
        top = text[text.index("You said") :]
        assert lead["quote"] in top[:200]
        assert WAYS["H10"].monday in top[:900]
    assert summary(result).index("On Monday") < summary(result).index("What hurts")


SEVERAL = (
    "The florist takes the order by telephone and writes it on a slip. In the evening she types the same slip into the "
    "computer again. The driver brings the flowers. If something is broken, the customer waits three "
    "hours until the owner comes, because only he may say what it costs. The driver also fills in a list of "
    "kilometres. Nobody has looked at that list for two years. We have 40 orders a day."
)


def test_what_else_was_told_stands_with_a_way_and_a_trial_each_once() -> None:
    result = quick(read_story(SEVERAL, None).process, story=SEVERAL)
    page = front(result, package(result))
    told = [page["lead"], *page["others"]]
    assert len(told) >= 2
    assert len({each["quote"] for each in told}) == len({each["monday"] for each in told}) == len(told)
    for text in (markdown(result, package(result)), html(result, package(result)), summary(result)):
        assert all(each["monday"] in text for each in told)


def test_what_a_recommended_change_answers_is_not_told_once_more() -> None:
    result = made()
    page = front(result, package(result))
    changed = {key for proposal in result.alternative(result.recommended).proposals for key in proposal.because}
    told = {finding.title for finding in result.findings if finding.id in changed}
    assert told
    assert not told & {each["pain"] for each in page["others"]}


def test_a_right_that_one_person_has_can_be_given_to_others_up_to_a_limit() -> None:
    story = SEVERAL.replace(
        "If something is broken, the customer waits three hours until the owner comes", "The bill waits"
    )
    story = story.replace("The bill waits", "The bill waits three hours for the owner")
    result = quick(read_story(story, None).process, story=story)
    page = front(result, package(result))
    waiting = next(each for each in [page["lead"], *page["others"]] if "only he may say" in each["quote"])
    assert waiting["better"] == WAYS["H22"].better


def test_every_practice_has_something_to_do_on_monday() -> None:
    assert {code for code in PRACTICES if code.startswith("H")} <= set(WAYS)


def test_where_nothing_was_told_that_hurts_the_headline_stands() -> None:
    result = quick(read_story("The clerk takes the order. The clerk packs the goods.", None).process)
    assert front(result, package(result))["lead"] == {}
    assert "On Monday" not in summary(result)


def test_a_trial_is_as_large_as_what_comes_and_an_untold_cause_is_asked_for() -> None:
    story = (
        "We have two claims a month. The clerk enters the claim, 10 minutes. The claim lies six days. "
        "The boss checks the claim, 20 minutes. The boss pays the claim, 5 minutes."
    )
    result = quick(read_story(story, None).process, story=story)
    assert sized("do it for ten cases, and note", result) == "do it for the next cases, and note"
    assert sized("do it on the same ten cases", made()) == "do it on the same ten cases"
    waits = [finding for finding in result.findings if finding.details.get("cause") == "other"]
    assert waits
    assert "nobody said" in way_of(waits[0])


def test_leave_is_asked_for_before_a_check_is_left_out() -> None:
    best = SimpleNamespace(risks=(), caught=("a wrong name",), edits=())
    assert asks_leave(best)
    assert not asks_leave(SimpleNamespace(risks=(), caught=(), edits=()))


def test_who_is_there_on_some_days_only_is_not_told_to_do_each_case_as_it_comes() -> None:
    assert on_few_days("Mo only works Tuesdays and Thursdays")
    assert not on_few_days("He only writes the invoices every Friday.")
    story = (
        "We make forty pairs of shoes a week. Jasper makes the last, 2 hours. Mo stitches the uppers, 1 hour. Mo only "
        "works on Tuesdays and Thursdays, so the lasts lie three days before he stitches the uppers. Jasper glues the "
        "soles, 30 minutes."
    )
    titles = [fate.proposal.title for fate in quick(read_story(story, None).process, story=story).proposals]
    assert not [title for title in titles if "when it arrives" in title]
