"""The way there: work packages, a pilot that can be ended and turned back, the control plan and the standing review.

Weeks are planning figures by kind of change (a rule two, an organisation four, a partner eight, a system ten), marked
as estimates. The size of the pilot is the number of cases a side at which the simulated effect would show with 80 %
power at the 5 % level: n = 2 ((1.96 + 0.84) s / ln(1 - cut))^2 with s the standard deviation of the logarithm of the
cycle time (two samples compared on a log scale, since durations are skewed).
"""

from __future__ import annotations

import math

from assistant.handover.firm_size import WEEKS_A_YEAR, cases_a_week, is_small, trial_weeks
from assistant.handover.inputs import Inputs, estimate_of
from assistant.handover.kpis import cadence
from assistant.handover.needs import proposals, roles_at
from assistant.handover.roles import inside_roles, is_outside, lead_of, owner_of, unit_of
from assistant.handover.shapes import Control, Figure, Kpi, Pilot, Review, Rollout, WorkPackage
from assistant.handover.words import say
from assistant.process.figures import SPACE, amount, listed
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks
from assistant.redesign.shapes import Proposal

YEAR, WEEK = 52, 7 * 86400.0
Z = 1.96 + 0.84
PILOT_SHARES = (0.2, 0.5, 1.0)
SHORTEST, LONGEST, FEWEST = 4, 8, 30
SMALL_CHANGE, MOST_COUNTED, MOST_PROTECTED = 4, 3, 4
LEADER = "who leads the trial"
"""Who sees to it in a small firm, till a name is given."""
NOT_TOLD = "nobody told how many cases come: count them for two weeks, and try it with the next ten"


def rollout(inputs: Inputs, pilot_weeks: int) -> Rollout:
    """The plan: preparation, a package a proposal (one owner does one at a time), training, pilot, all, hand-over.

    A small firm settles the questions, tries the changes with the next cases, and looks back together.
    """
    if is_small(inputs):
        return _small_plan(inputs, pilot_weeks)
    plan = _Plan(owner_of(inputs.to_be))
    seats = (
        "Agree who answers for which part"
        if inputs.to_be.owner
        else "Name who answers for the whole, and for each part"
    )
    named = plan.add(seats, 2, (), "Every seat has a name")
    ready = plan.add("Ask the open questions and measure today's figures", 4, (named,), "Today's figures are known")
    built = [
        plan.add(proposal.title, weeks_for(proposal), (named,), "Ready for the pilot", _lead(proposal, inputs))
        for proposal in proposals(inputs)
    ]
    if built:
        trained = plan.add("Train the people named under skills", 2, tuple(built), "Everybody in the pilot is trained")
        told = plan.add("Brief customers and partners", 2, tuple(built), "No surprise on the first day")
        pilot_ = plan.add("Pilot", pilot_weeks, (ready, trained, told), "Exit criteria met, or turned back")
        everywhere = plan.add("Roll out to all", max(4, 2 * _units(inputs)), (pilot_,), "Every case runs the new way")
        plan.add("Hand over to the standing review", 4, (everywhere,), "Control plan in use")
    weeks = max(package.end for package in plan.packages)
    warning = ""
    if weeks > YEAR:
        warning = f"{weeks} weeks is longer than twelve months: cut the scope or start with fewer changes."
    basis = "estimated: planning figures by kind of change (rule 2, organisation 4, partner 8, system 10 weeks)"
    return Rollout(packages=tuple(plan.packages), weeks=weeks, basis=basis, warning=warning)


def _small_plan(inputs: Inputs, trial: int) -> Rollout:
    """What a handful of people do: answer what is open, get ready, try it, look back."""
    plan = _Plan(inputs.to_be.owner or LEADER)
    named = plan.add("Answer the open questions, and say who leads the trial", 1, (), "Everybody knows what is tried")
    large = [proposal for proposal in proposals(inputs) if weeks_for(proposal) > SMALL_CHANGE]
    ready = [
        plan.add(f"Get ready: {proposal.title}", weeks_for(proposal), (named,), "Ready to try",
                 _lead(proposal, inputs))
        for proposal in large
    ]  # fmt: skip
    if proposals(inputs):
        tried = plan.add("Try it with the next cases", trial, tuple(ready) or (named,), "Tried, or turned back")
        if weeks := _weeks_of_a_case(inputs):
            tried = plan.add("Let the cases begun come to their end", weeks, (tried,), "They can be counted")
        plan.add("Look back together: keep it, change it or go back", 1, (tried,), "Decided")
    basis = "estimated, for a firm of this size: a trial with the next cases in place of a project"
    return Rollout(packages=tuple(plan.packages), weeks=max(package.end for package in plan.packages), basis=basis)


