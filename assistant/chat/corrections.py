"""Corrections of what was understood: another figure, another person, for the step it was said of.

`It takes two hours, not two minutes` finds the step with two minutes; `no, the clerk does that` means the steps that
changed last; `no, Anna checks the order` names the step itself. Where several fit, the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.chat.answers import who_edits
from assistant.chat.naming import named_in
from assistant.chat.reply import Reply
from assistant.chat.sentences import LOST, WHICH_WRONG
from assistant.english.tables import patterns
from assistant.errors import EditRefused
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.read_change import Doubt
from assistant.language.correct import contrast
from assistant.language.correct.contrast import contrasts_figures
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.figure import Figure
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figure_from
from assistant.language.figures.stated import as_duration
from assistant.language.turn.intent import LEAD, unknown, without_lead
from assistant.process.apply import apply
from assistant.process.blocks import Task, Wait
from assistant.process.describe import in_words
from assistant.process.edits import Edit, SetRole, SetValue
from assistant.process.model import Process, Role
from assistant.process.tree import tasks, walk
from assistant.projects.journal import Edits, Entry

MOST = 400
MOST_OPTIONS = 6
ARTICLES = frozenset("the a an our their his her its".split())
TIMES = {Task: ("work", "wait"), Wait: ("duration",)}
DOES = re.compile(
    r"^(?:it'?s\s+)?(?P<who>[\w' -]{2,50}?)\s+(?:who\s+)?(?:does|do|did|handles?)\s+(?:that|this|it|them|both)\W*$",
    re.IGNORECASE,
)
DONE_BY = re.compile(
    r"^(?:that|this|it)(?:'s| is| are|'re)\s+(?:(?:done|handled|made)\s+by\s+)?(?P<who>[\w' -]{2,50}?)(?:'s job)?\W*$",
    re.IGNORECASE,
)

BARE_TIME = re.compile(
    rf"(?:about |around |roughly |maybe |just |only )*(?:[\d.,]+|an?|half an?|{COUNT_WORD}"
    r")(?: (?:and a half|quarter))? ?(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|"
    r"hours?|days?|weeks?)",
    re.IGNORECASE,
)
TIME_OF = re.compile(r"(?P<what>[\w' -]+?)(?::| takes?| needs?| lasts?| is| are)\s+(?P<time>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Option:
    """One way a correction can be meant."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Correction:
    """What a correction means: edits, or a question with options when it may mean several things."""

    edits: tuple[Edit, ...] = ()
    question: str = ""
    options: tuple[Option, ...] = ()


def recent_steps(entries: Iterable[Entry], process: Process) -> list[str]:
    """Ids of the steps the last change was about, in reading order."""
    for entry in reversed(list(entries)):
        if isinstance(entry.what, Edits) and entry.what.edits:
            named = set(_ids(entry.what.edits))
            return [step.id for step in walk(process) if isinstance(step, Task | Wait) and step.id in named]
    return []


