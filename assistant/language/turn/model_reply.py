"""What a model answers to a turn: its kinds, and the lines that belong to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.gateway.port import ReplyFault, TextReply
from assistant.gateway.reply_lines import Grammar, Line, read_lines
from assistant.language.by_model.change_reply import COMMANDS, ReadingLines
from assistant.language.by_model.change_reply import GRAMMAR as CHANGE
from assistant.language.turn.kinds import About

KINDS = ("told", "correction", "answer", "request", "question", "decision", "order", "talk", "unclear")
CHANGING = frozenset(KINDS[:4])
OF_A_TURN = ("RENAME ROLE", "HOURS", "CUSTOMER", "TOTAL", "MUST STAY", "REMARK", "FORGET")
"""Commands that only a conversation has."""
EDITING = COMMANDS | frozenset(OF_A_TURN)
GRAMMAR = Grammar(
    words=(
        *CHANGE.words,
        *OF_A_TURN,
        "KIND",
        "AS IT IS",
        "TODAY",
        "ANSWER",
        "LEFT",
        "QUESTION",
        "DECIDE",
        "ORDER",
        "SAY",
    ),
    inside={**CHANGE.inside, "READING": EDITING},
    partners=CHANGE.partners,
    other_words=CHANGE.other_words,
)
TOPICS = {
    "time": About.TIME, "waiting": About.WAITING, "cost": About.COST, "bottleneck": About.BOTTLENECK,
    "people": About.PEOPLE, "share": About.SHARE, "next": About.NEXT, "parallel": About.PARALLEL,
    "what if": About.WHAT_IF, "why": About.WHY, "how sure": About.SURE, "owner": About.OWNER,
    "what to measure": About.MEASURE, "how others do it": About.OTHERS, "customer": About.CUSTOMER,
    "what customers say": About.FEEDBACK, "what hurts": About.HURTS, "what to do first": About.FIRST,
    "are we ready": About.READY, "what is missing": About.MISSING,
    "what was said": About.SAID, "what changed": About.CHANGED, "turns": About.TURNS,
    "what was not understood": About.UNREAD, "whether it was understood": About.RIGHT, "word": About.WORD,
    "today beside the new": About.BESIDE, "what was decided": About.DECIDED, "log": About.LOG,
    "something else": About.OTHER,
}  # fmt: skip
ORDERS = (
    "show today", "show new", "show", "compare", "undo", "redo", "propose", "questions", "check", "log", "turns",
    "export", "help", "start over", "quit", "go back to",
)  # fmt: skip
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Decided:
    """Proposals by their number (from 1), and the reason given. Nothing named: which one is meant is not plain.
    `but` is how what is accepted shall differ from what was proposed, `note` a proviso that changes no step."""

    accept: tuple[int, ...] = ()
    reject: tuple[int, ...] = ()
    later: tuple[int, ...] = ()
    reason: str = ""
    but: str = ""
    note: str = ""


@dataclass(frozen=True)
class TurnReply(TextReply):
    """A turn as a model read it.

    `answers` are pairs of a question's number (from 1) and a short answer, `left` words with the reason why nothing
    could be made of them, `order` is the name of a command with what goes with it; `same`: the process has it already;
    `today`: what changes holds for the work as it runs today, not for the new process alone.
    """

    kinds: tuple[str, ...] = ()
    commands: tuple[Line, ...] = ()
    explanation: str = ""
    question: str = ""
    readings: tuple[ReadingLines, ...] = ()
    answers: tuple[tuple[int, str], ...] = ()
    asked: tuple[tuple[About, str], ...] = ()
    decided: Decided | None = None
    order: tuple[str, str] | None = None
    say: str = ""
    left: tuple[tuple[str, str], ...] = ()
    same: bool = False
    today: bool = False

    @classmethod
    def parse(cls, text: str) -> TurnReply:
        """The reply a text holds. Raises ReplyFault, naming the line and the mistake."""
        reply = cls()
        for line in read_lines(text, GRAMMAR):
            if line.word in EDITING:
                reply = replace(reply, commands=(*reply.commands, line))
            elif line.word in _READERS:
                reply = _READERS[line.word](reply, line)
            else:
                raise line.fault("it is no command; new steps stand inside INSERT, REPLACE or ADD BRANCH.")
        return _whole(reply)


def _whole(reply: TurnReply) -> TurnReply:
    """The reply if its lines fit together. Raises ReplyFault."""
    if not reply.kinds:
        raise ReplyFault(f"The first line is KIND and one or two of: {', '.join(KINDS)}.")
    if reply.question or reply.readings:
        if reply.commands:
            raise ReplyFault("Either ask with READINGs or change with commands, not both.")
        if not reply.question or not all(reading.text and reading.commands for reading in reply.readings):
            raise ReplyFault("An ASK needs READINGs, each with a text and commands inside it.")
    changing = CHANGING & set(reply.kinds)
    holds = reply.commands or reply.answers or reply.left or reply.question or reply.same
    if changing and not holds:
        raise ReplyFault(
            "Nothing says what changes: write commands, ANSWER, ASK, AS IT IS, or LEFT for what nothing says."
        )
    if reply.commands and not changing:
        raise ReplyFault("Commands need one of the kinds told, correction, answer or request.")
    needed = (
        ("question", reply.asked, "QUESTION"),
        ("decision", reply.decided, "DECIDE"),
        ("order", reply.order, "ORDER"),
    )
    for kind, held, word in needed:
        if kind in reply.kinds and not held:
            raise ReplyFault(f"KIND {kind} needs a line {word}.")
    return reply


def _kind(reply: TurnReply, line: Line) -> TurnReply:
    named = [word for word in re.findall(r"[a-z]+", line.text.lower()) if word in KINDS]
    if not named:
        raise line.fault(f"it names none of {', '.join(KINDS)}.")
    return replace(reply, kinds=tuple(dict.fromkeys((*reply.kinds, *named))))


def _answer(reply: TurnReply, line: Line) -> TurnReply:
    found = re.match(r"Q?(\d{1,2})\s*[:.)]\s*(.+)", line.text)
    if not found:
        raise line.fault("write the question's number, a colon and the answer: `ANSWER 2: 10 minutes`.")
    return replace(reply, answers=(*reply.answers, (int(found[1]), found[2].strip()[:300])))


def _question(reply: TurnReply, line: Line) -> TurnReply:
    topic, colon, sentence = line.text.partition(":")
    about = TOPICS.get(topic.strip().lower())
    if about is None or not colon or not sentence.strip():
        raise line.fault(f"write a topic, a colon and the question; topics are {', '.join(TOPICS)}.")
    asked = (*reply.asked, (about, " | ".join((sentence.strip(), *line.fields))[:300]))
    return replace(reply, asked=asked[:MOST_QUESTIONS])


def _decide(reply: TurnReply, line: Line) -> TurnReply:
    numbers: dict[str, tuple[int, ...]] = {"accept": (), "reject": (), "later": ()}
    said = {"because": "", "but": "", "note": ""}
    for part in (line.text, *line.fields):
        word, _, rest = part.strip().partition(" ")
        if word.lower() in numbers:
            numbers[word.lower()] += tuple(int(number) for number in re.findall(r"\d{1,3}", rest))
        elif word.lower() in said:
            said[word.lower()] = rest.strip()[:300]
        elif word != "?":
            raise line.fault("fields are `accept 1`, `reject 2`, `later 3`, `but …`, `note …` and `because …`, or `?`.")
    made = Decided(**numbers, reason=said["because"], but=said["but"], note=said["note"])
    known = reply.decided or Decided()  # a line for each proposal is as good as a field for each
    return replace(reply, decided=_together(known, made))


def _together(first: Decided, then: Decided) -> Decided:
    return Decided(
        accept=first.accept + then.accept,
        reject=first.reject + then.reject,
        later=first.later + then.later,
        reason=first.reason or then.reason,
        but=first.but or then.but,
        note=first.note or then.note,
    )


def _order(reply: TurnReply, line: Line) -> TurnReply:
    plain = line.text.strip().lower()
    name = next((name for name in ORDERS if plain.startswith(name)), None)
    if name is None:
        raise line.fault(f"orders are {', '.join(ORDERS)}.")
    rest = line.text.strip()[len(name) :].strip(' :"“”')
    return replace(reply, order=(name, (rest or line.quote)[:200]))


def _left(reply: TurnReply, line: Line) -> TurnReply:
    words = (line.quote or line.text).strip('"“”„ ')[:300]
    reason = "; ".join(line.fields) if not line.quote else "; ".join(filter(None, (line.text, *line.fields)))
    return replace(reply, left=(*reply.left, (words, reason[:300])))


def _reading(reply: TurnReply, line: Line) -> TurnReply:
    return replace(reply, readings=(*reply.readings, ReadingLines(line.text, tuple(line.inside)))[:3])


_READERS: dict[str, Callable[[TurnReply, Line], TurnReply]] = {
    "KIND": _kind, "ANSWER": _answer, "QUESTION": _question, "DECIDE": _decide, "ORDER": _order, "LEFT": _left,
    "READING": _reading,
    "EXPLAIN": lambda reply, line: replace(reply, explanation=reply.explanation or line.text),
    "AS IT IS": lambda reply, line: replace(reply, same=True),
    "TODAY": lambda reply, line: replace(reply, today=True),
    "ASK": lambda reply, line: replace(reply, question=line.text),
    "SAY": lambda reply, line: replace(reply, say=" ".join((line.text, *line.fields))[:300]),
    "NOT A CHANGE": lambda reply, line: replace(reply, left=(*reply.left, ("", line.text))),
}  # fmt: skip
