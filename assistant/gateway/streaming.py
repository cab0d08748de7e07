"""From raw pieces of a stream to Deltas: placeholders put back even where a piece cuts one in two."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.gateway.port import Delta, Usage
from assistant.gateway.redact import Masked


def to_deltas(pieces: Iterator[str | Usage], masked: Masked) -> Iterator[Delta]:
    """The Deltas of a stream; the last one is `done` and carries the usage."""
    kept, usage = "", None
    for piece in pieces:
        if isinstance(piece, Usage):
            usage = piece
            continue
        kept += piece
        ready, kept = _cut(kept, masked)
        if ready:
            yield Delta(masked.restore(ready))
    if kept:
        yield Delta(masked.restore(kept))
    yield Delta("", done=True, usage=usage)


def shown(text: str, masked: Masked) -> str:
    """What of a text on its way can be shown: all but an end that may be the beginning of a placeholder."""
    return _cut(text, masked)[0]


def _cut(text: str, masked: Masked) -> tuple[str, str]:
    """What can be shown now, and the end that may be the beginning of a placeholder."""
    if not masked.longest:
        return text, ""
    # Placeholders hold letters, digits and underscores only; hold back the last word, with its bracket.
    at = len(text)
    while at > 0 and len(text) - at < masked.longest and (text[at - 1].isalnum() or text[at - 1] in "_["):
        at -= 1
    return text[:at], text[at:]
