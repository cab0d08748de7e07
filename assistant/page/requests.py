"""What a request of the page asks for: its form, what its address names, and what whoever sends it may do."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import Request

from assistant.errors import UsageError
from assistant.page import views
from assistant.page.people import Link


def rights(request: Request) -> dict[str, bool]:
    """What whoever asks may do, as the templates want to know it."""
    link: Link = request.scope["link"]
    return {"writes": link.writes, "comments": link.comments, "owner": link.role == "owner"}


def writes(request: Request) -> bool:
    """Whether whoever asks may change the process."""
    return bool(request.scope["link"].writes)


def asked(request: Request) -> dict[str, str]:
    """What the address asks for, bounded; the tab is always one there is."""
    found = {key[:140]: value[:400] for key, value in list(request.query_params.items())[:60]}
    found.pop("name", None)
    found["tab"] = found.get("tab", "") if found.get("tab") in views.TABS else "findings"
    return found


async def form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises UsageError when it is none."""
    try:
        text = (await request.body()).decode("utf-8")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=200))
    except ValueError:
        raise UsageError("This could not be read as a form.", "", "Load the page again.") from None
