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


@pytest.mark.parametrize(
    "words",
    [
        "Ina 25 EUR, Tim 22, Udo 20, driver 18 an hour",
        "ina 25 euros an hour, tim 22, udo 20, the driver 18",
        "Ina costs €25 an hour, Tim 22, the cleaner 14, Udo 20.",
    ],
)
def test_a_price_of_somebody_unknown_is_named_and_the_others_are_taken(words, tmp_path):
    with told(tmp_path, f"{OVENS} 30 loaves a day.") as talk:
        before = talk.session.process.volume
        lines = talk.turn(words).lines
        process = talk.session.process
    assert [role.cost_per_hour for role in process.roles] == [25, 22, 20]
    assert process.volume == before
    assert any("no place yet" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "asked", "yearly"),
    [
        ("burnt loaves: 4 % of the bread, EUR 6 each", "what do burnt loaves cost us in a year?", "1880 EUR"),
        ("complaints: 12 a month, 50 euros each", "what do the complaints cost us", "7300 EUR"),
    ],
)
def test_what_something_costs_each_time_is_no_count_of_cases(words, asked, yearly, tmp_path):
    with told(tmp_path, f"{OVENS} 30 loaves a day.") as talk:
        before = talk.session.process.volume
        talk.turn(words)
        assert talk.session.process.volume == before
        assert talk.turn(asked).lines[0].startswith(f"About {yearly} a year")


@pytest.mark.parametrize("words", ["claims: 12 a month", "breakdowns: 3 a week"])
def test_a_count_under_the_label_of_something_else_is_none_of_cases(words, tmp_path):
    with told(tmp_path, f"{OVENS} 30 loaves a day.") as talk:
        before = talk.session.process.volume
        talk.turn(words)
        assert talk.session.process.volume == before
