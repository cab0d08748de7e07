"""The last look before anything told is written: whether the words of a turn carry what was read from them.

A step may be written only where somebody of the work does it in those words, or where it is done (`the form is
checked`); a figure only on a step they speak of. What fails is asked about, never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.english.tables import any_of, classed, worded
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content
from assistant.language.correct.made_readable import spelled
from assistant.language.correct.told_of_waits import told_of_waits
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Block, Task
from assistant.process.blocks import Sequence as Flow
from assistant.process.durations import UNITS
from assistant.process.edits import (
    Delete,
    Edit,
    Insert,
    Move,
    PutRole,
    Rename,
    SetProcess,
    SetRole,
    SetValue,
    WrapInChoice,
    WrapInLoop,
)
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

MOST_SENTENCES = 2
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
UNDER = re.compile(worded("last-look-under"), re.IGNORECASE)
NOT_THERE = re.compile(worded("not-there"), re.IGNORECASE)
"""What is waited for and does not come (`often they don't come for a week`): nothing is taken back by that."""
TAKES_BACK = re.compile(
    rf"\b(?:{worded('takes-it-back')})\b|^\W*(?:no|nope|not|it'?s not|actually|sorry)\b", re.IGNORECASE
)
PRONOUN = re.compile(rf"\b{any_of('subject-pronoun')}\b", re.IGNORECASE)
POINTS = re.compile(r"^\W*(?:and |then |but |also )*(?:it|that|this|which|there|he|she|they)\b", re.IGNORECASE)
BY = re.compile(r"\b(\w+)\s+by\b", re.IGNORECASE)
DONE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got|has to be|have to be)\s+((?:\w+\s+){0,2}\w+)\b", re.IGNORECASE
)
TO_YOU = re.compile(r"\b(?:you|please|let me|let's)\b", re.IGNORECASE)
GOES_BACK = re.compile(r"\b(?:back|again|once more|repeat(?:s|ed)?|until|anew|starts? over)\b", re.IGNORECASE)
ARRIVES = re.compile(worded("last-look-arrives"))
"""What is waited for; nothing is done again until then."""
LIMIT = re.compile(r"\b(?:over|above|under|below|than|least|most|to)\s+(?P<n>\d+)", re.IGNORECASE)


NAMES = re.compile(r"\b(?:(?:re)?names?|calls?|called|means?|say|words?|titles?|known)\b", re.IGNORECASE)
"""What is said of a name."""


def doubted(process: Process, words: str, edits: Sequence[Edit], recent: Sequence[str] = (), told: str = "") -> bool:
    """Whether the words of a turn do not carry all that was read from them; `told`: all that was told before."""
    if not edits or len(SENTENCE.split(words.strip())) > MOST_SENTENCES:
        return False
    text, catalogue = spelled(words).lower(), Catalogue(process)
    made = [task for edit in edits if isinstance(edit, Insert) for task in _tasks(edit.blocks)]
    if made and TAKES_BACK.search(NOT_THERE.sub(" ", UNDER.sub(" ", text))):
        return True
    gone = {id_ for edit in edits if isinstance(edit, Delete) for id_ in edit.ids}
    if ARRIVES.search(text) and any(isinstance(edit, WrapInLoop) for edit in edits):
        return True
    if any(_again(catalogue, task, gone, text) or not _done(process, task, text, edits) for task in made):
        return True
    if any(_lost(catalogue, edit, made, text) for edit in edits):
        return True
    # A new step may settle what stands beside it, and so may words that say where the work goes on.
    moved = (Delete, Move, WrapInChoice, WrapInLoop) if made or GOES_BACK.search(text) else ()
    return any(
        not isinstance(edit, moved)
        and not _spoken_of(catalogue, edit, text, recent)
        and not _old_said(catalogue, edit, text)
        and not _its_wait_said(catalogue, edit, text, told)
        for edit in edits
    )


def beside(process: Process, words: str, edits: Sequence[Edit], recent: Sequence[str] = (), told: str = "") -> bool:
    """Whether a correction sets the figure of a step that its words do not speak of, though they name something else.

    Words that name nothing known mean what was spoken of last.
    """
    text, catalogue = spelled(words).lower(), Catalogue(process)
    said = content(text)
    known = [word for step in catalogue.named for word in content(step.name)]
    known += [word for role in process.roles for word in content(role.name)]
    names = any(alike(word, other) for word in said for other in known)
    return names and any(
        isinstance(edit, SetValue)
        and not _spoken_of(catalogue, edit, text, recent, doer=True)
        and not _old_said(catalogue, edit, text)
        and not _its_wait_said(catalogue, edit, text, told)
        for edit in edits
    )


def renames_for_one(process: Process, words: str, edits: Sequence[Edit]) -> bool:
    """Whether somebody who does several steps gets another name by words that only tell who does one thing
    (`it's the dispatcher who notes the number`): then the others may still be theirs."""
    if NAMES.search(words):
        return False
    return any(
        isinstance(edit, PutRole)
        and (old := process.role(edit.role.id)) is not None
        and old.name != edit.role.name
        and sum(task.role == old.id for task in tasks(process)) > 1
        for edit in edits
    )


def _its_wait_said(catalogue: Catalogue, edit: Edit, text: str, told: str) -> bool:
    """Whether a wait is set in the words that it was told in."""
    if not isinstance(edit, SetValue) or edit.field not in ("wait", "duration"):
        return False
    own = told_of_waits(catalogue, told).get(edit.id, ())
    return any(alike(word, other) for word in content(text) for other in own)


POINTED = re.compile(r"\bth(?:e|at|ose) (hour|day|week)\b(?! (?:before|after|later|of))")
"""`the week for the landlord`: a length that was told, and is spoken of."""
PERSONS = classed("people", "title") | classed("people", "unit") | classed("names", "first")
AGENT = re.compile(r".{3,}(?:er|or|ist|ian|man|woman|person|people|lady)")
"""Words that call somebody."""


def _old_said(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether the words say the figure that gives way, and no other step has it; a bare number is one in the unit of
    the lengths beside it."""
    if not isinstance(edit, SetValue):
        return False
    figures = figures_in(text)
    said = [figure.seconds() for figure in figures if figure.kind == "duration"]
    units = {figure.unit for figure in figures if figure.kind == "duration"}
    said += [figure.middle * UNITS[unit] for figure in figures if figure.kind == "number" for unit in units]
    said += [UNITS[word[0]] for word in POINTED.findall(text)]
    holders = [
        (step.id, field)
        for step in catalogue.named
        for field in ("work", "wait", "duration")
        if (value := getattr(step, field, None)) is not None
        and any(abs(value.mean_seconds - seconds) <= 0.02 * seconds for seconds in said)
    ]
    return holders == [(edit.id, edit.field)]


