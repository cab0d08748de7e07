"""Which entry of the library a told process is like, and which library step a told task is like."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from assistant.library.entries import LibraryStep, ProcessEntry
from assistant.library.hits import Hit
from assistant.library.store import Library
from assistant.library.words import concepts, similarity, spoken_words
from assistant.process.blocks import AnyOf, Call, Choice, End, Loop, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

ALIKE = 0.6
"""From this similarity on a told task and a library step are taken for the same."""
FLOOR = 0.26
"""An entry below this score is not offered: the story is about something else."""
CLEAR = 0.38
"""From this score on one shared step is enough; below it there must be two."""


MUCH, PLAIN = 4, 0.45
"""So many shared steps, or in a short story such a score, and what the entry has may be missing from the story."""


class Pair(NamedTuple):
    """A told task (its id and name), the library step it is like, and how alike they are (0 to 1)."""

    task: str
    name: str
    step: LibraryStep
    similarity: float


def match_process(library: Library, process: Process) -> tuple[Hit, ...]:
    """The process entries the told process is like, best first, each with the reason why (empty: none is).

    The score (0 to 1) is half the share of told tasks that have a like step and half the likeness of the vocabulary
    (name, trigger, tasks, roles, data, outcomes), where words that many entries use count less.
    """
    if not tasks(process):
        return ()
    told = Counter(item for text in told_texts(process) for item in concepts(text))
    said = spoken_words(told_texts(process))
    known = library.derived("vocabularies", _vocabularies)
    rare = library.derived("rarity", _rarities)
    unknown = max(rare.values(), default=1.0)
    words = {item: (1 + math.log(count)) * rare.get(item, unknown) for item, count in told.items()}
    works = {step.id: _rarity(step.name, rare, unknown) for step in walk(process) if isinstance(step, Task | Call)}
    hits = (_hit(entry, process, words, works, known[entry.id], said) for entry in library.processes)
    return tuple(sorted((hit for hit in hits if hit), key=lambda hit: (-hit.score, hit.code or hit.id)))


def of_this_kind(library: Library, entry: ProcessEntry, process: Process) -> bool:
    """Whether a told process is of the kind of the entry nearest to it, and not only the least far from it: a shop that
    waits for an estimate is no claims department."""
    hits = [hit for hit in match_process(library, process) if hit.id == entry.id]
    return bool(hits) and (hits[0].score >= PLAIN or len(paired(entry, process)) >= MUCH)


def _vocabularies(library: Library) -> dict[str, frozenset[str]]:
    """The vocabulary of each process entry by its id."""
    return {entry.id: vocabulary(entry) for entry in library.processes}


def _rarities(library: Library) -> dict[str, float]:
    """How rare each concept is among the process entries: the fewer name it, the more it says."""
    spread = Counter(item for words in library.derived("vocabularies", _vocabularies).values() for item in words)
    return {item: math.log(1 + len(library.processes) / count) for item, count in spread.items()}


def _hit(
    entry: ProcessEntry,
    process: Process,
    told: dict[str, float],
    works: dict[str, float],
    known: frozenset[str],
    said: dict[str, str],
) -> Hit | None:
    """The entry as a hit, or None when the story is about something else; `told` and `works` are how much each concept
    and each task of the process says."""
    pairs = paired(entry, process)
    share = _shared_work(entry, works, pairs)
    words, closeness = _closeness(told, known)
    named = max((similarity(process.name, name) for name in (entry.name, *entry.also_called)), default=0.0)
    score = min(1.0, 0.5 * share + 0.4 * closeness + 0.1 * named)
    if score < FLOOR or (len(pairs) < 2 and score < CLEAR):
        return None
    why = f"shares {len(pairs)} of {len(works)} steps"
    if pairs:
        shown = sorted(pairs, key=lambda pair: -pair.similarity)[:4]
        why += ": " + ", ".join(pair.step.name.lower() for pair in shown)
    shared = [said[word] for word in words if word in said]  # `IT` stands for words that nobody said
    if shared:
        why += f"; both speak of {', '.join(shared[:5])}"
    return Hit(entry.id, entry.code, entry.name, "process", round(score, 4), why)


def _shared_work(entry: ProcessEntry, works: dict[str, float], pairs: list[Pair]) -> float:
    """How much of the told work the entry knows (0 to 1): a task with rare words says more than "call customer".

    A story told in finer steps than the entry is measured against as many of its tasks as the entry has steps.
    """
    total = sum(sorted(works.values(), reverse=True)[: len(entry.steps)])
    return min(1.0, sum(works[pair.task] * pair.similarity for pair in pairs) / total) if total else 0.0


def _rarity(label: str, rare: dict[str, float], unknown: float) -> float:
    words = concepts(label)
    return sum(rare.get(word, unknown) for word in words) / len(words) if words else 0.0


def _closeness(told: dict[str, float], known: frozenset[str]) -> tuple[list[str], float]:
    """The rarest shared words, and the share of the told vocabulary (weighted by rarity) that the entry knows."""
    shared = sorted((item for item in told if item in known), key=lambda item: -told[item])
    total = sum(told.values())
    return shared, sum(told[item] for item in shared) / total if total else 0.0


def vocabulary(entry: ProcessEntry) -> frozenset[str]:
    """Every concept an entry names in its names, trigger, end, steps, roles, data and what people say."""
    texts: list[str] = [entry.name, *entry.also_called, *entry.people_say, entry.trigger, entry.end]
    texts += [label for step in entry.steps for label in step.labels]
    texts += [label for part in (*entry.roles, *entry.data) for label in (part.name, *part.also_called)]
    return frozenset(item for text in texts for item in concepts(text))


def told_texts(process: Process) -> list[str]:
    """Every phrase of a told process that names something: its own, its roles', its data's and its blocks'."""
    texts = [process.name, process.purpose, process.trigger, *(role.name for role in process.roles)]
    texts += [item.name for item in process.data] + [customer.name for customer in process.customers]
    for step in walk(process):
        texts += block_texts(step)
    return [text for text in texts if text]


