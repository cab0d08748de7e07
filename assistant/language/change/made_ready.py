"""A request made ready for reading: one kind of quotes, known typing mistakes mended, numbers and signs in one form."""

from __future__ import annotations

import re

from assistant.english.alike import distance
from assistant.english.tables import classed, pairs
from assistant.language.change.condition_words import NUMBERS, SAID

MOST = 1500
"""Characters of a request that are read; nobody says one change in more."""
MARKS = 50
"""Marks that are read; a request that speaks of more is a text, and only its start is read."""
QUOTES = str.maketrans({
    **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚´`′", "'"), **dict.fromkeys("–—−", "-"),
    "\u00a0": " ", "\u200b": "", "→": "->",
})  # fmt: skip
SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "=<": "<=", "=>": ">=", "==": "=", "<>": "!="}
CUES = sorted(classed("changes", "cue"))
KNOWN = classed("changes", "cue")
MISTYPED = pairs("mistyped")
REAL = classed("changes", "real")


def tidy(request: str) -> str:
    """The request with plain quotes and signs, one space between words, typing mistakes of known words mended."""
    text = request[:MOST].translate(QUOTES)
    for sign, plain in SIGNS.items():
        text = text.replace(sign, plain)
    text = re.sub(r"\s*\n\s*", ". ", text.strip())
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"''+", "'", text)
    text = re.sub(r"(?<![\w'])'([^'\"]{1,80}?'?)'(?!\w)", r'"\1"', text)
    text = re.sub(r"(?i)\bsub[- ]process(es)?\b", r"subprocess\1", text)
    text = re.sub(r"(?i)\(?\b([a-z]) prime\b\)?", r"\1'", text)
    text = re.sub(r"(?i)\b(?:taskk|tsak|taks|tasl)(?=s?\b)", "task", text)
    text = re.sub(r"\btask_?([A-Z]|[b-rt-z])(?=[\s.,;&'\"]|$)", r"task \1", text)
    text = re.sub(r"(?i)\b(?:i\.e\.|e\.g\.|resp\.),?", " ", text)
    text = re.sub(r"(?i)\b(?:0|zero)\s*(?:and|to|or|-|\.\.)\s*(?:n|m|many)\b", "zero or more", text)
    text = re.sub(r"(?i)\b(?:1|one)\s*(?:and|to|or|-|\.\.)\s*(?:n|m|many)\b", "one or more", text)
    if re.search(r"(?i)\btrue\b", text):
        text = re.sub(r"(?i)\bfalls\b", "false", text)
    text = SAID.sub(lambda found: found[1] + NUMBERS[found[2].lower()], text)
    return re.sub(r"[A-Za-z]{3,}", lambda found: _mended(found[0]), text)


def _mended(word: str) -> str:
    low = word.lower()
    if low in MISTYPED:
        return MISTYPED[low]
    if len(low) < 5 or low in KNOWN or low in REAL:
        return word
    for cue in CUES:
        if len(cue) >= 5 and cue[0] == low[0] and abs(len(cue) - len(low)) <= 1 and distance(low, cue) == 1:
            return cue
    return word


def shortened(line: str) -> str:
    """The line up to its fiftieth mark."""
    ends = [match.end() for match in re.finditer(r"<\w+>", line)]
    return line[: ends[MARKS - 1]] if len(ends) > MARKS else line
