"""The package as plain data: changes, measures, people, needs, plan, money and review, ready to be set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.handover.needs import WATCHING
from assistant.handover.rollout import LOOK_BACK
from assistant.process.describe import name_of
from assistant.process.tree import by_id
from assistant.reports.alternatives import label
from assistant.reports.charts import track
from assistant.reports.format import amount, badge, basis_of, count, interval, rests, say

if TYPE_CHECKING:
    from assistant.handover.shapes import Figure, Kpi, MoneyLine, Package
    from assistant.redesign.engine import Redesign

OF_A_PROJECT = ("Training", "Time of the owner and the managers", "Collecting and reviewing measures")
"""What a handful of people who try a change with the next cases do not pay for."""
KINDS = {"added": ("new", "+"), "changed": ("changed", "~"), "removed": ("gone", "−"), "problem": ("hurts", "!")}


def figure(one: Figure) -> dict[str, Any]:
    """A figure ready to be set: its value, its range, its badge and where it comes from."""
    bounds = interval(one.low, one.high, one.unit) if one.value is not None else ""
    bounds = "" if bounds == say(one) else bounds
    return {
        "value": say(one),
        "range": bounds,
        "badge": badge(one.basis)._asdict(),
        "basis": basis_of(one),
        "rests": rests(one),
        "source": one.source,
        "known": one.value is not None or one.low is not None,
    }


def changes(redesign: Redesign, package: Package) -> dict[str, Any]:
    """What changes and why, and what each mark on the to-be map means."""
    steps = by_id(package.to_be)
    marked = [
        {
            "sign": KINDS[kind][1],
            "kind": KINDS[kind][0],
            "name": name_of(steps[key]),
            "note": package.marks.notes.get(key, ""),
        }
        for key, kind in package.marks.kinds.items()
        if key in steps
    ]
    titles = {entry: entry for change in package.changes for entry in change.cites}
    return {
        "name": label(package.alternative or ""),
        "list": [{**change.document(), **_lists(change)} for change in package.changes],
        "marked": marked,
        "removed": [name if "“" in name else f"“{name}”" for name in package.removed],
        "cited": list(titles),
        "today": redesign.as_is.name,
    }


def _lists(one: Any) -> dict[str, Any]:
    """Every list of a change, empty ones too (templates are strict about what is missing)."""
    return {name: list(getattr(one, name)) for name in ("what", "why", "cites", "risks", "elements", "caught")} | {
        "figures": [
            {"text": item.text, "value": item.value, "badge": badge(item.basis)._asdict()} for item in one.figures
        ],
        "title": one.title, "practice": one.practice,
    }  # fmt: skip


def kpis(package: Package) -> list[dict[str, Any]]:
    """The KPI sheet, one entry a measure."""
    return [_kpi(kpi) for kpi in package.kpis]


def _kpi(one: Kpi) -> dict[str, Any]:
    aim = one.target
    less = one.direction.startswith("lower")
    goal = "measure first" if aim.figure.value is None else say(aim.figure)
    bound = "" if aim.figure.value is None else "at most" if less else "at least"
    sign = 1 if less else -1
    marks = [
        part.value * sign if part is not None and part.value is not None else None
        for part in (one.baseline, aim.figure, aim.possible, aim.needed)
    ]
    spoken = f"Today {say(one.baseline)}, target {goal}, possible {say(aim.possible)}"
    return {
        "name": one.name,
        "dimension": one.dimension,
        "formula": one.formula,
        "unit": one.unit,
        "direction": one.direction,
        "arrow": "↓" if less else "↑",
        "baseline": figure(one.baseline),
        "target": goal,
        "bound": bound,
        "hold": aim.hold,
        "need": aim.need,
        "needed": say(aim.needed) if aim.needed else "",
        "possible": figure(aim.possible),
        "reason": aim.reason,
        "owner": one.owner,
        "collector": one.collector,
        "receiver": one.receiver,
        "source": one.source,
        "cadence": one.cadence,
        "drives": one.drives,
        "context": one.context,
        "track": track((marks[0], marks[1], marks[2], marks[3]), spoken),
    }


def people(package: Package) -> dict[str, Any]:
    """Seats to fill, who answers for which step, what must be learned, and what is unclear about roles."""
    return {
        "seats": [{"title": role.title, "duty": role.duty, "holder": role.holder or ""} for role in package.roles],
        "raci": [
            {
                "name": line.name, "responsible": list(line.responsible), "accountable": line.accountable,
                "consulted": list(line.consulted), "informed": list(line.informed), "proposed": line.proposed,
            }
            for line in package.raci
        ],
        "skills": [
            {"role": skill.role, "topic": skill.topic, "because": skill.because, "hours": figure(skill.hours)}
            for skill in package.skills
            if skill.because != WATCHING
        ],
        "gaps": list(package.gaps),
        "small": package.review.name == LOOK_BACK,
    }  # fmt: skip


def needs(package: Package) -> dict[str, Any]:
    """Data, systems and what outside parties must hear."""
    return {
        "data": [
            {"name": document.name, "source": document.source, "note": document.note, "writers": list(document.writers),
             "readers": list(document.readers)}
            for document in package.data
        ],
        "systems": [
            {"name": system.name, "state": system.state, "steps": list(system.steps), "note": system.note,
             "price": system.price}
            for system in package.systems
        ],
        "organisation": list(package.organisation),
        "briefings": [
            {"audience": briefing.audience, "when": briefing.when, "by": briefing.by,
             "messages": [message.rstrip(".") for message in briefing.messages]}
            for briefing in package.briefings
        ],
    }  # fmt: skip


def plan(package: Package) -> dict[str, Any]:
    """The rollout as bars over weeks, the pilot, and the control plan."""
    weeks = max(package.rollout.weeks, 1)
    rows = [
        {
            "id": part.id, "title": part.name, "owner": part.owner, "when": _weeks(part.start, part.end),
            "after": list(part.after), "result": part.result,
            "left": round(100 * (part.start - 1) / weeks, 2), "width": round(100 * part.weeks / weeks, 2),
        }
        for part in package.rollout.packages
    ]  # fmt: skip
    trial = package.pilot
    return {
        "rows": rows,
        "weeks": count(package.rollout.weeks, "week"),
        "months": amount(round(package.rollout.weeks / 4.345, 1), "months"),
        "basis": package.rollout.basis,
        "warning": package.rollout.warning,
        "pilot": {
            "scope": trial.scope, "cases": figure(trial.cases), "weeks": figure(trial.weeks),
            "entry": list(trial.entry), "exit": list(trial.exit), "rollback": list(trial.rollback),
            "feedback": trial.feedback,
        },
        "controls": [
            {"kpi": control.kpi, "chart": control.chart, "limits": control.limits, "collector": control.collector,
             "within": control.within}
            for control in package.controls
        ],
        "signals": _signals(package),
    }  # fmt: skip


def _signals(package: Package) -> str:
    """What counts as a signal on any chart and what follows, said once for all of them."""
    told = dict.fromkeys(
        f"A signal: {control.rules[0].lower()}{control.rules[1:]}. Then: {control.reaction}."
        for control in package.controls
    )
    return " ".join(told)


def _weeks(start: int, end: int) -> str:
    return f"week {start}" if start == end else f"weeks {start}–{end}"


def money(redesign: Redesign, package: Package) -> dict[str, Any]:
    """Benefit and cost in ranges, what is unpriced, and the payback in words."""
    sheet, small = package.money, package.review.name == LOOK_BACK
    return {
        "benefits": [_money(line) for line in sheet.benefits],
        "costs": [_money(line) for line in sheet.costs if not (small and line.name in OF_A_PROJECT)],
        "running": [_money(line) for line in sheet.running if not (small and line.name in OF_A_PROJECT)],
        "payback": sheet.payback,
        "caution": _caution(redesign) if sheet.benefits else "",
        "unknown": list(sheet.unknown),
    }


def _caution(redesign: Redesign) -> str:
    """What the ranges of the benefits do not cover."""
    part = redesign.completed.work_filled
    weak = f"; {amount(part, 'share')} of the work behind them nobody told" if part else ""
    return f"The ranges of the benefits cover what nobody told and chance, not what was told wrongly{weak}."


def _money(line: MoneyLine) -> dict[str, Any]:
    told = line.figure
    shown = interval(told.low, told.high, told.unit) if told.low is not None else say(told)
    return {
        "name": line.name, "range": shown, "per": line.per, "note": line.note, "badge": badge(told.basis)._asdict(),
        "basis": basis_of(told), "source": told.source,
    }  # fmt: skip


def review(package: Package) -> dict[str, Any]:
    """The standing meeting."""
    one = package.review
    return {
        "name": one.name,
        "cadence": one.cadence, "people": list(one.people), "minutes": sum(minutes for minutes, _ in one.agenda),
        "agenda": [{"minutes": minutes, "text": text} for minutes, text in one.agenda],
        "rules": list(one.rules), "reopen": list(one.reopen),
    }  # fmt: skip


def methods(package: Package) -> list[dict[str, Any]]:
    """The views for people who work by a method."""
    return [
        {"method": view.method, "sections": [{"title": title, "lines": list(lines)} for title, lines in view.sections]}
        for view in package.views
    ]
