"""Practices at the border to customers and partners: H01 control relocation, H02 contact reduction, H03 integration,
H29 interfacing."""

from __future__ import annotations

import re

from assistant.english.tables import classed
from assistant.process.blocks import Choice, Loop, Task, Wait
from assistant.process.durations import Basis, humane
from assistant.process.edits import Edit, Insert, Merge, Place, SetCondition, SetValue
from assistant.redesign.detectors.causes import ORDERS, acting, done_outside, placed
from assistant.redesign.practices.base import Draft, Practice, at, estimate, fixed, fresh, shorter_wait
from assistant.redesign.practices.told import entry_rule, fewer_contacts
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import listed, percent, says


def check_at_entry(view: View, finding: Finding) -> Draft | None:
    """A check by rule where the data come in, so that fewer cases come back."""
    loop, control = view.steps.get(at(finding.details, "loop")), view.tasks.get(at(finding.details, "control"))
    if control is not None and finding.details.get("branch"):
        return fewer_sent_back(view, finding)
    if not isinstance(loop, Loop) or control is None or loop.p is None:
        return None
    left = round(loop.p * (1 - view.settings.check_catches), 6)
    entry = _entry_check(view, control, str(finding.details.get("party") or "the sender"))
    edits: tuple[Edit, ...] = (
        Insert(blocks=(entry,), place=Place(before=loop.id), why="the data are checked where they come in"),
        SetCondition(id=loop.id, p=left, basis=Basis.ESTIMATED, why="most gaps are closed before the case arrives"),
    )
    return Draft(
        f"Let {finding.details.get('party') or 'the sender'} see at once what is missing, before {control.name}",
        (control.id, loop.id),
        edits,
        (estimate(f"sent back: {percent(loop.p)} becomes {percent(left)}, as the entry check is taken to find "
                  f"{percent(view.settings.check_catches)} of the gaps", left, "share"),),
        (f"{control.name} stays as it is, as a second look at what the entry check lets through.",),
        enablers=("E08", "E01"),
    )  # fmt: skip


def _entry_check(view: View, control: Task, party: str) -> Task:
    role = next(
        (outsider.id for outsider in view.process.roles if outsider.kind == "external" and outsider.name == party), None
    )
    return Task(
        id=fresh(view, "entry check"),
        name="Complete the form with checks",
        role=role,
        system="Entry form",
        automation="automatic",
        is_control=True,
        reads=control.reads,
        contact=party,
        work=fixed(60, "estimate: a minute more for the sender"),
        basis=Basis.ESTIMATED,
    )


def fewer_sent_back(view: View, finding: Finding) -> Draft | None:
    """The same where incomplete cases take a branch instead of a loop."""
    return _entry_before(view, finding, "sent back")


def refuse_less(view: View, finding: Finding) -> Draft | None:
    """The same where incomplete cases are refused instead of sent back."""
    return _entry_before(view, finding, "refused as incomplete")


def _entry_before(view: View, finding: Finding, what: str) -> Draft | None:
    control, name = view.tasks.get(at(finding.details, "control")), at(finding.details, "branch")
    choice = view.next_of(control.id) if control else None
    if control is None or not isinstance(choice, Choice) or len(choice.branches) != 2:
        return None
    other = next(branch for branch in choice.branches if branch.id != name)
    p = view.chance(choice, next(branch for branch in choice.branches if branch.id == name))
    left = round(p * (1 - view.settings.check_catches), 6)
    known = finding.details.get("party") or next((d.source for d in view.process.data if d.source), None)
    entry = _entry_check(view, control, str(known or "the sender"))
    return Draft(
        f"Check for completeness when the case comes in, before {control.name}",
        (control.id, choice.id),
        (
            Insert(
                blocks=(entry,), place=Place(into="flow", at="start"), why="the data are checked where they come in"
            ),
            SetCondition(id=name, p=left, basis=Basis.ESTIMATED),
            SetCondition(id=other.id, p=round(1 - left, 6), basis=Basis.ESTIMATED),
        ),
        (estimate(f"{what}: {percent(p)} becomes {percent(left)}", left, "share"),),
        enablers=("E08",),
    )


