"""Where a step belongs that was told just now, said by itself: `right after he is registered`, `the trainee, at the
end`."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.order_of_steps import beside, where_steps
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.language.correct.told_with_place import SIDE
from assistant.language.correct.told_with_place import read as told_with_place
from assistant.language.turn.plain_sentences import told_under
from assistant.process.blocks import Task
from assistant.process.edits import Edit, Insert, Move, SetRole

SAID = re.compile(
    r"^\W*(?:(?:oh|and|well|hm+|ok|yes|so)\b\W*)*(?:(?P<who>(?!(?:it|that|this)\b)[a-z][\w' -]{1,30}?)"
    r"(?:,| (?:does|will do|is doing) (?:it|that|this),?)\s+)?"
    r"(?:(?:it|that|this)(?:'s| is| comes| goes| happens| has to be)?(?: done)?\s+)?"
    rf"(?:(?:only |and )*{SIDE}\s+(?P<where>[^,;?]+)|"
    rf"(?P<first>{worded('begins-all')})|(?P<last>{worded('ends-all')}))\W*$",
    re.IGNORECASE,
)
MOST_WORDS = 8
"""Words a place has at most; with more, something else is told."""


def read(sentence: Sentence) -> Outcome | None:
    """The step at the place that the words name, and in the hands of whom they name; None where they tell more."""
    catalogue = sentence.catalogue
    found = SAID.match(sentence.request)
    step = sentence.recent[0] if len(sentence.recent) == 1 else ""
    task = catalogue.by_id.get(step)
    if found is None or not isinstance(task, Task) or len((found["where"] or "").split()) > MOST_WORDS:
        return None
    who = role_named(catalogue, ARTICLE.sub("", found["who"])) if found["who"] else None
    if (found["who"] and who is None) or _tells_more(sentence):
        return None
    edits: list[Edit] = [SetRole(ids=(step,), role=who.id)] if who is not None and who.id != task.role else []
    if found["where"]:
        before = found["side"].lower() in ("before", "prior to")
        spots = [id_ for id_ in where_steps(sentence, found["where"].lower()) if id_ != step]
        if not 1 <= len(spots) <= 3:
            return None
        place = beside(catalogue, step, spots[0] if before else spots[-1], before)
    else:
        place = at_edge(catalogue, "start" if found["first"] else "end")
    return Outcome(f"{task.name} stands there", (*edits, Move(ids=(step,), place=place))) if place else None


def _tells_more(sentence: Sentence) -> bool:
    """Whether somebody does something there that is no step yet."""
    if told_under(sentence.request, [role.name for role in sentence.catalogue.process.roles]):
        return True
    other = told_with_place(sentence)
    return isinstance(other, Outcome) and any(isinstance(edit, Insert) for edit in other.edits)
