"""Misbehaviour of a service, one test each: a named error, in time, and no wrong answer passed as right."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time

import pytest
from gateway_kit import BUDGET, ENDLESS, GOOD, KEY, PROMPT, Answer, gateway, patience, quick  # noqa: F401
from stub_faults import MISBEHAVIOURS
from stub_server import Bad, StubServer

from assistant.errors import ModelAnswerInvalid, ModelMissing, ModelRefused, ModelUnreachable, ServiceError
from assistant.gateway.gateway import connect
from assistant.gateway.port import Delta
from assistant.settings import LanguageSettings, Settings

pytestmark = pytest.mark.usefixtures("quick")

# name, the error, words in it, requests made (1: not tried again)
FAULTS: list[tuple[str, type[ServiceError], str, int]] = [
    ("key", ModelRefused, "does not accept the key", 1),
    ("forbidden", ModelRefused, "does not allow", 1),
    ("no_model", ModelMissing, "not known at this address", 1),
    ("rate", ModelRefused, "rate limit", 6),
    ("quota", ModelRefused, "no credit left", 1),
    ("server", ModelUnreachable, "fault of its own", 4),
    ("bad_gateway", ModelUnreachable, "fault of its own", 4),
    ("overloaded", ModelUnreachable, "fault of its own", 4),
    ("bad_request", ModelRefused, "did not accept the request", 1),
    ("too_long", ModelRefused, "longer than", 1),
    ("filtered_request", ModelRefused, "content filter", 1),
    ("filtered", ModelRefused, "content filter", 1),
    ("refusal", ModelRefused, "declined", 1),
    ("truncated", ModelAnswerInvalid, "cut off at its length limit", 2),
    ("no_finish", ModelUnreachable, "broke off", 3),
    ("tool_calls", ModelAnswerInvalid, "called a tool", 2),
    ("html", ModelAnswerInvalid, "text/html instead of JSON", 2),
    ("html_502", ModelUnreachable, "fault of its own", 4),
    ("wrong_type", ModelAnswerInvalid, "text/plain instead of JSON", 2),
    ("redirect", ModelAnswerInvalid, "sends elsewhere", 2),
    ("empty", ModelAnswerInvalid, "does not answer as a language model", 2),
    ("malformed", ModelAnswerInvalid, "not valid JSON", 2),
    ("bad_utf8", ModelAnswerInvalid, "not valid JSON", 2),
    ("surrogate", ModelAnswerInvalid, "broken character", 3),
    ("odd_shape", ModelAnswerInvalid, "shape of a chat completion", 2),
    ("no_choices", ModelAnswerInvalid, "shape of a chat completion", 2),
    ("null_choices", ModelAnswerInvalid, "shape of a chat completion", 2),
    ("error_in_200", ModelAnswerInvalid, "shape of a chat completion", 2),
    ("null_content", ModelAnswerInvalid, "empty answer", 2),
    ("echo", ModelRefused, "did not accept the request", 1),
    ("as_system", ModelAnswerInvalid, "in the role system", 2),
    ("as_user", ModelAnswerInvalid, "in the role", 2),
    ("hang", ModelUnreachable, "in time", 2),
    ("drip", ModelUnreachable, "in time", 2),
    ("cut", ModelUnreachable, "broke off", 3),
    ("reset", ModelUnreachable, "broke off", 3),
    ("huge", ModelAnswerInvalid, "more than is ever read", 1),
    ("packed", ModelAnswerInvalid, "more than is ever read", 1),
    ("no_gzip", ModelAnswerInvalid, "cannot be unpacked", 2),
    ("deep_body", ModelAnswerInvalid, "cannot be unpacked", 2),
    ("endless", ModelAnswerInvalid, "too long to be sent back", 1),
    ("digits", ModelAnswerInvalid, "more digits than can be read", 3),
    ("deep", ModelAnswerInvalid, "nested too deep", 3),
    ("no_schema", ModelRefused, "does not support", 3),
]


@pytest.mark.parametrize(("name", "error", "words", "requests"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_ends_as_a_named_error(name: str, error: type[ServiceError], words: str, requests: int) -> None:
    with StubServer([Bad(name, GOOD)]) as server:
        model = gateway(server, **patience(name))  # what has to be imported is no part of the deadline
        begun = time.monotonic()
        with pytest.raises(error, match=words) as caught:
            model.ask(PROMPT, Answer, BUDGET)
        # The server would keep us waiting for ten minutes: what ended far sooner ended by our deadline.
        assert time.monotonic() - begun < 300
        # On a busy machine a short deadline may be over before there is time for another try.
        least = 1 if name in ENDLESS else requests
        assert least <= len(server.requests) <= requests
    told = str(caught.value)
    assert 2 <= len(told.splitlines()) <= 3
    assert caught.value.remedy
    assert KEY not in told
    assert "sk-" not in told


STREAM_FAULTS: list[tuple[str, type[ServiceError], str]] = [
    ("key", ModelRefused, "does not accept the key"),
    ("quota", ModelRefused, "no credit left"),
    ("stream_stall", ModelUnreachable, "stopped coming"),
    ("stream_cut", ModelUnreachable, "broke off"),
    ("stream_no_finish", ModelUnreachable, "without saying that it was whole"),
    ("stream_ends_silently", ModelUnreachable, "without saying that it was whole"),
    ("stream_length", ModelAnswerInvalid, "cut off at its length limit"),
    ("stream_error", ModelUnreachable, "fault of its own"),
    ("stream_garbage", ModelAnswerInvalid, "not valid JSON"),
    ("stream_empty", ModelAnswerInvalid, "empty answer"),
    ("stream_html", ModelAnswerInvalid, "text/html instead of JSON"),
    ("stream_drip", ModelUnreachable, "in time"),
    ("hang", ModelUnreachable, "stopped coming|in time"),
]


@pytest.mark.parametrize(("name", "error", "words"), STREAM_FAULTS, ids=[row[0] for row in STREAM_FAULTS])
def test_a_stream_that_breaks_raises_and_is_never_done(name: str, error: type[ServiceError], words: str) -> None:
    seen: list[Delta] = []
    with StubServer([Bad(name)]) as server, pytest.raises(error, match=words):
        seen.extend(gateway(server, **patience(name)).stream(PROMPT, BUDGET))
    assert not any(delta.done for delta in seen)


def test_every_misbehaviour_of_the_stub_is_tested() -> None:
    tested = {row[0] for row in FAULTS} | {row[0] for row in STREAM_FAULTS}
    detours = {"no_json", "no_temperature", "no_new_limit", "no_stream", "whole_instead", "stream_paused"}
    assert set(MISBEHAVIOURS) - tested == detours  # they end well


def test_a_refused_connection_says_so() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = LanguageSettings(seconds=1, call_seconds=0.5, requests="loopback")
    model = connect("openai:stub", Settings(base_url=f"http://127.0.0.1:{port}/v1", language=own))
    with pytest.raises(ModelUnreachable, match="No connection"):
        model.ask(PROMPT, Answer, BUDGET)


def test_an_unknown_host_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*args: object, **kwargs: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    own = LanguageSettings(seconds=1, call_seconds=0.5)
    model = connect("openai:stub", Settings(base_url="http://models.example.invalid/v1", language=own))
    with pytest.raises(ModelUnreachable, match="No connection") as caught:
        model.ask(PROMPT, Answer, BUDGET)
    assert "not known" in caught.value.why


def test_the_key_is_in_no_log_no_error_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with StubServer([Bad("key")]) as server:
        model = gateway(server)
        with pytest.raises(ModelRefused) as caught:
            model.ask(PROMPT, Answer, BUDGET)
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in caplog.text
    assert KEY not in repr(model) + repr(model._transport) + repr(caught.value) + str(caught.value)
    assert caught.value.__cause__ is None


def test_texts_go_to_the_model_and_to_no_tracing_service(monkeypatch: pytest.MonkeyPatch) -> None:
    with StubServer([GOOD]) as tracer, StubServer([GOOD]) as server:
        for name in ("LANGSMITH", "LANGCHAIN"):
            monkeypatch.setenv(f"{name}_TRACING_V2", "true")
            monkeypatch.setenv(f"{name}_API_KEY", "trace-key")
            monkeypatch.setenv(f"{name}_ENDPOINT", tracer.url)
        model = gateway(server)
        model.ask(PROMPT, Answer, BUDGET)
        list(model.stream(PROMPT, BUDGET))
        from langchain_core.tracers.langchain import wait_for_all_tracers

        wait_for_all_tracers()
        assert len(server.requests) == 2
        assert tracer.headers == []


def test_the_gateway_loads_no_provider_before_it_connects() -> None:
    way = [f"assistant.gateway.{name}" for name in "gateway embeddings doctor prompts redact".split()]
    asked = [f"assistant.language.by_model.{name}" for name in "story change judgements".split()]
    code = f"import sys\nfor name in {way + asked!r}: __import__(name)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"openai", "langchain", "langchain_core", "httpx2", "jinja2", "numpy"} & set(loaded)


@pytest.mark.parametrize("name", ["openai:stub", "anthropic:claude-haiku-4-5"])
def test_requests_can_be_forbidden(name: str) -> None:
    own = LanguageSettings(requests="none")
    with pytest.raises(ModelMissing, match="switched off"):
        connect(name, Settings(base_url="http://127.0.0.1:1/v1", language=own))


def test_loopback_only_lets_no_other_address_through() -> None:
    own = LanguageSettings(requests="loopback")
    for address in (None, "https://api.openai.com/v1", "http://127.0.0.1.example.org/v1"):
        with pytest.raises(ModelMissing, match="switched off"):
            connect("openai:stub", Settings(base_url=address, language=own))


def test_without_a_key_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelMissing, match="no key") as caught:
        connect("openai:gpt-4.1-mini", Settings())
    assert "OPENAI_API_KEY" in str(caught.value)


@pytest.mark.parametrize(("name", "words"), [
    ("offline", "No language model is chosen"), ("gpt-4.1", "names no model"), ("openai:", "names no model"),
    ("anthropic:claude-haiku-4-5", "langchain-anthropic"), ("nobody:model", "No provider called nobody is known"),
])  # fmt: skip
def test_a_model_that_cannot_be_had_says_what_is_missing(name: str, words: str) -> None:
    with pytest.raises(ModelMissing, match=words):
        connect(name, Settings())


def test_what_a_service_echoes_of_key_and_people_is_not_shown() -> None:
    with StubServer([Bad("echo")]) as server, pytest.raises(ModelRefused) as caught:
        gateway(server).ask(PROMPT, Answer, BUDGET)
    shown = str(caught.value)
    assert "Bad request" in shown
    assert not any(part in shown for part in ("jane", "example.org", "Zx81", "4rT0", "mN6y", "P3aS"))
