"""The steps of a story as a remark meets them: their words, who does them, in which sentences they are spoken of."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.english.tables import classed
from assistant.language.evidence_cues.patterns import flat
from assistant.language.offline.words.word_tables import SMALL
from assistant.process.blocks import Task, Wait
from assistant.process.model import Process
from assistant.process.tree import walk

EMPTY = classed("said", "empties-step") | frozenset(SMALL)
_KINDS = ("approval", "check", "contact", "intake", "output", "record", "request", "source")
VERBS = {kind: frozenset(flat(" ".join(classed("said", f"step-of-{kind}"))).split()) for kind in _KINDS}
"""What is done in the steps a remark of a kind speaks of."""
_NUMBERED = re.compile(r"^\s*\|?\s*(?:step\s+)?(\d{1,2})\s*[|.):]\s*(.{3,200})$", re.M | re.I)
_REFERS = re.compile(
    r"^\W*(?:on|re|step|no\.?|number|point|ad|to|at)\s+(?:step\s+|point\s+|no\.?\s+)?(\d{1,2})(?:\s*(?:to|-|–|and)\s*(\d{1,2}))?\s*[:.,)–-]"
    r"|\b(?:step|point|no\.|number)\s+(\d{1,2})\b(?!\s*(?:%|percent|days|hours|minutes|euros))", re.I,
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """A step as the placing sees it: its words, its verb, its role's words, the sentence it was told in, its order.

    `told_words` are those of that sentence; `spoken` are the sentences that name it or make a remark about it.
    """

    step: Task | Wait
    words: frozenset[str]
    verb: str
    role: str | None
    role_words: frozenset[str]
    told: int
    order: int
    told_words: frozenset[str] = frozenset()
    spoken: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """The sentences and steps of one story. `starts` are where its sentences begin; `rare` and `rare_told` (0 to 1)
    say how few steps a word is in the name of, or in the sentence of."""

    text: str
    starts: list[int]
    steps: list[Known]
    flats: list[str]
    rare: dict[str, float] = field(default_factory=dict)
    rare_told: dict[str, float] = field(default_factory=dict)
    rows: dict[int, frozenset[str]] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)

    def sentence_of(self, start: int) -> int:
        """The number of the sentence a character stands in."""
        return max(0, bisect_right(self.starts, start) - 1)


def placed_in(text: str, spans: Sequence[tuple[int, int]], process: Process) -> Place:
    """What is needed to tie the remarks of a story to its steps; `spans` are those of its sentences."""
    starts = [start for start, _ in spans]
    place = Place(text, starts, [], [flat(text[start:end]) for start, end in spans])
    names = {role.id: meaning(role.name) for role in process.roles}
    for step in walk(process):
        if isinstance(step, Task | Wait):
            words, verb = meaning(step.name or ""), (flat(step.name or "").split() or [""])[0]
            told = place.sentence_of(step.span.start) if step.span else -1
            role = getattr(step, "role", None)
            doer, around = names.get(role or "", frozenset()), meaning(place.flats[told]) if told >= 0 else frozenset()
            place.steps.append(Known(step, words, verb, role, doer, told, len(place.steps), around))
    counts = Counter(word for known in place.steps for word in known.words)
    place.rare = _rare(counts, len(place.steps))
    place.rare_told = _rare(Counter(word for known in place.steps for word in known.told_words), len(place.steps))
    _note_where_spoken_of(place, counts)
    place.rows = {int(m[1]): meaning(m[2]) for m in _NUMBERED.finditer(text)}
    place.breaks = [place.sentence_of(m.end()) for m in re.finditer(r"\n\s*\n", text)]
    return place


def _rare(counts: Counter[str], steps: int) -> dict[str, float]:
    many = max(1, steps)
    return {word: math.log1p(many / count) / math.log1p(many) for word, count in counts.items()}


def _note_where_spoken_of(place: Place, counts: Counter[str]) -> None:
    """Enter the sentences that tell a step or name it in full. A step is looked for by its rarest word alone."""
    told: defaultdict[int, list[Known]] = defaultdict(list)
    named: defaultdict[str, list[Known]] = defaultdict(list)
    for known in place.steps:
        told[known.told].append(known)
        if len(known.words) > 1:
            named[min(sorted(known.words), key=counts.__getitem__)].append(known)
    for index, words in enumerate(place.flats):
        said = frozenset(words.split())
        for known in told.get(index, ()):
            known.spoken.append(index)
        for word in said & named.keys():
            for known in named[word]:
                if known.told != index and known.words <= said:
                    known.spoken.append(index)


def meaning(text: str) -> frozenset[str]:
    """The dictionary forms of the words of a text that carry meaning."""
    return frozenset(word for word in flat(text).split() if len(word) > 2 and word not in EMPTY)


def distance(place: Place, known: Known, index: int) -> int:
    """How many sentences ago a step was spoken of, a new paragraph counted as one more; below 0 when it comes later."""
    before = bisect_right(known.spoken, index)
    if before:
        last = known.spoken[before - 1]
        return index - last + bisect_right(place.breaks, index) - bisect_right(place.breaks, last)
    return index - known.spoken[0] if known.spoken else 99


def fits(known: Known, prefers: str) -> bool:
    """Whether a step is of the sort that a kind of remark mostly speaks of."""
    step = known.step
    if prefers == "check":
        return bool(getattr(step, "is_control", False)) or known.verb in VERBS["check"]
    if prefers == "contact" and getattr(step, "contact", None):
        return True
    if prefers == "intake" and known.order < 2:
        return True
    return known.verb in VERBS.get(prefers, ())


def referred(place: Place, index: int) -> frozenset[str]:
    """The words of the numbered rows that this sentence, or the head of its paragraph, refers to: "On 2 to 4: …"."""
    if not place.rows:
        return frozenset()
    first = max((at for at in place.breaks if at <= index), default=0)
    for at in range(index, first - 1, -1):
        end = place.starts[at + 1] if at + 1 < len(place.starts) else len(place.text)
        hit = _REFERS.search(place.text[place.starts[at] : end])
        if hit is not None:
            low = int(hit[1] or hit[3])
            high = int(hit[2] or low)
            return frozenset().union(*(place.rows.get(n, frozenset()) for n in range(low, min(high, low + 8) + 1)))
    return frozenset()
