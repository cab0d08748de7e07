"""The way to a provider through LangChain: one request out, one raw answer back, every failure a Fault.

LangChain builds the request and knows the providers. Retries, deadlines, parsing and structured output are ours,
because its own parsing mends cut answers silently. The reply's shape goes out in `extra_body`, which leaves the answer
as it came.
"""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from assistant.addresses import parts_of
from assistant.errors import ModelMissing
from assistant.gateway.answer_shapes import Manners
from assistant.gateway.classify import to_fault
from assistant.gateway.faults import Fault, Kind
from assistant.gateway.wire import guarded_client

LOOPBACK = ("127.0.0.1", "localhost", "::1")
WHOLE = frozenset({"stop", "end_turn", "stop_sequence", "STOP", "eos", "complete"})
CUT_OFF = frozenset({"length", "max_tokens", "MAX_TOKENS", "model_length"})
FILTERED = frozenset({"content_filter", "safety", "SAFETY", "RECITATION", "PROHIBITED_CONTENT"})


@dataclass(frozen=True)
class Request:
    """One request: messages as (role, text), the longest answer in tokens, and what else goes into the body."""

    messages: tuple[tuple[str, str], ...]
    output_tokens: int
    body: Mapping[str, Any] = field(default_factory=dict)
    temperature: bool = True
    old_limit: bool = False


@dataclass(frozen=True)
class Raw:
    """An answer that came whole: its text, and the tokens the service counted (None: it did not say)."""

    text: str
    input_tokens: int | None = None
    output_tokens: int | None = None


def address_allowed(url: str | None, requests: str) -> bool:
    """Whether the switch `requests` (any, loopback, none) lets this address be asked."""
    if requests == "any":
        return True
    return requests == "loopback" and _at_home(url)


def _at_home(url: str | None) -> bool:
    """Whether an address is this machine's own."""
    parts = parts_of(url)
    return parts is not None and parts.hostname in LOOPBACK


def check_name(name: str, base_url: str | None, requests: str) -> tuple[str, str]:
    """Provider and model of PROVIDER:NAME. Raises ModelMissing when it is neither or may not be asked."""
    provider, _, model = name.partition(":")
    if not (provider and model):
        raise ModelMissing(f"{name!r} names no model.", "Names are PROVIDER:NAME, such as openai:gpt-4.1-mini.",
                           "Choose another one, or use --model offline.")  # fmt: skip
    if provider == "openai" and base_url and parts_of(base_url) is None:
        raise ModelMissing("The address of the language model is no web address.", "OPENAI_BASE_URL names it.",
                           "Write it as https://host/v1, or use --model offline.")  # fmt: skip
    if not address_allowed(base_url if provider == "openai" else None, requests):
        raise ModelMissing("Requests to language models are switched off.", f"language.requests is {requests}.",
                           "Change the setting, or use --model offline.")  # fmt: skip
    return provider, model


def openai_key(base_url: str | None) -> str:
    """The key for an OpenAI-compatible address; a server on this machine needs none. Raises ModelMissing."""
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    if key or _at_home(base_url):
        return key or "none"
    raise ModelMissing(
        "There is no key for openai.", "OPENAI_API_KEY is not set.",
        "Set OPENAI_API_KEY to your key, or use --model offline.",
    )  # fmt: skip


