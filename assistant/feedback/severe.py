"""Which kind of harm a severe comment tells of: somebody is hurt or in danger, harassed, discriminated against, or
private data came into the wrong hands. `severe_kinds.tsv` holds what each is called and how people say it."""

from __future__ import annotations

from functools import cache

from assistant.english.tables import rows
from assistant.feedback.harm import Words
from assistant.feedback.words import TOKEN

DANGER = "injury"
"""The kind of what harms somebody in no other way that is known."""


@cache
def _kinds() -> dict[str, Words]:
    turns: dict[str, list[str]] = {}
    for kind, _, said in rows("severe_kinds"):
        turns.setdefault(kind, []).append(said)
    return {kind: Words("\n".join(said)) for kind, said in turns.items()}


@cache
def severe_names() -> dict[str, str]:
    """What each kind is called."""
    return {kind: name for kind, name, _ in rows("severe_kinds")}


def kind_of_harm(raw: str) -> str:
    """The kind of harm a severe comment tells of; DANGER where its words say no other."""
    words = TOKEN.findall(raw[:4000].lower().replace("’", "'"))
    said, heads = f" {' '.join(words)} ", {word[:3] for word in words}
    return next((kind for kind, turns in _kinds().items() if kind != DANGER and turns.stand_in(said, heads)), DANGER)
