"""What a model writes is overheard while it writes it; the answer, its price and its faults are those of any other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from gateway_kit import BUDGET, GOOD, PROMPT, Answer, gateway, patience
from gateway_kit import quick as quick
from stub_server import Bad, StubServer

from assistant.errors import ModelUnreachable
from assistant.gateway.overheard import hearing, overheard, plainly
from assistant.gateway.port import Prompt, Usage

pytestmark = pytest.mark.usefixtures("quick")


def test_all_that_was_written_so_far_is_heard_and_the_answer_is_the_whole_one() -> None:
    said: list[str] = []
    prompt = Prompt("trial", "1", "ab" * 32, "s", "Write to max@example.org")
    text = "Write to [EMAIL_1] in the morning, and to nobody else."
    with StubServer([text]) as server:
        model = gateway(server)
        with overheard(said.append):
            reply = model.ask(prompt, str, BUDGET)
    assert said[0] == ""
    assert len(said) > 5
    assert all(later.startswith(earlier) for earlier, later in pairwise(said))
    assert "[" not in "".join(said)
    assert reply.value == text.replace("[EMAIL_1]", "max@example.org")
    assert reply.usage == model.project.used == Usage(1, 100, 20, None)
    assert server.requests[0]["stream"] is True
    assert hearing() is None


@pytest.mark.parametrize("name", ["no_stream", "whole_instead"])
def test_a_service_that_cannot_stream_is_asked_for_the_whole_from_then_on(name: str) -> None:
    with StubServer([Bad(name, GOOD)]) as server, overheard(lambda text: None):
        model = gateway(server)
        assert [model.ask(PROMPT, Answer, BUDGET).value.number for _ in range(2)] == [7, 7]
        assert [bool(body.get("stream")) for body in server.requests] == [True, False, False]


def test_what_breaks_off_is_never_an_answer_and_is_asked_once_more() -> None:
    said: list[str] = []
    with StubServer([Bad("stream_cut"), GOOD]) as server, overheard(said.append):
        assert gateway(server).ask(PROMPT, Answer, BUDGET).value.number == 7
    assert said.count("") == 2


def test_what_drips_without_end_takes_no_longer_than_any_other_request() -> None:
    with (
        StubServer([Bad("stream_drip")]) as server,
        overheard(lambda text: None),
        pytest.raises(ModelUnreachable, match="in time"),
    ):
        gateway(server, **patience("stream_drip")).ask(PROMPT, str, BUDGET)


WRITTEN = """KIND correction answer
EXPLAIN The clerk checks it, not the manager.
GIVE check_order | Clerk
CHOICE amount over 500? | "above 500"
  WHEN it is | 20%
    TASK Sales clerk: check order | work 10 min | "checks the order"
ANSWER 2: ten minutes
Plain words of a paper, with 12 days in them.
"""


def test_a_reply_in_lines_is_told_without_its_form() -> None:
    assert plainly(WRITTEN, 20) == (
        "The clerk checks it, not the manager.",
        "Amount over 500",
        "It is",
        "Sales clerk: check order",
        "Ten minutes",
        "Plain words of a paper, with 12 days in them.",
    )
    assert plainly(WRITTEN, 1) == ("Plain words of a paper, with 12 days in them.",)
    assert plainly('{"names": ["a"', 6) == plainly("", 6) == ()
