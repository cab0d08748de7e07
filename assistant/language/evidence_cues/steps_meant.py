"""Which steps a remark speaks of: the likeliest, and as many more as its kind speaks of and are nearly as likely."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.language.evidence_cues.step_chance import Words, likely_steps
from assistant.language.evidence_cues.told_steps import Known, Place, fits, meaning, referred
from assistant.process.blocks import Task

ENOUGH, PERHAPS = 0.3, 0.1
"""How likely a step must be to be named among others, or at all."""
NEARLY, ALIKE = 0.3, 0.65
"""What share of the likeliest step's chance is enough to stand beside it: of several, or of one."""
MOST, MOST_IN_ONE = 5, 2
MOST_OF_WHOLE, MOST_OF_MAIN = 8, 6
"""How many steps stand for the whole."""
BESIDE = 2
"""How many sentences apart a wait and what it waits for may be told."""
LAST_TOLD, NEXT_TOLD = 4, 2
"""How many sentences before or after a passage the step may be told that it is tied to for want of a better one."""
Scores = Sequence[tuple[float, Known]]


class Meant(NamedTuple):
    """The ids of the steps that a remark speaks of, the likeliest first (none: the whole), and how likely each is; no
    likelihood where the words themselves say which."""

    elements: tuple[str, ...] = ()
    placed: tuple[float, ...] = ()


def meant(place: Place, said: Words) -> Meant:
    """The steps that a remark speaks of."""
    spread = said.cue.spread
    if spread == "none" or not place.steps:
        return Meant()
    scores = likely_steps(place, said)
    chosen = _SPREAD[spread](place, said.at, scores) or _nearest(place, said.passage)
    if spread in ("one", "flow", "hands", "pair"):
        for known in place.steps:
            if known.step.id in chosen[:1]:
                insort(known.spoken, said.at)
    if spread in ("whole", "main") or (spread == "chain" and _says_which(place, said.at, scores)):
        return Meant(chosen)
    chances = {known.step.id: chance for chance, known in scores}
    return Meant(chosen, tuple(round(chances[name], 2) for name in chosen))


def _nearest(place: Place, passage: range) -> tuple[str, ...]:
    """The step told last before a passage, else the one told next, where either is told near by."""
    tasks = [known for known in place.steps if isinstance(known.step, Task) and known.told >= 0]
    before = [known for known in tasks if 0 < passage.start - known.told <= LAST_TOLD]
    after = [known for known in tasks if 0 <= known.told - passage.stop < NEXT_TOLD]
    chosen = max(before, key=lambda known: (known.told, known.order), default=None) or min(
        after, key=lambda known: (known.told, known.order), default=None
    )
    return (chosen.step.id,) if chosen is not None else ()


def _likeliest(scores: Scores, share: float, most: int) -> tuple[str, ...]:
    """The likeliest step and those that have a share of its chance; () where none is likely at all."""
    best = scores[0][0]
    if best < PERHAPS:
        return ()
    return tuple(known.step.id for chance, known in scores[:most] if chance >= share * best)


def _one(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step; where it only waits, what it waits for comes with it."""
    chosen, known = _likeliest(scores, ALIKE, MOST_IN_ONE), scores[0][1]
    after = next((other for other in place.steps[known.order + 1 :] if isinstance(other.step, Task)), None)
    if chosen and not isinstance(known.step, Task) and after is not None and after.told - known.told <= BESIDE:
        return tuple(dict.fromkeys((after.step.id, *chosen)))
    return chosen


def _flow(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step, and others of the way there that are nearly as likely."""
    return tuple(dict.fromkeys((*_one(place, index, scores), *_likeliest(scores, NEARLY, MOST))))


def _kin(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    return _likeliest(scores, NEARLY, MOST) if scores[0][0] >= ENOUGH else ()


def _hands(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step, and what else the same role does nearby."""
    first = _one(place, index, scores)
    role = next((known.role for _, known in scores if known.step.id in first), None)
    more = [known.step.id for chance, known in scores if role and known.role == role and chance >= PERHAPS]
    return tuple(dict.fromkeys((*first, *more)))[:MOST]


def _pair(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The step where the error is made, and the check nearby where it is found."""
    first = _flow(place, index, scores)
    checks = [known for chance, known in scores if chance >= PERHAPS and fits(known, "check")]
    return tuple(dict.fromkeys((*first, *(known.step.id for known in checks[:1] if first))))


NUMBERS = {"two": 2, "both": 2, "neither": 2, "three": 3, "four": 4, "five": 5}


def _says_which(place: Place, index: int, scores: Scores) -> bool:
    """Whether a remark says which neighbours it compares: by name, or how many of those told last."""
    return len(_compared(place, index, scores)) >= 2 or not NUMBERS.keys().isdisjoint(place.flats[index].split())


def _compared(place: Place, index: int, scores: Scores) -> list[Known]:
    said = meaning(place.flats[index]) | referred(place, index)
    return [known for _, known in scores if isinstance(known.step, Task) and _is_named(known, said)]


def _chain(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The neighbours the remark compares: those it names by their work or role, or else those told last."""
    named = _compared(place, index, scores)
    if len(named) < 2:
        many = next((NUMBERS[word] for word in place.flats[index].split() if word in NUMBERS), 3)
        before = [known for known in place.steps if isinstance(known.step, Task) and 0 <= known.told <= index]
        named = sorted(before, key=lambda known: known.told)[-many:]
    named = sorted(named, key=lambda known: known.order)[:MOST_OF_MAIN]
    return tuple(known.step.id for known in named) if len(named) >= 2 else ()


def _is_named(known: Known, said: frozenset[str]) -> bool:
    by_work = len(known.words & said) >= min(2, len(known.words)) > 0
    return by_work or bool(known.role_words and known.role_words <= said)


def _whole(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    """The first and the last step and those just told: from where to where nobody answers."""
    tasks = [known for known in place.steps if isinstance(known.step, Task)]
    near = [known for known in tasks if -3 <= index - known.told <= 4]
    named = [known for chance, known in scores if chance >= ENOUGH and isinstance(known.step, Task)]
    order = dict.fromkeys(known.order for known in (*tasks[:1], *named[:3], *near[-4:], *tasks[-1:], *tasks))
    chosen = {at: place.steps[at].step.id for at in list(order)[:MOST_OF_WHOLE]}
    return tuple(chosen[order] for order in sorted(chosen))


def _main(place: Place, index: int, scores: Scores) -> tuple[str, ...]:
    return tuple(known.step.id for known in place.steps if isinstance(known.step, Task))[:MOST_OF_MAIN]


_SPREAD: dict[str, Callable[[Place, int, Scores], tuple[str, ...]]] = {
    "one": _one, "flow": _flow, "kin": _kin, "hands": _hands, "pair": _pair, "chain": _chain, "whole": _whole,
    "main": _main,
}  # fmt: skip
