"""Bytes that nobody vouches for: opened, unpacked where they are gzipped, and never more of them than allowed."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import IO

from assistant.errors import UnreadableFile

HEAD = 65_536
GZIP = b"\x1f\x8b"


class Source:
    """A file, or bytes, that can be opened again from its start. Its size is looked at before anything is read."""

    def __init__(self, given: Path | bytes, size: int) -> None:
        """`given`: a path (`-` is standard input) or the bytes. Raises UnreadableFile when missing or too large."""
        self.size = size
        self.name = "The table" if isinstance(given, bytes) else given.name
        if given == Path("-"):
            self.name, given = "Standard input", sys.stdin.buffer.read(size + 1)
        self.given = given
        try:
            length = len(given) if isinstance(given, bytes) else given.stat().st_size
            if isinstance(given, Path) and not given.is_file():
                raise UnreadableFile(f"{given} is no file.", remedy="Name the file that holds the table.")
            if length > size:
                raise self.too_large(f"It has {length:,} bytes.")
            if not length:
                raise UnreadableFile(f"{self.name} is empty.", remedy="Export the table again.")
            with self._open() as file:
                self.zipped = file.read(2) == GZIP
            with self.open() as file:
                self.head = file.read(HEAD)
            if self.head.startswith(GZIP):
                raise UnreadableFile(f"{self.name} is packed twice.", remedy="Unpack it once and try again.")
        except FileNotFoundError:
            raise UnreadableFile(f"There is no file {given!s}.", remedy="Check the name and the folder.") from None
        except OSError as error:
            why = f"{error.strerror or error}."
            raise UnreadableFile(f"{self.name} cannot be read.", why, "Check the name and the rights.") from None

    def too_large(self, why: str) -> UnreadableFile:
        """The error for more bytes than are read."""
        return UnreadableFile(
            f"{self.name} is too large.", f"{why} At most {self.size:,} bytes are read, also after unpacking.",
            "Export fewer months or fewer columns.",
        )  # fmt: skip

    def _open(self) -> IO[bytes]:
        return io.BytesIO(self.given) if isinstance(self.given, bytes) else self.given.open("rb")

    def open(self) -> io.BufferedReader:
        """The bytes from their start, unpacked. Reading raises UnreadableFile beyond the size, or for broken gzip."""
        return io.BufferedReader(_Limited(self, self._open()), HEAD)

    def all(self) -> bytes:
        """All bytes, unpacked."""
        with self.open() as file:
            return file.read()


class _Limited(io.RawIOBase):
    """A stream that ends with an error instead of going beyond the size of its source."""

    def __init__(self, source: Source, file: IO[bytes]) -> None:
        self.source, self.under, self.left = source, file, source.size
        zipped = getattr(source, "zipped", False)
        self.file: IO[bytes] = gzip.GzipFile(fileobj=file, mode="rb") if zipped else file  # type: ignore[assignment]

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.under.close()
        super().close()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self.file.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            why = str(error).rstrip(".") or "the file is cut off"
            raise UnreadableFile(
                f"{self.source.name} cannot be unpacked.", f"{why}.", "Pack it again with gzip, or give it unpacked."
            ) from None
        self.left -= len(data)
        if self.left < 0:
            raise self.source.too_large("It unpacks to more.")
        buffer[: len(data)] = data
        return len(data)
