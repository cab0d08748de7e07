"""The share file: one HTML file that opens from a mail, shows the map, the figures and what could be done, and gives
what its reader has to say back as a file that the page and `assistant project import` take in."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from assistant.page.desk import Desk
from assistant.settings import bundled

if TYPE_CHECKING:
    from assistant.handover.shapes import Package
    from assistant.page.desk import Shown
    from assistant.redesign.engine import Redesign


def share(desk: Desk, shown: Shown, reported: tuple[Redesign, Package] | None) -> str:
    """The share file of a project as it is now; with findings and alternatives, or what was decided of them, where they
    were looked for.

    It holds one script, named by its hash in the file's own policy, and reaches nowhere.
    """
    from assistant.page.rendering import render
    from assistant.page.table import table_view
    from assistant.reports.alternatives import alternatives, headline
    from assistant.reports.evidence import findings, trust
    from assistant.reports.report import html, picture, problem_marks

    process = shown.state.process
    fresh = reported is not None and process in (reported[0].as_is, reported[1].to_be)
    script = (bundled("templates") / "page" / "share.js").read_text(encoding="utf-8")
    told: dict[str, Any] = {}
    if reported is not None and fresh:
        result, package = reported
        told = {
            "report": html(result, package),
            "headline": headline(result), "trust": trust(result), "findings": findings(result),
            "cards": alternatives(result),
        }  # fmt: skip
    marks = problem_marks(reported[0]) if reported is not None and fresh else _none()
    return render(
        "share.html.j2", project=desk.project, name=process.name, map=picture(process, marks), told=told,
        table=table_view(process), script=_plain(script), hash=_hash(script), made_by=desk.app.made_by,
    )  # fmt: skip


def _none() -> Any:
    from assistant.bpmn.marks import Marks

    return Marks()


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(sha256(script.encode()).digest()).decode()


def _plain(script: str) -> Any:
    """Our own script as it stands."""
    from markupsafe import Markup

    return Markup(script)
