"""What the matching template has that the story lacks, each with the reason why it may matter.

The comparison leans to silence: what was told in other words, as part of a larger task, in a condition, a note or only
in the text, counts as told. A part of the template that lies wholly before or after the story is named once, as a part.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from assistant.library.entries import LibraryStep, ProcessEntry, Stage
from assistant.library.match import ALIKE, block_texts, paired, step_similarity
from assistant.library.words import concepts, covers, is_action
from assistant.process.blocks import AnyOf, Choice
from assistant.process.model import Process
from assistant.process.tree import walk

Kind = Literal["step", "control", "exception", "role", "kpi", "data"]
TOLD = 0.55
"""From this similarity on something is taken as told: lower than for a match, so that a doubt counts for the story."""
OWN = 0.8
"""A told task that is clearly another step of the template speaks for this one only when it is nearly as alike."""
USUAL = 0.5
"""A step fewer cases come through is no omission."""
TELLING = 0.9
"""How much the words of a label must say together before finding them in a sentence counts."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|;\s+")


class Missing(NamedTuple):
    """Something the template has and the story lacks; `id` is its id in the library entry."""

    kind: Kind
    id: str
    text: str
    why: str


def overlooked(process: Process, entry: ProcessEntry, text: str = "") -> tuple[Missing, ...]:
    """What may have been overlooked: controls first, then steps, exceptions, roles, data, KPIs.

    `text` is the story as it was told, where it is at hand: what it mentions anywhere is not missing.
    """
    told = _Told(process, entry, text)
    found = [*_steps(entry, told), *_exceptions(entry, told), *_roles(entry, told), *_data(entry, told)]
    found += _kpis(process, entry, told)
    order = ("control", "step", "exception", "role", "data", "kpi")
    return tuple(sorted(found, key=lambda item: order.index(item.kind)))


class _Told:
    """What a story names, ready to be asked whether it names something.

    A word that many steps of the entry share ("order", "customer") is weak evidence that one of them was told; what is
    done must be told too: "pick goods" does not say that the picked goods are checked.
    """

    def __init__(self, process: Process, entry: ProcessEntry, text: str) -> None:
        blocks = [block_texts(step) for step in walk(process)]
        questions = [f"Check {step.question}" for step in walk(process) if isinstance(step, Choice | AnyOf)]
        self.labels = list(dict.fromkeys([*(label for texts in blocks for label in texts), *questions]))
        self.parties = [*(role.name for role in process.roles), *(item.name for item in process.customers)]
        self.objects = [item.name for item in process.data]
        sentences = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
        self.passages = [*self.labels, *(" ".join(texts) for texts in blocks), *sentences[:2_000]]
        self.matched = {pair.step.id for pair in paired(entry, process)}
        self._rarity = _rarity(entry)
        alike = {label: max(step_similarity(label, step) for step in entry.steps) for label in self.labels}
        self.best = {label: value for label, value in alike.items() if value >= ALIKE}

    def names(self, labels: Iterable[str], said: Iterable[str] | None = None) -> bool:
        """Whether one of the labels is told: like one of those `said` (the steps'), or within a longer passage."""
        told = self.labels if said is None else [*said]
        return any(self._named(label, told) for label in labels)

    def _named(self, label: str, told: list[str]) -> bool:
        wanted = concepts(label)
        if sum(map(self._weight, wanted)) >= TELLING and any(covers(passage, label) for passage in self.passages):
            return True
        return any(self._alike(label, said) for said in told)

    def _alike(self, label: str, said: str) -> bool:
        """Whether what is handled and most of what is done with it is told, and enough of the words agree."""
        wanted, told = concepts(label), concepts(said)
        shared = wanted & told
        actions = {word for word in wanted if is_action(word)}
        things = wanted - actions
        if not shared or (things and not things & told):
            return False
        if 2 * sum(map(self._weight, actions & told)) < sum(map(self._weight, actions)):
            return False
        total = sum(map(self._weight, wanted)) + sum(map(self._weight, told))
        return 2 * sum(map(self._weight, shared)) / total >= TOLD

    def _weight(self, word: str) -> float:
        return self._rarity.get(word, 1.0)


