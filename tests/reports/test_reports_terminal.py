"""Terminal lines: plain text that says what was read, what hurts, what could be done and where the files are."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from handmade_redesign import permit

from assistant.process.apply import apply
from assistant.process.edits import EDITS
from assistant.reports.terminal import clean, comparison_lines, simulation_lines, summary
from assistant.simulation.run import BESIDE, simulate


def test_the_summary_names_findings_alternatives_questions_and_files(redesign):
    told = summary(redesign, [Path("out/as-is.json"), Path("out/report.html"), Path("out/report.md")])
    assert told.startswith("Grant a market permit: 6 steps, 4 roles.")
    assert redesign.findings[0].title in told
    assert "Small steps (recommended): better" in told
    assert " less" in told
    assert "Worth answering first:" in told
    assert "Report: out/report.html" in told
    assert "as-is.json, report.md" in told
    assert told.isprintable() or {c for c in told if not c.isprintable()} == {"\n"}


def test_nothing_recommended_and_nothing_found_are_said(redesign):
    bare = SimpleNamespace(**{**vars(redesign), "findings": (), "alternatives": (), "recommended": None})
    told = summary(bare)
    assert "What hurts: nothing was found" in told
    assert "No alternative could be made" in told
    assert "No alternative is recommended" in summary(SimpleNamespace(**{**vars(redesign), "recommended": None}))


def test_what_a_user_wrote_cannot_steer_the_terminal():
    assert clean("a\x1b[31mred\x07\u202e") == "a[31mred"
    assert clean("two\nlines") == "two\nlines"


def test_a_simulation_is_told_with_intervals():
    told = simulation_lines(simulate(permit(), cases=50, replications=3, seed=1))
    assert "3 replications of 50 cases, seed 1" in told
    for name in ("Cycle time:", "Flow efficiency:", "Front desk", "Permit granted:"):
        assert name in told
    assert " to " in told


def test_a_comparison_is_told_with_its_verdict_and_no_better_than_it_says():
    from assistant.redesign.compare import compare

    process = permit()
    same = comparison_lines(compare(process, process, cases=40, replications=3, seed=1))
    assert "nothing" in same
    assert "(better)" not in same
    assert "Verdict: no evidence" in same
    edits = EDITS.validate_python([{"op": "delete", "ids": ["place"]}])
    told = comparison_lines(compare(process, apply(process, edits), cases=60, replications=4, seed=1))
    assert "Assign stall" in told
    assert "Time:" in told
    assert " less" in told


def test_why_a_changed_process_may_differ_from_a_play_of_its_own_is_said_where_its_figures_are_shown(redesign):
    told = "Today's figures are those that `assistant simulate` gives."
    assert told not in summary(redesign)
    today = replace(redesign.results["as-is"], notes=(BESIDE,))
    shown = SimpleNamespace(**{**vars(redesign), "results": {**redesign.results, "as-is": today}})
    assert summary(shown).count(told) == 1
