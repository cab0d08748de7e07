"""Whether a time that could be set on a known step is told of work of its own, by the reader of the whole story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.chat.corrections import recent_steps
from assistant.errors import AssistantError
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.last_look import POINTS
from assistant.language.weighed.likeliest import DENIES
from assistant.process.blocks import Block, Task
from assistant.process.edits import Edit, PutRole, SetRole, SetValue
from assistant.process.tree import by_id, tasks
from assistant.workspace.session import STORY_BREAK, Session

TIMES = frozenset("work wait duration".split())
LASTING = frozenset("wait until take need".split())


def of_a_step_of_its_own(session: Session, words: str, found: Outcome | Doubt) -> bool:
    """Whether what was found only sets times or hands of steps that the words do not name, and the words, read behind
    all that was told, tell a step nobody told yet (`the client has to pay first, we wait 3 days`): they are that
    step's."""
    ways = found.readings if isinstance(found, Doubt) else (found,)
    if not ways or DENIES.search(words.lower()):
        return False
    steps, recent = by_id(session.process), recent_steps(session.state.entries, session.process)
    pointed = recent if POINTS.match(words) else ()
    if not all(_only_figures(way.edits, words, steps, pointed) for way in ways):
        return False
    return bool(told_anew(session, words))


DONE_NEXT = re.compile(
    r"^(?:and |so )*(?:then|next|after that|afterwards),? (?:it|they|that)(?:'s| is| gets|'re| are| get| has to be) "
    r"(?P<verb>[a-z]+(?:ed|en|wn|lt|nt|pt))\b",
    re.IGNORECASE,
)


def done_next(session: Session, words: str) -> bool:
    """Whether words go on with what is done to it next, and no step does that yet (`then it's washed, one hour`): the
    time is that step's, and not of the step before."""
    said = DONE_NEXT.match(words)
    deeds = [content(task.name)[:1] for task in tasks(session.process)]
    if said is None or any(alike(said["verb"].lower(), deed) for own in deeds for deed in own):
        return False
    return bool(told_anew(session, words))


def _only_figures(edits: Sequence[Edit], words: str, steps: Mapping[str, Block], pointed: Sequence[str]) -> bool:
    """Whether edits set times or hands of steps that the words neither name nor point to, and nothing else."""
    if any(isinstance(edit, SetValue) and edit.field not in TIMES for edit in edits):
        return False
    if any(not isinstance(edit, SetValue | SetRole | PutRole) for edit in edits):
        return False
    ids = [
        id_ for edit in edits for id_ in (edit.ids if isinstance(edit, SetRole) else [getattr(edit, "id", "")]) if id_
    ]
    return bool(ids) and not any(id_ in pointed or _named(steps.get(id_), words) for id_ in ids)


def _named(step: Block | None, words: str) -> bool:
    """Whether words say the verb of a step, or what a wait is for."""
    own = [word for word in content(str(getattr(step, "name", "") or "")) if word not in LASTING]
    own = own[:1] if isinstance(step, Task) else own
    return any(alike(word, other) for word in own for other in content(words))


def told_anew(session: Session, words: str) -> list[Task]:
    """The steps that these words tell where they are read behind all that was told. Nothing is written."""
    from assistant.language.reading import read_story

    before = STORY_BREAK.join(session.state.said())
    try:
        read = read_story(f"{before}{STORY_BREAK}{words}", None).process
    except AssistantError:
        return []
    known = {task.name for task in tasks(session.process)}
    start = len(before)
    return [task for task in tasks(read) if task.span and task.span.start >= start and task.name not in known]
