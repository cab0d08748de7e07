"""One turn read by a language model: one call, and from its lines edits, answers, questions, decisions and orders.

Edits are tried on the process before the reply counts, and their figures must have been said. An order is one of a
closed list and a question one of the topics there are: nothing a model writes is ever carried out as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.errors import EditRefused
from assistant.gateway.port import Budget, LanguageModel, Prompt, Reply, ReplyFault, TextReply
from assistant.gateway.prompts import render
from assistant.gateway.reply_lines import Line
from assistant.language.by_model.change_outline import outline
from assistant.language.changing import Option
from assistant.language.figures.reading import figures_in, numbers_in
from assistant.language.turn.model_commands import TurnCommands, check_figures
from assistant.language.turn.model_reply import TurnReply
from assistant.process.apply import apply
from assistant.process.edits import DropRole, Edit
from assistant.process.model import Process
from assistant.process.tree import tasks

MOST_BEFORE, MOST_SAID, MOST_ANSWERED = 1200, 200, 320
MOST_CARRIED = 160
"""The letters of words before whose figures count as said now: out of those of a whole story any other can be made."""
NUMBER, ID = re.compile(r"\d+(?:[.,]\d+)*"), re.compile(r"\[[^\]\n]*\]")


@dataclass(frozen=True)
class Around:
    """What a turn is read against besides the process: what the user said before (last one last), what the program
    answered, the texts of open questions, the titles of the proposals on offer, and what was decided: where the process
    is the new one, what it changes of today."""

    said: tuple[str, ...] = ()
    answered: str = ""
    asked: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelTurn:
    """A turn as a model read it: the reply, its commands as edits, and its readings to pick from."""

    read: TurnReply
    edits: tuple[Edit, ...]
    readings: tuple[Option, ...]
    reply: Reply[TurnReply]


def turn_prompt(process: Process, words: str, around: Around) -> Prompt:
    """The prompt for a turn; its check makes the edits, tries them and looks whether their figures were said."""
    inputs = {
        "process": outline(process, whole=True), "turn": words, "before": _before(around) or None,
        "asked": _numbered(around.asked) or None, "offered": _numbered(around.offered) or None,
        "decided": "\n".join(around.decided) or None,
    }  # fmt: skip
    prompt = render("turn", {name: text for name, text in inputs.items() if text is not None})
    # A turn with a figure of its own speaks of that one: what was said before it is no evidence for another.
    recent = tuple(text for text in around.said[-2:] if len(text) <= MOST_CARRIED)
    earlier = () if any(not figure.vague for figure in figures_in(words)) else recent
    carried = "\n".join((*earlier, *around.asked, words))

    def check(reply: TurnReply) -> None:
        for lines in (reply.commands, *(reading.commands for reading in reply.readings)):
            edits, shares = _edits_of(process, words, lines)
            check_figures(process, edits, carried, shares)
        for kind, numbers, there in (
            ("question", [number for number, _ in reply.answers], len(around.asked)),
            ("proposal", _decided(reply), len(around.offered)),
        ):
            if beyond := [number for number in numbers if not 1 <= number <= there]:
                raise ReplyFault(f"There is no {kind} {beyond[0]}; there are {there}.")

    return replace(prompt, check=check)


def _decided(reply: TurnReply) -> list[int]:
    made = reply.decided
    return [*made.accept, *made.reject, *made.later] if made else []


def _before(around: Around) -> str:
    lines = [f"User: {_end(' '.join(words.split()))}" for words in around.said[-3:]]
    if around.answered:
        lines.append(f"Program: {' '.join(around.answered.split())[:MOST_ANSWERED]}")
    return "\n".join(lines)[-MOST_BEFORE:]


def _end(words: str) -> str:
    """The end of longer words: the outline holds what they told, and "he" or "that" means what was said last."""
    return words if len(words) <= MOST_SAID else "… " + words[-MOST_SAID:].partition(" ")[2]


def _numbered(texts: Sequence[str]) -> str:
    return "\n".join(f"{number}. {' '.join(text.split())}" for number, text in enumerate(texts, 1))


def edits_of(process: Process, words: str, lines: tuple[Line, ...]) -> tuple[Edit, ...]:
    """The edits of commands, tried on the process. Raises ReplyFault when they do not fit."""
    return _edits_of(process, words, lines)[0]


def _edits_of(process: Process, words: str, lines: tuple[Line, ...]) -> tuple[tuple[Edit, ...], set[float]]:
    """The edits, and the shares that follow from counts which the words say (`2 per month`)."""
    commands = TurnCommands(process, words)
    edits = commands.edits(lines)
    try:
        made = (*edits, *_idle(process, apply(process, edits)))
        return made, commands.builder.chances.borne_out(numbers_in(words))
    except EditRefused as error:
        raise ReplyFault(f"The change does not fit: {error.what} {error.why}".strip()) from None


def _idle(before: Process, after: Process) -> list[Edit]:
    """Roles that had a step and have none left go with it."""
    names = [{task.role for task in tasks(process)} for process in (before, after)]
    gone: list[Edit] = []
    for role in names[0] - names[1] - {None}:
        try:
            after = apply(after, [drop := DropRole(id=str(role))])
            gone.append(drop)
        except EditRefused:
            continue  # another step still names it
    return gone


def read_turn_with_model(
    process: Process, words: str, around: Around, model: LanguageModel, budget: Budget | None = None
) -> ModelTurn:
    """What a turn is. Raises one of the ServiceError family."""
    reply = model.ask(turn_prompt(process, words, around), TurnReply, budget or Budget())
    read = reply.value
    readings = tuple(Option(reading.text, edits_of(process, words, reading.commands)) for reading in read.readings)
    edits = edits_of(process, words, read.commands) if read.commands else ()
    return ModelTurn(read, edits, readings, reply)


@dataclass(frozen=True)
class AnswerReply(TextReply):
    """An answer in one to four sentences."""

    text: str

    @classmethod
    def parse(cls, text: str) -> AnswerReply:
        """The sentences in one row. Raises ReplyFault when there are none."""
        if not text.strip():
            raise ReplyFault("Answer in one to four sentences.")
        return cls(" ".join(text.replace("**", "").split()))


def worded(
    process: Process, question: str, facts: Sequence[str], model: LanguageModel, budget: Budget | None = None
) -> str:
    """The answer to a question from computed facts, worded by a model that may use no other figures.

    Raises one of the ServiceError family, also where it insists on others.
    """
    drawn = outline(process, whole=True)
    known = set(NUMBER.findall("\n".join((*facts, question, ID.sub("", drawn)))))

    def check(answer: AnswerReply) -> None:
        strange = [number for number in NUMBER.findall(answer.text) if number not in known]
        if strange:
            named = ", ".join(strange[:3])
            raise ReplyFault(f"{named} stands in no fact; use the figures of the facts as they stand.")

    inputs = {"question": question, "facts": "\n".join(facts), "process": drawn}
    return model.ask(render("answer", inputs, check), AnswerReply, budget or Budget(repairs=1)).value.text
