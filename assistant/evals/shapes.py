"""What an eval is made of: a case with a known answer, a suite of such cases, and one played row of a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.evals.door import Door

ANSWERED = "answered"
"""The score of every row: 1 when the case was played, 0 when it ended in an error. Errors are no fails of quality."""
ANSWERED_MEANS = "Share of cases that did not end in an error; an error is no fail, but it shows nothing either."


@dataclass(frozen=True)
class Case:
    """One case with a known answer. `given` and `expected` are JSON data.

    `origin` says where it comes from. `guards` says what it protects: to lose it is worse, whatever is gained.
    `place` is file and line for cases that were written by hand. `half` says whether the case may be read while
    rules are made (`tuned`) or only measures (`untouched`); nothing where there are no halves.
    """

    id: str
    given: Any
    expected: Any
    origin: str = ""
    guards: str = ""
    place: str = ""
    half: str = ""

    @property
    def digest(self) -> str:
        """A hash of what is given and what should come out: rows of other cases cannot be paired."""
        return short_hash([self.given, self.expected])


def nothing_said(case: Case, output: Any) -> list[str]:
    """Of a suite whose outputs say themselves what is wrong with them."""
    return []


@dataclass(frozen=True)
class Suite:
    """Cases of one kind, played through the same door as a user's, and how an output is scored (0 to 1 a score).

    `prompts` names the prompts a language model is asked with (none: it never asks one). `guarded` scores may not be
    lost for a gain elsewhere. `ceilings` says how far people agree among themselves, where that is known. `every`
    is the sampling of `eval run all`: each so-manieth case. `why` says in words what is wrong with an output.
    `means` says in a sentence what each score stands for. `trends` are scores that tell how things go and that the
    guard of a single case does not speak of.
    """

    name: str
    about: str
    load: Callable[[], list[Case]]
    play: Callable[[Door, Case], Any]
    score: Callable[[Case, Any], dict[str, float]]
    prompts: tuple[str, ...] = ()
    guarded: frozenset[str] = frozenset()
    ceilings: Mapping[str, float] = field(default_factory=dict)
    every: int = 1
    why: Callable[[Case, Any], list[str]] = nothing_said
    means: Mapping[str, str] = field(default_factory=dict)
    trends: frozenset[str] = frozenset()

    def scored(self, case: Case, output: Any) -> dict[str, float]:
        """The scores of an output, each between 0 and 1, to six places."""
        return {name: round(min(1.0, max(0.0, float(value))), 6) for name, value in self.score(case, output).items()}

    @property
    def asks(self) -> bool:
        """Whether a language model is asked when one is chosen."""
        return bool(self.prompts)


@dataclass(frozen=True)
class Row:
    """One case played once: its scores and output, or its error."""

    suite: str
    case: str
    repeat: int
    scores: Mapping[str, float]
    output: Any
    error: str = ""
    error_kind: str = ""
    seconds: float = 0.0
    calls: int = 0
    tokens: int = 0
    cost: float | None = 0.0
    prompts: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        """What a row is known by in its run."""
        return (self.suite, self.case, self.repeat)

    def document(self) -> dict[str, Any]:
        """As a line of a run file."""
        return {"line": "row", **self.__dict__, "scores": dict(self.scores), "prompts": list(self.prompts)}


def short_hash(data: Any) -> str:
    """Sixteen hex digits that stand for JSON data."""
    text = json.dumps(data, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
