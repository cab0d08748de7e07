"""How long those outside have what they are sent: "sends the form to the tax office, that takes six weeks" is two
sentences, of the sending and of the tax office. Every word keeps its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.tables import any_of
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.process.durations import UNITS

_SENT = re.compile(
    rf"\b{any_of('sends-out')}\b[^,;.]* to (?P<who>(?:the|an?) (?:[a-z-]+ )?{any_of('outside-house')})"
    r"(?P<tail>,? (?:and )?(?:that|which|this|it|they) (?:takes?|needs?) )",
    re.IGNORECASE,
)


def told_of_them(parts: list[Sentence], text: str) -> list[Sentence]:
    """The sentences, those that end in how many days somebody outside takes cut in two."""
    return [cut for part in parts for cut in _cut(part, text[part.start : part.end])]


def _cut(part: Sentence, words: str) -> Iterator[Sentence]:
    sent = _SENT.search(words)
    behind = sent.end() if sent else 0
    length = next((figure for figure in figures_in(words) if figure.a == behind), None) if sent else None
    if sent is None or length is None or length.kind != "duration" or length.seconds() < UNITS["d"]:
        yield part
        return
    at, then = part.start + sent.start("tail"), part.start + behind
    who = [Token(word, word.lower(), at, at) for word in (*sent["who"].split(), "takes")]
    yield part._replace(tokens=[token for token in part.tokens if token.start < at], end=at)
    yield part._replace(tokens=[*who, *(token for token in part.tokens if token.start >= then)], start=at)
