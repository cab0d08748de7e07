"""A process beside a template: what it lacks, what it has more, what comes in another order, each with why it matters.

What is missing leans to silence as `overlooked` does; order is only spoken of where both sides do the two steps one
after the other in every case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from assistant.library.entries import LibraryStep, ProcessEntry
from assistant.library.match import Pair, paired
from assistant.library.overlooked import Missing, missing_step, overlooked, reportable
from assistant.library.template import template
from assistant.process.blocks import Call, Task
from assistant.process.model import Process
from assistant.process.tree import Spot, parts, spots, step_id, walk

MOST = 12
"""Lines shown of one kind; the rest is counted."""
NEARLY_ALL = 0.95
"""From this share of cases on a step counts as one nearly all of them come through."""
WORDS = {"data": "document", "kpi": "measure"}
"""What a kind of part is called on a screen, where it is not called what it is."""


WHY_MORE = "the template reaches its outcome without it. What would be lost, and who would notice?"


class Extra(NamedTuple):
    """A step of the process that the template has not, and what to ask about it."""

    id: str
    text: str
    why: str


class Moved(NamedTuple):
    """Two steps that come in another order than in the template: `first` comes before `second` in the process."""

    first: str
    second: str
    why: str


class Comparison(NamedTuple):
    """What came out; `shared` are the told steps with the library step each is like."""

    entry: ProcessEntry
    shared: tuple[Pair, ...]
    missing: tuple[Missing, ...]
    more: tuple[Extra, ...]
    order: tuple[Moved, ...]

    def document(self) -> dict[str, Any]:
        """As `library compare --json` prints it."""
        return {
            "entry": self.entry.id,
            "code": self.entry.code,
            "shared": [{"step": pair.task, "name": pair.name, "like": pair.step.name} for pair in self.shared],
            "missing": [item._asdict() for item in self.missing],
            "more": [item._asdict() for item in self.more],
            "order": [item._asdict() for item in self.order],
        }

    def lines(self) -> list[str]:
        """In words, for a screen."""
        name = f"{self.entry.code or self.entry.id} {self.entry.name}"
        found = [f"Beside the template {name}: {len(self.shared)} of its {len(self.entry.steps)} steps are here."]
        if not self.shared:
            return [*found, "They have no step in common: this is another kind of process, or it is told too briefly."]
        gone = (f"{item.text} ({WORDS.get(item.kind, item.kind)}): {item.why}" for item in self.missing)
        found += _listed("Missing, as far as was told:", gone)
        found += _listed("More than the template has:", (f"{item.text}: {item.why}" for item in self.more))
        moved = (f"“{item.first}” comes before “{item.second}” here. {item.why}" for item in self.order)
        found += _listed("In another order:", moved)
        if not (self.missing or self.more or self.order):
            found.append("Nothing is missing, more or in another order.")
        return found


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    held = list(lines)
    if held:
        yield title
        yield from (f"- {line}" for line in held[:MOST])
        if len(held) > MOST:
            yield f"- and {len(held) - MOST} more"


def compare(entry: ProcessEntry, process: Process, text: str = "") -> Comparison:
    """The process beside the template. `text` is the story as it was told, where it is at hand."""
    same = {step.id: step for step in entry.steps}
    pairs = paired(entry, process)
    begun = _started_from(entry, process)
    if begun:  # a step that kept its id is that step, whatever it is called by now
        works = {step.id: step.name for step in walk(process) if isinstance(step, Task | Call)}
        kept = [Pair(task_id, name, same[task_id], 1.0) for task_id, name in works.items() if task_id in same]
        known, used = {pair.task for pair in kept}, {pair.step.id for pair in kept}
        pairs = [*kept, *(pair for pair in pairs if pair.task not in known and pair.step.id not in used)]
    told = {pair.task for pair in pairs}
    held = {pair.step.id for pair in pairs}
    explained = _with_reasons(entry)
    missing = [item for item in overlooked(process, explained, text) if item.id not in held]
    if begun:  # then what is not there was taken out, whatever is like it
        named = {item.id for item in missing} | held
        gone = [step for step in explained.steps if reportable(step) and step.id not in named]
        missing = [*(missing_step(explained, step) for step in gone), *missing]
    more = tuple(
        Extra(step.id, f"“{step.name}”", WHY_MORE)
        for step in walk(process)
        if isinstance(step, Task | Call) and step.id not in told
    )
    order = _order(process, entry, pairs)
    places = {step_id(step): number for number, step in enumerate(walk(process))}
    shared = tuple(sorted(pairs, key=lambda pair: places[pair.task]))
    return Comparison(entry, shared, tuple(missing), more, tuple(order))


def _with_reasons(entry: ProcessEntry) -> ProcessEntry:
    """The entry with a reason for every step: where the author gave none, what depends on it."""

    def told(step: LibraryStep) -> LibraryStep:
        return step if step.why else step.model_copy(update={"why": _reason(entry, step)})

    stages = tuple(
        stage.model_copy(update={"steps": tuple(told(step) for step in stage.steps)}) for stage in entry.stages
    )
    return entry.model_copy(update={"stages": stages})


def _reason(entry: ProcessEntry, step: LibraryStep) -> str:
    later = entry.steps[entry.steps.index(step) + 1 :]
    user = next((other for other in later if set(step.writes) & set(other.reads)), None)
    if user is not None:
        names = {item.id: item.name.lower() for item in entry.data}
        written = " and ".join(names[item] for item in step.writes if item in user.reads)
        return f"“{user.name}” later works with the {written} it leaves."
    if step.value == "VA":
        return "It is part of what the customer comes for."
    if step.control:
        return "It is a control."
    if step.share >= NEARLY_ALL:
        return "Nearly every case comes through it in the template."
    return f"{step.share:.0%} of cases come through it in the template ({step.basis})."


def _started_from(entry: ProcessEntry, process: Process) -> bool:
    """Whether most ids of the process are the entry's own."""
    ids = {step.id for step in walk(process) if isinstance(step, Task)}
    return len(ids & {step.id for step in entry.steps}) > len(ids) / 2


