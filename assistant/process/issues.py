"""What a check finds, and the limits it checks against."""

from __future__ import annotations

from typing import Any, Literal

from assistant.process.durations import Model

Severity = Literal["error", "warning", "hint"]


class Issue(Model):
    """One thing to mend: the check's id, how grave it is, the elements it is about, and what to do."""

    id: str
    severity: Severity
    elements: tuple[str, ...] = ()
    text: str
    remedy: str = ""

    def document(self) -> dict[str, Any]:
        """All fields as plain data."""
        return self.model_dump(mode="json")


def error(id: str, elements: tuple[str, ...], text: str, remedy: str = "") -> Issue:
    """What keeps a process from being read or played."""
    return Issue(id=id, severity="error", elements=elements, text=text, remedy=remedy)


def warning(id: str, elements: tuple[str, ...], text: str, remedy: str = "") -> Issue:
    """What is likely a mistake."""
    return Issue(id=id, severity="warning", elements=elements, text=text, remedy=remedy)


def hint(id: str, elements: tuple[str, ...], text: str, remedy: str = "") -> Issue:
    """What could be clearer."""
    return Issue(id=id, severity="hint", elements=elements, text=text, remedy=remedy)


class Limits(Model):
    """From which size on a process is hard to read: defaults of the modelling guidelines 7PMG, not laws."""

    nodes: int = 30
    most_nodes: int = 50
    nesting: int = 4
    branches: int = 4
    handoffs: float = 0.5


def quoted(names: tuple[str, ...] | list[str], most: int = 5) -> str:
    """Names in quotes, the first few, and how many more."""
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")
