"""Practices on who does what: H13 case assignment, H16 split responsibilities, H17 customer teams, H18 numerical
involvement, H19 case manager."""

from __future__ import annotations

from assistant.process.blocks import Task, Wait
from assistant.process.durations import Basis, humane
from assistant.process.edits import Edit, Insert, Place, PutRole, SetRole, SetValue
from assistant.process.model import Role
from assistant.redesign.detectors.causes import cause_of, placed, spoken, waits
from assistant.redesign.practices.base import Draft, Practice, at, estimate, fixed, fresh, shorter_wait
from assistant.redesign.practices.told import fewer_desks, inform_instead, keep_the_case, name_one
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import CLERICAL, SAME, alike, is_control, listed, no_value, says

TRACKING_MINUTES = 10
OWNER = "case_owner"


def same_person(view: View, finding: Finding) -> Draft | None:
    """Whoever had the case takes it back, and takes the whole case along."""
    edits: list[Edit] = []
    pairs = []
    for places in finding.details.get("returns", {}).values():
        for later in places[1:]:
            task = view.tasks.get(later)
            if task is None or places[0] not in view.tasks or later in view.protection.reasons:
                continue
            edits.append(
                SetValue(id=later, field="same_performer_as", value=places[0], why="one person keeps the case")
            )
            pairs.append(later)
    if not edits:
        return None
    roles = sorted({view.name_of(view.tasks[name].role) for name in pairs})
    return Draft(
        f"Let the same person of {listed(roles)} keep a case from the first to the last step",
        (*finding.elements,),
        tuple(edits),
        (
            Evidence(
                "no time is claimed: a person who knows the case needs less of it, how much is not known",
                None,
                "",
                "computed",
            ),
        ),
        ("Arrange cover for absence.",),
    )


def name_owner(view: View, finding: Finding) -> Draft | None:
    """A step nobody has: the teller may just not have said who, so it is asked; nothing is sized on it."""
    found = [view.tasks[name] for name in finding.elements if name in view.tasks]
    found = [task for task in found if not no_value(task)]
    if not found:
        return None
    names = listed([f"“{task.name}”" for task in found], 6)
    return Draft(
        f"Name one role for {names}",
        tuple(task.id for task in found),
        doubt=f"Who does {names}? If really nobody is named for it, who could be?",
    )


def one_accountable(view: View, finding: Finding) -> Draft | None:
    """Of the departments that share a task one answers for it."""
    task = view.tasks.get(finding.elements[0])
    named = tuple(finding.details.get("accountable", ()))
    if task is None:
        return None
    one = task.role or (named[0] if named else None)
    if one is None:
        return None
    return Draft(
        f"Let {view.name_of(one)} alone answer for {task.name}",
        (task.id,),
        (SetValue(id=task.id, field="accountable", value=[one], why="one role answers, others may work along"),),
        (),
        (
            "A decision that must be made together (a credit committee) stays together.",
            "If each has a part of its own, make it two steps; who does which part is not known.",
        ),
    )


def owned_handover(view: View, finding: Finding) -> Draft | None:
    """The step that receives gets an owner and a promised time to pick the case up."""
    step = view.steps.get(finding.elements[0])
    if not isinstance(step, Task | Wait) or finding.details.get("cause") not in ("transfer", "other"):
        return None
    if finding.details.get("cause") == "other":
        return _why_lying(view, step, finding)
    edits, figures = shorter_wait(
        view, step, view.settings.wait_left, "an owner and a promised time for picking the case up"
    )
    if not edits:
        return None
    if guessed(view, step):
        return _why_lying(view, step, finding)
    named = isinstance(step, Wait) and spoken(view, step.id) == step.name
    what = f"the time {placed(view, step.id)}" if named else f"the handover to {spoken(view, step.id)}"
    owner: tuple[Edit, ...] = ()
    if isinstance(step, Task) and step.role and not step.accountable:
        owner = (SetValue(id=step.id, field="accountable", value=[step.role], why="one role answers for the handover"),)
    return Draft(
        f"Let one role answer for {what}, with a promised time",
        (step.id,), (*owner, *edits), figures,
        ("Nobody is to work faster: the time saved is waiting. How much of it falls away is an estimate.",),
        enablers=("E02",),
    )  # fmt: skip


def _why_lying(view: View, step: Task | Wait, finding: Finding) -> Draft:
    """Nobody said why cases lie there: that is asked, and no saving is put in its place."""
    lying = humane(float(finding.details.get("seconds", 0.0)))
    if why := at(finding.details, "why"):
        return Draft(f"Do away with what is waited for {placed(view, step.id)}", (step.id,),
                     doubt=f"Cases wait {lying} {placed(view, step.id)} because “{why}”: could that be known, there or "
                           "settled before, so that nobody waits for it?")  # fmt: skip
    return Draft(f"Shorten the wait {placed(view, step.id)}", (step.id,),
                 doubt=f"Why do cases wait {lying} {placed(view, step.id)}: is the time prescribed or agreed, "
                       "does somebody else have to act first, or does the case just lie?")  # fmt: skip


