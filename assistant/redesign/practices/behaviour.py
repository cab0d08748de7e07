"""Practices on the order of work: H09 resequencing, H10 parallelism, H11 knock-out, H12 exception."""

from __future__ import annotations

from assistant.process.durations import humane
from assistant.process.edits import Edit, Move, Parallelise, Place
from assistant.redesign.practices.base import Draft, Practice, at, fresh
from assistant.redesign.practices.operation import exception_path
from assistant.redesign.practices.told import earlier_check, later, own_queue
from assistant.redesign.shapes import COMPUTED, Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import listed


def only_where_needed(view: View, finding: Finding) -> Draft | None:
    """The step moves onto the branch that uses it."""
    task, branch = view.tasks.get(finding.elements[0]), at(finding.details, "branch")
    if task is None or not branch:
        return None
    when = next((b.when for s in view.steps.values() for b in getattr(s, "branches", ()) if b.id == branch), None)
    return Draft(
        f"Do {task.name} only where it is needed: {when or branch}",
        finding.elements,
        (Move(ids=(task.id,), place=Place(into=branch, at="start"), why=finding.title),),
        (Evidence("no time is changed; fewer cases come through it", None, "", COMPUTED),),
    )


def next_to_sibling(view: View, finding: Finding) -> Draft | None:
    """The step moves next to the one in the same system."""
    name, after = at(finding.details, "move"), at(finding.details, "after")
    if name not in view.tasks or after not in view.tasks:
        return None
    edits: tuple[Edit, ...] = (Move(ids=(name,), place=Place(after=after), why=finding.title),)
    return Draft(f"Do {view.name_of(name)} right after {view.name_of(after)}, in the same system", (name, after), edits)


def at_once(view: View, finding: Finding) -> Draft | None:
    """Independent neighbours run at the same time."""
    names = tuple(name for name in finding.elements if name in view.tasks)
    if len(names) < 2:
        return None
    times = sorted(view.work_of(view.tasks[n]) + view.wait_of(view.tasks[n]) for n in names)
    told = Evidence(
        f"no time of a step is changed; the steps take {humane(sum(times))} in a row, the longest {humane(times[-1])}. "
        "What that saves is simulated, because the mean of the longest is more than the longest mean",
        None, "", COMPUTED,
    )  # fmt: skip
    return Draft(
        f"Do {listed([view.name_of(name) for name in names])} at the same time",
        names,
        (Parallelise(groups=tuple((name,) for name in names), id=fresh(view, "at the same time"), why=finding.title),),
        (told,),
    )


def reorder_checks(view: View, finding: Finding) -> Draft | None:
    """Checks run by ascending effort over chance of refusal, the best order of independent checks."""
    order = [name for pair in finding.details.get("order", ()) for name in pair]
    if not order or any(name not in view.spots for name in order):
        return None
    tasks = [name for name in order if name in view.tasks]
    if not finding.details.get("known"):
        return Draft("Run the checks in another order", finding.elements,
                     doubt=f"Can {listed([view.name_of(n) for n in tasks])} be done in any order? "
                           "What each of them needs is not known.")  # fmt: skip
    row = view.rows[view.spots[order[0]].sequence]
    first = min(view.spots[name].position for name in order)
    address = view.spots[order[0]].sequence
    place = Place(after=row.items[first - 1].id) if first else Place(into=address, at="start")
    names = [view.name_of(name) for name in tasks]
    return Draft(
        f"Check in the order {', then '.join(names)}",
        finding.elements,
        (Move(ids=tuple(order), place=place, why="least effort a refusal first"),),
        (Evidence("no time is changed; cases that are refused are refused with less effort", None, "", COMPUTED),),
        ("Every check stays; running them at the same time would be quicker but wastes effort on refused cases.",),
    )


def earlier(view: View, finding: Finding) -> Draft | None:
    """A check that refuses moves to the first place where what it needs is there."""
    names = tuple(finding.details.get("move", ()))
    before = at(finding.details, "before")
    if not names or before not in view.spots or any(name not in view.spots for name in names):
        return None
    task = view.name_of(names[0])
    if not finding.details.get("known"):
        return Draft(f"Do {task} earlier", finding.elements,
                     doubt=f"Could {task} be done before {view.name_of(before)}? "
                           "What it needs is not known.")  # fmt: skip
    return Draft(
        f"Do {task} before {view.name_of(before)}, so that refused cases cost less",
        finding.elements,
        (Move(ids=names, place=Place(before=before), why=finding.title),),
        (Evidence("no time is changed; refused cases leave earlier", None, "", COMPUTED),),
    )


def after_the_check(view: View, finding: Finding) -> Draft | None:
    """Work that a refusal makes useless waits for the check."""
    names = tuple(finding.details.get("postpone", ()))
    after = at(finding.details, "after")
    if not names or after not in view.spots or any(name not in view.spots for name in names):
        return None
    told = listed([view.name_of(name) for name in names])
    return Draft(
        f"Do {told} only after {view.name_of(finding.elements[0])}",
        finding.elements,
        (Move(ids=names, place=Place(after=after), why=finding.title),),
        (Evidence("no time is changed; it is not done for refused cases", None, "", COMPUTED),),
    )


H09 = Practice(
    "H09", "resequencing", "mechanical", "simplify",
    {"needed_on_one_branch": only_where_needed, "set_up_twice": next_to_sibling, "work_ahead": later}, small=True,
)  # fmt: skip
H10 = Practice(
    "H10", "parallelism", "mechanical", "other",
    {"independent_in_row": at_once}, against=("H11",), small=True,
)  # fmt: skip
H11 = Practice(
    "H11", "knock-out", "mechanical", "simplify",
    {"knockout_order": reorder_checks, "late_knockout": earlier, "work_before_check": after_the_check,
     "work_ahead": earlier_check}, against=("H10",), small=True,
)  # fmt: skip
H12 = Practice(
    "H12", "exception", "proposal", "other",
    {"exception_in_main_flow": exception_path, "held_up_by_few": own_queue}, against=("H08",), small=True,
)  # fmt: skip
PRACTICES = (H09, H10, H11, H12)
