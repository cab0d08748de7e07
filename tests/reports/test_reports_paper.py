"""The report that begins with a model's paper: nothing in it is run, its figures say where they come from."""

from __future__ import annotations

from functools import cache

from fake_models import FunctionModel
from redesign_kit import process, quick
from test_reports_boss import AVOID, DECIDE, DIAGNOSIS, FLOW, GOOD, STORY

from assistant.handover.package import package
from assistant.redesign.engine import Redesign
from assistant.reports.report import html, markdown
from assistant.reports.terminal import summary

FILL = " ".join(["The boss sees what is large or new, and the clerk does the rest on the day it comes in."] * 7)
PAPER = f"""# Orders: nobody waits for Thursday any more

The clerk releases what is usual, 900 a year go out at once, and the boss keeps the odd ones. <script>alert(1)</script>

## What changes

{FILL}

| | Today | Then |
|---|---|---|
| Orders that come back | 3 | 3 & less |

1. **Clerk:** begins on day 3.
2. The look at the passport stays.

> To all:
> 1. The clerk releases usual orders.
"""


ANSWERED = {"draft": "", "review": "FIGURES\n"}
"""What is answered to the prompts of the first page: the paper, and then nothing to put right."""


@cache
def made(paper: str) -> Redesign:
    def answer(prompt, attempt):
        if prompt.name in ANSWERED:
            return ANSWERED[prompt.name] or paper
        return DIAGNOSIS if prompt.name == "diagnose" else "".join((DECIDE.format(brings="810 orders"), AVOID, GOOD))

    return quick(process(FLOW), model=FunctionModel(answer), story=STORY)


def test_the_paper_is_the_first_page_of_every_form_of_the_report() -> None:
    result = made(PAPER)
    page = html(result, package(result))
    assert "<h1>Orders: nobody waits for Thursday any more</h1>" in page
    assert '<header class="boss' not in page
    assert 'class="traced" title="told: The clerk takes the order, 900 a year' in page
    assert "<blockquote><p>To all:</p><p>(1) The clerk releases usual orders.</p></blockquote>" in page
    assert "3 &amp; less" in page
    assert "<script" not in page
    text = markdown(result, package(result))
    assert text.startswith("# Orders: nobody waits for Thursday any more\n\nThe clerk releases what is usual")
    assert "| Orders that come back | 3 | 3 & less |" in text
    assert summary(result).startswith("Orders: nobody waits for Thursday any more\nThe clerk releases")
    assert result.document()["paper"].startswith("# Orders")


def test_without_a_paper_that_holds_the_page_made_by_rules_stands_and_says_so() -> None:
    result = made("")
    assert result.paper is None
    assert result.document()["paper"] is None
    assert any(note.startswith("The first page was put together by rules") for note in result.notes)
    page = html(result, package(result))
    assert '<header class="boss' in page
    assert page.index("put together by rules") < page.index('<header class="boss')
    assert summary(result).startswith("The first page was put together by rules: ")
    assert markdown(result, package(result)).startswith("> **The first page was put together by rules: ")


def test_what_the_story_protects_is_not_dropped_in_the_paper() -> None:
    result = made(
        PAPER.replace("The look at the passport stays.", "We work faster. We drop the check of the passport.")
    )
    assert result.paper is not None
    assert "drop the check" not in result.paper.markdown
    assert "Struck, as it would take away what must stay: “We drop the check of the passport.”" in result.paper.origin


def test_beside_a_paper_a_play_of_a_part_of_the_time_told_is_said_of_the_whole() -> None:
    flow = FLOW.replace("role: boss}\n", "role: boss, wait: {kind: fixed, value: 2, unit: d, basis: stated}}\n") + (
        "measures: [{id: m, name: Cycle time, value: 20, unit: d, basis: stated}]\n"
    )
    sooner = GOOD.replace("  GIVE sign: Clerk", "  SHORTEN sign | to 1 d").replace("a year | nine", "a year | nine")

    def answer(prompt, attempt):
        if prompt.name in ANSWERED:
            return ANSWERED[prompt.name] or PAPER
        return DIAGNOSIS if prompt.name == "diagnose" else sooner

    result = quick(process(flow), model=FunctionModel(answer), story=STORY)
    assert result.paper is not None
    text = markdown(result, package(result)).partition("# Appendix")[2]
    (row,) = {line for line in text.splitlines() if line.startswith("- Time,")}
    for told in (row, summary(result)):
        assert "1 day less of the 20 days told for the whole" in told.replace("\u00a0", " ")


def test_the_steps_in_a_row_are_printed_and_the_maps_are_not() -> None:
    result = made(PAPER)
    page = html(result, package(result))
    assert '<ol class="strip" aria-label="The recommended change, step by step">' in page
    section = page.partition('<section id="now-then">')[2].partition("</section>")[0]
    assert section.count('<figure class="screen">') == 2


def test_a_paper_that_begins_with_a_list_is_told_by_it_in_the_terminal() -> None:
    listed = PAPER.replace("The clerk releases what is usual", "- **Decided:** the clerk releases what is usual")
    said = summary(made(listed)).splitlines()
    assert said[0] == "Orders: nobody waits for Thursday any more"
    assert said[1].startswith("- Decided: the clerk releases what is usual, 900 a year")


def test_below_a_page_stand_the_sums_wishes_and_rules_and_no_second_plan() -> None:
    result = made(PAPER)
    below = markdown(result, package(result)).partition("# Appendix")[2]
    for words in (
        "What it comes to today: 891 orders a year = 900 a year x 99%",
        "assumes 99%",
        "A new stamp: no",
        "sees the order the same day",
    ):
        assert words in below
    for words in ("## Plan", "Pilot", "Training", "KPI", "may go beyond a trial", "Benefit and cost"):
        assert words not in below
    screen = html(result, package(result)).partition('id="appendix"')[2]
    assert 'id="plan"' not in screen
    assert "A new stamp: <strong>no</strong>" in screen
    assert "= 900 a year x 99%" in screen
