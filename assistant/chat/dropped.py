"""A file that is dropped into the conversation: all that stands in the line is its path."""

from __future__ import annotations

import os
import re
from pathlib import Path

FILE = re.compile(
    r"[\"']?(?:~|[\w.]|/)[^\n\"]{0,300}\.(?:txt|md|docx|pdf|html?|eml|csv|tsv|xlsx|jsonl|rtf)[\"']?", re.IGNORECASE
)
"""What looks like the name of a file that tells something."""
LONGEST_PATH = 4096


def path_in(words: str) -> Path:
    """The path that words are, without the quotes and backslashes that a terminal puts in when a file is dropped."""
    line = words.strip()
    forms = (line, line.strip("\"'"), re.sub(r"\\(.)", r"\1", line))
    paths = [at_home(form) for form in forms]
    return next((path for path in paths if _there(path)), paths[1])


def at_home(text: str) -> Path:
    """A path with the user's folder for `~`; “~40 cases a day” names nobody's folder and stays as it is."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def is_dropped(words: str) -> bool:
    """Whether words are the path of something that is there: a file of any kind, a folder, a dead link."""
    line = words.strip()
    if not line or "\n" in line or len(line) > LONGEST_PATH:
        return False
    return (bool(FILE.fullmatch(line)) or line.strip("\"'")[:1] in ("/", "~", ".")) and _there(path_in(line))


def _there(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except (OSError, ValueError, RuntimeError):
        return False
