"""What a model writes, overheard while it writes it: somebody waits, and a sign of life is worth more than silence.

Whoever wants to hear says so around the work (`overheard`); every question asked to a model inside it, in the same
thread, is then asked for as a stream. What is heard is not checked yet: the answer that counts is the whole one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Hear = Callable[[str], None]
"""Takes all that was written so far of the answer that is on its way; an empty text where another one begins."""
_hearing: ContextVar[Hear | None] = ContextVar("_hearing", default=None)
KEYWORDS = re.compile(r"(?:[A-Z]{2,}\b[ \t]*)+(?:\d+[ \t]*:[ \t]*)?")
SILENT = ("KIND", "TOPIC")
ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
MOST_LETTERS = 200


@contextmanager
def overheard(hear: Hear) -> Iterator[None]:
    """Within it, `hear` is told what a model writes."""
    before = _hearing.set(hear)
    try:
        yield
    finally:
        _hearing.reset(before)


def hearing() -> Hear | None:
    """Who wants to hear what is written now."""
    return _hearing.get()


def plainly(text: str, most: int) -> tuple[str, ...]:
    """The last lines of what was written, as somebody can read them who does not know the form it is written in.

    A reply in lines says in capitals what each line is, and behind bars what belongs to it: both are left out. A reply
    in JSON says nothing to a reader.
    """
    if text.lstrip()[:1] in ("{", "["):
        return ()
    told = (_told(line) for line in text.splitlines())
    return tuple(line for line in told if line)[-most:]


def _told(line: str) -> str:
    line = line.strip()
    if line.startswith(SILENT):
        return ""
    said = KEYWORDS.match(line)
    if said is None:
        return line[:MOST_LETTERS]
    rest = line[said.end() :].split(" | ")[0].strip(' ?:|"')
    if not rest or ID.fullmatch(rest):
        return ""
    return rest[:1].upper() + rest[1:MOST_LETTERS]
