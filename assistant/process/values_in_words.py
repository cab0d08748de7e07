"""The value of an attribute in words, for a reader: lengths of time, hours of work, lists."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from assistant.process.blocks import Block
from assistant.process.durations import Basis, as_told
from assistant.process.figures import joined
from assistant.process.model import DAYS, Hours

DAY_NAMES = dict(zip(DAYS, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(), strict=True))


def value_in_words(value: Any) -> str:
    """An attribute's value for a reader: durations with their unit and basis, lists with commas."""
    if value is None or value == [] or value == ():
        return "unknown"
    if hasattr(value, "mean_seconds"):
        return as_told(value) + (f" ({value.basis.value})" if value.basis else "")
    if isinstance(value, Hours):
        return f"{value.days} {value.from_} to {value.to}"
    if isinstance(value, dict) and "kind" in value and "unit" in value:
        return _duration_in_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(
            str(item.get("name", item)) if isinstance(item, dict) else value_in_words(item) for item in value
        )
    if isinstance(value, dict) and (value.get("every") or value.get("on")):
        return _runs_in_words(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {value_in_words(inner)}" for key, inner in value.items() if key != "span")
    return str(value)


def _runs_in_words(batch: dict[str, Any]) -> str:
    """When collected work is done: `every day`, `every 2 days`, `on Tuesdays and Thursdays`."""
    on, every = batch.get("on"), batch.get("every")
    if on:
        told = f"on {joined([f'{DAY_NAMES[day]}s' for day in on.split(',')])}"
    else:
        length = value_in_words(every)
        told = f"every {length.removeprefix('1 ')}" if isinstance(every, dict) else f"every {every}"
    return f"{told}, {batch['size']:,} at a time" if batch.get("size") else told


def _duration_in_words(value: dict[str, Any]) -> str:
    return value_in_words(durations().validate_python(value))


@cache
def durations() -> Any:
    """What reads a length of time from its document, whichever kind it is of."""
    from pydantic import TypeAdapter

    from assistant.process.durations import Duration

    return TypeAdapter(Duration)


def waits_told(steps: Iterable[Block]) -> str:
    """The waits told of steps that go: `, and with it the wait of 3 h before it`; empty where none was told."""
    waits = [wait for step in steps if (wait := getattr(step, "wait", None)) and wait.basis == Basis.STATED]
    told = [wait for wait in waits if wait.mean_seconds > 0]  # that nothing waits is told as none
    return "".join(f", and with it the wait of {as_told(wait)} before it" for wait in told)
