"""What the customer said in a comment: markup, greetings, quoted replies, signatures and addresses of pages
left out.

What is left out is replaced by as many spaces, so that every place in the text is still the place in the comment and a
quote can be cut from the comment itself.
"""

from __future__ import annotations

import re

from assistant.language.offline.words.clean_text import blank

LONGEST = 20_000
_TAG = re.compile(
    r"<(?:script|style)\b[^>]{0,500}>.{0,5000}?</(?:script|style)\s*>|</?[a-zA-Z!][^<>]{0,500}>", re.S | re.I
)
_LINK = re.compile(r"(?:https?://|www\.)\S{1,500}", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@\w{2,30}")
_QUOTED = re.compile(r"^[ \t]*[>|].*$", re.MULTILINE)
_REPLIED = re.compile(
    r"^(?:on .{5,120} wrote:|am .{5,120} schrieb.{0,80}:|le .{5,120} a écrit ?:"
    r"|-{2,} ?(?:original|forwarded)[\w -]*-{2,}|begin forwarded message:|from: .{3,120}\nsent: )",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:--[ \t]*|sent from my .{1,60}|(?:(?:best|kind|warm|many|kindest|warmest)[ \t]+)?(?:regards|wishes|greetings)"
    r"|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|mit freundlichen gr(?:ü|ue)(?:ß|ss)en)"
    r"[ \t]*[,.!]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_GREETED = re.compile(
    r"(?:(?<=^)|(?<=[.!?,\n]))\s*(?:good (?:morning|afternoon|evening|day)|hello|hi|hey|greetings|guten (?:tag|morgen)"
    r"|dear(?: [^\W\d_]{2,20}\.?){1,4}(?=\s*[,:!\n]))"
    r"(?: (?:all|everyone|everybody|team|there|again|sirs?|madam|folks))?"
    r"(?=\s*(?:[.,!:;?\n]|$))",
    re.IGNORECASE,
)
_GREETS = re.compile(r"\b(?:good|hello|hi|hey|greetings|guten|dear)\b", re.IGNORECASE)
"""Found faster than a greeting: most comments have none."""
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
_MACHINE = re.compile(
    r"\b(?:this is an automat(?:ed|ic) (?:message|reply|response|e-?mail)|do not reply to this (?:message|e-?mail)"
    r"|please do not reply|out of (?:the )?office|automatic reply|auto-?reply|delivery status notification"
    r"|mailer-daemon"
    r"|undeliverable|undelivered mail|message could not be delivered|abwesenheitsnotiz|automatische antwort"
    r"|your (?:ticket|request|case) (?:#? ?\S{1,20} )?has been (?:received|created|closed|updated))\b",
    re.IGNORECASE,
)
_MACHINE_WORDS = (
    "automat", "reply", "office", "daemon", "undeliver", "delivery status", "delivered", "abwesenheit", "has been ",
)  # fmt: skip
_BROKEN = re.compile(r"Ã.|â€|Â.|ðŸ")


def spoken(raw: str) -> str:
    """The comment with what the customer did not say blanked out, place for place; at most LONGEST characters."""
    text = raw[:LONGEST]
    if "<" in text:
        text = _TAG.sub(blank, text)
    if "&" in text:
        text = _ENTITY.sub(blank, text)
    if "://" in text or "www." in text.lower():
        text = _LINK.sub(blank, text)
    if "@" in text:
        text = _HANDLE.sub(blank, text)
    if _GREETS.search(text):
        text = _GREETED.sub(blank, text)
    return _above(text) if "\n" in text else text


def _above(text: str) -> str:
    """Without quoted lines, and without all from the signature or the reply below on."""
    text = _QUOTED.sub(blank, text)
    for pattern in (_REPLIED, _SIGNED):
        match = pattern.search(text)
        if match and text[: match.start()].strip():
            text = text[: match.start()] + " " * (len(text) - match.start())
    return text


def mended(text: str) -> str:
    """UTF-8 that was read as cp1252 put right (“donâ€™t”), for counting words; other text as it is."""
    if not _BROKEN.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def by_machine(raw: str) -> bool:
    """Whether a machine wrote it: an automatic answer, a note of absence, a mail that could not be delivered."""
    text = raw[:1500].lower()
    return any(word in text for word in _MACHINE_WORDS) and _MACHINE.search(text) is not None


def counted(raw: str) -> str:
    """The text of a comment that words are counted in."""
    return mended(spoken(raw)[:4000])
