"""Which question comes first: the one whose answer could move the time of a case most.

Every figure nobody stated or measured is made 30 % smaller and larger and the expected time of a case worked out anew
(closed form, `assistant.process.expected`; queues are left out, so that this costs next to nothing). `assistant what-if
PROCESS --unknowns` does the same by simulation, queues included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.process.durations import humane
from assistant.process.expected import Clock, expected
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.redesign.words import SAME, alike, content
from assistant.simulation.sensitivity import unknowns

ABOUT = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\bhow (?:many|often)\b.*\b(?:come|comes|arrive|get|receive|are there|do you (?:have|do|handle))\b"
        r".*\b(?:an?|per|each|every) (?:hour|day|week|month|year|season)\b",
        r"\b(?:who|whom)\b.*\b(?:customers?|is it (?:done )?for)\b",
        r"\bwho\b.*\b(?:answers for|owns|is responsible for) (?:the whole|all of it|it all|this)\b",
    )
)
"""What a model and the house both ask: how many come, for whom it is, who answers for it."""
FEWEST, MOSTLY, MANY, HALF = 3, 0.6, 5, 0.5
"""Words that two questions about one thing share at least, and the part of the shorter one that they are."""
BY = 0.3
WORTH_SAYING = 0.02
"""Share of the time of a case from which the effect of a figure is told and goes before the rule of thumb."""


def swings(process: Process) -> dict[tuple[str, str], float]:
    """How far each unsure figure moves the expected time of a case, in seconds, by element and field."""
    clock = Clock(process)
    base = clock.elapsed(process)
    found: dict[tuple[str, str], float] = {}
    for unknown in unknowns(process, BY):
        field = "p" if unknown.field.startswith("p of ") else unknown.field
        moved = [abs(clock.elapsed(change(process)) - base) for change in (unknown.lower, unknown.higher)]
        found[unknown.element, field] = max(found.get((unknown.element, field), 0.0), *moved)
    return found


def each_once(questions: Sequence[Question]) -> list[Question]:
    """The questions without those that another asks as well, by their words or what they are about: what a model asks
    of this story stays before what the house asks of every process."""
    own = sorted(questions, key=lambda question: not question.id.startswith("consultant:"))
    kept: list[Question] = []
    for question in own:
        if not any(_same(question, other) for other in kept):
            kept.append(question)
    return [question for question in questions if question in kept]


def _same(one: Question, other: Question) -> bool:
    if "consultant:" not in f"{one.id} {other.id}":
        return one.text == other.text  # what the house asks of each step is worded alike and asked of another step
    if "unclear:" in f"{one.id} {other.id}" and _asked_of_one_thing(one.text, other.text):
        return True
    about = next((form for form in ABOUT if form.search(one.text)), None)
    return bool(about and about.search(other.text)) or alike(one.text, other.text) >= SAME


def _asked_of_one_thing(one: str, other: str) -> bool:
    """Whether the reader of a story and whoever says what hurts ask the same of it, in words of their own: most of the
    shorter question stands in the longer one."""
    first, then = set(content(one)), set(content(other))
    shared = len(first & then)
    part = shared / (min(len(first), len(then)) or 1)
    return (shared >= FEWEST and part >= MOSTLY) or (shared >= MANY and part >= HALF)


def by_effect(questions: Sequence[Question], process: Process) -> tuple[Question, ...]:
    """The questions about figures that matter first, each saying how much; the others after them, in their order.

    `process` is the completed one, in which what nobody said is filled in and marked.
    """
    base = expected(process).elapsed.value
    effects = swings(process) if base > 0 else {}
    weighed: list[tuple[float, Question]] = []
    for question in questions:
        effect = max((effects.get((element, question.field), 0.0) for element in question.elements), default=0.0)
        share = effect / base if base > 0 else 0.0
        if share >= WORTH_SAYING:
            told = f"{question.why} If the figure assumed is 30 % off, a case takes {humane(effect)} more or less."
            weighed.append((share, question.model_copy(update={"why": told})))
        else:
            weighed.append((0.0, question))
    return tuple(question for _, question in sorted(weighed, key=lambda pair: -pair[0]))
