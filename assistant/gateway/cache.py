"""Answers kept in the data folder, keyed by the exact request. Optional, bounded, and never half written.

Only the answer is stored, as it came (with personal data still masked), never the request and never the key. An entry
that cannot be read counts as absent; a folder that cannot be written makes the cache do nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.gateway.parsing import MAX_ANSWER


def request_key(parts: Mapping[str, Any]) -> str:
    """The key of a request: a hash of all that makes its answer (model, address, messages, options)."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


class AnswerCache:
    """A folder of answers, at most `entries` of them; the ones unused for longest go first."""

    def __init__(self, folder: Path, entries: int) -> None:
        self._folder, self._entries = folder, entries

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def get(self, key: str) -> str | None:
        """The answer to a request seen before, or None."""
        path = self._path(key)
        try:
            if path.stat().st_size > 4 * MAX_ANSWER:
                return None
            data = json.loads(path.read_text(encoding="utf-8"))
            text = data["answer"] if data["key"] == key else None
            os.utime(path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return text if isinstance(text, str) else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""
        with contextlib.suppress(OSError, UnicodeError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"key": key, "answer": answer}, file)
            os.replace(name, self._path(key))
            self._trim()

    def _trim(self) -> None:
        found = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in found[: max(0, len(found) - self._entries)]:
            path.unlink(missing_ok=True)
