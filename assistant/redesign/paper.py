"""The paper for the boss: what a model is given to write it from, and the redesign with the paper it wrote.

It is asked last, when the proposals have been checked and played. Without it the page made by rules stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.errors import ServiceError
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Duration, humane
from assistant.process.expected import expected, visit_rates
from assistant.process.model import Process
from assistant.process.tree import step_id, walk
from assistant.redesign.consulting import LEFT_ALONE
from assistant.redesign.facts import SAID, facts
from assistant.redesign.planning import AVOID

if TYPE_CHECKING:
    from assistant.language.port import LanguageModel
    from assistant.redesign.brief import Brief
    from assistant.redesign.consulting import Consulted
    from assistant.redesign.result import Redesign
    from assistant.redesign.shapes import Alternative, Finding, Proposal

MOST_ASKED = 8
STRUCK = "In the paper, what does not hold was marked or struck: "


def with_paper(made: Redesign, consulted: Consulted, brief: Brief, model: LanguageModel | None) -> Redesign:
    """The redesign with a paper, where a model read the story and led it; a failure becomes a note."""
    best = made.alternative(made.recommended) if made.recommended else None
    led = made.sound or (best is not None and any(proposal.own for proposal in best.proposals))
    if model is None or consulted.diagnosis is None or not led:
        return made
    from assistant.language.paper import write_paper

    known = {**(consulted.facts or facts(made.as_is, brief.story)), **_totals(made.as_is, best)}
    kept = [name for stay in consulted.diagnosis.stays for name in stay.elements]
    steps = {step_id(step): getattr(step, "name", "") for step in walk(made.as_is)}
    roles = [role.name for role in made.as_is.roles]
    try:
        paper = write_paper(
            _inputs(made, consulted, brief, best),
            known,
            model,
            protected=[steps[name] for name in kept if steps.get(name)],
            names=[*roles, *steps.values()],
        )
    except ServiceError as failed:
        return replace(made, notes=(*made.notes, f"The first page was put together by rules: {failed.what}"))
    return replace(made, paper=paper, notes=(*made.notes, *(f"{STRUCK}{note}" for note in paper.notes)))


def _inputs(made: Redesign, consulted: Consulted, brief: Brief, best: Alternative | None) -> dict[str, Any]:
    findings = [finding for finding in made.findings if finding.details.get("told")]
    stays = [*(f"Must stay: {line}" for line in made.stays), *(line for line in consulted.stays if "Wish" in line[:5])]
    stays += [f"Must stay, the user says: {words}" for words in brief.keep]
    avoided = [note for note in made.notes if note.startswith((AVOID, LEFT_ALONE))]
    changes = [_change(number, one, made) for number, one in enumerate(best.proposals if best else (), 1)]
    return {
        "story": brief.story,
        "sound": made.sound or None,
        "pains": "\n".join(_pain(finding) for finding in findings) or None,
        "stays": "\n".join([*stays, *avoided]) or None,
        "changes": "\n\n".join(changes) or None,
        "questions": "\n".join(_asked(made)) or None,
        "goal": brief.goal,
    }


def _pain(finding: Finding) -> str:
    quotes = "; ".join(f"“{' '.join(quote.text.split())[:200]}”" for quote in finding.quotes[:2])
    sums = [
        f"   {one.text}{f' ({one.counts})' if one.counts else ''}{_assumed(one.assumed)}"
        for one in finding.details.get("sums", ())
    ]
    cause = f" Cause: {finding.details['cause_told']}" if finding.details.get("cause_told") else ""
    measure = finding.details.get("measure")
    seen = f" Seen by: {measure[0]}, today {measure[1] or 'not known'}." if measure else ""
    return "\n".join([f"- {finding.title}. {quotes}{cause}{seen}", *sums])


def _assumed(parts: tuple[str, ...]) -> str:
    return f", assumed: {' and '.join(parts)}" if parts else ""


def _change(number: int, proposal: Proposal, made: Redesign) -> str:
    """A change as it was agreed on, a line for each thing that is known of it."""
    plan = proposal.plan
    lines = [f"{number}. {proposal.title}. {proposal.notes[0] if proposal.own and proposal.notes else ''}".strip()]
    lines += [f"   rule: {rule}" for rule in plan.rules]
    lines += [f"   unless: {case}: {then}" for case, then in plan.unless]
    lines += [f"   risk: {plan.risk}; then: {plan.answer}"] if plan.risk else []
    lines += [f"   needs: {'; '.join(proposal.needs.organisation)}"] if proposal.needs.organisation else []
    if plan.brings:
        lines.append(f"   brings: {plan.brings.text} ({plan.brings.counts}{_assumed(plan.brings.assumed)})")
    who = "; ".join(
        part for part in (plan.decides and f"{plan.decides} decides", plan.begins and f"{plan.begins} begins") if part
    )
    lines += [f"   who: {who}"] if who else []
    lines += [f"   first, by day {plan.day or 30}: {proposal.first}"] if proposal.first else []
    return "\n".join(lines)


def _played(best: Alternative) -> Iterator[str]:
    """What the changes do together, by the simulation."""
    for effect in best.effects.values():
        if effect.change is None or effect.basis != "simulated" or effect.unit != "s":
            continue
        before, after, low, high = (
            _size(value, effect.unit) for value in (effect.before, effect.after, effect.low, effect.high)
        )
        bounds = f", change between {low} and {high}" if effect.low is not None and effect.high is not None else ""
        yield f"{effect.dimension}: {before} to {after}{bounds}"


def _size(value: float | None, unit: str) -> str:
    if value is None:
        return "unknown"
    sign = "-" if value < 0 else ""
    return f"{sign}{humane(abs(value))}" if unit == "s" else f"{value:,.3g} {unit}".strip()


def _asked(made: Redesign) -> Iterator[str]:
    own = ("consultant:", "contradiction:", "practice:own")
    found = [question for question in made.questions if question.id.startswith(own)] or list(made.questions)
    for question in found[:MOST_ASKED]:
        yield f"- {question.text} {question.why if question.why.startswith('It decides about') else ''}".strip()


def _totals(process: Process, best: Alternative | None) -> dict[str, str]:
    """The told times that follow each other today and after the changes, added up; nothing that nobody told."""
    parts = _parts(process)
    if not parts:
        return {}
    total = humane(expected(process).elapsed.value)
    found = {"T1": f"Today, told times that follow each other in an average case: {total} ({'; '.join(parts)})"}
    if best is None:
        return found
    if all(time.basis in SAID for _, _, time in _times(best.process)):
        after = humane(expected(best.process).elapsed.value)
        found["T2"] = f"After the changes {after} of these remain; what runs side by side counts once"
    if played := list(_played(best)):
        words = "Played case by case, with estimates where nobody told a time (so not comparable with told totals)"
        found["T3"] = f"{words}: {'; '.join(played)}"
    return found


def _parts(process: Process) -> list[str]:
    """The told times of a process, a phrase each."""
    rates = visit_rates(process)
    found: list[str] = []
    for words, step, time in _times(process):
        if time.basis in SAID:
            rate = rates.get(step, 1.0)
            often = "" if abs(rate - 1) < 0.005 else f", in {rate:.2g} of cases"
            found.append(f"{words} {humane(time.mean_seconds)}{often}")
    return found


def _times(process: Process) -> Iterator[tuple[str, str, Duration]]:
    """Each time of a process: what it is, the step's id, and the time."""
    for step in walk(process):
        times: list[tuple[str, Duration | None]] = []
        if isinstance(step, Task):
            times = [("wait before", step.wait), ("work on", step.work)]
        elif isinstance(step, Wait):
            times = [("wait for", step.duration)]
        for words, time in times:
            if time is not None:
                yield f"{words} {getattr(step, 'name', '') or step_id(step)}", step_id(step), time
