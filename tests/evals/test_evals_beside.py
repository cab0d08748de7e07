"""A case that moved is shown before and now: lines people can read, what differs marked, maps marked on both sides."""

from __future__ import annotations

from dataclasses import replace

from assistant.evals.compact import compact
from assistant.evals.comparing import compare_runs
from assistant.evals.report import page
from assistant.evals.runfile import Run
from assistant.evals.shapes import Case, Row
from assistant.evals.shortform import short_process
from assistant.evals.side_by_side import beside, in_lines, marks_of_change, marks_of_missed

LONG = ["Open mail", "Read mail", "Weigh parcel", "Answer mail", "File mail"]


def test_outputs_are_told_in_lines_and_not_as_data():
    told = in_lines({
        "wrong_quotes": [], "first": True, "share": 0.25,
        "results": [{"id": "a", "name": "Order to cash"}], "lines": ["one", "two\nthree"],
        "process": compact(short_process(["Open mail"])),
    })  # fmt: skip
    assert "wrong quotes: none" in told
    assert "first: yes" in told
    assert "- id a; name Order to cash" in told
    assert "- two\n    three" in told
    assert "1. Open mail" in told
    assert not set("{}[]'") & set(told.replace("[open_mail]", ""))


def test_what_differs_is_marked_and_what_is_the_same_is_left_out():
    old = "\n".join(f"line {n}" for n in range(40))
    rows = beside(old, old.replace("line 20", "line twenty <b>"), 10_000)
    assert [row.kind for row in rows] == ["gap", "same", "other", "same", "gap"]
    assert rows[2].before == "line <del>20</del>"
    assert rows[2].after == "line <ins>twenty &lt;b&gt;</ins>"
    assert "19 lines the same" in rows[0].before
    cut = beside("", "\n".join(f"new {n}" for n in range(500)), 2_000)
    assert sum(row.size for row in cut) < 2_200
    assert "more that differ" in cut[-1].before


def test_maps_are_marked_on_both_sides_and_beside_the_one_that_should_come():
    before, now = short_process(LONG), short_process([*LONG[:2], *LONG[3:], "Call back"])
    gone, come = marks_of_change(before, now)
    assert gone.kinds == {"weigh_parcel": "removed"}
    assert come.kinds["call_back"] == "added"
    assert marks_of_missed(before, now).kinds == {"weigh_parcel": "problem"}


def test_a_page_shows_a_moved_case_before_and_now():
    case = Case("mine", {"story": "x"}, {"flow": LONG})
    before = Row("reading", "mine", 1, {"task_f1": 1.0}, {"process": compact(short_process(LONG[1:4]))})
    now = replace(before, scores={"task_f1": 0.5}, output={"process": compact(short_process(LONG[1:3]))})
    head = {"suite": "reading", "repeats": 1, "model": "built-in rules"}
    old, new = Run(head, {("reading", "mine"): case}, [before]), Run(head, {("reading", "mine"): case}, [now])
    text = page(new, old, compare_runs(old, new))
    assert text.count("<svg") == 3
    assert "what is gone is marked" in text
    assert "3. Answer mail [answer_mail]</del>" in text
    assert '<div class="two">\n<div><h3>Map before' in text, "small maps stand beside each other"
