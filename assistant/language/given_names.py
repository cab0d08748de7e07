"""Common given names: the way to notice a person in a text without a model."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class GivenNames(NamedTuple):
    """Names in lower case: `all` of them, and those that are `also_words` and so need a surname to be believed."""

    all: frozenset[str]
    also_words: frozenset[str]


@lru_cache(maxsize=1)
def given_names() -> GivenNames:
    """The table, read once from the file beside this one."""
    text = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    names, _, also = "\n".join(lines).partition("also words")
    return GivenNames(frozenset(names.split()) | frozenset(also.split()), frozenset(also.split()))