def combine_contacts(view: View, finding: Finding) -> Draft | None:
    """Neighbouring contacts with one party become one."""
    chain = _neighbours(view, [view.tasks[name] for name in finding.elements if name in view.tasks])
    if len(chain) < 2:
        return Draft(
            f"Combine the contacts with {finding.details.get('party')}",
            finding.elements,
            doubt=f"Could {listed([view.name_of(n) for n in finding.elements])} be asked of "
            f"{finding.details.get('party')} in one go? They stand apart in the process.",
        )
    first = chain[0]
    factor = view.settings.contact_work_left
    note = f"one contact instead of {len(chain)}: {percent(factor)} of the work is left (estimate)"
    total = sum(view.work_of(task) for task in chain)
    longest = max(chain, key=view.wait_of)
    merged = first.model_copy(
        update={
            "name": _joined(first.name, finding),
            "reads": _union(chain, "reads"),
            "writes": _union(chain, "writes"),
            "work": None,
            "setup": None,
            "wait": longest.wait,
            "wait_cause": longest.wait_cause,
            "error_rate": _either(chain),
            "basis": Basis.ESTIMATED,
        }
    )
    merged = Task.model_validate({**merged.model_dump(by_alias=True), "work": fixed(total * factor, note)})
    edits: tuple[Edit, ...] = (Merge(ids=tuple(task.id for task in chain), task=merged, why=note),)
    return Draft(
        f"Approach {finding.details.get('party')} once instead of {len(chain)} times",
        tuple(task.id for task in chain),
        edits,
        (estimate(f"the work {humane(total)} becomes {humane(total * factor)}: {note}", total * factor, "s"),),
        enablers=("E08", "E02"),
    )


def _joined(name: str, finding: Finding) -> str:
    return f"{name} and settle all open points with {finding.details.get('party')}"[:200]


def _neighbours(view: View, chain: list[Task]) -> list[Task]:
    """The longest run of direct neighbours by one role among the tasks."""
    best: list[Task] = []
    run: list[Task] = []
    for task in chain:
        follows = run and view.next_of(run[-1].id) is task and run[-1].role == task.role
        run = [*run, task] if follows else [task]
        best = run if len(run) > len(best) else best
    return best


def _union(chain: list[Task], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for task in chain for name in getattr(task, field)))


def _either(chain: list[Task]) -> float | None:
    rates = [task.error_rate for task in chain if task.error_rate]
    good = 1.0
    for rate in rates:
        good *= 1 - rate
    return round(1 - good, 6) if rates else None


def answer_sooner(view: View, finding: Finding) -> Draft | None:
    """One complete request with a date, where we ask; what others do in their own time is a question, not a promise."""
    step = view.steps.get(finding.elements[0])
    if not isinstance(step, Task | Wait) or finding.details.get("cause") != "external":
        return None
    party = acting(view, step) or "the other side"
    if not _asking(view, step):
        return Draft(f"Shorten the wait {placed(view, step.id)}", (step.id,), doubt=_what_of_them(view, step, party))
    left = view.settings.external_wait_left
    edits, figures = shorter_wait(view, step, left, "one complete request with a date and a reminder")
    if not edits:
        return None
    missed = any(each.kind == "not_reached" and each.sure and step.id in each.elements for each in view.process.remarks)
    return Draft(
        f"Agree the time of {view.name_of(step.id)} beforehand, with a reminder" if missed
        else f"Ask {party} once, completely, with an agreed date and a reminder: {view.name_of(step.id)}",
        (step.id,), edits, figures,
        (f"{party} decides how soon it answers, so little is claimed: agree the date with them first.",
         "Ask as early as possible, so that the wait runs beside your own work."), enablers=("E08",),
    )  # fmt: skip


ASKING = classed("judging", "asking")
DUE = re.compile(r"\b(pay|paid|payment|transfer the)", re.I)
GOODS = re.compile(r"\b(order|deliver|ship|transport|goods|courier|rest|parts|arriv|material)", re.I)


