"""What was told of a wait, beside what comes out when the process is played."""

from __future__ import annotations

from assistant.chat.played import length, share
from assistant.chat.reply import Fact
from assistant.chat.what_was_told import shown
from assistant.process.blocks import Task, Wait
from assistant.process.expected import visit_rates
from assistant.process.tree import walk
from assistant.workspace.session import Session


def wait_as_told(session: Session, name: str, waiting: float) -> tuple[str, list[Fact]]:
    """What was told of a wait that comes out otherwise when played: nights, a queue, or not for every case."""
    named = (step for step in walk(session.process) if isinstance(step, Task | Wait) and step.name == name)
    step = next(named, None)
    every = step.batch.every if isinstance(step, Task) and step.batch else None
    if isinstance(step, Task) and step.wait is None and every is not None:
        half = length(f"half a round, {name}", every.mean_seconds / 2, "worked out")
        more = waiting > 1.05 * every.mean_seconds / 2
        return (
            (f" ({shown(half)} for its round; the rest is nights, weekends and queues)", [half]) if more else ("", [])
        )
    duration = step.wait if isinstance(step, Task) else step.duration if step else None
    if step is None or duration is None or abs(duration.mean_seconds - waiting) <= 0.05 * waiting:
        return "", []
    rate = visit_rates(session.process).get(step.id, 1.0)
    told = length(f"told wait, {name}", duration.mean_seconds, str(duration.basis))
    if every is not None and duration.mean_seconds < every.mean_seconds:
        both = f" (you told {shown(told)} and that it is done in rounds: both are counted; if that is the wait for the "
        return f"{both}round, say “no wait before {name}”)", [told]
    if rate >= 0.995:
        return f" (you told {shown(told)}; the rest is nights, weekends and queues)", [told]
    of = share(f"share, {name}", rate, "told")
    return f" a case on average (you told {shown(told)}, in {shown(of)} of the cases)", [told, of]
