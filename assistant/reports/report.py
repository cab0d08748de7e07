"""The report: one HTML page that needs nothing from outside, and its Markdown twin, from the same data.

Templates live in templates/ and are given plain data only, in a sandbox in which everything unknown is an error and
everything a user wrote is escaped.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.process.blocks import Task
from assistant.process.tree import walk
from assistant.settings import bundled

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from assistant.bpmn.marks import Marks
    from assistant.handover.shapes import Package
    from assistant.process.model import Process
    from assistant.redesign.engine import Redesign

UPRIGHT = 0.8
"""Height by width of a map from which on it is printed on an upright page."""
_SIZE = re.compile(r'<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"')
_SPECIAL = re.compile(r"([\\`*_\[\]|#~])")


def html(redesign: Redesign, package: Package) -> str:
    """The report as one HTML file: no outside address, no script, light and dark, for screen, phone and paper."""
    today, to_be = picture(redesign.as_is, problem_marks(redesign)), picture(package.to_be, package.marks)
    return _render("report.html.j2", redesign, package, {"maps": {"today": today, "to_be": to_be}})


def picture(process: Process, marks: Marks) -> dict[str, Any]:
    """The map of a process for a light and for a dark page, its natural width in pixels, and whether it stands upright.

    One of several rows is printed on an upright page, where it is larger.
    """
    from markupsafe import Markup

    from assistant.bpmn.svg import svg

    day, night = svg(process, marks), svg(process, marks, dark=True)
    size = _SIZE.search(day)
    width, height = (float(size[1]), float(size[2])) if size else (1000.0, 1000.0)
    return {"day": Markup(day), "night": Markup(night), "width": int(width), "upright": height > UPRIGHT * width}


def markdown(redesign: Redesign, package: Package) -> str:
    """The same report as Markdown, with the maps as Mermaid pictures."""
    from assistant.bpmn.mermaid import mermaid

    maps = {"today": mermaid(redesign.as_is), "to_be": mermaid(package.to_be)}
    paper = getattr(redesign, "paper", None)
    extra = {
        "maps": {key: _Raw(value) for key, value in maps.items()},
        "written": _Raw(paper.markdown if paper else ""),
    }
    text = _render("report.md.j2", redesign, package, extra)
    return _spaced(text)


def _spaced(text: str) -> str:
    """One empty line around headings and no two in a row, outside the pictures."""
    parts = re.split(r"(```.*?```)", text, flags=re.S)
    for number in range(0, len(parts), 2):
        apart = re.sub(r"[ \t]+\n", "\n", parts[number])
        apart = re.sub(r"(?<!\n)\n(#{1,6} )", r"\n\n\1", apart)
        parts[number] = re.sub(r"\n{3,}", "\n\n", apart)
    return "".join(parts).strip() + "\n"


class _Raw(str):
    """Text that is Markdown already and is set as it is."""


MOST_MARKED, FEW_MARKED = 3, 4
"""Findings marked on the map of today, and steps that one of them may name however short the process is."""


def problem_marks(redesign: Redesign) -> Marks:
    """Marks for today's map: what the findings that weigh most name, one step or a few; a mark on every step says
    nothing. What else is found stands in the notes of its steps."""
    from assistant.bpmn.marks import Kind, Marks
    from assistant.redesign.shapes import meant
    from assistant.reports.evidence import claimed

    kinds: dict[str, Kind] = {}
    signs: dict[str, str] = {}
    notes: dict[str, str] = {}
    many = max(FEW_MARKED, sum(isinstance(step, Task) for step in walk(redesign.as_is)) // 2)
    ranked = list(enumerate(claimed(redesign.findings)[0], 1))
    marked = [(number, finding) for number, finding in ranked if len(meant(finding)) <= many][:MOST_MARKED]
    for number, finding in marked or ranked[:1]:
        for name in meant(finding):
            kinds[name] = "problem"
            signs.setdefault(name, str(number))
    for finding in redesign.findings:
        for element in finding.elements:
            notes[element] = f"{notes[element]}; {finding.title}" if element in notes else finding.title
    return Marks(kinds=kinds, notes=notes, signs=signs)


def _render(name: str, redesign: Redesign, package: Package, extra: dict[str, Any]) -> str:
    from assistant.reports.view import view

    return environment(name.endswith(".html.j2")).get_template(name).render(**view(redesign, package), **extra)


@cache
def environment(is_html: bool) -> ImmutableSandboxedEnvironment:
    """The templates' environment: HTML escapes everything by default, Markdown escapes what would change its layout."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(str(bundled("templates"))),
        autoescape=is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=None if is_html else _safe,
    )


def _safe(value: Any) -> Any:
    """A text a user may have written, so that it cannot become a heading, a table cell, a link or HTML."""
    if not isinstance(value, str) or isinstance(value, _Raw):
        return value
    text = _SPECIAL.sub(r"\\\1", " ".join(value.split("\n")))
    text = text.replace("<", "&lt;")  # without it a “>” closes nothing; at the start of a line it makes a quotation
    return f"&gt;{text[1:]}" if text.startswith(">") else text