def _weeks_of_a_case(inputs: Inputs) -> int:
    """How many weeks half of the cases take that are begun on the last day of a trial; 0 for less than one."""
    after = estimate_of(inputs.after, "cycle_time")
    return min(LONGEST, int((after.p50 or 0) / WEEK)) if after else 0


class _Plan:
    """Work packages so far; each starts when those it waits for, and its owner's last one, are done."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.packages: list[WorkPackage] = []
        self._free: dict[str, int] = {}

    def add(self, name: str, weeks: int, after: tuple[str, ...], result: str, owner: str = "") -> str:
        """Put a package in at the earliest week it can start; gives its id."""
        done = {package.id: package.end for package in self.packages}
        start = 1 + max((done[key] for key in after), default=0)
        if owner:
            start = max(start, self._free.get(owner, 0) + 1)
            self._free[owner] = start + weeks - 1
        key = f"W{len(self.packages) + 1}"
        self.packages.append(WorkPackage(id=key, name=name, owner=owner or self.owner, start=start, weeks=weeks,
                                         after=after, result=result))  # fmt: skip
        return key


def weeks_for(proposal: Proposal) -> int:
    """Planning figure in weeks: what kind of thing must change decides."""
    if proposal.needs.systems or proposal.enablers:
        return 10
    if proposal.needs.partners:
        return 8
    return 4 if proposal.needs.organisation or not proposal.keeps_roles else 2


def _lead(proposal: Proposal, inputs: Inputs) -> str:
    """Who leads it: those whose step changes most, as far as they are inside, else the owner."""
    steps = by_id(inputs.to_be)
    for key in proposal.elements:
        role = inputs.to_be.role(getattr(steps.get(key), "role", None))
        if role and not is_outside(inputs.to_be, role):
            return lead_of(inputs.to_be, role)
    return owner_of(inputs.to_be)


def _units(inputs: Inputs) -> int:
    """How many departments the changes touch."""
    touched = set(roles_at(inputs.to_be, [key for proposal in proposals(inputs) for key in proposal.elements]))
    return len({unit_of(role) for role in inside_roles(inputs.to_be) if role.name in touched})


def pilot_cases(cut: float, p50: float, p90: float) -> int | None:
    """Cases a side needed to see a cut of that share in the cycle time; None when it is no cut or nothing spreads."""
    if not 0 < cut < 1 or not 0 < p50 < p90:
        return None
    deviation = math.log(p90 / p50) / 1.2816
    return math.ceil(2 * (Z * deviation / math.log(1 - cut)) ** 2)


SMALL_ENTRY = (
    "The open questions that touch it are answered",
    "All who do the work know what is tried and till when",
)
ENTRY = (
    "Every seat has a name, and the open questions that touch the pilot are answered",
    "Today's figures have been measured for the same kind of cases",
    "The people in the pilot are trained, customers and partners briefed",
    "What the new way needs of data and systems works on test cases",
)


def pilot(inputs: Inputs, sheet: tuple[Kpi, ...]) -> Pilot:
    """The pilot: who, how many cases and weeks, when it may start, when it has worked, and the way back."""
    cases, weeks, part = _size(inputs)
    group = f"{part:.0%} of the cases".replace("%", f"{SPACE}%") if part < 1 else "all cases, for a limited time"
    aims = [kpi for kpi in sheet if not kpi.target.hold]
    guards = [kpi for kpi in sheet if kpi.target.hold and kpi.baseline.value is not None]
    exits = [
        f"{kpi.name}: {'at most' if kpi.direction.startswith('lower') else 'at least'} {say(kpi.target.figure)}"
        for kpi in aims
    ]
    exits += [f"{kpi.name}: not worse than {say(kpi.baseline)}" for kpi in guards]
    exits.append(f"{say(cases)} done" if cases.value else "Ten cases done the new way")
    small = is_small(inputs)
    leader = LEADER if small and not inputs.to_be.owner else owner_of(inputs.to_be)
    entry = SMALL_ENTRY if small else ENTRY
    group = "The next cases, as they come" if small else f"One team, {group}, easy and hard cases as they come"
    return Pilot(
        scope=group,
        cases=cases,
        weeks=weeks,
        entry=(*entry, *(f"{step} runs as before: {reason}" for step, reason in protected_steps(inputs.to_be))),
        exit=tuple(exits),
        rollback=(
            f"{_large(leader)} decides within one working day when something gets worse, "
            "a control fails or a customer is harmed",
            "New cases go the old way at once; today's map, forms and rights stay ready until the end of the pilot",
            "Cases under way are finished by the team that began them, on a list with one owner",
            "What happened is written down before a second try",
        ),
        feedback="A quarter of an hour a week with the pilot team and two customers: what works, what does not",
    )


def _large(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def protected_steps(process: Process) -> list[tuple[str, str]]:
    """The steps a law, a rule or somebody's word protects, with the reason, a few of them."""
    told = {protection.id: protection.reason for protection in process.protected}
    found = [(f"“{task.name}”", told.get(task.id) or task.legal_basis or "") for task in tasks(process)]
    return [(name, reason.rstrip(". ")) for name, reason in found if reason][:MOST_PROTECTED]


