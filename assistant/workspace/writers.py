"""Which program heard something, so that another one does not take up a turn that is still under way."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from hashlib import sha256

from assistant.projects.journal import Entry, Said, now

LONGEST = timedelta(minutes=10)
"""How long a turn may be under way; then its program is no longer waited for, whatever runs under its number."""


def me() -> str:
    """This program: its number and a mark of its machine, which does not tell the machine's name."""
    return f"{os.getpid()}@{sha256(socket.gethostname().encode()).hexdigest()[:8]}"


def under_way(said: Entry) -> bool:
    """Whether another program is likely still at work on these words."""
    writer = said.what.writer if isinstance(said.what, Said) else ""
    number, _, machine = writer.partition("@")
    if not number.isdigit() or writer == me() or now() - said.at > LONGEST:
        return False
    return machine != me().partition("@")[2] or _alive(int(number))


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
