"""Random numbers that belong to an element and a case, so that an edit elsewhere in the process does not shift them.

Every quantity that chance decides (the work time of a task, the branch of a choice) has a stream of its own, keyed by
the seed, the replication and the element's id. Within it a draw is addressed by the case's number and, in loops, by the
visit: how often the case has come to that place before. The streams are Philox counters (Salmon et al., Parallel
random numbers: as easy as 1, 2, 3, SC 2011), drawn a block of cases at a time with NumPy. That gives common random
numbers for alternatives and the same bytes whatever the number of workers.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

from assistant.process.durations import (
    UNITS,
    Duration,
    Exponential,
    Fixed,
    Gamma,
    Lognormal,
    Normal,
    Observed,
    Triangular,
    Uniform,
)

BLOCK = 1024
Floats = NDArray[np.float64]
Sampler = Callable[[Generator, int], NDArray[Any]]
Row = tuple[Any, ...]


def stream_key(seed: int, replication: int, name: str) -> int:
    """The 128-bit key of a stream. Two names never share one (but for a collision of BLAKE2)."""
    return int.from_bytes(blake2b(f"{seed}|{replication}|{name}".encode(), digest_size=16).digest(), "little")


def generator(key: int, block: int, visit: int = 0) -> Generator:
    """The generator of one block of cases at one visit: a place in the Philox counter, reached without drawing."""
    return Generator(Philox(key=key, counter=(visit << 128) | (block << 64)))


class _Shared(threading.local):
    """One generator for all draws of a thread: to move it costs a fifth of making one, and a play moves it often."""

    def __init__(self) -> None:
        self.generator = Generator(Philox(key=0))
        self.state = self.generator.bit_generator.state


_SHARED = _Shared()
_WORD = (1 << 64) - 1


def moved(key: int, block: int, visit: int = 0) -> Generator:
    """As `generator`, for draws made at once: the next call in this thread moves the same generator elsewhere."""
    state: Any = _SHARED.state
    state["state"]["key"][:] = (key & _WORD, key >> 64)
    state["state"]["counter"][:] = (0, block, visit, 0)
    _SHARED.generator.bit_generator.state = state
    return _SHARED.generator


def sampler(duration: Duration | None) -> Sampler:
    """A function that draws `n` durations in seconds. An unknown duration counts as nothing.

    Draws scale with their mean where the kind allows it, so that common random numbers stay common when only the
    mean changes.
    """
    if duration is None:
        return Constant(0.0)
    unit = UNITS[duration.unit]
    match duration:
        case Fixed():
            return Constant(duration.value * unit)
        case Exponential():
            mean = duration.mean * unit
            return lambda g, n: g.standard_exponential(n) * mean
        case Uniform():
            low, width = duration.low * unit, (duration.high - duration.low) * unit
            return lambda g, n: low + width * g.random(n)
        case Triangular():
            return _triangular(duration.low * unit, duration.mode * unit, duration.high * unit)
        case Normal():
            return _normal(duration.mean * unit, duration.sd * unit)
        case Lognormal() | Gamma():
            return _skewed(duration, unit)
        case Observed():
            values = np.array(duration.values, dtype=np.float64) * unit
            return lambda g, n: values[(g.random(n) * len(values)).astype(np.int64)]


class Whole:
    """A sampler whose draws depend on how many are made: always a whole block is. Of the others the first are."""

    __slots__ = ("draw",)

    def __init__(self, draw: Sampler) -> None:
        self.draw = draw

    def __call__(self, g: Generator, n: int) -> NDArray[Any]:
        return self.draw(g, n)


class Constant:
    """Always `value`."""

    __slots__ = ("value",)

    def __init__(self, value: float) -> None:
        self.value = value

    def __call__(self, _generator: Generator, n: int) -> Floats:
        return np.full(n, self.value, dtype=np.float64)


def _triangular(low: float, mode: float, high: float) -> Sampler:
    """By the inverse of the distribution function; constant when low and high are the same."""
    width = high - low
    if width <= 0:
        return Constant(low)
    turn, rise, fall = (mode - low) / width, width * (mode - low), width * (high - mode)

    def draw(g: Generator, n: int) -> Floats:
        u = g.random(n)
        return np.where(u < turn, low + np.sqrt(u * rise), high - np.sqrt((1 - u) * fall))

    return draw


def _normal(mean: float, sd: float) -> Sampler:
    """Normal, never negative: a draw below zero is drawn again (at most half of them are)."""

    def draw(g: Generator, n: int) -> Floats:
        values = mean + sd * g.standard_normal(n)
        while (below := np.flatnonzero(values < 0)).size:
            values[below] = mean + sd * g.standard_normal(below.size)
        return values

    return Whole(draw)


def _skewed(duration: Lognormal | Gamma, unit: float) -> Sampler:
    """Lognormal and gamma by the mean and deviation of the duration itself."""
    mean, sd = duration.mean * unit, duration.sd * unit
    if mean <= 0 or sd <= 0:
        return Constant(mean)
    if isinstance(duration, Gamma):
        shape, scale = (mean / sd) ** 2, sd * sd / mean
        return lambda g, n: g.standard_gamma(shape, n) * scale
    sigma2 = math.log1p((sd / mean) ** 2)
    mu, sigma = math.log(mean) - sigma2 / 2, math.sqrt(sigma2)
    return lambda g, n: np.exp(mu + sigma * g.standard_normal(n))


def chance(p: float) -> Sampler:
    """True with chance `p`."""
    return lambda g, n: g.random(n) < p


def one_of(shares: list[float]) -> Sampler:
    """The number of the branch taken, by shares that add up to one."""
    edges = np.cumsum(shares)[:-1]
    return lambda g, n: np.searchsorted(edges, g.random(n), side="right")


def some_of(chances: list[float]) -> Sampler:
    """Which branches are taken, as a bit mask: each by its own chance; when none is, one in proportion to them."""
    total = sum(chances) or 1.0
    one = one_of([p / total for p in chances] if sum(chances) else [1 / len(chances)] * len(chances))

    def draw(g: Generator, n: int) -> NDArray[Any]:
        taken = g.random((len(chances), n)) < np.array(chances)[:, None]
        single = one(g, n)
        none = ~taken.any(axis=0)
        taken[single[none], np.flatnonzero(none)] = True
        masks = [sum(1 << int(i) for i in np.flatnonzero(column)) for column in taken.T]
        return np.array(masks, dtype=object)

    return Whole(draw)


class Draws:
    """The streams of one replication, grouped in scopes: scope 0 is visited once a case, each loop body has its own."""

    def __init__(self, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication
        self.scopes: list[list[tuple[int, Sampler]]] = [[]]

    def scope(self) -> int:
        """A new scope; its number."""
        self.scopes.append([])
        return len(self.scopes) - 1

    def column(self, scope: int, name: str, draw: Sampler) -> int:
        """A new quantity in a scope, named by its element; its place in the scope's rows."""
        self.scopes[scope].append((stream_key(self.seed, self.replication, name), draw))
        return len(self.scopes[scope]) - 1


