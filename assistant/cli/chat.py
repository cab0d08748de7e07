"""chat: the conversation in the terminal. It shows what `assistant.chat` answers, and nothing else."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import Embeddings, Model

if TYPE_CHECKING:
    from assistant.chat.screen import Screen
    from assistant.chat.turn import Reply
    from assistant.workspace.session import Session

MAX_LINE = 200_000
WIDEST = 100
LONG = re.compile(r"/?(?:propose|redesign|export)\b", re.IGNORECASE)


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("chat")(chat)


def chat(
    project: Annotated[str, typer.Argument(help="The project to begin or go on with.")] = "my-process",
    model: Model = None,
    embeddings: Embeddings = None,
) -> None:
    """Tell your process in a conversation; it goes on where it stopped. Nothing confirmed is ever lost."""
    from assistant.app import project_name
    from assistant.chat.turn import Talk

    app = common.app(model, embeddings)
    talk = Talk(app.session(project_name(project)), _export(app))
    common.note(f"Project {talk.session.project}; read by {app.made_by}. `help` shows what you can say, `quit` ends.")
    screen = _screen()
    _answer(talk.greet, screen)
    read = _reader()
    while True:
        try:
            said = read()
        except (EOFError, KeyboardInterrupt):
            common.show(f"Everything is kept. `assistant chat {talk.session.project}` goes on from here.")
            break
        if not said.strip():
            continue
        if screen.spaced and LONG.match(said.strip()):
            common.note("Looking for what hurts, and playing what would help …")
        if _answer(lambda said=said: talk.turn(said[:MAX_LINE]), screen):  # type: ignore[misc]
            break


def _answer(turn: Callable[[], Reply], screen: Screen) -> bool:
    """Show the reply to one turn; returns whether the user leaves. Ctrl-C stops the turn, not the conversation."""
    from assistant.errors import AssistantError

    try:
        reply = turn()
    except KeyboardInterrupt:
        common.show("Stopped; what you said is kept.")
        return False
    except AssistantError as error:
        common.show(screen.lines(str(error).splitlines()))
        return False
    common.show(screen.reply(reply))
    return reply.leaving


def _screen() -> Screen:
    from assistant.chat.screen import Screen

    if not sys.stdout.isatty():
        return Screen()
    return Screen(width=min(shutil.get_terminal_size().columns, WIDEST), colour=not common.plain(), spaced=True)


def _reader() -> Callable[[], str]:
    """Where the next turn comes from: an editing prompt in a terminal, else a line of standard input."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _next_line()
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    session: Any = PromptSession(history=InMemoryHistory())
    return lambda: str(session.prompt("you> ", prompt_continuation="     "))


def _next_line() -> Callable[[], str]:
    from assistant.intake.decoding import line_reader
    from assistant.intake.loading import typed_stream

    read = line_reader(typed_stream(), MAX_LINE)

    def next_line() -> str:
        line = read()
        if not line:
            raise EOFError
        return line

    return next_line


def _export(app: Any) -> Callable[[Session, Path, bool], list[Path]]:
    def export(session: Session, folder: Path, force: bool) -> list[Path]:
        from assistant.handover.package import package
        from assistant.reports.files import refuse_overwriting, write_outputs

        refuse_overwriting(folder, force)
        latest = session.latest
        result = latest if latest and latest.as_is == session.process else session.redesign()
        written: list[Path] = write_outputs(result, package(result, app.library), folder, force)
        session.exported(written)
        return written

    return export
