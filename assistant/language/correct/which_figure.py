"""Which figure a few words mean by the words it was told with.

`The resting is seven weeks` finds the wait told as `the cheese rests for six weeks`, whatever step it went to.
"""

from __future__ import annotations

import re

from assistant.language.change.mention import alike, content
from assistant.language.correct.sentence_said import Sentence
from assistant.process.blocks import Task, Wait

CLAUSE = re.compile(r"[,;:.!?]\s+|\s+(?:and|but)\s+|\n")
FIELDS = ("work", "wait", "duration")


def told_with(sentence: Sentence, words: str) -> list[tuple[str, str]]:
    """The steps and fields whose figure was told in a clause that has all the words; empty where none are said."""
    people = [part for role in sentence.catalogue.process.roles for part in content(role.name)]
    said = [word for word in content(words) if not any(alike(word, part) for part in people)]
    if not said or not sentence.told:
        return []
    found = []
    for step in sentence.catalogue.steps:
        if not isinstance(step, Task | Wait):
            continue
        for field in FIELDS:
            span = getattr(getattr(step, field, None), "span", None)
            clause = content(_clause(sentence.told, span.start, span.end)) if span else []
            if clause and all(any(alike(word, other) for other in clause) for word in said):
                found.append((step.id, field))
    return found


def _clause(text: str, start: int, end: int) -> str:
    """The words between the marks around a place."""
    cuts = [(cut.start(), cut.end()) for cut in CLAUSE.finditer(text)]
    front = max((b for _, b in cuts if b <= start), default=0)
    back = min((a for a, _ in cuts if a >= end), default=len(text))
    return text[front:back]
