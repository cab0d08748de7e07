"""The page's server: one process on this machine, reached by the link it prints."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.errors import UsageError
from assistant.page.guard import HERE, Door
from assistant.page.people import People, asked_for, kept_in

if TYPE_CHECKING:
    from assistant.app import App

EVERYWHERE = ("0.0.0.0", "::", "")
SECONDS_TO_FINISH = 2
"""How long a request may go on when the server is told to stop; what was confirmed is on the disk anyway."""
SECONDS_KEPT_OPEN = 75
"""How long a browser's connection stays open; a shorter one may close just when something is sent."""

SECONDS_IN_A_ROW = 0.0005
"""How long a thread that reads or plays keeps the processor while others only want to look at the page."""


@dataclass(frozen=True)
class Place:
    """Where the page is served: the address and the port (0: the last one, else any that is free), for whom
    beside its owner (`Ada:editor`: a name and a role), and whether the links given before end (`renewed`)."""

    host: str = "127.0.0.1"
    port: int = 0
    people: tuple[str, ...] = ()
    renewed: bool = False


def serve(app: App, project: str | None, place: Place, *, browser: bool, tell: Callable[[str], None]) -> None:
    """Serve the page until it is stopped. Raises UsageError when it cannot listen, or a person cannot be invited."""
    import uvicorn

    from assistant.page.web import build

    asked = [asked_for(words) for words in place.people]
    if asked and not project:
        raise UsageError("A link for another person opens one project.", "", "Name it: assistant page PROJECT.")
    people = People(kept_in(app.home))
    if place.renewed:
        people.renew()
    listening = _listen_again(place, people.port)
    door = Door(place.host, listening.getsockname()[1], people)
    if not people.port or place.port:
        people.reached_at(door.port)
    path = f"/p/{quote(project)}" if project else "/"
    links = [door.people.again(name, role, project or "") for name, role in asked]
    tell(f"The page: {door.link(path)}")
    for link in links:
        tell(f"For {link.name} ({link.role}): {door.link(path, link)}")
    if place.host not in HERE:
        tell("Others on this network can reach it; what it sends is not encrypted. The first link is yours alone: it")
        tell(
            "does everything. Give each other person a link of their own: --person NAME:ROLE, or “People” on the page."
        )
    tell("Ctrl-C stops it. Everything confirmed is kept, and the links open it again (--new-links: none given so far).")
    config = uvicorn.Config(
        build(app, door), log_level="critical", access_log=False, server_header=False, date_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH, timeout_keep_alive=SECONDS_KEPT_OPEN,
        ws="none", proxy_headers=False,
    )  # fmt: skip
    if browser:
        webbrowser.open(door.link(path))
    sys.setswitchinterval(SECONDS_IN_A_ROW)
    uvicorn.Server(config).run(sockets=[listening])


def _listen_again(place: Place, port: int) -> socket.socket:
    """Where it was reached last, so that links given before lead here; where that is taken, any port that is free."""
    if not place.port and port:
        try:
            return _listen(place.host, port)
        except UsageError:
            pass
    return _listen(place.host, place.port)


def _listen(host: str, port: int) -> socket.socket:
    if host in EVERYWHERE:
        raise UsageError(
            f"{host or 'An empty address'} is every address of this machine.",
            "A page that is reached by any name cannot tell its own from another site's.",
            "Name the one address the others reach, such as --host 192.168.1.20.",
        )
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)  # from now on a browser that is quicker than the server waits
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"The page cannot listen at {host}:{port}.", f"{why}.", "Choose another --port, or 0 for any that is free."
        ) from None
    return listening
