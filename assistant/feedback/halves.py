"""Judging many comments on two processor cores: the second half in a forked helper, where that is safe and pays."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from assistant.feedback.sentiment import Judged, judged
from assistant.feedback.spoken import counted

WORTH_A_FORK = 20_000


def judge_all(texts: Sequence[str]) -> list[Judged]:
    """What is made of each comment as it came, in order; the same on one core or two."""
    half = len(texts) // 2
    helper = _helper(texts[half:]) if len(texts) >= WORTH_A_FORK and _may_fork() else None
    if helper is None:
        return [judged(counted(text)) for text in texts]
    process, pipe = helper
    try:
        first = [judged(counted(text)) for text in texts[:half]]
        second: list[Judged] = []
        with suppress(EOFError, OSError):  # a helper that died leaves its half to this process
            second = [Judged(*row) for row in pipe.recv()]
        if len(second) != len(texts) - half:
            second = [judged(counted(text)) for text in texts[half:]]
        return first + second
    finally:
        pipe.close()
        process.terminate()
        process.join()


def _helper(texts: Sequence[str]) -> tuple[Any, Connection] | None:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_judge, args=(theirs, texts), daemon=True)
    try:
        process.start()
    except OSError:
        return None
    theirs.close()
    return process, ours


def _judge(pipe: Connection, texts: Sequence[str]) -> None:
    pipe.send([tuple(judged(counted(text))) for text in texts])
    pipe.close()


def _may_fork() -> bool:
    """Forking leaves behind what other threads are at, and pays only where a second core is to be had."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return (
        cores > 1
        and "fork" in multiprocessing.get_all_start_methods()
        and threading.active_count() == 1
        and not multiprocessing.current_process().daemon
    )
