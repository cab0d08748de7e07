"""Filling in what nobody gave: from the library or a marked estimate, never in silence."""

from __future__ import annotations

import pytest
from redesign_kit import process, quick

from assistant.handover.inputs import yearly_cases
from assistant.language.reading import read_story
from assistant.library.store import load_library
from assistant.process.durations import Basis
from assistant.process.missing import missing
from assistant.process.tree import by_id
from assistant.redesign.estimates import complete
from assistant.redesign.view import View
from assistant.settings import RedesignSettings

BARE = """
roles: [{id: r, name: Clerk}, {id: s, name: Scanner, kind: system}]
flow:
  - task: {id: a, name: Check the application, role: r}
  - task: {id: b, name: Scan the letter, role: s}
  - task: {id: n, name: Answer the caller}
  - choice: {id: c, question: "Fine?", branches: [{when: "yes", do: []}, {when: "no", p: 0.2, do: []}]}
  - loop: {id: l, do: [{task: {id: d, name: Write the reply, role: r, work: 12 min}}], while: wrong}
  - wait: {id: w, name: Reply arrives, event: message}
  - end: {id: e, outcome: Reply sent}
"""


def test_everything_missing_is_filled_and_listed_with_its_source():
    done = complete(process(BARE))
    by = {(one.element, one.field): one for one in done.filled}
    assert {("a", "work"), ("b", "work"), ("n", "work"), ("l", "p"), ("w", "duration"),
            ("process", "volume"), ("r", "capacity"), ("r", "cost_per_hour"), ("n", "cost")} <= set(by)  # fmt: skip
    assert ("d", "work") not in by
    assert not {("c.1", "p"), ("c.2", "p")} & set(by)  # what is left of a told share is told
    assert by_id(done.process)["c"].branches[0].p == pytest.approx(0.8)
    assert by["b", "work"].value < by["a", "work"].value
    assert all(one.source and one.basis in (Basis.ESTIMATED, Basis.LIBRARY) for one in done.filled)
    assert by_id(done.process)["a"].work.basis == Basis.ESTIMATED
    assert 0 < done.work_filled < 1
    assert done.elapsed_filled > 0.9


@pytest.mark.parametrize(("basis", "exact"), [("stated", True), ("estimated", False)])
def test_what_is_left_of_a_share_is_as_sure_as_the_share(basis: str, exact: bool):
    weak = BARE.replace("choice: {", "choice: {basis: estimated, ")
    told = process(weak.replace("p: 0.2,", f"p: 0.2, p_basis: {basis},"))
    assert "c" not in {row.element.partition(".")[0] for row in missing(told)}
    left = by_id(complete(told).process)["c"].branches[0]
    assert (left.p_basis is Basis.STATED) is exact


def test_the_library_comes_before_our_own_guess():
    entry = load_library().get("P01")
    one = process("""
roles: [{id: r, name: Credit controller}]
flow:
  - task: {id: a, name: Check credit limit, role: r}
  - task: {id: z, name: Polish the door handle, role: r}
""")
    found = {one.element: one for one in complete(one, entry).filled if one.field == "work"}
    assert found["a"].basis == Basis.LIBRARY
    assert entry.name in found["a"].source
    assert found["z"].basis == Basis.ESTIMATED


def test_nothing_is_filled_where_all_is_given():
    done = complete(
        process("""
roles: [{id: r, name: Clerk, capacity: 2, cost_per_hour: 30}]
volume: 1 per h
flow:
  - task: {id: a, name: Do it, role: r, work: 5 min}
""")
    )
    assert done.filled == ()
    assert (done.elapsed_filled, done.work_filled) == (0, 0)


def test_a_redesign_says_how_much_rests_on_estimates_and_asks_what_it_guessed():
    result = quick(process(BARE))
    assert any("rest on estimates" in note for note in result.notes)
    assert result.filled == result.completed.filled
    assert all(effect.rests_on != "stated" for one in result.alternatives for effect in [one.effects["time"]])
    finding_p = [f for f in result.findings if any(e.value == 0.1 for e in f.because)]
    assert finding_p == [], "a chance we put in ourselves is no evidence"


def test_cases_of_a_year_are_those_that_are_played_wherever_they_are_named():
    told = read_story(
        "The clerk checks the order, 5 minutes. The boss signs it. We get about twelve orders a day."
    ).process
    completed = complete(told, None)
    yearly = yearly_cases(told, completed.process)
    assert yearly is not None
    assert yearly == View(completed.process, RedesignSettings()).yearly
    assert 3100 < yearly < 3150, "twelve on each working day"
