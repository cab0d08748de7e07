"""Embeddings from a provider: texts to vectors through LangChain, with our deadlines, tries and checks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from assistant.addresses import parts_of
from assistant.errors import ModelMissing
from assistant.gateway.classify import to_fault
from assistant.gateway.faults import Fault, Kind, to_error
from assistant.gateway.redact import mask
from assistant.gateway.retries import Deadline, Retries
from assistant.gateway.transport import check_name, openai_key
from assistant.gateway.wire import Loop, guarded_client
from assistant.settings import Settings

BATCH = 96
LONGEST = 20_000


def connect_embeddings(name: str, settings: Settings) -> ProviderEmbeddings:
    """The embedding model PROVIDER:NAME, ready to use. Raises ModelMissing; `builtin` is not made here."""
    if name in ("builtin", ""):
        raise ModelMissing("No embedding provider is chosen.", "`builtin` needs none.",
                           "Choose one with --embeddings PROVIDER:NAME.")  # fmt: skip
    return ProviderEmbeddings(name, settings)


class ProviderEmbeddings:
    """An embedding model. `name` changes with the model and the address, because the vectors do.

    `dimension` is the length of its vectors, None before the first answer.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        own = settings.language
        provider, model = check_name(name, settings.base_url, own.requests)
        parts = parts_of(settings.base_url) if provider == "openai" else None
        host = parts.netloc if parts else ""
        self.name = f"{name}@{host}" if host else name
        self.dimension: int | None = None
        self._own = own
        self._loop = Loop()
        self._model = self._connect(provider, model, settings.base_url)

    def __repr__(self) -> str:
        return f"ProviderEmbeddings({self.name!r})"

    def _connect(self, provider: str, model: str, base_url: str | None) -> Any:
        if provider == "openai":
            key = openai_key(base_url)
            from langchain_openai import OpenAIEmbeddings

            arguments: dict[str, Any] = {"model": model, "api_key": key, "base_url": base_url, "max_retries": 0}
            client = guarded_client(self._own.call_seconds)
            # Counting tokens would fetch a table from the network; texts are cut to a length here instead.
            return OpenAIEmbeddings(
                check_embedding_ctx_length=False, chunk_size=BATCH, http_async_client=client, **arguments
            )
        from langchain.embeddings import init_embeddings

        try:
            return init_embeddings(model, provider=provider)
        except Exception as error:
            raise ModelMissing(
                f"The embedding model {self.name} cannot be set up.", to_fault(error).said,
                f"Install langchain-{provider} and set its key, or use --embeddings builtin.",
            ) from None  # fmt: skip

    def embed(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order. Raises one of the ServiceError family."""
        prepared = [self._prepared(text) for text in texts]
        deadline = Deadline(self._own.seconds)
        vectors: list[list[float]] = []
        try:
            for start in range(0, len(prepared), BATCH):
                vectors += self._batch(prepared[start : start + BATCH], deadline)
        except Fault as fault:
            raise to_error(fault, self.name) from None
        return vectors

    def _prepared(self, text: str) -> str:
        """A text fit to send: masked, not too long, and not empty, which services refuse."""
        short = text[:LONGEST]
        return (mask(short).text if self._own.redact else short).strip() or "."

    def _batch(self, texts: list[str], deadline: Deadline) -> list[list[float]]:
        retries = Retries(deadline)
        while True:
            try:
                found = self._loop.run(self._send(texts), deadline.call(self._own.call_seconds))
                return self._checked(found, len(texts))
            except Fault as fault:
                retries.again(fault)

    async def _send(self, texts: list[str]) -> Sequence[Sequence[float]]:
        try:
            found: Sequence[Sequence[float]] = await self._model.aembed_documents(texts)
        except Exception as error:
            raise to_fault(error) from None
        return found

    def _checked(self, found: Sequence[Sequence[float]], wanted: int) -> list[list[float]]:
        vectors = [[float(value) for value in vector] for vector in found]
        if len(vectors) != wanted:
            raise Fault(Kind.WRONG_SHAPE, f"{len(vectors)} vectors came for {wanted} texts.")
        lengths = {len(vector) for vector in vectors} | ({self.dimension} if self.dimension else set())
        if len(lengths) > 1 or 0 in lengths:
            raise Fault(Kind.WRONG_SHAPE, "The vectors differ in length.")
        if not all(math.isfinite(value) for vector in vectors for value in vector):
            raise Fault(Kind.WRONG_SHAPE, "A vector holds something that is no number.")
        self.dimension = next(iter(lengths), self.dimension)
        return vectors
