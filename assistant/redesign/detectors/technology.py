"""Technology: work that software could do or assist, and media breaks that hold the whole process up."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from assistant.process.blocks import Task
from assistant.redesign.detectors.base import computed, finding, judged, seen
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import RULES, by_body, is_control, listed, no_value, percent, plural, says, verb

DIGITAL = frozenset({"system", "portal", "email", "spreadsheet"})
BREAKS = frozenset({"paper", "fax", "spreadsheet"})


def automatable(view: View) -> Iterator[Finding]:
    """Repetitive work by rule on digital input, often enough and with few exceptions."""
    for task in view.tasks.values():
        if not _by_hand(view, task) or no_value(task):
            continue
        if task.language_heavy:
            yield from _draftable(view, task)
            continue
        held, by_name = conditions(view, task)
        points = sum(ok for _, ok in held) / len(held)
        if points < view.settings.automation_score or task.judgement or task.rule_based is False or not held[0][1]:
            continue
        yield finding(
            view,
            "automatable",
            (task.id,),
            f"{task.name} is repetitive work by rule on digital data",
            (
                computed(f"{sum(ok for _, ok in held)} of {len(held)} conditions for automation hold", points, "share"),
                *(_told(text, by_name and text.startswith("by rule")) for text, ok in held if ok),
            ),
            ("H25",),
            waste="skills",
            share=view.cost_share([task.id]),
            share_of="cost",
            by_name=by_name,
            variant="rules",
        )


def _told(text: str, by_name: bool) -> Evidence:
    return judged(text + ", as its name suggests") if by_name else seen(text)


def _by_hand(view: View, task: Task) -> bool:
    """Whether people do the task today and may hand it over."""
    hands = task.automation in (None, "manual") and not by_body(task) and view.is_inside(task.role)
    return hands and task.id not in view.protection.reasons


def conditions(view: View, task: Task) -> tuple[list[tuple[str, bool]], bool]:
    """The conditions for automation with whether each holds (what is unknown does not), and if a name decided one."""
    by_name = task.rule_based is None and not task.judgement and says(task.name, RULES)
    digital = task.digital_input
    if digital is None:  # the system a step works in says nothing of its input, unless the step is known to go by rule
        digital = bool(task.rule_based) and (task.medium in DIGITAL or bool(task.system))
    times = None if view.yearly is None else view.yearly * view.rates[task.id]
    few = task.exception_rate is not None and task.exception_rate <= view.settings.automation_exceptions
    held = [
        ("by rule, without judgement", bool(task.rule_based) or by_name),
        ("on digital, structured input", bool(digital)),
        (f"about {times or 0:,.0f} times a year", times is not None and times >= view.settings.automation_volume),
        (f"exceptions in {percent(task.exception_rate or 0)} of cases", few),
        ("takes a minute or more", view.work_of(task) >= view.settings.automation_minutes * 60),
    ]
    return held, by_name


def _draftable(view: View, task: Task) -> Iterator[Finding]:
    """Language work of which software could make a draft, where somebody reviews it afterwards."""
    reviewers = [
        reviewer
        for reviewer in view.tasks.values()
        if reviewer.id != task.id
        and set(reviewer.reads) & set(task.writes)
        and (is_control(reviewer) or reviewer.judgement)
    ]
    if not reviewers or view.work_of(task) < view.settings.automation_minutes * 60:
        return
    share = view.cost_share([task.id])
    yield finding(
        view,
        "draftable",
        (task.id,),
        f"{task.name} is language work that a person reviews anyway",
        (
            seen("mostly language"),
            seen(f"reviewed at {reviewers[0].name}"),
            computed(f"{percent(share)} of the work", share, "share"),
        ),
        ("H25",),
        waste="skills",
        share=share,
        share_of="cost",
        variant="draft",
        reviewer=reviewers[0].id,
    )


def media_breaks(view: View) -> Iterator[Finding]:
    """Paper, fax or spreadsheets between steps, or several changes of system on the usual path."""
    broken = [task for task in view.tasks.values() if task.medium in BREAKS]
    if all(verb(task.name) == "print" for task in broken):
        broken = []  # what is printed goes out: that it is read or typed from paper again, nobody said
    used = [task for task in view.path_tasks if task.system]
    switches = [b for a, b in itertools.pairwise(used) if a.system != b.system]
    if not broken and len(switches) < view.settings.system_switches:
        return
    told = [seen(f"{task.name} by {task.medium}") for task in broken]
    if len(switches) >= view.settings.system_switches:
        names = list(dict.fromkeys(str(task.system) for task in used))
        told.append(computed(f"{plural(len(switches), 'change')} of system: {listed(names)}", len(switches), "changes"))
    ids = tuple(dict.fromkeys([task.id for task in broken] + ([t.id for t in used] if len(told) > len(broken) else [])))
    media = sorted({str(task.medium) for task in broken})
    carried = listed([medium for medium in media if medium != "spreadsheet"])
    travels = f"The case travels by {carried}" if carried != "none" else "The case is kept in spreadsheets"
    yield finding(
        view,
        "media_breaks",
        ids,
        travels if broken else "The case changes system several times",
        tuple(told),
        ("H26",),
        waste="motion",
    )