def guessed(view: View, step: Task | Wait) -> bool:
    """Whether the cause of a wait is our reading alone, so that no saving can be sized on it."""
    return cause_of(view, step)[1]


def owned_handovers(view: View, finding: Finding) -> Draft | None:
    """Where the waiting is spread over many handovers, each gets an owner and a promised time."""
    lying = [wait for wait in waits(view) if wait.cause == "transfer" and not wait.guessed]
    lying = [wait for wait in lying if isinstance(wait.step, Task | Wait)]
    lying = [wait for wait in lying if wait.step.id in finding.elements and wait.step.id not in view.protection.reasons]
    lying = [wait for wait in lying if not {(wait.step.id, "wait"), (wait.step.id, "duration")} & view.changed]
    if len(lying) < 2:
        return None
    edits: list[Edit] = []
    figures: list[Evidence] = []
    for wait in lying:
        if isinstance(wait.step, Task | Wait):
            note = "an owner and a promised time for picking the case up"
            more, told = shorter_wait(view, wait.step, view.settings.wait_left, note)
            edits.extend(more)
            figures.extend(told)
            if more and isinstance(wait.step, Task) and wait.step.role and not wait.step.accountable:
                edits.append(
                    SetValue(id=wait.step.id, field="accountable", value=[wait.step.role], why="answers for it")
                )
    if not edits:
        return None
    return Draft(
        f"Let one role answer for each of {len(lying)} handovers, with a promised time: to "
        f"{listed([spoken(view, wait.step.id) for wait in lying], 3)}",
        tuple(wait.step.id for wait in lying),
        tuple(edits),
        tuple(figures),
        ("Nobody is to work faster: the time saved is waiting. How much of it falls away is an estimate.",),
        enablers=("E02",),
    )


def case_owner(view: View, finding: Finding) -> Draft | None:
    """One role sees every case through: it is told where each case stands and moves it on."""
    if any(role.id.startswith(OWNER) for role in view.process.roles):
        return None
    lying = [wait for wait in waits(view) if wait.cause == "transfer" and not wait.guessed]
    lying = [wait for wait in lying if isinstance(wait.step, Task | Wait)]
    lying = [wait for wait in lying if wait.step.id not in view.protection.reasons]
    lying = [wait for wait in lying if not {(wait.step.id, "wait"), (wait.step.id, "duration")} & view.changed]
    lying = [wait for wait in lying if wait.share >= view.settings.worth]
    first = next((t for t in view.path_tasks if view.is_inside(t.role)), None)
    if first is None or (finding.kind != "no_case_owner" and not lying):
        return None
    unit = view.unit_of(first)
    owner = Role(id=fresh(view, "case owner"), name="Case owner", unit=unit, cost_per_hour=_usual_cost(view),
                 cost_basis=Basis.ESTIMATED)  # fmt: skip
    track = Task(
        id=fresh(view, "follow the case"),
        name="Follow the case and tell the customer",
        role=owner.id,
        work=fixed(TRACKING_MINUTES * 60, "estimate: ten minutes a case for following it"),
        accountable=(owner.id,),
        value_class="BVA",
        basis=Basis.ESTIMATED,
    )
    edits: list[Edit] = [
        PutRole(role=owner, why="one point of contact a case"),
        Insert(blocks=(track,), place=Place(after=first.id), why="the case has one who answers for it"),
    ]
    figures = [estimate(f"{TRACKING_MINUTES} minutes a case for following it", TRACKING_MINUTES, "min")]
    for wait in lying:
        if isinstance(wait.step, Task | Wait):
            more, told = shorter_wait(
                view, wait.step, view.settings.transfer_wait_left, "the case owner moves the case on"
            )
            edits.extend(more)
            figures.extend(told)
            if isinstance(wait.step, Task) and wait.step.role and not wait.step.accountable:
                edits.append(
                    SetValue(id=wait.step.id, field="accountable", value=[wait.step.role], why="one role answers")
                )
    if view.spots[first.id].sequence not in ("flow",):
        edits[1] = Insert(
            blocks=(track,), place=Place(into="flow", at="start"), why="the case has one who answers for it"
        )
    return Draft(
        "Name one case owner who sees each case through and moves it on",
        (OWNER, *(wait.step.id for wait in lying if hasattr(wait.step, "id"))),
        tuple(edits),
        tuple(figures),
        ("Nobody is to work faster: the time saved is waiting.",),
        enablers=("E02",),
        keeps_roles=False,
    )


