"""What must hold of a process, in the words of a case: steps, roles, figures, order, decisions, volume, hours.

Patterns are searched in names, whatever the case. `evals/talk_cases/README.md` says what each check means. A check that
fails is told in words, so that a report can say why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from assistant.process.blocks import AnyOf, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import Duration
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

NEAR, NEAR_VOLUME = 0.04, 0.06
DAY = 86400.0
"""Of a volume a day: round the clock, eight or nine hours at work, or five days in seven."""
DAYS = (DAY, 28800.0, 32400.0, DAY * 5 / 7)
Worker = Task | Call


def failed(expect: dict[str, Any], process: Process) -> list[str]:
    """The checks of `expect` on the process that do not hold, in words. Unknown checks are not looked at."""
    return [fault for name, check in CHECKS.items() if name in expect for fault in check(expect[name], process)]


def like(pattern: str, text: str | None) -> bool:
    """Whether the pattern is found in the text, whatever the case."""
    return re.search(pattern, text or "", re.IGNORECASE) is not None


def near(found: float | None, wanted: float | list[float], share: float = NEAR) -> bool:
    """Whether a number is one of those wanted, to a share of it."""
    several = wanted if isinstance(wanted, list) else [wanted]
    return found is not None and any(abs(found - value) <= share * abs(value) + 1e-9 for value in several)


def _mean(duration: Duration | None) -> float | None:
    return None if duration is None else duration.mean_seconds


def _workers(process: Process) -> list[Worker]:
    return [step for step in walk(process) if isinstance(step, Task | Call)]


def _role_name(process: Process, step: Worker) -> str:
    role = process.role(step.role) if isinstance(step, Task) and step.role else None
    return role.name if role else ""


def _times(process: Process, step: Worker) -> dict[str, list[float]]:
    """The seconds of a step by name: its work, and its wait or those of the waits right beside it."""
    work = [value for value in (_mean(getattr(step, "work", None)),) if value is not None]
    wait = [value for value in (_mean(getattr(step, "wait", None)),) if value is not None]
    wait += [value for value in _beside(process, step) if value is not None]
    return {"work_s": work, "wait_s": wait, "time_s": [*work, *wait, *([work[0] + wait[0]] if work and wait else [])]}


def _beside(process: Process, step: Worker) -> list[float | None]:
    for items in _sequences(process.flow):
        for number, item in enumerate(items):
            if item is step:
                around = [items[place] for place in (number - 1, number + 1) if 0 <= place < len(items)]
                return [_mean(other.duration) for other in around if isinstance(other, Wait)]
    return []


def _sequences(sequence: Sequence) -> Iterable[tuple[Any, ...]]:
    yield sequence.items
    for step in sequence.items:
        if isinstance(step, Choice | AnyOf | Parallel):
            for branch in step.branches:
                yield from _sequences(branch.do)
        elif isinstance(step, Loop):
            yield from _sequences(step.do)
            yield from _sequences(step.redo)


def _fits(want: dict[str, Any], process: Process, step: Worker) -> bool:
    role, times = _role_name(process, step), _times(process, step)
    if "role" in want and (role != "" if want["role"] is None else not like(want["role"], role)):
        return False
    if "error" in want and not near(getattr(step, "error_rate", None) or 0.0, want["error"]):
        return False
    return all(any(near(value, want[name]) for value in times[name]) for name in times if name in want)


def _tasks(wanted: list[dict[str, Any]], process: Process) -> list[str]:
    told: list[str] = []
    for want in wanted:
        pool = [step for step in _workers(process) if like(want["like"], step.name)]
        waits = [step for step in walk(process) if isinstance(step, Wait) and like(want["like"], step.name)]
        timed = any(
            near(_mean(wait.duration), want[name]) for wait in waits for name in ("wait_s", "time_s") if name in want
        )
        if not timed and not any(_fits(want, process, step) for step in pool):
            told.append(f"no step fits {want}: {[step.name for step in pool] or 'no step is named so'}")
        if "n" in want and len(pool) not in (want["n"] if isinstance(want["n"], list) else [want["n"]]):
            told.append(f"{len(pool)} steps are like {want['like']!r}: {[step.name for step in pool]}")
    return told


def _no_task(patterns: list[str], process: Process) -> list[str]:
    return [f"a step is named {step.name!r}" for step in _workers(process) for p in patterns if like(p, step.name)]


def _no_role(patterns: list[str], process: Process) -> list[str]:
    return [f"a role is named {role.name!r}" for role in process.roles for p in patterns if like(p, role.name)]


def _roles(wanted: list[dict[str, Any]], process: Process) -> list[str]:
    def fits(want: dict[str, Any], role: Any) -> bool:
        keys = [key for key in ("capacity", "cost_per_hour") if key in want]
        return like(want["like"], role.name) and all(near(getattr(role, key) or 0, want[key], 0.001) for key in keys)

    return [f"no role fits {want}" for want in wanted if not any(fits(want, role) for role in process.roles)]


def _order(pairs: list[list[str]], process: Process) -> list[str]:
    steps = [step for step in walk(process) if not isinstance(step, End)]
    names = [str(getattr(step, "name", "")) for step in steps]
    told = []
    for first, second in pairs:
        later = [place for place, name in enumerate(names) if like(second, name)]
        earlier = [place for place, name in enumerate(names) if like(first, name)]
        earlier = [place for place in earlier if place not in later] or earlier
        later = [place for place in later if place not in earlier] or later
        if not earlier or not later or min(earlier) >= min(later):
            told.append(f"{first!r} is not before {second!r}: {[name for name in names if name]}")
    return told


def _choices(wanted: list[dict[str, Any]], process: Process) -> list[str]:
    splits = [_split(step) for step in walk(process) if isinstance(step, Choice | AnyOf | Loop)]

    def fits(want: dict[str, Any], texts: list[str], ways: list[tuple[str, float | None]], inside: list[str]) -> bool:
        if not any(like(want["like"], text) for text in texts):
            return False
        chances = [p for when, p in ways if like(want["like"], when)] or [p for _, p in ways]
        chance = "p" not in want or any(near(p, want["p"]) for p in chances if p is not None)
        return chance and ("has" not in want or any(like(want["has"], name) for name in inside))

    return [f"no decision fits {want}" for want in wanted if not any(fits(want, *split) for split in splits)]


def _split(step: Choice | AnyOf | Loop) -> tuple[list[str], list[tuple[str, float | None]], list[str]]:
    """The texts of a decision, its ways with their chances, and the names inside it."""
    if isinstance(step, Loop):
        texts, ways = [step.question, step.while_, step.until or ""], [("", step.p)]
    else:
        ways = [(branch.when or "", branch.p) for branch in step.branches]
        texts = [step.question, *(when for when, _ in ways)]
    inside = [str(getattr(item, "name", "")) for items in _sequences(Sequence(items=(step,))) for item in items]
    return [text for text in texts if text], ways, inside


def _volume(wanted: Any, process: Process) -> list[str]:
    gap = _mean(process.volume.between) if process.volume else None
    days = [*DAYS, *(length for length, _, _ in _hours_of(process))]
    if gap and any(near(day / gap, wanted, NEAR_VOLUME) for day in days):
        return []
    return [f"the volume a day is {round(DAY / gap, 1) if gap else 'unknown'}, not {wanted}"]


def _hours_of(process: Process) -> list[tuple[float, str, str]]:
    lines = [line for role in process.roles for line in role.calendar or ()]
    lines += list(process.volume.calendar or ()) if process.volume else []

    def minutes(clock: str) -> int:
        hour, _, minute = clock.partition(":")
        return int(hour) * 60 + int(minute)

    return [(60.0 * (minutes(line.to) - minutes(line.from_)), line.from_, line.to) for line in lines]


def _hours(wanted: list[str], process: Process) -> list[str]:
    found = [[start, end] for _, start, end in _hours_of(process)]
    return [] if wanted in found else [f"the hours are {found}, not {wanted}"]


def _protected(pattern: str, process: Process) -> list[str]:
    kept = {item.id for item in process.protected}
    names = [step.name for step in tasks(process) if step.id in kept]
    return [] if any(like(pattern, name) for name in names) else [f"{pattern!r} is not protected: {names}"]


def _no_owner(wanted: bool, process: Process) -> list[str]:
    return [f"the owner is {process.owner!r}"] if wanted and process.owner else []


def _owner(pattern: str, process: Process) -> list[str]:
    return [] if like(pattern, str(process.owner or "")) else [f"the owner is {process.owner!r}"]


def _trigger(pattern: str, process: Process) -> list[str]:
    return [] if like(pattern, process.trigger) else [f"the trigger is {process.trigger!r}"]


def _steps(count: int, process: Process) -> list[str]:
    found = len(tasks(process))
    return [] if found == count else [f"there are {found} steps, not {count}"]


CHECKS: dict[str, Callable[[Any, Process], list[str]]] = {
    "task": _tasks, "no_task": _no_task, "no_role": _no_role, "role": _roles, "order": _order, "choice": _choices,
    "volume_per_day": _volume, "hours": _hours, "protected": _protected, "owner": _owner, "no_owner": _no_owner,
    "trigger": _trigger, "steps": _steps,
}  # fmt: skip
