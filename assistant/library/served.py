"""Putting the vectors on a shared server before anybody searches: the first search would do it, and be slow."""

from __future__ import annotations

from assistant.errors import StorageError
from assistant.library.embedding import BuiltinEmbedder, Embedder
from assistant.library.index import opened, reason
from assistant.library.store import Library


def served(library: Library, embedder: Embedder | None, address: str) -> str:
    """Puts the vectors of the library on the Chroma server at `address`, unless they are there; returns the address.

    Raises StorageError when it does not answer.
    """
    try:
        opened(library, embedder or BuiltinEmbedder(), address=address)
    except Exception as error:  # each version of Chroma says in its own way what is wrong
        told = f"The index cannot be put on {address}."
        remedy = "Start the server with `chroma run`, or search without it: then the words answer."
        raise StorageError(told, f"{reason(error)}.", remedy) from None
    return address
