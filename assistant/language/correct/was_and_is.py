"""A figure of another time and the one that holds: `25 drums was last year, now it's 40 a week`, `we've 8 maids at
christmas, but normally five`."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.read_change import Outcome
from assistant.language.correct.made_readable import spelled
from assistant.language.correct.people_and_hours import cases_coming
from assistant.language.correct.sentence_said import ARTICLE, Sentence, known_role
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figure_from, figures_in
from assistant.process.durations import Basis
from assistant.process.edits import PutRole

_N = rf"(?:\d{{1,6}}|{COUNT_WORD})"
_THEN = r"(?:last (?:year|month|season|winter|summer)|(?:back )?then|in the past|before|years ago|in \d{4})"
OLD_VOLUME = re.compile(
    rf"^(?:no,? |but )*(?:the )?{_N} (?:[\w ]{{2,40}} )?(?:was|were) (?:only )?{_THEN}[\s,;–-]+(?:but )?"
    rf"(?P<now>(?:now|today|meanwhile|this year|these days)?,? ?(?:it'?s|we (?:have|get|are at|do|make)|there are) "
    rf"(?:now |about |around )*{_N} [\w ]*?(?:a|per|an|each|every) (?:day|week|month|year|hour))(?: now)?$",
    re.IGNORECASE,
)
USUALLY = re.compile(
    rf"^(?:no,? |but )*(?:we have|we've|we've got|there are|we are) {_N} (?P<who>[\w' -]{{2,30}}?) "
    rf"{worded('at-a-busy-time')}[\s,;–-]+{worded('most-of-the-time')} (?P<n>{_N})(?: of them)?$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | None:
    """The figure that holds now, or most of the time; None for other words."""
    text = spelled(sentence.request).strip(" .!")
    if said := OLD_VOLUME.match(text):
        told = re.sub(r"^\W*(?:\w+,? )?it'?s ", "we get ", said["now"])
        coming = [figure for figure in figures_in(told) if figure.kind == "rate"]
        return cases_coming(sentence, told, coming[0]) if len(coming) == 1 else None
    said = USUALLY.match(text)
    role = known_role(sentence.catalogue, ARTICLE.sub("", said["who"])) if said else None
    number = figure_from(said["n"], "number") if said else None
    if role is None or number is None or number.low < 1:
        return None
    heads = role.model_copy(update={"capacity": int(number.low), "capacity_basis": Basis.STATED})
    return Outcome(f"{role.name}: usually {int(number.low)}", (PutRole(role=heads),))
