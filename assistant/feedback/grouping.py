"""Groups among vectors: neighbours pull one another together, close ones become small groups, and those are merged.

Each comment is replaced by the mean of its nearest neighbours, several times over, which brings together what says the
same in other words. Small groups are merged by Ward's criterion (weighted, nearest-neighbour chain, Murtagh 1983), the
number of groups is the cut of that tree that parts them best, and the same tree gives the dozen groups above.
Nothing here is drawn by chance and nothing depends on the number of threads.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assistant.feedback.vectors import unit

NEIGHBOURS = 10
ROUNDS = 4
STAY = 0.3
"""How much of itself a comment keeps in each round, as a share of the mean weight of its neighbours."""
MOST_POINTS = 3200
MICRO = 1200
FEWEST, MOST = 0.9, 1.95
"""Between how many times the square root of the number of comments the number of themes lies."""
ENOUGH = 0.98
"""A number of groups is good enough when it parts comments this well, measured by the best number."""
Matrix = Any


class Grouped(NamedTuple):
    """Which theme each row is in, and which wider group each theme is in; both counted from 0."""

    themes: Matrix
    wider: Matrix


def group(points: Matrix, apart: bool = False, room: float = 1.0) -> Grouped:
    """Groups of the rows (of unit length; a row of zeros belongs to group -1). With `apart` rows stay where they lie,
    and groups are as many as may be: what is few and was read is sooner mixed up than torn apart. Else `room` is the
    share of the usual most that there may be, where other rows are grouped beside them."""
    labels = np.full(len(points), -1)
    some = np.flatnonzero(np.abs(points).sum(axis=1) > 0)
    if len(some) == 0:
        return Grouped(labels, np.zeros(0, dtype=int))
    if len(some) < 6:
        labels[some] = 0
        return Grouped(labels, np.zeros(1, dtype=int))
    drawn = points[some] if apart else drawn_together(points[some])
    micro = _micro(drawn)
    sizes = np.bincount(micro).astype(float)
    centres = _means(drawn, micro, len(sizes))
    merges = ward(centres, sizes)
    count = round(room * MOST * len(some) ** 0.5) if apart else _best_count(drawn, micro, sizes, merges, room)
    themes = cut(merges, len(sizes), count)[micro]
    themes = _settled(drawn, themes)
    labels[some] = themes
    middle = _means(drawn, themes, int(themes.max()) + 1)
    return Grouped(labels, _wider(middle, np.bincount(themes).astype(float)))


def _wider(middle: Matrix, sizes: Matrix) -> Matrix:
    if len(sizes) < 8:
        return np.zeros(len(sizes), dtype=int)
    return cut(ward(middle, np.sqrt(sizes)), len(sizes), int(min(14, max(2, round(1.3 * len(sizes) ** 0.5)))))


def drawn_together(points: Matrix) -> Matrix:
    """Each row as the mean of its neighbours, ROUNDS times; rows of unit length around a common middle."""
    from scipy.sparse import csr_matrix, diags_array, eye_array

    n = len(points)
    near, likeness = nearest(points, points, min(NEIGHBOURS, n - 1), itself=False)
    rows = np.repeat(np.arange(n), near.shape[1])
    weight = np.maximum(likeness.ravel(), 0) ** 2
    graph = csr_matrix((weight, (rows, near.ravel())), shape=(n, n))
    graph = graph + graph.T
    graph = graph + eye_array(n) * float(graph.sum() / n * STAY + 1e-9)
    step = diags_array(1 / np.asarray(graph.sum(axis=1)).ravel()) @ graph
    out = points
    for _ in range(ROUNDS):
        out = step @ out
    return unit(np.asarray(out - out.mean(axis=0), dtype=np.float32))


def nearest(points: Matrix, others: Matrix, count: int, itself: bool = True) -> tuple[Matrix, Matrix]:
    """For each row the numbers of the `count` most alike rows of `others`, and how alike they are."""
    found = np.empty((len(points), count), dtype=np.int64)
    alike = np.empty((len(points), count), dtype=np.float32)
    for start in range(0, len(points), 512):
        likeness = points[start : start + 512] @ others.T
        if not itself:
            own = np.arange(len(likeness))
            likeness[own, own + start] = -2
        best = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        found[start : start + 512] = best
        alike[start : start + 512] = np.take_along_axis(likeness, best, axis=1)
    return found, alike


def _micro(points: Matrix) -> Matrix:
    """Small groups to start from: every row its own, or MICRO groups where there are too many rows."""
    n = len(points)
    if n <= MOST_POINTS:
        return np.arange(n)
    seeds = np.linspace(0, n - 1, MICRO).astype(int)
    centres = points[seeds]
    labels = np.zeros(n, dtype=int)
    for _ in range(3):
        labels = closest(points, centres)
        centres = unit(_means(points, labels, MICRO))
    return np.unique(labels, return_inverse=True)[1]


def closest(points: Matrix, centres: Matrix) -> Matrix:
    """The number of the most alike centre for each row."""
    found = [np.argmax(points[at : at + 2048] @ centres.T, axis=1) for at in range(0, len(points), 2048)]
    return np.concatenate(found) if found else np.zeros(0, dtype=int)


def _means(points: Matrix, labels: Matrix, count: int) -> Matrix:
    from scipy.sparse import csr_matrix

    n = len(points)
    rows = csr_matrix((np.ones(n, dtype=np.float32), (labels, np.arange(n))), shape=(count, n))
    return (rows @ points) / np.maximum(np.bincount(labels, minlength=count), 1)[:, None]


def _settled(points: Matrix, labels: Matrix) -> Matrix:
    """Each row moved to the group whose middle it is most like, until few move."""
    for _ in range(6):
        centres = unit(_means(points, labels, int(labels.max()) + 1))
        new = closest(points, centres)
        moved = (new != labels).sum()
        labels = np.unique(new, return_inverse=True)[1]
        if moved * 500 < len(labels):
            break
    return labels


def ward(centres: Matrix, sizes: Matrix) -> list[tuple[float, int, int]]:
    """The merges (height, one, other; a merged group keeps the number of the first) by Ward's criterion, low first."""
    sizes = sizes.astype(np.float64).copy()
    square = (centres.astype(np.float64) ** 2).sum(axis=1)
    distance = np.maximum(square[:, None] + square[None, :] - 2 * centres.astype(np.float64) @ centres.T, 0)
    distance *= sizes[:, None] * sizes[None, :] / (sizes[:, None] + sizes[None, :])
    np.fill_diagonal(distance, np.inf)
    alive = np.ones(len(sizes), dtype=bool)
    merges: list[tuple[float, int, int]] = []
    chain: list[int] = []
    while len(merges) < len(sizes) - 1:
        if not chain:
            chain.append(int(np.argmax(alive)))
        here = chain[-1]
        back = chain[-2] if len(chain) > 1 else -1
        there = int(np.argmin(distance[here]))
        if back >= 0 and distance[here, back] <= distance[here, there]:
            there = back
        if there != back:
            chain.append(there)
            continue
        chain = chain[:-2]
        first, second = min(here, back), max(here, back)
        height = float(distance[first, second])
        merges.append((height, first, second))
        _merge(distance, sizes, alive, first, second)
    return sorted(merges)


