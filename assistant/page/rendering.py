"""The page's templates with their values put in."""

from __future__ import annotations

from typing import Any


def render(template: str, **values: Any) -> str:
    """A template of the page with its values; everything a user wrote is escaped."""
    from assistant.reports.report import environment

    return str(environment(True).get_template(f"page/{template}").render(**values))
