"""page: the conversation beside the map, in a browser on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import common
from assistant.cli.common import Embeddings, Model

NEEDED = ("fastapi", "uvicorn")


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("page")(page)


def page(
    project: Annotated[str | None, typer.Argument(help="The project to open (default: choose on the page).")] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port (0: the last one, else any that is free).")
    ] = 0,
    host: Annotated[str, typer.Option("--host", help="Address to listen at; others reach any but the default.")] = (
        "127.0.0.1"
    ),
    person: Annotated[
        list[str] | None,
        typer.Option("--person", metavar="NAME:ROLE", help="A link for this person: editor, commenter or reader."),
    ] = None,
    new_links: Annotated[
        bool, typer.Option("--new-links", help="End all links given so far, and make a new one.")
    ] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the link and open no browser.")] = False,
    model: Model = None,
    embeddings: Embeddings = None,
) -> None:
    """Open the page: the conversation beside the map, with findings, alternatives, figures, what-if and report."""
    from importlib.util import find_spec

    from assistant.app import project_name
    from assistant.errors import ServiceError

    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ServiceError(
            f"The page needs {' and '.join(missing)}, not installed here.",
            "",
            "Install with `pip install 'process-redesign-assistant[page]'`; `assistant chat` needs nothing more.",
        )
    from assistant.page.server import Place, serve

    app = common.app(model, embeddings)
    name = project_name(project) if project else None
    place = Place(host, port, tuple(person or ()), new_links)
    serve(app, name, place, browser=not no_browser, tell=common.show)
