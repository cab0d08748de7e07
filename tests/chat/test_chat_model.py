"""A conversation with a language model: what it made is named with prompt and usage; its failures lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import assistant.language.reading as reading_room
import assistant.workspace.session as sessions
from assistant.app import App
from assistant.chat.telling import entry_line
from assistant.chat.turn import Talk
from assistant.errors import ModelRefused, ModelUnreachable
from assistant.language.reading import Reading, read_story
from assistant.process.tree import tasks
from assistant.workspace.session import Bench, Session

STORY = "A customer sends an order. The sales clerk checks the order. Then the warehouse packs the goods."
MORE = "After that the driver delivers the parcel to the customer."


class Service:
    """Stands for a model: reads as the rules do, or fails when told to."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def read(self, text: str, model: Any = None) -> Reading:
        if self.error is not None:
            raise self.error
        found = read_story(text, None)
        return Reading(found.process, made_by="openai:stub", prompt="story 3 (abc123)")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service()
    monkeypatch.setattr(reading_room, "read_story", made.read)
    usage = {"calls": 2, "input_tokens": 900, "output_tokens": 340, "cost": 0.003}
    monkeypatch.setattr(sessions, "used", lambda model: usage)
    return made


@pytest.fixture
def talk(own_home: Path, service: Service) -> Iterator[Talk]:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    session = Session(Bench(app.settings, app.store, lambda: app.library, lambda: None), "p")
    yield Talk(session, lambda session, folder, force: [])
    app.store.close()


def test_the_log_names_model_prompt_and_usage(talk: Talk) -> None:
    talk.turn(STORY)
    line = next(entry_line(entry) for entry in talk.session.state.entries if entry.kind == "edits")
    assert "openai:stub" in line
    assert "story 3 (abc123)" in line
    assert "2 calls, 1,240 tokens, $0.0030" in line


@pytest.mark.parametrize("error", [ModelRefused("The key is not accepted."), ModelUnreachable("No answer in time.")])
def test_a_failing_service_changes_nothing_and_the_words_can_be_tried_again(
    talk: Talk, service: Service, error: Exception
) -> None:
    talk.turn(STORY)
    before = talk.session.process
    service.error = error
    reply = talk.turn(MORE)
    assert str(error) in reply.lines[0]
    assert any("again" in line for line in reply.lines)
    assert talk.session.process == before
    assert any(MORE in str(entry.what) for entry in talk.session.bench.store.entries("p"))
    service.error = None
    talk.turn("again")
    assert len(tasks(talk.session.process)) > len(tasks(before))
    assert talk.session.state.said() == [STORY, MORE]


def test_a_turn_cut_off_is_no_dead_end_when_the_service_is_down(talk: Talk, service: Service) -> None:
    talk.session.hear(STORY, "story")
    service.error = ModelUnreachable("No answer in time.")
    reply = talk.greet()
    assert "could not take it up" in reply.lines[0]
    service.error = None
    talk.turn("again")
    assert tasks(talk.session.process)