def _asking(view: View, step: Task | Wait) -> bool:
    """Whether the step is a request of the house to somebody outside: ours to word, to date and to remind of."""
    return isinstance(step, Task) and not done_outside(view, step) and says(step.name, ASKING - ORDERS)


def _what_of_them(view: View, step: Task | Wait, party: str) -> str:
    """What to ask about a wait for others, by what they do: pay, deliver, or answer."""
    name, lasts = view.name_of(step.id), humane(view.wait_of(step))
    if DUE.search(name):
        return f"“{name}” takes {lasts}: is that the agreed term, and would a shorter one be worth its price?"
    if GOODS.search(name):
        return (
            f"“{name}” takes {lasts}: is there a faster service or a stock of your own, what would it cost, and what "
            "can go on meanwhile?"
        )
    return (
        f"Cases wait {lasts} {placed(view, step.id)}, which depends on {party}: could it be arranged as soon as the "
        "case comes in, so that the wait runs beside your own work, or be known already?"
    )


def one_channel(view: View, finding: Finding) -> Draft | None:
    """One way in for most cases; the others stay, assisted, for those who cannot use it."""
    choice = view.steps.get(at(finding.details, "choice"))
    task = view.tasks.get(finding.elements[0])
    if task is not None and (task.channels or finding.details.get("told")):
        return Draft(
            f"Take cases for {task.name} in over one form",
            (task.id,),
            (SetValue(id=task.id, field="channels", value=["one form, with help for those who need it"],
                      why="one channel and format"),
             SetValue(id=task.id, field="digital_input", value=True, why="the form gives structured data")),
            (), ("Only the way in changes; no time is claimed.",), enablers=("E03", "E02"),
        )  # fmt: skip
    if not isinstance(choice, Choice):
        return None
    rated = {b.id: next((s.error_rate or 0.0 for s in b.do.items if isinstance(s, Task)), 0.0) for b in choice.branches}
    best = min(choice.branches, key=lambda b: (rated[b.id], sum(view.work_of(s) for s in b.do.items)))
    stay = 0.3
    edits: list[Edit] = []
    figures = []
    moved = 0.0
    for branch in choice.branches:
        if branch.id != best.id:
            p = view.chance(choice, branch)
            moved += p * (1 - stay)
            edits.append(SetCondition(id=branch.id, p=round(p * stay, 6), basis=Basis.ESTIMATED))
            figures.append(
                estimate(f"{branch.when or branch.id}: {percent(p)} becomes {percent(p * stay)}", p * stay, "share")
            )
    total = round(view.chance(choice, best) + moved, 6)
    edits.append(SetCondition(id=best.id, p=total, basis=Basis.ESTIMATED))
    return Draft(
        f"Make '{best.when or 'one channel'}' the usual way in; help those who cannot use it",
        finding.elements,
        tuple(edits),
        (
            *figures,
            estimate(
                f"{best.when or best.id}: {percent(total)} (seven in ten of the others move, an estimate)",
                total,
                "share",
            ),
        ),
        enablers=("E02", "E03", "E08"),
    )


H01 = Practice(
    "H01", "control relocation", "proposal", "simplify",
    {"returned_to_supplier": check_at_entry, "refused_as_incomplete": refuse_less, "error_at_source": entry_rule},
)  # fmt: skip
H02 = Practice(
    "H02", "contact reduction", "proposal", "combine",
    {"repeated_contacts": combine_contacts, "many_contacts": fewer_contacts, "long_wait": answer_sooner},
    against=("H19",), small=True,
)  # fmt: skip
H03 = Practice(
    "H03", "integration", "hint", "other",
    asks="Could {party} send what is typed in at {elements} in a form your system can take, and do enough cases come "
    "from there?",
)  # fmt: skip
H29 = Practice(
    "H29", "interfacing", "proposal", "simplify",
    {"many_channels": one_channel},
)  # fmt: skip
PRACTICES = (H01, H02, H03, H29)
