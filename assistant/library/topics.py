"""What everyday words are about: a coarse sense of kinship ("lorry" and "van", "hail" and "flood") for searching.

A topic is weaker than a concept (see words.py): it helps to find an entry and never says that two steps are the same.
"""

from __future__ import annotations

from functools import cache

from assistant.english.alike import stem
from assistant.english.tables import rows
from assistant.library.words import concept


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for topic, words in rows("topics"):
        for word in words.split():
            for form in {stem(word), concept(stem(word))}:
                found.setdefault(form, []).append(f"about{topic}")
    return {form: tuple(dict.fromkeys(topics)) for form, topics in found.items()}


def topics(stemmed: str) -> tuple[str, ...]:
    """The topics a stem belongs to, as words that occur nowhere else (`aboutmoney`)."""
    return _table().get(stemmed) or _table().get(concept(stemmed), ())
