"""Mail as text: the part a person wrote, without what it quotes, greeting, signature and small print."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from typing import NamedTuple

from assistant.errors import UnreadableFile
from assistant.intake.bounds import MOST_MARKUP, too_long
from assistant.intake.decoding import cleaned, decode
from assistant.intake.pages import page_text

MOST_PARTS = 200
MOST_BOUNDARIES = 1_000
"""Lines that may part one part of a mail from the next."""
_HEADER = re.compile(
    r"^(From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Message-ID|Received|Return-Path|Delivered-To|Content-[\w-]+|"
    r"MIME-Version|X-[\w-]+|Importance|Attachments?|Von|An|Betreff|Gesendet|Datum):[ \t]",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSING = (
    r"(?:(?:(?:best|kind|warm|many|kindest|warmest)\s+)?(?:regards|wishes|thanks|greetings)|thank you|thx|cheers|"
    r"sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|best|lg|vg|mfg|br|kr|viele gr(?:ü|ue)(?:ß|ss)e|"
    r"mit freundlichen gr(?:ü|ue)(?:ß|ss)en|take care)"
)
_SIGNATURE = re.compile(rf"^(?:--\s*|{_CLOSING}\s*[,!.]?(?:\s+[A-Z][\w.-]*){{0,3}}\s*|sent from my .*)$", re.IGNORECASE)
_WROTE = re.compile(r"^(?:on .{5,120} wrote:|am .{5,120} schrieb.{0,80}:|le .{5,120} a écrit ?:)\s*$", re.IGNORECASE)
_FORWARD = re.compile(
    r"^(?:-{2,}\s*(?:original|forwarded|weitergeleitete|ursprüngliche)[\w -]*-{2,}|_{10,}|"
    r"begin forwarded message:)\s*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|dear|hey|hallo|good (?:morning|afternoon|evening))\b[^.!?]{0,60}[,!]?\s*$", re.IGNORECASE
)
_SMALL_PRINT = re.compile(
    r"\b(?:intended recipient|this (?:e-?mail|message)(?: and any attachments?)? (?:is|are|may be|contains?) "
    r"(?:strictly )?(?:confidential|intended|privileged)|if you have received this (?:e-?mail|message) in error|"
    r"please consider the environment|registered (?:office|in england)|virus[- ]free)\b",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^(?:(?:re|fw|fwd|aw|wg|antw|sv|tr)\s*:\s*)+", re.IGNORECASE)
ENOUGH = 120
"""Characters above a forwarded mail that are a mail of their own; less is only a cover note."""


class Mail(NamedTuple):
    """A mail's words, its subject first as a title, and what was left out."""

    lines: list[str]
    notes: list[str]


def is_mail(text: str) -> bool:
    """Whether a text begins with at least two header lines of a mail."""
    head = text.lstrip()[:4000]
    return _HEADER.match(head) is not None and len(_HEADER.findall(head.split("\n\n")[0])) >= 2


def mail_text(data: bytes, name: str) -> Mail:
    """The words somebody wrote in a mail. Raises UnreadableFile for one that is damaged or too large."""
    if len(data) > 4 * MOST_MARKUP:
        raise too_long(name, len(data), 4 * MOST_MARKUP, "bytes")
    if data.count(b"\n--") > MOST_BOUNDARIES:
        raise UnreadableFile(f"{name} has too many parts.", "", "Copy its words into a text file.")
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.default)
        subject = str(message.get("Subject", ""))
        body, notes = _body(message, data, name)
    except (RecursionError, MessageError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFile(
            f"{name} is a mail that cannot be read.", f"{type(error).__name__}.", "Copy its words into a text file."
        ) from None
    lines, left = written(body)
    title = " ".join(_REPLY.sub("", cleaned(subject)).split())[:150]
    return Mail([f"# {title}", "", *lines] if title else lines, [*notes, *left])


def _body(message: EmailMessage, data: bytes, name: str) -> tuple[str, list[str]]:
    """The part with the words: plain text before a page; attachments are named, not read."""
    plain: list[str] = []
    pages: list[str] = []
    notes: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            raise UnreadableFile(f"{name} has more than {MOST_PARTS} parts.", "", "Copy its words into a text file.")
        if part.is_multipart():
            continue
        if part.get_filename() or part.get_content_disposition() == "attachment":
            notes.append(f"The attachment “{str(part.get_filename() or 'without a name')[:80]}” was not read.")
        elif part.get_content_type() in ("text/plain", "text/html"):
            (plain if part.get_content_type() == "text/plain" else pages).append(_words(part, name))
    text = "\n\n".join(plain).strip()
    if text or not pages:
        return text, notes
    found = page_text("\n".join(pages), name, quotes=False)
    return "\n".join(found.lines), [*notes, *found.notes]


def _words(part: EmailMessage, name: str) -> str:
    """A part's text; without a charset that says so, by the one decoder."""
    raw = part.get_payload(decode=True)
    held = raw if isinstance(raw, bytes) else b""
    if len(held) > MOST_MARKUP:
        raise too_long(name, len(held), MOST_MARKUP, "bytes")
    charset = part.get_content_charset()
    if charset and charset not in ("us-ascii", "ascii", "unknown-8bit"):
        try:
            return cleaned(held.decode(charset))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(held, name) if held.strip() else ""


def written(body: str) -> tuple[list[str], list[str]]:
    """What the sender wrote: without quoted replies, greeting, signature and small print. And what was left out."""
    lines = body.split("\n")
    notes: list[str] = []
    cut = next((at for at, line in enumerate(lines) if _opens_another(lines, at)), None)
    if cut is not None:
        above = [line for line in _own(lines[:cut]) if line.strip()]
        if len(" ".join(above)) >= ENOUGH:
            lines = lines[:cut]
            notes.append("The mail that this one answers or forwards was left out.")
        else:
            lines = [*lines[:cut], *written("\n".join(lines[cut + 1 :]))[0]]
    if any(line.lstrip().startswith(">") for line in lines):
        notes.append("Quoted lines of an earlier mail (“> …”) were left out.")
    return _own(lines), notes


def _opens_another(lines: list[str], at: int) -> bool:
    """Whether an earlier mail begins at a line."""
    line = lines[at].strip()
    if _FORWARD.match(line) or _WROTE.match(line):
        return True
    return (
        bool(at and re.match(r"^(?:From|Von): ", line))
        and sum(bool(_HEADER.match(other.strip())) for other in lines[at : at + 5]) >= 3
    )


def _own(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for place, line in enumerate(lines):
        bare = line.strip()
        if _SIGNATURE.match(bare) and (bare.startswith("--") or sum(map(len, kept)) > 100):
            if place:
                break
            continue
        if bare.startswith(">") or _HEADER.match(bare) or _GREETING.match(bare) or _WROTE.match(bare):
            continue
        if _FORWARD.match(bare) or _SMALL_PRINT.search(bare):
            continue
        kept.append(line)
    while kept and not kept[0].strip():
        kept = kept[1:]
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
