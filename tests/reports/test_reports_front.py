"""Page one: what a boss reads first, from stories as people tell them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from handmade_redesign import permit
from redesign_kit import process, quick, redesigned

from assistant.handover.package import package
from assistant.language.reading import read_story
from assistant.process.codec import dumps, from_data
from assistant.process.durations import Unit
from assistant.process.volumes import volume
from assistant.redesign.engine import Redesign
from assistant.redesign.quoting import unheard
from assistant.reports.alternatives import brings
from assistant.reports.front import front
from assistant.reports.report import html, markdown
from assistant.reports.view import facts

PAINS = Path(__file__).parents[2] / "evals" / "told_pains"


def told(name: str) -> tuple[Redesign, str]:
    story = PAINS / f"{name}.txt"
    return redesigned(story), story.read_text(encoding="utf-8")


def letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["02-pilotage", "15-payroll-corrections", "07-leasing-returns"])
def test_page_one_has_known_figures_days_few_questions_and_quotes_what_was_said(name: str) -> None:
    result, story = told(name)
    shown = front(result, package(result))
    assert len(shown["numbers"]) <= 3
    assert all(tile["value"] and tile["badge"]["key"] != "unknown" for tile in shown["numbers"])
    assert len(shown["questions"]) <= 8
    assert not any("without the waiting?" in question["text"] for question in shown["questions"])
    days = [int(row["when"].removeprefix("day ")) for row in shown["days"]]
    assert days == sorted(days)
    assert max(days) <= 30
    told_changes = (*shown["changes"], *shown["perhaps"])
    quotes = [change["quote"].removesuffix(" …") for change in told_changes if change["quote"]]
    assert quotes or not result.alternatives[0].proposals
    assert all(quote in flat(story) for quote in quotes)


def test_what_rests_on_nothing_in_the_story_is_listed_with_its_sentence() -> None:
    result, _ = told("02-pilotage")
    assert any("exchange information before the passage" in line for line in result.unread)
    assert "exchange information before the passage" in markdown(result, package(result))
    assert result.document()["unread"] == list(result.unread)


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("Two clerks, one boss, 3 drivers.", False),
        ("we have 2 clerks and 3 drivers", False),
        ("We work from 7 to 15, Monday to Saturday.", False),
        ("We have two clerks and they are both part time.", True),
        ("The yard is small and lies behind the church.", True),
    ],
)
def test_how_many_there_are_and_when_they_work_is_no_unread_sentence(words: str, listed: bool) -> None:
    story = f"The clerk checks the order, 10 minutes. The boss signs it. The driver brings the goods. {words}"
    process = read_story(story).process
    assert (words in unheard(story, process)) is listed


def test_a_question_of_one_form_stands_in_the_table_and_its_gap_is_blank() -> None:
    result, _ = told("07-leasing-returns")
    rows = front(result, package(result))["fill_in"]["steps"]
    assert rows
    assert all(row["work"] == "" for row in rows if result.as_is.flow)
    page = html(result, package(result))
    assert "How long does … take, without the waiting?" in page


def test_a_paper_without_a_recommendation_is_short_and_the_rest_unfolds() -> None:
    result, _ = told("11-furniture-repairs")
    page = html(result, package(result))
    assert result.recommended is None
    assert '<body class="short">' in page
    paper = page.split('id="appendix"')[0]
    assert "What I could not read" in paper
    assert "Who answers for each step" not in paper
    text = markdown(result, package(result))
    assert "## Plan" not in text
    assert text.count("without the waiting?") == 1, "a table asks for all of them at once"


def test_every_finding_of_a_teller_is_quoted_in_the_paper() -> None:
    result, _ = told("15-payroll-corrections")
    paper = letters(unescape(html(result, package(result)).split('id="appendix"')[0]))
    for finding in result.findings:
        assert finding.quotes
        assert letters(finding.quotes[0].text)[:60] in paper


def test_every_idea_is_accounted_for() -> None:
    result, _ = told("02-pilotage")
    text = markdown(result, package(result))
    assert f"{len(result.proposals)}\u00a0ideas" in text
    for fate in result.proposals:
        assert fate.became in ("adopted", "other alternative", "question", "refused")
        assert fate.reason


def test_names_nobody_gave_are_not_invented_and_those_told_are_used() -> None:
    result, _ = told("15-payroll-corrections")
    who = {row["who"] for row in front(result, package(result))["days"]}
    assert any("Payroll clerk" in name for name in who)
    assert not any("manager" in name.lower() for name in who)


def test_a_play_that_misses_the_told_total_is_no_baseline_and_the_gap_is_named() -> None:
    measure = {"id": "total", "name": "Cycle time", "value": 90.0, "unit": "d"}
    result = quick(from_data({**json.loads(dumps(permit())), "measures": [measure]}), cases=40)
    packed = package(result)
    named = front(result, packed)["gap"]
    assert "90 days" in named.replace("\u00a0", " ")
    cycle = next(kpi for kpi in packed.kpis if kpi.id == "cycle_time")
    assert cycle.baseline.value == pytest.approx(90 * 86400)
    assert next(kpi for kpi in packed.kpis if kpi.id == "promise").baseline.value is None
    assert not any("nine of ten" in line for line in packed.pilot.exit)


def test_a_repetition_that_goes_away_is_an_aim_and_no_guard() -> None:
    from handmade_redesign import redesign as handmade

    from assistant.process.apply import apply
    from assistant.process.edits import EDITS

    made = handmade(cases=40, replications=2)
    edits = EDITS.validate_python([{"op": "set_condition", "id": "complete", "p": 0.0}])
    gone = apply(made.as_is, edits)
    best = made.alternatives[0]
    changed = best.__class__(**{**{k: getattr(best, k) for k in best.__dataclass_fields__}, "process": gone,
                                "proposals": (_with(best.proposals[0], edits),)})  # fmt: skip
    from assistant.simulation.run import simulate_all

    runs = simulate_all({"as-is": made.as_is, best.name: gone}, cases=40, replications=2, seed=3)
    again = SimpleNamespace(**{**vars(made), "alternatives": (changed,), "results": runs})
    kpi = next(kpi for kpi in package(again).kpis if kpi.id == "right_first_time")
    assert not kpi.target.hold
    assert kpi.target.possible.value == pytest.approx(1.0)


def _with(proposal: object, edits: object) -> object:
    fields = {name: getattr(proposal, name) for name in proposal.__dataclass_fields__}  # type: ignore[attr-defined]
    return type(proposal)(**{**fields, "edits": tuple(edits)})  # type: ignore[arg-type]


def test_a_change_that_moves_no_figure_is_not_told_as_no_seconds_less() -> None:
    result, _ = told("02-pilotage")
    best = result.alternatives[0]
    still = replace(best.effects["time"], change=0.0, low=0.0, high=0.0, better=None)
    shown = brings(result, replace(best, effects={"time": still}))
    assert not shown["value"].startswith("0 ")


@pytest.mark.parametrize(
    ("count", "unit", "size", "words", "shown"),
    [
        (7400, "d", 365.0, "about 7,400 a year", ("Cases", "about 7,400 a year (stated)")),
        (30, "d", 1.0, "thirty jars a day", ("Cases a day", "30 (stated)")),
        (70, "w", 1.0, None, ("Cases a day", "10 (worked out from a count stated)")),
    ],
)
def test_a_count_over_a_year_is_told_in_its_own_words_and_not_shared_out_over_its_days(
    count: float, unit: Unit, size: float, words: str | None, shown: tuple[str, str]
) -> None:
    told = volume(count, unit, size).model_copy(update={"text": words})
    one = process("flow:\n  - task: {id: fill, name: Fill jar}\n").model_copy(update={"volume": told})
    assert shown in facts(one)
