"""Common given names, the way to notice a person in a text without a model.

The names stand in the file beside this one, in lower case; those that are ordinary words too need a surname.
"""

from __future__ import annotations

from pathlib import Path


def _table() -> tuple[frozenset[str], frozenset[str]]:
    text = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    names, _, also = "\n".join(lines).partition("also words")
    return frozenset(names.split()) | frozenset(also.split()), frozenset(also.split())


GIVEN_NAMES, ALSO_WORDS = _table()
