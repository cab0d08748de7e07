"""What each part of the page shows, as plain data for its templates: every choice of words and figures is made here."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from assistant.bpmn.marks import Marks
from assistant.bpmn.svg import svg
from assistant.handover.change import marks_between
from assistant.page.desk import Desk, Shown
from assistant.process.apply import apply
from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Task, Wait
from assistant.process.describe import name_of, value_in_words
from assistant.process.durations import humane
from assistant.process.figures import percent
from assistant.process.model import Process, Role
from assistant.process.tree import by_id, tasks, walk
from assistant.reports.format import badge
from assistant.reports.report import problem_marks

if TYPE_CHECKING:
    from assistant.app import App

TABS = {
    "findings": "Findings", "alternatives": "Alternatives", "table": "Table", "whatif": "What if", "library": "Library",
    "feedback": "Feedback", "report": "Report",
}  # fmt: skip
TODAY = "today"
SHARE = "share.html"
FILES = {
    "process.bpmn": "BPMN, for other process tools",
    "process.svg": "the map as a drawing",
    "process.png": "the map as a picture",
    "process.pdf": "the map as a PDF",
    "process.json": "the process as data",
    "process.md": "the process as a list in words",
}


def map_view(shown: Shown, tab: str, which: str) -> dict[str, Any]:
    """The map: today's, with what changed last marked (with the findings open: where it hurts), or an alternative's."""
    process = shown.state.process
    result = shown.redesign
    other = result.alternative(which) if result else None
    if other is not None:
        marks, gone = marks_between(result.as_is, other.process) if result else (Marks(), ())
        caption = f"{_title(other.name)}: what would be new or changed is marked."
        caption += f" Gone: {', '.join(gone)}." if gone else ""
        return _drawn(other.process, marks, caption, shown, which, live=False)
    if tab == "findings" and result is not None and result.as_is == process:
        return _drawn(process, problem_marks(result), "Today. Marked: where it hurts.", shown, TODAY)
    marks, gone = marks_between(shown.before, process)
    if len(marks.kinds) > len(list(walk(process))) * 0.8:
        marks = Marks()  # all of it is new: nothing stands out
    told = [f"changed last: {len(marks.kinds)} marked"] if marks.kinds else []
    told += [f"gone: {', '.join(gone[:4])}"] if gone else []
    return _drawn(process, marks, f"Today{', ' + '; '.join(told) if told else ''}.", shown, TODAY)


def _drawn(process: Process, marks: Marks, caption: str, shown: Shown, which: str, live: bool = True) -> dict[str, Any]:
    from markupsafe import Markup

    some = bool(process.flow.items)
    alternatives = shown.redesign.alternatives if shown.redesign else ()
    return {
        "svg": Markup(svg(process, marks, live=True)) if some else "",
        "caption": caption if some else "Nothing is drawn yet.",
        "live": live,
        "which": which,
        "choices": [
            (TODAY, "Today"),
            *((alternative.name, _title(alternative.name)) for alternative in alternatives if alternative.proposals),
        ],
        "steps": list(_listed(process)) if live else [],
    }


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def called(step: Any) -> str:
    """A step's own name, where it has one."""
    named = getattr(step, "name", "") or getattr(step, "question", "") or getattr(step, "outcome", "")
    return str(named or name_of(step).strip("“”"))


def _listed(process: Process) -> Iterator[dict[str, str]]:
    """The steps in reading order, for a screen reader and the keyboard."""
    for step in walk(process):
        if isinstance(step, Task | Wait | Call | End | Choice | AnyOf | Loop):
            role = process.role(getattr(step, "role", None))
            yield {"id": step.id, "name": called(step), "who": role.name if role else ""}


def findings_view(desk: Desk, shown: Shown) -> dict[str, Any]:
    """What hurts, with its evidence and how far to trust it."""
    from assistant.reports.evidence import findings, trust

    package = desk.package()
    if shown.redesign is None or package is None:
        return {"there": False}
    return {
        "there": True, "stale": _stale(shown), "trust": trust(shown.redesign), **findings(shown.redesign, package),
    }  # fmt: skip