def _order(process: Process, entry: ProcessEntry, pairs: Sequence[Pair]) -> Iterator[Moved]:
    """The fewest shared steps that would have to move, each beside the step it should stand behind or before."""
    here, there = _Order(process), _Order(template(entry)) if entry.flow else None
    if there is None:
        return
    steps = {pair.step.id: pair for pair in pairs}
    told = sorted(pairs, key=lambda pair: here.places[pair.task])
    keep = _longest([there.places[pair.step.id] for pair in told])
    kept = {told[number].step.id for number in keep}
    for pair in told:
        if pair.step.id in kept:
            continue
        crossed = [steps[name] for name in kept if _crossed(pair, steps[name], here, there)]
        if not crossed:
            continue
        nearest = min(crossed, key=lambda other: abs(here.places[other.task] - here.places[pair.task]))
        first, second = sorted((pair, nearest), key=lambda item: here.places[item.task])
        yield Moved(first.name, second.name, _why_order(second.step, first.step))


def _crossed(one: Pair, other: Pair, here: _Order, there: _Order) -> bool:
    mine, usual = here.before(one.task, other.task), there.before(one.step.id, other.step.id)
    return mine is not None and usual is not None and mine != usual


def _why_order(earlier: LibraryStep, later: LibraryStep) -> str:
    """Why the template does `earlier` before `later`."""
    if earlier.control:
        return f"The template checks first: it guards against {earlier.control[0].lower()}{earlier.control[1:]}."
    if needed := set(earlier.writes) & set(later.reads):
        return f"In the template the later step uses what the earlier one writes ({', '.join(sorted(needed))})."
    if earlier.why:
        return f"In the template “{earlier.name}” comes first: {earlier.why}"
    return f"The template has “{earlier.name}” first; work done in the other order may have to be done again."


class _Order:
    """Which of two steps comes first in every case: known only where neither excludes the other or runs beside it."""

    def __init__(self, process: Process) -> None:
        self.places = {step_id(step): number for number, step in enumerate(walk(process))}
        self._spots = spots(process)
        self._owner = {address: step_id(step) for step in walk(process) for address, _ in parts(step)}

    def before(self, one: str, other: str) -> bool | None:
        """Whether `one` comes before `other`; None when they are in different branches of the same block."""
        left, right = self._path(one), self._path(other)
        for mine, yours in zip(left, right, strict=False):
            if mine.sequence != yours.sequence:
                return None
            if mine.position != yours.position:
                return mine.position < yours.position
        return None

    def _path(self, step: str) -> list[Spot]:
        path: list[Spot] = []
        while step in self._spots:
            spot = self._spots[step]
            path.append(spot)
            step = self._owner.get(spot.sequence, "")
        return path[::-1]


def _longest(values: Sequence[int]) -> list[int]:
    """The places of a longest rising part of the values."""
    best: list[list[int]] = []
    for number, value in enumerate(values):
        before = [run for run in best if values[run[-1]] < value]
        best.append([*max(before, key=len, default=[]), number])
    return max(best, key=len, default=[])
