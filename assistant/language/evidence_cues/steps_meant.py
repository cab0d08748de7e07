"""Which steps a remark speaks of: those its sentence names, those of the roles it names, or the one told last."""

from __future__ import annotations

import math
import re
from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.english.tables import classed
from assistant.language.evidence_cues.cues import Cue
from assistant.language.evidence_cues.patterns import flat
from assistant.language.offline.words.word_tables import SMALL
from assistant.process.blocks import Task, Wait
from assistant.process.model import Process
from assistant.process.tree import walk

NEAR = (1.2, 0.9, 0.55, 0.35, 0.25, 0.2)
"""What a step told in this sentence, the one before, and so on, gains by being near."""
AFTER = (0.0, 0.45, 0.2)
EMPTY = classed("said", "empties-step") | frozenset(SMALL)
ENOUGH = 0.7
"""The least score with which a step is tied to a remark."""
PERHAPS = 0.2
"""The same where the remark follows the telling of the step: "it", "he" and "that" mean what was told last."""
MOST = 6
MOST_IN_ONE = 3
MOST_OF_WHOLE = 8
"""How many steps stand for the whole."""
BESIDE = 2
"""How many sentences apart neighbours may be told that a remark speaks of together."""
LATER = 0.5
"""What the words of a step weigh that is told only after the remark, or long before with no more than its verb said."""
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

    `spoken` are the sentences that name it or make a remark about it.
    """

    step: Task | Wait
    words: frozenset[str]
    verb: str
    role: str | None
    role_words: frozenset[str]
    told: int
    order: int
    spoken: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """The sentences and steps of one story. `starts` are where its sentences begin."""

    text: str
    starts: list[int]
    steps: list[Known]
    flats: list[str]
    rare: dict[str, float] = field(default_factory=dict)
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
            place.steps.append(
                Known(step, words, verb, role, names.get(role or "", frozenset()), told, len(place.steps))
            )
    counts = Counter(word for known in place.steps for word in known.words)
    many = max(1, len(place.steps))
    place.rare = {word: math.log1p(many / count) / math.log1p(many) for word, count in counts.items()}
    _note_where_spoken_of(place, counts)
    place.rows = {int(m[1]): meaning(m[2]) for m in _NUMBERED.finditer(text)}
    place.breaks = [place.sentence_of(m.end()) for m in re.finditer(r"\n\s*\n", text)]
    return place


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


def elements_of(place: Place, passage: range, index: int, cue: Cue, told: str) -> tuple[str, ...]:
    """The ids of the steps that a remark in the sentences of `passage` speaks of, the likeliest first.

    () stands for the whole. `index` is the sentence that makes the remark, `told` are its words. What it speaks of is
    what is spoken of from there on.
    """
    if cue.spread == "none" or not place.steps:
        return ()
    words = meaning(told) | _referred(place, index)
    scores = sorted(((_score(place, known, passage, index, words, cue), known.order, known) for known in place.steps),
                    key=lambda each: each[:2], reverse=True)  # fmt: skip
    chosen = _SPREAD[cue.spread](place, index, scores) or _nearest(place, passage)
    if cue.spread in ("one", "flow", "hands", "pair"):
        for known in place.steps:
            if known.step.id in chosen[:1]:
                insort(known.spoken, index)
    return chosen


def _nearest(place: Place, passage: range) -> tuple[str, ...]:
    """The step told last before a passage, else the one told next, where either is told near by."""
    tasks = [known for known in place.steps if isinstance(known.step, Task) and known.told >= 0]
    before = [known for known in tasks if 0 < passage.start - known.told <= LAST_TOLD]
    after = [known for known in tasks if 0 <= known.told - passage.stop < NEXT_TOLD]
    chosen = max(before, key=lambda known: (known.told, known.order), default=None) or min(
        after, key=lambda known: (known.told, known.order), default=None
    )
    return (chosen.step.id,) if chosen is not None else ()


LAST_TOLD, NEXT_TOLD = 4, 2
"""How many sentences before or after a passage the step may be told that it is tied to for want of a better one."""
Scores = list[tuple[float, int, Known]]


def _best(place: Place, index: int, scores: Scores) -> Known | None:
    score, _, known = scores[0]
    return known if score >= ENOUGH or (score >= PERHAPS and _distance(place, known, index) >= 0) else None


def _one(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step; where it only waits, what it waits for comes with it."""
    known = _best(place, index, scores)
    if known is None:
        return ()
    after = next((other for other in place.steps[known.order + 1 :] if isinstance(other.step, Task)), None)
    if not isinstance(known.step, Task) and after is not None and after.told - known.told <= BESIDE:
        return (after.step.id, known.step.id)
    same = [other.step.id for other in place.steps if _goes_with(known, other)]
    return tuple(dict.fromkeys((known.step.id, *same)))[:MOST_IN_ONE]


