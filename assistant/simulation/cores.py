"""Several processor cores: replications are shared out between this process and others it starts for the purpose.

Whoever is free takes the next one, this process included, so that a core that is busy with something else holds nobody
up. What comes out does not depend on who played it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.simulation.play import Played, Run, play

Job = tuple[int, Run]  # the number of a process, and how it is to be played
MOST = 2
WORTH_A_FORK = 400_000
"""Tasks to be played (cases times steps) from which a second core pays: about half a second of work."""


def cores(processes: Sequence[Process], runs: Sequence[Run]) -> int:
    """How many cores to use when nobody said: two where they can be had at once and there is enough to play."""
    cases = sum(run.lead + run.cases + run.trail for run in runs)
    enough = cases * sum(len(tasks(process)) for process in processes) >= WORTH_A_FORK
    return min(MOST, _cores()) if enough and _may_fork() else 1


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    """A fork takes milliseconds, starting anew a second; but it leaves behind what other threads are at."""
    return (
        "fork" in multiprocessing.get_all_start_methods()
        and threading.active_count() == 1
        and not multiprocessing.current_process().daemon
    )


def play_all(processes: Sequence[Process], jobs: Sequence[Job], workers: int) -> list[Played]:
    """All jobs on so many cores; what happened, in order."""
    workers = min(workers, len(jobs))
    found: dict[int, Played] = {}
    if workers > 1 and not multiprocessing.current_process().daemon:
        with suppress(OSError):  # no processes to be had here: all is played in this one
            found = _shared(processes, jobs, workers)
    return [found[number] if number in found else play(processes[of], run) for number, (of, run) in enumerate(jobs)]


def _shared(processes: Sequence[Process], jobs: Sequence[Job], workers: int) -> dict[int, Played]:
    """What was played, by number. A helper that dies takes its share with it; the caller plays that again."""
    context: Any = multiprocessing.get_context("fork" if _may_fork() else "spawn")
    taken = context.Value("i", 0)
    helpers = []
    try:
        for _ in range(workers - 1):
            ours, theirs = context.Pipe(duplex=False)
            helper = context.Process(target=_help, args=(theirs, taken, processes, jobs), daemon=True)
            helper.start()
            theirs.close()
            helpers.append((helper, ours))
        found = _share(taken, processes, jobs)
        for _, ours in helpers:
            with suppress(EOFError):
                found.update(iter(partial(_receive, ours), None))
        return found
    finally:
        for helper, ours in helpers:
            ours.close()
            helper.terminate()
            helper.join()


def _share(taken: Any, processes: Sequence[Process], jobs: Sequence[Job]) -> dict[int, Played]:
    """Play one job after the other, as long as there are some that nobody has taken."""
    found: dict[int, Played] = {}
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(jobs):
            return found
        of, run = jobs[number]
        found[number] = play(processes[of], run)


def _help(answer: Connection, taken: Any, processes: Sequence[Process], jobs: Sequence[Job]) -> None:
    """What a helper does. A job that cannot be played is left to the process that asked, which says why."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked is interrupted too, and ends its helpers
    try:
        found = _share(taken, processes, jobs)
    except Exception:
        found = {}
    for number in list(found):
        _send(answer, (number, found.pop(number)))
    answer.send(None)
    answer.close()


def _send(pipe: Connection, one: tuple[int, Played]) -> None:
    """One answer, its arrays apart: as one message it would be in memory two times more on either side."""
    arrays: list[pickle.PickleBuffer] = []
    head = pickle.dumps(one, 5, buffer_callback=arrays.append)
    views = [array.raw() for array in arrays]
    pipe.send((head, [view.nbytes for view in views]))
    for view in views:
        pipe.send_bytes(view)


def _receive(pipe: Connection) -> tuple[int, Played] | None:
    """The next answer of a helper this process started; None after the last. Raises EOFError when it has died."""
    if (told := pipe.recv()) is None:
        return None
    head, sizes = told
    arrays = [bytearray(size) for size in sizes]  # not bytes: the figures are worked out in place
    for array in arrays:
        pipe.recv_bytes_into(array)
    one: tuple[int, Played] = pickle.loads(head, buffers=arrays)
    return one
