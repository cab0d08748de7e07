"""A story told one sentence a turn, by people who talk: what each turn adds, and what it leaves alone."""

from __future__ import annotations

import pytest
from chat_kit import names, told

from assistant.process.tree import tasks

PUMPS = (
    "A farmer brings a pump. Lena writes a ticket, five minutes. Paul mends the pump in about 2 hours. "
    "Lena posts the pump."
)


@pytest.mark.parametrize(
    "words", ["the price of the mail is 9 euros a piece", "the postage is 9 euros", "we pay 9 euros postage per parcel"]
)
def test_what_a_thing_costs_is_a_cost_of_the_step_and_nobodys_hour(words, tmp_path):
    with told(tmp_path, PUMPS) as talk:
        talk.turn(words)
        assert {task.name: task.cost for task in tasks(talk.session.process) if task.cost} == {"Post pump": 9.0}
        assert [role.cost_per_hour for role in talk.session.process.roles] == [None] * 3


def test_a_new_step_has_the_price_told_with_it(tmp_path):
    with told(tmp_path, PUMPS.replace(" Lena posts the pump.", "")) as talk:
        talk.turn("then it's sent by courier, 12 euros")
        assert (names(talk)[-1], tasks(talk.session.process)[-1].cost) == ("Send pump", 12.0)
        assert "12 EUR a case" in "\n".join(talk.turn("show").lines)
        talk.turn("Paul 35 euros, Lena 28")
        assert [role.cost_per_hour for role in talk.session.process.roles][1:3] == [28.0, 35.0]