class Transport:
    """A provider's chat model behind LangChain. `name` is PROVIDER:NAME. It holds the key, and never shows it."""

    def __init__(self, name: str, base_url: str | None, connect_seconds: float, requests: str = "any") -> None:
        provider, model = check_name(name, base_url, requests)
        self.name = name
        self._provider, self._model = provider, model
        self._base_url, self._connect_seconds = base_url, connect_seconds
        self._chat: Any = None
        # What the service was found to understand. Only OpenAI's protocol carries the shape of a reply.
        self.manners = Manners() if provider == "openai" else Manners(mode="text")

    def __repr__(self) -> str:
        return f"Transport({self.name!r})"

    def prepare(self) -> None:
        """Build the client. Raises ModelMissing without the key or the provider's package."""
        if self._chat is None:
            self._chat = self._openai() if self._provider == "openai" else self._other()

    def _openai(self) -> Any:
        key = openai_key(self._base_url)
        from langchain.chat_models import init_chat_model

        # It warns of a step we take ourselves, in words about its own functions.
        warnings.filterwarnings("ignore", message="This model does not support OpenAI's structured output")
        return init_chat_model(
            self._model,
            model_provider="openai",
            api_key=key,
            base_url=self._base_url,
            max_retries=0,
            stream_usage=True,
            use_responses_api=False,
            stream_chunk_timeout=None,
            http_async_client=guarded_client(self._connect_seconds),
            http_socket_options=(),  # its own would switch off a proxy of the environment, and warn of that
        )

    def _other(self) -> Any:
        from langchain.chat_models import init_chat_model

        try:
            return init_chat_model(self._model, model_provider=self._provider, max_retries=0)
        except ImportError:
            package = f"langchain-{self._provider.replace('_', '-')}"
            raise ModelMissing(
                f"The package for {self._provider} is not installed.", f"{self.name} needs {package}.",
                f"Install it: pip install {package}. Or use --model offline.",
            ) from None  # fmt: skip
        except Exception as error:
            unknown = isinstance(error, ValueError) and "provider" in str(error).lower()
            why = f"No provider called {self._provider} is known." if unknown else to_fault(error).said
            raise ModelMissing(
                f"The model {self.name} cannot be set up.", why,
                f"Check the name and the key of {self._provider} in the environment, or use --model offline.",
            ) from None  # fmt: skip

    def _arguments(self, request: Request) -> dict[str, Any]:
        if self._provider != "openai":
            return {"max_tokens": request.output_tokens}
        body = dict(request.body)
        if request.old_limit:
            body["max_tokens"] = request.output_tokens
        arguments: dict[str, Any] = {} if request.old_limit else {"max_completion_tokens": request.output_tokens}
        if request.temperature:
            arguments["temperature"] = 0
        return {**arguments, "extra_body": body} if body else arguments

    async def send(self, request: Request) -> Raw:
        """One whole answer. Raises Fault."""
        try:
            async with untraced():
                message = await self._chat.ainvoke(list(request.messages), **self._arguments(request))
        except Exception as error:
            raise to_fault(error) from None
        return _whole(message)

    async def pieces(self, request: Request, stall_seconds: float) -> AsyncIterator[str | Raw]:
        """The texts of a streamed answer as they come, and at the end a Raw. Raises Fault, also when it stalls."""
        stream = self._chat.astream(list(request.messages), **self._arguments(request))
        whole: Any = None
        async with aclosing(stream), untraced():
            while True:
                try:
                    chunk = await asyncio.wait_for(anext(stream), stall_seconds)
                except StopAsyncIteration:
                    break
                except TimeoutError:
                    raise Fault(Kind.STALL, f"Nothing came for {stall_seconds:.3g} s.") from None
                except Exception as error:
                    fault = to_fault(error)
                    # LangChain takes a stream that holds nothing for a broken one.
                    empty = whole is None and fault.kind is Kind.WRONG_SHAPE
                    raise (Fault(Kind.EMPTY, "The stream held nothing.") if empty else fault) from None
                _from_assistant(chunk)
                whole = chunk if whole is None else whole + chunk
                if text := _text(chunk):
                    yield text
        if whole is None:
            raise Fault(Kind.EMPTY, "The stream held nothing.")
        yield _whole(whole)


@asynccontextmanager
async def untraced() -> AsyncIterator[None]:
    """Tracing of LangChain off, whatever the environment says: it would send the texts to another service."""
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield


def _text(message: Any) -> str:
    """The text of a message, whose content may be a string or a list of parts."""
    content = message.content
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in parts if part)


def _whole(message: Any) -> Raw:
    """The answer of a finished message. Raises Fault for whatever is no answer of an assistant that ended by itself."""
    try:
        return _answer(message)
    except Fault:
        raise
    except Exception as error:  # a message of a kind nobody foresaw is the service's fault, not the program's
        raise Fault(Kind.WRONG_SHAPE, f"The answer could not be read ({type(error).__name__}).") from None


def _from_assistant(message: Any) -> None:
    """Raises Fault when a message does not come from an assistant: nobody else is asked."""
    from langchain_core.messages import AIMessage

    if not isinstance(message, AIMessage):
        role = str(getattr(message, "role", None) or getattr(message, "type", "") or "nobody")[:20]
        raise Fault(Kind.WRONG_SHAPE, f"The answer came in the role {role.removesuffix('MessageChunk')}.")


def _answer(message: Any) -> Raw:
    _from_assistant(message)
    told = message.response_metadata or {}
    reason = told.get("finish_reason") or told.get("stop_reason")
    if refusal := (message.additional_kwargs or {}).get("refusal"):
        raise Fault(Kind.REFUSAL, str(refusal))
    if reason in CUT_OFF:
        raise Fault(Kind.TRUNCATED, "It stopped at its length limit.")
    if reason in FILTERED:
        raise Fault(Kind.CONTENT, "The answer was filtered.")
    if reason == "refusal":
        raise Fault(Kind.REFUSAL, _text(message))
    if message.tool_calls or message.invalid_tool_calls or reason in ("tool_calls", "function_call", "tool_use"):
        raise Fault(Kind.WRONG_SHAPE, "It called a tool although none was offered.")
    if reason not in WHOLE:
        raise Fault(Kind.CUT, f"It ended without saying that it was whole (reason: {reason or 'none'}).")
    text = _text(message)
    if not text.strip():
        raise Fault(Kind.EMPTY, "The answer held no text.")
    usage = message.usage_metadata or {}
    return Raw(text, _count(usage.get("input_tokens")), _count(usage.get("output_tokens")))


def _count(value: Any) -> int | None:
    """A token count from outside: a whole number that is not negative and not absurd, else unknown."""
    return value if isinstance(value, int) and 0 < value < 100_000_000 else None
