"""Figures a model wrote down reach the facts: counts among many, parts of the whole, ranges of people."""

from __future__ import annotations

import pytest

from assistant.language.by_model.change_outline import outline
from assistant.language.by_model.story import build
from assistant.language.by_model.story_reply import StoryReply
from assistant.language.figures.stated import said_in
from assistant.redesign.facts import facts

STORY = (
    "The flat was empty for eleven weeks. Five of forty did not come. In 9 years we had four complaints. The harbour "
    "man unloads; in May he has his brother with him, they are then two. The clerk needs half a day hands on for the "
    "file, with the boss, each Monday. Since 2009 it led to two corrections in 11,400 cases."
)
REPLY = """\
PROCESS Let flat
TOTAL cycle time (flat in one street empty) | 11 w | "was empty for eleven weeks"
TOTAL people who did not come | 12.5% | "Five of forty did not come"
TOTAL complaints in 9 years | 4 | "In 9 years we had four complaints"
ROLE Harbour man | 1 to 2 people | "they are then two"
ROLE Buyer | external
FLOW
TASK Harbour man: unload | "The harbour man unloads"
TASK Clerk: keep file | work 0.5 d | every 1 w | with Boss | "needs half a day hands on for the file, with the boss"
CHOICE correction? | "two corrections in 11,400 cases"
  WHEN needed | 0.0175% | "it led to two corrections in 11,400 cases"
    TASK Clerk: correct | "two corrections"
  WHEN not needed
"""


def test_what_was_told_is_among_the_facts_with_its_words() -> None:
    process = build(StoryReply.parse(REPLY), STORY).process
    told = "\n".join(facts(process, STORY).values())
    assert "11 weeks (of a part) (stated: “The flat was empty for eleven weeks”)" in told
    assert "12.5 % (stated: “Five of forty did not come”)" in told
    assert "4 (stated: “In 9 years we had four complaints”)" in told
    assert "needed in 0.018 % of cases (told)" in told
    assert "Harbour man: 1 person (told)" in told
    assert "Hands-on time of Keep file: 4 h" in told, "half a day of work is half a working day"
    assert "without any time told" not in told, "what is missing is no fact"


def test_a_part_told_in_weeks_calibrates_nothing() -> None:
    from assistant.handover.kpis import told_total
    from assistant.redesign.contradictions import told_time

    process = build(StoryReply.parse(REPLY), STORY).process
    assert told_total(process) is None
    assert told_time(process) is None


def test_the_outline_keeps_rhythm_partner_outsiders_and_small_shares() -> None:
    lines = outline(build(StoryReply.parse(REPLY), STORY).process)
    for words in ("every 1 w", "with Boss", "ROLE Buyer | external", "0.0175%"):
        assert words in lines


@pytest.mark.parametrize(
    ("text", "share", "said"),
    [
        ("Via the portal one in a hundred is queried, by telefax nine, by telephone fourteen.", 0.14, True),
        ("It is no good in one case of three.", 0.33, True),
        ("In seventy flats he once noted a dripping tap.", 0.014, True),
        ("He works 5 days in a row and she works 10 hours.", 0.5, False),
        ("There are 3 clerks and 6 nurses.", 0.5, False),
        ("It is no good in one case of three.", 0.5, False),
    ],
)
def test_shares_told_as_counts_are_told(text: str, share: float, said: bool) -> None:
    assert said_in(text).has_share(share) is said
