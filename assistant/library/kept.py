"""What was computed once and is kept in a file: arrays of numbers, for the next start.

A file bears a hash of what it was made from in its name and a digest of its content, and is put in place whole by one
rename: programs that write and read at once never see half of one. What cannot be written is kept in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

KEPT = 3
"""Files of one kind kept besides the one in use (other embeddings, other libraries)."""
STALE = 3600.0
_DIGEST = hashlib.sha256().digest_size
_in_memory: dict[Path, list[Any]] = {}


def kept(path: Path) -> list[Any] | None:
    """The arrays in a file, or None when it is not there, damaged or not what its digest says."""
    if (held := _in_memory.get(path)) is not None:
        return held
    import numpy as np

    arrays = []
    try:
        data = path.read_bytes()
        if hashlib.sha256(memoryview(data)[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        stream = BytesIO(data)
        stream.seek(_DIGEST)
        while stream.tell() < len(data):
            arrays.append(np.load(stream, allow_pickle=False))
    except (OSError, ValueError):
        return None
    _in_memory[path] = arrays
    return arrays


def keep(path: Path, arrays: Sequence[Any]) -> list[Any]:
    """The arrays, put in a file; where nothing can be written they are only remembered."""
    import numpy as np

    stream = BytesIO()
    for array in arrays:
        np.save(stream, array, allow_pickle=False)
    data = stream.getvalue()
    while len(_in_memory) > KEPT:
        _in_memory.pop(next(iter(_in_memory)))
    _in_memory[path] = list(arrays)
    temporary, kind = "", path.name.split("-")[0]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{kind}-")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest())
            file.write(data)
        Path(temporary).replace(path)
        _clean(path, kind)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
    return _in_memory[path]


def forget() -> None:
    """Drops what is remembered, as a new program would find it."""
    _in_memory.clear()


def _clean(used: Path, kind: str) -> None:
    """Removes all but the newest files of a kind, and what a killed program left half written."""
    import time

    now = time.time()
    old = sorted((path for path in used.parent.glob(f"{kind}-*") if path != used), key=age)
    halves = [path for path in used.parent.glob(f".{kind}-*") if now + age(path) > STALE]
    for path in (*old[KEPT:], *halves):
        with contextlib.suppress(OSError):
            path.unlink()


def age(path: Path) -> float:
    """Newest first; a file another program has just removed counts as old."""
    with contextlib.suppress(OSError):
        return -path.stat().st_mtime
    return 0.0