def _ids(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("id", "ids") and not isinstance(inner, dict):
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from _ids(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _ids(inner)


def find_correction(words: str, process: Process, recent: Sequence[str]) -> Correction | None:
    """What a correction changes, or None when the words correct nothing that is there."""
    if len(words) > MOST:
        return None
    lead, rest = bool(LEAD.match(words)), without_lead(words)
    return (
        _figure(rest, process, recent, lead)
        or (_who(rest, process, recent) if lead or recent else None)
        or (_named(rest, process) if lead else None)
    )


def stays(process: Process, edits: Sequence[Edit]) -> bool:
    """Whether the process is the same with the edits; edits that do not fit it are no such."""
    try:
        return apply(process, edits) == process
    except EditRefused:
        return False


def _figure(words: str, process: Process, recent: Sequence[str], lead: bool) -> Correction | None:
    if contrasts_figures(words):
        found = contrast.read(Sentence(Catalogue(process), words.strip(" .!"), lead, tuple(recent)))
        if isinstance(found, Doubt):
            return Correction(
                question=found.text, options=tuple(Option(way.title, way.edits) for way in found.readings)
            )
        return Correction(edits=found.edits) if found else Correction(question=LOST)
    if lead and len(words.split()) <= 8 and (length := figure_from(words, "duration")):
        whose = [role for role in process.roles if re.search(rf"\b{re.escape(role.name.lower())}\b", words.lower())]
        mine = [task.id for task in tasks(process) if any(task.role == role.id for role in whose)]
        return _time(length, words, process, [id_ for id_ in recent if id_ in mine] if whose else recent)
    return None


def _time(length: Figure, words: str, process: Process, recent: Sequence[str]) -> Correction | None:
    slots = list(_slots(process))
    meant_steps = named_in(words, {slot[0]: slot[2] for slot in slots})
    named = [slot for slot in slots if slot[0] in meant_steps]
    slots = [slot for slot in slots if slot[0] in recent and slot[3]]
    if named:
        slots = [slot for slot in named if slot in slots] or [slot for slot in named if slot[3]] or named[:1]
    ways: list[tuple[Edit, ...]] = [
        (SetValue(id=id_, field=field, value=_stated(length, field == "work")),) for id_, field, _, _ in slots
    ]
    return _decide("Which of these do you mean?", ways, process)


def _stated(length: Figure, hands_on: bool) -> dict[str, Any]:
    return as_duration(length, hands_on).model_copy(update={"span": None}).document()


def _slots(process: Process) -> Iterable[tuple[str, str, str, float]]:
    """Every place for a length: step, field, the step's name, and the seconds that stand there (0: none)."""
    for step in walk(process):
        for kind, fields in TIMES.items():
            if isinstance(step, kind):
                for field in fields:
                    value = getattr(step, field, None)
                    yield step.id, field, str(getattr(step, "name", "") or ""), value.mean_seconds if value else 0.0


def _who(words: str, process: Process, recent: Sequence[str]) -> Correction | None:
    match = DOES.match(words) or DONE_BY.match(words)
    if not match:
        return None
    steps = [task for task in tasks(process) if task.id in recent and not _outside(task, process)][-MOST_OPTIONS:]
    ways = [tuple(who_edits(match["who"], (task.id,), process)) for task in steps]
    if not ways or not all(ways):
        return None
    if len(ways) > 1:
        ways.append(tuple(who_edits(match["who"], tuple(task.id for task in steps), process)))
    titles = [*(f"“{task.name}”" for task in steps), "all of them"]
    return _decide(f"What does {match['who'].strip()} do?", ways, process, titles)


def _outside(task: Task, process: Process) -> bool:
    role = process.role(task.role or "")
    return role is not None and role.kind == "external"


def _named(words: str, process: Process) -> Correction | None:
    """A step told again with somebody else (`the planner reads the email`): it changes hands."""
    found = [edits for task in tasks(process) if (edits := _other_hands(words, task, process))]
    return Correction(tuple(found[0])) if len(found) == 1 else None


def _other_hands(words: str, task: Task, process: Process) -> list[Edit]:
    """The edits that give a step to who stands before its verb; empty when the words are not about this step."""
    verb, *rest = [word for word in re.findall(r"[\w'-]+", task.name.lower()) if word not in ARTICLES] or [""]
    forms = {verb, verb + "s", verb + "es", verb[:-1] + "ies"}
    said = re.findall(r"[\w'-]+", words)
    at = next((place for place, word in enumerate(said) if place and word.lower() in forms), None)
    after = [word.lower() for word in said[at + 1 :] if word.lower() not in ARTICLES] if at else []
    if at is None or not set(rest) <= set(after) or len(after) > len(rest) + 2:
        return []
    edits = who_edits(" ".join(said[:at]), (task.id,), process)
    same = any(getattr(edit, "role", None) == task.role for edit in edits)
    return [] if same else edits


def _decide(
    question: str, ways: Sequence[tuple[Edit, ...]], process: Process, titles: Sequence[str] = ()
) -> Correction | None:
    if not ways:
        return None
    if len(ways) == 1:
        return Correction(edits=ways[0])
    named = titles or [" ".join(in_words(process, way)) for way in ways]
    options = [Option(title, way) for title, way in zip(named, ways, strict=False)][: MOST_OPTIONS + 1]
    return Correction(question=question, options=tuple(options))


def which_takes(words: str, process: Process) -> Correction | None:
    """A bare length of time that answers nothing asked: of which step it is has to be said. None for other words."""
    figure = figure_from(words, "duration") if len(words.split()) <= 5 else None
    text = words.strip(" .!")
    named = TIME_OF.match(text)
    bare = figure is not None and not figure.vague and BARE_TIME.fullmatch(named["time"] if named else text)
    if not bare or figure is None:
        return None
    untimed = [task for task in tasks(process) if task.work is None][:3]
    value = as_duration(figure, True).model_copy(update={"span": None}).document()
    ways = tuple(Option(task.name, (SetValue(id=task.id, field="work", value=value),)) for task in untimed)
    return Correction(question=f"Of which step is that said: “{text}”?", options=ways)


def which_step(words: str, process: Process) -> Correction | None:
    """Answers to no question in particular (`5 minutes, Sabine, no idea`): of which step they are told has to be said.
    None for other words."""
    parts = [part.strip(" .!") for part in words.split(",") if part.strip(" .!")]
    times = [part for part in parts if BARE_TIME.fullmatch(part)]
    named = [role for role in process.roles if role.name.lower() in {part.lower() for part in parts}]
    length = figure_from(times[0], "duration") if len(times) == 1 and len(named) < 2 else None
    if length is None or len(parts) < 2 or len(parts) != 1 + len(named) + sum(map(unknown, parts)):
        return None
    theirs = [task for task in tasks(process) if not named or task.role in (None, named[0].id)]
    open_ = [task for task in theirs if task.work is None] or theirs or list(tasks(process))
    ways = tuple(Option(task.name, _timed(task, length, named)) for task in open_[:MOST_OPTIONS])
    return Correction(question=f"Of which step is that said: “{words.strip()}”?", options=ways)


def _timed(task: Task, length: Figure, named: Sequence[Role]) -> tuple[Edit, ...]:
    """The time of a step, and whose it is where that is not known."""
    hands = tuple(SetRole(ids=(task.id,), role=role.id) for role in named if task.role is None)
    return (SetValue(id=task.id, field="work", value=_stated(length, True)), *hands)


def which_meant(talk: Any, words: str) -> Any:
    """A reply that asks which step a length is told of, where several fit; None where one is plain."""
    found = None if talk.session.empty else which_takes(words, talk.session.process)
    return talk.offered(found.question, found.options) if found else None


def which_wrong(talk: Any, words: str) -> Reply | None:
    """What to say where something is wrong and nothing says what (`some of that is not quite right`): it is asked."""
    if talk.session.empty or not any(pattern.search(words) for pattern in patterns("something-wrong")):
        return None
    return Reply(WHICH_WRONG, kinds=("unclear",))
