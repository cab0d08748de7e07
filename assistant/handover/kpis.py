"""The KPI sheet: at most seven measures, each with formula, baseline, target, reason, owner, source and cadence.

The formulas are those of the field (median elapsed time, ratio of sums for flow efficiency, share of units that leave
right the first time), so that they mean the same in every process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from assistant.handover.context import context
from assistant.handover.firm_size import is_small
from assistant.handover.inputs import Inputs, estimate_of
from assistant.handover.roles import is_outside, lead_of, owner_of
from assistant.handover.shapes import Dimension, Figure, Kpi, Target
from assistant.handover.targets import Aim, Need, measure_seconds, target, time_need
from assistant.process.blocks import End, Loop
from assistant.process.durations import humane
from assistant.process.figures import amount, listed
from assistant.process.model import Measure, Process
from assistant.process.tree import tasks, walk
from assistant.redesign.estimates import priced, resting
from assistant.simulation.relief import unsettled

if TYPE_CHECKING:
    from assistant.simulation.results import Result

MOST, FEW = 7, 3
FLAWLESS, APART, MOSTLY = 0.9995, 0.2, 0.5
CYCLE_WORDS = ("cycle", "lead", "throughput", "turnaround")
UNTOLD = {
    "time": ("cycle_time", "no time was told: measure before the pilot"),
    "quality": ("right_first_time", "how many cases go right the first time nobody told: count it before the trial"),
    "customer": ("promise", "no time was told: measure before the pilot"),
}
NOBODY = Need(None, "Nobody has said what is needed: ask")


class Spec(NamedTuple):
    """A measure as the dictionary defines it; `read` takes its figure from a simulation (None: it has none)."""

    id: str
    name: str
    dimension: Dimension
    formula: str
    unit: str
    lower: bool
    drives: str
    read: Callable[[Result | None, Process], Figure | None]


def kpis(inputs: Inputs) -> tuple[Kpi, ...]:
    """The sheet for the redesign: time, quality and customer always, cost and more where there are figures."""
    sheet = [kpi for spec in _specs(inputs) if (kpi := _kpi(spec, inputs)) is not None]
    sheet += [_stated(measure, inputs) for measure in _other_measures(inputs.as_is)]
    for dimension, (key, what) in UNTOLD.items():
        if not any(kpi.dimension == dimension for kpi in sheet):
            spec = next(spec for spec in _specs(inputs) if spec.id == key)
            sheet.append(_unknown(spec, inputs, what))
    return _fit(sheet, FEW if is_small(inputs) else MOST)


def _fit(sheet: list[Kpi], most: int) -> tuple[Kpi, ...]:
    """At most `most`, with at least one for time, quality and customer; those with a figure come first."""
    kept: list[Kpi] = []
    for dimension in ("time", "quality", "customer"):
        kept += [kpi for kpi in sheet if kpi.dimension == dimension][:1]
    kept += [kpi for kpi in sheet if kpi not in kept][: most - len(kept)]
    return tuple(sorted(kept, key=sheet.index))


def lint(sheet: tuple[Kpi, ...]) -> tuple[str, ...]:
    """What is wrong with a sheet of measures: too many, none for a dimension, a name twice, an empty field."""
    found = [f"{len(sheet)} measures are more than people act on; keep {MOST}."] if len(sheet) > MOST else []
    for dimension in ("time", "quality", "customer"):
        if not any(kpi.dimension == dimension for kpi in sheet):
            found.append(f"No measure for {dimension}.")
    names = [kpi.name for kpi in sheet]
    found += [f"“{name}” stands there twice." for name in dict.fromkeys(names) if names.count(name) > 1]
    for kpi in sheet:
        empty = tuple(
            name for name, field in Kpi.model_fields.items() if field.is_required() and not getattr(kpi, name)
        )
        if empty:
            found.append(f"“{kpi.name}” lacks {listed(empty)}.")
    return tuple(found)


# --- the dictionary ---------------------------------------------------------------------------------------------------


def _specs(inputs: Inputs) -> list[Spec]:
    currency = inputs.as_is.currency
    return [
        Spec(
            "cycle_time", "How long a case takes (median)", "time",
            "Median over the cases closed in the period of: moment the case ends − moment it starts "
            "(nights and weekends included); shown with the 90th percentile and the number of cases",
            "s", True, "Led by waiting and by work done again; leads what the customer can be promised", _cycle,
        ),
        Spec(
            "promise", "Time nine of ten cases stay within", "customer",
            "90th percentile over the cases closed in the period of: moment the case ends − moment it starts",
            "s", True, "What may be promised to a customer; led by how long a case takes and how that varies", _promise,
        ),
        Spec(
            "right_first_time", "Right first time", "quality",
            "Cases closed in the period with no step done again because of an error or something missing "
            "÷ cases closed in the period",
            "share", False, "Leads how long a case takes and what it costs", _right_first_time,
        ),
        Spec(
            "error_free", "Error-free cases", "quality",
            "Cases closed in the period without an error found later ÷ cases closed in the period (sampled by a check)",
            "share", False, "The guard of every gain in speed", _error_free,
        ),
        Spec(
            "flow_efficiency", "Part of the time in which somebody works on the case", "time",
            "Sum of the time worked on the cases closed in the period ÷ sum of the times they took (a ratio of sums)",
            "share", False, "Led by queues and waits for others; leads how long a case takes", _flow_efficiency,
        ),
        Spec(
            "cost_per_case", "Cost per case", "cost",
            "Sum of hours worked × hourly rate + direct costs of the period ÷ cases closed in the period",
            currency, True, "Led by the time worked and by work done again", _cost,
        ),
        Spec(
            "good_ends", "Cases with a good outcome", "customer",
            "Cases closed in the period with an outcome the customer wanted ÷ cases closed in the period",
            "share", False, "Led by complete and correct information at the start", _good_ends,
        ),
    ]  # fmt: skip


def _from(estimate: object, unit: str, text: str, at: str = "mean") -> Figure | None:
    """A simulated measure as a figure; the interval belongs to the mean only."""
    value = getattr(estimate, at, None)
    if value is None:
        return None
    bounds = (getattr(estimate, "low", None), getattr(estimate, "high", None)) if at == "mean" else (None, None)
    return Figure(value=value, low=bounds[0], high=bounds[1], unit=unit, basis="computed", source=text)


def _cycle(result: Result | None, _: Process) -> Figure | None:
    estimate = estimate_of(result, "cycle_time")
    spread = f"simulated; mean {humane(estimate.mean)}" if estimate else "simulated"
    return _from(estimate, "s", spread, "p50")


def _promise(result: Result | None, _: Process) -> Figure | None:
    return _from(estimate_of(result, "cycle_time"), "s", "simulated", "p90")


def _right_first_time(result: Result | None, process: Process) -> Figure | None:
    rework = estimate_of(result, "rework")
    again = any(isinstance(step, Loop) and step.p for step in walk(process))
    mistakes = any(task.error_rate for task in tasks(process))
    if rework is None or not (again or (mistakes and rework.mean)):
        return None  # where nothing finds mistakes nothing is done again: how many are right is not known
    if 1 - rework.mean >= FLAWLESS and process.remarks:
        return None  # what was told of faults is not in the play: a hundred percent would be its own invention
    return Figure(value=1 - rework.mean, low=1 - rework.high, high=1 - rework.low, unit="share", basis="computed",
                  source="simulated")  # fmt: skip


def _error_free(result: Result | None, process: Process) -> Figure | None:
    if not any(task.error_rate for task in tasks(process)):
        return None
    found = _from(estimate_of(result, "error_free"), "share", "simulated")
    return found if found and (found.value or 0) < FLAWLESS else None  # nothing known leaves an error in the play


def _flow_efficiency(result: Result | None, _: Process) -> Figure | None:
    return _from(estimate_of(result, "flow_efficiency"), "share", "simulated")


def _cost(result: Result | None, process: Process) -> Figure | None:
    estimate = estimate_of(result, "cost_per_case")
    if estimate is None or not estimate.mean:
        return None
    return _from(estimate, process.currency, "simulated")


def _good_ends(result: Result | None, process: Process) -> Figure | None:
    negative = {step.outcome for step in walk(process) if isinstance(step, End) and step.negative}
    outcomes = getattr(result, "outcomes", None) or {}
    if not negative or not negative & set(outcomes):
        return None
    lost = sum(outcomes[name].mean for name in negative if name in outcomes)
    return Figure(value=1 - lost, unit="share", basis="computed", source="simulated")


# --- one line of the sheet --------------------------------------------------------------------------------------------


def _kpi(spec: Spec, inputs: Inputs) -> Kpi | None:
    baseline = spec.read(inputs.before, inputs.played_before)
    if baseline is None or baseline.value is None:
        return None
    if reason := unsure(spec, inputs):
        return _unknown(spec, inputs, reason)
    possible = spec.read(inputs.after, inputs.played_after) or _best(spec)
    rests = inputs.rests_on
    baseline = baseline.model_copy(update={"rests_on": rests, "source": f"today's process, {baseline.source}"})
    if possible is None or possible.value is None:
        possible = baseline
    possible = possible.model_copy(update={"rests_on": rests, "source": "the recommended process, simulated"})
    aim = Aim(baseline.value or 0.0, _careful(possible, spec.lower), spec.unit, spec.lower)
    if spec.id == "cycle_time":
        baseline, possible = _as_told(inputs.as_is, baseline, possible)
        aim = aim._replace(baseline=baseline.value or 0.0, possible=possible.value or 0.0)
    need = time_need(inputs.as_is, inputs.goal, baseline.value) if spec.unit == "s" else NOBODY
    goal = target(aim, possible, need)
    if spec.id == "flow_efficiency" and goal.hold:
        return None  # it falls when work is taken out, so it is no guard
    return _line(spec, inputs, baseline, goal)


def unsure(spec: Spec, inputs: Inputs) -> str:
    """Why a simulated figure is no baseline to print; empty when it is one."""
    if busy := overloaded(inputs.played_before):
        return f"by what was told {listed(busy)} would have more work than time: a figure is wrong, measure first"
    if spec.unit == inputs.as_is.currency and not priced(inputs.as_is):
        return "nobody gave a price: ask"
    untold = told_total(inputs.as_is) is None and resting(inputs.played_before)[0] >= MOSTLY
    if untold and spec.id in ("cycle_time", "promise", "flow_efficiency"):
        return "most of the time of a case was told by nobody: measure first"
    if spec.id in ("promise", "flow_efficiency") and gap(inputs.as_is, inputs.before):
        return "the steps told do not add up to the time told for the whole: measure first"
    return ""


def overloaded(process: Process) -> tuple[str, ...]:
    """The roles that would have more work than time by the figures of a process, and no wait told for it."""
    return tuple(unsettled(process))


def _best(spec: Spec) -> Figure | None:
    """What a measure becomes where the change leaves nothing to count: no repetition, no error, is all right."""
    if spec.id not in ("right_first_time", "error_free"):
        return None
    return Figure(value=1.0, unit="share", basis="computed", source="simulated")


def told_total(process: Process) -> tuple[float, str] | None:
    """The time somebody gave for the whole of a case, in seconds, and its basis; None when nobody did."""
    for measure in process.measures:
        told = measure_seconds(measure, measure.value)
        if told and any(word in measure.name.lower() for word in CYCLE_WORDS):
            return told, measure.basis.value
    return None


def gap(process: Process, today: Result | None) -> str:
    """How far the play of the steps told is from the time told for the whole, in words; empty when they agree."""
    told, played = told_total(process), estimate_of(today, "cycle_time")
    if told is None or played is None or abs(told[0] - played.mean) <= APART * told[0]:
        return ""
    if today is not None and today.endless:
        return ""  # a queue that grows with every case played is no time that anybody told
    more = "less" if played.mean < told[0] else "more"
    return (
        f"You said a case takes {humane(told[0])}; the steps told add up to {humane(played.mean)}, "
        f"{humane(abs(told[0] - played.mean))} {more}."
    )


def _careful(figure: Figure, lower: bool) -> float:
    """The less favourable end of the interval, so that a target does not rest on luck."""
    end = figure.high if lower else figure.low
    return end if end is not None else figure.value or 0.0


def _as_told(process: Process, baseline: Figure, possible: Figure) -> tuple[Figure, Figure]:
    """Baseline and possible cycle time where somebody measured or stated it for the whole process.

    Then the told figure is the baseline, and possible is the told figure less the simulated saving; a simulation that
    is off by more than a fifth shows that something was not told, and that is said.
    """
    total = told_total(process)
    if total is None:
        return baseline, possible
    told, basis = total
    simulated = baseline.value or 0.0
    note = f"{basis} for the whole process; simulating the steps told gives {amount(simulated, 's')}"
    if abs(told - simulated) > APART * told:
        note += ", so something is still missing in the story"
    best = max(0.0, told - max(0.0, simulated - (possible.value or 0.0)))
    source = f"the {basis} figure less the simulated saving"
    return (
        Figure(value=told, unit="s", basis=basis, rests_on=basis, source=note),
        possible.model_copy(update={"value": best, "source": source}),
    )


def _line(spec: Spec, inputs: Inputs, baseline: Figure, aim: Target) -> Kpi:
    owner = owner_of(inputs.to_be)
    return Kpi(
        id=spec.id, name=spec.name, dimension=spec.dimension, formula=spec.formula, unit=_unit_word(spec),
        direction="lower is better" if spec.lower else "higher is better", baseline=baseline, target=aim, owner=owner,
        collector=collector(inputs.to_be), receiver="Process review", source=where_from(spec, inputs.to_be),
        cadence=cadence(inputs), drives=spec.drives,
        context=context(spec.id, spec.dimension, inputs),
    )  # fmt: skip


def _unit_word(spec: Spec) -> str:
    if spec.id == "flow_efficiency":
        return "% of elapsed time"
    return {"s": "elapsed time", "share": "% of cases"}.get(spec.unit, f"{spec.unit} per case")


def collector(process: Process) -> str:
    """Who collects the figures: those inside who close the case."""
    for task in reversed(tasks(process)):
        role = process.role(task.role)
        if role and not is_outside(process, role):
            return lead_of(process, role)
    return owner_of(process)


def where_from(spec: Spec, process: Process) -> str:
    """Which system's stamps give the figure; where none was named, that the stamps must be written down."""
    steps = tasks(process)
    systems = tuple(dict.fromkeys(task.system for task in (steps[:1] + steps[-1:]) if task.system))
    what = {
        "right_first_time": "count of repeated steps per case", "error_free": "sampling check of closed cases",
        "cost_per_case": "hours booked or a time study of two weeks, and payroll rates",
    }.get(spec.id, "time stamps of the first and the last step")  # fmt: skip
    if spec.id in ("error_free", "cost_per_case"):
        return what[0].upper() + what[1:]
    place = f" in {listed(systems)}" if systems else "; no system was named for them: write them down in the pilot"
    return what[0].upper() + what[1:] + place


