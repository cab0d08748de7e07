"""Practices with software and others: H25 automation, H26 integral technology, H27 trusted party, H28 outsourcing."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.english.tables import any_of, classed
from assistant.process.blocks import Sequence, Task
from assistant.process.durations import Basis
from assistant.process.edits import Delete, Edit, PutRole, SetValue, WrapInChoice
from assistant.process.model import Role
from assistant.redesign.practices.base import Draft, Practice, at, estimate, fresh, from_library, scaled, unfound
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import by_body, is_control, percent, says


def automate(view: View, finding: Finding) -> Draft | None:
    """Software does the usual cases, people the exceptions; or software drafts and people review."""
    task = view.tasks.get(finding.elements[0])
    if task is None or task.work is None or by_body(task):
        return None
    if finding.kind == "rekeyed_document":
        return _no_retyping(view, task, finding)
    return _draft(view, task) if finding.kind == "draftable" else _by_rule(view, task)


def _no_retyping(view: View, task: Task, finding: Finding) -> Draft | None:
    """Data that exist are taken over instead of typed again; where they come on paper from outside, it is asked."""
    maker = view.tasks.get(at(finding.details, "maker")) or _written_by_hand(view, task, finding)
    if maker is not None and by_hand(maker):
        return _write_once(view, task, maker)
    on_paper = task.digital_input is False or task.medium in ("paper", "fax") or _reads_paper(view, task, finding)
    few = view.yearly is not None and view.yearly * view.rates[task.id] < view.settings.automation_volume
    if (on_paper and maker is None) or few:
        why = "comes too seldom for software to pay by itself" if few else "reads from paper"
        doubt = f"“{task.name}” {why}: could the sender fill in a form or send a file, so that nobody types it again?"
        return Draft(f"Do without typing: {task.name}", (task.id,), doubt=doubt)
    found = _by_rule(view, task, RETYPING_LEFT_TO_PEOPLE)
    if found is None:
        return None
    source = f"where {maker.name} makes them" if maker else "from what comes in"
    return replace(
        found,
        title=f"Take the data over {source} instead of typing them: {task.name}",
        notes=(*found.notes, "Try it on a sample first: how many can be read without a person decides."),
    )


def _written_by_hand(view: View, task: Task, finding: Finding) -> Task | None:
    """The earlier step of the house, told beside the typing, in which the same was written by hand."""
    near = [view.tasks[name] for name in finding.elements if name in view.tasks and name != task.id]
    before = [
        earlier for earlier in near
        if view.order[earlier.id] < view.order[task.id] and view.is_inside(earlier.role) and by_hand(earlier)
    ]  # fmt: skip
    return max(before, key=lambda earlier: view.order[earlier.id], default=None)


def by_hand(task: Task) -> bool:
    """Whether a step writes something down on paper."""
    return says(task.name, WRITING) and (task.medium == "paper" or bool(_ON_PAPER.search(task.name)))


def _write_once(view: View, task: Task, maker: Task) -> Draft | None:
    """What the house itself writes on paper and types afterwards is typed at once, where it is written."""
    if is_control(task) or task.id in view.protection.reasons or maker.id in view.protection.reasons:
        return None
    what = f"written once, at “{maker.name}”"
    return Draft(
        f"Write it once, straight into the program at {maker.name}, instead of {task.name}",
        (task.id, maker.id),
        (SetValue(id=maker.id, field="medium", value="system", why=what), Delete(ids=(task.id,), why=what),
         *unfound(view, task)),
        (estimate("the typing falls away; writing takes as long as on paper (estimate)", 0, "s"),),
        ("A tablet, a laptop or a form on the telephone has to be at hand there.", "Try it for ten cases first."),
        caught=(), enablers=("E03",),
        assumes=f"whoever does “{maker.name}” can have a device there, and writing takes no longer than on paper",
    )  # fmt: skip


WRITING = classed("judging", "notes-down")
_ON_PAPER = re.compile(rf"\b{any_of('on-paper')}\b", re.IGNORECASE)
_AS_DATA = re.compile(r"\b(?:e-?mails?|mailbox|inbox|portal|online|spreadsheet|excel|website)\b", re.IGNORECASE)
"""Where most comes in so and a few by fax, there is something to take over."""


def _reads_paper(view: View, task: Task, finding: Finding) -> bool:
    """Whether the words in which it was told, or those right before, say that what is typed stands on paper."""
    told = [quote.text for quote in finding.quotes]
    if task.span is not None:
        told += re.split(r"(?<=[.!?])\s", view.story[: task.span.end])[-2:]
    return any(_ON_PAPER.search(words) for words in told) and not any(_AS_DATA.search(words) for words in told)


def _draft(view: View, task: Task) -> Draft | None:
    left = view.settings.draft_work_left
    note = f"{percent(left)} of the work is left when software drafts (library figure, not measured here)"
    if task.work is None:
        return None
    return Draft(
        f"Let software make the first draft of {task.name}; people review it",
        (task.id,),
        (
            SetValue(id=task.id, field="automation", value="assisted", why="a draft, reviewed by a person"),
            SetValue(id=task.id, field="work", value=scaled(task.work, left, note, Basis.LIBRARY), why=note),
        ),
        (from_library(f"the work times {left:g}: {note}", left, "ratio"),),
        ("What it costs to build and run is not in the figures.", "Nothing goes out without review."),
        enablers=("E06",),
    )


RETYPING_LEFT_TO_PEOPLE = 0.3
"""Share of cases taken to need a person still when data are taken over from mails, forms or another system."""


def _by_rule(view: View, task: Task, exceptions: float = 0.1) -> Draft | None:
    if task.work is None:
        return None
    left = view.settings.automation_work_left
    rare = task.exception_rate if task.exception_rate is not None else exceptions
    note = f"{percent(left)} of the work, as time of the software (library figure, not measured here)"
    software = Role(id=fresh(view, "software"), name="Software", kind="system")
    known = next((role for role in view.process.roles if role.kind == "system" and role.name == "Software"), None)
    role: tuple[Edit, ...] = (
        () if known else (PutRole(role=software, why="what the software does is seen and counted"),)
    )
    auto = Task.model_validate(
        {
            **task.model_dump(by_alias=True),
            "id": fresh(view, f"{task.id} by software"),
            "name": f"{task.name[:180]} (usual cases)",
            "role": known.id if known else software.id,
            "or_roles": (),
            "with_roles": (),
            "work": scaled(task.work, left, note, Basis.LIBRARY),
            "setup": None,
            "automation": "automatic",
            "error_rate": _errors_left(task, exceptions),
            "basis": Basis.ESTIMATED,
        }
    )
    how = "stated" if task.exception_rate is not None else "taken"
    wrap = WrapInChoice(
        ids=(task.id,),
        id=fresh(view, f"exception {task.id}"),
        question="Exception or doubt?",
        when="exception or doubt",
        p=rare,
        otherwise=Sequence(items=(auto,)),
        otherwise_when="usual case",
        basis=task.basis if task.exception_rate is not None else Basis.ESTIMATED,
        why="people keep the exceptions",
    )
    return Draft(
        f"Let software do {task.name}; people keep the exceptions",
        (task.id,),
        (*role, wrap),
        (from_library(f"the work times {left:g}: {note}", left, "ratio"),
         from_library(f"exceptions {how} as {percent(rare)}", rare, "share"),
         *_fewer_errors(task, exceptions)),
        ("What it costs to build and run is not in the figures.", "Keep a log and a way to overrule the software."),
        enablers=("E01", "E03", "E04"),
        keeps_roles=False,
    )  # fmt: skip


def _errors_left(task: Task, exceptions: float) -> float | None:
    """Errors left where data are taken over instead of typed: half of today's; of other work, as many as today."""
    typed = exceptions == RETYPING_LEFT_TO_PEOPLE
    return round(task.error_rate / 2, 6) if typed and task.error_rate else task.error_rate


def _fewer_errors(task: Task, exceptions: float) -> tuple[Evidence, ...]:
    left = _errors_left(task, exceptions)
    if left is None or left == task.error_rate:
        return ()
    told = f"errors where nobody types any more: {percent(task.error_rate or 0)} becomes {percent(left)}, half of it"
    return (estimate(f"{told} (estimate)", left, "share"),)


H25 = Practice(
    "H25", "activity automation", "proposal", "automate",
    {"automatable": automate, "draftable": automate, "rekeyed_document": automate, "routine_by_hand": automate},
    against=("H04",),
)  # fmt: skip
H26 = Practice(
    "H26", "integral technology", "hint", "automate",
    asks="Could {elements} work on one shared record instead of {medium}, and what would that cost?",
)  # fmt: skip
H27 = Practice(
    "H27", "trusted party", "hint", "eliminate",
    asks="May the certificate{certificate} stand in for {elements}, and who would be liable?",
)  # fmt: skip
H28 = Practice(
    "H28", "outsourcing", "hint", "other",
    asks="Would a specialist do {elements} as well for less, and may the data leave the house?",
)  # fmt: skip
PRACTICES = (H25, H26, H27, H28)