class Block:
    """The draws of `size` cases that came one after the other (at most BLOCK), made when first asked for."""

    __slots__ = ("_first", "_later", "number", "scopes", "size")

    def __init__(self, draws: Draws, number: int, size: int = BLOCK) -> None:
        self.scopes = draws.scopes
        self.number = number
        self.size = min(size, BLOCK)
        self._first: dict[int, list[Row]] = {}
        self._later: dict[tuple[int, int], list[NDArray[Any]]] = {}

    def first(self, scope: int) -> list[Row]:
        """The rows of all cases of this block at their first visit."""
        if (rows := self._first.get(scope)) is None:
            columns = [self._values(key, draw) for key, draw in self.scopes[scope]]
            rows = self._first[scope] = list(zip(*columns, strict=True)) if columns else [()] * self.size
        return rows

    def row(self, scope: int, visit: int, index: int) -> Row:
        """The row of one case at its visit number `visit` (0 first)."""
        if visit == 0:
            return self.first(scope)[index]
        columns = self._later.get((scope, visit))
        if columns is None:
            draws = self.scopes[scope]
            columns = [draw(moved(key, self.number, visit), self._many(draw)) for key, draw in draws]
            self._later[scope, visit] = columns
        return tuple([column.item(index) for column in columns])

    def _values(self, key: int, draw: Sampler) -> list[Any]:
        if isinstance(draw, Constant):
            return [draw.value] * self.size
        drawn: list[Any] = draw(moved(key, self.number), self._many(draw))[: self.size].tolist()
        return drawn

    def _many(self, draw: Sampler) -> int:
        """How many to draw for the cases there are."""
        return BLOCK if isinstance(draw, Whole) else self.size