def cadence(inputs: Inputs) -> str:
    """How often a figure is looked at: weekly when enough cases close in a week to say anything, else monthly."""
    rate = inputs.cases_a_day
    return "weekly" if rate is not None and rate * 7 >= 20 else "monthly"


HOW_WELL = re.compile(
    r"\b(satisf|nps\b|csat|complain|on.time|sla\b|service level|promise|error|reject|refus|rework|defect|return|wrong"
    r"|late\b|first.time|accura|quality|availab|hit|cost|price)", re.I
)  # fmt: skip


# --- measures that only people can supply -----------------------------------------------------------------------------


def _other_measures(process: Process) -> list[Measure]:
    """Stated figures of how well the process does, other than its times: satisfaction, accuracy, service level.

    What only says how much there is (cars, users, bottles in May) steers nothing.
    """
    told = [m for m in process.measures if m.value is not None and measure_seconds(m, m.value) is None]
    return [m for m in told if m.target is not None or HOW_WELL.search(m.name)]


def _dimension(measure: Measure) -> Dimension:
    name = measure.name.lower()
    if any(word in name for word in ("satisf", "nps", "complain", "csat", "on time", "sla", "promise", "customer")):
        return "customer"
    if any(word in name for word in ("cost", "price", "spend")):
        return "cost"
    return "quality"


