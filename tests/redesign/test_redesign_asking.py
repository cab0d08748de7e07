"""The figure that could move the time of a case most is asked for first, and the question says how much it matters."""

from __future__ import annotations

from assistant.process.codec import from_data
from assistant.process.questions import open_questions
from assistant.redesign.asking import by_effect, swings

STEPS = [("a", "Check form", 10, "min"), ("b", "Inspect site", 5, "d"), ("c", "Write letter", 20, "min")]


def process(filled: bool):
    flow = [
        {"task": {"id": id_, "name": name} | ({"work": length(value, unit)} if filled or id_ == "a" else {})}
        for id_, name, value, unit in STEPS
    ]
    return from_data({"schema": "process/1", "name": "Permit", "flow": flow})


def length(value: float, unit: str) -> dict[str, object]:
    basis = "stated" if unit == "min" and value == 10 else "estimated"
    return {"kind": "fixed", "value": value, "unit": unit, "basis": basis}


def test_what_moves_the_time_most_is_asked_first() -> None:
    asked = by_effect(open_questions(process(filled=False)), process(filled=True))
    assert asked[0].id == "work:b"
    assert "1.5 days more or less" in asked[0].why
    assert {question.id for question in asked} == {question.id for question in open_questions(process(filled=False))}


def test_only_figures_nobody_gave_are_varied() -> None:
    found = swings(process(filled=True))
    assert ("a", "work") not in found
    assert found["b", "work"] > found["c", "work"] > 0
