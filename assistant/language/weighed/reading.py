"""What a turn means that no fixed wording fits: the likeliest way, a question with several to pick, or none."""

from __future__ import annotations

from assistant.language.change.outcome import Doubt, Outcome
from assistant.language.weighed.spoken import Spoken
from assistant.language.weighed.weighing import NOTHING, allowed, weighed

MOST = 300
MOST_READINGS = 3
SURE = 0.75
LIKELY = 0.25
"""From which likelihood on a way is written, and from which on it is offered to pick."""
WHICH = "I am not sure what that changes, so nothing was written. Do you mean:"


HARDLY = 0.7
"""From which likelihood on that nothing is meant to change, words that may be talk are asked about."""


def hardly(spoken: Spoken) -> bool:
    """Whether the words most likely mean to change nothing that is known of."""
    first = weighed(spoken)[0]
    return first.way is NOTHING and first.share >= HARDLY


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
