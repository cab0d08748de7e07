"""The same data as three methods would lay it out: DMAIC's five gates, lean's look at waste, a backlog of stories."""

from __future__ import annotations

from assistant.handover.inputs import Inputs
from assistant.handover.needs import roles_at
from assistant.handover.shapes import Change, Control, Kpi, View
from assistant.handover.words import say
from assistant.process.figures import count, listed, share
from assistant.process.tree import tasks

MOST = 6
VALUE = {
    "VA": "Value for the customer", "BVA": "Needed by the business or the law", "NVA": "Neither: waste",
    None: "Not judged yet",
}  # fmt: skip


def views(
    inputs: Inputs, sheet: tuple[Kpi, ...], done: tuple[Change, ...], watch: tuple[Control, ...]
) -> tuple[View, ...]:
    """The three views."""
    return (_dmaic(inputs, sheet, done, watch), _lean(inputs), _backlog(inputs, sheet, done))


def _dmaic(inputs: Inputs, sheet: tuple[Kpi, ...], done: tuple[Change, ...], watch: tuple[Control, ...]) -> View:
    process = inputs.as_is
    customers = listed(tuple(customer.name for customer in process.customers)) if process.customers else "ask"
    define = (
        f"Process: {process.name}; starts with: {process.trigger or 'ask'}; owner: {process.owner or 'to be named'}",
        f"Customers: {customers}",
        f"Goal: {inputs.goal or process.purpose or 'ask'}",
    )
    measure = tuple(f"{kpi.name}: {say(kpi.baseline)} today ({kpi.baseline.basis})" for kpi in sheet)
    analyse = tuple(finding.title for finding in inputs.findings[:MOST])
    improve = tuple(change.title for change in done) or ("Nothing is recommended yet",)
    control = tuple(f"{control.kpi}: {control.chart}" for control in watch)
    return View(method="DMAIC", sections=(("Define", define), ("Measure", measure), ("Analyse", analyse),
                                          ("Improve", improve), ("Control", control)))  # fmt: skip


def _lean(inputs: Inputs) -> View:
    steps = tasks(inputs.as_is)
    value = tuple(
        f"{label}: {count(len(found), 'step')}, {listed([task.name for task in found])}"
        for key, label in VALUE.items()
        if (found := [task for task in steps if task.value_class == key])
    )
    wastes: dict[str, list[str]] = {}
    for finding in inputs.findings:
        if finding.waste and finding.waste != "none":
            told = f"{finding.title}" + (f" ({share(finding.share)} of {finding.share_of})" if finding.share else "")
            wastes.setdefault(finding.waste, []).append(told)
    seen = tuple((waste.capitalize(), tuple(told[:MOST])) for waste, told in wastes.items())
    return View(method="Lean", sections=(("Value of the steps", value), *seen))


def _backlog(inputs: Inputs, sheet: tuple[Kpi, ...], done: tuple[Change, ...]) -> View:
    aims = listed(tuple(kpi.name for kpi in sheet if not kpi.target.hold), 2)
    stories = []
    for rank, change in enumerate(done, 1):
        who = listed(roles_at(inputs.to_be, change.elements)) if roles_at(inputs.to_be, change.elements) else "the team"
        why = change.why[0] if change.why else aims
        lines = (f"For {who}: {change.title}", f"So that this no longer hurts: {why}")
        stories.append((f"{rank}. {change.practice}", (*lines, f"Done when: {_done(change, aims)}")))
    return View(method="Agile backlog", sections=tuple(stories) or (("Empty", ("Nothing is recommended yet",)),))


def _done(change: Change, aims: str) -> str:
    step = change.what[0].rstrip(".") if change.what else change.title
    return f"{step}, in every case of one week; {aims} moved the right way"
