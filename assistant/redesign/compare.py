"""Two processes side by side: what differs, how their structure differs, and what simulation says of the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.process.diff import diff
from assistant.process.edits import Edit, edit_document
from assistant.process.measures import Structure, structure
from assistant.process.model import Process
from assistant.redesign.effects import effects
from assistant.redesign.estimates import complete
from assistant.redesign.findings import thresholds
from assistant.redesign.shapes import Effect, Filled, Verdict
from assistant.redesign.verdict import WORSE, judge
from assistant.settings import RedesignSettings, Settings

if TYPE_CHECKING:
    from assistant.simulation.results import Result


@dataclass(frozen=True)
class Comparison:
    """Process `a` (before) against `b` (after): edits from one to the other, structure, effects and the verdict.

    `word` is `better`, `worse`, `mixed` or `no evidence`; `verdict` the word with its reason. `filled` lists figures
    put in because nobody gave them.
    """

    edits: tuple[Edit, ...]
    changes: tuple[str, ...]
    structure: tuple[Structure, Structure]
    effects: Mapping[str, Effect]
    word: str
    why: str
    results: Mapping[str, Result]
    filled: tuple[Filled, ...]

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        return str(Verdict(self.word, self.why))

    @property
    def worse(self) -> bool:
        """Whether `b` is worse than `a`."""
        return self.word == WORSE

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        before, after = self.structure
        return {
            "verdict": self.word,
            "why": self.why,
            "diff": [edit_document(edit) for edit in self.edits],
            "changes": list(self.changes),
            "structure": {"before": _plain(before), "after": _plain(after)},
            "effects": {name: one.document() for name, one in self.effects.items()},
            "filled": [one.document() for one in self.filled],
            "results": {name: one.document() for name, one in self.results.items()},
        }


def _plain(one: Any) -> Any:
    return one.document() if hasattr(one, "document") else dict(vars(one))


def compare(
    a: Process,
    b: Process,
    *,
    cases: int = 1000,
    replications: int = 20,
    seed: int = 1,
    workers: int | None = None,
    settings: Settings | RedesignSettings | None = None,
) -> Comparison:
    """Compare two processes on the same random numbers; what is missing in either is filled in and listed.

    Raises InvalidProcess when one of them cannot be played and UsageError when a number does not fit.
    """
    from assistant.simulation.run import simulate_all

    first, then = complete(a), complete(b)
    played = {"a": first.process, "b": then.process}
    results = simulate_all(played, cases=cases, replications=replications, seed=seed, workers=workers)
    limits = thresholds(settings)
    effect = effects(first.process, then.process, (results["a"], results["b"]), limits)
    verdict = judge(effect, limits)
    edits = diff(a, b)
    return Comparison(
        edits=tuple(edits),
        changes=_in_words(a, edits),
        structure=(structure(a), structure(b)),
        effects=effect,
        word=verdict.word,
        why=verdict.why,
        results=results,
        filled=tuple(dict.fromkeys((*first.filled, *then.filled))),
    )


def _in_words(a: Process, edits: tuple[Edit, ...]) -> tuple[str, ...]:
    from assistant.process.describe import in_words

    try:
        return tuple(in_words(a, edits))
    except AssistantError:
        return ()
