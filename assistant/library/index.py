"""The dense half of the search: vectors of what people say about each entry.

A library is compared vector by vector (see `exact`), one of thousands with a single vector for each entry; a still
larger one, and one shared on a server, is asked through Chroma. A Chroma index belongs to one content and one
embedding and is never changed. It is built in a folder of its own, closed, and put in place by one rename under the
hash of both; whoever opens it reads a copy. So two processes can search, and even build, at the same time. (Two
writers on one Chroma folder lose data without an error.) With an address, the vectors lie on a shared server instead.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from assistant.addresses import parts_of
from assistant.errors import AssistantError, StorageError
from assistant.library import exact, kept
from assistant.library.embedding import BuiltinEmbedder, Embedder
from assistant.library.entries import AnyEntry, EnablerEntry, PracticeEntry, ProcessEntry
from assistant.library.lexical import spoken
from assistant.library.locking import locked
from assistant.library.store import Library
from assistant.process.collector import collector_at_rest
from assistant.settings import cache_folder

VERSION = "index/3"
BATCH = 500
SAYINGS_UP_TO = 40_000
"""Texts up to which each has a vector of its own (some 1,400 entries)."""
PHRASES = 150
MANY = 300
"""Phrases asked for, of Chroma and where it costs nothing: enough that the best entries show several of theirs."""
KEPT = 3
"""Indexes kept besides the one in use (other embeddings, other libraries)."""
STALE = 3600.0
OPEN_AT_ONCE = 4
CONNECT_WAIT = 3.0
MORE = (1.0, 0.7, 0.5, 0.3)
"""How much an entry's best, second, third and fourth phrase count."""


class Near(NamedTuple):
    """An entry by its position, how near it is (weighted sum of its best phrases), and the nearest of its phrases."""

    position: int
    likeness: float
    phrase: str


class Nearest(NamedTuple):
    """The nearest entries, best first, the embedding's name, and notes when it could not be done."""

    found: list[Near]
    embedding: str
    notes: tuple[str, ...] = ()

    @property
    def positions(self) -> list[int]:
        """The positions of the entries, best first."""
        return [near.position for near in self.found]


class Phrase(NamedTuple):
    """A text that stands for an entry in the index."""

    id: str
    entry: str
    text: str


class IndexBroken(Exception):
    """An index that is not the one its name says; it is built anew."""


def nearest(
    library: Library,
    query: str,
    top: int,
    embedder: Embedder | None = None,
    *,
    folder: Path | None = None,
    address: str | None = None,
) -> Nearest:
    """The entries whose phrases are nearest to the query. Never raises: what goes wrong becomes a note."""
    embedder = embedder or BuiltinEmbedder()
    try:
        vector = _vectors(embedder, [query])[0]
        if not vector.any():
            return Nearest([], embedder.name)
        texts = phrases(library)
        if address is None and len(texts) <= exact.UP_TO:
            wanted = MANY if by_saying(library) else top
            alike = exact.nearest_phrases(vectors(library, embedder, folder), vector, wanted)
            return Nearest(_by_entry(library, ((texts[n], value) for n, value in alike), top), embedder.name)
        collection = opened(library, embedder, folder=folder, address=address)
        asked = {"query_embeddings": [vector.tolist()], "n_results": PHRASES, "include": ["distances"]}
        answer = collection.query(**asked)
        by_id = {phrase.id: phrase for phrase in texts}
        pairs = zip(answer["ids"][0], answer["distances"][0], strict=True)
        said = ((by_id[name], 1 - far) for name, far in pairs if name in by_id)
        return Nearest(_by_entry(library, said, top), embedder.name)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the index is written in another language: its panics are no Exception
        return Nearest([], embedder.name, (f"The dense index was not used ({reason(error)}).",))


def vectors(library: Library, embedder: Embedder, folder: Path | None = None) -> Any:
    """The matrix of the vectors of all phrases, from its file or made anew and kept."""
    path = vectors_path(library, embedder, folder)
    there = kept.kept(path)
    if there is not None and there[0].shape[-1] == len(phrases(library)):
        return there[0]
    return kept.keep(path, [exact.columns(_vectors(embedder, [phrase.text for phrase in phrases(library)]))])[0]


def vectors_path(library: Library, embedder: Embedder, folder: Path | None = None) -> Path:
    """The file of the vectors for this content and embedding."""
    return (folder or cache_folder() / "index") / f"vectors-{fingerprint(library, embedder)[:16]}"