def _size(inputs: Inputs) -> tuple[Figure, Figure, float]:
    """Cases, weeks and the share of the cases that takes part; never more cases than come in the time of the trial."""
    rate = cases_a_week(inputs)
    if is_small(inputs):
        return _next_cases(rate, trial_weeks(inputs))
    before, after = estimate_of(inputs.before, "cycle_time"), estimate_of(inputs.after, "cycle_time")
    cases = pilot_cases(1 - after.p50 / before.p50, before.p50, before.p90) if before and after and before.p50 else None
    if cases is None or not rate:
        why = NOT_TOLD if not rate else "no shorter time of a case is simulated: agree on a number"
        weeks = Figure(
            value=SHORTEST, unit="weeks", basis="estimated", source="the shortest trial that tells something"
        )
        return Figure(unit="cases", source=why), weeks, PILOT_SHARES[0]
    cases = max(cases, FEWEST)
    source = f"cases a side to see the simulated cut with 80 % power, {FEWEST} at least"
    part = next((share for share in PILOT_SHARES if cases / (rate * share) <= LONGEST), 1.0)
    length = max(SHORTEST, math.ceil(cases / (rate * part)))
    if length > LONGEST:
        within_a_year = cases <= rate * WEEKS_A_YEAR
        sure = f"{cases:,} would be needed" if within_a_year else "more than come in a year would be needed"
        source = f"as many as come in {LONGEST} weeks; {sure} to be sure of the size of the gain"
        length, cases = LONGEST, int(rate * LONGEST)
    needed = Figure(value=cases, unit="cases", basis="computed", rests_on=inputs.rests_on, source=source)
    return needed, Figure(value=length, unit="weeks", basis="computed", rests_on=inputs.rests_on,
                          source="cases needed ÷ cases a week in the pilot, four at least"), part  # fmt: skip


def _next_cases(rate: float | None, weeks: int) -> tuple[Figure, Figure, float]:
    """The trial of a small firm: the cases that come in its time."""
    length = Figure(value=weeks, unit="weeks", basis="estimated", source="time for a few cases to come")
    if not rate:
        return Figure(unit="cases", source=NOT_TOLD), length, 1.0
    source = "as many as come in that time: enough to see whether it works, too few to be sure of the size of the gain"
    return Figure(value=max(1, round(rate * weeks)), unit="cases", basis="computed", source=source), length, 1.0