def _goes_with(known: Known, other: Known) -> bool:
    """Whether a step is told in one sentence with another and right beside it: "weighs the rest and notes it down"."""
    return known.told == other.told >= 0 and abs(known.order - other.order) == 1 and isinstance(other.step, Task)


def _flow(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step, its neighbours in the order of the work that are told thereabouts, what is told beside the remark."""
    known = _best(place, index, scores)
    if known is None:
        return ()
    tasks = [other for other in place.steps if isinstance(other.step, Task)]
    beside = [other for other in (*_last(tasks, known), *_next(tasks, known)) if abs(other.told - index) <= BESIDE + 1]
    told = [other for other in tasks if abs(other.told - index) <= 1]
    chosen = [*_one(place, index, scores), *(other.step.id for other in (*beside, *told))]
    return tuple(dict.fromkeys(chosen))[:MOST]


def _last(tasks: Sequence[Known], known: Known) -> list[Known]:
    return [other for other in tasks if other.order < known.order][-1:]


def _next(tasks: Sequence[Known], known: Known) -> list[Known]:
    return [other for other in tasks if other.order > known.order][:1]


def _kin(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    best = scores[0][0]
    if best < ENOUGH:
        return ()
    return tuple(known.step.id for score, _, known in scores[:MOST] if score >= max(ENOUGH, 0.65 * best))


def _hands(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step, and what else the same role does nearby."""
    first = _one(place, index, scores)
    role = next((known.role for _, _, known in scores if known.step.id in first), None)
    more = [known.step.id for score, _, known in scores if role and known.role == role and score >= PERHAPS]
    return tuple(dict.fromkeys((*first, *more)))[:MOST]


def _pair(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step where the error is made, and the check nearby where it is found."""
    first = _flow(place, index, scores)
    checks = [known for score, _, known in scores if score >= 0.5 and fits(known, "check")]
    return tuple(dict.fromkeys((*first, *(known.step.id for known in checks[:1] if first))))


NUMBERS = {"two": 2, "both": 2, "neither": 2, "three": 3, "four": 4, "five": 5}


def _chain(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The neighbours the remark compares: those it names by their work or role, or else those told last."""
    said = meaning(place.flats[index]) | _referred(place, index)
    named = [known for _, _, known in scores if isinstance(known.step, Task) and _is_named(known, said)]
    if len(named) < 2:
        many = next((NUMBERS[word] for word in place.flats[index].split() if word in NUMBERS), 3)
        before = [known for known in place.steps if isinstance(known.step, Task) and 0 <= known.told <= index]
        named = sorted(before, key=lambda known: known.told)[-many:]
    named = sorted(named, key=lambda known: known.order)[:MOST]
    return tuple(known.step.id for known in named) if len(named) >= 2 else ()


def _is_named(known: Known, said: frozenset[str]) -> bool:
    by_work = len(known.words & said) >= min(2, len(known.words)) > 0
    return by_work or bool(known.role_words and known.role_words <= said)


def _whole(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The first and the last step and those just told: from where to where nobody answers."""
    tasks = [known for known in place.steps if isinstance(known.step, Task)]
    near = [known for known in tasks if -3 <= index - known.told <= 4]
    named = [known for score, _, known in scores if score >= ENOUGH and isinstance(known.step, Task)]
    order = dict.fromkeys(known.order for known in (*tasks[:1], *named[:3], *near[-4:], *tasks[-1:], *tasks))
    chosen = {at: place.steps[at].step.id for at in list(order)[:MOST_OF_WHOLE]}
    return tuple(chosen[order] for order in sorted(chosen))


def _main(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    return tuple(known.step.id for known in place.steps if isinstance(known.step, Task))[:MOST]


_SPREAD: dict[str, Callable[[Place, int, Scores], tuple[str, ...]]] = {
    "one": _one, "flow": _flow, "kin": _kin, "hands": _hands, "pair": _pair, "chain": _chain, "whole": _whole,
    "main": _main,
}  # fmt: skip


def _score(place: Place, known: Known, passage: range, index: int, words: frozenset[str], cue: Cue) -> float:
    shared = known.words & words
    score = sum(place.rare[word] for word in shared) * (1.0 if len(shared) > 1 else 0.75)
    if known.told > index + 1 or (shared == {known.verb} and index - known.told > BESIDE):
        score *= LATER
    if known.role_words and known.role_words <= meaning(place.flats[index]):
        score += 0.6
    gap = 0 if known.told in passage else _distance(place, known, index)
    if 0 <= gap < len(NEAR):
        score += NEAR[gap]
    elif 0 < -gap < len(AFTER):
        score += AFTER[-gap]
    if score > 0.3 and fits(known, cue.prefers):
        score += 0.6
    return score


def _distance(place: Place, known: Known, index: int) -> int:
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


def _referred(place: Place, index: int) -> frozenset[str]:
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