def built(library: Library, embedder: Embedder | None = None, folder: Path | None = None) -> Path:
    """Makes what the search of this library needs, unless it is there; returns its file or folder. Raises OSError."""
    embedder = embedder or BuiltinEmbedder()
    with collector_at_rest():
        if len(phrases(library)) > exact.UP_TO:
            return ensure(library, embedder, folder)
        vectors(library, embedder, folder)
    path = vectors_path(library, embedder, folder)
    if not path.is_file():
        slower = "The search works without it, more slowly."
        raise StorageError(f"The index cannot be written to {path.parent}.", slower)
    return path


def ensure(library: Library, embedder: Embedder | None = None, folder: Path | None = None) -> Path:
    """The folder of the Chroma index for this content and embedding, built if it is not there. Raises OSError."""
    embedder = embedder or BuiltinEmbedder()
    place = folder or cache_folder() / "index"
    final = place / f"index-{fingerprint(library, embedder)[:16]}"
    if final.is_dir():
        return final
    place.mkdir(parents=True, exist_ok=True)
    with locked(place / ".lock"):  # where the lock is not kept, the rename decides
        if not final.is_dir():
            _build(library, embedder, final)
    _clean(place, final)
    return final


def fingerprint(library: Library, embedder: Embedder) -> str:
    """The hash of every phrase and of the embedding that makes the vectors."""
    return library.derived(f"index of {embedder.name}", lambda held: _fingerprint(held, embedder))


def _fingerprint(library: Library, embedder: Embedder) -> str:
    digest = hashlib.sha256(f"{VERSION}\0{embedder.name}".encode())
    for phrase in phrases(library):
        digest.update(f"\0{phrase.id}\0{phrase.text}".encode())
    return digest.hexdigest()


def phrases(library: Library) -> list[Phrase]:
    """The texts that stand for each entry: its names, what people say, and a few sentences about it."""
    return library.derived("phrases", _phrases)


def by_saying(library: Library) -> bool:
    """Whether each text of an entry has a vector of its own; in a library of thousands an entry has one for all."""
    return len(phrases(library)) > len(library.entries)


def _phrases(library: Library) -> list[Phrase]:
    found: list[Phrase] = []
    every = {entry.id: dict.fromkeys([*spoken(entry), *_about(entry)]) for entry in library.entries}
    if sum(map(len, every.values())) > SAYINGS_UP_TO:
        return [Phrase(f"{name}#all", name, ". ".join(texts)) for name, texts in every.items()]
    for name, texts in every.items():
        found.extend(Phrase(f"{name}#{number}", name, text) for number, text in enumerate(texts))
    return found


def _about(entry: AnyEntry) -> list[str]:
    if isinstance(entry, ProcessEntry):
        stages = [f"{stage.name}: {', '.join(step.name.lower() for step in stage.steps)}" for stage in entry.stages]
        return [f"{entry.trigger}. {entry.end}.", *stages, *(pain.pattern for pain in entry.pains)]
    if isinstance(entry, EnablerEntry):
        return [entry.definition, *entry.fits_when]
    assert isinstance(entry, PracticeEntry)
    return [entry.definition, entry.trigger, entry.transformation]


def opened(library: Library, embedder: Embedder, *, folder: Path | None = None, address: str | None = None) -> Any:
    """The collection of this library and embedding, for reading; a broken index is built anew once.

    It stays open for the next search of this program. Raises whatever Chroma raises when that does not help.
    """
    if address:
        return _on_server(library, embedder, address)
    wanted = fingerprint(library, embedder)
    path = ensure(library, embedder, folder)
    if path not in _open_indexes:
        try:
            index = _open(path, wanted)
        except (KeyboardInterrupt, SystemExit, ImportError):
            raise
        except BaseException:  # whatever Chroma raises (or panics with) on a damaged folder: the remedy is the same
            shutil.rmtree(path, ignore_errors=True)
            index = _open(ensure(library, embedder, folder), wanted)
        while len(_open_indexes) >= OPEN_AT_ONCE:
            _open_indexes.pop(next(iter(_open_indexes))).close()
        _open_indexes[path] = index
    return _open_indexes[path].collection