LOOK_BACK = "The look back"
"""What a handful of people hold in place of a standing meeting."""
SIGNAL = "Two figures running that are worse than the guard, or one that nobody can explain"
REACTION = (
    "look for the cause and write it down; where there is none, the review changes the process and not the people"
)


def controls(sheet: tuple[Kpi, ...]) -> tuple[Control, ...]:
    """For each measure how it is shown, what it may not pass, and who does what when it does."""
    return tuple(
        Control(
            kpi=kpi.name, chart=f"A line of the {kpi.cadence} {_shown(kpi)}", limits=_guard(kpi), rules=SIGNAL,
            owner=kpi.owner, collector=kpi.collector, within=_days(kpi), reaction=REACTION,
        )
        for kpi in sheet
    )  # fmt: skip


def _days(kpi: Kpi) -> str:
    return f"5{SPACE}working days" if kpi.cadence == "weekly" else f"10{SPACE}working days"


def _shown(kpi: Kpi) -> str:
    return {"% of cases": "share", "elapsed time": "figure"}.get(kpi.unit, "mean")


def _guard(kpi: Kpi) -> str:
    """What the measure may not pass: today's figure, or (not known yet) that of the first four weeks."""
    if kpi.baseline.value is None:
        return "The figure of the first four weeks"
    side = "Not above" if kpi.direction.startswith("lower") else "Not below"
    return f"{side} {say(kpi.target.figure if kpi.target.hold else kpi.baseline)}"


def review(inputs: Inputs, sheet: tuple[Kpi, ...]) -> Review:
    """The standing meeting: an agenda of three quarters of an hour, its people and the rules it decides by.

    A small firm looks back once, for twenty minutes.
    """
    if is_small(inputs):
        return _look_back(inputs, sheet)
    managers = tuple(dict.fromkeys(lead_of(inputs.to_be, role) for role in inside_roles(inputs.to_be)))
    first = listed(tuple(kpi.name for kpi in sheet), 3)
    return Review(
        cadence="every two weeks during pilot and rollout, then monthly" if cadence(inputs) == "weekly" else "monthly",
        people=(owner_of(inputs.to_be), *managers, "one person who does the work", "a voice of the customer"),
        agenda=(
            (5, "Actions of last time: done, not done, why"),
            (10, f"The figures: {first}; only what passed its guard is discussed"),
            (10, "What stood out since last time, why, and what was done about it"),
            (10, "What customers and the people in the work say"),
            (5, "Decisions: change, keep, turn back; each with owner and date"),
            (5, "Does anything reopen the design? New rule, product, system or partner"),
        ),
        rules=(
            "A gain in one measure that makes another worse beyond its guard is not a gain",
            "No reaction to a single figure that is worse than the last",
            "A disagreement between departments is decided by the process owner in the meeting, by the customer's need",
            "Every change to the process goes into the map first, with its reason",
        ),
        reopen=(
            "A target is missed in three periods running",
            f"The number of cases moves by more than 20{SPACE}%" + _volume(inputs),
            "A law, product, system or partner changes a step on the map",
            "People work round the map more than now and then",
        ),
    )  # fmt: skip


def _look_back(inputs: Inputs, sheet: tuple[Kpi, ...]) -> Review:
    """What a handful of people need in place of a standing meeting."""
    return Review(
        name=LOOK_BACK,
        cadence="once, at the end of the trial",
        people=tuple(role.name for role in inside_roles(inputs.to_be)) or (owner_of(inputs.to_be),),
        agenda=(
            (5, "What was better, and what was worse, in each one's words"),
            (10, f"What was counted: {listed(tuple(kpi.name for kpi in sheet[:MOST_COUNTED]), MOST_COUNTED)}"),
            (5, "Keep it, change it or go back; who sees to it"),
        ),
        rules=("A gain in one thing that makes another worse is not a gain",
               "Nobody is blamed for a figure; what made it is looked for"),
        reopen=("A law, a product, a supplier or a person changes a step on the map",
                "People work round the new way more than now and then"),
    )  # fmt: skip


def _volume(inputs: Inputs) -> str:
    return f" (now {amount(inputs.cases_a_day * 7, 'a week')})" if inputs.cases_a_day else ""
