"""Who is only there on some days is stood in for; who is not there does nothing "as soon as it comes"."""

from __future__ import annotations

import pytest
from redesign_kit import quick

from assistant.english.presence import only_there
from assistant.language.reading import read_story

GLASS = (
    "Nina takes the order, ten minutes. Thirty orders a week. Olaf cuts the glass, one hour. {} "
    "Nina fits the glass, half an hour. Nina sends the bill to the shop, ten minutes. {}"
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("I'm only in on Mondays and Thursdays", True),
        ("Mo only works Tuesdays and Thursdays", True),
        ("He's in on Wednesdays", True),
        ("she is only here twice a week", True),
        ("operations only on Wednesdays", False),
        ("the van comes on Tuesdays", False),
    ],
)
def test_who_is_there_on_some_days_only(words, said):
    assert only_there(words) is said


def test_a_stand_in_is_proposed_and_not_to_do_it_at_once():
    away = "Olaf only works Tuesdays and Thursdays so the frames lie on the shelf for three days on average."
    redesign = quick(read_story(GLASS.format(away, "")).process)
    titles = [proposal.title for made in redesign.alternatives for proposal in made.proposals]
    assert any("stands in for Cut glass" in title for title in titles), titles
    assert not any("when it arrives" in title for title in titles)


def test_bills_once_a_month_are_a_finding_with_a_proposal():
    bills = "She does the bills once a month, at the end. The money comes thirty days after that."
    redesign = quick(read_story(GLASS.format("", bills)).process)
    assert any("collected before the step is done" in finding.title for finding in redesign.findings)
    titles = [proposal.title for made in redesign.alternatives for proposal in made.proposals]
    assert any(title.startswith("Do Send bill to shop for each case") for title in titles), titles
    assert redesign.as_is.flow.items[-1].name == "Wait for money"