class _Open:
    """An index in use: a private copy of its folder, because Chroma writes a row whenever it opens one."""

    def __init__(self, path: Path) -> None:
        self.collection: Any = None
        self._copy = tempfile.TemporaryDirectory(prefix="assistant-index-", ignore_cleanup_errors=True)
        self._client: Any = None
        try:
            place = Path(self._copy.name) / "index"
            shutil.copytree(path, place)
            self._client = _client(place)
            self.collection = self._client.get_collection("library", embedding_function=None)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Closes the index and removes the copy."""
        if self._client is not None:
            self._client.close()
        self._copy.cleanup()


_open_indexes: dict[Path, _Open] = {}


@atexit.register
def close_all() -> None:
    """Closes every index this program holds open."""
    while _open_indexes:
        _open_indexes.popitem()[1].close()


def _client(path: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))


def _open(path: Path, wanted: str) -> _Open:
    index = _Open(path)
    marks = index.collection.metadata or {}
    if marks.get("fingerprint") != wanted or index.collection.count() != marks.get("phrases"):
        index.close()
        raise IndexBroken(f"{path} holds another index than its name says")
    return index


def _build(library: Library, embedder: Embedder, final: Path) -> None:
    building = final.parent / f".building-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        client = _client(building)
        try:
            _fill(client, "library", library, embedder)
        finally:
            client.close()
        with contextlib.suppress(OSError):  # another process put the same index there first
            building.rename(final)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _fill(client: Any, name: str, library: Library, embedder: Embedder) -> Any:
    """Creates the collection and puts every phrase in; the mark of its content is written with it."""
    texts = phrases(library)
    marks = {"fingerprint": fingerprint(library, embedder), "phrases": len(texts), "embedding": embedder.name}
    collection = client.get_or_create_collection(
        name, metadata=marks, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
    )
    for start in range(0, len(texts), BATCH):
        part = texts[start : start + BATCH]
        collection.upsert(
            ids=[phrase.id for phrase in part],
            embeddings=_vectors(embedder, [phrase.text for phrase in part]).tolist(),
            metadatas=[{"entry": phrase.entry} for phrase in part],
        )
    return collection


def _on_server(library: Library, embedder: Embedder, address: str) -> Any:
    """The collection on a shared server, filled by whoever comes first; filling it twice does no harm."""
    import chromadb
    from chromadb.config import Settings

    host, port, secure = _address(address)
    socket.create_connection((host, port), CONNECT_WAIT).close()
    client = chromadb.HttpClient(host, port, ssl=secure, settings=Settings(anonymized_telemetry=False))
    wanted = fingerprint(library, embedder)
    name = f"library-{wanted[:24]}"
    with contextlib.suppress(Exception):  # not there yet: each version of Chroma says so in its own way
        collection = client.get_collection(name, embedding_function=None)
        if collection.count() == len(phrases(library)):
            return collection
    return _fill(client, name, library, embedder)


def _address(address: str) -> tuple[str, int, bool]:
    """Host, port and whether the way there is encrypted, of HOST:PORT or a URL. Raises ValueError."""
    parts = parts_of(address if "://" in address else f"http://{address}")
    if parts is None:
        raise ValueError(f"{address} is no address such as http://localhost:8000")
    secure = parts.scheme == "https"
    return str(parts.hostname), parts.port or (443 if secure else 8000), secure


def _vectors(embedder: Embedder, texts: list[str]) -> Any:
    """One finite vector for each text. Raises ValueError when the embedder gives something else."""
    import numpy as np

    vectors = embedder.embed(texts)
    if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1:
        raise ValueError("the embedding does not give one vector of one length for each text")
    matrix = np.asarray(vectors, dtype=np.float32)
    if not np.isfinite(matrix).all():
        raise ValueError("the embedding gives numbers that are not finite")
    return matrix


def _by_entry(library: Library, alike: Iterable[tuple[Phrase, float]], top: int) -> list[Near]:
    """Entries by the likeness of their best phrases."""
    said: dict[str, list[tuple[float, str]]] = {}
    for phrase, value in alike:
        said.setdefault(phrase.entry, []).append((value, phrase.text))
    place = library.derived("places", lambda held: {entry.id: number for number, entry in enumerate(held.entries)})
    found = []
    for name, values in said.items():
        if name in place:
            best = sorted(values, reverse=True)[: len(MORE)]
            score = sum(value * much for (value, _), much in zip(best, MORE, strict=False))
            found.append(Near(place[name], score, best[0][1]))
    return sorted(found, key=lambda near: (-near.likeness, near.position))[:top]


def reason(error: BaseException) -> str:
    """What went wrong, in one line."""
    if isinstance(error, AssistantError):
        return error.what.rstrip(".")
    return f"{type(error).__name__}: {str(error).splitlines()[0][:160] if str(error) else 'no reason given'}"


def _clean(place: Path, used: Path) -> None:
    """Removes all but the newest indexes, and what a killed process left half built."""
    now = time.time()
    old = sorted((path for path in place.glob("index-*") if path != used), key=kept.age)
    halves = [path for path in place.glob(".building-*") if now - path.stat().st_mtime > STALE]
    for path in (*old[KEPT:], *halves):
        shutil.rmtree(path, ignore_errors=True)
