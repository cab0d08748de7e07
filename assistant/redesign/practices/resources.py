"""Practices on people and authority: H14 flexible assignment, H15 centralization, H20 extra resources, H21
specialist-generalist, H22 empower."""

from __future__ import annotations

import math

from assistant.english.tables import classed
from assistant.process.blocks import Choice, Sequence, Task, Wait
from assistant.process.durations import Basis, humane
from assistant.process.edits import DropRole, Edit, PutRole, SetRole, SetValue, WrapInChoice
from assistant.redesign.detectors.capacity import counted, told_queue
from assistant.redesign.detectors.causes import cause_of, spoken
from assistant.redesign.practices.base import (
    Draft,
    Practice,
    at,
    estimate,
    fixed,
    fresh,
    lost_with,
    scaled,
    shorter_wait,
)
from assistant.redesign.practices.told import deputise, one_queue, relieve
from assistant.redesign.shapes import COMPUTED, Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import is_approval, is_control, listed, percent

IMPLAUSIBLE = 1.5
"""Utilisation from which a wrong figure is likelier than a queue that nobody noticed."""
IMPOSSIBLE = 5.0
"""Utilisation from which a figure must be wrong, whoever gave it."""


def share_work(view: View, finding: Finding) -> Draft | None:
    """A role with time may take the stretched role's work."""
    idle = at(finding.details, "idle")
    names = [name for name in finding.details.get("tasks", ()) if name in view.tasks]
    if idle not in view.roles or not names:
        return None
    edits = tuple(
        SetValue(id=name, field="or_roles", value=[*view.tasks[name].or_roles, idle], why=finding.title)
        for name in names
    )
    return Draft(
        f"Let {view.name_of(idle)} help with {listed([view.name_of(name) for name in names])}",
        finding.elements,
        edits,
        (Evidence("no working time is changed; whoever is free takes the case", None, "", COMPUTED),),
        ("The specialised role is asked first, the other one when it is busy.",),
        keeps_roles=False,
    )


def deputy(view: View, finding: Finding) -> Draft | None:
    """Somebody stands in for people who are not there."""
    step = view.steps.get(finding.elements[0])
    if not isinstance(step, Task | Wait) or finding.details.get("cause") != "unavailability":
        return None
    edits, figures = shorter_wait(view, step, view.settings.wait_left, "a deputy and fixed times for this step")
    edits, figures = (edits, figures) if edits or isinstance(step, Wait) else _more_often(step, view.settings.wait_left)
    if not edits:
        return None
    same = [r.id for r in view.process.roles if isinstance(step, Task) and r.id != step.role and r.kind == "person"
            and r.unit and r.unit == getattr(view.roles.get(step.role or ""), "unit", None)]  # fmt: skip
    more: tuple[Edit, ...] = ()
    if same and isinstance(step, Task):
        more = (SetValue(id=step.id, field="or_roles", value=[*step.or_roles, same[0]], why="a deputy"),)
    return Draft(
        f"Name a deputy and fixed times for {spoken(view, step.id)}", (step.id,), (*more, *edits), figures,
        ("How much waiting falls away is an estimate.",), keeps_roles=not same,
    )  # fmt: skip


def stand_in(view: View, finding: Finding) -> Draft | None:
    """Somebody stands in at the steps whose one person is there on some days only; else it is asked who could."""
    left, note = view.settings.wait_left, "somebody stands in, or may do it as well"
    edits: list[Edit] = []
    figures: list[Evidence] = []
    places: list[str] = []
    for step in (view.steps.get(name) for name in finding.elements):
        if not isinstance(step, Task) or cause_of(view, step)[0] != "unavailability":
            continue
        shorter, told = shorter_wait(view, step, left, note)
        shorter, told = (shorter, told) if shorter else _more_often(step, left)
        edits, figures, places = [*edits, *shorter], [*figures, *told], [*places, *([step.id] if shorter else [])]
    if not edits:
        return deputise(view, finding)
    return Draft(
        f"Name somebody who stands in for {listed([spoken(view, name) for name in places])}, or may do it as well",
        tuple(places), tuple(edits), tuple(figures), ("How much waiting falls away is an estimate.",),
    )  # fmt: skip


