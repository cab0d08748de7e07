"""One length for several steps, one for each of two that are named by their order, and one told by the words it was
told with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.language.correct.figures_of_steps import lasting
from assistant.language.correct.sentence_said import Sentence
from assistant.language.correct.which_figure import told_with
from assistant.language.figures.stated import as_duration
from assistant.language.weighed.lengths_said import lengths_in
from assistant.language.weighed.possible_edits import Way, joined, of_step
from assistant.language.weighed.words_spoken_of import Likeness, Said, Spoken
from assistant.process.edits import SetValue

EACH = re.compile(r"\b(?:each|apiece|both|either)\b")
ORDER = re.compile(r"\b(?:the )?(?P<first>first|former|one)\b.*?\b(?:the )?(?P<second>second|latter|other)\b")
MOST_STEPS, ORDINALS = 4, 2


def _timed(spoken: Spoken, like: Likeness, said: Said) -> Way | None:
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    told = lasting(sentence, like.step, said.figure, spoken.low, "")
    return None if told is None else Way("time", told.title, told.edits, like.at | said.at, of_step(spoken, like))


def _by_verb(spoken: Spoken) -> list[Likeness]:
    """The steps whose verb is said, in the order they are said in; of two by the same word the likelier one."""
    found: list[Likeness] = []
    for like in spoken.tasks(spoken.likeness()):
        if like.verb and not any(other.at & like.at for other in found):
            found.append(like)
    return sorted(found[:MOST_STEPS], key=lambda like: min(like.at))


def each(spoken: Spoken) -> Iterator[Way]:
    """`cutting and folding are an hour each`."""
    lengths, likes = lengths_in(spoken), _by_verb(spoken)
    if len(lengths) != 1 or len(likes) < 2 or not EACH.search(spoken.low):
        return
    made = [way for like in likes if (way := _timed(spoken, like, lengths[0]))]
    if len(made) == len(likes):
        yield joined("times", made)


def in_order(spoken: Spoken) -> Iterator[Way]:
    """`35 minutes for the first and 40 for the second`: of the two steps that are named, or were spoken of."""
    likes = _by_verb(spoken)
    if len(likes) < 2:
        likes = [Likeness(step, 0.3, False, frozenset()) for step in spoken.recent[:2]]
    lengths = (_lengths_of(spoken, likes) or lengths_in(spoken))[-2:]
    if len(lengths) < 2 or len(likes) != 2 or not ORDER.search(spoken.low):
        return
    made = [way for like, said in zip(likes, lengths, strict=True) if (way := _timed(spoken, like, said))]
    if len(made) == 2:
        yield joined("times", made)


def _lengths_of(spoken: Spoken, likes: list[Likeness]) -> list[Said]:
    """Bare numbers, in the unit in which the time of one of the steps was told."""
    works = [getattr(spoken.catalogue.by_id[like.step], "work", None) for like in likes]
    unit = next((work.unit for work in works if work is not None and hasattr(work, "unit")), None)
    bare = [said for said in spoken.figures if said.figure.kind == "number" and said.figure.low > ORDINALS]
    return [Said(replace(said.figure, kind="duration", unit=unit), said.at) for said in bare] if unit else []


def as_told(spoken: Spoken) -> Iterator[Way]:
    """The figure that was told in a clause with the same words, though no step is called by them."""
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    for said in lengths_in(spoken)[:2]:
        part = spoken.part_of(min(said.at)) if said.at else 0
        for number in (part, part - 1):
            own = spoken.heavy & spoken.in_part(number)
            named = {place for like in spoken.likeness(own) for place in like.at if like.score >= 0.4}
            strange = " ".join(spoken.tokens[place].low for place in sorted(own - named))
            found = told_with(sentence, strange) if strange and not named else []
            for step, field in found[:2]:
                value = as_duration(said.figure, field == "work").model_copy(update={"span": None}).document()
                counts = {"told": 1.0, "alone": float(len(found) == 1), "away": float(number != part)}
                edits = (SetValue(id=step, field=field, value=value),)
                yield Way("time told", spoken.catalogue.name(step), edits, own | said.at, counts)


READERS = (each, in_order, as_told)
