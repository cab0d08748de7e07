"""The last run's figures, to compare with: feedback.json as `--out` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFile

MOST = 200_000_000


def last_run(path: Path) -> dict[str, Any]:
    """What the last run found; `path` is its feedback.json or the folder it is in. Raises UnreadableFile."""
    file = path / "feedback.json" if path.is_dir() else path
    try:
        if file.stat().st_size > MOST:
            raise UnreadableFile(f"{file.name} is too large to be a summary of feedback.")
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read.", f"{error.strerror or error}.") from None
    except (ValueError, RecursionError):
        raise UnreadableFile(f"{file.name} is no summary of feedback.", "It is not JSON.", _WHICH) from None
    if not isinstance(found, dict) or not isinstance(found.get("themes"), list):
        raise UnreadableFile(f"{file.name} is no summary of feedback.", "It holds no themes.", _WHICH)
    return found


_WHICH = "Give the feedback.json that `assistant feedback --out DIR` wrote."
