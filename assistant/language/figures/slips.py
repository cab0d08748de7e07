"""Words of figures as they are mistyped: "mintues", "fourty", "twnety-five", "5 precent".

Only slips that are no word themselves are mended ("a minuet" is a dance), and only in what the reader of figures looks
at: the text stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.english.spelling import is_known
from assistant.language.offline.words.tokens import Token

_OFTEN = {
    "fourty": "forty", "fivteen": "fifteen", "fiveteen": "fifteen", "hundered": "hundred", "thousend": "thousand",
    "minits": "minutes", "secounds": "seconds", "procent": "percent", "fourtnight": "fortnight", "twelf": "twelve",
}  # fmt: skip
_MISTYPED = """
seven eight eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
fifty sixty seventy eighty ninety three hundred thousand million dozen seconds minute minutes hours week weeks month
months year years quarter quarters fortnight percent""".split()
_WORDS = frozenset("minuet minuets moths monts quarte quartes ninet".split())
SHORTEST = 5
"""Letters of the shortest slip that is mended: one of four is too often another word ("ours", "your", "moth")."""


def mend(tokens: list[Token]) -> list[Token]:
    """The same tokens, with what a mistyped word of a figure was meant to be as its small letters."""
    slips = _slips()
    for token in tokens:
        if token.low in slips:
            token.low = slips[token.low]
        elif "-" in token.low:
            token.low = "-".join(slips.get(part, part) for part in token.low.split("-"))
    return tokens


@cache
def _slips() -> dict[str, str]:
    """Every slip and the word that was meant."""
    real = _WORDS | set(_MISTYPED)
    slips = {slip: word for word in _MISTYPED for slip in _of(word) if len(slip) >= SHORTEST}
    return {slip: word for slip, word in slips.items() if not is_known(slip) and slip not in real} | _OFTEN


def _of(word: str) -> Iterator[str]:
    """A letter left out, doubled, or changed for the one behind it; the first letter is seldom wrong."""
    yield from (word[:i] + word[i + 1 :] for i in range(1, len(word)))
    yield from (word[:i] + word[i] + word[i:] for i in range(len(word)))
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1))
