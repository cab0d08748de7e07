"""Bytes in: of a file or of standard input, bounded before they are read."""

from __future__ import annotations

import io
import os
import select
import stat
import sys
import time
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.intake.bounds import MOST_BYTES, PART

TYPED = Path("-")
FIRST_WORD = 2.0
"""Seconds until somebody must have begun to write to a named pipe."""


def load(source: Path, most: int | None = None) -> bytes:
    """A file's bytes (`-`: those of standard input).

    Raises UnreadableFile when it is missing, empty, a folder, larger than `most` bytes or may not be read.
    """
    most = MOST_BYTES if most is None else most
    data = _typed(most) if source == TYPED else _file(source, most)
    if not data.strip():
        what = "Standard input" if source == TYPED else str(source)
        raise UnreadableFile(f"{what} is empty.", "", "Write down how the work runs, or choose another file.")
    return data


def _file(source: Path, most: int) -> bytes:
    try:
        if source.is_dir():
            raise UnreadableFile(f"{source} is a folder.", "", "Name a file in it.")
        about = source.stat()
        size = about.st_size
        if stat.S_ISFIFO(about.st_mode):
            return _piped(source, most)
        if size > most:
            raise UnreadableFile(f"{source} has {size:,} bytes.", f"At most {most:,} are read.", PART)
        with source.open("rb") as file:
            data = file.read(most + 1)  # a pipe or device tells no size
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {source}.", "", "Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        why = f"{getattr(error, 'strerror', None) or error}."
        raise UnreadableFile(f"{source} cannot be read.", why, "Check the name and the rights.") from None
    return _within(data, source, most)


def _within(data: bytes, source: Path, most: int) -> bytes:
    if len(data) > most:
        raise UnreadableFile(f"{source} is too large.", f"At most {most:,} bytes are read.", PART)
    return data


def _piped(source: Path, most: int) -> bytes:
    """What somebody writes to a named pipe; nothing where nobody does, as no command waits for input."""
    pipe, data, end = os.open(source, os.O_RDONLY | os.O_NONBLOCK), b"", time.monotonic() + FIRST_WORD
    try:
        while len(data) <= most:
            try:
                part = os.read(pipe, most + 1 - len(data))
            except BlockingIOError:  # somebody holds it open and has not written yet
                select.select([pipe], [], [])
                continue
            if not part and (data or time.monotonic() > end):
                break
            if not part:
                time.sleep(0.02)
            data += part
    finally:
        os.close(pipe)
    return _within(data, source, most)


def _typed(most: int) -> bytes:
    stream = typed_stream()
    data = stream.read(most + 1)
    if len(data) > most:
        raise UnreadableFile("The input is too long.", f"At most {most:,} bytes are read.", PART)
    return data


def typed_stream() -> io.BufferedIOBase:
    """Standard input as bytes, whatever stands in for it."""
    found = getattr(sys.stdin, "buffer", None)
    return found if found is not None else io.BytesIO(sys.stdin.read().encode("utf-8", "surrogatepass"))
