"""Trying again: how long to wait after which fault, within a total deadline."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from assistant.gateway.faults import ONCE, POLICIES, Fault, Kind

LONGEST_PAUSE = 20.0


class Deadline:
    """The moment by which everything is over. `clock` gives seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self._clock = seconds, clock
        self._end = clock() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._end - self._clock())

    def call(self, seconds: float) -> float:
        """The time one request may take: its own limit or what is left. Raises Fault(TIMEOUT) when nothing is left."""
        if self.left <= 0:
            raise Fault(Kind.TIMEOUT, f"No whole answer within {self.seconds:.3g} s.")
        return min(seconds, self.left)


class Retries:
    """Counts the tries of one question and waits between them."""

    def __init__(
        self,
        deadline: Deadline,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._deadline, self._sleep, self._chance = deadline, sleep, chance
        self._done: dict[Kind, int] = {}

    def again(self, fault: Fault) -> None:
        """Wait and return when it is worth another try; raise the fault when it is not, or when time would run out."""
        policy = POLICIES.get(fault.kind, ONCE)
        done = self._done.get(fault.kind, 0)
        if done >= policy.again or sum(self._done.values()) >= 6:
            raise fault
        self._done[fault.kind] = done + 1
        pause = self.pause(policy.pause, done, fault.retry_after)
        if pause >= self._deadline.left:
            raise fault
        if pause:
            self._sleep(pause)

    def pause(self, first: float, done: int, asked: float | None) -> float:
        """Seconds to wait: what the service asked for, else doubling from `first`; with up to a quarter of jitter."""
        if asked is not None:
            return asked + self._chance() * min(1.0, asked * 0.25)
        return min(LONGEST_PAUSE, first * 2.0**done) * (1 + 0.25 * self._chance())