def _stale(shown: Shown) -> bool:
    """Whether the process was changed since it was looked at."""
    return shown.redesign is not None and shown.redesign.as_is != shown.state.process


def alternatives_view(shown: Shown) -> dict[str, Any]:
    """The alternatives with their effects, and each proposal once, with its number, reasons and fate."""
    from assistant.reports.alternatives import alternatives

    if shown.redesign is None:
        return {"there": False}
    return {
        "there": True,
        "stale": _stale(shown),
        "listing": shown.listing,
        "cards": alternatives(shown.redesign),
        "why": shown.redesign.why_recommended,
        "proposals": [_proposal(shown, number, one) for number, one in enumerate(shown.proposals, 1)],
    }


def _proposal(shown: Shown, number: int, proposal: Any) -> dict[str, Any]:
    from assistant.chat.proposals import why_lines
    from assistant.page.conversation import blocks

    told: Any = SimpleNamespace(process=_made_on(shown, proposal), latest=shown.redesign)

    return {
        "number": number,
        "title": proposal.title,
        "practice": f"{proposal.practice} {proposal.name}",
        "why": blocks(why_lines(told, proposal)[1:]),
        "fate": shown.state.decided.get(proposal.id, ""),
    }


def _made_on(shown: Shown, proposal: Any) -> Process:
    """The process a proposal changes: the one looked at, with what its alternative does before it."""
    assert shown.redesign is not None
    holder = next(alternative for alternative in shown.redesign.alternatives if proposal in alternative.proposals)
    earlier = holder.proposals[: holder.proposals.index(proposal)]
    return apply(shown.redesign.as_is, [edit for one in earlier for edit in one.edits])


def table_view(process: Process) -> dict[str, Any]:
    """Every figure of the process, with what it rests on: of the steps, of the ways, of the people, of the whole."""
    rows = [_row(process, step) for step in walk(process) if isinstance(step, Task | Wait | Call)]
    between = process.volume.between if process.volume else None
    every = f"one every {humane(between.mean_seconds)}" if between else ""
    told = process.volume.text if process.volume and process.volume.text else every
    basis = (process.volume.basis or (between.basis if between else None)) if process.volume else None
    return {
        "steps": rows,
        "ways": list(_ways(process)),
        "people": [_people(process, role) for role in process.roles if role.kind != "external"],
        "volume": _cell("volume", "volume", told, basis, bool(process.volume)),
        "currency": process.currency,
    }


def _cell(element: str, field: str, text: str, basis: Any, known: bool) -> dict[str, Any]:
    shown = badge(basis if known and basis else "stated" if known else None)
    return {"element": element, "field": field, "text": text, "badge": shown._asdict(), "known": known}


def _row(process: Process, step: Task | Wait | Call) -> dict[str, Any]:
    role = process.role(step.role)
    is_task = isinstance(step, Task)
    lengths = {
        name: _length(step.id, name, getattr(step, name))
        for name in ("work", "wait", "duration")
        if hasattr(step, name)
    }
    errors, system = getattr(step, "error_rate", None), getattr(step, "system", None)
    told = "" if errors is None else percent(errors)
    return {
        "id": step.id,
        "name": called(step),
        "who": role.name if role else "",
        "work": lengths.get("work"),
        "wait": lengths.get("wait") or lengths.get("duration"),
        "errors": _cell(step.id, "error_rate", told, step.basis, errors is not None) if is_task else None,
        "system": _cell(step.id, "system", system or "", step.basis, system is not None) if is_task else None,
    }  # fmt: skip


def _length(element: str, field: str, value: Any) -> dict[str, Any]:
    text = humane(value.mean_seconds) if value is not None else ""
    return _cell(element, field, text, value.basis if value is not None else None, value is not None)