def _lost(catalogue: Catalogue, edit: Edit, made: Sequence[Task], text: str) -> bool:
    """Whether a step goes that the words do not speak of and that no new one stands for, or another trigger is set
    than they say."""
    if isinstance(edit, SetProcess) and edit.field == "trigger":
        return not any(alike(word, said) for word in content(str(edit.value or "")) for said in content(text))
    if not isinstance(edit, Delete):
        return False
    stand_for = [word for task in made for word in content(task.name)]
    return any(
        isinstance(step := catalogue.by_id.get(id_), Task)
        and not any(alike(word, other) for word in content(step.name) for other in (*content(text), *stand_for))
        for id_ in edit.ids
    )


def _literally(name: str, text: str) -> bool:
    """Whether words that carry little meaning elsewhere (`the part`) stand in a name and in the words."""
    own = set(re.findall(r"[a-z]{4,}", name.lower()))
    return bool(own & set(re.findall(r"[a-z]{4,}", text)))


def _tasks(blocks: Iterable[Block]) -> list[Task]:
    return [step for step in walk(Process(name="-", flow=Flow(items=tuple(blocks)))) if isinstance(step, Task)]


MORE = re.compile(r"\b(?:also|too|again|second|another|as well|once more|twice|both|likewise|same)\b")


def _again(catalogue: Catalogue, task: Task, gone: set[str], text: str = "") -> bool:
    """Whether a new step is one that is there, told once more with other words about it."""
    own = content(task.name)
    for step in catalogue.named:
        other = content(step.name)
        if task.name.startswith("Do ") and own and all(any(alike(word, part) for part in other[1:]) for word in own):
            return True  # `does the flowers`, where somebody makes them already
        if task.role and done_by(step) not in (None, task.role):
            if len(own) > 1 and own == other and not MORE.search(text):
                return True  # the very same by somebody else: one more step, or other hands?
            continue  # somebody else does the like: another step
        if step.id in gone or not own or len(other) < 2 or not alike(own[0], other[0]):
            continue
        if all(any(alike(word, part) for part in own) for word in other):
            return True
    return False


def _done(process: Process, task: Task, text: str, edits: Sequence[Edit]) -> bool:
    """Whether somebody does the step in these words, or it is done."""
    verb = (content(task.name) or [""])[0]
    said = re.findall(r"[\w'-]+", text)
    places = [place for place, word in enumerate(said) if alike(word, verb)]
    done = [word for match in (*DONE.finditer(text), *BY.finditer(text)) for word in match[1].split()]
    if not places or any(alike(word, verb) for word in done):
        return True  # without the verb in them it was told before, and is read only now with what follows
    roles = {role.id: role for role in process.roles} | {
        edit.role.id: edit.role for edit in edits if isinstance(edit, PutRole)
    }
    role = roles.get(task.role or "")
    parts = content(role.name) if role else []
    fronts = [said[:place] for place in places]
    if any(alike(word, part) for part in parts for front in fronts for word in front):
        return True
    return any(PRONOUN.search(" ".join(front)) and not TO_YOU.search(" ".join(front)) for front in fronts)


def _spoken_of(catalogue: Catalogue, edit: Edit, text: str, recent: Sequence[str], doer: bool = False) -> bool:
    """Whether the words speak of the step or the role that an edit changes; of its `doer` is enough if that is said."""
    if isinstance(edit, PutRole):
        old = catalogue.process.role(edit.role.id)
        limit = LIMIT.search(text)
        counted = edit.role.capacity != (old.capacity if old else None)
        return not (counted and limit and edit.role.capacity == int(limit["n"]))
    if isinstance(edit, SetValue) and edit.field in ("span", "cost", "batch"):
        return True  # where it was said moves; postage is that of the posting, and whose days are told does the step
    if isinstance(edit, SetValue):
        ids: tuple[str, ...] = (edit.id,)
    elif isinstance(edit, Delete | Move | SetRole | WrapInChoice):
        ids = tuple(edit.ids)
    elif isinstance(edit, Rename):
        ids = (edit.id,)
    elif isinstance(edit, WrapInLoop):
        ids = tuple(edit.ids)
    else:
        return True
    said = content(text)
    for id_ in ids:
        if id_ not in catalogue.by_id:
            continue
        role = catalogue.process.role(done_by(catalogue.by_id[id_]) or "")
        own = content(catalogue.name(id_)) + (content(role.name) if role and doer else [])
        named = any(alike(word, part) for word in said for part in own) or _literally(catalogue.name(id_), text)
        pointed = id_ in recent and POINTS.search(text)
        if own and not named and not pointed:
            return False
    return True
