"""Work by roles where some goes before other work: real queues, highest priority first, then first come first served.

Same discipline as `work.py` but for the order: who starts first is only known when somebody is free. Each pool serves
its queue strictly in order; work that needs several roles starts when it is its turn in each of their queues.
"""

from __future__ import annotations

from assistant.simulation.machine import Case, Go, Machine
from assistant.simulation.work import Job, Option


class Ticket:
    """One piece of work in the queues of all roles that could do it."""

    __slots__ = ("asked", "begin", "case", "key", "options", "started")

    def __init__(self, key: tuple[int, int], case: Case, asked: float, options: tuple[Option, ...], begin: Go) -> None:
        self.key = key
        self.case = case
        self.asked = asked
        self.options = options
        self.begin = begin
        self.started = False


def in_order(machine: Machine, job: Job, after: Go) -> Go:
    raise NotImplementedError
