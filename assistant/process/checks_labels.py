"""Checks of labels: verb and object, one step a label, each its own, short, saying something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.process.issues import Issue, Limits, hint, warning
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.process.words import JOINED, MOST_WORDS, SMALL, VAGUE, verb_object, verb_of, words_of


def style(process: Process, limits: Limits) -> Iterator[Issue]:
    """Labels that do not say verb and object, are too long, join two actions or say nothing."""
    for task in tasks(process):
        words = [word for word in words_of(task.name) if word not in SMALL]
        if not words_of(task.name):
            yield warning(
                "label-missing",
                (task.id,),
                f"The task {task.id} has no name.",
                "Name it by verb and object, such as “Check order”.",
            )
            continue
        if not verb_object(task.name):
            yield hint(
                "label-style",
                (task.id,),
                f"“{task.name}” does not say what is done to what.",
                "Begin with a verb and name its object, such as “Check order”.",
            )
        if len(words) > MOST_WORDS:
            yield hint(
                "label-long",
                (task.id,),
                f"“{task.name}” is long.",
                "Keep the verb and the object; put the rest into the note.",
            )
        if JOINED.search(task.name) and verb_of(task.name):
            yield hint(
                "label-joined",
                (task.id,),
                f"“{task.name}” may be more than one step.",
                "Split it if different hands do it.",
            )
        if words and words[0] in VAGUE and len(words) < 3:
            yield hint(
                "label-vague",
                (task.id,),
                f"“{task.name}” does not say what is really done.",
                "Use a verb that says it, such as check, enter or decide.",
            )


def repeated(process: Process, limits: Limits) -> Iterator[Issue]:
    """The same label on several tasks of the same role."""
    same: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    names: dict[tuple[str, str | None], str] = {}
    for task in tasks(process):
        key = (" ".join(words_of(task.name)), task.role)
        same[key].append(task.id)
        names[key] = task.name
    for key, alike in same.items():
        if len(alike) > 1 and key[0]:
            yield warning(
                "label-repeated",
                tuple(alike),
                f"{len(alike)} tasks are called “{names[key]}”.",
                "Say how they differ, or make them one.",
            )


CHECKS = (style, repeated)
