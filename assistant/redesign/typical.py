"""What comes from a template of the library is how such work usually runs; it is no evidence of a pain in this house.

A process started from a template is good practice until somebody says how it differs: only what was told, measured or
changed since can hurt.
"""

from __future__ import annotations

from typing import Any

from assistant.process.blocks import Loop, Task, Wait
from assistant.process.durations import Basis
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View

AS_IT_STANDS = "This is the library's template as it stands. Tell how yours differs, and there is something to work on."
TOLD = (Basis.STATED, Basis.MEASURED)
OF_LOAD = ("queue", "overload", "overloaded_role", "uneven_load")
"""Kinds that rest on how many cases come and how many people there are."""


def only_typical(view: View, found: Finding) -> bool:
    """Whether a finding rests on nothing but what a template says."""
    if found.quotes:
        return False
    volume = view.process.volume
    if found.kind in OF_LOAD and volume is not None and volume.rests_on in TOLD:
        return False
    named = [view.steps[name] for name in found.elements if name in view.steps]
    tasks = [step for step in named if isinstance(step, Task)]
    if not tasks:  # it speaks of roles, decisions or waits: of the process as a whole
        tasks = list(view.tasks.values())
    return bool(tasks) and all(map(_as_in_template, tasks)) and all(map(_untouched, named))


def all_typical(view: View) -> bool:
    """Whether a process is a template as the library has it: nobody has told anything of one's own yet."""
    return (
        bool(view.tasks)
        and all(map(_as_in_template, view.tasks.values()))
        and all(map(_untouched, view.steps.values()))
    )


def _as_in_template(task: Task) -> bool:
    return task.basis is Basis.LIBRARY and _untouched(task)


def _untouched(step: Any) -> bool:
    """Whether nobody gave a figure of one's own for a step."""
    if isinstance(step, Loop):
        return step.p_basis not in TOLD
    if isinstance(step, Wait):
        return getattr(step.duration, "basis", None) not in TOLD
    if isinstance(step, Task):
        return all(getattr(time, "basis", None) not in TOLD for time in (step.work, step.wait)) and step.batch is None
    return not any(getattr(branch, "p_basis", None) in TOLD for branch in getattr(step, "branches", ()))