def _merge(distance: Matrix, sizes: Matrix, alive: Matrix, first: int, second: int) -> None:
    """Lance and Williams' rule for Ward: the distances of the merged group, kept in the row of the first."""
    a, b = sizes[first], sizes[second]
    height = distance[first, second]
    alive[second] = False
    new = (a + sizes) * distance[first] + (b + sizes) * distance[second] - sizes * height
    new = np.where(alive, new / (a + b + sizes), np.inf)
    new[first] = np.inf
    distance[first], distance[:, first] = new, new
    distance[second], distance[:, second] = np.inf, np.inf
    sizes[first] = a + b


def cut(merges: list[tuple[float, int, int]], n: int, count: int) -> Matrix:
    """The groups when the lowest merges are made until `count` are left, numbered from 0."""
    parent = np.arange(n)

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = int(parent[at])
        return at

    for _, first, second in merges[: max(0, n - count)]:
        one, other = root(first), root(second)
        parent[max(one, other)] = min(one, other)
    return np.unique([root(at) for at in range(n)], return_inverse=True)[1]


def _best_count(points: Matrix, micro: Matrix, sizes: Matrix, merges: list[tuple[float, int, int]], room: float) -> int:
    """The smallest number of groups that parts them about as clearly as the best one does."""
    scale = len(points) ** 0.5
    low = max(2, round(FEWEST * scale))
    high = max(low, min(len(sizes) - 1, round(room * MOST * scale)))
    tried = sorted({round(low * (high / low) ** (step / 7)) for step in range(8)})
    values = [parted(points, cut(merges, len(sizes), count)[micro]) for count in tried]
    enough = max(values) - (1 - ENOUGH) * abs(max(values))
    return next(int(count) for count, value in zip(tried, values, strict=True) if value >= enough)


def parted(points: Matrix, labels: Matrix) -> float:
    """How clearly rows lie nearer to the middle of their own group than to any other: mean silhouette, simplified."""
    middle = unit(_means(points, labels, int(labels.max()) + 1))
    far = 1 - points @ middle.T
    rows = np.arange(len(points))
    own = far[rows, labels].copy()
    far[rows, labels] = np.inf
    other = far.min(axis=1)
    return float(np.mean((other - own) / np.maximum(np.maximum(own, other), 1e-9)))