def _ways(process: Process) -> Iterator[dict[str, Any]]:
    for step in walk(process):
        if isinstance(step, Choice | AnyOf):
            for branch in step.branches:
                yield _way(step, branch.when or "otherwise", branch.id, branch.p, branch.p_basis)
        elif isinstance(step, Loop):
            yield _way(step, f"again while {step.while_}" if step.while_ else "again", step.id, step.p, step.p_basis)


def _way(step: Block, when: str, element: str, chance: float | None, basis: Any) -> dict[str, Any]:
    text = percent(chance) if chance is not None else ""
    return {"at": called(step), "when": when, "p": _cell(element, "p", text, basis, chance is not None)}


def _people(process: Process, role: Role) -> dict[str, Any]:
    number = "" if role.capacity is None else str(role.capacity)
    price = "" if role.cost_per_hour is None else f"{role.cost_per_hour:g} {process.currency} an hour"
    return {
        "name": role.name,
        "capacity": _cell(role.id, "capacity", number, role.capacity_basis, role.capacity is not None),
        "cost": _cell(role.id, "cost_per_hour", price, role.cost_basis, role.cost_per_hour is not None),
    }


def whatif_view(process: Process) -> dict[str, Any]:
    """What can be turned: cases, errors, the people of each role, the wait before each step."""
    waits = [
        {"id": step.id, "name": called(step), "today": value_in_words(_wait(step))}
        for step in walk(process) if isinstance(step, Task | Wait | Call) and _wait(step) is not None
    ]  # fmt: skip
    people = [{"id": role.id, "name": role.name, "today": role.capacity} for role in process.roles if role.capacity]
    return {"there": bool(tasks(process)), "people": people, "waits": waits}


def _wait(step: Any) -> Any:
    return getattr(step, "wait", None) or getattr(step, "duration", None)


def library_view(app: App, query: str) -> dict[str, Any]:
    """Entries for a question in plain words; without one, how many there are."""
    if not query.strip():
        return {"query": "", "hits": [], "count": len(app.library.entries)}
    result = app.search(query[:400], top=8)
    return {"query": query[:400], "hits": [hit.document() for hit in result.results], "count": len(app.library.entries)}


def entry_view(app: App, name: str) -> dict[str, Any] | None:
    """One entry of the library for reading, drawn where it has a flow; None when there is none."""
    from markupsafe import Markup

    from assistant.library.entries import ProcessEntry
    from assistant.library.telling import in_words
    from assistant.library.template import template

    entry = app.library.get(name)
    if entry is None:
        return None
    drawn = svg(template(entry), live=True) if isinstance(entry, ProcessEntry) and entry.flow else ""
    code = entry.code if isinstance(entry, ProcessEntry) else ""
    return {"id": entry.id, "code": code, "name": entry.name, "text": "\n".join(in_words(entry)), "svg": Markup(drawn)}


def feedback_view(shown: Shown) -> dict[str, Any]:
    """What customers say: the themes with counts, mood, quotes to the letter, and the steps they hurt."""
    found = shown.feedback
    if found is None:
        return {"there": False}
    names = {id_: called(step) for id_, step in by_id(shown.state.process).items()}
    themes = [
        {
            "name": theme.name, "count": theme.count, "share": percent(theme.share), "kind": theme.kind,
            "mood": f"{theme.sentiment:+.2f}", "trend": theme.trend,
            "steps": [names[step] for step in theme.steps if step in names],
            "quotes": [{"text": quote.text, "id": quote.comment} for quote in theme.quotes[:3]],
        }
        for theme in found.themes[:20]
    ]  # fmt: skip
    return {
        "there": True, "comments": found.comments, "themes": themes, "other": found.other, "notes": list(found.notes),
        "made_by": found.made_by,
    }  # fmt: skip


def report_view(shown: Shown) -> dict[str, Any]:
    """What can be read and downloaded."""
    return {
        "there": shown.redesign is not None,
        "stale": _stale(shown),
        "files": FILES if shown.state.process.flow.items else {},
    }  # fmt: skip
