"""chat: the conversation in the terminal. It shows what `assistant.chat` answers, and nothing else."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Embeddings, Model

if TYPE_CHECKING:
    from assistant.chat.reply import Reply
    from assistant.chat.screen import Screen
    from assistant.chat.turn import Talk
    from assistant.workspace.session import Session

MAX_LINE = 200_000
WIDEST = 100


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("chat")(chat)


def chat(
    project: Annotated[str, typer.Argument(help="The project to begin or go on with.")] = "my-process",
    model: Model = None,
    embeddings: Embeddings = None,
    as_json: AsJson = False,
    watch: Annotated[
        Path | None,
        typer.Option("--watch", metavar="FILE.html", help="Keep a page with the map up to date in this file."),
    ] = None,
) -> None:
    """Tell your process in a conversation; it goes on where it stopped. Nothing confirmed is ever lost.

    With --json a line of standard input is a turn, and each turn is answered by one JSON object on one line.
    """
    from assistant.app import project_name
    from assistant.chat.turn import Talk

    app = common.app(model, embeddings)
    talk = Talk(app.session(project_name(project)), _export(app))
    common.note(f"Project {talk.session.project}; read by {app.made_by}. `help` shows what you can say, `quit` ends.")
    if watch is not None:
        _watched(talk, watch)
    if as_json:
        _documents(talk, app.made_by)
        return
    tell = common.Progress()
    talk.session.progress = lambda text: tell(talk.session.called.back(text))
    screen = _screen()
    _answer(talk, talk.greet, screen)
    read = _reader()
    while True:
        try:
            said = read()
        except (EOFError, KeyboardInterrupt):
            common.show(f"Everything is kept. `assistant chat {talk.session.project}` goes on from here.")
            break
        if not said.strip():
            continue
        if _answer(talk, partial(talk.turn, said[:MAX_LINE]), screen):
            break


def _watched(talk: Talk, target: Path) -> None:
    """Write the page now, and anew after each turn. Raises StorageError."""
    from assistant.chat.watching import write_page

    back = talk.session.called.back
    write_page(target, back(talk.session.process), back(talk.session.process))
    common.note(f"The map is in {target}; open it in a browser, it follows what you tell.")
    answer = talk.turn

    def turn(text: str) -> Reply:
        before = talk.session.process
        reply = answer(text)
        write_page(target, back(talk.session.process), back(before))
        return reply

    talk.turn = turn  # type: ignore[method-assign]


def _documents(talk: Talk, made_by: str) -> None:
    """The conversation as one JSON object a turn, the greeting first; it ends with the input, or when told to."""
    from assistant.chat.reply import document

    read = _next_line()
    turn, before = 0, talk.session.process
    reply = talk.session.called.back(_sound(talk.greet))
    while True:
        common.show(json.dumps(document(turn, reply, before, talk.session.process, made_by), ensure_ascii=False))
        if reply.leaving:
            return
        try:
            while not (said := read()).strip():
                continue
        except (EOFError, KeyboardInterrupt):
            return
        turn, before = turn + 1, talk.session.process
        reply = talk.session.called.back(_sound(partial(talk.turn, said[:MAX_LINE])))


def _sound(turn: Callable[[], Reply]) -> Reply:
    """The reply to one turn; an error is told as a reply."""
    from assistant.chat.reply import Reply
    from assistant.errors import AssistantError

    try:
        return turn()
    except AssistantError as error:
        return Reply(tuple(str(error).splitlines()), kinds=("unclear",))


def _answer(talk: Talk, turn: Callable[[], Reply], screen: Screen) -> bool:
    """Show the reply to one turn; returns whether the user leaves. Ctrl-C stops the turn, not the conversation."""
    from assistant.errors import AssistantError

    try:
        reply = talk.session.called.back(turn())
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
        from assistant.workspace.deciding import handed_out

        refuse_overwriting(folder, force)
        result = session.called.back(handed_out(session))
        written: list[Path] = write_outputs(result, package(result, app.library), folder, force)
        session.exported(written)
        return written

    return export
