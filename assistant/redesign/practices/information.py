"""Practices on information: H23 control addition, H24 buffering."""

from __future__ import annotations

from assistant.process.blocks import Loop, Task
from assistant.process.durations import Basis, humane
from assistant.process.edits import Edit, Insert, Place, SetCondition, SetValue
from assistant.redesign.practices.base import Draft, Practice, at, estimate, fixed, fresh, shorter_wait
from assistant.redesign.practices.told import asking, look_first
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import percent

LEAST_CHECK, PART_OF_WORK = 60.0, 0.1


def check_at_source(view: View, finding: Finding) -> Draft | None:
    """A check right after the cause, when it costs less than the late repair."""
    task = view.tasks.get(finding.elements[0])
    if task is None or not task.error_rate:
        return None
    effort = max(LEAST_CHECK, PART_OF_WORK * view.work_of(task))
    late = float(finding.details.get("cost_late", 0.0))
    if finding.kind == "late_error" and effort >= late:
        return Draft(f"Check after {task.name}", finding.elements,
                     doubt=f"A check after {task.name} would take about {humane(effort)} a case, the late repair "
                           f"{humane(late)}. Is an error dearer than its repair?")  # fmt: skip
    check = _check(view, task, effort)
    if finding.kind == "unchecked_output":  # the simulation's control that errs finds nothing that time
        check = check.model_copy(update={"error_rate": round(1 - view.settings.check_catches, 6)})
    edits: list[Edit] = [Insert(blocks=(check,), place=Place(after=task.id), why=finding.title)]
    if finding.kind == "late_error":
        edits.append(SetValue(id=task.id, field="found_at", value=check.id, why="found at once instead of later"))
    return Draft(
        f"Check right after {task.name}, where the error is made",
        (task.id,),
        tuple(edits),
        (estimate(f"the check takes {humane(effort)} a case, a tenth of the step, at least a minute", effort, "s"),),
        (_told(view, finding),
         "A rule in the system is cheaper than a person where one can be written."),
        enablers=("E01",),
    )  # fmt: skip


def _told(view: View, finding: Finding) -> str:
    if finding.kind == "unchecked_output":
        return f"The check is taken to find {percent(view.settings.check_catches)} of the errors (estimate)."
    late = humane(float(finding.details.get("cost_late", 0.0)))
    return (
        f"The play repeats only the step that erred. By the rule of cost, {late} of work a case up to the discovery is "
        "in vain today; that part of the gain is not in the simulated figures."
    )


def _check(view: View, task: Task, effort: float) -> Task:
    what = " ".join(task.name.split()[1:]) or task.name
    return Task(
        id=fresh(view, f"check {what}"),
        name=f"Check {what}"[:200],
        role=task.role,
        system=task.system,
        reads=task.writes or task.reads,
        is_control=True,
        value_class="BVA",
        work=fixed(effort, "estimate: a tenth of the step, at least a minute"),
        basis=Basis.ESTIMATED,
    )


def fewer_rounds(view: View, finding: Finding) -> Draft | None:
    """A check right after the work, so that fewer cases go round the loop."""
    loop, task = view.steps.get(at(finding.details, "loop")), view.tasks.get(at(finding.details, "source"))
    if not isinstance(loop, Loop) or task is None or loop.p is None or loop.p >= 1:
        return None
    effort = max(LEAST_CHECK, PART_OF_WORK * view.work_of(task))
    left = round(loop.p * 0.5, 6)
    inner = sum(view.work_of(repeated) for repeated in view.inner_tasks(loop))
    saved = (loop.p / (1 - loop.p) - left / (1 - left)) * inner
    if effort >= saved:
        return Draft(f"Check after {task.name}", finding.elements,
                     doubt=f"Why do {percent(loop.p)} of cases go round again, "
                           f"and could {task.name} get it right at once?")  # fmt: skip
    return Draft(
        f"Check right after {task.name}, before the case goes on",
        (loop.id, task.id),
        (
            Insert(blocks=(_check(view, task, effort),), place=Place(after=task.id), why=finding.title),
            SetCondition(id=loop.id, p=left, basis=Basis.ESTIMATED, why="half of the rounds are taken to fall away"),
        ),
        (
            estimate(f"done again: {percent(loop.p)} becomes {percent(left)}, half of it (estimate)", left, "share"),
            estimate(f"the check takes {humane(effort)} a case", effort, "s"),
        ),
        enablers=("E01",),
    )


def local_copy(view: View, finding: Finding) -> Draft | None:
    """What rarely changes is kept here and updated, instead of being asked for in every case."""
    task = view.tasks.get(finding.elements[0])
    if task is None:
        return None
    what = next((d.name for d in view.process.data if d.id == at(finding.details, "data")), "the data")
    edits, figures = shorter_wait(view, task, 0.0, "read from the local copy")
    if not edits:
        return asking("Keep a copy instead of asking each time: {steps}", "How long does the answer at {steps} take, "
                      "how often does it change, and would a list with its changes be sent?")(
                          view, finding)  # fmt: skip
    return Draft(
        f"Keep a copy of {what} and have changes sent, instead of asking each time",
        (task.id,),
        (
            *edits,
            SetValue(id=task.id, field="contact", value=None, why="nobody is asked any more"),
            SetValue(id=task.id, field="system", value=f"Copy of {what}", why="read here"),
        ),
        figures,
        ("The hands-on time stays as it is.", "The copy needs an update feed and a date of its last change."),
        enablers=("E03",),
    )


H23 = Practice(
    "H23", "control addition", "mechanical", "other",
    {"late_error": check_at_source, "unchecked_output": check_at_source, "rework_loop": fewer_rounds,
     "error_at_source": look_first}, against=("H05", "H22"), small=True,
)  # fmt: skip
H24 = Practice(
    "H24", "buffering", "proposal", "eliminate",
    {"repeated_lookup": local_copy},
)  # fmt: skip
PRACTICES = (H23, H24)
