"""A whole run: files of comments in, a summary out; and the last run's figures (feedback.json), to compare with."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import UnreadableFile
from assistant.feedback.comments import read_feedback
from assistant.feedback.shapes import BOUNDS, Comment, Feedback
from assistant.process.model import Process

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel

MOST = 200_000_000


def run(
    files: Sequence[Path],
    process: Process | None = None,
    model: LanguageModel | None = None,
    *,
    column: str | None = None,
    since: Path | None = None,
    near: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Feedback:
    """The themes in the comments of some files, tied to the steps of a process; compared with the last run's file.

    With a language model the comments are read by it, within bounds. Raises UnreadableFile.
    """
    from assistant.feedback.by_model import Reader
    from assistant.feedback.summary import summarise

    _not_too_large(files)
    before = last_run(since) if since else None
    comments: list[Comment] = []
    empty = 0
    for path in files:
        read = read_feedback(path, column)
        empty += read.empty
        for remark in read.notes:
            say(remark)
        own = f"{path.name}:"  # comments without an id of their own are named by their file already
        comments += [
            comment if len(files) == 1 or comment.id.startswith(own) else comment._replace(id=f"{own}{comment.id}")
            for comment in read.comments
        ]
        if len(comments) > BOUNDS.rows:
            raise too_many(f"They hold more than {BOUNDS.rows:,} comments.")
    reader = Reader(model, say) if model is not None else None
    return summarise(comments, process, empty=empty, before=before, near=near, reader=reader)


def _not_too_large(files: Sequence[Path]) -> None:
    """Several files are read together, so they may be no larger than one. Raises UnreadableFile."""
    size = sum(path.stat().st_size for path in files if path.is_file())
    if len(files) > 1 and size > BOUNDS.size:
        raise too_many(f"They have {size:,} bytes.")


def too_many(why: str) -> UnreadableFile:
    """The error for more comments than one run takes; 1.6 million unlike ones of 260 MB took 1.8 GB of memory."""
    return UnreadableFile(
        "These files are too large together.", f"{why} At most {BOUNDS.rows:,} comments and {BOUNDS.size:,} bytes are "
        "taken in one run.", "Give a file or a few months at a time; --since ties the themes of one run to the last.",
    )  # fmt: skip


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
