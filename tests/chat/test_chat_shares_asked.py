"""The share of cases that a what-if speaks of is that of the way it names, never one of more or fewer cases."""

from __future__ import annotations

import pytest

from assistant.chat.scenarios_asked import scenario_in
from assistant.process.blocks import Branch, Choice, Loop, Sequence, Task
from assistant.process.model import Process

BAKED = Process(
    name="Bake",
    flow=Sequence(
        items=(
            Loop(id="again", while_="crust is burnt", p=0.08, do=Sequence(items=(Task(id="bake", name="Bake bread"),))),
            Choice(
                id="ordered",
                question="Ordered ahead?",
                branches=(
                    Branch(id="yes", when="ordered", p=0.3, do=Sequence(items=(Task(id="keep", name="Keep bread"),))),
                    Branch(id="no", when="not ordered", p=0.7, do=Sequence()),
                ),
            ),
        )
    ),
)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("What if 2.5% of the cases were “crust is burnt”?", "“crust is burnt” in 2.5% of the cases"),
        ("What if 0% of the cases were “ordered”?", "“ordered” in 0% of the cases"),
        ("suppose only half as many crusts got burnt", "“crust is burnt” in 4% of the cases"),
        ("what if no crust got burnt?", "“crust is burnt” in 0% of the cases"),
        ("what if nothing was ordered ahead?", "“ordered” in 0% of the cases"),
        ("What if there were 30% more cases?", "30% more cases"),
        ("what if 5 % of the loaves went mouldy?", None),
    ],
)
def test_a_share_is_one_of_the_way_it_names(words: str, title: str | None) -> None:
    asked = scenario_in(words, BAKED)
    assert (asked and asked.title) == title
