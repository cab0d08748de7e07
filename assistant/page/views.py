"""What each part of the page shows, as plain data for its templates: every choice of words and figures is made here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.bpmn.svg import svg
from assistant.page import heat, maps
from assistant.page.desk import Desk, Shown
from assistant.process.figures import percent
from assistant.process.tree import by_id

if TYPE_CHECKING:
    from assistant.app import App

TABS = {
    "findings": "Findings", "alternatives": "Alternatives", "table": "Table", "whatif": "What if", "library": "Library",
    "feedback": "Feedback", "report": "Report",
}  # fmt: skip
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
    """What stands around the map: which maps there are, the versions, and the steps as a list."""
    process = shown.state.process
    key = maps.chosen(shown, which)
    plain = key.removeprefix(maps.BESIDE)
    return {
        "there": bool(process.flow.items),
        "which": key,
        "plain": plain,
        "beside": maps.earlier(shown, plain) is not None,
        "choices": maps.choices(shown),
        "versions": maps.versions(shown),
        "turn": plain.removeprefix(maps.TURN) if plain.startswith(maps.TURN) else "",
        "steps": list(maps.listed(process)) if plain == maps.TODAY else [],
        "heat": heat.KINDS,
    }


def findings_view(desk: Desk, shown: Shown) -> dict[str, Any]:
    """What hurts, with its evidence and how far to trust it."""
    from assistant.reports.evidence import findings, trust

    package = desk.package()
    if shown.redesign is None or package is None:
        return {"there": False}
    return {
        "there": True, "stale": _stale(shown), "trust": trust(shown.redesign), "help": _practices(desk, shown),
        **findings(shown.redesign, package),
    }  # fmt: skip


def _practices(desk: Desk, shown: Shown) -> list[list[dict[str, str]]]:
    """For each finding what may help, each practice in a plain sentence with its name and entry."""
    from assistant.library.entries import PracticeEntry

    known = {entry.code: entry for entry in desk.app.library.entries if isinstance(entry, PracticeEntry)}
    result = shown.redesign
    return [
        [{"id": known[code].id, "name": known[code].name.lower(), "says": known[code].definition}
         for code in finding.practices if code in known]
        for finding in (result.findings if result else ())
    ]  # fmt: skip


def _stale(shown: Shown) -> bool:
    """Whether the process was changed since it was looked at."""
    return shown.redesign is not None and shown.redesign.as_is != shown.state.process


def library_view(app: App, query: str) -> dict[str, Any]:
    """Entries for a question in plain words; without one, the processes one could start from."""
    from assistant.library.entries import ProcessEntry

    if not query.strip():
        processes = sorted((e for e in app.library.entries if isinstance(e, ProcessEntry)), key=lambda e: e.name)
        return {"query": "", "hits": [], "count": len(app.library.entries), "processes": processes}
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
    names = {id_: maps.called(step) for id_, step in by_id(shown.state.process).items()}
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
