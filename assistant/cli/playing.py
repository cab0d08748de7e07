"""What the commands that play a process share: how it is completed, what is said of that, and lines of progress."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common

if TYPE_CHECKING:
    from assistant.process.model import Process
    from assistant.redesign.shapes import Completed

AsGiven = Annotated[
    bool,
    typer.Option(
        "--as-given", help="Fill nothing in: a time nobody gave counts 0, a chance nobody gave the same for each way."
    ),
]


def said(found: Completed) -> list[str]:
    """What a reader is told about the figures that were filled in; nothing when none was."""
    from assistant.redesign.estimates import filled_in_words

    told = filled_in_words(found)
    return [f"{told} --as-given plays without."] if told else []


def document(found: Completed) -> dict[str, Any]:
    """The same as JSON data."""
    return {
        "filled": [figure.document() for figure in found.filled],
        "rests_on_filled": {"elapsed": round(found.elapsed_filled, 4), "work": round(found.work_filled, 4)},
    }


def nothing_to_play(process: Process) -> bool:
    """Say what is missing, as a table to fill in, when nobody gave a single time; whether it was so."""
    from assistant.process.figures import plural
    from assistant.process.missing import any_time, listed, missing, table
    from assistant.process.tree import tasks

    if any_time(process):
        return False
    common.show_wrapped(
        f"Nobody gave a single time for “{process.name}” ({plural(len(tasks(process)), 'step')}), so there is nothing "
        "to measure yet. What is missing, as a table to fill in:\n"
    )
    shown, width = table(missing(process)), common.width_of(sys.stdout)
    fits = width is None or all(len(line) <= width for line in shown.split("\n"))
    common.show(shown) if fits else common.show_wrapped(listed(missing(process)))
    common.show_wrapped(
        '\nTell the figures in words, `assistant change FILE "Check order takes 10 minutes" --out NEW`, or write them '
        "into the list that `assistant convert FILE LIST.md` makes; rough ones will do."
    )
    return True