def _usual_cost(view: View) -> float | None:
    rates = [role.cost_per_hour for role in view.process.roles if role.cost_per_hour and role.kind == "person"]
    return round(sum(rates) / len(rates), 2) if rates else None


def fewer_parties(view: View, finding: Finding) -> Draft | None:
    """The smallest part moves to the neighbour who has the case just before."""
    names = [name for name in finding.details.get("tasks", ()) if name in view.tasks]
    path = [task for task in view.path_tasks if view.is_inside(task.role)]
    sensitive = [name for name in names if view.tasks[name].judgement or view.tasks[name].legal_basis
                 or view.tasks[name].value_class == "VA" or view.tasks[name].physical]  # fmt: skip
    clerical = {n for n in names if says(view.tasks[n].name, CLERICAL) and not is_control(view.tasks[n])}
    for name in sorted(clerical - set(sensitive), key=lambda role: view.cost_share([role])):
        place = next((i for i, task in enumerate(path) if task.id == name), 0)
        if place == 0 or path[place - 1].role == path[place].role or path[place - 1].id in view.protection.reasons:
            continue
        task, giver = path[place], path[place - 1]
        title = f"Let {view.name_of(giver.role)} do {task.name} as well, one party less"
        if not _able(view, giver.role, task):
            return Draft(title, (name,), doubt=f"Could {view.name_of(giver.role)} do “{task.name}” as well, with the "
                         f"skills and rights it takes, or is {view.name_of(task.role)} needed for it?")  # fmt: skip
        edits: list[Edit] = [
            SetRole(ids=(name,), role=giver.role, why="who has the case just before keeps it for this step")
        ]
        figures: tuple[Evidence, ...] = ()
        if task.wait is not None and task.wait_cause in (None, "transfer"):
            more, figures = shorter_wait(view, task, 0.0, "the case is not handed over for this step any more")
            edits.extend(more)
        return Draft(
            title,
            (name,),
            tuple(edits),
            figures,
            (f"{view.name_of(task.role)} is asked only when something is unclear.",),
            keeps_roles=False,
        )
    return None


def _able(view: View, role: str | None, task: Task) -> bool:
    """Whether something says that a role can do a task: it stands in for it, works in its system, department or data,
    or does something alike already."""
    own = [owned for owned in view.tasks.values() if owned.role == role]
    if role in task.or_roles or any(own_task.system and own_task.system == task.system for own_task in own):
        return True
    unit = view.unit_of(task)
    made = {name for own_task in own for name in own_task.writes}
    here = getattr(view.roles.get(role or ""), "unit", None)
    return (unit is not None and unit == here) or bool(made & set(task.reads)) or any(
        alike(own_task.name, task.name) >= SAME for own_task in own
    )  # fmt: skip


def drop_bystanders(view: View, finding: Finding) -> Draft | None:
    """Parties that only look on hear of cases on request; those asked without need are informed."""
    task = view.tasks.get(finding.elements[0])
    idle = set(finding.details.get("idle", ()))
    if task is None:
        return None
    asked = [role for role in task.consulted if role in idle]
    return Draft(
        f"Stop asking and telling {listed([view.name_of(role) for role in sorted(idle)])} at {task.name}",
        (task.id,),
        (
            SetValue(id=task.id, field="consulted", value=[r for r in task.consulted if r not in idle]),
            SetValue(id=task.id, field="informed", value=[*(r for r in task.informed if r not in idle), *asked]),
        ),
        (),
        ("Those who were asked are informed from now on; they can object.",),
    )


H13 = Practice(
    "H13", "case assignment", "proposal", "other",
    {"ping_pong": same_person, "changing_hands": keep_the_case}, against=("H14",), small=True,
)  # fmt: skip
H16 = Practice(
    "H16", "split responsibilities", "proposal", "simplify",
    {"unowned_step": name_owner, "shared_responsibility": one_accountable, "white_space": owned_handover,
     "low_flow_efficiency": owned_handovers, "shared_duty": name_one, "to_and_fro": name_one,
     "long_wait": owned_handover}, small=True,
)  # fmt: skip
H17 = Practice(
    "H17", "customer teams", "hint", "other",
    asks="Is there a family of cases large enough for one team that handles them from start to end, and who would "
    "lead it?",
)  # fmt: skip
H18 = Practice(
    "H18", "numerical involvement", "proposal", "combine",
    {"many_parties": fewer_parties, "bystanders": drop_bystanders, "only_informed": inform_instead,
     "many_hands": fewer_desks}, against=("H19", "H21"), small=True,
)  # fmt: skip
H19 = Practice(
    "H19", "case manager", "proposal", "other",
    {"no_case_owner": case_owner, "low_flow_efficiency": case_owner, "white_space": case_owner,
     "long_wait": case_owner}, against=("H02",),
)  # fmt: skip
PRACTICES = (H13, H16, H17, H18, H19)
