"""Turns that tell nothing of the work: what is said not to belong here, and how big, warm or heavy a thing is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.chat.reply import Reply
from assistant.english.tables import worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import role_named
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.clean_text import is_beside

NOT_OF_IT = "I left that out, as you say that it is no part of this. Nothing was changed."
OF_A_THING = "Nothing was changed: that tells how {thing} is, and no work. I keep it in the log."
DESCRIBES = re.compile(
    rf"^(?:and |but |oh,? |well,? )*(?P<thing>(?:the|our|this|that|each|every) [a-z][\w -]{{1,40}}?)(?: only| just)? "
    rf"(?:{worded('describes-a-thing')}) "
    rf"(?:(?:only|about|around|roughly|just|up to|room for|space for|some) )*(?:\d|{COUNT_WORD}\b)",
    re.IGNORECASE,
)
OF_WORK = ("duration", "total", "money", "price", "rate", "rhythm")


def beside_the_work(talk: Any, words: str) -> Reply | None:
    """The reply to such a turn; None for all others, and where nothing is told yet."""
    readers: tuple[Callable[[Any, str], str | None], ...] = (_said_so, _of_a_thing)
    if talk.session.empty:
        return None
    line = next((line for reader in readers if (line := reader(talk, words))), None)
    return Reply((line,), kinds=("chitchat",)) if line else None


def _said_so(_: Any, words: str) -> str | None:
    return NOT_OF_IT if is_beside(words) and figures_in(words) and "?" not in words else None


def _of_a_thing(talk: Any, words: str) -> str | None:
    said = DESCRIBES.match(words.strip())
    if said is None or any(figure.kind in OF_WORK for figure in figures_in(words)):
        return None
    thing = re.sub(r"^(?:each|every) ", "the ", said["thing"].lower())
    if role_named(Catalogue(talk.session.process), re.sub(r"^\w+ ", "", thing)):
        return None
    return OF_A_THING.format(thing=thing)