def _more_often(step: Task, left: float) -> tuple[tuple[Edit, ...], tuple[Evidence, ...]]:
    """With somebody who stands in, a step that is done on some days only is done on more."""
    every = step.batch.every if step.batch is not None else None
    if step.batch is None or every is None:
        return (), ()
    now, later = humane(every.mean_seconds), humane(every.mean_seconds * left)
    told = f"with a deputy it is done every {later} instead of every {now}"
    then = scaled(every, left, "somebody stands in")
    edit = SetValue(id=step.id, field="batch", value={**step.batch.document(), "every": then, "on": None}, why=told)
    return (edit,), (estimate(told, round(every.mean_seconds * left, 1), "s"),)


def one_pool(view: View, finding: Finding) -> Draft | None:
    """Pools of several sites become one with a single queue."""
    pools = [view.roles[name] for name in finding.details.get("pools", ()) if name in view.roles]
    if len(pools) < 2 or any(pool.capacity is None for pool in pools):
        return None
    first, gone = pools[0], {pool.id for pool in pools[1:]}
    total = sum(pool.capacity or 0 for pool in pools)
    used = [t for t in view.tasks.values() if {*t.with_roles, *t.or_roles, *t.accountable} & gone]
    moved = tuple(name for name, step in view.steps.items() if getattr(step, "role", None) in gone)
    if used or not moved:
        return None
    pooled = first.model_copy(update={"name": f"Joint pool: {listed([pool.name for pool in pools])}", "capacity": total,
                                      "site": None})  # fmt: skip
    return Draft(
        f"One queue for {listed([pool.name for pool in pools])}",
        finding.elements,
        (
            PutRole(role=pooled, why="one pool with all the people"),
            SetRole(ids=moved, role=first.id, why="whoever is free takes the next case"),
            *(DropRole(id=name, why="its people are in the joint pool") for name in sorted(gone)),
        ),
        (Evidence(f"{total} people in one queue; no working time is changed", total, "people", COMPUTED),),
        keeps_roles=False,
    )


def add_people(view: View, finding: Finding) -> Draft | None:
    """Capacity at the constraint grows to the target utilisation."""
    role = view.roles.get(at(finding.details, "role"))
    if role is None:
        step = view.tasks.get(finding.elements[0]) if finding.elements else None
        role = view.roles.get(step.role or "") if step else None
    load = view.loads.get(role.id) if role else None
    if role is None or not role.capacity or load is None or load < view.settings.target_utilisation:
        return None
    sure = load <= IMPLAUSIBLE  # nobody runs like that for long, so the figures are asked about all the same
    if not sure and (load > IMPOSSIBLE or not counted(view, role.id)):
        return None
    needed = math.ceil(round(load * role.capacity / view.settings.target_utilisation, 6))
    if needed <= role.capacity:
        return None
    constraint = finding.details.get("constraint", True)
    more = role.model_copy(update={"capacity": needed, "capacity_basis": Basis.ESTIMATED})
    told = f"busy {percent(load * role.capacity / needed)} of the time instead of {percent(load)}"
    effect = f": {told}" if load >= 1 else ""
    return Draft(
        f"{needed - role.capacity} more for {role.name} ({role.capacity} becomes {needed}){effect}",
        (role.id,),
        (PutRole(role=more, why=finding.title), *_queue_let_go(view, role.id, load)),
        (Evidence(told, needed, "people", COMPUTED),),
        ("First use the time of the constraint better and take work off it; add people last.",
         *(() if constraint else ("It is not the busiest role: more people here give no more throughput.",)),
         "Their hours are paid whether they work or not; that is in the cost of a case."),
        keeps_roles=True,
        assumes="" if sure else "the people, the cases and the times told are right, and no work can be taken off",
    )  # fmt: skip


def _queue_let_go(view: View, role: str, load: float) -> tuple[Edit, ...]:
    """The told waits that were the queue of a role with too much work go with it: what still queues is played."""
    why = "it was the queue of somebody with more work than time"
    queued = (task for task in view.tasks.values() if task.role == role and told_queue(task, load))
    return tuple(SetValue(id=task.id, field="wait", value=None, why=why) for task in queued)


