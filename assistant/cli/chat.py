"""chat: the conversation in the terminal. It shows what `assistant.chat` answers, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import Embeddings, Model

if TYPE_CHECKING:
    from assistant.chat.session import Session
    from assistant.chat.turn import Reply

MAX_LINE = 200_000


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
    from assistant.errors import AssistantError

    app = common.app(model, embeddings)
    talk = Talk(app.session(project_name(project)), _export(app))
    common.note(f"Project {talk.session.project}; read by {app.made_by}. `help` shows what you can say, `quit` ends.")
    _show(talk.greet())
    read = _reader(app.home)
    while True:
        try:
            said = read()
        except (EOFError, KeyboardInterrupt):
            common.show("")
            break
        try:
            reply = talk.turn(said[:MAX_LINE])
        except KeyboardInterrupt:
            common.show("Stopped; what you said is kept.")
            continue
        except AssistantError as error:
            common.show(str(error))
            continue
        _show(reply)
        if reply.leaving:
            break


def _reader(home: Path) -> Callable[[], str]:
    """Where the next line comes from: an editing prompt in a terminal, else standard input."""
    if not sys.stdin.isatty():
        return _next_line
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    session: Any = PromptSession(history=InMemoryHistory())
    return lambda: str(session.prompt("you> "))


def _next_line() -> str:
    line = sys.stdin.readline(MAX_LINE)
    if not line:
        raise EOFError
    return line


def _show(reply: Reply) -> None:
    for line in reply.lines:
        common.show(line)
    if reply.questions:
        common.show("What I would like to know (answer in your words, or go on):")
    for number, question in enumerate(reply.questions, 1):
        common.show(f"  {number}. {question.text}")
        common.show(f"     ({question.why})")


def _export(app: Any) -> Callable[[Session, Path], list[Path]]:
    def export(session: Session, folder: Path) -> list[Path]:
        from assistant.redesign.package import package
        from assistant.reports.files import write_outputs

        result = session.latest or session.redesign()
        written: list[Path] = write_outputs(result, package(result, app.library), folder, force=False)
        session.exported(written)
        return written

    return export
