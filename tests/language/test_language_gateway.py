"""The gateway when things go well, or well in the end: tries, detours, repairs, budgets, cache, streams."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gateway_kit import BUDGET, GOOD, PROMPT, Answer, gateway, patience, quick, settings  # noqa: F401
from stub_server import Bad, StubServer

from assistant.errors import ModelAnswerInvalid, ModelMissing, ModelRefused, ModelUnreachable
from assistant.gateway.doctor import diagnose
from assistant.gateway.embeddings import connect_embeddings
from assistant.gateway.gateway import connect
from assistant.gateway.port import Budget, LanguageModel, Prompt, ReplyFault, Usage
from assistant.settings import LanguageSettings, Settings, data_folder

pytestmark = pytest.mark.usefixtures("quick")


def test_an_answer_comes_whole_with_its_usage_and_its_prompt() -> None:
    with StubServer([GOOD]) as server:
        model = gateway(server)
        reply = model.ask(PROMPT, Answer, BUDGET)
    assert isinstance(model, LanguageModel)
    assert reply.value == Answer(number=7, names=("a", "b"))
    assert (reply.model, reply.prompt, reply.mode) == ("openai:stub", "trial@1 (abababab)", "schema")
    assert reply.usage == Usage(1, 100, 20, None)
    shape = server.requests[0]["response_format"]["json_schema"]
    assert shape["strict"] is True
    assert shape["schema"]["additionalProperties"] is False


@pytest.mark.parametrize(("script", "mode"), [
    ([Bad("no_schema"), GOOD], "json"),
    ([Bad("no_schema"), Bad("no_json"), GOOD], "text"),
])  # fmt: skip
def test_a_service_without_json_schema_is_asked_in_another_way_and_remembered(script: list[Any], mode: str) -> None:
    with StubServer(script) as server:
        model = gateway(server)
        reply = model.ask(PROMPT, Answer, BUDGET)
        again = model.for_turn().ask(PROMPT, Answer, BUDGET)
    assert reply.value.number == again.value.number == 7
    assert reply.mode == again.mode == mode
    assert any(mode in note for note in reply.notes)
    assert len(server.requests) == len(script) + 1
    assert '"names"' in server.requests[-1]["messages"][0]["content"]  # the schema, now in words


def test_free_answers_to_one_request_are_asked_and_kept_apart() -> None:
    with StubServer([GOOD] * 3) as server:
        kept = gateway(server, cache=True)
        for sample in (1, 2, 1, 0):
            assert kept.ask(PROMPT, Answer, replace(BUDGET, sample=sample)).value.number == 7
    assert ["temperature" in request for request in server.requests] == [False, False, True]


def test_options_a_service_does_not_know_are_left_out_or_said_the_old_way() -> None:
    with StubServer([Bad("no_temperature"), Bad("no_new_limit"), GOOD]) as server:
        assert gateway(server).ask(PROMPT, Answer, BUDGET).value.number == 7
    last = server.requests[-1]
    assert "temperature" in server.requests[0]
    assert "temperature" not in last
    assert "max_completion_tokens" not in last
    assert last["max_tokens"] > 0


@pytest.mark.parametrize("name", ["rate", "server", "overloaded", "cut", "reset", "html", "hang", "null_content"])
def test_a_passing_fault_is_tried_again(name: str) -> None:
    with StubServer([Bad(name), GOOD]) as server:
        model = gateway(server, call_seconds=2 if name == "hang" else 10)
        assert model.ask(PROMPT, Answer, BUDGET).value.number == 7
    assert len(server.requests) == 2


def test_retry_after_is_honoured_within_the_deadline_and_ends_the_tries_beyond_it() -> None:
    with StubServer([Bad("rate", options={"retry_after_ms": "120"}), GOOD]) as server:
        begun = time.monotonic()
        assert gateway(server).ask(PROMPT, Answer, BUDGET).value.number == 7
        assert time.monotonic() - begun >= 0.12
    with StubServer([Bad("rate", options={"retry_after": "3600"}), GOOD]) as server:
        with pytest.raises(ModelRefused, match="rate limit"):
            gateway(server).ask(PROMPT, Answer, BUDGET)
        assert len(server.requests) == 1


def test_an_answer_cut_at_its_limit_is_asked_for_once_more_with_twice_the_room() -> None:
    with StubServer([Bad("truncated", GOOD), GOOD]) as server:
        assert gateway(server).ask(PROMPT, Answer, Budget(output_tokens=50)).value.number == 7
    assert [body["max_completion_tokens"] for body in server.requests] == [50, 100]


BROKEN = [
    '{"number": 7, "names": ["a", "b"]',
    '{"number": "7", "names": []}',
    '{"number": 7, "names": [], "more": 1}',
    '{"number": 7, "number": 8, "names": []}',
    '{"number": NaN, "names": []}',
    '{"number": 7}',
    '[{"number": 7, "names": []}]',
    "Here you are: " + GOOD,
    "```json\n" + GOOD + "\n```\nand ```more```",
    "null",
    "I am sorry, I cannot.",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_reply_of_the_wrong_shape_goes_back_with_nothing_but_the_error(text: str) -> None:
    with StubServer([text, GOOD]) as server:
        reply = gateway(server).ask(PROMPT, Answer, BUDGET)
    assert (reply.value.number, reply.repairs, reply.usage.calls) == (7, 1, 2)
    *before, answer, sent_back = server.requests[1]["messages"]
    assert before == server.requests[0]["messages"]
    assert (answer["role"], answer["content"]) == ("assistant", text)
    assert "could not be read" in sent_back["content"]
    assert PROMPT.user not in sent_back["content"]


def test_two_repairs_are_the_most() -> None:
    with StubServer(["no"]) as server:
        with pytest.raises(ModelAnswerInvalid, match="After 2 repairs"):
            gateway(server).ask(PROMPT, Answer, BUDGET)
        assert len(server.requests) == 3


def test_a_check_of_the_prompt_is_a_reason_for_repair() -> None:
    def small(value: Answer) -> None:
        if value.number > 7:
            raise ReplyFault("number: too large, at most 7.")

    prompt = Prompt("trial", "1", "ab" * 32, "s", "u", small)
    with StubServer([GOOD.replace("7", "9"), GOOD]) as server:
        assert gateway(server).ask(prompt, Answer, BUDGET).value.number == 7
    assert "at most 7" in server.requests[1]["messages"][-1]["content"]


def test_a_single_fence_around_the_whole_answer_is_let_pass() -> None:
    with StubServer(["```json\n" + GOOD + "\n```"]) as server:
        assert gateway(server).ask(PROMPT, Answer, BUDGET).repairs == 0


def test_personal_data_is_masked_before_sending_and_put_back_after() -> None:
    prompt = Prompt("trial", "1", "ab" * 32, "s", "Anna Berg <anna.berg@example.com> calls +49 30 9018201.")
    answer = '{"number": 1, "names": ["[NAME_1]", "[EMAIL_1]", "PHONE_1"]}'
    with StubServer([answer]) as server:
        reply = gateway(server).ask(prompt, Answer, BUDGET)
        bare = gateway(server, redact=False).ask(prompt, Answer, BUDGET)
    sent = server.requests[0]["messages"][1]["content"]
    assert "Anna" not in sent
    assert "example.com" not in sent
    assert "9018201" not in sent
    assert reply.value.names == ("Anna Berg", "anna.berg@example.com", "+49 30 9018201")
    assert "masked before sending" in reply.notes[0]
    assert bare.value.names[0] == "[NAME_1]"
    assert "anna.berg" in server.requests[1]["messages"][1]["content"]


def test_somebody_is_masked_alike_in_all_prompts_of_a_turn_and_anew_in_the_next() -> None:
    first = Prompt("trial", "1", "ab" * 32, "s", "Anna Berg asks Petra.")
    second = Prompt("trial", "1", "ab" * 32, "s", "Petra waits for Anna Berg.")
    with StubServer([GOOD] * 4) as server:
        model = gateway(server)
        turn = model.for_turn()
        for prompt in (first, second):
            turn.ask(prompt, Answer, BUDGET)
        model.for_turn().ask(second, Answer, BUDGET)
    sent = [request["messages"][1]["content"] for request in server.requests]
    assert sent == ["[NAME_1] asks [NAME_2].", "[NAME_2] waits for [NAME_1].", "[NAME_1] waits for [NAME_2]."]


def test_a_budget_refuses_before_anything_is_sent() -> None:
    with StubServer([GOOD]) as server:
        for own in ({"project_tokens": 100}, {"project_cost": 1.0}, {"turn_tokens": 50}):
            with pytest.raises(ModelRefused, match="over the budget"):
                gateway(server, **own).for_turn().ask(PROMPT, Answer, BUDGET)
        with pytest.raises(ModelRefused, match="longer than"):
            gateway(server, input_tokens=100).ask(Prompt("t", "1", "a" * 64, "s", "word " * 500), Answer, BUDGET)
        assert server.requests == []


def test_tokens_and_money_are_counted_per_call_turn_and_project() -> None:
    with StubServer([GOOD]) as server:
        model = gateway(server, prices={"openai:stub": (10.0, 100.0)}, project_cost=0.9, output_tokens=1000)
        first, second = model.for_turn(), model.for_turn()
        one = first.ask(PROMPT, Answer, BUDGET)
        first.ask(PROMPT, Answer, BUDGET)
        second.ask(PROMPT, Answer, BUDGET)
    assert one.usage.cost == pytest.approx(100 * 10e-6 + 20 * 100e-6)
    assert first.turn is not None
    assert second.turn is not None
    assert (first.turn.used.calls, second.turn.used.calls, model.project.used.calls) == (2, 1, 3)
    assert model.project.used.cost == pytest.approx(3 * 0.003)
    assert "3 calls, 360 tokens, $0.0090" in model.project.used.in_words()


def test_a_budget_counts_what_failed_requests_used_and_stops_there() -> None:
    with StubServer([Bad("truncated", GOOD)]) as server:
        model = gateway(server, prices={"openai:stub": (1.0, 1000.0)}, output_tokens=100, project_cost=0.25)
        with pytest.raises(ModelRefused, match="over the budget"):
            model.ask(PROMPT, Answer, BUDGET)
        assert len(server.requests) == 1
    assert model.project.used.output_tokens == 100
    assert model.project.used.exact is False


def test_the_cache_answers_the_same_request_and_no_other() -> None:
    other = Prompt("trial", "1", "ab" * 32, "You answer.", "Which other answer?")
    with StubServer([GOOD]) as server:
        model = gateway(server, cache=True)
        first, second = model.ask(PROMPT, Answer, BUDGET), model.ask(PROMPT, Answer, BUDGET)
        third = model.ask(other, Answer, BUDGET)
        assert len(server.requests) == 2
    assert (first.cached, second.cached, third.cached) == (False, True, False)
    assert second.value == first.value
    assert second.usage == Usage()


def test_the_cache_is_bounded_keeps_no_request_and_survives_broken_files() -> None:
    with StubServer([GOOD]) as server:
        model = gateway(server, cache=True, cache_entries=3)
        for number in range(6):
            model.ask(Prompt("trial", "1", "ab" * 32, "s", f"question {number}"), Answer, BUDGET)
        folder = data_folder() / "answers"
        kept = list(folder.iterdir())
        assert len(kept) == 3
        assert not any("question" in path.read_text() for path in kept)
        for path in kept:
            path.write_text("{broken")
        assert model.ask(Prompt("trial", "1", "ab" * 32, "s", "question 5"), Answer, BUDGET).cached is False


def test_a_cache_that_cannot_be_written_does_no_harm(own_home: Path) -> None:
    (own_home / "answers").write_text("a file where the folder should be")
    with StubServer([GOOD]) as server:
        assert gateway(server, cache=True).ask(PROMPT, Answer, BUDGET).value.number == 7


def test_no_more_requests_are_under_way_than_allowed() -> None:
    under_way, most, lock = [0], [0], threading.Lock()

    def slow(body: dict[str, Any]) -> str:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(0.03)
        with lock:
            under_way[0] -= 1
        return GOOD

    with StubServer(slow) as server:
        model = gateway(server, parallel=2)
        threads = [threading.Thread(target=model.ask, args=(PROMPT, Answer, BUDGET)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 6
    assert most[0] == 2


def test_a_stream_comes_in_pieces_and_ends_with_its_usage() -> None:
    text = "The answer comes in many small pieces, [EMAIL_1] among them."
    prompt = Prompt("trial", "1", "ab" * 32, "s", "Write to max@example.org")
    with StubServer([text]) as server:
        deltas = list(gateway(server).stream(prompt, BUDGET))
    assert "".join(delta.text for delta in deltas) == text.replace("[EMAIL_1]", "max@example.org")
    assert len(deltas) > 5
    assert [delta.done for delta in deltas].count(True) == 1
    assert deltas[-1].usage == Usage(1, 100, 20, None)


def test_a_stream_left_early_frees_its_place() -> None:
    with StubServer([Bad("stream_drip"), GOOD]) as server:
        model = gateway(server, parallel=1)
        stream = model.stream(PROMPT, BUDGET)
        assert next(stream).text == "x"
        stream.close()  # type: ignore[attr-defined]
        assert model.ask(PROMPT, Answer, BUDGET).value.number == 7
    assert model.project.used.calls == 2


def test_a_stream_is_tried_again_only_before_its_first_piece() -> None:
    with StubServer([Bad("overloaded"), "fine"]) as server:
        assert "".join(delta.text for delta in gateway(server).stream(PROMPT, BUDGET)) == "fine"
    with StubServer([Bad("stream_cut"), "fine"]) as server:
        with pytest.raises(ModelUnreachable):
            list(gateway(server).stream(PROMPT, BUDGET))
        assert len(server.requests) == 1


def test_other_providers_are_told_the_shape_in_words_and_held_to_the_same_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    def message(text: str, reason: str | None) -> AIMessage:
        return AIMessage(text, response_metadata={"stop_reason": reason} if reason else {})

    answers = iter([message(GOOD, "max_tokens"), message(GOOD, "end_turn"), *[message(GOOD, None)] * 3])
    made = GenericFakeChatModel(messages=answers)
    asked: list[Any] = []
    plain = GenericFakeChatModel._generate

    def generate(self: Any, messages: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append((messages, kwargs))
        return plain(self, messages)

    monkeypatch.setattr(GenericFakeChatModel, "_generate", generate)
    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda *args, **kwargs: made)
    model = connect("anthropic:claude-haiku-4-5", Settings())
    assert model.ask(PROMPT, Answer, Budget(output_tokens=50)).value.number == 7
    assert '"names"' in asked[0][0][0].content
    assert [kwargs["max_tokens"] for _, kwargs in asked] == [50, 100]
    with pytest.raises(ModelUnreachable, match="without saying that it was whole"):
        model.ask(PROMPT, Answer, BUDGET)


def test_asking_works_inside_a_running_event_loop() -> None:
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    async def turn() -> int:
        return gateway(server).ask(PROMPT, Answer, BUDGET).value.number

    # In this thread the loop of a browser may run, when its tests came before.
    with StubServer([GOOD]) as server, ThreadPoolExecutor(1) as other:
        assert other.submit(lambda: asyncio.run(turn())).result() == 7


def test_embeddings_come_in_order_masked_and_checked() -> None:
    with StubServer(["ok"]) as server:
        found = connect_embeddings("openai:emb", settings(server))
        vectors = found.embed(["a", "write to max@example.org", ""])
        assert [vector[0] for vector in vectors] == [1.0, float(len("write to [EMAIL_1]")), 1.0]
        assert found.dimension == 3
        assert found.name.startswith("openai:emb@127.0.0.1")
        assert len(found.embed([f"text {number}" for number in range(100)])) == 100
        assert "max@example.org" not in json.dumps(server.requests)


@pytest.mark.parametrize(
    ("name", "error"), [("key", ModelRefused), ("hang", ModelUnreachable), ("html", ModelAnswerInvalid)]
)
def test_embeddings_fail_with_a_named_error(name: str, error: type[Exception]) -> None:
    with StubServer([Bad(name)]) as server, pytest.raises(error):
        connect_embeddings("openai:emb", settings(server, **patience(name))).embed(["a"])


def test_builtin_embeddings_are_not_a_provider() -> None:
    with pytest.raises(ModelMissing):
        connect_embeddings("builtin", Settings())


def test_the_doctor_tells_what_is_wrong() -> None:
    with StubServer(["ready"]) as server:
        own = settings(server).model_copy(update={"model": "openai:stub", "embeddings": "openai:emb"})
        rows = diagnose(own)
    assert all(row.ok for row in rows)
    assert "120 tokens" in next(row.found for row in rows if row.what == "a tiny call")
    with StubServer([Bad("no_model")]) as server:
        rows = diagnose(settings(server).model_copy(update={"model": "openai:stub"}))
    assert [(row.what, row.ok) for row in rows][-1] == ("a tiny call", False)
    assert rows[-1].remedy


@pytest.mark.parametrize(("values", "words"), [
    ({"model": "openai:x", "base_url": "ftp://host"}, "no web address"),
    ({"model": "openai:x", "base_url": "http://host.example/v1"}, "without encryption"),
    ({"model": "anthropic:x", "base_url": "https://host.example/v1"}, "does not use it"),
])  # fmt: skip
def test_the_doctor_looks_at_the_address(values: dict[str, str], words: str) -> None:
    rows = diagnose(Settings(**values, language=LanguageSettings(requests="none")))
    assert any(words in row.found and not row.ok and row.remedy for row in rows)


def test_the_doctor_has_nothing_to_do_offline() -> None:
    assert [row.ok for row in diagnose(Settings())] == [True]


def test_what_is_sent_back_about_a_reply_names_nobody_either() -> None:
    def none(value: Answer) -> None:
        if value.number == 1:
            raise ReplyFault(f"names: {value.names[0]} is not wanted.")

    prompt = Prompt("trial", "1", "ab" * 32, "s", "Anna Berg calls.", none)
    with StubServer(['{"number": 1, "names": ["[NAME_1]"]}', GOOD]) as server:
        gateway(server).ask(prompt, Answer, BUDGET)
    sent_back = server.requests[1]["messages"][-1]["content"]
    assert "[NAME_1] is not wanted" in sent_back
    assert "Anna" not in str(server.requests)
