"""Files that only their owner may read: what people are called, and the links to the page."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def write_private(file: Path, data: Any) -> None:
    """Data as JSON in a file only its owner may read; the old one stays until the new one is whole. Raises OSError."""
    part = file.with_suffix(f".part{os.getpid()}")
    file.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
        json.dump(data, target, ensure_ascii=False)
    os.replace(part, file)
