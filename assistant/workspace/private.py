"""Files that only their owner may read: what people are called, the links to the page, what was found last."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def write_private(file: Path, data: Any) -> None:
    """Data as JSON in a file only its owner may read; the old one stays until the new one is whole. Raises OSError."""
    write_whole(file, json.dumps(data, ensure_ascii=False).encode())


def write_whole(file: Path, data: bytes) -> None:
    """Bytes in a file only its owner may read; the old one stays until the new one is whole. Raises OSError."""
    part = file.with_suffix(f".part{os.getpid()}")
    file.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(data)
        os.replace(part, file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
