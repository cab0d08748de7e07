"""What happens at a project is told to all who look at it, while it happens and in the order in which it happens."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from page_kit import STORY

from assistant.app import App
from assistant.page.desk import Desk
from assistant.page.live import Live
from assistant.page.people import People

Told = list[dict[str, Any]]
Result = TypeVar("Result")


@pytest.fixture
def desk(own_home: Path, short_plays: None) -> Iterator[Desk]:
    app = App.build(os.environ)
    yield Desk(app, "orders")
    app.store.close()


def heard(desk: Desk, *work: Callable[[], object]) -> list[Told]:
    """What two listeners are told while some things are done, one behind the other; each until it is all done."""

    people = People()

    async def listen(live: Live, last: int) -> Told:
        told: Told = []
        async with aclosing(live.events(desk, people.owner)) as events:
            async for line in events:
                if line.startswith(b":"):
                    continue  # nothing was told for long
                told.append(data(line))
                if told[-1]["number"] >= last:
                    break
        return told

    async def both() -> list[Told]:
        last = desk.shown.number + len(work)
        live = Live(people)
        listeners = [asyncio.create_task(listen(live, last)) for _ in range(2)]
        while not desk.watchers:
            await asyncio.sleep(0)
        for do in work:
            await asyncio.to_thread(do)
        return await asyncio.gather(*listeners)

    return done(both())


def data(line: bytes) -> dict[str, Any]:
    """What one line of the events says."""
    assert line.startswith(b"data: ")
    return dict(json.loads(line.removeprefix(b"data: ")))


def done(work: Coroutine[Any, Any, Result]) -> Result:
    """What comes of it in a loop of its own: the browser of other tests keeps one running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asyncio.wait_for(work, 300)).result()


def test_a_turn_is_told_while_it_is_read_and_when_it_is_done(desk: Desk) -> None:
    for told in heard(desk, lambda: desk.say(STORY)):
        assert told[0]["working"] == ""
        assert (told[1]["working"], told[1]["heard"]) == ("Reading what was said …", STORY)
        assert (told[-1]["working"], told[-1]["heard"]) == ("", "")
        assert told[-1]["number"] == told[0]["number"] + 1
    assert not desk.watchers, "who stopped listening is forgotten"


def test_what_is_known_is_told_before_all_is_known(desk: Desk) -> None:
    desk.say(STORY)
    told = heard(desk, desk.redesign)[0]
    lines = [what["lines"] for what in told if what["lines"]]
    assert "so far" in lines[0][0]
    assert any("Playing today and" in line for line in lines[-1])
    assert told[-1]["lines"] == []


def test_what_another_program_writes_is_told_too(desk: Desk) -> None:
    desk.say(STORY)
    before, people = desk.shown.number, People()

    async def listen() -> int:
        writing = asyncio.create_task(asyncio.to_thread(elsewhere))
        async with aclosing(Live(people).events(desk, people.owner)) as events:
            async for line in events:
                if "Vet order" in str(desk.shown.state.process):
                    await writing
                    return int(data(line)["number"])
        return 0

    def elsewhere() -> None:
        desk.app.session("orders").request("Rename Check order to Vet order")

    assert done(listen()) > before


def test_whose_link_is_withdrawn_hears_nothing_more(desk: Desk) -> None:
    people = People()
    link = people.invite("Ada", "reader", "orders")

    async def listen() -> Told:
        told: Told = []
        async for line in Live(people).events(desk, link):
            told.append(data(line))
            people.withdraw(link.id, "orders")
            desk.say("help")
        return told

    assert len(done(listen())) == 1
