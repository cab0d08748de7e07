"""One change request in plain words, read by the built-in rules or, when one is given, by a language model.

A request becomes edits of the process it was given, or a question with two or three readings to pick from. Everything
outside of the request stays as it was, to the id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.settings import BUILT_IN

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel


@dataclass(frozen=True, slots=True)
class Option:
    """One way to understand a request: what it would do, in words, and the edits."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class ChangeReading:
    """A request as it was read.

    Either `edits`, or a `question` with `readings` to pick from, the likeliest first (none: nothing was understood).
    `explanation` says what was read; `made_by` names the rules or the model, `prompt` the wording used.
    """

    edits: tuple[Edit, ...] = ()
    question: str = ""
    readings: tuple[Option, ...] = ()
    explanation: str = ""
    made_by: str = BUILT_IN
    prompt: str | None = None


def read_change(process: Process, request: str, model: LanguageModel | None = None) -> ChangeReading:
    """What `request` asks to change in `process`.

    With a model, the model reads it. Raises InputError when a model says it asks for no change, or a ServiceError.
    """
    if model is not None:
        return _by_model(process, request, model)
    from assistant.language.change.request import read

    found = read(process, request)
    options = tuple(Option(reading.title, reading.edits) for reading in found.readings)
    if found.question:
        return ChangeReading((), found.question, options, found.question)
    return ChangeReading(options[0].edits, "", (), options[0].title)


def _by_model(process: Process, request: str, model: LanguageModel) -> ChangeReading:
    from assistant.language.by_model.change import read_change_with_model

    found = read_change_with_model(process, request, model)
    options = tuple(Option(reading.text, reading.edits) for reading in found.readings)
    return ChangeReading(found.edits, found.question, options, found.explanation, found.reply.model, found.reply.prompt)
