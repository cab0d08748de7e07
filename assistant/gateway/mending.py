"""A reply of blocks mended: only the blocks that were wrong are sent again, the others are kept as they were."""

from __future__ import annotations

import re

from assistant.gateway.parsing import plain_body
from assistant.gateway.port import ReplyFault, TextReply


def repair_words(fault: ReplyFault, reply: type = TextReply) -> str:
    """What is sent back after a reply that breaks its shape: all that is wrong and nothing else of the task."""
    if fault.blocks and hasattr(reply, "again"):
        return str(reply.again(fault))
    word = getattr(reply, "block", "")
    if fault.blocks and word:
        many = f"the {len(fault.blocks)} {word} blocks" if len(fault.blocks) > 1 else f"the {word} block"
        how = f"Send again only {many} named above, whole and in the same order, with this put right. All else is kept."
    else:
        how = "Send the whole reply again with this put right, in the form asked for, with nothing before or after it."
    return f"Your reply could not be read:\n{str(fault)[:3000]}\n\n{how}"


def patched(old: str, new: str, reply: type, blocks: tuple[int, ...]) -> str:
    """The old reply with the blocks of those numbers (from 0) replaced by those of the new one, in order.

    Where the new text holds more than was asked for it is a whole reply and stands for itself.
    """
    if blocks and hasattr(reply, "mended"):  # a reply without words for its blocks
        return str(reply.mended(plain_body(old), plain_body(new)))
    word, top = getattr(reply, "block", ""), getattr(reply, "top", ())
    if not blocks or not word:
        return new
    pieces, fresh = _pieces(plain_body(old), top), _pieces(plain_body(new), top)
    mended = [piece for piece in fresh if _begins(piece, (word,))]
    if not mended or len(mended) > len(blocks) or len(mended) < len(fresh):
        return new
    places = [place for place, piece in enumerate(pieces) if _begins(piece, (word,))]
    for number, piece in zip(blocks, mended, strict=False):
        if number < len(places):
            pieces[places[number]] = piece
    return "\n".join(pieces)


def _pieces(text: str, top: tuple[str, ...]) -> list[str]:
    """The text cut before each line that begins with a word of the top."""
    pieces: list[list[str]] = []
    for line in text.splitlines():
        if _begins(line, top) or not pieces:
            pieces.append([])
        pieces[-1].append(line)
    return ["\n".join(lines) for lines in pieces]


def _begins(text: str, words: tuple[str, ...]) -> bool:
    return any(re.match(rf"[\s*#-]{{0,6}}{word}\b", text) for word in words)
