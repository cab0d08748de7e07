"""A process mined from a log: found again where the log was played from one, sound and measured always."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from played_logs import ways_of

from assistant.eventlog.discovery.choosing import mined
from assistant.eventlog.discovery.inductive import discover
from assistant.eventlog.discovery.quality import accounts, quality
from assistant.eventlog.discovery.replay import Bound, account_of
from assistant.eventlog.discovery.tree import as_process
from assistant.eventlog.discovery.tree_as_net import net_of
from assistant.process.blocks import Choice, Loop
from assistant.process.checks import check
from assistant.process.codec import from_data
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

SHAPES: dict[str, list[Any]] = {
    "a row": ["A", "B", "C", "D"],
    "a choice": ["A", {0.3: ["B"], 0.7: ["C"]}, "D"],
    "a step left out": ["A", {0.3: ["B"], 0.7: []}, "C"],
    "side by side": ["A", [["B"], ["C"]], "D"],
    "rows side by side": ["A", [["B", "C"], ["D", "E"]], "F"],
    "three side by side": [[["A"], ["B"], ["C"]], "D"],
    "rework": ["A", ("B", ["C"], 0.3), "D"],
    "a row done again": ["A", ("B", [], 0.25), "C"],
    "choice within side by side": ["A", [["B"], [{0.4: ["C"], 0.6: ["D"]}]], "E"],
    "side by side within choice": ["A", {0.5: [[["B"], ["C"]]], 0.5001: ["D"]}, "E"],
    "rework of two": ["A", (["B", "C"], ["D"], 0.2), "E", {0.1: ["F"], 0.9: ["G"]}],
    "two decisions": ["A", {0.2: ["B", {0.5: ["C"], 0.5001: ["D"]}], 0.8: ["E"]}, ("F", ["G"], 0.3)],
}


def made(rows: list[Any], name: str = "Log") -> Process:
    number = itertools.count(1)

    def block(part: Any) -> dict[str, Any]:
        id_ = f"s{next(number)}"
        if isinstance(part, str):
            return {"task": {"id": id_, "name": part}}
        if isinstance(part, dict):
            total = sum(part)
            return {"choice": {"id": id_, "branches": [{"p": p / total, "do": flow(do)} for p, do in part.items()]}}
        if isinstance(part, tuple):
            do, redo, p = part
            return {"loop": {"id": id_, "do": flow(do), "redo": flow(redo), "p": p}}
        return {"parallel": {"id": id_, "branches": [{"do": flow(do)} for do in part]}}

    def flow(parts: Any) -> dict[str, Any]:
        return {"sequence": [block(part) for part in ([parts] if isinstance(parts, str) else parts)]}

    return from_data({"schema": "process/1", "name": name, "flow": flow(rows)})


def costs(process: Process, ways: Any) -> set[int]:
    """What each way costs on a process: nothing where it allows all of them."""
    net, steps = net_of(process), {task.name: task.id for task in tasks(process)}
    return {account.cost if (account := account_of(net, way, steps)) else 99 for way in ways}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_process_a_log_was_played_from_is_found_again(shape: str) -> None:
    true = made(SHAPES[shape])
    recorded = ways_of(true, 600)
    mined = as_process(discover(recorded, noise=0.0), "Mined")
    assert costs(mined, recorded) == {0}
    assert costs(true, ways_of(mined, 300, seed=2)) == {0}
    assert not [issue for issue in check(mined) if issue.severity == "error"]


def test_chances_are_counted() -> None:
    mined = as_process(discover(ways_of(made(SHAPES["rework of two"]), 4000)), "Mined")
    loop = next(step for step in walk(mined) if isinstance(step, Loop))
    choice = next(step for step in walk(mined) if isinstance(step, Choice))
    assert loop.p == pytest.approx(0.2, abs=0.03)
    assert sorted(branch.p or 0 for branch in choice.branches) == pytest.approx([0.1, 0.9], abs=0.03)
    assert sum(branch.p or 0 for branch in choice.branches) == pytest.approx(1)


def test_rare_ways_are_left_out_and_cost_fitness() -> None:
    usual = ways_of(made(SHAPES["a row"]), 300)
    ways = {**usual, ("A", "C", "B", "D"): 3, ("D", "A"): 2}
    mined = as_process(discover(ways), "Mined")
    assert [task.name for task in tasks(mined)] == ["A", "B", "C", "D"]
    steps = {task.name: task.id for task in tasks(mined)}
    told = quality(net_of(mined), accounts(net_of(mined), ways, steps), sum(ways.values()))
    assert 0.98 < told.fitness < 1
    assert told.precision == 1


def test_cases_that_are_over_after_one_way_only_are_over_there() -> None:
    begun = ("Register", "Check")
    ways = {
        (*begun, "Ask boss"): 12, (*begun, "Ask boss", "Create", "Tell"): 88, (*begun, "Create", "Tell"): 300,
        (*begun, "Set control", "Create", "Tell"): 9,
    }  # fmt: skip
    mined = as_process(discover(ways), "Mined")
    assert costs(mined, ways) == {0}
    ended = next(step for step in walk(mined) if isinstance(step, Choice) and step.question == "Is the case over?")
    assert [branch.p for branch in ended.branches] == pytest.approx([0.12, 0.88])
    assert 0 not in costs(mined, [begun, (*begun, "Set control")])  # nobody recorded these


def test_a_rare_step_goes_with_the_row_it_was_never_found_without() -> None:
    ways = {
        ("Enter", "Approve", "Post", "Pay"): 900, ("Enter", "Approve", "Post", "Check account", "Pay"): 20,
        ("Enter", "Refuse"): 60,
    }  # fmt: skip
    mined = as_process(discover({**ways, ("Enter",): 40}), "Mined")
    assert costs(mined, ways) == {0}
    assert 0 not in costs(mined, [("Enter", "Check account"), ("Enter", "Check account", "Pay")])


def test_what_is_worked_on_at_the_same_time_is_side_by_side_whichever_is_over_first() -> None:
    ways = {("A", "Short", "Long", "B"): 400, ("A", "Short", "B"): 90}
    turned = [("A", "Long", "Short", "B")]
    assert costs(as_process(discover(ways), "Mined"), turned) != {0}
    mined = as_process(discover(ways, beside=[("Long", "Short")]), "Mined")
    assert costs(mined, [*ways, *turned]) == {0}


WAYS = st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=7).map(tuple)


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(WAYS, st.integers(1, 9), min_size=1, max_size=9), st.integers(0, 3),
    st.lists(st.sampled_from([("A", "B"), ("B", "C"), ("A", "E")]), max_size=2),
)  # fmt: skip
def test_any_log_gives_a_sound_tree_that_allows_all_of_it(
    ways: dict[tuple[str, ...], int], empty: int, beside: list[tuple[str, str]]
) -> None:
    mined = as_process(discover({**ways, (): empty}, noise=0.0, beside=beside), "Mined")
    assert not [issue for issue in check(mined) if issue.severity == "error"]
    names = [task.name for task in tasks(mined)]
    assert len(set(names)) == len(names)  # each activity stands once
    assert costs(mined, [*ways, ()] if empty else ways) == {0}


def test_a_way_that_fits_is_read_straight_on_and_the_search_ends_at_its_bound() -> None:
    steps = [chr(ord("A") + at) for at in range(14)]
    process = made([[[name] for name in steps]])
    net, named = net_of(process), {task.name: task.id for task in tasks(process)}
    bound = Bound(2_000)  # any order of fourteen steps has 16,384 markings
    told = account_of(net, steps[::-1], named, bound)
    assert told is not None
    assert told.cost == 0
    assert bound.left > 1_000
    assert account_of(net, [*steps[:7], *steps[:7]], named, bound) is None
    assert bound.left == 0
    assert accounts(net, {tuple(steps): 3}, named) != []


LOANS = {
    ("lend", "return"): 21, ("lend", "remind", "warn", "fine", "invoice"): 20, ("lend", "remind"): 5,
    ("lend", "remind", "warn", "object", "fine", "hearing"): 2, ("lend", "remind", "return"): 2,
    ("lend", "remind", "warn", "fine", "return"): 1, ("lend", "return", "remind"): 1,
}  # fmt: skip


def test_cases_that_are_over_within_a_way_are_over_there() -> None:
    told = mined(LOANS, "Books", (), sum(LOANS.values()))
    net = net_of(told.process)

    def cost(*way: str) -> int:
        account = account_of(net, way, told.steps)
        assert account is not None
        return account.cost

    assert cost("lend", "return") == cost("lend", "remind") == 0
    assert cost("lend", "return", "invoice") == cost("lend", "remind", "hearing") == 1
    assert told.quality.fitness > 0.95
    assert told.quality.precision > 0.9


def test_what_is_skipped_was_not_seen_to_follow() -> None:
    process = made(["A", {0.5: ["B"], 0.5001: ["C"]}, "D"])
    net, steps = net_of(process), {task.name: task.id for task in tasks(process)}
    ways = {("A", "B", "D"): 5, ("A", "D"): 5}
    assert quality(net, accounts(net, ways, steps), 10).precision == pytest.approx((10 + 5 + 10) / (10 + 2 * 5 + 10))
