"""A change request read by a language model: one call, commands that name elements by id, and from them edits.

The edits are tried on the process before the reply counts; one that does not fit goes back to the model with its
reason. What no command names stays as it is, to the id.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from assistant.errors import EditRefused, InputError
from assistant.gateway.port import Budget, LanguageModel, Prompt, Reply, ReplyFault
from assistant.gateway.prompts import render
from assistant.gateway.reply_lines import Line
from assistant.language.by_model.change_edits import Commands
from assistant.language.by_model.change_outline import outline
from assistant.language.by_model.change_reply import ChangeReply
from assistant.process.apply import apply
from assistant.process.edits import Edit
from assistant.process.model import Process


class ModelReading(NamedTuple):
    """One way to understand a request: in words and as edits."""

    text: str
    edits: tuple[Edit, ...]


class ModelChange(NamedTuple):
    """A request as the model reads it: edits, or a question with two or three readings to pick from."""

    edits: tuple[Edit, ...]
    question: str
    readings: tuple[ModelReading, ...]
    explanation: str
    reply: Reply[ChangeReply]


def change_prompt(process: Process, request: str) -> Prompt:
    """The prompt for a request; its check makes the edits and tries them."""
    prompt = render("change", {"process": outline(process), "request": request})

    def check(reply: ChangeReply) -> None:
        for lines in (reply.commands, *(reading.commands for reading in reply.readings)):
            edits_of(process, lines)

    return replace(prompt, check=check)


def edits_of(process: Process, lines: tuple[Line, ...]) -> tuple[Edit, ...]:
    """The edits of commands, tried on the process. Raises ReplyFault when they do not fit."""
    edits = Commands(process).edits(lines)
    try:
        apply(process, edits)
    except EditRefused as error:
        raise ReplyFault(f"The change does not fit: {error.what} {error.why}".strip()) from None
    return edits


def read_change_with_model(
    process: Process, request: str, model: LanguageModel, budget: Budget | None = None
) -> ModelChange:
    """What the request asks for, as edits or as a question.

    Raises InputError when it asks for no change, or one of the ServiceError family.
    """
    reply = model.ask(change_prompt(process, request), ChangeReply, budget or Budget())
    found = reply.value
    if found.refusal:
        raise InputError("This asks for no change of the process.", found.refusal,
                         "Say which step or branch should change, and how.")  # fmt: skip
    readings = tuple(ModelReading(reading.text, edits_of(process, reading.commands)) for reading in found.readings)
    edits = edits_of(process, found.commands) if found.commands else ()
    return ModelChange(edits, found.question, readings, found.explanation, reply)
