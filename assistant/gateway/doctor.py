"""What `assistant doctor` says of the language model: its name, key, address and one tiny call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.addresses import parts_of
from assistant.errors import AssistantError
from assistant.gateway.gateway import connect
from assistant.gateway.port import Budget, Prompt
from assistant.settings import Settings


class Row(NamedTuple):
    """One thing looked at: what, whether it is in order, what was found, and what to do when it is not."""

    what: str
    ok: bool
    found: str
    remedy: str = ""


TINY = Prompt("doctor", "1", "0" * 64, "You check a connection.", "Reply with the single word: ready")


def diagnose(settings: Settings) -> list[Row]:
    """The rows for the chosen language model and embeddings. Makes one call of a few tokens; raises nothing."""
    return [*_model(settings), *_embeddings(settings)]


def _model(settings: Settings) -> Iterator[Row]:
    name = settings.model
    if name == "offline":
        yield Row("language model", True, "none chosen: built-in rules, nothing leaves this machine")
        return
    yield _address(settings)
    try:
        model = connect(name, settings)
    except AssistantError as error:
        yield _broken("language model", error)
        return
    yield Row("language model", True, f"{name} is set up, its key is there (not shown)")
    try:
        reply = model.ask(TINY, str, Budget(seconds=min(30.0, settings.language.seconds), output_tokens=2000))
    except AssistantError as error:
        yield _broken("a tiny call", error)
        return
    yield Row("a tiny call", True, f"answered: {reply.usage.in_words()}")


def _address(settings: Settings) -> Row:
    if not settings.base_url:
        return Row("address", True, "the provider's own")
    parts = parts_of(settings.base_url)
    if parts is None:
        return Row("address", False, "OPENAI_BASE_URL is no web address", "Write it as https://host/v1.")
    if not settings.model.startswith("openai:"):
        return Row("address", False, f"OPENAI_BASE_URL is set, but {settings.model} does not use it",
                   "Choose a model openai:NAME, or unset OPENAI_BASE_URL.")  # fmt: skip
    open_wire = parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1")
    if open_wire:
        return Row("address", False, f"{parts.hostname} is asked without encryption", "Use an https address.")
    return Row("address", True, f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")


def _embeddings(settings: Settings) -> Iterator[Row]:
    if settings.embeddings == "builtin":
        return
    from assistant.gateway.embeddings import connect_embeddings

    try:
        found = connect_embeddings(settings.embeddings, settings)
        found.embed(["ready"])
    except AssistantError as error:
        yield _broken("embeddings", error)
        return
    yield Row("embeddings", True, f"{found.name} answered with {found.dimension} numbers a text")


def _broken(what: str, error: AssistantError) -> Row:
    return Row(what, False, f"{error.what} {error.why}".strip(), error.remedy)
