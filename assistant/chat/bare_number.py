"""A bare number said to a question that needs a unit (`20` to how many cases come): it is asked which one is meant.

It is the answer to what was asked first; a later question that a bare number happens to fit does not take it away.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.chat.answers import ABOUT, FILLERS, MORE_WORDS, answer_edits
from assistant.chat.corrections import Option
from assistant.chat.reply import Reply
from assistant.language.figures.reading import figures_in

UNITS = {"volume": ("a day", "a week", "a month"), "work": ("minutes", "hours"), "duration": ("hours", "days")}
"""In which units a figure is most likely meant, by the field that a question asks for."""


def which_unit(talk: Any, words: str) -> Reply | None:
    """The reply that asks for the unit of a bare number; None for other words, or where the question needs none."""
    number, process = bare_number(words), talk.session.process
    shown = {question.id for question in talk.shown}
    asked = [question for question in talk.asked if question.field in MORE_WORDS and question.id in shown]
    if not number or not asked or asked[0].field not in UNITS or len(asked[0].elements) > 1:
        return None
    said = [f"{number} {unit}" for unit in UNITS[asked[0].field]]
    options = tuple(Option(way, tuple(edits)) for way in said if (edits := answer_edits(asked[0], way, process)))
    if not options:
        return None
    reply: Reply = talk.offered(f"{asked[0].text} {number} what?", options)
    return reply


def bare_number(words: str) -> str:
    """The number that is all of the words, without a unit; "" for other words."""
    found = figures_in(words)
    if len(found) != 1 or found[0].kind not in ("number", "people") or found[0].vague:
        return ""
    number = words[found[0].a : found[0].b]
    others = re.findall(r"[a-z]+", (words[: found[0].a] + " " + words[found[0].b :]).lower())
    plain = re.fullmatch(r"[\d.,]+|[a-z]+(?:[- ][a-z]+)?", number, re.IGNORECASE)
    return number if plain and all(word in FILLERS or word in ABOUT for word in others) else ""
