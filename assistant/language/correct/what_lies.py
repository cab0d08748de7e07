"""What lies about: "the care plan lies three days" is a wait of the plan behind the step that makes it."""

from __future__ import annotations

import re

from assistant.english.tables import classed, worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.figures_of_steps import lasting
from assistant.language.correct.sentence_said import Sentence, known_role
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.tree import tasks

LIES = re.compile(
    r"^(?:and\s+|but\s+|no[\s,]+)*(?:the|our|an?|each|every|that)\s+(?P<thing>[a-z][\w' -]{1,40}?)\s+"
    r"(?:just |then |usually |often |always |mostly |simply )*(?:lies?|sits?|waits?|stays?|rests?|stands?)\s+"
    r"(?:(?:there|around|about|for|up to|around there|in (?:the|his|her|their|a) (?:tray|drawer|basket|box|pile))\s+)*"
    r"(?P<time>[^,;]+)$",
    re.IGNORECASE,
)
SOMEWHERE = re.compile(worded("what-lies-somewhere"), re.IGNORECASE)
MAKING = classed("reading", "making")


def read(sentence: Sentence) -> Outcome | None:
    """The wait before the step that follows the one which makes the thing; None where the words say more than that."""
    found = LIES.match(sentence.text)
    figures = [figure for figure in figures_in(found["time"]) if figure.kind == "duration"] if found else []
    if found is None or len(figures) != 1 or figures[0].vague:
        return None
    where = found["time"][figures[0].b :].strip(" .!")
    if not SOMEWHERE.fullmatch(where) or any(known_role(sentence.catalogue, said) for said in (found["thing"], where)):
        return None
    step = _behind_its_maker(sentence, found["thing"])
    return lasting(sentence, step, figures[0], "it waits", "") if step else None


def _behind_its_maker(sentence: Sentence, thing: str) -> str:
    """The step right behind the one that makes the thing; empty where none makes it, several do, or none follows."""
    row = list(tasks(sentence.catalogue.process))
    makers = [at for at, task in enumerate(row) if _makes(task, content(thing))]
    if len(makers) != 1 or makers[0] + 1 >= len(row):
        return ""
    return row[makers[0] + 1].id


def _makes(task: Task, thing: list[str]) -> bool:
    verb, made = task.name.split()[0].lower(), content(task.name)
    return verb in MAKING and bool(thing) and all(any(alike(word, part) for part in made) for word in thing)
