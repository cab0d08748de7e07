"""What a turn means that no fixed wording fits: the likeliest way, a question with several to pick, or none."""

from __future__ import annotations

from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.how_often import acts_otherwise
from assistant.language.correct.parts_of_a_turn import other_work
from assistant.language.correct.sentence_said import Sentence
from assistant.language.weighed.weights import NOTHING, allowed, weighed
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.edits import SetCondition, SetValue

MOST = 300
MOST_READINGS = 3
SURE = 0.75
LIKELY = 0.25
"""From which likelihood on a way is written, and from which on it is offered to pick."""
WHICH = "I am not sure what that changes, so nothing was written. Do you mean:"


AT_THE_END, EVEN = ("new end", "new recent"), 0.5
"""Which ways only go on with the story, and from which likelihood on they are taken for that."""
HARDLY = 0.7
"""From which likelihood on that nothing is meant to change, words that may be talk are asked about."""


def hardly(spoken: Spoken) -> bool:
    """Whether the words most likely mean to change nothing that is known of."""
    first = weighed(spoken)[0]
    return first.way is NOTHING and first.share >= HARDLY


def goes_on(spoken: Spoken) -> bool:
    """Whether the words most likely tell a new step and no place for it: more of the story."""
    first = weighed(spoken)[0]
    return first.way.kind in AT_THE_END and first.share >= EVEN


def of_other_work(spoken: Spoken, found: Outcome) -> bool:
    """Whether only a figure was read from words that tell of work no step does yet: the figure is that work's."""
    shared = [edit.id for edit in found.edits if isinstance(edit, SetCondition)]
    if shared and len(shared) == len(found.edits):
        return acts_otherwise(spoken.catalogue, spoken.low, shared)
    timed = [edit.id for edit in found.edits if isinstance(edit, SetValue)]
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    return bool(timed) and len(timed) == len(found.edits) and other_work(sentence, timed)


def meant(spoken: Spoken, sure: float = SURE) -> Outcome | Doubt | None:
    """The likeliest way to understand a turn; a question with ways to pick where none is likely enough to be written;
    None where it is likelier that nothing is meant to change. `sure`: from which likelihood on it is written."""
    if len(spoken.words) > MOST:
        return None
    found = weighed(spoken)[: MOST_READINGS + 2]
    fits = [
        likely for likely in found
        if likely.way is not NOTHING and likely.share >= LIKELY and allowed(spoken, likely.way)
    ]  # fmt: skip
    if not fits or found[0].way is NOTHING:
        return None
    if fits[0].share >= sure:
        return Outcome(fits[0].way.title, fits[0].way.edits)
    return Doubt(WHICH, tuple(Outcome(fit.way.title, fit.way.edits) for fit in fits[:MOST_READINGS]))
