"""The commands put together, and the one place where errors become exit codes.

Only Typer and the standard library are imported here and in the command modules: everything else is imported inside
the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import (
    chat,
    common,
    design,
    evals,
    feedback,
    kpis,
    library,
    log,
    measure,
    page,
    projects,
    system,
    whatif,
)

ABOUT = """Tell it how the work runs today; see it drawn, see what hurts, and what a better way would bring.

Start with `assistant demo`, then `assistant chat` or `assistant redesign STORY.txt`.
Everything works without a language model; nothing leaves this machine unless you choose one.
"""

cli = typer.Typer(
    help=ABOUT,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"max_content_width": 100},
)
READER_GONE = 141
"""The exit code when the reader of our output is gone: what a shell reports of any tool ended so (128 + SIGPIPE)."""
_COMMANDS = "`assistant --help` lists the commands; `assistant COMMAND --help` explains one."
_RIGHTS = "Check the rights of the file, or copy it to a folder of yours."

design.register(cli)
measure.register(cli)
whatif.register(cli)
chat.register(cli)
page.register(cli)
cli.add_typer(projects.cli, name="project")
cli.add_typer(library.cli, name="library")
feedback.register(cli)
log.register(cli)
kpis.register(cli)
cli.add_typer(evals.cli, name="eval")
system.register(cli)


def _version(wanted: bool) -> None:
    if wanted:
        from assistant import __version__

        print(f"process-redesign-assistant {__version__}")
        raise typer.Exit


@cli.callback()
def _root(
    _show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
    _debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of an error.")] = False,
) -> None:
    """Options that hold for every command."""


def run() -> None:
    """The entry point: runs the command line and ends the process with the exit code of interface and errors."""
    _open_closed()
    _start_quickly()
    sys.exit(main(sys.argv[1:]))


def _start_quickly() -> None:
    """What a start builds stays to the end: to look through it for garbage again and again takes a tenth of the time.

    Pydantic would look through every installed package for plugins; none has a say in what is read here.
    """
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code. Errors are told in one to three lines on standard error.

    When whoever reads our output stops reading (`| head`), the command ends at once and without a word.
    """
    try:
        code = _outcome(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _drop_output()
        return READER_GONE


def _outcome(arguments: list[str]) -> int:
    debug = "--debug" in arguments or bool(os.environ.get("ASSISTANT_DEBUG"))
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        result = cli(args=arguments or ["--help"], prog_name="assistant", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except BrokenPipeError:
        raise
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer turns it into an exit of its own
            raise stop.__context__ from None
        raise
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _tell(error)


def _tell(error: Exception) -> int:
    from assistant.errors import AssistantError

    if isinstance(error, AssistantError):
        marked = "`assistant convert FILE picture.svg` draws the file with this spot marked."
        _say(error.what, error.why, f"{error.remedy} {marked}" if getattr(error, "spots", ()) else error.remedy)
        return error.exit_code
    if isinstance(error, typer.Abort):
        if "marshal data" in str(error.__cause__):  # Python wrote a compiled file on a full disk and took no notice
            remedy = f"Free space, then remove the folders called __pycache__ in {Path(__file__).parents[1]}."
            _say("A compiled file of the program is cut short.", "The disk was full when it was written.", remedy)
            return 2
        _say("Stopped.")
        return 130
    context = getattr(error, "ctx", None)
    if context is not None and type(error).__name__ == "NoArgsIsHelpError":
        print(context.get_help(), file=sys.stderr)
        return 2
    if isinstance(error, typer.TyperException):
        message = getattr(error, "format_message", lambda: str(error))()
        if message:
            _say(message, "", _RIGHTS if message.endswith("is not readable.") else _COMMANDS)
        return int(error.exit_code)
    if isinstance(error, OSError):
        _say(f"A file or folder could not be used: {error.strerror or error}.", str(error.filename or ""), "Check it.")
        return 2
    _say(
        f"This is a fault of the program, not yours: {type(error).__name__}: {str(error)[:300]}",
        "",
        "Run it again with --debug and report what it prints; nothing confirmed before is lost.",
    )
    return 70


def _say(what: str, why: str = "", remedy: str = "") -> None:
    first, *rest = [" ".join(part.split()) for part in (what, why, remedy) if part]
    common.note("\n".join([f"Error: {first}", *rest]))


def _drop_output() -> None:
    """The reader of our output is gone: send the rest nowhere, so that Python does not complain at exit."""
    for stream in filter(None, (sys.__stdout__, sys.__stderr__)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _open_closed() -> None:
    """A stream that was closed before we began (`>&-`) leads nowhere, rather than into the first file we open."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    run()
