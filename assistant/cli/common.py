"""What all commands share: their options, how they print, and how they find the app."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

if TYPE_CHECKING:
    from assistant.app import App

Model = Annotated[
    str | None,
    typer.Option("--model", help="offline, or PROVIDER:NAME of a language model (default: what `config` says)."),
]
Embeddings = Annotated[
    str | None, typer.Option("--embeddings", help="builtin, or PROVIDER:NAME of an embedding model.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output, nothing else.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the files.", file_okay=False)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that are there already.")]
Project = Annotated[str | None, typer.Option("--project", help="Project to keep it in (default: nothing is kept).")]
Cases = Annotated[int | None, typer.Option("--cases", min=1, help="Cases played in one replication.")]
Replications = Annotated[int | None, typer.Option("--replications", min=2, help="How often the play is repeated.")]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Start of the random numbers.")]


def app(model: str | None = None, embeddings: str | None = None) -> App:
    """The app with the settings in force and what was asked for on the command line."""
    from assistant.app import App

    return App.build(os.environ, model=model, embeddings=embeddings, say=note)


def note(text: str) -> None:
    """A remark about progress: on standard error, so that standard output stays clean."""
    print(wrapped(text, sys.stderr), file=sys.stderr, flush=True)


class Progress:
    """Lines of progress for a long step, on standard error: the first at once, then one every few seconds at most."""

    EVERY = 2.0

    def __init__(self, text: str = "") -> None:
        self._last = 0.0
        if text:
            self(text)

    def __call__(self, text: str) -> None:
        """Say how far it is, unless something was said just before."""
        now = time.monotonic()
        if now - self._last >= self.EVERY:
            self._last = now
            note(text)


def show(text: str) -> None:
    """A result, on standard output."""
    print(text, flush=True)


def show_wrapped(text: str) -> None:
    """A result in sentences: broken between words at the width of the terminal, one thing a line elsewhere."""
    show(wrapped(text, sys.stdout))


def wrapped(text: str, stream: TextIO) -> str:
    """Lines as they are shown on a stream: broken between words at the width of a terminal, else as they are."""
    width = width_of(stream)
    if width is None:
        return text
    from assistant.chat.screen import Screen

    return Screen(width).lines(text.split("\n"))


def width_of(stream: TextIO) -> int | None:
    """Columns of the terminal a stream leads to; None when it leads to none."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def show_json(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1), flush=True)


def plain() -> bool:
    """Whether output must be plain: no terminal there, or NO_COLOR is set."""
    return bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()
