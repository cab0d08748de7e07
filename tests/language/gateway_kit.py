"""What the gateway's tests share: a prompt, reply shapes, and a gateway on a stub server with short deadlines."""

from __future__ import annotations

from typing import Any

import pytest
from stub_server import StubServer

from assistant.gateway.gateway import Gateway, connect
from assistant.gateway.port import Budget, Prompt, ReplyModel
from assistant.settings import LanguageSettings, Settings

KEY = "sk-proj-Zx81kQvB4rT0mN6yP3aS"
PROMPT = Prompt("trial", "1", "ab" * 32, "You answer.", "Which answer?")
PATIENT: dict[str, Any] = {"seconds": 20, "call_seconds": 10, "stall_seconds": 5, "requests": "loopback"}
SHORT: dict[str, Any] = {"seconds": 0.6, "call_seconds": 0.25, "stall_seconds": 0.2}
ENDLESS = {"hang", "drip", "stream_stall", "stream_drip"}  # these would last as long as we let them


def patience(name: str) -> dict[str, Any]:
    """Short deadlines for a misbehaviour that has no end of its own, patient ones for all others."""
    return SHORT if name in ENDLESS else {}


class Answer(ReplyModel):
    """A small reply."""

    number: int
    names: tuple[str, ...]


GOOD = '{"number": 7, "names": ["a", "b"]}'


def settings(server: StubServer, **language: Any) -> Settings:
    """Settings that point at a stub server."""
    return Settings(base_url=server.url, language=LanguageSettings(**{**PATIENT, **language}))


def gateway(server: StubServer, name: str = "openai:stub", **language: Any) -> Gateway:
    """A gateway on a stub server."""
    made = connect(name, settings(server, **language))
    assert isinstance(made, Gateway)
    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key in the environment, and pauses between tries cut short."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr("assistant.gateway.retries.LONGEST_PAUSE", 0.01)


BUDGET = Budget()
