"""What a turn means that no fixed wording fits: the likeliest way, a question with several to pick, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.contrast import contrasts_figures
from assistant.language.correct.how_often import acts_otherwise
from assistant.language.correct.parts_of_a_turn import other_work
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.numbers import value_of
from assistant.language.weighed.possible_edits import Way
from assistant.language.weighed.weights import CUES, NOTHING, Weighed, allowed, told_by, weighed
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.edits import Delete, SetCondition, SetValue

MOST = 300
MOST_READINGS = 3
SURE = 0.75
LIKELY = 0.25
"""From which likelihood on a way is written, and from which on it is offered to pick."""
FAIR = 0.1
"""From which likelihood on a way is offered beside one that was read and is doubted."""
WHICH = "I am not sure what that changes, so nothing was written. Do you mean:"


AT_THE_END, EVEN = ("new end", "new recent"), 0.5
"""Which ways only go on with the story, and from which likelihood on they are taken for that."""
DENIES = re.compile(r"\b(?:not|never|instead|rather|any ?more)\b|n't\b")
FIGURES = frozenset({"time", "count", "price"})
"""Ways that set one figure and nothing else."""
SURELY = 0.55
"""From which likelihood on a figure is taken for all that is told, though another is said or other work is done."""
HARDLY = 0.7
"""From which likelihood on that nothing is meant to change, words that may be talk are asked about."""


def hardly(spoken: Spoken) -> bool:
    """Whether the words most likely mean to change nothing that is known of."""
    first = weighed(spoken)[0]
    return first.way is NOTHING and first.share >= HARDLY


def half_sure(spoken: Spoken) -> bool:
    """Whether one way, be it that nothing changes, is as likely as all others together."""
    return weighed(spoken)[0].share >= EVEN


def clear(spoken: Spoken) -> bool:
    """Whether one way is surely likelier than all others."""
    first = weighed(spoken)[0]
    return first.way is not NOTHING and first.share >= SURE


def goes_on(spoken: Spoken) -> bool:
    """Whether the words most likely tell a new step and no place for it: more of the story. Behind the step told last
    and at the end is one and the same there."""
    found = weighed(spoken)
    told = told_by(found[0].way)
    behind = sum(share for way, share in found if way.kind in AT_THE_END and told_by(way) == told)
    return bool(told) and behind >= EVEN


def surely_placed(spoken: Spoken) -> bool:
    """Whether the words surely tell a new step with its place."""
    first = weighed(spoken)[0]
    return first.way.kind.startswith("new ") and first.way.kind not in AT_THE_END and first.share >= SURE


def leaves_figures(spoken: Spoken) -> bool:
    """Whether the likeliest way is one figure and has no use for another number that is said, where nothing is denied:
    it is not all of it."""
    first = weighed(spoken)[0]
    if first.way.kind not in FIGURES or first.share >= SURELY or DENIES.search(spoken.low):
        return False
    return any(
        place not in first.way.at and (word.low[0].isdigit() or value_of(word.low) is not None)
        for place, word in enumerate(spoken.tokens)
    )


def of_other_work(spoken: Spoken, found: Outcome) -> bool:
    """Whether only a figure was read from words that tell of work no step does yet: the figure is that work's; or none
    from words that put one figure in place of another.

    Where something is denied and one way is much the likeliest, the other work only says why (`not a week, he goes
    through them every evening`).
    """
    if contrasts_figures(spoken.low):
        return not any(isinstance(edit, SetValue | SetCondition) for edit in found.edits)
    if DENIES.search(spoken.low) and weighed(spoken)[0].share >= SURELY:
        return False
    shared = [edit.id for edit in found.edits if isinstance(edit, SetCondition)]
    if shared and len(shared) == len(found.edits):
        return acts_otherwise(spoken.catalogue, spoken.low, shared)
    timed = [edit.id for edit in found.edits if isinstance(edit, SetValue)]
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    return bool(timed) and len(timed) == len(found.edits) and other_work(sentence, timed)


def fair(spoken: Spoken, least: float = FAIR) -> list[Outcome]:
    """The ways that are likely enough to be offered beside another."""
    return [
        Outcome(way.title, way.edits)
        for way, share in weighed(spoken)[: MOST_READINGS + 2]
        if way is not NOTHING and share >= least and allowed(spoken, way)
    ]


def _placed_somewhere(first: Weighed, found: Sequence[Weighed]) -> bool:
    """Whether it is likely that a new step is told, and only its place or its kind of case is less so."""
    told = told_by(first.way)
    if not told or first.share < LIKELY:
        return False
    same = sum(share for way, share in found if told_by(way) == told)
    return same >= SURE and first.way.kind not in AT_THE_END


def _of_those_that_change(spoken: Spoken) -> list[Weighed]:
    """The ways for words that surely change something: how likely each is among those that do, unless nothing known is
    nearly certain to be meant, or a new step is likeliest: that is for the reader of stories."""
    found = weighed(spoken)
    nothing = next((likely.share for likely in found if likely.way is NOTHING), 0.0)
    removes = any(CUES[name].search(spoken.low) for name in ("drops", "denies", "no more"))
    changing = [
        Weighed(way, share / (1 - nothing)) for way, share in found
        if way is not NOTHING and nothing < SURE and (removes or not _takes_away(way))
    ]  # fmt: skip
    return changing if changing and not told_by(changing[0].way) else found


def _takes_away(way: Way) -> bool:
    """Whether a step goes by it: words that surely change something do not for that take anything away."""
    return any(isinstance(edit, Delete) for edit in way.edits)


def _with_who_acts(spoken: Spoken, first: Way) -> Way:
    """A figure of a step together with other hands for it, where somebody else stands in front of its very verb (`my
    wife sews the upper, 2 hours`)."""
    if first.kind != "time":
        return first
    says = ("hands: acts", "hands: exact", "hands: near", "same")
    both = (way for way, _ in weighed(spoken) if way.kind == "both" and all(edit in way.edits for edit in first.edits))
    return next((way for way in both if all(way.counts.get(name) for name in says) and allowed(spoken, way)), first)


def meant(spoken: Spoken, sure: float = SURE, changes: bool = False) -> Outcome | Doubt | None:
    """The likeliest way to understand a turn; a question with ways to pick where none is likely enough to be written;
    None where it is likelier that nothing is meant to change. `sure`: from which likelihood on it is written;
    `changes`: the words surely change something, whatever it is."""
    if len(spoken.words) > MOST:
        return None
    found = (_of_those_that_change(spoken) if changes else weighed(spoken))[: MOST_READINGS + 2]
    fits = [
        likely for likely in found
        if likely.way is not NOTHING and likely.share >= LIKELY and allowed(spoken, likely.way)
    ]  # fmt: skip
    if not fits or found[0].way is NOTHING:
        return None
    if fits[0].share >= sure or (sure < SURE and _placed_somewhere(fits[0], found)):
        way = _with_who_acts(spoken, fits[0].way)
        return Outcome(way.title, way.edits)
    return Doubt(WHICH, tuple(Outcome(fit.way.title, fit.way.edits) for fit in fits[:MOST_READINGS]))
