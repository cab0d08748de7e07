"""What an event says has happened, and after what time a timer goes off."""

from __future__ import annotations

from assistant.bpmn.iso_durations import parse_duration
from assistant.bpmn.raw import RawNode
from assistant.process.durations import Fixed

_HAPPENED = {
    "timer": "time is up", "message": "a message arrives", "error": "an error occurs", "signal": "a signal arrives",
    "escalation": "it is escalated", "conditional": "a condition comes true", "cancel": "it is cancelled",
}  # fmt: skip


def waited(node: RawNode) -> Fixed | None:
    """The time after which a timer on the border of a step goes off; None where it is none or names no duration."""
    return parse_duration(node.timer) if "timer" in node.events else None


def happened(node: RawNode) -> str:
    """What an event says has happened: its name, or else what it waits for."""
    if node.name:
        return node.name
    time = waited(node)
    if time is not None:
        return f"{time.value:g} {time.unit} passed"
    return next(
        (_HAPPENED[kind] for kind in node.events if kind in _HAPPENED), "it is stopped" if node.attached else ""
    )
