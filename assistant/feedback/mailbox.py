"""Mail as comments: a folder of mails and texts, a Maildir, or an mbox file with many mails in one.

What a person wrote counts, without what it quotes and its signature; the day and the sender come from the head.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.feedback.shapes import BOUNDS, Comment, Read
from assistant.intake.decoding import decode
from assistant.intake.mail import mail_text
from assistant.intake.tables.streams import Source
from assistant.process.figures import plural

MAIL = (".eml", ".msg.txt", ".mail")
MOST_FILES = 50_000
MOST_OF_ONE = 4_000_000
"""Bytes of one text or of one mail of an mbox that are read; its words stand in front of what is attached."""
_PARTS = b"From "
"""Begins the line that parts one mail of an mbox from the next, after an empty line (RFC 4155)."""
_DELIVERED = ("cur", "new")
"""The folders of a Maildir that hold mail; `tmp` holds what is still being written."""


def is_mbox(path: Path) -> bool:
    """Whether a file holds mails one after another: its first line parts them and a head follows."""
    try:
        with path.open("rb") as file:
            first, second = file.readline(1000), file.readline(1000)
    except OSError:
        return False
    name, colon, _ = second.partition(b":")
    return first.startswith(_PARTS) and bool(colon) and b" " not in name.strip()


def from_mbox(path: Path, key: str) -> Read:
    """Every mail of an mbox as one comment, by its place in the file. Raises UnreadableFile."""
    found: list[Comment] = []
    empty, unread = 0, 0
    for number, data in enumerate(_mails(path), 1):
        if number > MOST_FILES:
            unread += 1
            continue
        try:
            comment = of_mail(data, path.name, f"{key}:{number}")
        except UnreadableFile:
            unread += 1
            continue
        if comment.raw.strip():
            found.append(comment)
        else:
            empty += 1
    notes = (f"{path.name}: {plural(unread, 'mail')} not read (broken, or past {MOST_FILES:,}).",) if unread else ()
    return Read(found, empty, notes)


def _mails(path: Path) -> Iterator[bytes]:
    source = Source(path, BOUNDS.size)
    lines: list[bytes] = []
    size, after_empty = 0, True
    with source.open() as file:
        for line in file:
            if after_empty and line.startswith(_PARTS):
                if lines:
                    yield b"".join(lines)
                lines, size = [], 0
            elif size < MOST_OF_ONE:
                lines.append(line[1:] if line.lstrip(b">").startswith(_PARTS) and line[:1] == b">" else line)
                size += len(line)
            after_empty = line in (b"\n", b"\r\n")
    if lines:
        yield b"".join(lines)


def from_folder(folder: Path) -> Read:
    """Every mail and text file of a folder as one comment, by name; a Maildir and mbox files too."""
    found: list[Comment] = []
    notes: list[str] = []
    empty, left = 0, 0
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if number >= MOST_FILES:
            notes.append(f"{folder.name} holds more than {MOST_FILES:,} files; those after them were not read.")
            break
        if not path.is_file() or path.is_symlink():
            continue
        try:
            read = _from_file(path, folder)
        except UnreadableFile:
            read = None
        if read is None:
            left += 1
            continue
        found += [comment for comment in read.comments if comment.raw.strip()]
        empty += read.empty + sum(not comment.raw.strip() for comment in read.comments)
        notes += read.notes
    if left:
        notes.append(f"{folder.name}: {plural(left, 'file')} neither mail nor text, or without words; not read.")
    return Read(found, empty, tuple(notes))


def _from_file(path: Path, folder: Path) -> Read | None:
    """What a file of a folder says; None where it is neither mail nor text."""
    key = str(path.relative_to(folder))
    ending = path.suffix.lower()
    if ending in MAIL:
        return Read([from_mail(path, key)])
    if path.parent.name in _DELIVERED and (path.parent.parent / "cur").is_dir():
        return Read([from_mail(path, _without_flags(path, folder))])
    if ending in (".mbox", "") and is_mbox(path):
        return from_mbox(path, key)
    if ending in (".txt", ".text"):
        return Read([Comment(key, decode(Source(path, MOST_OF_ONE).all(), path.name)[: BOUNDS.cell])])
    return None


def _without_flags(path: Path, folder: Path) -> str:
    """The name of a mail in a Maildir, the same before (`new/17.host`) and after it was read (`cur/17.host:2,S`)."""
    return str((path.parent.parent / path.name.partition(":")[0]).relative_to(folder))


def from_mail(path: Path, key: str) -> Comment:
    """One mail in a file of its own. Raises UnreadableFile."""
    return of_mail(Source(path, BOUNDS.size).all(), path.name, key)


def of_mail(data: bytes, name: str, key: str) -> Comment:
    """What a person wrote in a mail, with the day and the sender of its head. Raises UnreadableFile."""
    lines = [line.removeprefix("# ") for line in mail_text(data, name).lines]
    head = message_from_bytes(data[:20_000], policy=policy.compat32)
    try:
        day = parsedate_to_datetime(str(head.get("Date", ""))).date().isoformat()
    except (TypeError, ValueError, IndexError):
        day = ""
    raw = "\n".join(lines).strip()[: BOUNDS.cell]
    return Comment(key, raw, day, "", "mail", "", parseaddr(str(head.get("From", "")))[1])