def more_or_relieve(view: View, finding: Finding) -> Draft | None:
    """People are added where the figures say how many; else what could be taken off the narrow place is asked."""
    return add_people(view, finding) or relieve(view, finding)


def _only_its_answer(view: View, name: str) -> bool:
    """Whether the step behind an approval is its answer alone: nearly always yes, and nothing is done then.

    Any other step is done whoever decides; under the limit it would be left out for nearly all cases.
    """
    choice = view.steps.get(name)
    if not isinstance(choice, Choice) or name not in view.spots:
        return False
    usual = max(choice.branches, key=lambda branch: branch.p or 0.0)
    return (usual.p or 0.0) >= view.settings.approve_unchanged and not usual.do.items


def within_limit(view: View, finding: Finding) -> Draft | None:
    """Below a limit whoever does the work decides; above it the approval stays."""
    task = view.tasks.get(finding.elements[0])
    choice = at(finding.details, "choice") or (finding.elements[1] if len(finding.elements) > 1 else "")
    if task is None or (choice not in view.spots and not finding.details.get("told")):
        return None
    if not (isinstance(view.steps.get(choice), Choice) or is_approval(task) or is_control(task)):
        return None  # work that has to be done whoever decides: words about the signing may name the step beside it
    decided = (task.id, choice) if _only_its_answer(view, choice) else (task.id,)
    path = [passed for passed in view.path_tasks if passed.id == task.id or view.is_inside(passed.role)]
    place = next((i for i, passed in enumerate(path) if passed.id == task.id), 0)
    doer = _prepares(path[:place])
    if doer is None or doer == task.role:
        return None
    above = round(1 - view.settings.approve_class_share, 6)
    decide = Task(
        id=fresh(view, "decide within the limit"),
        name="Decide within the own limit",
        role=doer,
        work=fixed(60, "estimate: a minute to decide and note it"),
        reads=task.reads,
        writes=task.writes,
        value_class="BVA",
        basis=Basis.ESTIMATED,
    )
    return Draft(
        f"Let {view.name_of(doer)} decide below a limit; {task.name} only above it",
        finding.elements,
        (
            WrapInChoice(
                ids=decided,
                id=fresh(view, "above the limit"),
                question="Above the limit?",
                when="above the limit",
                p=above,
                otherwise=Sequence(items=(decide,)),
                otherwise_when="within the limit",
                basis=Basis.ESTIMATED,
                why=finding.title,
            ),
        ),
        (
            estimate(
                f"{percent(above)} of cases taken to lie above the limit; set the limit so that they do", above, "share"
            ),
            estimate("a minute to decide within the limit", 1, "min"),
        ),
        ("Log each decision and look at a sample of five in a hundred afterwards.",),
        tuple(f"within the limit no longer caught: {loss}" for loss in lost_with(view, task)),
        keeps_roles=True,
    )


H14 = Practice(
    "H14", "flexible assignment", "proposal", "other",
    {"uneven_load": share_work, "long_wait": deputy, "one_person": stand_in, "separate_queues": one_queue},
    against=("H13", "H21"), small=True,
)  # fmt: skip
H15 = Practice(
    "H15", "centralization", "mechanical", "other",
    {"separate_pools": one_pool, "separate_queues": one_queue}, against=("H07", "H04"),
)  # fmt: skip
H20 = Practice(
    "H20", "extra resources", "mechanical", "other",
    {"overloaded_role": add_people, "queue": add_people, "overloaded": more_or_relieve}, small=True,
)  # fmt: skip
H21 = Practice(
    "H21", "specialist-generalist", "hint", "other",
    asks="Should {elements} be done by specialists, or should more people be able to do it?", against=("H14",),
)  # fmt: skip
H22 = Practice(
    "H22", "empower", "proposal", "eliminate",
    {"habitual_approval": within_limit, "check_changes_nothing": within_limit}, against=("H23",), small=True,
)  # fmt: skip
PRACTICES = (H14, H15, H20, H21, H22)


def _prepares(path: list[Task]) -> str | None:
    """Who has what is to be decided in hand: whoever wrote it up last, else whoever worked on it last."""
    wrote = [task.role for task in path if task.name.lower().split()[0] in classed("reading", "makes-paper")]
    return wrote[-1] if wrote else path[-1].role if path else None
