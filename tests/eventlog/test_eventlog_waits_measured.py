"""How long cases lie before somebody could begin, told from logs whose waits and queues are known."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from statistics import fmean

from assistant.eventlog.discovery.looking import Queue, lain
from assistant.eventlog.discovery.staff import Shift, Staff, moment
from assistant.eventlog.read_log import Event

START = datetime(2026, 1, 5)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_queueing_is_taken_out_of_waits_and_nothing_else() -> None:
    draw = random.Random(4)
    came, lay = 0.0, list[float]()
    ready: list[tuple[float, float]] = []  # when a case could be taken up, and when it began to lie
    for _ in range(900):
        came += draw.expovariate(1 / 1500)
        lay.append(60.0 * round(draw.gammavariate(4, 30)))
        ready.append((came + lay[-1], came))
    free, done = 0.0, list[tuple[float, float, float]]()
    for could, since in sorted(ready):
        begin = max(could, free)
        free = begin + draw.expovariate(1 / 1200)
        done.append((since, begin, free))
    base = moment(START)
    queue = Queue(Staff(people=1, shifts=[Shift(base + begin, base + end, "") for _, begin, end in done]))
    waits = [queue.lay(Event("C", "Check", at(end), start=at(begin)), begin - since) for since, begin, end in done]
    queued = fmean(wait.seconds for wait in waits)
    assert queued > 1.3 * fmean(lay)
    assert abs(fmean(lain(waits)) / fmean(lay) - 1) < 0.05
