"""What the words of a rule protect: "we can't start before they have approved, it's the law" speaks of the approval."""

from __future__ import annotations

import re

from assistant.english.tables import any_of

_PARTS = re.compile(r"[,;:–—]|\s-\s")
NO_GROUND = rf"{any_of('no-rule')}\b"
_DENIED = re.compile(
    rf"\bnothing\b.*\b(?:law|legal|required|rule)|\bno (?:law|rule)\b(?! (?:allows?|permits?))|{NO_GROUND}",
    re.IGNORECASE,
)
_RULE = re.compile(r"\b(?:law|legal\w*|required|prescribed|regulations?)\b", re.IGNORECASE)
_GROUND = re.compile(r"\s*(?:and |but |because )?(?:that|this|it)(?:['’]s| is| was)\b", re.IGNORECASE)
_WHOSE = re.compile(r"\b(?:required|demanded|prescribed|asked for|laid down|wanted) (?:by|in|under)\b.*", re.IGNORECASE)
_WITHOUT = re.compile(rf"\s*(?:and |but )?without (.+?)(?=\s{any_of('subject-pronoun')}\b|$)", re.IGNORECASE)
_FIRST = re.compile(rf"\b{any_of('rules-out')}\b.*?\b(?:before|until|unless|without)\b", re.IGNORECASE)


def protected_words(text: str) -> str:
    """The words of a rule that name what it protects: without who asks for it, and of what is only done afterwards
    ("before", "until", "without") what comes first."""
    parts = [part for part in _PARTS.split(" ".join(text.split())) if not _DENIED.search(part)]
    told = [part for part in parts if not _GROUND.match(part)] or parts
    for part in told:
        if (needed := _WITHOUT.match(part)) is not None:
            return needed.group(1)
        if (first := _FIRST.search(part)) is not None:
            return part[first.end() :].strip()
    return ", ".join(_WHOSE.sub("", part).strip() for part in told)


def denies_rule(text: str) -> bool:
    """Whether words say that no rule asks for something, and of nothing else that one does: "the list is not required
    by law"."""
    parts = _PARTS.split(text)
    return any(map(_DENIED.search, parts)) and not any(_RULE.search(part) for part in parts if not _DENIED.search(part))


def points_back(text: str) -> bool:
    """Whether a rule says of what was told just before that it is one: "that's the law", "this must stay"."""
    return _GROUND.match(text) is not None or re.match(r"\W*(?:that|this|it)\b", text, re.IGNORECASE) is not None
