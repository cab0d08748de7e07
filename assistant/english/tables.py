"""Reads the tables of words: `data/NAME.tsv`, one word or phrase a line, what is known of it in the further columns."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a table, each split into its columns. Raises FileNotFoundError for a table that does not exist."""
    text = files("assistant.english").joinpath("data", f"{name}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line)


@cache
def classed(name: str, kind: str) -> frozenset[str]:
    """The words of a table that bear a class, which stands in the last column. Raises KeyError for an unknown class."""
    return _by_class(name)[kind]


@cache
def _by_class(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(name):
        for kind in row[-1].split():
            found.setdefault(kind, set()).add(row[0])
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def pairs(name: str) -> dict[str, str]:
    """A table of two columns: what stands for what."""
    return {row[0]: row[1] for row in rows(name)}


@cache
def phrases(name: str) -> frozenset[str]:
    """A table of one column: words or phrases of a kind."""
    return frozenset(row[0] for row in rows(name))


@cache
def any_of(kind: str, name: str = "said") -> str:
    """A pattern for any word or phrase that bears a class, the longest first. Raises KeyError for an unknown class."""
    return f"(?:{'|'.join(map(re.escape, sorted(classed(name, kind), key=lambda word: (-len(word), word))))})"


@cache
def wordings(kind: str) -> tuple[tuple[str, str], ...]:
    """The wordings of a kind, in the order they are tried in: what each means, and its pattern.

    `<<name>>` in one stands for the wordings of that kind, or for any word that bears that class. Raises KeyError for
    an unknown kind.
    """
    return tuple(
        (meaning, re.sub(r"<<([\w-]+)>>", lambda part: _part(part[1]), pattern))
        for _, meaning, pattern in _wordings_by_kind()[kind]
    )


@cache
def _wordings_by_kind() -> dict[str, list[tuple[str, ...]]]:
    return {kind: list(lines) for kind, lines in groupby(rows("wordings"), key=itemgetter(0))}


def worded(kind: str) -> str:
    """One pattern for all wordings of a kind. Raises KeyError for an unknown kind."""
    return "|".join(pattern for _, pattern in wordings(kind))


@cache
def patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """The wordings of a kind as patterns that heed no case. Raises KeyError for an unknown kind."""
    return tuple(re.compile(pattern, re.IGNORECASE) for _, pattern in wordings(kind))


def _part(name: str) -> str:
    if name not in _wordings_by_kind():
        return any_of(name)
    return f"(?:{worded(name)})" if len(wordings(name)) > 1 else worded(name)
