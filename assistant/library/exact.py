"""The dense half of the search for libraries of usual size: every vector in one file, compared one by one.

For some thousand phrases this is quicker than to start a vector store, misses nothing, and a file is put in place whole
by one rename: programs that write and read at once never see half of one. What cannot be written is kept in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

UP_TO = 40_000
"""Vectors up to which the vectors are compared one by one; larger libraries are asked through Chroma."""
KEPT = 3
"""Files kept besides the one in use (other embeddings, other libraries)."""
STALE = 3600.0
_DIGEST = hashlib.sha256().digest_size


_in_memory: dict[Path, np.ndarray[Any, Any]] = {}


def nearest_phrases(matrix: np.ndarray[Any, Any], vector: Any, top: int) -> list[tuple[int, float]]:
    """The places of the `top` phrases nearest to a vector and how near they are (the cosine), best first.

    A column of the matrix is a phrase. Only the numbers of the question that are not 0 are multiplied, and by one
    thread: on a busy machine a product shared among threads takes longer than all the rest.
    """
    import numpy as np

    asked = np.asarray(vector, dtype=np.float32)
    told = np.nonzero(asked)[0]
    values = np.einsum("i,ij->j", asked[told] / max(float(np.sqrt((asked * asked).sum())), 1e-12), matrix[told])
    best = np.argsort(-values, kind="stable")[:top]
    return [(int(place), float(values[place])) for place in best if values[place] > 0]


def kept(path: Path) -> np.ndarray[Any, Any] | None:
    """The vectors in a file, or None when it is not there, damaged or not what its digest says."""
    if (held := _in_memory.get(path)) is not None:
        return held
    import numpy as np

    try:
        data = path.read_bytes()
        if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        matrix: np.ndarray[Any, Any] = np.load(BytesIO(data[_DIGEST:]), allow_pickle=False)
    except (OSError, ValueError):
        return None
    _in_memory[path] = matrix
    return matrix


def keep(path: Path, vectors: Any) -> np.ndarray[Any, Any]:
    """The vectors as columns of length 1, put in a file; where nothing can be written they are only remembered."""
    import numpy as np

    matrix = np.ascontiguousarray(np.asarray(vectors, dtype=np.float32).T)
    matrix /= np.maximum(np.sqrt((matrix * matrix).sum(axis=0)), 1e-12)
    held = BytesIO()
    np.save(held, matrix, allow_pickle=False)
    data = held.getvalue()
    while len(_in_memory) > KEPT:
        _in_memory.pop(next(iter(_in_memory)))
    _in_memory[path] = matrix
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".vectors-")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest() + data)
        Path(temporary).replace(path)
        _clean(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
    return matrix


def forget() -> None:
    """Drops what is remembered, as a new program would find it."""
    _in_memory.clear()


def _clean(used: Path) -> None:
    """Removes all but the newest files, and what a killed program left half written."""
    import time

    now = time.time()
    old = sorted((path for path in used.parent.glob("vectors-*") if path != used), key=_age)
    halves = [path for path in used.parent.glob(".vectors-*") if now + _age(path) > STALE]
    for path in (*old[KEPT:], *halves):
        with contextlib.suppress(OSError):
            path.unlink()


def _age(path: Path) -> float:
    """Newest first; a file another program has just removed counts as old."""
    with contextlib.suppress(OSError):
        return -path.stat().st_mtime
    return 0.0