def block_texts(step: object) -> list[str]:
    """What a block says: its name, question, conditions, outcome, system and note."""
    found: list[str | None] = [getattr(step, "note", None)]
    if isinstance(step, Task):
        found += [step.name, f"{step.name} {step.system or ''}" if step.system else None, step.legal_basis]
    elif isinstance(step, Wait | Call):
        found.append(step.name)
    elif isinstance(step, End):
        found.append(step.outcome)
    elif isinstance(step, Loop):
        found += [step.while_, step.until]
    elif isinstance(step, Choice | AnyOf):
        found += [step.question, *(f"{step.question} {branch.when or ''}" for branch in step.branches)]
    return [text for text in found if text]


def paired(entry: ProcessEntry, process: Process) -> list[Pair]:
    """Told tasks with the library step each is like; every step is used once, the most alike first."""
    works = [(step.id, step.name) for step in walk(process) if isinstance(step, Task | Call)]
    named = [(step, _named(step.labels)) for step in entry.steps]
    candidates = [
        Pair(task_id, name, step, alike)
        for task_id, name in works
        for step in _near(name, named)
        if (alike := step_similarity(name, step)) >= ALIKE
    ]
    candidates.sort(key=lambda pair: -pair.similarity)
    tasks, used, found = set(), set(), []
    for pair in candidates:
        if pair.task not in tasks and pair.step.id not in used:
            tasks.add(pair.task)
            used.add(pair.step.id)
            found.append(pair)
    return found


def _near(name: str, named: list[tuple[LibraryStep, frozenset[str]]]) -> list[LibraryStep]:
    """The steps that share a concept with a name, each given with its concepts: few of a library do."""
    own = concepts(name)
    return [step for step, concerned in named if not own.isdisjoint(concerned)]


def step_similarity(name: str, step: LibraryStep) -> float:
    """How alike a told name and a library step are, by the best of the step's labels (0 to 1)."""
    if concepts(name).isdisjoint(_named(step.labels)):  # nearly all steps of a library: no label needs a closer look
        return 0.0
    return max(similarity(name, label) for label in step.labels)


@lru_cache(maxsize=50_000)
def _named(labels: tuple[str, ...]) -> frozenset[str]:
    """The concepts any of the labels names."""
    return frozenset(item for label in labels for item in concepts(label))


def steps_like(entry: ProcessEntry, task: Task) -> LibraryStep | None:
    """The step of the entry that a told task is most like, or None when none is alike enough.

    Its `work` and `wait` are the typical times of such a step; the role decides between steps equally alike.
    """
    found = _best(((entry, step) for step in entry.steps), task, ALIKE)
    return found[1] if found else None


def _best(
    steps: Iterable[tuple[ProcessEntry, LibraryStep]], task: Task, least: float
) -> tuple[ProcessEntry, LibraryStep] | None:
    best: tuple[ProcessEntry, LibraryStep] | None = None
    top = (least, -1.0)
    for entry, step in steps:
        alike = step_similarity(task.name, step)
        rank = (alike, _same_role(entry, step, task)) if alike >= least else (0.0, 0.0)
        if rank > top:
            best, top = (entry, step), rank
    return best


def _same_role(entry: ProcessEntry, step: LibraryStep, task: Task) -> float:
    role = entry.role(step.role)
    if not role or not task.role:
        return 0.0
    return max(similarity(task.role.replace("_", " "), name) for name in (role.name, *role.also_called))
