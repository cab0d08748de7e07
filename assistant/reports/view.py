"""A redesign and its package as plain data for the templates: every choice of words and figures is made here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from assistant.handover.inputs import cases_a_working_day
from assistant.handover.readiness import blocked
from assistant.handover.roles import owner_of
from assistant.process.blocks import AnyOf, Choice, End, Parallel
from assistant.process.durations import Basis
from assistant.process.model import OF_A_PART, Process
from assistant.process.outline import to_plain_outline
from assistant.process.tree import tasks, walk
from assistant.redesign.decided import NAME
from assistant.reports import handover
from assistant.reports.alternatives import alternatives, effect_charts, headline, ideas, side_by_side
from assistant.reports.boss import boss, sound
from assistant.reports.evidence import assumptions, findings, made, overlooked, questions, trust
from assistant.reports.format import BADGES, amount, count, listed
from assistant.reports.front import front, kept_lines
from assistant.reports.paper import paper, sums
from assistant.reports.quoted_names import Names

A_DAY = re.compile(r"\b(?:days?|daily|hours?|hourly|shifts?|nights?|minutes?)\b|/ ?[dh]\b", re.I)

if TYPE_CHECKING:
    from assistant.handover.shapes import Package
    from assistant.redesign.engine import Redesign


def view(redesign: Redesign, package: Package) -> dict[str, Any]:
    """All a report says, section by section, as strings, numbers, lists and dictionaries."""
    processes = (redesign.as_is, *(alternative.process for alternative in redesign.alternatives))
    written = getattr(redesign, "paper", None)
    behind = {"paper": paper(redesign), "sums": sums(redesign), "origin": written.origin if written else ""}
    return {**Names(*processes).everywhere(_view(redesign, package)), **behind}


def _view(redesign: Redesign, package: Package) -> dict[str, Any]:
    decide, page = boss(redesign), front(redesign, package)
    return {
        "title": redesign.as_is.name,
        "by_rules": list(getattr(redesign, "by_rules", ())),
        "headline": headline(redesign),
        "front": page,
        "boss": decide,
        "handed_over": package.alternative is not None and not decide,
        "protected": protected(redesign),
        "sound": sound(redesign),
        "decided": [idea.document() for idea in redesign.decided],
        "with_decisions": redesign.recommended == NAME,
        "table": side_by_side(redesign),
        "ideas": ideas(redesign),
        "trust": trust(redesign),
        "story": story(redesign.as_is),
        "facts": facts(redesign.as_is, bool(decide or sound(redesign))),
        "outline": to_plain_outline(redesign.as_is),
        "to_be_outline": to_plain_outline(package.to_be),
        "findings": findings(redesign, [*([page["lead"]] if page["lead"] else []), *page["others"]]),
        "alternatives": alternatives(redesign),
        "charts": effect_charts(redesign),
        "refused": list(redesign.refused),
        "fits": [{"name": fit.name, "fits": fit.fits, "reason": fit.reason} for fit in redesign.fits],
        "changes": handover.changes(redesign, package),
        "kpis": handover.kpis(package),
        "people": handover.people(package),
        "needs": handover.needs(package),
        "plan": handover.plan(package),
        "held_back": held_back(redesign.as_is),
        "money": handover.money(redesign, package),
        "review": handover.review(package),
        "views": handover.methods(package),
        "overlooked": overlooked(redesign),
        "entry_name": getattr(redesign.entry, "name", ""),
        "questions": questions(redesign),
        "assumptions": assumptions(redesign),
        "made": made(redesign),
        "legend": [badge._asdict() for badge in BADGES.values()],
    }


def protected(redesign: Redesign) -> list[str]:
    """What no alternative touches, each once."""
    lines = [line for alternative in redesign.alternatives for line in alternative.guards]
    return kept_lines(list(dict.fromkeys(lines)))


def held_back(process: Process) -> str:
    """What must be settled before any rollout, or an empty text."""
    block = blocked(process)
    return f"{block.text} {block.remedy}" if block else ""


def story(process: Process) -> str:
    """The process in a paragraph: what starts it, who works in it, what is decided, how it ends."""
    steps = tasks(process)
    workers = listed([role.name for role in process.roles if any(task.role == role.id for task in steps)])
    begin = f"It starts with: “{process.trigger.rstrip('.')}”." if process.trigger else "Nobody said what starts it."
    who = f"{count(len(steps), 'step')}, done by {workers}" if workers != "none" else count(len(steps), "step")
    sentences = [begin, f"It takes {who}."]
    if steps:
        sentences.append(f"The work runs from “{steps[0].name}” to “{steps[-1].name}”.")
    sentences += _turns(process)
    if process.purpose:
        sentences.append(f"It is there to {_lower(process.purpose)}." if process.purpose[0].islower()
                         else f"Purpose: {process.purpose.rstrip('.')}.")  # fmt: skip
    return " ".join(sentences)


def _turns(process: Process) -> list[str]:
    """Decisions and ends, each as a sentence where there are any."""
    blocks = list(walk(process))
    asked = [f"“{step.question}”" for step in blocks if isinstance(step, Choice | AnyOf) and step.question]
    together = sum(isinstance(step, Parallel) for step in blocks)
    ends = list(dict.fromkeys(f"“{step.outcome}”" for step in blocks if isinstance(step, End)))
    found = [f"On the way it is decided: {listed(asked)}."] if asked else []
    found += ["Some of it runs at the same time."] if together else []
    also = "" if not process.flow.items or isinstance(process.flow.items[-1], End | Choice) else "also "
    found += [f"It can {also}end as {listed(ends)}."] if ends else []
    return found


def _lower(text: str) -> str:
    """A sentence's start in small letters, unless it is a name or an abbreviation."""
    text = text.strip().rstrip(".")
    return text if text[1:2].isupper() or len(text) < 2 else text[0].lower() + text[1:]


def _owner(process: Process, led: bool) -> str:
    block = blocked(process)
    if block is None:
        return owner_of(process)
    return "nobody named: ask" if led else f"{block.text[:1].lower()}{block.text[1:].rstrip('.')}"


def _cases(process: Process) -> tuple[str, str]:
    """How many cases come: in the words of the teller where they counted over more than a day, as a count shared out
    over the days of a year is none that anybody told."""
    rate, told = cases_a_working_day(process), process.volume
    if not rate or told is None:
        return ("Cases a day", "unknown: ask")
    if told.text and not A_DAY.search(told.text) and told.rests_on in (Basis.STATED, Basis.MEASURED):
        return ("Cases", f"{told.text.strip(' .,;')} ({told.rests_on.value})")
    longer = "worked out from a count " if told.per == "week" else ""
    return ("Cases a day", f"{amount(rate, '')} ({longer}{told.rests_on.value})")


def facts(process: Process, led: bool = False) -> list[tuple[str, str]]:
    """A few figures about the process as it is told, for the margin; `led`: page one says who decides."""
    systems = list(dict.fromkeys(task.system for task in tasks(process) if task.system))
    customers = [customer.name for customer in process.customers]
    told = [
        f"{_lower(measure.name)} {measure.value:,g} {measure.unit.removesuffix(OF_A_PART)}".strip()
        for measure in process.measures
        if measure.value is not None
    ]
    return [
        *([("Today, as it was told", listed(told))] if told else []),
        _cases(process),
        ("Customers", listed(customers) if customers else "nobody named: ask"),
        ("Owner", _owner(process, led)),
        ("Systems", listed(systems) if systems else "none named"),
    ]
