"""What is told of those who go on, where those who do not are meant: "55 % accept the quote, the others drop out" is
"45 % of the customers drop out". Every word keeps its place in the text."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.tokens import Sentence, Token

_GO_ON = re.compile(
    rf"\W*(?:(?:of )?(?:the|our|all) (?P<who>[a-z]+)\b|(?P<bare>[a-z]+s)\b)?\s*(?:of them )?"
    rf"(?:{worded('goes-on-with')})\b[^,;.:–]{{0,40}}[,;.–]\s*(?:and |but |while )?(?:{worded('the-others')})\b\W*"
    rf"(?:{worded('drops-out')}|{any_of('falls-away', 'reading')})\W*$",
    re.IGNORECASE,
)
_FRONT = 5
"""So many words may stand before the share: where it is ("after the sketch")."""


def others_out(parts: list[Sentence], text: str) -> list[Sentence]:
    """The sentences, those that tell what share goes on told of the share that does not."""
    return [_told_of_the_others(part, text[part.start : part.end]) for part in parts]


def _told_of_the_others(part: Sentence, words: str) -> Sentence:
    shares = [figure for figure in figures_in(words) if not figure.vague]
    if len(shares) != 1 or shares[0].kind != "chance":
        return part
    share = shares[0]
    told = _GO_ON.match(words, share.b)
    front = [token for token in part.tokens if token.start < part.start + share.a]
    if told is None or len(front) > _FRONT:
        return part
    who, at = told["who"] or told["bare"] or "customers", part.start + share.a
    left = f"{round(100 * (1 - share.middle), 2):g}"
    said = [Token(word, word, at, part.start + share.b) for word in (left, "%", "of", "the", who, "drop", "out")]
    said[0].value = float(left)
    return part._replace(tokens=[*front, *said])
