"""How much the door lets in: bytes, what they unpack to, depth, time. Every limit of the room stands here."""

from __future__ import annotations

import time

from assistant.errors import UnreadableFile

MOST_BYTES = 50_000_000
"""Bytes of one file, or of standard input."""
MOST_UNPACKED = 8_000_000
"""Bytes of the text part of a packed file (Word): some thousand pages."""
MOST_MARKUP = 4_000_000
"""Characters of a web page or a mail."""
MOST_MARKS = 50_000
"""Tags of a web page."""
MOST_DEPTH = 200
"""Tags inside one another in a web page."""
MOST_PAGES = 300
"""Pages of a PDF; what stands on the others is said to be left out."""
MOST_STREAM = 10_000_000
"""Bytes that one packed part of a PDF may unpack to."""
MOST_OPERATIONS = 200_000
"""Marks and operands of one page of a PDF."""
MOST_SECONDS = 3.5
"""Computing time spent on one document, looked at between its parts."""
PART = "Give the part that tells the process."


class Clock:
    """The time that is left for a document."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.end = time.process_time() + MOST_SECONDS

    def check(self) -> None:
        """Raises UnreadableFile when the time is over."""
        if time.process_time() > self.end:
            raise UnreadableFile(
                f"{self.name} takes too long to read.", f"More than {MOST_SECONDS:g} s are not spent on a file.", PART
            )


def too_long(name: str, size: int, most: int, what: str = "characters") -> UnreadableFile:
    """The refusal of something too large."""
    return UnreadableFile(f"{name} holds {size:,} {what}.", f"At most {most:,} are read.", PART)
