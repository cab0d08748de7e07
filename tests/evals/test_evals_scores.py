"""The scores of maps and redesigns that stand beside the gold: each can fall, and each says what it means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from redesign_kit import quick

from assistant.evals.asked import asked_first, told_already
from assistant.evals.baseline import blessed
from assistant.evals.maps import score_map
from assistant.evals.merits import FITS, merit_faults, merit_scores, merits, steadiness
from assistant.evals.planted import read_planted
from assistant.evals.shapes import ANSWERED
from assistant.evals.shortform import short_process, with_roles
from assistant.evals.style import style_faults, style_scores
from assistant.evals.suites import suites
from assistant.library.store import load_library
from assistant.process.blocks import Task
from assistant.settings import bundled


def test_every_score_says_what_it_means(tmp_path: Any):
    told = {suite.name: suite for suite in suites()}
    for (suite, score), _ in blessed(tmp_path).values().items():
        assert score == ANSWERED or told[suite].means[score].endswith((".", "…")), f"{suite}.{score}"
    for suite in told.values():
        assert {*suite.guarded, *suite.ceilings, *suite.trends} <= set(suite.means), suite.name


def choice(ways: int, **more: Any) -> dict[str, Any]:
    return {"choice": {"question": "Which?", "branches": [{"when": f"w{n}", "do": [f"Do {n}"], **more}
                                                         for n in range(ways)]}}  # fmt: skip


EASY = ["Open mail", choice(2), "Close file"]
HARDER: dict[str, list[Any]] = {
    "size": [f"Do part {n}" for n in range(45)],
    "arrows": ["Open mail", choice(7)],
    "no_inclusive": ["Open mail", {"any_of": choice(2)["choice"]}],
    "complexity": ["Open mail", *[{"parallel": {"branches": [[f"A{n}"], [f"B{n}"]]}} for n in range(4)]],
    "conditions": ["Open mail", choice(2, p=0.7)],
}


def nested(levels: int) -> list[Any]:
    inner: list[Any] = ["Do it"]
    for n in range(levels):
        inner = [{"choice": {"question": "More?", "branches": [{"when": "yes", "do": [f"Look {n}", *inner]},
                                                              {"when": "no", "do": []}]}}]  # fmt: skip
    return inner


@pytest.mark.parametrize("name", [*HARDER, "nesting"])
def test_a_map_that_is_hard_to_read_loses_the_score_that_says_so(name: str):
    easy = short_process(EASY)
    assert set(style_scores(easy).values()) == {1.0}
    assert style_faults(easy) == []
    hard = short_process(nested(6) if name == "nesting" else HARDER[name])
    assert style_scores(hard)[name] < 1
    assert style_faults(hard)


def test_what_comes_before_what_counts_however_far_apart():
    gold = short_process(["Open mail", "Read mail", "Answer mail", "File mail"])
    between = short_process(
        ["Open mail", "Weigh parcel", "Read mail", "Fetch van", "Answer mail", "Ring bell", "File mail"]
    )
    turned = short_process(["File mail", "Answer mail", "Read mail", "Open mail"])
    assert score_map(gold, between)["flow_f1"] == 0
    assert score_map(gold, between)["order_f1"] > 0.4
    assert score_map(gold, turned)["order_f1"] == 0


def test_a_question_about_what_the_story_tells_is_a_wrong_one():
    asked = asked_first(with_roles(["Clerk: Open mail", "Clerk: Sort mail"]), "The clerk opens the mail.")
    assert {"volume", "work", "capacity"} <= {question["field"] for question in asked}
    assert told_already(asked, []) == []
    assert len(told_already(asked, [("per day", "volume", 8.0), ("Clerk", "capacity", 2.0)])) == 2
    assert told_already(asked, [("Open mail", "wait", 60.0)]) == [], "its work was asked about"


@pytest.fixture(scope="module")
def result() -> Any:
    path = bundled("evals") / "planted" / "01-wholesale-orders.yaml"
    return quick(read_planted(path).process)


def test_merits_of_a_redesign_fall_with_what_is_wrong_in_it(result: Any):
    library = load_library()
    found = merits(result, [result], library)
    scores = merit_scores(found)
    assert (scores["traceable"], scores["stable"]) == (1.0, 1.0)
    bad = replace(
        result.alternatives[0].proposals[0], because=("nothing",), cites=("no-such-entry",), enablers=("E18",)
    )
    broken = replace(result, alternatives=(replace(result.alternatives[0], proposals=(bad,)),), proposals=())
    worse = merits(broken, [result], library)
    assert set(merit_scores(worse).items()) >= {("traceable", 0.0), ("cited", 0.0), ("enabler_fit", 0.0)}
    assert merit_scores(worse)["pains_met"] == 0.0
    assert merit_scores(worse)["stable"] == 0.0
    assert len(merit_faults(worse)) > len(merit_faults(found))


def test_steadiness_is_the_mean_overlap_of_two_runs():
    assert steadiness([[], []]) is None
    assert steadiness([[["H01", "a"]], [["H01", "a"], ["H02", "b"]]]) == 0.5
    assert steadiness([[["H01", "a"]], []]) == 0.0


def test_technology_is_judged_by_the_kind_of_step_and_not_by_the_program():
    judging, moving = Task(id="a", name="Decide case", judgement=True), Task(id="b", name="Move pallet", physical=True)
    assert not FITS["E01"](judging)
    assert not FITS["E06"](Task(id="c", name="Approve", is_control=True))
    assert not FITS["E18"](judging)
    assert FITS["E18"](moving)
    assert not FITS["E15"](moving)
