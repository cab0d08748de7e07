"""A figure that is only denied: `orders don't lie two days`, `the frame is built every day, not only on Mondays`.

What it is instead was not said: a length is asked for, and days that are denied go.
"""

from __future__ import annotations

import re

from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.borne_out import denied
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.durations import as_told
from assistant.process.edits import SetValue

FIELDS = {"work": "takes {} of work", "wait": "waits {}", "duration": "takes {}"}


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """What has the figure that is denied and no other; None where another is said, or nothing has it."""
    text = sentence.text
    figures = [figure for figure in figures_in(text) if not figure.vague]
    if len(figures) != 1 or not denied(text, figures[0].a, figures[0].kind == "rhythm"):
        return None
    if figures[0].kind == "rhythm":
        return _on_any_day(sentence)
    if figures[0].kind != "duration" or re.search(r"\bbut\b", text):
        return None
    seconds = figures[0].seconds()
    held = [
        f"“{step.name}” {told.format(as_told(value))}"
        for step in sentence.catalogue.named
        for field, told in FIELDS.items()
        if (value := getattr(step, field, None)) is not None and abs(value.mean_seconds - seconds) <= 0.02 * seconds
    ]
    return Doubt(f"I have it so that {held[0]}. What is it, then?", ()) if len(held) == 1 else None


def _on_any_day(sentence: Sentence) -> Outcome | None:
    """The days on which a step alone is done, taken off it."""
    said = content(sentence.text)
    own = [
        step
        for step in sentence.catalogue.named
        if isinstance(step, Task) and step.batch is not None
        and all(any(alike(word, part) for word in said) for part in content(step.name)[-1:])
    ]  # fmt: skip
    if len(own) != 1:
        return None
    return Outcome(f"“{own[0].name}” is done on any day", (SetValue(id=own[0].id, field="batch", value=None),))
