"""The last look at what steps are called: without what was said behind a comma, without capitals of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.language.offline.sentences.statements import Act

_TAIL = re.compile(
    r"^([^,]*\w),? (?:and|or|but),? (?:then|yes|only|last|first|of|on)\b.*$|"
    r"^([^,]+), (?:and|but|then) .*$"
)
"""What a speaker adds to a step: "fetch the reels with the van, and only on Wednesdays"."""
_LOOSE = re.compile(r"[ ,]+(?:and|or|but|then|very|(?:very )?(?:first|last) thing)[ ,]*$", re.IGNORECASE)
_WITH_NOBODY = re.compile(r"^(?P<verb>meet)(?P<how> with)(?: (?:him|her|them))?$", re.IGNORECASE)
"""What is left of "sits down with them": nobody can tell with whom."""
_SHORTEST = 2


def tidy_names(acts: Iterable[Act], text: str) -> None:
    """Give every step a name that can stand on a map; who is called by name keeps the capital."""
    lower = set(re.findall(r"\b[a-z]{3,}\b", text))
    named = set(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b", text))
    for act in acts:
        act.name = tidied(act.name, lower - {word.lower() for word in named})
        if alone := _WITH_NOBODY.match(act.name):
            who = f"{alone['how']} {act.contact}" if act.contact else ""
            act.name = tidied(f"{alone['verb']}{who}", lower)


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
