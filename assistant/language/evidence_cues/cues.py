"""The cue files: for each kind of remark the phrases that give it away, and which steps it may speak of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.language.evidence_cues.patterns import Test, compiled, words_of
from assistant.process.remarks import KINDS
from assistant.settings import plain_yaml

HERE = Path(__file__).parent
WORDS = "words.yaml"
PREFERS = ("any", "approval", "branch", "chain", "check", "contact", "first", "intake", "output", "record", "request",
           "role", "source", "whole")  # fmt: skip
SPREADS = ("one", "flow", "kin", "hands", "pair", "chain", "whole", "main", "none")


class Cue(NamedTuple):
    """One kind of remark: its phrases and how it is tied.

    `sure` phrases make a claim, `unsure` ones a question; `across` reads a sentence with the two after it. `prefers`
    says which steps come first when none is named. `spread`: it speaks of one step, of it and its neighbours (`flow`),
    of its kin, of all that the same hands do, of a pair (where an error is made and found), of a chain of neighbours,
    of the whole, or of no step.
    `contrary` phrases say the opposite, so that a sentence with one says no such thing.
    `needs_harm`: it is a claim only where the words around it say that it hurts. `aside`: a sentence that
    says it tells no step; `no_step`: verbs that tell none in such a sentence.
    """

    kind: str
    says: str
    prefers: str
    spread: str
    aside: bool
    load: str
    needs_harm: bool
    no_step: frozenset[str]
    sure: tuple[Test, ...]
    unsure: tuple[Test, ...]
    across: tuple[Test, ...]
    contrary: tuple[Test, ...]


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    return {name: tuple(str(told).split("|")) for name, told in _yaml(HERE / WORDS).items()}


@cache
def says(group: str) -> Test:
    """What tells whether a text holds one of a group of words."""
    return compiled(f"@{group}", _groups())


@cache
def cues() -> tuple[Cue, ...]:
    """All cue files, by kind. Raises ValueError when a file breaks its shape, naming it."""
    return tuple(_cue(path, _groups()) for path in sorted(HERE.glob("*.yaml")) if path.name != WORDS)


@cache
def _contraries() -> dict[str, tuple[Test, ...]]:
    return {cue.kind: cue.contrary for cue in cues() if cue.contrary}


def contradicts(kind: str, flat_text: str) -> bool:
    """Whether a flat text says the contrary of a kind of remark: "never idle", "nearly every time it has changed"."""
    return any(test(flat_text, len(flat_text)) for test in _contraries().get(kind, ()))


@cache
def _by_word() -> tuple[dict[str, list[Test]], list[Test]]:
    """All tests by the words one of which they need, and those that need none."""
    found: dict[str, list[Test]] = {}
    free: list[Test] = []
    for test in (test for cue in cues() for test in (*cue.sure, *cue.unsure, *cue.across)):
        for word in test.needed or ():
            found.setdefault(word, []).append(test)
        if test.needed is None:
            free.append(test)
    return found, free


def likely_in(flat_text: str) -> set[Test]:
    """The few tests a text may pass, by its words: all others need words it has not."""
    by_word, free = _by_word()
    return {*free, *(test for word in words_of(flat_text) for test in by_word.get(word, ()))}


def _cue(path: Path, groups: Mapping[str, tuple[str, ...]]) -> Cue:
    data = _yaml(path)
    kind, prefers, spread = data.get("kind"), data.get("prefers", "any"), data.get("spread", "one")
    if kind != path.stem or kind not in KINDS or prefers not in PREFERS or spread not in SPREADS:
        raise ValueError(f"{path.name}: kind, prefers or spread is not known")
    try:
        tests = {
            name: tuple(compiled(pattern, groups) for pattern in data.get(name, ()))
            for name in ("sure", "unsure", "across", "contrary")
        }
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    no_step = frozenset(str(data.get("no_step", "")).split())
    return Cue(
        kind,
        str(data["says"]),
        prefers,
        spread,
        bool(data.get("aside")),
        str(data.get("load", "")),
        bool(data.get("needs_harm")),
        no_step,
        **tests,
    )


def _yaml(path: Path) -> dict[str, Any]:
    return dict(plain_yaml(path.read_text(encoding="utf-8")))
