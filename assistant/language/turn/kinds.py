"""The kinds of turn there are, as a closed union, and what a turn is read against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class About(Enum):
    """What a question is about; each has its facts."""

    TIME = "time"
    COST = "cost"
    WAITING = "waiting"
    BOTTLENECK = "bottleneck"
    PEOPLE = "people"
    WHAT_IF = "what if"
    WHY = "why"
    SURE = "how sure"
    OWNER = "owner"
    MEASURE = "what to measure"
    OTHERS = "how others do it"
    SAID = "what was said"
    CHANGED = "what changed"
    READY = "are we ready"
    UNREAD = "what was not understood"
    MISSING = "what is missing"
    CUSTOMER = "what the customer notices"
    FEEDBACK = "what customers say"
    PARALLEL = "what could run side by side"
    NEXT = "what comes before or after"
    WORD = "what a word means"
    FIRST = "what to do first"
    MONDAY = "what to do on Monday"
    ONWARD = "how to go on"
    PRINT = "how to print it"
    HURTS = "what hurts most"
    RIGHT = "whether it was understood"
    TURNS = "which turns there were"
    BESIDE = "today beside what was decided"
    DECIDED = "what was decided"
    SHARE = "how often"
    LOG = "what the event log says"
    OTHER = "something else"


@dataclass(frozen=True)
class Context:
    """What a turn is read against: whether a process is there, whether questions are open, how much is on offer, the
    names of the steps and roles, and whether a story is under way that is told `in_pieces`."""

    empty: bool = False
    asked: bool = False
    offered: int = 0
    steps: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    in_pieces: bool = False


@dataclass(frozen=True)
class Story:
    """How the work runs, or an answer in a sentence. `left`: sentences beside it that were said to the program;
    `unsure`: perhaps it is only talk, so what is read of it is asked about before it is written."""

    words: str
    left: tuple[str, ...] = ()
    unsure: bool = False


@dataclass(frozen=True)
class Answers:
    """That the speaker does not know, or answers nothing more."""

    words: str


@dataclass(frozen=True)
class Correction:
    """Something understood before was wrong; `unsure` as in a story."""

    words: str
    unsure: bool = False


@dataclass(frozen=True)
class Request:
    """A change to the process."""

    words: str


@dataclass(frozen=True)
class Question:
    """A question to the program."""

    words: str
    about: About


@dataclass(frozen=True)
class Decision:
    """Proposals by their number (from 1) taken over, turned down and put off, with the words that say why; `of_all`:
    whether all that is on offer is taken over, or turned down; `that`: whether the one that is left is (`let's do
    that`)."""

    accept: tuple[int, ...]
    reject: tuple[int, ...]
    reason: str = ""
    later: tuple[int, ...] = ()
    of_all: bool | None = None
    that: bool | None = None


@dataclass(frozen=True)
class Command:
    """Something the program shall do, by the name of the command and what goes with it."""

    name: str
    rest: str = ""


@dataclass(frozen=True)
class Unclear:
    """Not understood; `readings`, at most three, say what could be meant."""

    words: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chitchat:
    """Said in passing: a greeting, thanks, a pause. `foreign`: not in English; `of_program`: who answers here."""

    words: str
    foreign: bool = False
    of_program: bool = False


Turn = Story | Answers | Correction | Request | Question | Decision | Command | Unclear | Chitchat
