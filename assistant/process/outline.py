"""The outline: a process as text that people read aloud and edit, and that reads back to the same process.

    # Serve customers

    Trigger: customer arrives

    ## Steps
    1. Serve customer [t1]
       by: Clerk
       work: exponential, mean 400 s (stated)
    2. Choose: Complaint? [c1]
       - if yes (10 %):
         1. End: Complaint filed [e1]
       - otherwise (90 %): nothing

    ## Roles
    - Clerk [clerk]
      capacity: 5

Ids stand in brackets; a line written without one gets one. A text that could be mistaken for something else stands in
quotes. A role that is named and not listed is added.
"""

from __future__ import annotations

import re

from assistant.process.model import Process
from assistant.process.outline_read import read
from assistant.process.outline_values import for_the_eye
from assistant.process.outline_write import write, write_plain
from assistant.process.without_notes import without_sources

STEPS = re.compile(r"^## Steps[ \t]*\r?\n(?:[ \t]*\r?\n)*\s*\d+[.)] ", re.MULTILINE)


def to_outline(process: Process) -> str:
    """The process as an outline; `from_outline` gives the same process back."""
    return write(process)


def to_plain_outline(process: Process) -> str:
    """The process as an outline that is only read: names instead of ids, no places in the text, remarks in words."""
    return for_the_eye(write_plain(without_sources(process)))


def from_outline(text: str) -> Process:
    """The process of an outline. Raises InvalidProcess, naming the line that cannot be read."""
    return read(text)


def is_outline(text: str) -> bool:
    """Whether a text is an outline rather than a story: a first heading, and numbered steps under `## Steps`."""
    return text.lstrip("\ufeff \r\n").startswith("# ") and STEPS.search(text) is not None
