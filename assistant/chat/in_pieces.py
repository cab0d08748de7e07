"""A story told piece by piece: what is said next is read with all that was told before, as if told in one go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.chat.answers import LABELLED
from assistant.chat.removing import BARE
from assistant.chat.reply import Reply
from assistant.chat.telling import repeated
from assistant.english.tables import any_of
from assistant.errors import NotAProcess
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content, role_named, sure
from assistant.language.correct.contrast import contrasts_figures
from assistant.language.correct.correction import read as read_correction
from assistant.language.correct.said_outright import said_outright
from assistant.language.figures.hours import done_on_days, there_on_days
from assistant.language.reading import losing_nothing, read_story
from assistant.language.turn.by_rules import read_turn
from assistant.language.turn.intent import GOES_ON
from assistant.language.turn.kinds import Context, Request, Story, Unclear
from assistant.process.blocks import Sequence as Flow
from assistant.process.blocks import Task, Wait
from assistant.process.diff import diff
from assistant.process.edits import Edit, Insert, PutRole, SetRole, SetValue, WrapInChoice, WrapInLoop
from assistant.process.model import Process
from assistant.process.tree import by_id, steps, tasks
from assistant.projects.journal import sound_text
from assistant.workspace.family_names import as_one_story
from assistant.workspace.session import Session

SHORT_BEGINNING = 2
"""Sentences a telling has up to which people tell in pieces; who tells more at once has told the work."""
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
LONG_PIECE = 30
"""Words from which on what is said is a piece of a story that began with at most twice as many."""
FRAGMENT = 5
"""Words up to which what tells no step answers or points to something."""
CASE = re.compile(r"^\W*(?:(?:and|but|oh|so)\W+)*(?:if|when|otherwise|in that case|not \w+ (?:→|->))\s", re.IGNORECASE)
"""Words that open a case of the story; what is done in it may be done elsewhere as well."""
ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
NAMED = re.compile(r"Set the (?:name of the process to |trigger of the process to unknown)")
"""What is told of a process that is called after the little told of it so far, and changes with each piece."""
OTHERS_TIME = re.compile(r"^(?:the |our )?(?!it\b|that\b|this\b|she\b|he\b|they\b|each\b)[a-z]+ needs? ", re.IGNORECASE)
"""How long somebody has it, told by itself (`the lab needs 2 days`): a wait, and no time of the step told last."""
MOST_PLACED = 2
"""New steps up to which words that say where something is done are read for that place."""
FIRST = re.compile(r"^\W*(?:(?:and|but|oh|so)\W+)*(?:first of all|before (?:that|all that|anything))\b", re.IGNORECASE)
ORDER = re.compile(
    rf"^\W*(?:{any_of('polite-lead')}\W+)*(?:add|insert|put in|remove|delete|rename|swap|merge|split|replace|move)\b",
    re.IGNORECASE,
)
OF_THE_MAP = re.compile(
    r"\b(?:steps?|tasks?|roles?|decisions?|questions?|loops?|repetitions?|branch(?:es)?)\b", re.IGNORECASE
)
NOT_THEM = re.compile(r"\bnot (?:the |our |my |by )*[\w'-]+(?: [\w'-]+)?\W*$", re.IGNORECASE)
"""Who or what it is not, at the end of what is said: `the town refuses, not the owner`."""
PLACED = re.compile(rf"\b{any_of('puts-a-step')}\b", re.IGNORECASE)


def in_pieces(session: Session, words: str) -> bool:
    """Whether a story is under way that is told piece by piece: it began short, and nothing was proposed yet."""
    told = session.state.said()
    if not told or session.empty or session.reads_by_model or session.latest is not None or session.has_new:
        return False
    pieces = sum(len(SENTENCE.split(text.strip())) for text in told) <= SHORT_BEGINNING * len(told)
    return pieces or LONG_PIECE <= len(words.split()) >= len(told[0].split()) / 2


def told_on(talk: Any, words: str, context: Context) -> Reply | None:
    """The reply to a further piece of a story that is told in pieces; None where the turn is none.

    What single sentences are taken for by their weights, a correction or talk, is as a piece of a story mostly telling:
    the reader of whole stories reads it, which knows what stands around it. What speaks of steps that are there is not
    told here.
    """
    session = talk.session
    if not in_pieces(session, words):
        return None
    turn = read_turn(words, replace(context, in_pieces=True))
    if not isinstance(turn, Story | Unclear | Request) or LABELLED.match(words) or contrasts_figures(words):
        return None
    if NOT_THEM.search(words) and read_correction(session.process, words) is not None:
        return None
    if (
        done_on_days(words)
        or said_outright(session.process, words)
        or _known_on_days(session, words)
        or _orders_a_change(session.process, words)
    ):
        return None  # of a step that is there
    words = turn.words
    edits = () if repeated(words, session.state.said()) else would_tell(session, words)
    if not edits or speaks_of_what_is_there(session.process, words, edits, isinstance(turn, Story)):
        return None
    change = session.tell(words, surely=True)
    change = replace(change, lines=tuple(line for line in change.lines if not NAMED.match(line)) or change.lines)
    left = tuple(f"Not read as part of the work: “{sentence}”" for sentence in getattr(turn, "left", ()))
    tells_on = any(isinstance(edit, Insert) for edit in change.edits)  # who is telling is not asked in between
    return talk.changed(change, left, asks=not tells_on)  # type: ignore[no-any-return]


def _known_on_days(session: Session, words: str) -> bool:
    """Whether words tell on which days somebody is there who does a step already."""
    there = there_on_days(words)
    return there is not None and role_named(Catalogue(session.process), there[0]) is not None


def would_tell(session: Session, words: str) -> Sequence[Edit]:
    """What a further piece of the story would change, by the built-in rules; nothing is written."""
    told, story = [*session.state.said(), session.called.mask(sound_text(words))], session.state.story
    try:
        return diff(story, losing_nothing(story, read_story(as_one_story(told), None), told).process)
    except NotAProcess:
        return ()


def speaks_of_what_is_there(process: Process, words: str, edits: Sequence[Edit], plainly: bool) -> bool:
    """Whether words put right or place what is there: the steps that a story makes of them are known, or stand where
    the words say; or they make none, and name steps or roles that the story does not see in them."""
    inserted = [block for edit in edits if isinstance(edit, Insert) for block in steps(Flow(items=edit.blocks))]
    new = [task for task in inserted if isinstance(task, Task)]
    known = [task.name for task in tasks(process)]
    fresh = [task for task in new if not any(_same(task.name, name) for name in known)]
    if new and (GOES_ON.match(words) or (CASE.match(words) and not ONLY.search(words))):
        return False
    if new:
        return not fresh or (len(fresh) <= MOST_PLACED and _placed(words, known))
    if OTHERS_TIME.match(words) and any(isinstance(block, Wait) for block in inserted):
        return False
    if not plainly or len(words.split()) <= FRAGMENT:
        return True
    roles = {role.id: role.name for role in process.roles}
    named = {task.id for task in tasks(process) if _named(task, roles.get(task.role or "", ""), words)}
    there = by_id(process)
    meant = {id_ for edit in edits for id_ in _steps_of(edit) if id_ in there}
    of_roles = any(isinstance(edit, PutRole) for edit in edits) and not meant
    return of_roles or len(named) > 1 or (bool(named) and not meant & named)


def _orders_a_change(process: Process, words: str) -> bool:
    """Whether words order a change of the map: `add a step …`, `remove the kneading`, and no note of what is done:
    where so far somebody does what is done, nothing is told without who does it."""
    known, out = list(tasks(process)), BARE.match(words)
    done_by_somebody = 2 * sum(task.role is not None for task in known) >= len(known)
    if out is not None and done_by_somebody and sure(Catalogue(process), out["name"].lower()) is not None:
        return True
    return bool(ORDER.match(words)) and (
        bool(OF_THE_MAP.search(words)) or any(_says(words, task.name) for task in known)
    )


def _placed(words: str, known: Sequence[str]) -> bool:
    """Whether words say where something is done, by a step that is there or as the very first."""
    if FIRST.match(words):
        return True
    behind = [words[place.end() :] for place in PLACED.finditer(words)]
    return any(_says(re.split(r"[,;]", part)[0], name) for part in behind for name in known)


def _same(name: str, other: str) -> bool:
    own, others = content(name), content(other)
    return bool(own and others) and alike(own[0], others[0]) and (own[1:] == others[1:] or _shares(own[1:], others[1:]))


def _shares(own: Sequence[str], others: Sequence[str]) -> bool:
    return any(alike(word, other) for word in own for other in others)


def _says(words: str, name: str) -> bool:
    """Whether words say the verb of a step and its thing."""
    said, own = content(words), content(name)
    return bool(own) and all(any(alike(word, part) for word in said) for part in own[:2])


def _named(task: Task, role: str, words: str) -> bool:
    """Whether words say a step by its verb and its thing, or by its verb and who does it."""
    said, own = content(words), content(task.name)
    doer = bool(role) and all(any(alike(word, part) for word in said) for part in content(role))
    return _says(words, task.name) or (doer and bool(own) and any(alike(word, own[0]) for word in said))


def _steps_of(edit: Edit) -> tuple[str, ...]:
    if isinstance(edit, SetValue):
        return (edit.id,)
    return tuple(edit.ids) if isinstance(edit, SetRole | WrapInLoop | WrapInChoice) else ()
