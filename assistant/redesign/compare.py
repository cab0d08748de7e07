"""Two processes side by side: what differs, how their structure differs, and what simulation says of the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.process.apply import apply
from assistant.process.describe import difference
from assistant.process.diff import diff
from assistant.process.edits import Edit, edit_document
from assistant.process.figures import noun
from assistant.process.measures import Structure, structure
from assistant.process.missing import any_time
from assistant.process.model import Process
from assistant.process.tree import branches, by_id, tasks
from assistant.process.without_notes import without_sources
from assistant.redesign.contradictions import told_time
from assistant.redesign.difference_ranges import between
from assistant.redesign.effects import UNKNOWN, effects
from assistant.redesign.estimates import WEAK, complete, nearest, playable, priced
from assistant.redesign.estimates import as_given as plain
from assistant.redesign.findings import thresholds
from assistant.redesign.ranges import Ranges
from assistant.redesign.shapes import Effect, Filled, Verdict
from assistant.redesign.unknown_effects import Pair, known, unknown
from assistant.redesign.unknowns import firm
from assistant.redesign.verdict import NONE, WORSE, judge
from assistant.redesign.words import listed
from assistant.settings import RedesignSettings, Settings

if TYPE_CHECKING:
    from assistant.library.store import Library
    from assistant.simulation.results import Result

CANNOT_TELL = "cannot tell"
SIDES = ("before", "after")


@dataclass(frozen=True)
class Comparison:
    """Process `a` (before) against `b` (after): edits from one to the other, structure, effects and the verdict.

    `word` is `better`, `worse`, `mixed`, `no evidence` or, where what decides is not known, `cannot tell`;
    `verdict` the word with its reason. `filled` lists figures
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
            "effects": {name: effect.document() for name, effect in self.effects.items()},
            "filled": [filling.document() for filling in self.filled],
            "results": {name: result.document() for name, result in self.results.items()},
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
    library: Library | None = None,
    as_given: bool = False,
) -> Comparison:
    """Compare two processes on the same random numbers; what is missing in either is filled in and listed.

    Both are filled in alike, with the library's entry for `a` if there is one; `as_given` fills nothing in. A quantity
    that is unknown on one side is not judged, nor a difference that lies in filled-in figures alone or goes either way
    with what they could be.

    Raises InvalidProcess when one of them cannot be played and UsageError when a number does not fit.
    """
    from assistant.simulation.run import simulate_all

    playable(a)
    playable(b)
    entry = nearest(library, a)
    first, then = (plain(process) if as_given else complete(process, entry) for process in (a, b))
    played = {"a": first.process, "b": then.process}
    results = simulate_all(played, cases=cases, replications=replications, seed=seed, workers=workers)
    limits = thresholds(settings)
    effect = effects(first.process, then.process, (results["a"], results["b"]), limits)
    edits = diff(a, b)
    if a != b:
        told_now = any(_told(b, filling) for filling in first.filled)
        changed = not told_now and _only_changed(first.process, edits, then.process)
        if changed:
            ranges = Ranges(first.process, first.filled, seed, limits, told_time(a), rates_told=True)
            effect = ranges.of(effect, then.process, edits)
        else:
            effect = between(effect, (first, then), seed, limits)
        effect = _cannot_tell(effect, (a, b), (first.process, then.process), changed, changed and firm(edits))
    verdict = _judged(effect, limits)
    return Comparison(
        edits=tuple(edits),
        changes=tuple(difference(without_sources(a), without_sources(b))),  # where a figure is from is no difference
        structure=(structure(a), structure(b)),
        effects=effect,
        word=verdict.word,
        why=verdict.why,
        results=results,
        filled=tuple(dict.fromkeys((*first.filled, *then.filled))),
    )


def _told(process: Process, unknown_before: Filled) -> bool:
    """Whether somebody gave here what nobody gave there."""
    places: dict[str, object] = {**by_id(process), **{role.id: role for role in process.roles}}
    places |= {name: way[1] for name, way in branches(process).items()}
    place, field = places.get(unknown_before.element), unknown_before.field
    value = getattr(place, field, None)
    return value is not None and (getattr(value, "basis", None) or getattr(place, f"{field}_basis", None)) not in WEAK


def _only_changed(before: Process, edits: Sequence[Edit], after: Process) -> bool:
    """Whether one process is the other changed: then the range of the difference is the redesign's, drawn as there."""
    try:
        return apply(before, edits) == after
    except AssistantError:
        return False


def _cannot_tell(
    effect: Mapping[str, Effect], given: Pair, played: Pair, changed: bool, sure: bool
) -> dict[str, Effect]:
    """The effects without those that rest on a quantity nobody gave, on one side or on both.

    Where one process is the other changed, its cost without prices is the work it takes, as the redesign tells it.
    """
    prices = [priced(process) for process in given]
    reasons = {
        "time": _one_sided("a single time", [any_time(process) for process in given]),
        "cost": "" if changed and not any(prices) else _one_sided("a price", prices),
        "quality": _errors_unknown(given),
        "flexibility": _people_unknown(given),
    }
    told = {name: unknown(dimension, reasons.get(name, "")) for name, dimension in effect.items()}
    return known(told, given, played, firm=sure)


def _one_sided(what: str, told: list[bool]) -> str:
    """Why something cannot be told: the sides on which nobody gave what it needs."""
    without = [side for side, there in zip(SIDES, told, strict=True) if not there]
    return f"nobody gave {what} {_in(without)}" if without else ""


def _errors_unknown(given: Pair) -> str:
    """Why quality cannot be told: a step whose error rate is given on one side and not on the other."""
    rates = [{task.name: task.error_rate for task in tasks(process)} for process in given]
    shared = [name for name in rates[0] if name in rates[1] and (rates[0][name] is None) != (rates[1][name] is None)]
    names = listed([f"“{name}”" for name in shared], 2)
    return f"how often {names} {noun(len(shared), 'goes', 'go')} wrong is given on one side only" if shared else ""


def _people_unknown(given: Pair) -> str:
    """Why flexibility cannot be told: a role whose number of people is given on one side and not on the other."""
    people = [{role.name: role.capacity for role in process.roles if role.kind == "person"} for process in given]
    shared = [
        name for name in people[0] if name in people[1] and (people[0][name] is None) != (people[1][name] is None)
    ]
    names = listed([f"“{name}”" for name in shared], 2)
    return f"how many people {names} {noun(len(shared), 'has', 'have')} is given on one side only" if shared else ""


def _in(sides: list[str]) -> str:
    return "in either process" if len(sides) == 2 else f"in the process {sides[0]}"


def _judged(effect: Mapping[str, Effect], limits: RedesignSettings) -> Verdict:
    """The verdict on what is known; `cannot tell` when nothing known decides and something is not known."""
    verdict = judge(effect, limits)
    open_ = [name for name in ("time", "cost") if effect[name].basis == UNKNOWN]
    if verdict.word != NONE or not open_:
        return verdict
    others = [name for name, dimension in effect.items() if dimension.basis == UNKNOWN and name != open_[0]]
    rest = f"; {listed(others)} {noun(len(others), 'is', 'are')} not known either" if others else ""
    what = "" if open_[0] == "time" else f"the {open_[0]} is not known: "
    return Verdict(CANNOT_TELL, what + effect[open_[0]].reason + rest)
