"""What is asked, by the nearest of what people have asked: a topic of a question, or a command put as one.

A small sentence model (`assistant.english.sentences`) places them; weights learnt from `evals/talk_cases/asked.tsv`
and the questions of `evals/talk_cases` (`bench/learn_asked.py`) say how near each topic is. Read only where words ask.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from assistant.language.turn.asking import DOUBTS_A_FIGURE
from assistant.language.turn.kinds import About, Chitchat, Command, Question, Turn
from assistant.language.turn.short_questions import short_question

WEIGHTS = files("assistant.english").joinpath("data", "asked_weights.npz")
DO, YOU = "do:", "about you"
BY_WORDING = 0.25
"""What a topic that a wording names has ahead of the others."""
NEAR, APART = 0.3, 0.05
"""How near a topic must be, and how far ahead of the next one."""
ORDERED = 0.45
"""How near a command must be that changes or writes something."""
WRITTEN = 0.8
"""How near the command must be that writes files: “my boss wants a report by Friday” asks for none."""
SHOWN = frozenset({"show", "help", "propose", "log"})
"""Commands that only show something."""
LEAST_ORDERED = 0.1
"""From which share of command on words that are near to one may change or write something: `one moment, back in five`
may not."""
LONGEST = 300
PLAINLY = frozenset({About.TURNS, About.MISSING, About.MONDAY, About.ONWARD, About.PRINT, About.DECIDED})
"""What a wording alone tells for certain."""


class Learnt(NamedTuple):
    """The topics, and the weights over the places of a sentence model, with one more for a constant."""

    topics: list[str]
    weights: Any


@cache
def _learnt() -> Learnt:
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as held:
        return Learnt([str(topic) for topic in held["topics"]], held["weights"].astype(np.float32))


def nearness(words: str) -> dict[str, float]:
    """How near words are to each topic; nearly 1 where they are just that."""
    from assistant.english.sentences import sentence_places

    topics, weights = _learnt()
    place = np.append(sentence_places([words])[0], 1.0)
    return dict(zip(topics, (float(value) for value in place @ weights), strict=True))


def plainly_asked(words: str, about: About) -> bool:
    """Whether the wording alone tells for certain what is asked."""
    doubted = re.match(DOUBTS_A_FIGURE, words, re.IGNORECASE) is not None
    return about in PLAINLY or doubted or short_question(words) is not None


def question_meant(words: str, by_wording: About) -> Turn:
    """The question that words are; a command, where they ask for what one does."""
    known = Question(words, by_wording)
    if len(words) > LONGEST or plainly_asked(words, by_wording):
        return known
    near = nearness(words)
    if by_wording is not About.OTHER and by_wording.value in near:
        near[by_wording.value] += BY_WORDING
    first, second = sorted(near, key=lambda topic: -near[topic])[:2]
    if near[first] < NEAR or near[first] - near[second] < APART:
        return known
    if first == YOU:
        return Chitchat(words, of_program=True)
    if not first.startswith(DO):
        return Question(words, About(first))
    name = first.removeprefix(DO)
    return Command(name) if name in SHOWN or _sure(name, near[first]) else known


def _sure(name: str, near: float) -> bool:
    return near >= (WRITTEN if name == "export" else ORDERED)


def order_meant(words: str, share: float) -> Command | None:
    """The command that words which are no question are near to; None where they are near to none, or hardly are a
    command by their cues (`share`) and this one would change or write something."""
    if len(words) > LONGEST:
        return None
    near = nearness(words)
    first = max(near, key=lambda topic: near[topic])
    name = first.removeprefix(DO)
    meant = first.startswith(DO) and _sure(name, near[first]) and (name in SHOWN or share >= LEAST_ORDERED)
    return Command(name) if meant else None


def of_program(words: str) -> bool:
    """Whether words ask who or what answers here."""
    near = nearness(words)
    return near[YOU] >= ORDERED and near[YOU] == max(near.values())
