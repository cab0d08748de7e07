"""Volume, heads and prices in one list: all of it is taken, in the first telling as in a later turn."""

from __future__ import annotations

import pytest
from chat_kit import told

OVENS = "Ina mixes the dough, 5 minutes. Tim bakes the bread, an hour. Udo packs the bread, 20 minutes."


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    ("words", "heads", "prices"),
    [
        ("Ten loaves a day, one Ina, one Tim, two Udos.", [1, 1, 2], [None] * 3),
        ("30 loaves a day, one Ina and two people at the bake", [1, 2, None], [None] * 3),
        ("Ina costs 25 euros an hour, Tim and Udo 20.", [None] * 3, [25, 20, 20]),
    ],
)
def test_nothing_of_a_list_is_lost(words, heads, prices, later, tmp_path):
    with told(tmp_path, OVENS if later else f"{OVENS} {words}") as talk:
        if later:
            talk.turn(words.lower())
        process = talk.session.process
    assert [role.capacity for role in process.roles] == heads
    assert [role.cost_per_hour for role in process.roles] == prices
    assert (process.volume is not None) == ("a day" in words)