def _rarity(entry: ProcessEntry) -> dict[str, float]:
    """How much each concept says about which step is meant: 1 when only one step names it, less the more do."""
    count = len(entry.steps)
    spread = Counter(word for step in entry.steps for word in concepts(". ".join(step.labels)))
    return {word: math.log(1 + count / times) / math.log(1 + count) for word, times in spread.items()}


def _steps(entry: ProcessEntry, told: _Told) -> Iterator[Missing]:
    """Steps and controls that are not told, within the part of the template the story covers."""
    covered = [_touches(stage, told) for stage in entry.stages]
    if not any(covered):
        return
    first, last = covered.index(True), len(covered) - 1 - covered[::-1].index(True)
    for place, stage in enumerate(entry.stages):
        if place < first or place > last:
            yield _whole(entry, stage, place < first)
            continue
        yield from (missing_step(entry, step) for step in stage.steps if reportable(step) and not _told(step, told))


def _touches(stage: Stage, told: _Told) -> bool:
    return any(step.id in told.matched for step in stage.steps)


def _told(step: LibraryStep, told: _Told) -> bool:
    if step.id in told.matched:
        return True
    said = [label for label in told.labels if step_similarity(label, step) >= OWN * told.best.get(label, 0.0)]
    return told.names(step.labels, said)


def reportable(step: LibraryStep) -> bool:
    """Only what most cases come through and what the author gave a reason for."""
    return bool(step.why) and (step.share >= USUAL or bool(step.control))


def _sentence(text: str | None) -> str:
    """A text that another sentence follows; authors end it with a full stop or not."""
    return f"{text.rstrip('. ')}. " if text and not text.endswith(("!", "?")) else f"{text} " if text else ""


def missing_step(entry: ProcessEntry, step: LibraryStep) -> Missing:
    """A step of the entry as something the process lacks."""
    role = entry.role(step.role)
    who = f" ({role.name})" if role else ""
    if step.control:
        basis = f" It rests on {step.legal_basis}." if step.legal_basis else ""
        return Missing(
            "control", step.id, f"{step.name}{who}", f"{_sentence(step.why)}It guards against: {step.control}.{basis}"
        )
    return Missing("step", step.id, f"{step.name}{who}", step.why or "")


def _whole(entry: ProcessEntry, stage: Stage, before: bool) -> Missing:
    names = ", ".join(step.name.lower() for step in stage.steps[:4])
    place = "before the story begins" if before else "after the story ends"
    text = f"The part “{stage.name}” ({names})"
    return Missing("step", stage.id, text, f"In {entry.name} this lies {place}; is it part of the process you mean?")


def _exceptions(entry: ProcessEntry, told: _Told) -> Iterator[Missing]:
    for item in entry.exceptions:
        if not told.names((item.name, *item.also_called)):
            why = item.why or "It happens now and then, and without a way for it everybody finds their own."
            yield Missing("exception", item.id, item.name, f"{why} Usual way: {item.handling}.")


def _roles(entry: ProcessEntry, told: _Told) -> Iterator[Missing]:
    """Roles the author gave a reason for: the others follow from the steps."""
    for role in entry.roles:
        if (
            role.why
            and not told.names((role.name, *role.also_called), told.parties)
            and not _plays(role.id, entry, told)
        ):
            yield Missing("role", role.id, role.name, role.why)


def _plays(role: str, entry: ProcessEntry, told: _Told) -> bool:
    """Whether a told task is a step of that role: then somebody does it, whatever they are called."""
    return any(step.role == role and step.id in told.matched for step in entry.steps)


def _data(entry: ProcessEntry, told: _Told) -> Iterator[Missing]:
    for item in entry.data:
        if item.why and not told.names((item.name, *item.also_called), told.objects):
            yield Missing("data", item.id, item.name, item.why)


def _kpis(process: Process, entry: ProcessEntry, told: _Told) -> Iterator[Missing]:
    measured = [measure.name for measure in process.measures]
    for kpi in entry.kpis:
        if told.names((kpi.name, *kpi.also_called), measured):
            continue
        yield Missing("kpi", kpi.id, kpi.name, kpi.why or f"{kpi.formula} ({kpi.unit}). Target: {kpi.target}.")
