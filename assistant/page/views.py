"""What each part of the page shows, as plain data for its templates: every choice of words and figures is made here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.bpmn.svg import svg
from assistant.page import heat, maps
from assistant.page.desk import Desk, Shown
from assistant.process.figures import percent
from assistant.process.tree import by_id
from assistant.projects.journal import Accepted, Edits, Proposed

if TYPE_CHECKING:
    from assistant.app import App
    from assistant.library.entries import ProcessEntry

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


def map_view(shown: Shown, which: str) -> dict[str, Any]:
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
        "there": True, "stale": stale(shown), "trust": trust(shown.redesign), "help": _practices(desk, shown),
        **findings(shown.redesign),
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


def looked(shown: Shown) -> bool:
    """Whether anybody looked for what hurts, be it before the page was opened."""
    return any(isinstance(entry.what, Proposed) for entry in shown.state.entries)


def stale(shown: Shown) -> str:
    """Whether the process was changed since it was looked at: `decided`, where only by taking proposals over, else
    `changed`; empty where it was not."""
    if shown.redesign is None or shown.redesign.as_is == shown.state.process:
        return ""
    entries = shown.state.entries
    looked = max((at for at, entry in enumerate(entries) if isinstance(entry.what, Proposed)), default=len(entries))
    taken = {entry.turn for entry in entries[looked:] if isinstance(entry.what, Accepted)}
    changed = {entry.turn for entry in entries[looked:] if isinstance(entry.what, Edits)}
    return "decided" if changed and changed <= taken else "changed"


def library_view(app: App, query: str) -> dict[str, Any]:
    """Entries for a question in plain words; without one, or where none is close, the processes one could start
    from."""
    from assistant.library.entries import ProcessEntry

    found = app.search(query[:400], top=8).results if query.strip() else ()
    processes = [] if found else [entry for entry in app.library.entries if isinstance(entry, ProcessEntry)]
    return {
        "query": query[:400].strip(), "hits": [hit.document() for hit in found], "shelves": _shelves(processes),
        "count": len(app.library.entries),
    }  # fmt: skip


def _shelves(processes: list[ProcessEntry]) -> list[tuple[str, list[ProcessEntry]]]:
    """The processes by the part of a house they belong to, the largest first; what stands alone comes together last."""
    shelves: dict[str, list[ProcessEntry]] = {}
    for entry in sorted(processes, key=lambda entry: entry.name.casefold()):
        shelves.setdefault(entry.function.split()[0].strip(","), []).append(entry)
    named = [(min((entry.function for entry in held), key=len), held) for held in shelves.values() if len(held) > 1]
    alone = [entry for held in shelves.values() if len(held) == 1 for entry in held]
    named.sort(key=lambda shelf: (-len(shelf[1]), shelf[0]))
    return [*named, ("Others", sorted(alone, key=lambda entry: entry.name.casefold()))] if alone else named


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
    told = outline(in_words(entry)[1:])  # its first line is the name, which stands above
    return {"id": entry.id, "code": code, "name": entry.name, "told": told, "svg": Markup(drawn)}


class Point(NamedTuple):
    """A line of an outline with the lines that are indented below it."""

    text: str
    below: tuple[Point, ...]

    @property
    def size(self) -> int:
        """How many lines it has below it."""
        return sum(1 + point.size for point in self.below)


def outline(lines: Sequence[str]) -> tuple[Point, ...]:
    """Lines that are indented by what they belong to, as points within points."""
    found: list[Point] = []
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if not line.strip():
            continue
        deep, behind = len(line) - len(line.lstrip()), at
        while at < len(lines) and (not lines[at].strip() or len(lines[at]) - len(lines[at].lstrip()) > deep):
            at += 1
        found.append(Point(line.strip(), outline(lines[behind:at])))
    return tuple(found)


def feedback_view(shown: Shown) -> dict[str, Any]:
    """What customers say: the themes with counts, mood, quotes to the letter, and the steps they hurt."""
    from assistant.feedback.plainly import felt, single_in_words

    found = shown.feedback
    if found is None:
        return {"there": False}
    names = {id_: maps.called(step) for id_, step in by_id(shown.state.process).items()}
    themes = [
        {
            "name": theme.name, "count": theme.count, "share": percent(theme.share),
            "felt": felt(theme), "trend": "" if theme.trend == "unknown" else theme.trend,
            "steps": [names[step] for step in theme.steps if step in names],
            "quotes": [{"text": quote.text, "id": quote.comment} for quote in theme.quotes[:3]],
        }
        for theme in found.themes[:20]
    ]  # fmt: skip
    return {
        "there": True, "comments": found.comments, "themes": themes, "other": found.other, "notes": list(found.notes),
        "alone": [
            (single_in_words(single, names.get(single.step, "")), single.quote.document())
            for single in found.singles if single.quote.text
        ],
        "made_by": found.made_by,
    }  # fmt: skip


def report_view(shown: Shown) -> dict[str, Any]:
    """What can be read and downloaded."""
    return {
        "there": shown.redesign is not None,
        "stale": stale(shown),
        "files": FILES if shown.state.process.flow.items else {},
    }  # fmt: skip
