"""The page's server: one process on this machine, reached by the link it prints."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.errors import UsageError
from assistant.page.guard import Door

if TYPE_CHECKING:
    from assistant.app import App

HERE = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")
SECONDS_TO_FINISH = 2
"""How long a request may go on when the server is told to stop; what was confirmed is on the disk anyway."""
SECONDS_KEPT_OPEN = 75
"""How long a browser's connection stays open; a shorter one may close just when something is sent."""


def serve(app: App, project: str | None, *, host: str, port: int, browser: bool, tell: Callable[[str], None]) -> None:
    """Serve the page until it is stopped. `port` 0 takes any that is free. Raises UsageError when it cannot listen."""
    import uvicorn

    from assistant.page.web import build

    listening = _listen(host, port)
    door = Door.new(host, listening.getsockname()[1], project)
    path = f"/p/{quote(project)}" if project else "/"
    tell(f"The page: {door.link(path)}")
    if host not in HERE:
        tell(f"For people who only read: {door.link(path, 'reader')}")
        tell("Others on this network can reach it; what it sends is not encrypted. Give a link only to whom it is for.")
    tell("Ctrl-C stops it. Everything confirmed is kept.")
    config = uvicorn.Config(
        build(app, door), log_level="critical", access_log=False, server_header=False, date_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH, timeout_keep_alive=SECONDS_KEPT_OPEN,
        ws="none", proxy_headers=False,
    )  # fmt: skip
    if browser:
        webbrowser.open(door.link(path))
    uvicorn.Server(config).run(sockets=[listening])


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
