"""Labels that mean the same: other case, spaces or marks, or a slip of the pen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.english.alike import distance

MOST_LABELS = 300
SHORTEST, LONG = 5, 12
SHORTEST_WORD = 4
TOGETHER, RARE = 0.05, 0.2


class Variants(NamedTuple):
    """Labels taken for one and the same activity: the one used most, the others, and how many events those carry."""

    label: str
    others: tuple[str, ...]
    events: int


@lru_cache(maxsize=10_000)
def plain_label(label: str) -> str:
    """A label without case, marks and doubled spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", label.casefold()).split())


def variants(
    spelled: Mapping[int, Mapping[str, int]], together: Callable[[int, int], float] = lambda rare, usual: 0.0
) -> tuple[Variants, ...]:
    """Clusters of labels that look like one activity. `spelled`: of each activity its spellings with their number.

    Same letters: always. A distance of one edit (two from twelve letters on) and the same digits: only where the two
    hardly ever stand in one case (`together`: the share of the rarer one's cases, 5 % at most), since “Load truck” and
    “Unload truck” are both meant, and the rarer is a fifth of the other at most, since a slip of the pen is no habit.
    """
    totals = {activity: sum(names.values()) for activity, names in spelled.items()}
    plain = {activity: plain_label(next(iter(names))) for activity, names in spelled.items()}
    usual = sorted(spelled, key=lambda activity: (-totals[activity], plain[activity]))
    heads = _joined(usual[:MOST_LABELS], plain, totals, together)
    clusters: dict[int, dict[str, int]] = {}
    for activity in sorted(spelled, key=lambda activity: (activity in heads, -totals[activity], plain[activity])):
        clusters.setdefault(heads.get(activity, activity), {}).update(spelled[activity])
    found = []
    for names in clusters.values():
        first, *others = sorted(names, key=lambda name: (-names[name], name))
        if others:
            found.append(Variants(first, tuple(others), sum(names[name] for name in others)))
    return tuple(found)


def _joined(
    activities: list[int], plain: Mapping[int, str], totals: Mapping[int, int], together: Callable[[int, int], float]
) -> dict[int, int]:
    """Each rarer spelling with the more frequent one it is a slip of."""
    heads: dict[int, int] = {}
    for at, rare in enumerate(activities):
        for usual in activities[:at]:
            if usual in heads or totals[rare] > RARE * totals[usual] or not alike(plain[rare], plain[usual]):
                continue
            if together(rare, usual) <= TOGETHER:
                heads[rare] = usual
                break
    return heads


def alike(a: str, b: str) -> bool:
    """Whether two plain labels differ by a slip only: one edit, two from twelve letters on, and the same digits.

    Words of up to three letters must be the same: “Release A” and “Release B”, “Admission IC” and “NC” are meant.
    """
    shorter = min(len(a), len(b))
    if shorter < SHORTEST or re.findall(r"\d+", a) != re.findall(r"\d+", b) or _codes(a) != _codes(b):
        return False
    allowed = 2 if shorter >= LONG else 1
    if abs(len(a) - len(b)) > allowed or (Counter(a) - Counter(b)).total() > allowed:
        return False
    return distance(a, b) <= allowed


def _codes(label: str) -> list[str]:
    """The short words of a label, which often are codes."""
    return [word for word in label.split() if len(word) < SHORTEST_WORD]
