"""What all detectors share: how a finding is put together from what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from assistant.process.durations import Basis, humane
from assistant.redesign.shapes import COMPUTED, INFERRED, Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import percent

Detector = Callable[[View], Iterator[Finding]]


def finding(
    view: View,
    kind: str,
    elements: tuple[str, ...],
    title: str,
    because: tuple[Evidence, ...],
    practices: tuple[str, ...],
    *,
    waste: str,
    share: float | None = None,
    share_of: Literal["time", "cost"] = "time",
    by_name: bool = False,
    **details: Any,
) -> Finding:
    """A finding whose id is its kind and first element and whose confidence follows from its evidence."""
    bases = [
        Basis.STATED if ground.basis == INFERRED else ground.basis for ground in because if ground.basis != COMPUTED
    ]
    return Finding(
        id=f"{kind}:{elements[0]}" if elements else kind,
        kind=kind,
        title=title,
        elements=tuple(dict.fromkeys(elements)),
        because=because,
        practices=practices,
        confidence=view.confidence(*bases, by_name=by_name),
        share=share,
        share_of=share_of if share is not None else None,
        waste=waste,
        details=details,
    )


def seen(text: str, value: Any = None, unit: str = "", basis: Any = None) -> Evidence:
    """Evidence as the process shows it: with the basis of its figure, or inferred from how the process is drawn.

    What is inferred weighs as much as what is stated, since the drawing was told; it is not called anybody's words.
    """
    return Evidence(text, value, unit, Basis(basis).value if basis else INFERRED)


def computed(text: str, value: Any = None, unit: str = "") -> Evidence:
    """Evidence computed from the process."""
    return Evidence(text, round(value, 4) if isinstance(value, float) else value, unit, COMPUTED)


def judged(text: str) -> Evidence:
    """Evidence that rests on our reading of a name."""
    return Evidence(text, None, "", Basis.ESTIMATED.value)


def lasting(text: str, seconds: float, basis: Any = None) -> Evidence:
    """A time as evidence, in seconds, said in words too."""
    return seen(f"{text} {humane(seconds)}", round(seconds, 1), "s", basis)


def chance(text: str, share: float, basis: Any = None) -> Evidence:
    """A share of cases as evidence."""
    return seen(f"{text} {percent(share)}", round(share, 4), "share", basis)
