"""The last look at what steps are called: without what was said behind a comma, without capitals of a sentence, and
short: what is done, to what, and at most one thing more (to whom, where to)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.word_tables import PARTICLES, SMALL

_TAIL = re.compile(
    r"^([^,]*\w),? (?:and|or|but),? (?:then|yes|only|last|first|of|on)\b.*$|"
    r"^([^,]+), (?:and|but|then) .*$"
)
"""What a speaker adds to a step: "fetch the reels with the van, and only on Wednesdays"."""
_LOOSE = re.compile(r"[ ,]+(?:and|or|but|then|very|(?:very )?(?:first|last) thing)[ ,]*$", re.IGNORECASE)
_SHORTEST = 2
_NO_TIES = frozenset("of up down off out".split())
_LOOSE_TIES = frozenset("from with by after before without until till as per".split())
"""What begins where from, when and with what tool something is done: it stands in the words that were said."""
_WITH = frozenset("compare check fit agree count settle discuss fill match share swap replace".split())
"""What is done with something: "compare the figures with the list"."""
_CLAUSE = frozenset("what whether how which that if who where when why".split())
_LIST = re.compile(r"[^\W\d]\w*(?: \w+)?(?:, | and | or )")


def tidy_names(acts: Iterable[Act], text: str, short: bool = True) -> None:
    """Give every step a name that can stand on a map; who is called by name keeps the capital. A name is made short
    where no other step is called so then."""
    lower = set(re.findall(r"\b[a-z]{3,}\b", text))
    named = set(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b", text))
    told = list(acts)
    for act in told:
        act.name = tidied(act.name, lower - {word.lower() for word in named})
    if short:
        called = Counter(shortened(name) for name in {act.name for act in told})
        for act in told:
            brief = shortened(act.name)
            act.name = brief if called[brief] == 1 else act.name


def shortened(name: str) -> str:
    """A name without what it was done with, where from and until when, and without all but the first of what else is
    told: "Draw sample from tank with ladle" is "Draw sample". A clause in a name stays whole."""
    named, comma, behind = name.partition(", ")
    if comma and _LIST.match(behind):
        named = name
    words = named.split()
    if _CLAUSE & set(words):
        return named
    first = 3 if words[1:2] and words[1] in PARTICLES else 2
    starts = [at for at in range(first, len(words) - 1) if _ties(words[at]) and not _ties(words[at - 1])]
    if not starts:
        return named
    parts = [words[start:end] for start, end in pairwise([*starts, len(words)])]
    kept = [part for part in parts if part[0] not in _LOOSE_TIES or (part[0] == "with" and words[0].lower() in _WITH)]
    return " ".join([*words[: starts[0]], *(kept[0] if kept else [])])


def tidied(name: str, common: set[str]) -> str:
    """One name without its loose end; `common` are the words that are nobody's name."""
    match = _TAIL.match(name)
    kept = next((part for part in match.groups() if part), name) if match else name
    kept = _LOOSE.sub("", kept)
    if len(kept.split()) < _SHORTEST <= len(name.split()):
        kept = name
    first, *rest = kept.split(" ")
    return " ".join(
        [first, *(word.lower() if word[:1].isupper() and word.lower() in common else word for word in rest)]
    )


def _ties(word: str) -> bool:
    return (SMALL.get(word) in ("I", "T") or word in _LOOSE_TIES) and word not in _NO_TIES