def _stated(measure: Measure, inputs: Inputs) -> Kpi:
    lower = any(word in measure.name.lower() for word in ("error", "complain", "cost", "reject", "rework", "defect"))
    basis = measure.basis.value
    baseline = Figure(value=measure.value, unit=measure.unit, basis=basis, rests_on=basis, source=f"{basis} for today")
    unsaid = Figure(unit=measure.unit, source="not simulated: measure it in the pilot")
    if measure.target is not None:
        reason = "Stated as needed; whether it is possible, the pilot must show."
        figure = Figure(value=measure.target, unit=measure.unit, basis="stated", source=reason)
        aim = Target(figure=figure, need="stated target", needed=figure, possible=unsaid, reason=reason)
    else:
        reason = "No simulation reaches this figure, so it is a guard: not worse than today until the pilot says more."
        aim = Target(figure=baseline, need=NOBODY.text, possible=unsaid, reason=reason, hold=True)
    spec = Spec(measure.id, measure.name, _dimension(measure), "As it is counted today; write the count down before "
                "the pilot", measure.unit, lower, "The guard of gains elsewhere", lambda *_: None)  # fmt: skip
    return _line(spec, inputs, baseline, aim)


def _unknown(spec: Spec, inputs: Inputs, what: str) -> Kpi:
    nothing = Figure(unit=spec.unit, source=what)
    reason = "No figure was given, so there is no target yet: measure four weeks, then set it."
    aim = Target(figure=nothing, need=NOBODY.text, possible=nothing, reason=reason, hold=True)
    return _line(spec, inputs, nothing, aim)
